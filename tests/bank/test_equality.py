"""Equality answers are kept under a name that leads nowhere, and deleted by it."""

from __future__ import annotations

from sqlalchemy import select

from bank import equality
from storage.equality import equality_answers
from storage.store import Store, Tx
from tests.bank.ashdale import MORNING

ANSWERS = {"sex": "female", "religion": "none"}


def kept(tx: Tx) -> list[tuple[str, str, str]]:
    columns = equality_answers.c.question, equality_answers.c.version, equality_answers.c.answer
    return [(row[0], row[1], row[2]) for row in tx.execute(select(*columns).order_by(equality_answers.c.id))]


async def test_answers_are_kept_in_place_of_older_ones(store: Store) -> None:
    def work(tx: Tx) -> None:
        equality.keep(tx, "somebody", ANSWERS, "2021", MORNING)
        equality.keep(tx, "another", {"sex": "male"}, "2021", MORNING)
        equality.keep(tx, "somebody", {"sex": "prefer_not_to_say"}, "2026", MORNING)
        assert kept(tx) == [("sex", "2021", "male"), ("sex", "2026", "prefer_not_to_say")]

    await store.write(work)


async def test_who_asks_for_it_is_forgotten(store: Store) -> None:
    def work(tx: Tx) -> None:
        equality.keep(tx, "somebody", ANSWERS, "2021", MORNING)
        equality.keep(tx, "another", {"sex": "male"}, "2021", MORNING)
        equality.forget(tx, "somebody")
        assert kept(tx) == [("sex", "2021", "male")]
        equality.keep(tx, "another", {}, "2021", MORNING)
        assert kept(tx) == []

    await store.write(work)


async def test_the_name_is_kept_as_a_hash(store: Store) -> None:
    def work(tx: Tx) -> None:
        equality.keep(tx, "somebody", ANSWERS, "2021", MORNING)
        subjects = set(tx.execute(select(equality_answers.c.subject)).scalars())
        assert len(subjects) == 1
        assert not any(b"somebody" in bytes(subject) for subject in subjects)

    await store.write(work)
