"""Mixing: what is dealt out is what was said, in no one's hand; and it counts only together with enough others."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bank import mixing
from bank.mixing import dealt_out
from bank.tokens import number, token
from storage import feedback, feedback_list, feedback_unnamed
from storage.changing import changed
from storage.feedback import About
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank import answered
from tests.bank.ashdale import ASHDALE, MORNING

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
A_DAY = timedelta(days=1)
values = st.one_of(st.none(), st.just(""), st.sampled_from(["1", "5", "yes", "too loud"]), st.just(["c1", "c3"]))
said = st.dictionaries(st.sampled_from(["q1", "q1_said", "q2", "q3", "q4"]), values, max_size=5)


def told(given: list[dict[str, Any]]) -> Counter[str]:
    return Counter(f"{q}: {value}" for one in given for q, value in one.items() if value not in (None, ""))


def responses(given: list[dict[str, Any]]) -> int:
    return sum(any(q[-1] != "d" and value not in (None, "") for q, value in one.items()) for one in given)


@given(given=st.lists(said, max_size=12), seed=st.integers())
def test_all_that_was_said_is_there_by_as_many(given: list[dict[str, Any]], seed: int) -> None:
    dealt = dealt_out(given, Random(seed))
    assert responses(dealt) == responses(given) == len(dealt)
    kept = [one for one in given if responses([one])]
    assert told(dealt) == told(kept)


def test_answers_to_different_questions_are_put_apart() -> None:
    given = [{"q1": f"first {at}", "q2": f"second {at}"} for at in range(40)]
    together = [one for one in dealt_out(given, Random(3)) if one["q1"][6:] == one["q2"][7:]]
    assert len(together) < 6


def gives(tx: Tx, row: Record, many: int) -> None:
    """So many have told all of it, without a name."""
    for at in range(many):
        kept = feedback.add(tx, id=number(), round_id=row.id)
        feedback.answer(tx, kept.id, "q1", str(1 + at % 5))


def counted(tx: Tx) -> int:
    return len(feedback_list.responses(tx, About.MEETING)) + len(feedback_list.responses(tx, About.BANK))


def a_night(tx: Tx, night: int) -> int:
    """Mix what is due that many nights from now; how many count then."""
    now = MORNING + night * A_DAY
    for id_ in mixing.due(tx, now, ASHDALE, 100):
        mixing.mix(tx, now, ASHDALE, id_)
    return counted(tx)


@ON_BOTH
async def test_of_a_meeting_all_count_when_the_asking_is_over(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        row = answered.asked_about(tx, answered.meeting(tx), anonymous=True)  # for thirty days
        gives(tx, row, 14)
        first = a_night(tx, 1)
        gives(tx, row, 3)
        return [first, a_night(tx, 2), a_night(tx, 29), a_night(tx, 30), a_night(tx, 31)]

    assert await store.write(story) == [0, 0, 0, 17, 17]


@ON_BOTH
async def test_the_few_of_a_round_that_is_over_count_too(store: Store) -> None:
    def story(tx: Tx) -> int:
        gives(tx, answered.asked_about(tx, answered.meeting(tx), anonymous=True, over=True), 4)
        return a_night(tx, 1)

    assert await store.write(story) == 4


async def test_who_comes_after_others_were_counted_waits_for_enough_like_them(lite_store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        row = answered.asked_about(tx, answered.meeting(tx), anonymous=True, over=True)
        gives(tx, row, 12)
        found = [a_night(tx, 1)]
        for night, more in ((2, 9), (3, 1)):
            gives(tx, row, more)
            found.append(a_night(tx, night))
        return found

    assert await lite_store.write(story) == [12, 12, 22]


async def test_where_the_asking_never_ends_they_count_ten_at_once(lite_store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        row = changed(tx, feedback.feedback_rounds, answered.asked_about(tx).id, {"closes_at": None})
        found = []
        for night in range(1, 6):
            gives(tx, row, 4)
            found.append(a_night(tx, night))
        return found

    assert await lite_store.write(story) == [0, 0, 12, 12, 12]


async def test_while_somebody_is_answering_the_others_wait(lite_store: Store) -> None:
    """Else what comes then would be seen to come."""

    def story(tx: Tx) -> list[int]:
        row = answered.asked_about(tx, answered.meeting(tx), anonymous=True, over=True)
        gives(tx, row, 12)
        answered.half_said(tx, row, {"q1": "3"})
        held = feedback_unnamed.open_tokens(tx, row.id)
        patch.setattr(feedback_unnamed, "held", lambda *_about: held)
        waiting = a_night(tx, 1)
        patch.undo()
        return [waiting, a_night(tx, 2)]

    with pytest.MonkeyPatch.context() as patch:
        assert await lite_store.write(story) == [0, 13]


async def test_what_counts_is_not_written_anew(lite_store: Store) -> None:
    """Themes and promises hang on its number."""

    def story(tx: Tx) -> bool:
        row = answered.asked_about(tx, answered.meeting(tx), anonymous=True, over=True)
        gives(tx, row, 12)
        a_night(tx, 1)
        before = {one.id for one in feedback_list.responses(tx, About.MEETING)}
        gives(tx, row, 10)
        feedback.add(tx, id=number(), round_id=row.id, open_token=token())
        a_night(tx, 2)
        a_night(tx, 3)
        return before < {one.id for one in feedback_list.responses(tx, About.MEETING)}

    assert await lite_store.write(story)
