"""What to arrange for a meeting, at the console: by person and by kind, what became of it, one more, and ready."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bank import arrangement_times, meeting_change
from storage import arrangements, audit, meetings, needs, people, rsvps
from storage.arrangements import ArrangementKind
from storage.meetings import MeetingState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.rsvp_space import a_space, says
from tests.console.desk import Browser, Console
from tests.console.read import said, shown

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
_SEEN = re.compile(r'name="seen" value="([^"]*)"')
WANTED = {"Asha": ("BSL interpreter", "big print"), "Ben": ("taxi",)}


async def the_space(console: Console) -> str:
    """Asha and Ben come, and need something; the address of what to arrange."""

    def story(tx: Tx) -> str:
        meeting = a_space(tx)
        for name, words in WANTED.items():
            person = leaflet.member(tx, name)
            for one in words:
                needs.add(tx, person_id=person.id, words=one, at=MORNING)
            says(tx, meeting, person)
        return f"/meetings/{meeting.token}/arrange"

    return await console.write(story)


async def row_of(console: Console, at: str, kind: ArrangementKind) -> Record:
    def look(tx: Tx) -> Record:
        meeting = meetings.by_token(tx, at.split("/")[2])
        assert meeting is not None
        return next(row for row in arrangements.in_meeting(tx, meeting.id) if row.kind == kind)

    return await console.read(look)


async def becomes(sam: Browser, at: str, row: Record, state: str, note: str = "") -> str:
    """Choose what became of it; where a message is shown first, press once more. What the last page says."""
    here, form = f"{at}/{row.token}", {"state": state, "note": note}
    page = (await sam.post(here, {**form}, page=here)).text
    seen = _SEEN.search(page)
    if seen is not None:
        page = (await sam.post(here, {**form, "seen": seen[1]}, page=here)).text
    return said(page)


async def acts(console: Console, *names: str) -> list[str]:
    rows = await console.read(lambda tx: [row.act for row in audit.everything(tx)])
    return [act for act in rows if act in names]


@both
async def test_what_is_late_comes_first_by_person_and_by_kind(console: Console) -> None:
    at = await the_space(console)
    sam = await console.as_(Role.COORDINATOR)
    page = await shown(sam, at)
    assert "3 things are still to be done" in page
    assert page.index("BSL interpreter") < page.index("Large print") < page.index("Ben")
    assert "Thursday 12 November Late" in page
    by_kind = await shown(sam, f"{at}?by=kind")
    assert by_kind.index("BSL interpreter") < by_kind.index("Transport") or "Transport" in by_kind
    assert await acts(console, "saw_meeting") == ["saw_meeting"] * 2


@both
async def test_booked_is_shown_before_it_is_said(console: Console) -> None:
    at = await the_space(console)
    sam = await console.as_(Role.COORDINATOR)
    row = await row_of(console, at, ArrangementKind.BSL)
    here = f"{at}/{row.token}"
    first = await sam.post(here, {"state": "booked", "note": "Her name is Jo"}, page=here)
    assert (
        "Ashdale Council: Your BSL interpreter is booked. Her name is Jo. Carers&#39; space, Thursday 3 December."
        in first.text
    )
    assert (await row_of(console, at, ArrangementKind.BSL)).state == "to_do", "nothing is kept yet"
    seen = _SEEN.search(first.text)
    assert seen is not None
    other = await sam.post(here, {"state": "booked", "note": "His name is Al", "seen": seen[1]}, page=here)
    assert "His name is Al" in other.text
    assert (await row_of(console, at, ArrangementKind.BSL)).state == "to_do", "other words are shown first, too"
    done = await becomes(sam, at, row, "booked", "Her name is Jo")
    assert "It is kept, and they are told in the hours that suit them." in done
    kept = await row_of(console, at, ArrangementKind.BSL)
    assert (kept.state, kept.note, kept.told) == ("booked", "Her name is Jo", False)
    assert await acts(console, "arrangement_changed") == ["arrangement_changed"]


async def test_who_texts_reads_it_and_answers(console: Console) -> None:
    asha = console.phone("+447700900123")
    await asha.says("JOIN", "1", "1", "Asha")

    def story(tx: Tx) -> str:
        meeting = a_space(tx)
        (person,) = [row for row in tx.execute(people.people.select()) if row.name == "Asha"]
        needs.add(tx, person_id=person.id, words="taxi", at=MORNING)
        says(tx, meeting, person)
        return f"/meetings/{meeting.token}/arrange"

    at = await console.write(story)
    sam = await console.as_(Role.COORDINATOR)
    row = await row_of(console, at, ArrangementKind.TRANSPORT)
    page = await becomes(sam, at, row, "could_not")
    assert "Could not be booked" in page
    await console.moves(minutes=1)
    assert any("sorry, we could not book transport. Carers' space" in text for text in await asha.heard())
    await asha.says("1")
    assert (await row_of(console, at, ArrangementKind.TRANSPORT)).state == "talked"
    assert "Talked about" in await shown(sam, at)


async def test_what_is_booked_for_a_canceled_meeting_is_still_to_be_canceled(console: Console) -> None:
    at = await the_space(console)
    sam = await console.as_(Role.COORDINATOR)
    bsl = await row_of(console, at, ArrangementKind.BSL)
    await becomes(sam, at, bsl, "booked", "Jo comes.")
    page = await shown(sam, at)
    assert "What is late comes first. Show it by kind" in page
    assert "Booked: Jo comes. They" in page

    def cancel(tx: Tx) -> None:
        meeting = meetings.by_token(tx, at.split("/")[2])
        assert meeting is not None
        colleague = leaflet.hired(tx, "Priya", Role.COORDINATOR)
        meeting_change.cancel(tx, colleague, meeting, {"en": "The hall is closed."}, MORNING, ASHDALE)

    await console.write(cancel)
    page = await shown(sam, at)
    assert "1 thing is still to be done." in page
    assert "The meeting is cancelled: cancel it too" in page
    assert "taxi" not in page
    assert "Add something" not in page
    assert "It could not be booked" not in await shown(sam, f"{at}/{bsl.token}")
    await becomes(sam, at, bsl, "not_needed")
    assert "Nothing is booked for it." in await shown(sam, at)


async def test_a_meeting_is_not_ready_until_all_is_settled(console: Console) -> None:
    at = await the_space(console)
    sam = await console.as_(Role.COORDINATOR)
    page = await sam.post(f"{at}/ready", page=at)
    assert page.status_code == 409
    assert "BSL interpreter, for Asha" in said(page.text)
    for kind in (ArrangementKind.BSL, ArrangementKind.LARGE_PRINT):
        await becomes(sam, at, await row_of(console, at, kind), "talked", "She brings her own")
    await becomes(sam, at, await row_of(console, at, ArrangementKind.TRANSPORT), "not_needed")
    assert "Nothing is left to do." in await shown(sam, at)
    assert "The meeting is ready." in said((await sam.post(f"{at}/ready", page=at)).text)


async def test_one_more_is_added_for_once_or_for_every_meeting(console: Console) -> None:
    at = await the_space(console)
    sam = await console.as_(Role.COORDINATOR)
    ben = await console.read(lambda tx: next(row for row in tx.execute(people.people.select()) if row.name == "Ben"))
    form: dict[str, str | list[str]] = {"person": ben.token, "kind": "parking", "words": "a space", "how": "phone"}
    empty = await sam.post(f"{at}/add", {}, page=f"{at}/add")
    assert "Choose who it is for" in said(empty.text)
    assert "It is on the list" in said((await sam.post(f"{at}/add", form, page=f"{at}/add")).text)
    again = await sam.post(f"{at}/add", form, page=f"{at}/add")
    assert "That is on their list already" in said(again.text)
    each: dict[str, str | list[str]] = {**form, "kind": "loop", "words": "hearing loop", "each_time": "yes"}
    await sam.post(f"{at}/add", each, page=f"{at}/add")
    known_now = await console.read(lambda tx: [row.words for row in needs.of(tx, ben.id)])
    assert known_now == ["taxi", "hearing loop"]


async def test_nothing_is_late_for_a_meeting_that_is_over(console: Console) -> None:
    at = await the_space(console)

    def over(tx: Tx) -> None:
        meeting = meetings.by_token(tx, at.split("/")[2])
        assert meeting is not None
        meetings.change(tx, meeting.id, {"state": MeetingState.OVER})

    await console.write(over)
    console.clock.move(timedelta(days=11))
    page = await shown(await console.as_(Role.COORDINATOR), at)
    assert "The meeting is over. Show it by kind" in page
    assert "Late" not in page


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PARTNER])
async def test_who_only_looks_changes_nothing(console: Console, role: Role) -> None:
    at = await the_space(console)
    browser = await console.as_(role)
    row = await row_of(console, at, ArrangementKind.BSL)
    assert (await browser.get(at)).status_code == (200 if role == Role.VIEWER else 404)
    assert (await browser.get(f"{at}/{row.token}")).status_code == 404
    assert (await browser.post(f"{at}/{row.token}", {"state": "talked"})).status_code == 404
    assert (await browser.post(f"{at}/ready")).status_code == 404


async def test_who_is_held_is_not_shown(console: Console) -> None:
    at = await the_space(console)
    sam = await console.as_(Role.COORDINATOR)

    def hold(tx: Tx) -> None:
        row = next(row for row in tx.execute(people.people.select()) if row.name == "Asha")
        people.change(tx, row.id, {"held": "danger"})

    await console.write(hold)
    page = await shown(sam, at)
    assert "Asha" not in page
    assert "1 person is not shown to you." in page
    row = await row_of(console, at, ArrangementKind.BSL)
    assert (await sam.get(f"{at}/{row.token}")).status_code == 404
    refused = said((await sam.post(f"{at}/ready", page=at)).text)
    assert "BSL interpreter, for somebody who is not shown to you" in refused
    assert "Asha" not in refused


async def test_what_somebody_needs_who_is_not_sure_holds_nothing_up(console: Console) -> None:
    at = await the_space(console)
    sam = await console.as_(Role.COORDINATOR)
    for kind in (ArrangementKind.BSL, ArrangementKind.LARGE_PRINT):
        await becomes(sam, at, await row_of(console, at, kind), "talked", "She brings her own")

    def unsure(tx: Tx) -> None:
        row = next(row for row in tx.execute(people.people.select()) if row.name == "Ben")
        meeting = meetings.by_token(tx, at.split("/")[2])
        assert meeting is not None
        kept = rsvps.of(tx, meeting.id, row.id)
        assert kept is not None
        rsvps.change(tx, kept.id, {"state": RsvpState.MAYBE})

    await console.write(unsure)
    page = await shown(sam, at)
    assert "1 thing is still to be done." in page
    assert "Is not sure yet" in page
    assert "The meeting is ready" in page
    assert "The meeting is ready." in said((await sam.post(f"{at}/ready", page=at)).text)


async def test_lead_times_are_set_by_administrators(console: Console) -> None:
    ada = await console.as_(Role.ADMINISTRATOR)
    page = "/settings/arranging"
    assert f'href="{page}"' in (await ada.get("/settings")).text
    days = await console.read(arrangement_times.days)
    form = {kind.value: str(number) for kind, number in days.items()}
    wrong = await ada.post(page, {**form, "bsl": "soon"}, page=page)
    assert wrong.status_code == 400
    assert "Enter a whole number from 0 to 60" in said(wrong.text)
    assert "Your change is kept" in said((await ada.post(page, {**form, "bsl": "20"}, page=page)).text)
    assert (await console.read(arrangement_times.days))[ArrangementKind.BSL] == 20
    assert await acts(console, "setting_changed") == ["setting_changed"]
    assert (await (await console.as_(Role.COORDINATOR)).get(page)).status_code == 404
