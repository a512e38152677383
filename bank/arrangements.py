"""Arrangements: what is to be arranged for each who comes to a meeting, from what is known of them and what they say.

Nothing is kept or told of why somebody needs something.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from bank import arrangement_times, audit
from bank.arrangement_times import LABELS
from bank.audit import Act
from bank.colleague import Colleague
from bank.invitations import By
from bank.lacking import NotYet
from bank.needs_known import Known, known, spoken
from bank.organisation import Organisation
from bank.tokens import token
from language import arranging
from storage import arrangements, meetings, needs, people, rsvps
from storage.arrangements import UNSETTLED, ArrangementKind, ArrangementState
from storage.meetings import GOES_ON, MeetingState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

# What somebody needs is asked about again after a year (DAPB1605, the sixth step: review).
A_YEAR = timedelta(days=365)
COMES = frozenset({RsvpState.COMING, RsvpState.WAITING})
_LONGEST_TEXT = 500


def kinds_in(words: str, language: str) -> tuple[ArrangementKind, ...]:
    """The kinds of thing that these words ask to arrange; OTHER for the rest, nothing where they ask for nothing."""
    return tuple(map(ArrangementKind, arranging.kinds_in(words, language)))


def learn(tx: Tx, person: Record, words: str, now: datetime, by: By) -> None:
    """They say what they need at every meeting: it is kept once, without why."""
    _said(tx, person, words, None, now, by, each_time=True)


def begin(
    tx: Tx,
    meeting: Record,
    person: Record,
    now: datetime,
    organisation: Organisation,
    *,
    words: str | None = None,
    kind: ArrangementKind | None = None,
    by: By,
    each_time: bool = True,
) -> list[Record]:
    """They come: what is known of them is to be arranged. With `words`, or a `kind`, what they say now is instead.

    Words become known for every meeting, unless they are not meant for `each_time`. A `kind` without words is for
    this meeting only. What stands there already is left as it is, or taken up again where they had said no between.
    Returns what is to be done now and was not before.
    """
    if words is not None and words.strip():
        now_said = _said(tx, person, words, kind, now, by, each_time=each_time)
    elif kind is not None:
        now_said = [Known(kind, "", None)]
    else:
        now_said = known(tx, person)
    there = arrangements.of(tx, meeting.id, person.id)
    asked = kind is not None or words is not None
    found = (_begun(tx, meeting, person, one, there, now, organisation, by, asked=asked) for one in now_said)
    begun = [row for row in found if row is not None]
    if begun:
        not_ready_any_more(tx, meeting, now)
    return begun


def _said(
    tx: Tx, person: Record, words: str, kind: ArrangementKind | None, now: datetime, by: By, *, each_time: bool
) -> list[Known]:
    """What they say now, kept without why, and for `each_time` once among what is known."""
    kinds = (kind,) if kind is not None else kinds_in(words, person.language)
    if not kinds:
        return []
    kept = arranging.without_why(words, person.language)[:_LONGEST_TEXT]
    if not each_time:
        return [Known(one, kept, None) for one in kinds]
    same = next((one for one in needs.of(tx, person.id) if one.words.casefold() == kept.casefold()), None)
    if same is None:
        source = {"message_id": by.message_id, "entered_by": by.entered_by, "how": by.how}
        needs.add(tx, person_id=person.id, words=kept, at=now, **source)
        same = needs.of(tx, person.id)[-1]
    return [Known(one, kept, same.id) for one in kinds]


def _begun(
    tx: Tx,
    meeting: Record,
    person: Record,
    one: Known,
    there: Iterable[Record],
    now: datetime,
    organisation: Organisation,
    by: By,
    *,
    asked: bool,
) -> Record | None:
    """The row for it, new or taken up again; None where it stands there already. `asked`: they say so now."""
    due = _due_on(tx, meeting, one.kind, organisation).isoformat()
    same = next((row for row in there if _is_same(row, one)), None)
    if same is None:
        return arrangements.add(
            tx,
            token=token(),
            meeting_id=meeting.id,
            person_id=person.id,
            kind=one.kind,
            words=one.words,
            need_id=one.need_id,
            state=ArrangementState.TO_DO,
            due_on=due,
            message_id=by.message_id,
            entered_by=by.entered_by,
            how=by.how,
            at=now,
            changed_at=now,
        )
    both = {"words": _both(same.words, one.words)[:_LONGEST_TEXT]} if asked else {}
    # What a colleague set aside stays so, unless they ask for it anew.
    if same.state != ArrangementState.NOT_NEEDED or (same.changed_by is not None and not asked):
        if both.get("words", same.words) != same.words:
            arrangements.change(tx, same.id, both)
        return None
    again = {"state": ArrangementState.TO_DO, "due_on": due, "changed_at": now}
    return arrangements.change(tx, same.id, {**both, **again})


def _both(before: str, now_said: str) -> str:
    """As they put it before, and now."""
    if now_said.casefold() in before.casefold():
        return before
    return f"{before}. {now_said}" if before else now_said


def _is_same(row: Record, one: Known) -> bool:
    alike = row.kind == one.kind
    return alike and (one.kind is not ArrangementKind.OTHER or row.words.casefold() == one.words.casefold())


def _due_on(tx: Tx, meeting: Record, kind: ArrangementKind, organisation: Organisation) -> date:
    return arrangement_times.due_on(meeting, arrangement_times.days(tx)[kind], organisation)


def not_ready_any_more(tx: Tx, meeting: Record, now: datetime) -> None:
    """Something is to be done for it again."""
    if meetings.get(tx, meeting.id).state == MeetingState.READY:
        meetings.change(tx, meeting.id, {"state": MeetingState.OPEN, "changed_at": now})


def drop(tx: Tx, meeting: Record, person_id: int, now: datetime) -> None:
    """They do not come: nothing more is to be done for them. What is booked stays so, until a colleague cancels it."""
    for row in arrangements.of(tx, meeting.id, person_id):
        if row.state in UNSETTLED:
            let_go = {"state": ArrangementState.NOT_NEEDED, "told": True, "changed_by": None, "changed_at": now}
            arrangements.change(tx, row.id, let_go)


def carry(tx: Tx, person: Record, now: datetime, organisation: Organisation, by: By) -> None:
    """Something new is known of them: it is to be arranged at all that they come to."""
    for row in rsvps.of_person(tx, person.id):
        if row.state in COMES:
            meeting = meetings.get(tx, row.meeting_id)
            if meeting.state in GOES_ON and meeting.starts_at > now:
                begin(tx, meeting, person, now, organisation, by=by)


def need_gone(tx: Tx, colleague: Colleague, need_id: int, now: datetime) -> None:
    """It is not to be arranged any more: nothing more is done about it, at whatever meeting."""
    for row in arrangements.from_need(tx, need_id):
        if row.state in UNSETTLED:
            let_go = {"state": ArrangementState.NOT_NEEDED, "told": True, "changed_by": colleague.id, "changed_at": now}
            arrangements.change(tx, row.id, let_go)


def moved(tx: Tx, meeting: Record, now: datetime, organisation: Organisation) -> None:
    """The meeting was moved: what is to be done is due on another day, and what was booked has to be booked again.

    `meeting` is as it is now.
    """
    number = arrangement_times.days(tx)
    for row in arrangements.in_meeting(tx, meeting.id):
        due = arrangement_times.due_on(meeting, number[ArrangementKind(row.kind)], organisation).isoformat()
        again = {"state": ArrangementState.TO_DO, "changed_by": None} if row.state == ArrangementState.BOOKED else {}
        arrangements.change(tx, row.id, {"due_on": due, "changed_at": now, **again})


def to_check(tx: Tx, person: Record, meeting: Record, now: datetime, language: str, organisation: Organisation) -> str:
    """What we know, to repeat back to them before this meeting, as "large print, BSL interpreter"; "" where there is
    nothing to check, or it was checked within a year of the meeting.
    """
    checked_at = person.needs_checked_at
    if checked_at is not None and max(now, meeting.starts_at) - checked_at < A_YEAR:
        return ""
    return spoken((one.kind for one in known(tx, person)), language, organisation)


def checked(tx: Tx, person: Record, now: datetime) -> None:
    """What we know of their needs was looked at with them, and is right."""
    people.change(tx, person.id, {"needs_checked_at": now})


def unsettled(tx: Tx, meeting: Record) -> list[Record]:
    """What is neither arranged nor talked about, for those who have a place; what is due first comes first."""
    coming = {row.person_id for row in rsvps.in_meeting(tx, meeting.id, RsvpState.COMING)}
    found = [row for row in arrangements.in_meeting(tx, meeting.id, *UNSETTLED) if row.person_id in coming]
    return sorted(found, key=lambda row: (row.due_on, row.id))


def late_for(
    tx: Tx, meeting: Record, persons: Iterable[Record], now: datetime, organisation: Organisation
) -> Mapping[ArrangementKind, int]:
    """For whoever invites these people: the kinds that there is no time left to book, and how many may need each."""
    counts: dict[ArrangementKind, int] = defaultdict(int)
    for person in persons:
        for kind in {one.kind for one in known(tx, person)}:
            counts[kind] += 1
    late = arrangement_times.too_late(tx, meeting, counts, now, organisation)
    return {kind: counts[kind] for kind in late}


def ready(tx: Tx, colleague: Colleague, meeting: Record, now: datetime) -> Record:
    """All is arranged, or was talked about: the meeting is ready. Raises NotYet with what is missing."""
    lacking = unsettled(tx, meeting)
    if lacking:
        raise NotYet([_lack(tx, colleague, row) for row in lacking])
    made = {"state": MeetingState.READY, "ready_by": colleague.id, "ready_at": now, "changed_at": now}
    changed = meetings.change(tx, meeting.id, made)
    audit.record(tx, now, Act.MEETING_CHANGED, colleague.id, about=meeting.token, state=[meeting.state, changed.state])
    return changed


def _lack(tx: Tx, colleague: Colleague, row: Record) -> str:
    person = people.get(tx, row.person_id)
    seen = colleague.sees(person_id=person.id, held=person.held)
    whom = person.name or "somebody without a name" if seen else "somebody who is not shown to you"
    return f"{LABELS[ArrangementKind(row.kind)]}, for {whom}"
