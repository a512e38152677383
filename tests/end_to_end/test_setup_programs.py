"""`make run` where a program is missing, too old, or cannot fetch: it says so, and goes on from there the next time."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import ROOT

_MADE_BY_US = ("Makefile", "deploy/set-up.sh", "requirements.txt", "pyproject.toml")
_PROGRAMS = ("sh", "make", "cat", "id", "rm", "mkdir", "chmod", "cp")
# A Python that is asked what it is, and what it has; and that makes environments as far as it can.
_PYTHON = """#!/bin/sh
case "$*" in
--version) echo "Python {version}" ;;
*version_info*) exit {too_old} ;;
"-m venv "*) mkdir -p "$3/bin"; {venv} ;;
*) exit 1 ;;
esac
"""
_INSIDE = """#!/bin/sh
case "$*" in
*"import pip"*) exit 0 ;;
*"--require-hashes"*) {pip} ;;
*"--no-build-isolation"*) printf '#!/bin/sh\\necho Heard is running\\n' > .venv/bin/heard; chmod +x .venv/bin/heard ;;
esac
"""
_OFFLINE = "echo 'ERROR: No matching distribution found for aiohttp' >&2; exit 1"


@dataclass
class Newcomer:
    """A checkout in a folder of its own, on a machine with these few programs."""

    folder: Path

    def has_python(
        self, version: str = "3.13.1", too_old: int = 0, venv: str = "cp inside $3/bin/python", pip: str = ""
    ) -> None:
        self._program("python3", _PYTHON.format(version=version, too_old=too_old, venv=venv))
        (self.folder / "inside").write_text(_INSIDE.format(pip=pip or "exit 0"), encoding="utf-8")
        (self.folder / "inside").chmod(0o755)

    def _program(self, name: str, text: str) -> None:
        file = self.folder / "programs" / name
        file.write_text(text, encoding="utf-8")
        file.chmod(0o755)

    def makes(self, target: str = "run") -> subprocess.CompletedProcess[str]:
        alone = {"PATH": str(self.folder / "programs"), "HOME": str(self.folder)}
        return subprocess.run(
            ["make", target], cwd=self.folder, env=alone, capture_output=True, text=True, timeout=60, check=False
        )


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    for name in _MADE_BY_US:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / "console" / "assets").mkdir(parents=True)
    (tmp_path / "programs").mkdir()
    for name in _PROGRAMS:
        found = shutil.which(name)
        assert found
        (tmp_path / "programs" / name).symlink_to(found)
    return Newcomer(tmp_path)


TOO_OLD = "This Python is too old: Python 3.9.2. Heard needs Python 3.11 or newer."
NONE = "There is no python3 here, and Heard needs Python 3.11 or newer."
NO_VENV = "Python could not make a virtual environment here. Mostly a package is missing."
OFFLINE = "Not everything that Heard needs could be fetched: the lines above say what."
SAYS = (TOO_OLD, NONE, NO_VENV, OFFLINE)


def test_no_python(newcomer: Newcomer) -> None:
    ended = newcomer.makes()
    assert ended.returncode == 2
    assert NONE in ended.stderr.splitlines()
    assert "apt install python3 python3-venv" in ended.stderr


def test_an_old_python(newcomer: Newcomer) -> None:
    newcomer.has_python("3.9.2", too_old=1)
    ended = newcomer.makes()
    assert ended.returncode == 2
    assert TOO_OLD in ended.stderr.splitlines()
    assert "make run PYTHON=python3.12" in ended.stderr


def test_a_python_without_venv_leaves_nothing_half_made(newcomer: Newcomer) -> None:
    newcomer.has_python(venv="echo 'ensurepip is not available'; exit 1")
    ended = newcomer.makes()
    assert ended.returncode == 2
    assert "ensurepip is not available" in ended.stderr
    assert NO_VENV in ended.stderr.splitlines()
    assert "apt install python3-venv" in ended.stderr
    assert not (newcomer.folder / ".venv").exists()


def test_no_internet_and_then_the_same_command_again(newcomer: Newcomer) -> None:
    newcomer.has_python(pip=_OFFLINE)
    ended = newcomer.makes(".venv/ready")
    assert ended.returncode == 2
    assert "No matching distribution" in ended.stderr
    assert OFFLINE in ended.stderr.splitlines()
    assert not (newcomer.folder / ".venv" / "ready").exists()
    newcomer.has_python()
    shutil.copyfile(newcomer.folder / "inside", newcomer.folder / ".venv" / "bin" / "python")
    assert newcomer.makes(".venv/ready").returncode == 0
    assert newcomer.makes(".venv/ready").stdout == "make: '.venv/ready' is up to date.\n"


def test_what_was_cut_short_is_made_anew(newcomer: Newcomer) -> None:
    (newcomer.folder / ".venv" / "bin").mkdir(parents=True)
    newcomer.has_python()
    assert newcomer.makes(".venv/ready").returncode == 0
    assert (newcomer.folder / ".venv" / "bin" / "heard").exists()


def test_a_folder_that_was_moved_is_set_up_again(newcomer: Newcomer, tmp_path_factory: pytest.TempPathFactory) -> None:
    newcomer.has_python()
    assert newcomer.makes(".venv/ready").returncode == 0
    (newcomer.folder / ".venv" / "old").touch()
    moved = Newcomer(newcomer.folder.rename(tmp_path_factory.mktemp("elsewhere") / "heard"))
    assert "Setting up" in moved.makes(".venv/ready").stdout
    assert not (moved.folder / ".venv" / "old").exists()
    assert moved.makes(".venv/ready").stdout == "make: '.venv/ready' is up to date.\n"
