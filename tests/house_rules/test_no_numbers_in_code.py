"""Numbers that people may ring are settings, with an owner and a date; and no number anywhere is a real person's."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house_rules.rooms import ROOMS, ROOT, documents, files, named, tree

# What may be rung: a UK number of nine digits or more after its 0 or +44, or a short one that people know.
NUMBER = re.compile(r"(?<![\w.])(?:\+44|0044|0(?=[1-9]))[\d ()-]{8,16}\d(?!\w)")
HELPLINE = re.compile(r"(?<![\w.:+-])(?:0800 ?1111|116 ?\d{3}|85258|1800[01]|999|112|101|111)(?![\w.:-])")
# Ofcom, "Telephone numbers for use in TV and radio drama programmes": nobody has these.
DRAMA = re.compile(
    r"0(?:7700900\d{3}|1632960\d{3}|2079460\d{3}|3069990\d{3}|8081570\d{3}|9098790\d{3}"
    r"|1(?:1[3-8]|[2-6]1)4960\d{3}|1914980\d{3}|2896496\d{3}|2920180\d{3})\Z"
)
# An alphabet; and the first number after drama's, which tests of the range have to name.
NOBODYS = frozenset({"0123456789", "07700901000"})
# Measures how long texts may become, with the shipped council's numbers. Nothing from it is ever said to anybody.
MEASURES = ROOT / "flows" / "worst.py"
SUFFIXES = (".py", ".toml", ".html", ".js", ".po", ".pot", ".md")


def _bare(number: str) -> str:
    return re.sub(r"^(?:\+44|0044)0?", "0", re.sub(r"[ ()-]", "", number))


def _is_drama(number: str) -> bool:
    return bool(DRAMA.match(_bare(number))) or _bare(number) in NOBODYS


def test_no_number_is_written_in_the_code() -> None:
    """But those from drama, which ring nowhere."""
    found = []
    for path in files(*ROOMS):
        for node in ast.walk(tree(path)) if path != MEASURES else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found += [f"{named(path, node.lineno)} {number}" for number in _numbers(node.value, path)]
    assert not found


def _numbers(text: str, path: Path) -> list[str]:
    short = HELPLINE.findall(text) if " " in text or text.isdigit() else []
    numbers = [*(one for one in NUMBER.findall(text) if not _is_drama(one)), *short]
    return [number for number in numbers if not _is_status(path, number)]


def _is_status(path: Path, number: str) -> bool:
    """In the channels' room three digits may be a status of the web's."""
    return "channels" in path.parts and len(number) == 3 and number != "999"


def test_the_translations_name_no_number() -> None:
    found = [
        f"{named(path)} {number}"
        for path in files("locales", suffixes=(".po", ".pot"))
        for line in path.read_text().splitlines()
        if line.startswith(("msg", '"'))
        for number in (*NUMBER.findall(line), *HELPLINE.findall(line))
    ]
    assert not found


def test_every_number_anywhere_is_from_drama() -> None:
    places = [*files(*ROOMS, "tests", "bench", "locales", suffixes=SUFFIXES), *documents(), ROOT / "settings.toml"]
    found = [
        f"{named(path)} {number}"
        for path in places
        if path != Path(__file__)  # it has to name what it refuses
        for number in NUMBER.findall(path.read_text())
        if _is_whole(_bare(number)) and not _is_drama(number)
    ]
    assert not found


def _is_whole(number: str) -> bool:
    """UK numbers have eleven digits, a few old landlines ten."""
    return len(number) == 11 or (len(number) == 10 and not number.startswith("07"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ring 0100 000 0000 now", ["0100 000 0000"]),
        ("+441000000000", ["+441000000000"]),
        ("07700 900123", ["07700 900123"]),
        ("an id like a0123456789b", []),
        ("0.123456789", []),
    ],
)
def test_what_a_number_looks_like(text: str, numbers: list[str]) -> None:
    assert NUMBER.findall(text) == numbers


@pytest.mark.parametrize(
    ("number", "drama"),
    [("07700 900123", True), ("+44 7700 900999", True), ("+447700901001", False), ("0100 000 0000", False)],
)
def test_what_is_from_drama(number: str, drama: bool) -> None:
    assert _is_drama(number) is drama


@pytest.mark.parametrize(("text", "known"), [("call 999.", True), ("ring 116 123 free", True), ("1999 people", False)])
def test_what_a_helpline_looks_like(text: str, known: bool) -> None:
    assert bool(HELPLINE.search(text.rstrip("."))) is known
