"""Catalogs: easier twins, what is signed off, and English where a language has no words for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from language.dates import day
from language.wording import MUST_BE_SIGNED, Catalogs, Words, base, signed_off

HELLO, BYE = Words("Hello, {name}."), Words("Goodbye.")


@pytest.fixture
def catalogs(tmp_path: Path) -> Catalogs:
    for tag, said in (("en_GB@simple", "Hi, {name}."), ("cy", "Helo, {name}.")):
        (tmp_path / tag).mkdir()
        (tmp_path / tag / "messages.po").write_text(
            f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
            f'"X-Signed-Off: agreement, danger (M P), stop\\n"\n\nmsgid "{HELLO.text}"\nmsgstr "{said}"\n',
            encoding="utf-8",
        )
    return Catalogs.load(tmp_path)


def test_a_twin_falls_back_text_by_text(catalogs: Catalogs) -> None:
    assert catalogs.languages == ("en", "cy", "en_GB@simple")
    assert catalogs.spoken == ("en", "cy")
    assert catalogs.simple("en") == "en_GB@simple"
    assert catalogs.simple("cy") is None
    assert catalogs.render(HELLO, "en_GB@simple", {"name": "Asha"}) == "Hi, Asha."
    assert catalogs.render(BYE, "en_GB@simple", {}) == "Goodbye."
    assert catalogs.differs(HELLO, "en_GB@simple")
    assert not catalogs.differs(BYE, "en_GB@simple")
    assert not catalogs.differs(HELLO, "en")


def test_only_what_is_on(catalogs: Catalogs) -> None:
    assert catalogs.only(["cy"]).languages == ("en", "cy")
    assert catalogs.only(["cy"]).simple("en") is None


@pytest.mark.parametrize(("tag", "language"), [("en_GB@simple", "en"), ("pl@simple", "pl"), ("en", "en"), ("pl", "pl")])
def test_whose_words_they_are(tag: str, language: str) -> None:
    assert base(tag) == language


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("X-Signed-Off: agreement, danger, stop", MUST_BE_SIGNED),
        ("X-Signed-Off: agreement (Ewa K, 3 May 2026), danger, stop (Jan, nurse)", MUST_BE_SIGNED),
        ("X-Signed-Off: agreement", {"agreement"}),
        ("X-Signed-Off: nothing", {"nothing"}),
        ("X-Reviewed: yes", set()),
    ],
)
def test_what_a_header_says_is_signed(line: str, signed: set[str]) -> None:
    header = f'msgid ""\nmsgstr ""\n"Language: pl\\n"\n"{line}\\n"\n\nmsgid "X-Signed-Off: stop"\nmsgstr ""\n'
    assert signed_off(header) == signed


def test_what_is_not_signed(catalogs: Catalogs) -> None:
    assert catalogs.unsigned("en") == frozenset()
    assert catalogs.unsigned("cy") == frozenset()
    assert catalogs.unsigned("ro") == MUST_BE_SIGNED


def test_days_are_said_in_easier_words_too() -> None:
    assert day(date(2026, 12, 3), "en_GB@simple") == "Thursday 3 December"
