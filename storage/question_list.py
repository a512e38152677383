"""The list of questions, as one colleague may see it: with who asked, and whether somebody may be in danger there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select

from storage import threads
from storage.addresses import addresses
from storage.oneself import Oneself
from storage.people import people
from storage.questions import IS_OPEN, QuestionState, questions
from storage.schema import Record
from storage.store import Tx
from storage.threads import Eyes

_DANGER = "danger"


class Part(StrEnum):
    """Which of them."""

    OPEN = "open"
    MINE = "mine"
    LATER = "later"  # put off: "we don't know yet"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Seer:
    """Who looks: their id, who they are themselves, and whether they may read where somebody may be in danger."""

    staff_id: int
    oneself: Oneself
    is_lead: bool


_columns = (
    select(
        questions,
        people.c.name,
        people.c.token.label("person_token"),
        addresses.c.token.label("address_token"),
        people.c.language.label("person_language"),
        addresses.c.channel,
        addresses.c.sender,
        addresses.c.state.label("address_state"),
        addresses.c.address,
        addresses.c.language.label("address_language"),
        addresses.c.landline,
        addresses.c.last_in_at,
        addresses.c.window_until,
        addresses.c.unsafe_until,
    )
    .join(addresses, addresses.c.id == questions.c.address_id)
    .outerjoin(people, people.c.id == questions.c.person_id)
)


def _seen_by(seer: Seer) -> ColumnElement[bool]:
    """Threads held for danger are the leads', and nobody reads a question of their own, or from where they write."""
    conditions = [threads.in_sight(Eyes(seer.staff_id, seer.is_lead, seer.oneself))]
    if not seer.is_lead:
        conditions.append(or_(people.c.held.is_(None), people.c.held != _DANGER))
    if seer.oneself.person_ids:
        own = questions.c.person_id.in_(seer.oneself.person_ids)
        conditions.append(or_(questions.c.person_id.is_(None), ~own))
    return and_(*conditions)


def _part(part: Part, seer: Seer) -> ColumnElement[bool]:
    if part is Part.ANSWERED:
        return questions.c.state.in_([QuestionState.ANSWERED, QuestionState.CLOSED])
    if part is Part.LATER:
        return and_(IS_OPEN, questions.c.back_at.is_not(None))
    now = and_(IS_OPEN, questions.c.back_at.is_(None))
    return and_(now, questions.c.owner_id == seer.staff_id) if part is Part.MINE else now


def page(tx: Tx, part: Part, seer: Seer, limit: int, skip: int = 0) -> list[Record]:
    """Some of them: what is most overdue first, what was answered last first."""
    found = _columns.where(_part(part, seer), _seen_by(seer))
    if part is Part.ANSWERED:
        found = found.order_by(questions.c.answered_at.desc(), questions.c.id.desc())
    else:
        found = found.order_by(questions.c.due_at, questions.c.id)
    return list(tx.execute(found.limit(limit).offset(skip)))


def counts(tx: Tx, seer: Seer) -> dict[Part, int]:
    """How many each part holds, of those they may see."""
    return {part: _count(tx, _part(part, seer), seer) for part in Part if part is not Part.ANSWERED}


def _count(tx: Tx, which: ColumnElement[bool], seer: Seer) -> int:
    joined = questions.join(addresses, addresses.c.id == questions.c.address_id).outerjoin(
        people, people.c.id == questions.c.person_id
    )
    found = select(func.count()).select_from(joined).where(which, _seen_by(seer))
    return int(tx.execute(found).scalar_one())


def find(tx: Tx, token: str, seer: Seer) -> Record | None:
    """The question that the token names, where they may see it."""
    return tx.execute(_columns.where(questions.c.token == token, _seen_by(seer))).one_or_none()


def for_today(tx: Tx, seer: Seer, active: Sequence[int], climbed: datetime | None, limit: int) -> list[Record]:
    """What they are to do now, most overdue first: their own, what is nobody's of those `active`, and what is held.

    With `climbed`, everybody's that was due before then too.
    """
    others = [one for one in active if one != seer.staff_id]
    theirs: list[ColumnElement[bool]] = [questions.c.owner_id.is_(None), questions.c.owner_id.not_in(others)]
    if seer.is_lead:
        theirs += [addresses.c.held == _DANGER, people.c.held == _DANGER]
    if climbed is not None:
        theirs.append(questions.c.due_at < climbed)
    found = _columns.where(_part(Part.OPEN, seer), _seen_by(seer), or_(*theirs))
    return list(tx.execute(found.order_by(questions.c.due_at, questions.c.id).limit(limit)))


def about_meeting(tx: Tx, meeting_id: int, seer: Seer, limit: int) -> list[Record]:
    """What was asked about this meeting, answered or not, by when it was or is due."""
    found = _columns.where(questions.c.meeting_id == meeting_id, _seen_by(seer))
    return list(tx.execute(found.order_by(questions.c.due_at, questions.c.id).limit(limit)))


def others_open(tx: Tx, question_id: int, seer: Seer, limit: int) -> list[Record]:
    """The newest other questions that are open, put off ones too."""
    found = _columns.where(questions.c.state == QuestionState.OPEN, questions.c.id != question_id, _seen_by(seer))
    return list(tx.execute(found.order_by(questions.c.id.desc()).limit(limit)))


def called(tx: Tx, tokens: Sequence[str], seer: Seer) -> list[Record]:
    """Those of these that are open and that they may see."""
    found = _columns.where(questions.c.token.in_(tokens), questions.c.state == QuestionState.OPEN, _seen_by(seer))
    return list(tx.execute(found.order_by(questions.c.id)))
