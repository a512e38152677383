"""A language: its catalog is made whole, and somebody who asks for it reads it."""

from __future__ import annotations

from tests.recipes.followed import Followed


def test_it_is_chosen_and_read(followed: Followed) -> None:
    followed.works("A language")
    assert followed.passed["tests/conversations/test_welsh.py"] == 1


def test_every_text_waits_for_its_translator(followed: Followed) -> None:
    source, catalog = (
        (followed.house / "locales" / name).read_text(encoding="utf-8") for name in ("messages.pot", "cy/messages.po")
    )
    assert 'msgstr "Hoffech chi ymuno?"' in catalog
    assert catalog.count("\nmsgid ") == source.count("\nmsgid ") > 500
