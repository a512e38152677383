"""The list of concerns, and what leads are shown of each. Nobody is shown what is about themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import alerting, audit, numbers, on_call, people, reachable, thread
from bank.audit import Act
from bank.colleague import Colleague
from bank.concerns import MISSED, RIGHT, WRONG
from bank.organisation import Organisation
from bank.thread import Thread
from bank.to_do import Row, Urgency
from language import phones
from storage import alerts, concerns, reach, staff
from storage.addresses import AddressState
from storage.oneself import Oneself
from storage.outbox import OutState
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx

A_PAGE = 50
SHOWN_FOR = timedelta(days=90)
_ARRIVED = frozenset({OutState.DELIVERED, OutState.READ})
_STATES = {
    AddressState.STOPPED: "They sent STOP: nothing goes here.",
    AddressState.DEAD: "Nobody can be reached here.",
    AddressState.BLOCKED: "They blocked us here.",
}
_LEFT = frozenset({OutState.ACCEPTED, OutState.SENT})


@dataclass(frozen=True, slots=True)
class Summary:
    """One concern in a list. `who` is empty where we have no name, `taken_by` where nobody has taken it."""

    token: str
    who: str
    opened_at: datetime
    raised_by: str
    taken_by: str
    taken_at: datetime | None
    alerts: int
    released_by: str
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages we read as danger, how many of those rightly and wrongly, and how many we missed."""

    raised: int
    right: int
    wrong: int
    missed: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What is open, and one page of what was let go in the last 90 days."""

    open: list[Summary]
    released: list[Summary]
    more: bool
    counts: Counts


@dataclass(frozen=True, slots=True)
class Alerted:
    """One alert: who was told and when, and what became of it in a few words. `failed`: it did not get through."""

    number: int
    who: str
    at: datetime
    became: str
    failed: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One address that is held, its number masked."""

    token: str
    channel: str
    masked: str
    state: str
    unsafe: bool
    last_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """All about one concern. `messages` has each that is with it: when it came, its words, and what we made of it."""

    concern: Record
    summary: Summary
    thread: Thread | None
    messages: list[Record]
    alerts: list[Alerted]
    places: list[Place]
    is_theirs: bool


def overview(tx: Tx, colleague: Colleague, now: datetime, page: int = 1) -> Overview:
    me = colleague.oneself
    gone = concerns.released(tx, me, now - SHOWN_FOR, A_PAGE + 1, A_PAGE * (page - 1))
    waiting = concerns.unreleased(tx, me, A_PAGE * 4)
    return Overview(_summaries(tx, waiting), _summaries(tx, gone[:A_PAGE]), len(gone) > A_PAGE, counts(tx, me))


def counts(tx: Tx, me: Oneself) -> Counts:
    told = concerns.tally(tx, me)
    raised = sum(number for (heard, _mark), number in told.items() if heard)
    return Counts(raised, told.get((True, RIGHT), 0), told.get((True, WRONG), 0), told.get((False, MISSED), 0))


def find(tx: Tx, colleague: Colleague, token: str) -> Record | None:
    """The concern of that name; None where there is none, or it is about them."""
    return concerns.by_token(tx, token, colleague.oneself) if colleague.is_lead else None


def look(tx: Tx, colleague: Colleague, token: str, now: datetime) -> Portrait | None:
    """What a lead is shown of it. The look is recorded."""
    concern = find(tx, colleague, token)
    if concern is None:
        return None
    held = concerns.addresses_of(tx, concern.id)
    first = next((one for one in held if one.id == concern.address_id), None)
    said = thread.find(tx, colleague, first.token) if first is not None else None
    _record_look(tx, colleague, concern, said, now)
    return Portrait(
        concern,
        _summaries(tx, [concern])[0],
        said,
        concerns.messages(tx, concern.id, A_PAGE),
        _alerted(tx, concern),
        [_place(one, now) for one in held],
        concern.taken_by == colleague.id,
    )


def _record_look(tx: Tx, colleague: Colleague, concern: Record, said: Thread | None, now: datetime) -> None:
    """As a look at the thread, which the audit shows to nobody who may not see it."""
    about = said.token if said is not None else concern.token
    for person_id in [one.id for one in said.people] if said is not None and said.people else [concern.person_id]:
        audit.record(tx, now, Act.SAW_THREAD, colleague.id, person_id=person_id, about=about)


def reveal(tx: Tx, concern: Record, colleague: Colleague, why: str, now: datetime) -> Mapping[str, str]:
    """The numbers whole, by the name of each address; why they were asked for is recorded."""
    held = concerns.addresses_of(tx, concern.id)
    about = {"person_id": concern.person_id, "about": concern.token}
    audit.record(tx, now, Act.SAW_NUMBER, colleague.id, **about, why=why)
    return {one.token: _whole(one) for one in held}


