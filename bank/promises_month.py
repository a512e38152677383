"""Once a month each member of the group that scrutinises us hears how our promises stand.

It goes on the first working day of the month at ten, about the month before; where Heard was down then, as soon as it
is up. Who is told is settled at that moment and written down, and each is struck off in the transaction in which they
are told: nobody is told twice. It is nothing that they asked for that day, so it keeps to their hours and takes its
place in their week, or waits for one; who does not text is rung or written to. Where nothing came about in that
month, they hear what is late now; where nothing is, there is nothing to tell.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from bank import caps, groups, outward, promises, promises_group, quiet, rota, voice
from bank.caps import Going
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.promise_figures import Figures, Month, of_month
from bank.promises import Standing
from bank.quiet import Own
from bank.tokens import token
from bank.voice import Envelope, Spoken
from flows import engine
from flows.about_you import FOR_ONE, FOR_UNNAMED
from flows.engine import Saying
from flows.promises_month import COUNTED, PROMISES_MONTH
from language.dates import month as spoken_month
from language.wording import SOURCE_LANGUAGE, base
from storage import marks, outbox, people, picking, tasks
from storage.outbox import Priority
from storage.people import PersonState
from storage.picking import Terms, Way
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

_ROUND = "promises_round"
_TEN = time(10)
# So long it waits for room in their week, which others may have taken.
_LASTS = timedelta(days=14)
_DAYS_FOR_A_CALL = 5
_BEGIN = 0
_KINDS = {Way.CALL.value: TaskKind.CALL, Way.LETTER.value: TaskKind.LETTER}
_DO = {TaskKind.CALL: "Ring them and read this to them:", TaskKind.LETTER: "Print this and send it to them:"}
_PAPER = "The whole of it can be printed from the address that stands in it, in large letters too."
_MOST = 500


@dataclass(frozen=True, slots=True)
class Round:
    """About which month people were told last, "2026-11", and the ids of those who are still to be; of whom it waits
    for room in their week, until when.
    """

    month: str = ""
    left: tuple[int, ...] = ()
    waits: Mapping[int, datetime] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: str | None) -> Round:
        told = json.loads(kept) if kept else {}
        waits = {int(one): datetime.fromisoformat(until) for one, until in told.get("waits", {}).items()}
        return cls(told.get("month", ""), tuple(told.get("left", ())), waits)

    def keep(self, tx: Tx) -> None:
        waits = {one: until.isoformat() for one, until in self.waits.items() if one in self.left}
        marks.put(tx, _ROUND, json.dumps({"month": self.month, "left": self.left, "waits": waits}))

    def due(self, now: datetime) -> tuple[int, ...]:
        return tuple(one for one in self.left if self.waits.get(one, now) <= now)


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell: the figures of a month, how many are late at this moment, and where all of it stands."""

    month: Month
    figures: Figures
    late_now: int
    link: str

    @classmethod
    def of(cls, tx: Tx, month: Month, now: datetime, organisation: Organisation) -> Told:
        history = promises.of_bank(tx)
        late_now = sum(line.standing is Standing.LATE for line in history.at(now, organisation))
        return cls(month, of_month(history, month, organisation), late_now, promises_group.link(tx, organisation))

    @property
    def counts(self) -> Mapping[str, int]:
        return {name: getattr(self.figures, name) for name in COUNTED} | {"late_now": self.late_now}

    @property
    def anything(self) -> bool:
        return any(self.counts.values())

    @property
    def saying(self) -> Saying:
        return engine.begin(PROMISES_MONTH, self.counts).say[0]

    def in_words(self, language: str, organisation: Organisation) -> str:
        month = spoken_month(self.month.first, base(language))
        own = {"council": organisation.council, "month": month, "promises_link": self.link}
        return organisation.catalogs.render(self.saying.words[0], language, {**self.counts, **own})


def choose(tx: Tx, by: Colleague, named: str, now: datetime, organisation: Organisation) -> None:
    """That is the group from now on (its token; empty: none). One that is new is told when the month is over."""
    had = promises_group.group(tx)
    promises_group.choose(tx, by, named, now)
    if had is None:
        month = Month.of(now, organisation)
        last = month.before if now >= _begins(month, organisation) else month.before.before
        Round(str(last)).keep(tx)


