"""The weekly sample: fifty messages of the week before, drawn at random, each read again by a colleague.

They see the question that was open and the words, without a name and without our reading. So they cannot be led by it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bank import audit, reading_meant
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.question_shown import QuestionShown, shown
from bank.reading_meant import Meant
from bank.to_do import Row, Urgency
from bank.tokens import token
from storage import marks, reading_samples
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx

MOST = 50
MAY = (Role.COORDINATOR, Role.APPROVER, Role.CO_CHAIR, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)
_DRAWN = "reading_sample"
_A_WEEK = timedelta(days=7)
_WEEKS_KEPT = timedelta(days=28)
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Sample:
    """One message to read. `drawn` and `judged` are how many there are of the last weeks."""

    token: str
    question: QuestionShown | None
    text: str
    drawn: int
    judged: int


def to_draw(tx: Tx, now: datetime, organisation: Organisation, _limit: int) -> Sequence[int]:
    """The week that is over and of which no sample was drawn: its Monday, counted in days. From our opening on."""
    monday = _monday(now, organisation)
    week = monday - _A_WEEK
    opens = datetime.combine(monday, organisation.hours.opens, organisation.zone)
    return () if now < opens or marks.get(tx, _DRAWN) == week.isoformat() else (week.toordinal(),)


def draw(tx: Tx, _now: datetime, organisation: Organisation, day: int) -> int:
    """Draw it. It counts as nothing that was due to anybody."""
    week = date.fromordinal(day)
    begins, ends = (datetime.combine(one, time(), organisation.zone) for one in (week, week + _A_WEEK))
    ids = _ids(tx, begins, ends)
    chance = random.SystemRandom()
    for message_id in chance.sample(ids, min(MOST, len(ids))):
        reading_samples.add(tx, token=token(), week=week.isoformat(), message_id=message_id)
    marks.put(tx, _DRAWN, week.isoformat())
    return 0


def _ids(tx: Tx, begins: datetime, ends: datetime) -> list[int]:
    """All that may be drawn. They are looked through from the newest back, as far as that week."""
    found: list[int] = []
    before: int | None = None
    while rows := reading_samples.page(tx, before, _PAGE):
        found += [row.id for row in rows if row.fits and begins <= row.received_at < ends]
        before = rows[-1].id
        if rows[-1].received_at < begins:
            break
    return found


def _monday(now: datetime, organisation: Organisation) -> date:
    today = now.astimezone(organisation.zone).date()
    return today - timedelta(days=today.weekday())


def _since(now: datetime, organisation: Organisation) -> str:
    return (_monday(now, organisation) - _WEEKS_KEPT).isoformat()


def look(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> Sample | None:
    """The next to read, put on record; None where all were read. Nobody reads what they wrote themselves."""
    since = _since(now, organisation)
    row = reading_samples.to_judge(tx, since, colleague.oneself.person_ids)
    return _seen(tx, colleague, row, now, organisation) if row is not None else None


def again(tx: Tx, colleague: Colleague, name: str, now: datetime, organisation: Organisation) -> Sample | None:
    """The one of that name once more, put on record; None where somebody has judged it, or it may not be shown."""
    row = reading_samples.called(tx, name, colleague.oneself.person_ids)
    return _seen(tx, colleague, row, now, organisation) if row is not None else None


def _seen(tx: Tx, colleague: Colleague, row: Record, now: datetime, organisation: Organisation) -> Sample:
    audit.record(tx, now, Act.SAW_SAMPLE, colleague.id, person_id=row.person_id, about=row.token)
    drawn, judged = reading_samples.tally(tx, _since(now, organisation))
    return Sample(row.token, shown(tx, row.asked, organisation), row.text, drawn, judged)


def judge(tx: Tx, colleague: Colleague, name: str, meant: Meant, now: datetime) -> bool | None:
    """What they take it to mean is kept, and whether that is how we read it. None where it can be judged no more."""
    row = reading_samples.called(tx, name, colleague.oneself.person_ids)
    if row is None:
        return None
    right = reading_meant.is_right(meant, row.reading)
    judged = {"meant": meant.kept, "right": right, "judged_by": colleague.id, "judged_at": now}
    reading_samples.judge(tx, row.id, **judged)
    audit.record(tx, now, Act.SAMPLE_JUDGED, colleague.id, about=row.token)
    return right


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """For Today, as long as some of them wait."""
    if not colleague.may(*MAY):
        return []
    since = (_monday(now, organisation) - _A_WEEK).isoformat()
    waiting = reading_samples.to_judge(tx, since, colleague.oneself.person_ids)
    row = Row(Urgency.TASK, "Read the weekly sample", "Last week's messages", None, "/reports/sample")
    return [row] if waiting is not None else []
