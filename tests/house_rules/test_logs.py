"""A log line is a fixed event and a few technical fields: never a word, a name or a number of anybody's."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house_rules.rooms import ROOMS, files, named, tree

LEVELS = frozenset({"debug", "info", "warning", "error", "critical", "msg", "bind"})
# A traceback shows the values of a statement, and an error's own text may quote what somebody wrote.
TRACEBACKS = frozenset({"exception"})
FORBIDDEN = frozenset(
    {"text", "name", "names", "number", "phone", "address", "token", "body", "raw", "words", "message", "url", "to"}
    | {"exc_info", "stack_info", "secret", "key", "postcode", "answer", "payload", "chat", "person"}
)


def _calls(module: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Each call on `log` and the method's name."""
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"log", "logger", "_log"}
        ):
            yield node, node.func.attr


def _faults(module: ast.Module) -> list[tuple[int, str]]:
    found = []
    for call, method in _calls(module):
        if method in TRACEBACKS or method not in LEVELS:
            found.append((call.lineno, method))
        if method != "bind" and not (
            len(call.args) == 1 and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
        ):
            found.append((call.lineno, "an event that is not one fixed text"))
        found += [(call.lineno, word.arg or "**") for word in call.keywords if word.arg in FORBIDDEN | {None}]
    return found


def test_no_log_line_carries_anything_personal() -> None:
    faults = [f"{named(path, line)} {what}" for path in files(*ROOMS) for line, what in _faults(tree(path))]
    assert not faults


def test_there_is_one_kind_of_logger() -> None:
    """The standard library's is used only to quieten other people's."""
    strays = [
        named(path, node.lineno)
        for path in files(*ROOMS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "logging"
        and node.func.attr in {"debug", "info", "warning", "error", "exception", "critical", "log"}
    ]
    assert not strays


def test_the_rule_sees_what_it_should() -> None:
    module = ast.parse(
        'log.info("taken", sender="sms")\n'
        'log.info("taken", text=words)\n'
        'log.info(f"taken {words}")\n'
        'log.info("taken", **everything)\n'
        'log.exception("failed")\n'
        'log.info("taken %s", words)\n'
    )
    assert sorted({line for line, _what in _faults(module)}) == [2, 3, 4, 5, 6]
