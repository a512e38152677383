"""Celery on Redis as a peer: a task a message.

`queue NUMBER`, `left`; the worker is `celery -A bench.peers.with_celery`.
"""

from __future__ import annotations

import os

import redis
import urllib3
from celery import Celery

from bench.peers import message
from bench.peers.measured import main

app = Celery("bench", broker=os.environ["REDIS"])
app.conf.update(task_ignore_result=True, worker_hijack_root_logger=False)
_pool = urllib3.PoolManager()
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


@app.task(name="send")  # type: ignore[untyped-decorator]
def send(number: int) -> None:
    answer = _pool.request("POST", message.URL, body=message.body(number), headers=_HEADERS)
    assert answer.status == 201


def queue(count: int) -> None:
    for number in range(count):
        send.delay(number)


def left() -> int:
    """Tasks that nobody has taken, and those taken that are not over: workers hold some ahead."""
    with redis.Redis.from_url(os.environ["REDIS"]) as store:
        return int(store.llen("celery")) + int(store.hlen("unacked"))


if __name__ == "__main__":
    main(queue, left)