def to_tell(tx: Tx, now: datetime, organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of who is to be told now; the one number 0 where that has to be settled first."""
    if promises_group.group(tx) is None:
        return ()
    month, going = Month.of(now, organisation), Round.read(marks.get(tx, _ROUND))
    if going.month < str(month.before) and now >= _begins(month, organisation):
        return (_BEGIN,)
    return going.due(now)[:limit]


def tell(tx: Tx, now: datetime, organisation: Organisation, person_id: int) -> int:
    """Tell this member of the group, or settle who is told. 0 where somebody else did that meanwhile."""
    going = Round.read(marks.held(tx, _ROUND))
    group = promises_group.group(tx)
    if person_id == _BEGIN:
        last = Month.of(now, organisation).before
        if group is None or going.month >= str(last):
            return 0
        Round(str(last), _members(tx, group, now)).keep(tx)
        return 1
    if person_id not in going.due(now):
        return 0
    person, month = people.get(tx, person_id), Month.named(going.month)
    until = _waits_until(tx, person, now, organisation)
    if until is not None and until < _begins(month.next, organisation) + _LASTS:
        replace(going, waits={**going.waits, person_id: until}).keep(tx)
        return 0
    replace(going, left=tuple(one for one in going.left if one != person_id)).keep(tx)
    if person.state == PersonState.MEMBER and group is not None and until is None:
        _tell(tx, person, month, now, organisation)
    return 1


def _waits_until(tx: Tx, person: Record, now: datetime, organisation: Organisation) -> datetime | None:
    """When their week has room for it, where it has none now: what it says is worked out then."""
    address = outward.address_of(tx, person, now) if not person.ring else None
    if address is None:
        return None
    return next(iter(caps.put_off(tx, [Going(address.id, person.id)], now, organisation).values()), None)


def _members(tx: Tx, group: Record, now: datetime) -> tuple[int, ...]:
    """Nobody where nothing was ever promised: there is nothing to tell."""
    history = promises.of_bank(tx)
    return tuple(int(one.id) for one in groups.members(tx, group, now, _MOST)) if history.rows else ()


def _begins(month: Month, organisation: Organisation) -> datetime:
    """The first working day of that month, at ten."""
    day = month.first
    while not rota.is_working_day(day, organisation.hours):
        day += timedelta(days=1)
    return datetime.combine(day, _TEN, organisation.zone)


def _tell(tx: Tx, person: Record, month: Month, now: datetime, organisation: Organisation) -> None:
    found = picking.ways_of(tx, [person.id], Terms(now, most_a_week=0, leave_out_capped=False)).get(person.id)
    told = Told.of(tx, month, now, organisation)
    if found is None or not told.anything:
        return
    kind = _KINDS.get(found.way)
    if kind is not None:
        language = organisation.catalogs.simple(found.language) if found.plain else None
        _ask_a_colleague(tx, person, kind, told, language or found.language or SOURCE_LANGUAGE, now, organisation)
    elif found.way in set(Way):
        _text(tx, person, told, now, organisation)


def _text(tx: Tx, person: Record, told: Told, now: datetime, organisation: Organisation) -> None:
    address = outward.address_of(tx, person, now)
    if address is None:
        return
    visit = outward.visit(tx, now, organisation, address, person.id)
    text = told.in_words(visit.language, organisation)
    if len(visit.everyone) > 1:
        whom = FOR_ONE if person.name else FOR_UNNAMED
        text = f"{organisation.catalogs.render(whom, visit.language, {'name': person.name or ''})}\n{text}"
    envelope = Envelope(
        address.id,
        address.sender,
        visit.language,
        person_id=person.id,
        priority=Priority.INVITATION,
    )
    row_id = voice.queue(tx, envelope, told.saying.key, Spoken(text), now)
    due = quiet.next_time(now, organisation, Own.of(person.text_from, person.text_until))
    outbox.advance(tx, row_id, {"due_at": due, "expires_at": due + _LASTS})


def _ask_a_colleague(
    tx: Tx, person: Record, kind: TaskKind, told: Told, language: str, now: datetime, organisation: Organisation
) -> None:
    due = rota.working_days_after(now.astimezone(organisation.zone).date(), _DAYS_FOR_A_CALL, organisation)
    tasks.add(
        tx,
        token=token(),
        kind=kind,
        person_id=person.id,
        words=f"{_DO[kind]}\n\n{told.in_words(language, organisation)}\n\n{_PAPER}",
        owner=organisation.owners.get(kind),
        opened_at=now,
        due_at=due,
    )
