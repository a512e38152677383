"""A commitment made of an answer without a name does not tell of which meeting that was."""

from __future__ import annotations

import pytest

from bank import commitments
from bank.commitments import Draft
from bank.lacking import NotReady
from storage import commitment_list
from storage import commitments as kept
from storage.commitment_list import Wanted
from storage.store import Store, Tx
from tests.bank import answered, leaflet
from tests.bank.ashdale import MORNING

_WORDS = {"title": {"en": "Tea"}, "heard": {"en": "the tea is cold"}}


@pytest.mark.parametrize("anonymous", [True, False])
async def test_an_answer_without_a_name_among_those_of_several_meetings_leads_to_none(
    store: Store, *, anonymous: bool
) -> None:
    def story(tx: Tx) -> tuple[list[int | None], list[str]]:
        sam = leaflet.hired(tx, "Sam")
        project = leaflet.opened(tx, sam, leaflet.member(tx, "Grace"))
        rows = [answered.meeting(tx, project_id=project.id) for _each in range(2)]
        said = [
            answered.many(
                tx, answered.asked_about(tx, row, anonymous=anonymous, over=True), 6, {"q3": "Cold"}, named=False
            )
            for row in rows
        ]
        made = commitments.make(tx, sam, Draft(_WORDS, answers=((said[0][0], "q3"), (said[0][1], "q3"))), MORNING)
        assert made.project_id == project.id
        at_meetings = [commitment_list.these(tx, Wanted(meeting_id=row.id)) for row in rows]
        sources = [one.meeting_id for one in kept.sources(tx, made.id)]
        return [made.meeting_id, *sources], [one.token for found in at_meetings for one in found]

    assert await store.write(story) == ([None, None, None], [])


async def test_an_answer_with_a_name_leads_to_its_meeting_as_ever(store: Store) -> None:
    def story(tx: Tx) -> bool:
        sam, row = leaflet.hired(tx, "Sam"), answered.meeting(tx)
        hers = answered.says(tx, answered.asked_about(tx, row), {"q3": "Cold"}, answered.member(tx, "Asha"))
        return commitments.make(tx, sam, Draft(_WORDS, answers=((hers, "q3"),)), MORNING).meeting_id == row.id

    assert await store.write(story)


async def test_what_does_not_count_yet_cannot_be_chosen(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam, row = leaflet.hired(tx, "Sam"), answered.meeting(tx)
        asked = answered.asked_about(tx, row, anonymous=True)
        half = answered.half_said(tx, asked, {"q3": "Cold"})
        with pytest.raises(NotReady):
            commitments.make(tx, sam, Draft(_WORDS, answers=((half, "q3"),)), MORNING)

    await store.write(story)
