"""The page of promises: each of the forty is there, and each that is kept names a test or a benchmark of its number."""

from __future__ import annotations

import re

import pytest

from tests.house_rules.rooms import ROOT

PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
NAMED = re.compile(r"`((?:tests|bench)/[\w/]+\.py)`")
ROWS = {int(number): (holds, NAMED.findall(holds)) for number, _promise, holds, _figure in ROW.findall(PAGE)}


def test_there_are_forty() -> None:
    assert list(ROWS) == list(range(1, 41))


@pytest.mark.parametrize("number", ROWS)
def test_a_promise_kept_has_a_test_of_its_name(number: int) -> None:
    holds, files = ROWS[number]
    if not files:
        assert holds.startswith("**Not yet**")
    for name in files:
        text = (ROOT / name).read_text(encoding="utf-8")
        of_its_name = rf"test_promise_{number}(?!\d)"
        assert name.startswith("bench/") or re.search(of_its_name, name) or re.search(of_its_name, text), name


def test_each_test_of_a_promise_is_named_there() -> None:
    missing = []
    for path in sorted((ROOT / "tests").glob("*/test_promise_*.py")):
        number = int(path.name.split("_")[2])
        if str(path.relative_to(ROOT)) not in ROWS[number][1]:
            missing.append(path.name)
    assert missing == []
