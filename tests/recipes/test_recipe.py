"""The page is what is followed: each recipe by itself fits the house of today, and none is left untested."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.recipes.followed import Followed
from tests.recipes.recipe import ROOT, CannotBeFollowed, Change, Command, NewFile, Recipe, recipes, run

ALL = recipes()
GOES_ON = {"A question kind": "A flow"}  # as the page says
ROOMS = ("bot", "console", "bank", "flows", "channels", "language", "storage", "tests")


def follow_on_paper(recipe: Recipe, folder: Path) -> None:
    """Its files and changes, in a folder that has only the files that it changes."""
    for step in recipe.steps:
        if isinstance(step, Change) and not (folder / step.path).exists() and (ROOT / step.path).exists():
            (folder / step.path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / step.path, folder / step.path)
        if isinstance(step, NewFile):
            assert not (ROOT / step.path).exists()
        if not isinstance(step, Command) and not step.path.startswith("locales/pl/"):  # as a command will leave it
            step.follow(folder)


@pytest.mark.parametrize("title", ALL)
def test_each_can_be_followed_by_itself(title: str, tmp_path: Path) -> None:
    if title in GOES_ON:
        follow_on_paper(ALL[GOES_ON[title]], tmp_path)
    follow_on_paper(ALL[title], tmp_path)


def test_each_has_a_test_that_follows_it() -> None:
    here = {path.name for path in Path(__file__).parent.glob("test_a_*.py")}
    assert here == {f"test_{title.lower().replace(' ', '_')}.py" for title in ALL}
    assert all(recipe.tests for recipe in ALL.values())


def test_what_is_added_keeps_the_style_of_the_house(followed: Followed) -> None:
    steps = [step for recipe in ALL.values() for step in recipe.steps if isinstance(step, (NewFile, Change))]
    ours = sorted({step.path for step in steps if step.path.endswith(".py")})
    for look in (("check",), ("format", "--check")):
        done = run(followed.house, ".venv/bin/ruff", *look, *ours)
        assert done.returncode == 0, done.stdout


def test_what_is_followed_is_a_copy_that_stands_by_itself(followed: Followed) -> None:
    """The rooms are the copy's own, though Heard is installed from here."""
    says = f"import {', '.join(ROOMS)}; print(*(one.__path__[0] for one in ({', '.join(ROOMS)})))"
    there = run(followed.house, ".venv/bin/python", "-P", "-c", says).stdout.split()
    assert [Path(one) for one in there] == [followed.house / room for room in ROOMS]
    assert not (ROOT / "flows" / "parking.py").exists()


PAGE = "# Page\n\n## A thing\n\nIn `a.txt`:\n\n```diff\n one\n-two\n+three\n```\n"


@pytest.mark.parametrize("text", ["one\n2\n", "one\ntwo\none\ntwo\n", "bone\ntwo\n", ""])
def test_a_change_needs_its_place_once(text: str, tmp_path: Path) -> None:
    (change,) = recipes(PAGE)["A thing"].steps
    (tmp_path / "a.txt").write_text(text)
    with pytest.raises(CannotBeFollowed):
        change.follow(tmp_path)
    assert (tmp_path / "a.txt").read_text() == text


def test_a_change_is_made_where_it_says(tmp_path: Path) -> None:
    (change,) = recipes(PAGE)["A thing"].steps
    (tmp_path / "a.txt").write_text("zero\none\ntwo\nfour\n")
    change.follow(tmp_path)
    assert (tmp_path / "a.txt").read_text() == "zero\none\nthree\nfour\n"


def test_a_block_without_a_file_cannot_be_followed() -> None:
    with pytest.raises(CannotBeFollowed, match="no file is named"):
        recipes("# Page\n\n## A thing\n\n```python\nx = 1\n```\n")
