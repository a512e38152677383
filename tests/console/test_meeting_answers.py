"""Inviting to a meeting, and who said what to it, as a coordinator does it: choose, let go, enter answers, ring."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from bank import audit, wall_time
from bank.tokens import token
from storage import addresses, meetings, people, reach, rsvps
from storage import audit as audit_rows
from storage.meetings import MeetingKind, MeetingState, Way
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.tasks import TaskKind
from tests import looking
from tests.console.desk import Browser, Console, Somebody
from tests.console.read import said
from tests.console.test_meetings import FORM
from tests.console.test_tasks import rung_person, the_task
from tests.conversations.gathering import WORDS

BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
ASHA, BEN = "+447700900701", "+447700900702"
NAMES = {ASHA: "Asha", BEN: "Ben"}
_SEEN = re.compile(r'name="seen" value="([^"]+)"')


async def joined(console: Console, *numbers: str) -> list[Somebody]:
    phones = [console.phone(number) for number in numbers]
    for phone in phones:
        await phone.says("JOIN", "1", "1", NAMES[phone.number])
    return phones


async def person_of(console: Console, phone: Somebody) -> Record:
    def look(tx: Tx) -> Record:
        found = addresses.find(tx, phone.channel, phone.number)
        assert found is not None
        return reach.people_at(tx, found.id)[0]

    return await console.read(look)


async def a_meeting(console: Console, **more: Any) -> Record:
    """Thursday 3 December at 2pm, open, in person."""
    when: dict[str, Any] = {"on_day": "2026-12-03", "at_time": "14:00", "zone": "Europe/London", "minutes": 120}
    given = {
        "token": token(),
        "kind": MeetingKind.SPACE,
        "state": MeetingState.OPEN,
        "words": dict(WORDS),
        "way": Way.IN_PERSON,
        "created_at": console.clock(),
        "changed_at": console.clock(),
        **when,
        **wall_time.moments(**when),
    }
    return await console.write(lambda tx: meetings.add(tx, **(given | more)))


async def invited(console: Console, sam: Browser, meeting: Record) -> str:
    """Everybody is invited, in the words that it begins with; the address of the broadcast."""
    here = f"/meetings/{meeting.token}/invite"
    words = await sam.post(here, {"whom": "all", "press": "on"}, here)
    at = words.url.path.removesuffix("/words")
    assert at.startswith("/broadcasts/"), words.text
    found = _SEEN.search((await sam.get(at)).text)
    assert found is not None, said((await sam.get(at)).text)
    assert "It is let go." in (await sam.post(f"{at}/send", {"seen": found[1]}, at)).text
    await console.moves(seconds=30)
    return at


@BOTH
async def test_people_are_chosen_counted_and_invited(console: Console) -> None:
    asha, _ben = await joined(console, ASHA, BEN)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console, capacity=1)
    here = f"/meetings/{meeting.token}/invite"
    assert "Choose whom you invite" in (await sam.post(here, {"press": "count"}, here)).text
    looked = said((await sam.post(here, {"whom": "all", "press": "count"}, here)).text)
    assert "It would reach 2 people" in looked
    assert "1 person more can have a place by now. The others wait in line." in looked
    words = await sam.post(here, {"whom": "all", "press": "on"}, here)
    assert "This invites people to Carers' space, Thursday 3 December" in said(words.text)
    assert "{meeting}. {day}, {time}, {where}." in words.text
    assert 'name="kind"' not in words.text
    page = words.url.path
    kept = {"name": "Carers' space", "words-en": "{sender}: {meeting}. {day}, {time}, {where}. {stop} Coming?"}
    checked = await sam.post(page, {**kept, "press": "check"}, page)
    assert "Invitation to a meeting: Carers' space, Thursday 3 December" in said(checked.text)
    found = _SEEN.search(checked.text)
    assert found is not None
    at = page.removesuffix("/words")
    await sam.post(f"{at}/send", {"seen": found[1]}, at)
    await console.moves(seconds=30)
    assert (await asha.heard())[-1] == (
        "Ashdale Council: Carers' space. Thursday 3 December, 2pm, Oak Hall, Station Road, by Aldi. STOP to end. "
        "Coming?"
    )
    again = said((await sam.post(here, {"whom": "all", "press": "count"}, here)).text)
    assert "It would reach 0 people of 2." in again
    assert "2 people were asked to this meeting already" in again
    assert "Invitation to a meeting" in (await sam.get("/broadcasts")).text


@BOTH
async def test_who_said_what_with_who_entered_it_and_each_change(console: Console) -> None:
    asha, ben = await joined(console, ASHA, BEN)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console, guests=True)
    at = await invited(console, sam, meeting)
    here = f"/meetings/{meeting.token}/answers"
    shown = said((await sam.get(here)).text)
    assert "Have not answered : 2" in shown
    assert "Asked by text on Monday 23 November" in shown
    person = await person_of(console, asha)
    page = f"{here}/{person.token}"
    assert "Choose their answer" in (await sam.post(page, {"how": "phone"}, page)).text
    assert (
        "Enter how many people come with them"
        in (await sam.post(page, {"answer": "yes", "how": "phone", "guests": "lots"}, page)).text
    )
    told = {"answer": "yes", "how": "phone", "guests": "2", "late": "yes", "note": "The bus", "arrange": "large print"}
    answered = said((await sam.post(page, told, page)).text)
    assert "They come. Tell them that we have noted it." in answered
    assert "Come with them 2" in answered
    assert "Large print: large print" in answered
    assert re.search(r'name="late"[^>]* checked', (await sam.get(page)).text), "a second answer does not lose it"
    await sam.post(page, {"answer": "no", "how": "in_person"}, page)
    history = said((await sam.get(page)).text)
    assert "Yes, entered by Sam Field , told by phone" in history
    assert "No, entered by Sam Field , told face to face" in history
    assert "Asha" in (await sam.get(f"{here}?show=no")).text
    assert "Asha" not in (await sam.get(f"{here}?show=none")).text
    assert "Ben" in (await sam.get(f"{here}?show=none")).text
    assert "Not coming 1" in said((await sam.get(at)).text)
    rows = await console.read(lambda tx: tx.execute(audit_rows.audit.select()).all())
    acts = [row.act for row in rows]
    assert {audit.Act.SAW_MEETING, audit.Act.RSVP_CHANGED} <= set(acts)
    assert ben.number not in (await sam.get(here)).text


async def test_somebody_who_was_not_invited_is_found_by_name(console: Console) -> None:
    (asha,) = await joined(console, ASHA)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console)
    here = f"/meetings/{meeting.token}/answers"
    assert "Nobody was asked yet" in (await sam.get(here)).text
    assert "Enter a name or a whole phone number" in (await sam.post(f"{here}/find", {"name": ""}, f"{here}/find")).text
    found = await sam.post(f"{here}/find", {"name": "Asha"}, f"{here}/find")
    person = await person_of(console, asha)
    assert f'href="{here}/{person.token}"' in found.text
    await sam.post(f"{here}/{person.token}", {"answer": "maybe", "how": "letter"}, f"{here}/{person.token}")
    assert "Not sure : 1" in said((await sam.get(here)).text)


@BOTH
async def test_who_has_not_answered_is_on_a_call_list_until_they_text(console: Console) -> None:
    asha, _ben = await joined(console, ASHA, BEN)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console)
    await invited(console, sam, meeting)
    here = f"/meetings/{meeting.token}/answers"
    assert "0 people can be rung who were asked 2 days ago or more." in said((await sam.get(here)).text)
    assert "2 people can be rung." in said((await sam.get(f"{here}?days=0")).text)
    done = said((await sam.post(f"{here}/calls", {"days": "0"}, here)).text)
    assert "The calls are on the list of tasks." in done
    assert "There was nobody to ring." in (await sam.post(f"{here}/calls", {"days": "0"}, here)).text
    calls = await console.read(lambda tx: [row for row in looking.open_tasks(tx) if row.kind == TaskKind.CALL])
    assert len(calls) == 2
    shown = said((await sam.get(f"/tasks/{calls[0].token}")).text)
    assert "and they have not answered. Ring them and say:" in shown
    assert "Where Oak Hall, Station Road, by Aldi" in shown
    await asha.says("1")
    left = await console.read(lambda tx: [row for row in looking.open_tasks(tx) if row.kind == TaskKind.CALL])
    assert len(left) == 1, "an answer by text closes the call"


async def test_the_page_of_a_call_keeps_how_they_come(console: Console) -> None:
    dorothy = await rung_person(console)
    sam = await console.as_(Role.COORDINATOR)
    meeting = await a_meeting(console, way=Way.HYBRID, guests=True)
    await invited(console, sam, meeting)
    here = f"/tasks/{(await the_task(console, TaskKind.LETTER)).token}"
    shown = (await sam.get(here)).text
    assert "How many people come with them?" in shown
    assert "Choose how they told you" in (await sam.post(f"{here}/answer", {"answer": "yes"}, here)).text
    told = {"answer": "yes", "how": "letter", "way": "online", "guests": "1", "early": "yes"}
    done = said((await sam.post(f"{here}/answer", told, here)).text)
    assert "They come." in done
    assert "What came of it They answered: Yes, they come." in done
    row = await console.read(lambda tx: rsvps.of(tx, meeting.id, dorothy.id))
    assert row is not None
    assert (row.state, row.way, row.guests, row.early, row.how) == ("coming", "online", 1, True, "letter")
    assert (await the_task(console, TaskKind.LETTER)).closed_by == sam.staff.id, "nobody has it to do any more"


async def test_who_only_reads_enters_nothing_and_others_do_not_find_it(console: Console) -> None:
    (asha,) = await joined(console, ASHA)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console)
    await invited(console, sam, meeting)
    person = await person_of(console, asha)
    here = f"/meetings/{meeting.token}/answers"
    vera = await console.as_(Role.VIEWER, name="Vera Reader")
    page = (await vera.get(here)).text
    assert "Asha" in page
    assert "Make a call list" not in page
    assert "What they say now" not in (await vera.get(f"{here}/{person.token}")).text
    told = {"answer": "no", "how": "phone"}
    assert (await vera.post(f"{here}/{person.token}", told, here)).status_code == 404
    assert (await vera.get(f"{here}/find")).status_code == 404
    assert (await vera.get(f"/meetings/{meeting.token}/invite")).status_code == 404
    pat = await console.as_(Role.PARTNER, name="Pat Partner")
    assert (await pat.get(here)).status_code == 404


async def test_nobody_who_is_held_is_listed_but_to_leads(console: Console) -> None:
    (asha,) = await joined(console, ASHA)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console)
    await invited(console, sam, meeting)
    person = await person_of(console, asha)
    await console.write(lambda tx: people.change(tx, person.id, {"held": "danger"}))
    here = f"/meetings/{meeting.token}/answers"
    assert "Asha" not in (await sam.get(here)).text
    assert (await sam.get(f"{here}/{person.token}")).status_code == 404
    assert person.state == PersonState.MEMBER


@BOTH
async def test_who_was_asked_again_and_has_not_answered_is_found(console: Console) -> None:
    asha, ben = await joined(console, ASHA, BEN)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console)
    await invited(console, sam, meeting)
    here = f"/meetings/{meeting.token}"
    await asha.says("1")
    await ben.says("1")
    await console.moves(minutes=2)
    assert "Asked again" not in (await sam.get(here)).text
    assert "Asked again" not in (await sam.get(f"{here}/answers")).text
    moved = {**FORM, "on_day-day": "10", "repeats": "", "capacity": "", "guests": ""}
    looked = _SEEN.search((await sam.post(f"{here}/change", moved)).text)
    assert looked is not None
    await sam.post(f"{here}/change", {**moved, "press": "tell", "seen": looked[1]})
    await console.moves(minutes=2)
    assert "Thursday 10 December" in (await asha.heard())[-1]
    assert "Asked again, not answered 2" in said((await sam.get(here)).text)
    await ben.says("2")
    shown = await sam.get(f"{here}/answers?show=again")
    assert "Asked again, not answered : 1" in said(shown.text)
    assert "Asha" in shown.text
    assert "Ben" not in said(shown.text)
    await asha.says("1")
    assert "Asha" not in (await sam.get(f"{here}/answers?show=again")).text
    assert "Asked again" not in (await sam.get(here)).text


async def test_who_is_held_is_told_of_to_leads_only_among_those_who_cannot_be_rung(console: Console) -> None:
    asha, ben = await joined(console, ASHA, BEN)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console)
    await invited(console, sam, meeting)
    held, paused = await person_of(console, asha), await person_of(console, ben)
    await console.write(lambda tx: people.change(tx, held.id, {"held": "danger"}))
    later = console.clock() + timedelta(days=90)
    await console.write(lambda tx: people.change(tx, paused.id, {"paused_until": later}))
    here = f"/meetings/{meeting.token}/answers?days=0"
    page = said((await sam.get(here)).text)
    assert "1 person cannot be rung: they paused" in page
    assert "held" not in page
    lead = await console.as_(Role.SAFEGUARDING_LEAD, name="Lee Lead")
    page = said((await lead.get(here)).text)
    assert "1 person cannot be rung: they paused" in page
    assert "1 person is held: a person of ours must look first" in page


async def test_once_it_has_begun_nobody_is_invited_or_rung(console: Console) -> None:
    await joined(console, ASHA)
    sam, meeting = await console.as_(Role.COORDINATOR), await a_meeting(console)
    await invited(console, sam, meeting)
    await console.moves(days=11)
    sam, here = await console.as_(Role.COORDINATOR, name="Sam again"), f"/meetings/{meeting.token}"
    page = (await sam.get(f"{here}/answers")).text
    assert "Invite more people" not in page
    assert "Enter an answer" not in page
    refused = await sam.post(f"{here}/invite", {"whom": "all", "press": "on"}, f"{here}/answers")
    assert "Nobody can be invited to it." in refused.text
    calls = await sam.post(f"{here}/answers/calls", {"days": "0"}, f"{here}/answers")
    assert "Nobody needs to be rung about it." in calls.text
