"""Feedback with a name goes with whoever gave it, and is theirs alone where two people on our list are one."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bank import commitments, erasure, merging, themes
from bank.commitments import Draft
from storage import commitments as kept
from storage import feedback
from storage.feedback import feedback_answers, feedback_themes
from storage.store import Store, Tx
from tests import looking
from tests.bank import answered, leaflet
from tests.bank.ashdale import ASHDALE, MORNING


async def test_what_somebody_said_goes_with_them_and_what_is_promised_stays(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], int, int, list[tuple[int | None, bool]]]:
        sam, row = leaflet.hired(tx, "Sam"), answered.meeting(tx)
        asked = answered.asked_about(tx, row)
        asha, ben = answered.member(tx, "Asha"), answered.member(tx, "Ben")
        hers, his = (answered.says(tx, asked, {"q3": "Tea"}, one) for one in (asha, ben))
        themes.tag(tx, sam, themes.add(tx, sam, {"en": "Tea"}, MORNING), [(hers, "q3"), (his, "q3")], MORNING)
        draft = Draft({"title": {"en": "Tea"}, "heard": {"en": "the tea is cold"}}, answers=((hers, "q3"),))
        promise = commitments.make(tx, sam, draft, MORNING)
        assert erasure.erase_person(tx, asha.id, MORNING)
        left = [one.id for one in looking.responses(tx, [asked.id])]
        words, tags = (
            tx.execute(select(func.count()).select_from(table).where(table.c.feedback_id == hers)).scalar_one()
            for table in (feedback_answers, feedback_themes)
        )
        sources = [(one.person_id, one.feedback_id == hers) for one in kept.sources(tx, promise.id)]
        return [one for one in left if one != his], words, tags, sources

    assert await store.write(story) == ([], 0, 0, [(None, True)])


async def test_of_two_answers_to_one_round_under_two_names_the_newer_one_counts(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[tuple[int, str]], int]:
        sam, asked = leaflet.hired(tx, "Sam"), answered.asked_about(tx, answered.meeting(tx))
        ours, theirs = answered.member(tx, "Asha"), answered.member(tx, "Asha B")
        answered.says(tx, asked, {"q3": "Cold"}, ours)
        answered.says(tx, asked, {"q3": "Warm"}, theirs, MORNING + timedelta(days=1))
        merging.merge(tx, sam, ours, theirs, "The same number", MORNING, ASHDALE)
        rows = [(row.person_id == ours.id, row.id) for row in looking.responses(tx, [asked.id])]
        said = [(is_hers, feedback.answers_of(tx, id_)["q3"]) for is_hers, id_ in rows]
        return said, tx.execute(select(func.count()).select_from(feedback_answers)).scalar_one()

    assert await store.write(story) == ([(True, "Warm")], 1)
