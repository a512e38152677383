"""What people write is read on this machine: the model's runtime tells its maker nothing, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot.settings import ROOT

WAKES = "from language.learned import guess; guess.wake(); import os; print(os.environ['ORT_DISABLE_TELEMETRY'])"


def test_the_model_wakes_and_leaves_nothing_at_home(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    done = subprocess.run(
        [sys.executable, "-c", WAKES], cwd=ROOT, env=clean | {"HOME": str(tmp_path)}, capture_output=True, check=True
    )
    assert done.stdout == b"1\n"
    assert list(tmp_path.iterdir()) == []