def _whole(row: Record) -> str:
    return phones.domestic(row.address) if row.address and row.address.startswith("+") else row.address or "erased"


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """For Today: what a lead has to take, or has in hand; and for those who keep them, the rota and the numbers."""
    found = [
        *_untold_rows(tx, colleague, organisation),
        *_too_few_row(tx, colleague, organisation),
        *_numbers_row(colleague, now, organisation),
    ]
    if colleague.is_lead:
        open_ones = concerns.unreleased(tx, colleague.oneself, A_PAGE)
        names = _names(tx, open_ones)
        found += [_row(one, names, now) for one in open_ones if one.alert_at or one.taken_by == colleague.id]
    return found


def _untold_rows(tx: Tx, colleague: Colleague, organisation: Organisation) -> list[Row]:
    """What only those can mend who keep the team; they are not told whom it is about."""
    untold = on_call.untold(tx, colleague, organisation) if colleague.may(Role.ADMINISTRATOR) else []
    if not untold:
        return []
    since, who = untold[0].opened_at, "Only leads may see who"
    todo = "Somebody may be in danger, and no lead can be alerted: hand it to somebody"
    found = [Row(Urgency.UNTOLD, todo, who, since, "/safeguarding/hand", overdue=True)]
    if not any(on_call.administrators(tx, one) for one in untold):
        todo = "Somebody may be in danger, and nobody can be alerted: see to the rota"
        found.insert(0, Row(Urgency.UNTOLD, todo, who, since, "/safeguarding/rota", overdue=True))
    return found


def _too_few_row(tx: Tx, colleague: Colleague, organisation: Organisation) -> list[Row]:
    """Before it happens."""
    if not colleague.may(Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR):
        return []
    able = on_call.too_few(tx, organisation)
    if able is None:
        return []
    whom = "Only one lead" if able else "Nobody"
    todo = f"{whom} can be alerted when somebody may be in danger: see to the rota"
    return [Row(Urgency.OVERDUE, todo, "The team", None, "/safeguarding/rota", overdue=True)]


def _row(concern: Record, names: Mapping[int, str], now: datetime) -> Row:
    waits = concern.alert_at is not None
    todo = "Somebody may be in danger: take it" if waits else "You have this in hand: see how they are"
    due_at = concern.opened_at if waits else None
    late = waits and now - concern.opened_at >= alerting.EVERY
    return Row(Urgency.DANGER, todo, names[concern.id], due_at, f"/safeguarding/{concern.token}", late)


def _numbers_row(colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    days = numbers.days_unchecked(organisation, now)
    if days is None or not colleague.may(Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR):
        return []
    todo = f"Check the numbers that we give in a crisis: nobody has for {days} days"
    return [Row(Urgency.TASK, todo, organisation.numbers_owner, None, "/safeguarding/rota", overdue=True)]


def _summaries(tx: Tx, rows: Collection[Record]) -> list[Summary]:
    team = {row.id: row.name for row in staff.everyone(tx)}
    told, names = alerts.counts(tx, [row.id for row in rows]), _names(tx, rows)
    return [
        Summary(
            row.token,
            names[row.id],
            row.opened_at,
            team.get(row.raised_by, ""),
            team.get(row.taken_by, "the out-of-hours service" if row.taken_at else ""),
            row.taken_at,
            told.get(row.id, 0),
            team.get(row.released_by, ""),
            row.released_at,
        )
        for row in rows
    ]


def _names(tx: Tx, rows: Collection[Record]) -> dict[int, str]:
    """Who is reached where it began, by the id of the concern."""
    found = {}
    for row in rows:
        here = reach.people_at(tx, row.address_id) if row.address_id is not None else []
        named = [one.name for one in here if one.state == PersonState.MEMBER and one.name]
        found[row.id] = " or ".join(named)
    return found


def _alerted(tx: Tx, concern: Record) -> list[Alerted]:
    team = {row.id: row.name for row in staff.everyone(tx)}
    return [
        Alerted(one.number, team.get(one.staff_id, "The out-of-hours service"), one.at, *_became(one))
        for one in alerts.about(tx, concern.id)
    ]


def _became(alert: Record) -> tuple[str, bool]:
    if alert.message_id is None:
        return "They have no phone on record", True
    if alert.state in _ARRIVED:
        return "Arrived", False
    if alert.state in _LEFT:
        return "Sent", False
    waits = alert.state in {OutState.QUEUED, OutState.SENDING}
    return ("On its way", False) if waits else ("Did not get through", True)


def _place(row: Record, now: datetime) -> Place:
    unsafe = reachable.is_unsafe(row, now)
    return Place(row.token, row.channel, people.masked(row), _STATES.get(row.state, ""), unsafe, row.last_in_at)
