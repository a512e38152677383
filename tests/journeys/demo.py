"""A running demo of Heard's own, for a browser to visit."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.bot.town import free_port
from tests.forked import Forked, Life

ROOT = Path(__file__).parents[2]
_READY_SECONDS = 60


class DidNotStart(Exception):
    """It is not there. Carries what it wrote."""


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Its address, while it runs on `folder`. Raises DidNotStart."""
    if not (folder / "var").exists():
        shutil.copytree(_begun() / "var", folder / "var")
    with _running(folder) as url:
        yield url


@cache
def _begun() -> Path:
    """A folder in which a demo was begun once. Inventing its people takes longer than all the rest of a start."""
    folder = Path(tempfile.mkdtemp(prefix="heard-demo-"))
    atexit.register(shutil.rmtree, folder)
    with _running(folder):
        return folder


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    port = free_port()
    log = folder / "log"
    process = Forked("run", _own(folder) | {"HEARD_PORT": str(port)}, log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(process, f"{url}/readyz", log)
        yield url
    finally:
        if process.poll() is None:
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


def _wait_until_ready(process: Life, url: str, log: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.05)
    raise DidNotStart(log.read_text())
