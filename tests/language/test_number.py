"""A number that was asked for, as people give it."""

from __future__ import annotations

import pytest

from language.reading import Question
from language.reply import read
from language.understand import understand

ASKED = Question("number")


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("3", "3", True),
        ("three", "3", True),
        ("3 please", "3", True),
        ("20 hours a week", "20", True),
        ("about 20", "20", True),
        ("I have 3 children", "3", True),
        ("twenty five", "25", True),
        ("twenty-five hours", "25", True),
        ("thirty", "30", True),
        ("ninety nine", "99", True),
        ("20hrs", "20", True),
        ("1,200", "1200", True),
        ("1 200", "1200", True),
        ("2.5", "2.5", True),
        ("2,50", "2.5", True),
        ("007", "7", True),
        ("£30", "30", True),
        ("none", "0", True),
        ("0", "0", True),
        ("nobody", "0", True),
        ("no", "0", False),
        ("20?", "20", False),
        ("more than 20", "20", False),
        ("3 and a half", "3", False),
        ("20 or so", "20", False),
        ("not 3", "3", False),
        ("-5", "5", False),
        ("we used to have 3 of them before my mother moved to the coast", "3", False),
        ("2 or 3", None, False),
        ("10-15", None, False),
        ("twenty or thirty", None, False),
        ("3/12", None, False),
        ("1.200.300", None, False),
        ("07700 900123", None, False),
        ("5000000000", None, False),
        ("the second one", "1", False),
        ("lots", None, False),
        ("what do you mean", None, False),
        ("", None, False),
    ],
)
def test_numbers(text: str, value: str | None, sure: bool) -> None:
    reading = read(ASKED, text, "en")
    assert (reading.value, reading.sure) == (value, sure)


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("3", "3", True),
        ("trzy", "3", True),
        ("dwadzieścia pięć", "25", True),
        ("około 20 godzin tygodniowo", "20", True),
        ("mam 3 dzieci", "3", True),
        ("2,5", "2.5", True),
        ("żadnych", "0", True),
        ("nie", "0", False),
        ("więcej niż 20", "20", False),
        ("2 albo 3", None, False),
    ],
)
def test_numbers_in_polish(text: str, value: str | None, sure: bool) -> None:
    reading = read(ASKED, text, "pl")
    assert (reading.value, reading.sure) == (value, sure)


@pytest.mark.parametrize("text", ["about 20 hours a week I think", "I look after 2 people, my mum and my son"])
def test_the_second_opinion_leaves_a_number_as_it_is(text: str) -> None:
    assert understand(ASKED, text, "en").value in {"20", "2"}
