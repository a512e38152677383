"""The shape of the house: small files, small functions, named nouns, and honest imports."""

from __future__ import annotations

import ast
import re

from tests.house_rules.rooms import ROOMS, files, functions, named, tree

LONGEST_FILE, LONGEST_FUNCTION = 300, 40  # lines
NO_NOUN = re.compile(r"(?:^|_)(?:utils?|helpers?|common|misc|stuff|shared)(?:_|$)")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
# After the rule's number, words that say why: "
REASON = r"\s+(?:- )?\w.+"

# Migration steps are written by Alembic from the tables, and never changed.
CODE = [path for path in files(*ROOMS) if path.parent.name != "versions"]


def test_no_file_is_long() -> None:
    assert not [named(path) for path in CODE if len(path.read_text().splitlines()) > LONGEST_FILE]


def test_no_function_is_long() -> None:
    long = [
        f"{named(path, function.lineno)} {function.name}"
        for path in CODE
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_every_file_is_a_noun() -> None:
    assert not [named(path) for path in CODE if NO_NOUN.search(path.stem)]


def test_an_import_inside_a_function_says_why() -> None:
    """Where several stand together, the first says it for all."""
    unexplained = []
    for path in CODE:
        lines = path.read_text().splitlines()
        for function in functions(path):
            inside = [node for node in ast.walk(function) if isinstance(node, (ast.Import, ast.ImportFrom))]
            first = min((node.lineno for node in inside), default=None)
            if first is not None and not _explained(lines, first):
                unexplained.append(named(path, first))
    assert not unexplained


def _explained(lines: list[str], number: int) -> bool:
    here, above = lines[number - 1], lines[number - 2].strip()
    return bool(re.search(rf"# noqa: PLC0415{REASON}", here)) or above.startswith("# ")


def test_a_catch_all_says_why() -> None:
    """One that raises again catches nothing for good."""
    unexplained = []
    for path in CODE:
        lines = path.read_text().splitlines()
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ExceptHandler) and _catches_all(node):
                line = lines[node.lineno - 1]
                if not re.search(rf"# noqa: BLE001{REASON}", line):
                    unexplained.append(named(path, node.lineno))
    assert not unexplained


def _catches_all(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )


def test_nothing_is_left_for_later() -> None:
    assert not [named(path) for path in CODE if UNFINISHED.search(path.read_text())]


def test_the_rules_can_fail() -> None:
    assert NO_NOUN.search("text_utils")
    assert not NO_NOUN.search("utility")
    assert UNFINISHED.search("# TODO: later")
    assert not _explained(["def f():", "    import json  # noqa: PLC0415"], 2)
    assert _explained(["def f():", "    import json  # noqa: PLC0415  slow"], 2)
