"""All recipes followed in one copy of the house, one after the other, and everything run that they say to run.

What one of them tests is run together with what the others test: a test process of its own for each would take most of
a minute, and a house in which all of them were followed is a house as well.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.recipes.recipe import Command, Recipe, copy_of_the_house, recipes, run

_TESTS = "pytest"


@dataclass
class Followed:
    """`passed` is how many tests of a file passed, `failed` are files with one that did not, and `said` is what each
    command printed.
    """

    house: Path
    recipes: Mapping[str, Recipe]
    passed: Counter[str] = field(default_factory=Counter)
    failed: set[str] = field(default_factory=set)
    said: dict[str, str] = field(default_factory=dict)

    def works(self, title: str) -> None:
        """Everything that the recipe says to run was run, and was well."""
        recipe = self.recipes[title]
        files = {test.partition("::")[0] for test in recipe.tests}
        assert files
        assert files <= self.passed.keys() - self.failed, self.said[_TESTS]
        assert set(_others(recipe)) <= self.said.keys()


def _others(recipe: Recipe) -> list[str]:
    """Its commands that are no tests."""
    return [shlex.join(one.words) for one in recipe.steps if isinstance(one, Command) and not one.tests]


def follow_all(folder: Path) -> Followed:
    """Raises CannotBeFollowed."""
    followed = Followed(copy_of_the_house(folder), recipes())
    for recipe in followed.recipes.values():
        _write(followed, recipe)
    _test(followed)
    for command in {one for recipe in followed.recipes.values() for one in _others(recipe)} - followed.said.keys():
        followed.said[command] = Command(tuple(shlex.split(command))).follow(followed.house)
    return followed


def _write(followed: Followed, recipe: Recipe) -> None:
    """Its files and changes, and the commands between them: those at its end only look."""
    last = max(place for place, step in enumerate(recipe.steps) if not isinstance(step, Command))
    for step in recipe.steps[: last + 1]:
        if isinstance(step, Command):
            followed.said[shlex.join(step.words)] = step.follow(followed.house)
        else:
            step.follow(followed.house)


def _test(followed: Followed) -> None:
    """All their tests, in one process. What one of them is, the others are not held to."""
    told = followed.house / "told.xml"
    tests = dict.fromkeys(test for recipe in followed.recipes.values() for test in recipe.tests)
    how = "-p", "no:cacheprovider", "--continue-on-collection-errors", f"--junitxml={told}"
    done = run(followed.house, ".venv/bin/pytest", *tests, *how)
    followed.said[_TESTS] = done.stdout + done.stderr
    for case in ET.parse(told).iter("testcase"):  # noqa: S314  our own tests wrote it
        file = f"{case.attrib['classname'].replace('.', '/')}.py"
        if list(case):  # failed, skipped, or not even begun
            followed.failed.add(file)
        else:
            followed.passed[file] += 1
