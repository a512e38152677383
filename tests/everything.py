"""`make test`: style, types, import rules, then every test. Stops with the first kind of check that fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("style", ("ruff", "check", "--quiet", ".")),
    ("layout", ("ruff", "format", "--quiet", "--check", ".")),
    ("types", ("mypy", "--no-error-summary")),
    ("import rules", ("lint-imports", "--no-logo", "--no-cache")),
    ("tests", ("pytest", "-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadgroup", "--durations=5")),
)


def main() -> int:
    """Run each check; the exit code of the first that fails, else 0."""
    for name, (program, *arguments) in CHECKS:
        began = time.monotonic()
        done = subprocess.run([BIN / program, *arguments], cwd=ROOT, check=False)
        took = time.monotonic() - began
        sys.stdout.write(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'} ({took:.0f} s)\n")
        sys.stdout.flush()
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
