"""What the coordinator does, by the functions that the console calls: adds, opens, invites, changes, rings, ticks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

from sqlalchemy import select

from bank import (
    approvals,
    arrangement_change,
    attendance,
    broadcast_going,
    feedback_entry,
    groups,
    invited_tasks,
    meeting_change,
    meeting_invite,
    meetings,
    task_list,
    who_answered,
)
from bank import feedback as feedback_rounds
from bank.audience import Rule
from bank.broadcast_check import check
from bank.broadcast_draft import approval_words
from bank.who_answered import Given
from storage import arrangements as arranged
from storage import feedback, people, tasks
from storage import meetings as kept
from storage.approvals import How, Post
from storage.arrangements import ArrangementState
from storage.invitations import Answer
from storage.meetings import MeetingState, Repeats
from storage.rsvps import RsvpState, rsvps
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.told import How as Told
from tests.bank import leaflet
from tests.year import replies, wall
from tests.year.line import COMING, Line, Says
from tests.year.meetings import DROP_INS, WHY, Becomes, Gathering
from tests.year.reading import Read
from tests.year.year import News, Offered, Year

GROUPS = 8
_SHARES = (0.55, 0.12, 0.14, 0.14, 0.16, 0.16, 0.18, 0.18)
_OFFER = "A place is free"
_SAYS = {Says.YES: Answer.YES, Says.NO: Answer.NO, Says.MAYBE: Answer.MAYBE}


async def begins(year: Year) -> None:
    """The team, a project that Ada leads with a member, and groups of whom meetings are for."""

    def work(tx: Tx) -> None:
        year.ada = leaflet.hired(tx, "Ada", Role.COORDINATOR)
        year.olu = leaflet.hired(tx, "Olu", Role.COORDINATOR, Role.APPROVER)
        year.chair = next(one for one in year.members.values() if one.texts and one.language == "en")
        person = people.get(tx, year.chair.id)
        year.project = leaflet.led(tx, year.ada, person)
        year.groups = [_group(tx, year, number) for number in range(GROUPS)]

    await year.town.house.store.write(work)


def _group(tx: Tx, year: Year, number: int) -> Record:
    row = groups.add(tx, year.ada, f"Group {number}", year.now)
    few = max(8, int(len(year.members) * _SHARES[number]))
    chosen = year.rng.sample(sorted(year.members), min(few, len(year.members)))
    groups.put_in(tx, year.ada, row, [people.get(tx, one) for one in chosen], year.now)
    return row


async def adds(year: Year, one: Gathering) -> Gathering:
    """Written, and opened to people."""

    def work(tx: Tx) -> None:
        row = meetings.add(tx, year.ada, _details(year, one), year.now, year.town.house.organisation)
        one.token = meetings.open_(tx, year.ada, row, year.now).token

    await year.town.house.store.write(work)
    return _known(year, one)


def _details(year: Year, one: Gathering) -> meetings.Details:
    assert year.project is not None
    assert year.chair is not None
    return one.details(year.project.token)


def _known(year: Year, one: Gathering) -> Gathering:
    year.plans[one.code] = one
    year.lines[one.code] = Line(one.capacity)
    year.starts[one.code].append((year.now, one.starts))
    return one


async def opens_drafts(year: Year) -> list[Gathering]:
    """What the clock has drafted is looked at, called by its own name, and opened."""

    def work(tx: Tx) -> list[Gathering]:
        drafts = kept.in_states(tx, [MeetingState.DRAFT])
        return [_opened(tx, year, row) for row in drafts]

    return [_known(year, one) for one in await year.town.house.store.write(work)]


def _opened(tx: Tx, year: Year, row: Record) -> Gathering:
    series = [year.plans[code] for code in year.plans if year.plans[code].repeats == row.repeats]
    first = series[0]
    code = f"K{int(first.code[1:]) + 2 * len(series)}"
    ends = row.repeats == Repeats.WEEKLY and len(series) + 1 >= DROP_INS
    repeats = None if ends else first.repeats
    on_day = date.fromisoformat(row.on_day)
    one = replace(first, code=code, on_day=on_day, at_time=time.fromisoformat(row.at_time), repeats=repeats)
    organisation = year.town.house.organisation
    row = meeting_change.change(tx, year.ada, row, _details(year, one), year.now, organisation)
    one.token = meetings.open_(tx, year.ada, row, year.now).token
    return one


async def invites(year: Year, code: str) -> None:
    """An invitation to its group, let go once everybody who has to has said yes."""
    if not year.goes_on(code):
        return
    one, organisation = year.plans[code], year.town.house.organisation

    def work(tx: Tx) -> int:
        meeting = _row(tx, one)
        rule = Rule(groups=(year.groups[one.group % len(year.groups)].token,))
        draft = meeting_invite.begin(tx, year.ada, meeting, rule, year.now, organisation)
        for post in check(tx, draft, year.now, organisation).missing:
            _approves(tx, year, draft, post)
        return int(broadcast_going.let_go(tx, year.ada, draft, year.now, organisation).id)

    year.invited[code] = await year.town.house.store.write(work)


def _approves(tx: Tx, year: Year, draft: Record, post: Post) -> None:
    words = approval_words(tx, draft, year.town.house.organisation)
    who = {Post.SECOND: {"staff_id": year.olu.id}, Post.STAFF_CHAIR: {"staff_id": year.ada.id}}
    chair = {"person_id": year.chair.id if year.chair is not None else None}
    subject = approvals.subject_of(draft)
    approvals.record(tx, subject, draft.id, words, post, True, How.CONSOLE, year.now, **who.get(post, chair))


def _row(tx: Tx, one: Gathering) -> Record:
    row = kept.by_token(tx, one.token)
    assert row is not None
    return row


async def changes(year: Year, code: str) -> None:
    """It is moved, or cancelled; whoever said yes or maybe, or waits, is to hear of it."""
    if not year.goes_on(code):
        return
    before, organisation = year.plans[code], year.town.house.organisation
    concerned = frozenset(year.lines[code].standing("coming", "waiting", "maybe") - year.left.keys())
    is_off = before.becomes is Becomes.CANCELED
    after = before if is_off else before.moved()

    def work(tx: Tx) -> None:
        row = _row(tx, before)
        if is_off:
            meeting_change.cancel(tx, year.ada, row, WHY, year.now, organisation)
        else:
            meeting_change.change(tx, year.ada, row, _details(year, after), year.now, organisation)

    await year.town.house.store.write(work)
    year.news.append(News(code, year.now, is_off, concerned))
    if is_off:
        year.canceled[code] = year.now
    else:
        after.token = before.token
        year.plans[code] = after
        year.starts[code].append((year.now, after.starts))


async def ticks(year: Year, code: str) -> None:
    """Nine of ten who said that they come were there."""
    if code in year.canceled:
        return
    one, organisation = year.plans[code], year.town.house.organisation
    came = {who: year.rng.random() < 0.9 for who in sorted(year.lines[code].standing(COMING))}

    def work(tx: Tx) -> None:
        tokens = {people.get(tx, who).token: there for who, there in came.items()}
        there = {token for token, was in tokens.items() if was}
        attendance.tick(tx, year.ada, _row(tx, one), tokens.keys(), (), there, year.now, organisation)

    await year.town.house.store.write(work)
    year.ticked |= {(code, who): (year.now, was) for who, was in came.items()}


async def works(year: Year) -> None:
    """A morning at the desk: calls and letters are seen to, and what is to be arranged is booked."""
    for row in await year.town.house.store.read(_open_tasks):
        await year.town.house.store.write(_doing(year, row.id))

    def book(tx: Tx) -> None:
        for code in year.to_come():
            _book(tx, year, code)

    await year.town.house.store.write(book)


def _tells(tx: Tx, year: Year, row: Record) -> None:
    """What somebody who does not text says of a meeting, on the phone or by letter, is typed in."""
    asked = feedback.get_round(tx, row.round_id)
    meeting, person = kept.get(tx, asked.meeting_id), people.get(tx, row.person_id)
    code = next(code for code, one in year.plans.items() if one.token == meeting.token)
    said = {"q1": "4", "q5": "yes"} if "q5" in _names(tx, asked) else {"q1": "4"}
    feedback_entry.enter(tx, year.ada, asked, person, said, Told.PHONE, year.now)
    year.told[code].add(person.id)


def _names(tx: Tx, asked: Record) -> list[str]:
    return [f"q{number}" for number, _one in enumerate(feedback_rounds.questions_of(tx, asked).questions, 1)]


def _open_tasks(tx: Tx) -> list[Record]:
    table = tasks.tasks
    about = table.c.meeting_id.is_not(None) | table.c.round_id.is_not(None)
    found = select(table.c.id).where(table.c.closed_at.is_(None), about)
    return list(tx.execute(found.where(table.c.kind.in_(["call", "letter"])).order_by(table.c.id)))


def _doing(year: Year, task_id: int) -> Callable[[Tx], None]:
    def work(tx: Tx) -> None:
        row = tasks.get(tx, task_id)
        if row.closed_at is not None:
            return
        if row.round_id is not None and row.person_id not in year.left:
            _tells(tx, year, row)
            return
        meeting = invited_tasks.meeting_of(tx, row)
        if meeting is not None and row.person_id not in year.left:
            _asks(tx, year, row, meeting)
        task_list.done(tx, year.ada, row, "Done.", year.now)

    return work


def _asks(tx: Tx, year: Year, row: Record, meeting: Record) -> None:
    code = next((code for code, one in year.plans.items() if one.token == meeting.token), "")
    if not year.goes_on(code):
        return
    who, is_offer = year.members[row.person_id], (row.words or "").startswith(_OFFER)
    place = year.lines[code].places.get(who.id)
    if is_offer and (place is None or place.offered is None):
        return
    said = replies.intends(year.rng, who, Read("rsvp_offer" if is_offer else "invitation", "", ())).said
    if said is None:
        return
    given = Given(_SAYS[said], Told.PHONE)
    person = people.get(tx, who.id)
    who_answered.enter(tx, year.ada, meeting, person, given, year.now, year.town.house.organisation, row)
    year.lines[code].answer(who.id, said, year.now)


def _book(tx: Tx, year: Year, code: str) -> None:
    meeting = _row(tx, year.plans[code])
    for rows in arranging_of(tx, meeting):
        for row in rows:
            if row.state == ArrangementState.TO_DO and year.rng.random() < 0.7:
                arrangement_change.book(tx, year.ada, row, None, year.now)


def arranging_of(tx: Tx, meeting: Record) -> list[list[Record]]:
    """What is to be arranged for each who comes."""
    coming = select(rsvps.c.person_id).where(rsvps.c.meeting_id == meeting.id, rsvps.c.state == RsvpState.COMING)
    return [arranged.of(tx, meeting.id, who) for who in tx.execute(coming.order_by(rsvps.c.id)).scalars()]


async def sees_offers(year: Year, after: int) -> int:
    """Calls to offer a place that were asked for since then; returns the id of the newest task."""

    def look(tx: Tx) -> list[Record]:
        table = tasks.tasks
        columns = table.c.id, table.c.person_id, table.c.meeting_id, table.c.words
        return list(tx.execute(select(*columns).where(table.c.id > after).order_by(table.c.id)))

    rows = await year.town.house.store.read(look)
    ids = {row.meeting_id for row in rows if row.meeting_id is not None and (row.words or "").startswith(_OFFER)}
    known = await year.town.house.store.read(lambda tx: kept.these(tx, ids)) if ids else {}
    by_token = {one.token: code for code, one in year.plans.items()}
    for row in rows:
        if row.meeting_id in known and (row.words or "").startswith(_OFFER):
            offered(year, by_token[known[row.meeting_id].token], row.person_id)
    return max((row.id for row in rows), default=after)


def offered(year: Year, code: str, who: int) -> None:
    """Somebody was offered a place just now."""
    until = wall.kept_until(year.now, year.plans[code].starts)
    if mistake := year.lines[code].offer(who, until):
        year.is_wrong(f"{code}: offered {mistake} ({who})")
    year.offers.append(Offered(code, who, year.now))


def ends_at_desk(one: Gathering) -> timedelta:
    """When who came is ticked, after its end."""
    return timedelta(minutes=10) if int(one.code[1:]) % 4 else timedelta(days=1, hours=20)
