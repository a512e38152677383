"""How long a start takes until /readyz says so, and what `heard run` then holds: `python -m bench.start`.

A first start of the demo makes the database and its people; a start with a council's own settings reads neither.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from tests.bot.town import free_port

STARTS = 5
_PATIENCE, _QUIET = 60.0, 5.0  # seconds
_COUNCIL = {
    "HEARD_DEMO": "off",
    "HEARD_PUBLIC_URL": "https://heard.ashdale.example",
    "HEARD_TWILIO__ACCOUNT_SID": "AC" + "0" * 32,
    "HEARD_TWILIO__AUTH_TOKEN": "bench-token",
    "HEARD_TWILIO__SMS_FROM": "+447700900999",
    "HEARD_TWILIO__API_BASE_URL": "http://127.0.0.1:9",  # nobody: this calls nothing outside
}


def start(variables: Mapping[str, str], folder: Path) -> tuple[float, float, float]:
    """Seconds until it is ready, and of its processor until then; resident megabytes once it has been quiet."""
    port = free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
    own |= {"HEARD_DATA_DIR": str(folder), "HEARD_PORT": str(port), **variables}
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=own, stdout=subprocess.DEVNULL)
    try:
        _until_ready(f"http://127.0.0.1:{port}/readyz", process, began + _PATIENCE)
        ready = time.monotonic() - began
        watched = psutil.Process(process.pid)
        spent = watched.cpu_times()
        time.sleep(_QUIET)
        return ready, spent.user + spent.system, watched.memory_info().rss / 1e6
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)


def _until_ready(url: str, process: subprocess.Popen[bytes], deadline: float) -> None:
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5):  # noqa: S310  our own address
                return
        except (URLError, TimeoutError):
            time.sleep(0.02)
    raise SystemExit("it did not start")


def _row(what: str, starts: list[tuple[float, float, float]]) -> str:
    ready, spent, held = (median(column) for column in zip(*starts, strict=True))
    return f"| {what} | {ready:.2f} | {spent:.2f} | {held:.0f} |"


def main() -> None:
    print("| start | ready after s | CPU s | MB |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        print(_row("the demo, the first", [start({}, Path(name) / str(number)) for number in range(STARTS)]))
        print(_row("the demo, again", [start({}, Path(name) / "0") for _ in range(STARTS)]))
        start(_COUNCIL, Path(name) / "council")
        print(_row("a council's own", [start(_COUNCIL, Path(name) / "council") for _ in range(STARTS)]))


if __name__ == "__main__":
    main()
