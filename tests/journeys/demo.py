"""A running demo of Heard's own, for a browser to visit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.bot.town import free_port

ROOT = Path(__file__).parents[2]
_READY_SECONDS = 60


class DidNotStart(Exception):
    """It is not there. Carries what it wrote."""


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Its address, while it runs on `folder`. Raises DidNotStart."""
    port = free_port()
    own = _own(folder) | {"HEARD_PORT": str(port)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=own, stdout=log, stderr=subprocess.STDOUT
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(process, f"{url}/readyz", folder / "log")
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def filled(folder: Path, module: str) -> list[str]:
    """Let this module fill the bank of the demo that runs on `folder`; the words of the last line that it printed."""
    command, own = [sys.executable, "-m", module], _own(folder)
    made = subprocess.run(command, cwd=ROOT, env=own, check=True, capture_output=True, text=True)
    return made.stdout.splitlines()[-1].split()


def _own(folder: Path) -> dict[str, str]:
    """The settings of the demo on `folder`, and none of whoever runs the tests."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
    return own | {"HEARD_DATA_DIR": str(folder / "var"), "HEARD_DEMO": "on"}


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.05)
    raise DidNotStart(log.read_text())
