"""`make bench-peers`: other people's bots, queues and clients at Heard's work, in one run beside the limit.

`python -m bench.peers [--small] [--times TIMES] [--only WORD]`. `--small` shows only that each does its work to the
end. With `--times` figures are medians. A peer and its stores have one core, the load and the endpoint the other.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from functools import partial

from bench.join import CLIENT_CORES, SERVER_CORE
from bench.peers import broadcast, clients, environment, stores, turns
from bench.peers.environment import Missing
from bench.peers.processes import Failed
from bench.peers.row import Row, middle

_PATIENCE = 300
_WHOLE = {"people": 1_500, "messages": 10_000, "deep": 100_000, "within": 60}  # seconds, for the long queue
_SMALL = {"people": 30, "messages": 300, "deep": 1_000, "within": _PATIENCE}
_NAMED = (
    ("python-telegram-bot",),
    ("grammy", "@grammyjs/conversations", "@grammyjs/storage-psql", "pg"),
    ("celery", "redis", "urllib3", "sqlalchemy", "psycopg"),
    ("dramatiq",),
    ("pgqueuer", "asyncpg"),
    ("procrastinate",),
    ("twilio",),
    ("aiohttp",),
    ("pycurl",),
)


def works(size: dict[str, int]) -> Iterator[tuple[str, Callable[[], Row]]]:
    """Each line of the table: its name, and how it is measured."""
    yield "limit", partial(turns.limit, size["people"])
    for how, package in turns.PEERS.items():
        yield f"{package} {how}", partial(turns.measure, how, size["people"])
    for peer in broadcast.PEERS:
        queues = {size["messages"]: _PATIENCE} | ({size["deep"]: size["within"]} if peer.deep else {})
        for count, within in queues.items():
            yield f"{peer.package} {peer.what}", partial(broadcast.measure, peer, count, within)
    for client in clients.CLIENTS:
        yield f"{client.package} {client.what}", partial(clients.measure, client, size["messages"])


def _machine() -> str:
    """The machine and the peers' versions, in a few lines."""
    found = environment.versions()
    names = (" ".join(f"{name} {found[name]}" for name in group) for group in _NAMED)
    core = "one core of its own" if SERVER_CORE != CLIENT_CORES else "the one core, as has the load"
    about = f"{platform.machine()}, Python {platform.python_version()}; a peer and its stores have {core}"
    return f"{about}\n\n{'; '.join(names)}; {stores.versions()}"


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.peers")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--only", default="")
    return parser.parse_args()


def main() -> None:
    given = _given()
    os.sched_setaffinity(0, CLIENT_CORES)
    try:
        environment.prepare()
    except Missing as missing:
        raise SystemExit(str(missing)) from None
    print(f"{_machine()}\n\n| work | peer | figures | CPU-seconds a thousand |\n|---|---|---|---|", flush=True)
    wanted = [(name, work) for name, work in works(_SMALL if given.small else _WHOLE) if given.only in name]
    raise SystemExit(sum([_line(name, work, given.times) for name, work in wanted]) > 0)


def _line(name: str, measure: Callable[[], Row], times: int) -> bool:
    """Print a line of the table; whether there was none, because a peer failed. One that is not here is no failure."""
    try:
        print(middle([measure() for _ in range(times)]), flush=True)
    except Missing as missing:
        sys.stderr.write(f"{name} was left out. {missing}\n")
    except Failed as failed:
        sys.stderr.write(f"{name} failed. {failed}\n")
        return True
    return False


if __name__ == "__main__":
    main()
