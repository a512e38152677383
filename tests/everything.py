"""`make test`: style, types, import rules and every test. The first kind of check that fails ends the others.

`make again`, `python -m tests.everything again`: the tests that need PostgreSQL.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
WORKERS = min(4, (os.cpu_count() or 1) + 1)  # one is always waiting for a browser or a process

TESTS = ("pytest", "-n", str(WORKERS), "--no-loadscope-reorder", "--durations=5")

# Those of one line are made at once. Types are checked by one core alone: the tests have the other meanwhile.
CHECKS: tuple[dict[str, tuple[str, ...]], ...] = (
    {
        "style": ("ruff", "check", "--quiet", "."),
        "layout": ("ruff", "format", "--quiet", "--check", "."),
    },
    {
        "types": ("mypy", "--no-error-summary"),
        "import rules": ("lint-imports", "--no-logo", "--no-cache"),
        "tests": TESTS,
    },
)
AGAIN: tuple[dict[str, tuple[str, ...]], ...] = ({"tests": (*TESTS, "-m", "again")},)


def say(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()


async def made(name: str, program: str, *arguments: str) -> tuple[str, int]:
    """Make one check. What it prints is shown when it ends; that of the tests as they go on. Its name and exit code."""
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        BIN / program, *arguments, cwd=ROOT, stdout=None if name == "tests" else PIPE, stderr=STDOUT
    )
    try:
        printed, _ = await process.communicate()
    except asyncio.CancelledError:
        await _end(process)
        raise
    code = process.returncode or 0
    took = time.monotonic() - began
    say(f"{(printed or b'').decode()}\n{name}: {'ok' if code == 0 else 'FAILED'} ({took:.0f} s)\n")
    return name, code


async def _end(process: Process) -> None:
    process.terminate()
    await process.wait()


async def together(checks: dict[str, tuple[str, ...]]) -> int:
    """Make these checks at once; the exit code of the first that fails, else 0."""
    running = {asyncio.create_task(made(name, *command)) for name, command in checks.items()}
    failed = 0
    while running and not failed:
        done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        failed = next((code for _, code in (one.result() for one in done) if code), 0)
    for one in running:
        one.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    return failed


async def everything(lines: tuple[dict[str, tuple[str, ...]], ...]) -> int:
    for checks in lines:
        if failed := await together(checks):
            return failed
    return 0


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes would each compile the whole house anew
    sys.exit(asyncio.run(everything(AGAIN if sys.argv[1:] == ["again"] else CHECKS)))
