"""The recipes of CONTRIBUTING.md, read from it, and followed to the letter in a copy of the house.

A recipe is a part of the page under a heading of its own. What it has people do stands in blocks of code: a new file, a
change to a file (a diff, whose other lines must be there, once), and commands. A line before a block names its file.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "CONTRIBUTING.md"
# Rooms are copied; what is large, or made by the set-up, is only pointed at.
_COPIED = ("bot", "console", "bank", "flows", "channels", "language", "storage", "locales", "tests", "docs")
_SINGLE = ("pyproject.toml", "settings.toml", "Makefile", "README.md")
_POINTED_AT = (".venv", "console/assets")
_LEFT_OUT = ("node_modules", "assets", "collections", "recipes")
_MOST_COPIED = 2_000_000  # bytes
_PART = re.compile(r"^## (.+)\n", re.MULTILINE)
_BLOCK = re.compile(r"^(?:(?:New file|In),? [*`]+([\w./@-]+)[*`]+:\n\n)?```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class CannotBeFollowed(Exception):
    """What a recipe says is not so in the house as it is today."""


@dataclass(frozen=True, slots=True)
class NewFile:
    path: str
    text: str

    def follow(self, house: Path) -> None:
        file = house / self.path
        if file.exists():
            raise CannotBeFollowed(f"{self.path} is there already")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Change:
    """`hunks` are what stands there, and what stands there afterwards."""

    path: str
    hunks: tuple[tuple[str, str], ...]

    def follow(self, house: Path) -> None:
        file = house / self.path
        text = file.read_text(encoding="utf-8")
        for before, after in self.hunks:
            found = len(re.findall(rf"^(?={re.escape(before)})", text, re.MULTILINE))
            if found != 1:
                raise CannotBeFollowed(f"{self.path} has this {found} times, and not once:\n{before}")
            text = f"\n{text}".replace(f"\n{before}", f"\n{after}")[1:]
        file.write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Command:
    words: tuple[str, ...]

    @property
    def tests(self) -> tuple[str, ...]:
        """What it tests, where it does."""
        return self.words[1:] if self.words[0].endswith("/pytest") else ()

    def follow(self, house: Path) -> str:
        """Run it there, with the copy's own rooms; what it said. Raises CannotBeFollowed where it fails."""
        done = run(house, *self.words)
        if done.returncode:
            raise CannotBeFollowed(f"{shlex.join(self.words)}\n{done.stdout}{done.stderr}")
        return done.stdout


Step = NewFile | Change | Command


@dataclass(frozen=True, slots=True)
class Recipe:
    title: str
    steps: tuple[Step, ...]

    @property
    def tests(self) -> tuple[str, ...]:
        return tuple(one for step in self.steps if isinstance(step, Command) for one in step.tests)


def recipes(page: str | None = None) -> dict[str, Recipe]:
    """By their headings, in the order of the page."""
    _head, *parts = _PART.split(page if page is not None else PAGE.read_text(encoding="utf-8"))
    found = zip(parts[::2], parts[1::2], strict=True)
    return {title: Recipe(title, tuple(_steps(text))) for title, text in found}


def _steps(text: str) -> Iterator[Step]:
    for path, kind, body in _BLOCK.findall(text):
        if kind == "sh":
            yield from (Command(tuple(shlex.split(line))) for line in body.splitlines())
        elif not path:
            raise CannotBeFollowed(f"no file is named before:\n{body}")
        elif kind == "diff":
            yield Change(path, tuple(_hunk(hunk.splitlines()) for hunk in body.split("@@\n")))
        else:
            yield NewFile(path, body)


def _hunk(lines: list[str]) -> tuple[str, str]:
    """Before and after. A line that is empty stands for an empty line that stays."""
    before, after = ("".join(f"{line[1:]}\n" for line in lines if line[:1] in {*kept, " ", ""}) for kept in ("-", "+"))
    return before, after


def copy_of_the_house(house: Path) -> Path:
    """All that the recipes and their tests need, in this folder."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        large = {name for name in names if (one := Path(folder) / name).is_file() and _is_large(one)}
        return large | {name for name in names if name in _LEFT_OUT}

    for room in _COPIED:
        shutil.copytree(ROOT / room, house / room, ignore=left_out)
    for single in _SINGLE:
        shutil.copy2(ROOT / single, house / single)
    large = (one.relative_to(ROOT) for room in ("language",) for one in (ROOT / room).rglob("*") if _is_large(one))
    for path in (*map(Path, _POINTED_AT), *large):
        (house / path).symlink_to(ROOT / path)
    return house


def _is_large(file: Path) -> bool:
    return file.stat().st_size > _MOST_COPIED


def run(house: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command in the copy, which finds the copy's rooms and not ours. Settings are those of the copy alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HEARD_", "PYTEST_", "COV_"))}
    own = kept | {"PYTHONPATH": str(house), "HEARD_DATA_DIR": str(house / "var"), "COLUMNS": "200"} | variables
    return subprocess.run(words, cwd=house, env=own, capture_output=True, text=True, check=False, timeout=300)
