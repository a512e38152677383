"""The weekly sample: fifty at random of those that may be read, and what is right and what is misread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bank import reading_sample
from bank.open_question import kept
from bank.question_shown import shown
from bank.reading_meant import Kind, Meant, is_right
from language.reading import Meaning, Reading
from storage import question_sets
from storage.store import Store, Tx
from tests.bank import half_year
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.half_year import at

READ = kept(Reading(Meaning.YES, "yes", sure=True))


def draw(tx: Tx, now: Any = MORNING) -> int:
    """How many weeks it was done for."""
    return len([reading_sample.draw(tx, now, ASHDALE, day) for day in reading_sample.to_draw(tx, now, ASHDALE, 100)])


async def test_fifty_are_drawn_of_the_whole_week_and_no_others(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, set[int], set[int], set[int]]:
        who, phone = half_year.member(tx, at(1, 5))
        monday = at(11, 16, 0, 0)

        def some(number: int, when: Any) -> list[int]:
            return [
                half_year.text(tx, phone, when + timedelta(minutes=one), who, reading=READ) for one in range(number)
            ]

        before = some(60, monday - timedelta(hours=1))
        of_week = [*some(40, monday), *some(40, monday + timedelta(days=6, hours=23))]
        after = some(3000, monday + timedelta(days=7))
        first, again = draw(tx), draw(tx)
        drawn = {row.message_id for row in half_year.drawn(tx, "2026-11-16")}
        return first, again, drawn, set(of_week), {*before, *after}

    first, again, drawn, of_week, others = await store.write(story)
    assert (first, again, len(drawn)) == (1, 0, 50)
    assert drawn <= of_week
    assert not drawn & others


async def test_nothing_is_drawn_before_we_open_on_monday(lite_store: Store) -> None:
    early = MORNING.replace(hour=8)
    assert await lite_store.read(lambda tx: reading_sample.to_draw(tx, early, ASHDALE, 100)) == ()


def reading(meaning: str, value: Any = None, *, sure: bool = True, also: tuple[str, ...] = ()) -> Mapping[str, Any]:
    return kept(Reading(Meaning(meaning), value, sure=sure, also=also))


ANSWER = Kind.ANSWER


@pytest.mark.parametrize(
    ("meant", "read", "right"),
    [
        (Meant(ANSWER, frozenset({"yes"})), reading("yes", "yes"), True),
        (Meant(ANSWER, frozenset({"no"})), reading("yes", "yes"), False),
        (Meant(ANSWER), reading("other", "Asha"), True),  # in words of their own
        (Meant(ANSWER), reading("other"), False),
        (Meant(ANSWER, frozenset({"a", "b"})), reading("other", ("b", "a")), True),
        (Meant(ANSWER, frozenset({"a"})), reading("other", ("b", "a")), False),
        (Meant(ANSWER, frozenset({"no"})), {"meaning": "no", "because": "can't"}, True),
        (Meant(Kind.QUESTION), reading("yes", "yes", also=("question",)), True),
        (Meant(Kind.QUESTION), reading("yes", "yes"), False),
        (Meant(Kind.STOP), {"meaning": "word", "word": "stop"}, True),
        (Meant(Kind.STOP), {"meaning": "word", "word": "help"}, False),
        (Meant(Kind.STOP), reading("opt_out"), True),
        (Meant(Kind.DANGER), {"meaning": "crisis", "because": "he hits me"}, True),
        (Meant(Kind.DANGER), reading("no", "no"), False),
        (Meant(Kind.WISH), {"meaning": "word", "word": "call"}, True),
        (Meant(Kind.THANKS), reading("thanks"), True),
        (Meant(Kind.OTHER), reading("other"), True),
        (Meant(Kind.OTHER), reading("yes", "yes"), False),
        (Meant(Kind.UNCLEAR), reading("other", "a", sure=False), True),  # we asked whether it was meant
        (Meant(Kind.UNCLEAR), reading("yes", "yes"), False),
    ],
)
def test_what_is_right(meant: Meant, read: Mapping[str, Any], right: bool) -> None:
    assert is_right(meant, read) is right


async def test_a_question_is_shown_without_what_stood_in_its_places(store: Store) -> None:
    def story(tx: Tx) -> list[Any]:
        half_year.evaluation(tx, half_year.Rung.INFORMING, {})
        (asked,) = question_sets.in_use(tx)
        keys = (
            "rsvp.ask",
            "join.name",
            "rsvp.ask.check",
            f"set_{asked.id}.q1",
            f"feedback_{asked.id}.q1",
            "gone.ask",
            None,
        )
        return [shown(tx, key, ASHDALE) for key in keys]

    rsvp, name, check, of_set, of_feedback, gone, nothing = await store.write(story)
    assert [id_ for id_, _label in rsvp.choices] == ["yes", "no", "maybe"]
    assert "{" not in rsvp.text + name.text + check.text
    assert [id_ for id_, _label in check.choices] == ["yes", "no"]
    assert (of_set.text, of_feedback.text) == ("Heard?", "Heard?")
    assert gone is None
    assert nothing is None
