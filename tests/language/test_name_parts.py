"""Parts of names: what somebody is found by, however it is typed."""

from __future__ import annotations

import pytest

from language.name_parts import LONGEST, MOST, beginnings, parts


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Asha", ("asha",)),
        ("Łucja O'Brien-Shah", ("lucja", "obrien", "shah")),
        ("  jo  JO ", ("jo",)),
        ("José María", ("jose", "maria")),
        ("Ólafur Þór", ("olafur", "þor")),
        ("Наталія", ("наталія",)),
        ("李小龍", ("李小龍",)),
        ("<script>alert(1)</script>", ("script", "alert", "1")),
        ("\u202eahsA", ("ahsa",)),
        ("\U0001f600" * 300, ()),
        ("", ()),
    ],
)
def test_a_name_is_found_by_its_parts(name: str, found: tuple[str, ...]) -> None:
    assert parts(name) == found


def test_three_letters_of_any_part_are_enough_and_two_are_not() -> None:
    assert beginnings("Asha Li") == ("ash", "asha", "li")


def test_a_name_of_any_length_is_found_by_so_many_beginnings_and_no_more() -> None:
    long = " ".join(f"{letter}{'xyz' * 20}" for letter in "abcdefghijklmnop")
    assert len(parts(long)) == MOST
    assert len(beginnings(long)) == MOST * (LONGEST - 2)
    assert parts("Wolfeschlegelstein") == (beginnings("Wolfeschlegelstein")[-1],)
