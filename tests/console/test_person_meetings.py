"""A person's page shows their meetings: how they stand, and every answer they gave."""

from __future__ import annotations

from bank import rsvps
from storage import rsvps as kept
from storage.invitations import Answer
from storage.meetings import MeetingState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.told import How
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.rsvp_space import a_space, says
from tests.console.desk import Console
from tests.console.test_person import joined, text_of


async def test_their_meetings_with_every_answer(console: Console) -> None:
    asha = await joined(console)

    def story(tx: Tx) -> Record:
        meeting = a_space(tx)
        says(tx, meeting, asha, Answer.MAYBE)
        robin = leaflet.hired(tx, "Robin")
        rsvps.enter(tx, robin, meeting, asha, Answer.YES, How.PHONE, MORNING, ASHDALE, guests=1, late=True)
        return meeting

    meeting = await console.write(story)
    sam = await console.as_(Role.COORDINATOR)
    page = await sam.get(f"/people/{asha.token}")
    words = text_of(page)
    assert "Carers' space Thursday 3 December 2026 They come, late, with one guest" in words
    assert "They said: Not sure." in words
    assert "They said: Yes. By phone, Monday 23 November 2026, entered by Robin" in words
    assert f'href="/meetings/{meeting.token}"' in page.text


async def test_what_became_of_each(console: Console) -> None:
    asha = await joined(console)

    def story(tx: Tx) -> None:
        over, off = a_space(tx), a_space(tx, state=MeetingState.CANCELED)
        for one in (over, off):
            says(tx, one, asha)
        row = kept.of(tx, over.id, asha.id)
        assert row is not None
        kept.change(tx, row.id, {"came": True})

    await console.write(story)
    words = text_of(await (await console.as_(Role.COORDINATOR)).get(f"/people/{asha.token}"))
    assert "2026 They came" in words
    assert "2026 Cancelled They said yes" in words


async def test_nothing_is_shown_of_who_was_never_asked(console: Console) -> None:
    asha = await joined(console)
    assert "Their meetings" not in text_of(await (await console.as_(Role.COORDINATOR)).get(f"/people/{asha.token}"))
