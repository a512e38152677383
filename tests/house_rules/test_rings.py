"""No files import each other in a ring: each can be read, and loaded, after those that it builds on."""

from __future__ import annotations

from tests.house_rules.house import arrows_of, ring


def test_no_ring_of_imports() -> None:
    assert ring(arrows_of()) == []


def test_a_ring_is_found() -> None:
    assert ring({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})[1:] != []
