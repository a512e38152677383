"""Preparation: who comes and how, what to arrange, how many it makes; and no more than each may see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from bank import preparation
from bank.attenders import ToArrange
from bank.preparation_words import about, state
from bank.tokens import token
from storage import addresses, audit, invitations, people, questions, reach, supporters
from storage.arrangements import ArrangementKind, ArrangementState
from storage.broadcasts import BroadcastKind
from storage.meetings import Way
from storage.questions import Asking, QuestionState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.staff import Role
from storage.store import Store, Tx
from storage.supporters import Help, LinkState
from tests.bank import leaflet, well_attended
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import crowd


def _at(_when: object) -> str:
    return "then"


def _prepare(tx: Tx, row: Record, *roles: Role) -> preparation.Preparation:
    looks = leaflet.hired(tx, token(), *roles)
    return preparation.prepare(tx, row, MORNING, ASHDALE, looks)


async def test_who_comes_is_told_with_how_they_come_and_what_they_said(store: Store) -> None:
    def story(tx: Tx) -> tuple[dict[str, list[str]], list[tuple[str, int]], list[str]]:
        told = _prepare(tx, well_attended.carers_space(tx, leaflet.hired(tx, "Sam")))
        lines = {one.name: about(one, _at) for one in told.coming}
        return lines, [(one.name, one.number) for one in told.waiting], list(about(told.maybes[0], _at))

    coming, waiting, maybe = await store.write(story)
    assert coming == {
        "Asha Begum": [
            "Comes in person",
            "Brings 2 guests",
            "Comes late: about half past two",
            "Here for the first time",
            "BSL interpreter. Arranged",
            "Food: no nuts. To be arranged",
        ],
        "Ben": ["Comes online", "Brings 1 guest"],
        "Carys": [
            "In person or online: not said yet",
            "Here for the first time",
            "Their own personal assistant comes: my assistant comes with me. Talked over with them",
            "Asked for our texts as: Large print",
            "We write to them in Polish",
        ],
    }
    assert waiting == [("Dawid", 1)]
    assert maybe == ["We ask them again: then", "Here for the first time"]


def test_how_it_stands_is_told_with_what_was_said_to_them() -> None:
    def told(stands: ArrangementState, note: str) -> str:
        return state(ToArrange(ArrangementKind.TRANSPORT, "a lift", stands, note))

    assert told(ArrangementState.TO_DO, "") == "To be arranged."
    assert told(ArrangementState.BOOKED, "At one.") == "Arranged. We told them: At one."
    assert told(ArrangementState.TALKED, "She drives.") == "Talked over with them. What we agreed: She drives."


async def test_the_head_count_has_everybody_who_eats(store: Store) -> None:
    """Two members in the room, two guests, an assistant, and two who lead it; who is online brings nobody to it."""

    def story(tx: Tx) -> preparation.Preparation:
        row = well_attended.carers_space(tx, leaflet.hired(tx, "Sam"))
        ivy = leaflet.member(tx, "Ivy")
        femi = well_attended.named(tx, "Femi")
        for person in (ivy, femi, ivy):
            invitations.add(tx, token=token(), meeting_id=row.id, person_id=person.id, invited_at=MORNING)
        return _prepare(tx, row)

    told = await store.write(story)
    count = told.count
    assert (count.room, count.online, count.guests, count.along, count.hosts) == (2, 1, 2, 1, 2)
    assert (count.catering, count.coming, count.first) == (7, 3, 2)
    assert (count.waiting, count.maybe, count.not_coming, count.invited, count.not_answered) == (1, 1, 1, 2, 1)
    assert [(who.name, one.words) for who, one in told.food] == [("Asha Begum", "no nuts")]


async def test_whom_no_text_of_ours_reached_was_not_asked(store: Store) -> None:
    def story(tx: Tx) -> preparation.Preparation:
        sam = leaflet.hired(tx, "Sam")
        row = well_attended.carers_space(tx, sam)
        sent = leaflet.broadcast(tx, sam, None, BroadcastKind.INVITATION, meeting_id=row.id)
        for name, broadcast_id in (("Ivy", None), ("Jon", sent.id)):
            asked = {"meeting_id": row.id, "person_id": leaflet.member(tx, name).id, "broadcast_id": broadcast_id}
            invitations.add(tx, token=token(), invited_at=MORNING, **asked)
        return _prepare(tx, row)

    count = (await store.write(story)).count
    assert (count.invited, count.not_answered) == (1, 1)


async def test_the_member_who_leads_it_is_counted_once_where_they_said_that_they_come(store: Store) -> None:
    def story(tx: Tx) -> preparation.Preparation:
        row = well_attended.carers_space(tx, leaflet.hired(tx, "Sam"))
        well_attended.answers(tx, row, well_attended.named(tx, "Grace"))
        return _prepare(tx, row)

    told = await store.write(story)
    assert (told.count.room, told.count.hosts, told.count.catering) == (3, 1, 7)
    assert [(host.name, host.answered) for host in told.hosts] == [("Sam", False), ("Grace", True)]


async def test_nobody_is_in_the_room_of_an_online_meeting(store: Store) -> None:
    def story(tx: Tx) -> int:
        sam = leaflet.hired(tx, "Sam")
        row = well_attended.meeting(tx, way=Way.ONLINE, staff_chair=sam.id)
        well_attended.comes(tx, row, "Asha", guests=1)
        return _prepare(tx, row).count.catering

    assert await store.write(story) == 0


async def test_who_helps_them_is_told_where_both_agreed(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, ...]]:
        row = well_attended.meeting(tx)
        asha = well_attended.comes(tx, row, "Asha")
        for name, stands in (("Yusuf", LinkState.AGREED), ("Zoe", LinkState.ASKED)):
            link = {"token": token(), "person_id": asha.id, "helps": Help.BOTH, "named_at": MORNING}
            supporters.add(tx, name=name, state=stands, **link)
        return [one.helpers for one in _prepare(tx, row).coming]

    assert await store.write(story) == [("Yusuf",)]


async def test_what_was_asked_about_it_is_told_the_open_ones_first(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, str, bool]]:
        row = well_attended.meeting(tx)
        crowd(tx, 1, name="Asha")
        (asha,) = tx.execute(people.people.select()).all()
        (address,) = reach.addresses_of(tx, asha.id)
        for words, stands in (("Is there a bus?", QuestionState.ANSWERED), ("Can I bring my dog?", QuestionState.OPEN)):
            asking = Asking(None, address.id, asha.id, words, None, "en", meeting_id=row.id)
            kept = {"token": token(), "state": stands, "opened_at": MORNING, "due_at": MORNING}
            questions.add(tx, asking, **kept)
        return [(one.words, one.who, one.is_open) for one in _prepare(tx, row).questions]

    assert await store.write(story) == [("Can I bring my dog?", "Asha", True), ("Is there a bus?", "Asha", False)]


async def test_somebody_in_danger_is_counted_and_told_to_leads_alone(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[list[str], int, int]]:
        row = well_attended.carers_space(tx, leaflet.hired(tx, "Sam"))
        people.change(tx, well_attended.named(tx, "Ben").id, {"held": "danger"})
        (there,) = crowd(tx, 1)
        addresses.change(tx, there, {"held": "danger"})
        reach.join(tx, address_id=there, person_id=well_attended.named(tx, "Dawid").id, since=MORNING)
        seen = [_prepare(tx, row, role) for role in (Role.COORDINATOR, Role.SAFEGUARDING_LEAD)]
        return [([one.name for one in (*told.coming, *told.waiting)], told.hidden, told.count.coming) for told in seen]

    assert await store.write(story) == [
        (["Asha Begum", "Carys"], 2, 3),
        (["Asha Begum", "Ben", "Carys", "Dawid"], 0, 3),
    ]


async def test_the_member_who_leads_it_gets_numbers_and_the_names_of_those_who_agreed(store: Store) -> None:
    def story(tx: Tx) -> preparation.Shared:
        row = well_attended.carers_space(tx, leaflet.hired(tx, "Sam"))
        well_attended.comes(tx, row, "Hana", named=True, held="danger")
        return preparation.share(tx, row, MORNING, ASHDALE, leaflet.hired(tx, "Lee", Role.SAFEGUARDING_LEAD))

    shared = await store.write(story)
    assert shared.names == ("Asha Begum",)
    assert shared.arrange == {
        ArrangementKind.BSL: {ArrangementState.BOOKED: 1},
        ArrangementKind.ASSISTANT: {ArrangementState.TALKED: 1},
        ArrangementKind.FOOD: {ArrangementState.TO_DO: 1},
    }
    assert shared.count.coming == 4


async def test_every_look_is_on_record_with_what_it_was_for(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, Any]]:
        row = well_attended.carers_space(tx, leaflet.hired(tx, "Sam"))
        _prepare(tx, row)
        preparation.share(tx, row, MORNING, ASHDALE, leaflet.hired(tx, "Lee"))
        return [(one.act, audit.opened(tx, one.details)) for one in audit.everything(tx)]

    assert await store.write(story) == [
        ("saw_meeting", {"what": "page", "people": 5}),
        ("saw_meeting", {"what": "co-chair", "people": 1}),
    ]


async def test_however_many_come_they_are_looked_up_at_once(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int]:
        row = well_attended.carers_space(tx, leaflet.hired(tx, "Sam"))
        few = _asked(tx, row)
        for number in range(40):
            well_attended.comes(tx, row, f"Member {number}", RsvpState.COMING)
        return few, _asked(tx, row)

    few, many = await store.write(story)
    assert many <= few


def _asked(tx: Tx, row: Record) -> int:
    """How many statements one look takes."""
    sam, asked = leaflet.hired(tx, token()), list[str]()

    def listen(_on: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(tx, "before_cursor_execute", listen)
    preparation.prepare(tx, row, MORNING, ASHDALE, sam)
    event.remove(tx, "before_cursor_execute", listen)
    return len(asked)
