"""A terminal: `heard ...` as a process of its own, with its own folder, variables and ends of pipes.

Most of what a short command costs is importing its libraries. So each process is forked from one that has imported them
and done nothing else: `python -m tests.terminal`, which reads a request a line and answers with the exit code.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from bot import command

ROOT = Path(__file__).parents[1]
# What commands import when they are called, as each is to start quickly when it is called alone.
_LATER = ("check", "doctor", "letters", "plain", "read", "run", "status", "try_terminal", "users")


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended: its exit code, and what it printed, and beside it on standard error."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


def heard(*words: str, data: Path, folder: Path = ROOT, text: bytes = b"", **variables: str) -> Ended:
    """Run `heard` with these words, on this data folder, from that folder, given this text to read."""
    around = {"PATH": os.environ["PATH"], "HEARD_DATA_DIR": str(data), "COLUMNS": "200", **variables}
    with tempfile.TemporaryDirectory() as ends:
        place = Path(ends)
        (place / "in").write_bytes(text)
        request = {"words": words, "folder": str(folder), "around": around, "ends": ends}
        code = _asked(json.dumps(request))
        return Ended(code, (place / "out").read_text(encoding="utf-8"), (place / "err").read_text(encoding="utf-8"))


def _asked(request: str) -> int:
    helper = _helper()
    assert helper.stdin is not None
    assert helper.stdout is not None
    helper.stdin.write(f"{request}\n")
    helper.stdin.flush()
    return int(helper.stdout.readline())


@cache
def _helper() -> subprocess.Popen[str]:
    """The process that all commands of this test run are forked from."""
    around = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.terminal"], env=around, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(_end, started)
    return started


def _end(helper: subprocess.Popen[str]) -> None:
    helper.kill()
    helper.communicate()


def _serve() -> None:
    for name in _LATER:
        import_module(f"bot.{name}")
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(_run(request["words"], Path(request["folder"]), request["around"], Path(request["ends"])))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _run(words: list[str], folder: Path, around: Mapping[str, str], ends: Path) -> int:
    """Be that command, as if the shell had started it. Returns its exit code."""
    for end, name, flags in ((0, "in", os.O_RDONLY), (1, "out", _MADE), (2, "err", _MADE)):
        os.dup2(os.open(ends / name, flags, 0o600), end)
    os.environ.clear()
    os.environ.update(around)
    os.chdir(folder)
    sys.argv = ["heard", *words]
    sys.modules["__main__"].__package__ = ""  # no `python -m` of ours is a part of it
    try:
        command.main()
    except SystemExit as ending:
        return int(ending.code or 0)
    except BaseException:  # noqa: BLE001  as the interpreter itself does with what nobody caught
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


_MADE = os.O_WRONLY | os.O_CREAT

if __name__ == "__main__":
    _serve()
