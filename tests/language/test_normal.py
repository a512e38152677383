import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from language.normal import LIMIT, clauses, plain, safe, words

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Yes\n please ", "yes please"),
        ("I’m", "i'm"),
        ("“Yes”", '"yes"'),
        ("a – b — c", "a - b - c"),
        ("a\u00a0b", "a b"),
        ("S\u200bT\u200dO\u2060P", "stop"),
        ("\u202eSTOP\u202c", "stop"),
        ("st\0o\x07p", "stop"),
        ("st\ud800op", "stop"),
        ("👍🏽", "👍"),
        ("❤️", "❤"),
        ("1️⃣", "1"),
        ("🔟", "10"),
        ("٣", "3"),
        ("১২", "12"),
        ("ＳＴＯＰ", "stop"),
        ("①", "1"),
        ("yesss", "yes"),
        ("nooooo", "no"),
        ("good", "good"),
        ("1000", "1000"),
        ("STRASSE straße", "strasse strasse"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t stop!", ("dont", "stop")),
        ("Dołącz", ("dolacz",)),
        ("Siân 👍🏽", ("sian", "👍")),
        ("1,3 and 5", ("1", "3", "and", "5")),
        ("ਪੰਜਾਬੀ please", ("ਪੰਜਾਬੀ", "please")),
        ("...", ()),
    ],
)
def test_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


def test_clauses() -> None:
    assert clauses("No, thanks. Stop\nplease") == (("no",), ("thanks",), ("stop",), ("please",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\0b", "ab"),
        ("a\udfffb", "ab"),
        ("e\u0301", "é"),
        ("It’s “ok” 👍🏽", "It’s “ok” 👍🏽"),
        ("a\u200bb", "a\u200bb"),
    ],
)
def test_safe_changes_only_what_cannot_be_stored(text: str, expected: str) -> None:
    assert safe(text) == expected


@given(ANY_TEXT)
@example("\ud800" * 5)
@example("ﷺ" * LIMIT)
def test_any_text_has_a_copy_to_match_and_a_copy_to_keep(text: str) -> None:
    matching = plain(text)
    assert len(matching) <= LIMIT
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in matching + "".join(words(text)))
    kept = safe(text)
    assert "\0" not in kept
    assert kept.encode().decode() == kept
    assert safe(kept) == kept
