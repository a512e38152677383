"""The bank as it stands before the week: its team with their own phones, a project, the group that scrutinises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bank import groups, join_codes, meetings, promises_group, promises_month, question_rota
from bank.colleague import Colleague
from bank.meetings import Details
from bank.organisation import Organisation
from bank.question_rota import Texts
from bank.tokens import token
from storage import people, shifts, staff
from storage.meetings import MeetingKind
from storage.schema import Record
from storage.shifts import Times
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet
from tests.journeys import thousand
from tests.journeys.thousand import Member
from tests.week.invited import LOTS
from tests.week.world import World

ADA_S_PHONE, PRIYA_S_PHONE, UNA_S_PHONE = "+447700900985", "+447700900986", "+447700900955"
HALINA, ASHA = "Halina", "Asha"
CODE = "OAK"
_ALWAYS = Times(frozenset(range(7)), time(), time(), holidays=True)
_LAST_WEEK = {
    "title": {"en": "Our Voice", "pl": "Nasz Głos"},
    "place": {"en": "Oak Hall, Station Road"},
}


@dataclass
class Bank:
    """Staff by their ids. `asha` is the token of the member who is co-chair; `met` that of last week's meeting."""

    ada: int
    olu: int
    priya: int
    sam: int
    ida: int
    robin: int
    dana: int
    members: list[Member]
    asha: str
    met: str
    scrutiny: str


async def settle(world: World) -> Bank:
    """Ten days before the week the team and the members are there, and Una has joined and left."""
    store, organisation = world.house.store, world.house.organisation
    await world.town.texts(ADA_S_PHONE, "hello")
    for text in ("JOIN", "yes", "1", "Una", "LEAVE"):
        world.now.move(seconds=20)
        await world.town.texts(UNA_S_PHONE, text)
        await world.settles()
    return await store.write(lambda tx: _team(tx, world, organisation))


def _team(tx: Tx, world: World, organisation: Organisation) -> Bank:
    now = world.now()
    ada = leaflet.hired(tx, "Ada Lead", Role.COORDINATOR)
    olu = leaflet.hired(tx, "Olu Second", Role.COORDINATOR, Role.APPROVER)
    priya = leaflet.hired(tx, "Priya Nair", Role.SAFEGUARDING_LEAD)
    sam = leaflet.hired(tx, "Sam Field", Role.ADMINISTRATOR)
    ida = leaflet.hired(tx, "Ida Byte", Role.ADMINISTRATOR)
    robin = leaflet.hired(tx, "Robin Hill of St Mark's", Role.PARTNER)
    dana = leaflet.hired(tx, "Dana Field", Role.VIEWER)
    staff.change(tx, priya.id, {"alert_channel": "sms", "alert_address": PRIYA_S_PHONE})
    shifts.add(tx, token(), priya.id, _ALWAYS)
    staff.change(tx, ada.id, {"alert_channel": "sms", "alert_address": ADA_S_PHONE})
    question_rota.set_phone(tx, leaflet.again(tx, ada.id), Texts.WORDS, now)
    members = thousand.settle(tx, LOTS)
    asha = _named(tx, members, ASHA)
    group = groups.add(tx, ada, "Our Voice", now)
    groups.put_in(tx, ada, group, [_named(tx, members, HALINA)], now)
    promises_month.choose(tx, ada, group.token, now, organisation)
    join_codes.add(tx, now, sam.id, CODE, "St Mark's church hall", robin.token, "", organisation)
    met = _meeting(tx, ada, world)
    link = promises_group.link(tx, organisation).removeprefix(organisation.public_url)
    ids = [one.id for one in (ada, olu, priya, sam, ida, robin, dana)]
    return Bank(*ids, list(members), asha.token, met.token, link)


def _named(tx: Tx, members: list[Member], name: str) -> Record:
    return people.get(tx, next(one.id for one in members if one.name == name))


def _meeting(tx: Tx, ada: Colleague, world: World) -> Record:
    """Of which nobody is reminded, and after which nobody is asked anything."""
    details = Details(_LAST_WEEK, date(2026, 11, 26), time(14), MeetingKind.MEETING, staff_chair=ada.token, plan=())
    row = meetings.add(tx, ada, details, world.now(), world.house.organisation)
    return meetings.open_(tx, ada, row, world.now())
