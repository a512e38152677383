"""A change of mind in the middle of a choice: what was said last counts."""

from __future__ import annotations

import pytest

from language.reading import Option, Question
from language.understand import understand

DAYS = Question(
    "choice",
    tuple(Option(str(place), day) for place, day in enumerate(("Monday", "Wednesday", "Friday"), 1)),
    several=True,
)
DNI = Question(
    "choice",
    tuple(Option(str(place), day) for place, day in enumerate(("Poniedziałek", "Środa", "Piątek"), 1)),
    several=True,
)


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("1, no wait, 2", "2"),
        ("1 no wait 2", "2"),
        ("Monday. Sorry, I mean Friday", "3"),
        ("3... hang on, 1", "1"),
        ("1 and 3", ("1", "3")),
    ],
)
def test_what_was_said_last_counts(said: str, chosen: object) -> None:
    reading = understand(DAYS, said, "en")
    assert (reading.value, reading.sure) == (chosen, True)


@pytest.mark.parametrize(
    ("said", "chosen"), [("poniedziałek... nie, czekaj, środa", "2"), ("najpierw 1, ale jednak trójka", "3")]
)
def test_in_polish_too(said: str, chosen: str) -> None:
    reading = understand(DNI, said, "pl")
    assert (reading.value, reading.sure) == (chosen, True)


def test_a_wait_with_nothing_after_it_is_asked_about() -> None:
    assert not understand(DAYS, "1, wait", "en").sure


def test_rather_not_is_a_no_to_an_offer_and_leaves_out_other_questions() -> None:
    assert understand(Question("yes_no"), "I'd rather not", "en").answer == "no"
    assert understand(Question("yes_no"), "skip", "en").details == {"word": "skip"}


def test_a_digit_of_another_script_that_is_no_figure_is_no_choice() -> None:
    assert understand(DAYS, "\u136d \ua8e2 1", "en").value in {None, "1"}
    assert understand(DAYS, "\u136d", "en").value is None
