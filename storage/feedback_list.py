"""Feedback, many rounds at once: what was asked about what, how many were asked, and who they are that answered."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select, union

from storage.feedback import About, counts, feedback, feedback_rounds
from storage.meetings import meetings
from storage.outbox import OutState, messages_out
from storage.people import Part, PersonState, people
from storage.question_sets import question_sets
from storage.reminders import ReminderState, Step, reminders
from storage.schema import Record
from storage.store import Tx
from storage.tasks import IS_OPEN, tasks

# A message that reached nobody asked nobody.
_LOST = (OutState.FAILED, OutState.EXPIRED, OutState.CANCELED)
_SAID = (ReminderState.SENT, ReminderState.JOINED)


def rounds(tx: Tx, about: About) -> list[Record]:
    """All that was asked about meetings, projects or the bank, the oldest first.

    With `kind`, `starts_at`, `zone` and `in_project` of the meeting, where it is about one, and `set_token` of the set.
    """
    of_meeting = (meetings.c.kind, meetings.c.starts_at, meetings.c.zone, meetings.c.project_id.label("in_project"))
    found = (
        select(feedback_rounds, *of_meeting, question_sets.c.token.label("set_token"))
        .join(question_sets, question_sets.c.id == feedback_rounds.c.set_id)
        .outerjoin(meetings, meetings.c.id == feedback_rounds.c.meeting_id)
    )
    return list(tx.execute(found.where(feedback_rounds.c.about == about).order_by(feedback_rounds.c.id)))


def responses(tx: Tx, about: About) -> list[Record]:
    """Every response to these that counts, by its number, but for those of staff and partners."""
    found = (
        select(feedback)
        .join(feedback_rounds, feedback_rounds.c.id == feedback.c.round_id)
        .outerjoin(people, people.c.id == feedback.c.person_id)
        .where(feedback_rounds.c.about == about, counts)
        .where(or_(feedback.c.person_id.is_(None), people.c.part == Part.MEMBER))
    )
    return list(tx.execute(found.order_by(feedback.c.id)))


def asked(tx: Tx, round_row: Record) -> int:
    """How many people were asked: by a text after the meeting that went, or by a call or a letter."""
    called = select(tasks.c.person_id).where(tasks.c.round_id == round_row.id, tasks.c.person_id.is_not(None))
    called = called.where(or_(IS_OPEN, tasks.c.closed_by.is_not(None)))
    texted = (
        select(reminders.c.person_id)
        .outerjoin(messages_out, messages_out.c.id == reminders.c.row_id)
        .where(reminders.c.meeting_id == round_row.meeting_id, reminders.c.step == Step.FEEDBACK)
        .where(reminders.c.state.in_(_SAID))
        .where(or_(messages_out.c.id.is_(None), messages_out.c.state.not_in(_LOST)))
    )
    both = union(called, texted).subquery()
    return int(tx.execute(select(func.count()).select_from(both)).scalar_one())


def members(tx: Tx, person_ids: Collection[int]) -> dict[int, Record]:
    """Token and name of those of these people who are on our list, by id."""
    found = select(people.c.id, people.c.token, people.c.name).where(people.c.id.in_(list(person_ids)))
    found = found.where(people.c.state == PersonState.MEMBER)
    return {row.id: row for row in tx.execute(found)} if person_ids else {}


def sets_of_bank(tx: Tx) -> list[Record]:
    """Each question set that was asked about the bank itself, in its newest version that was asked, by its name."""
    of_bank = select(feedback_rounds.c.set_id).where(feedback_rounds.c.about == About.BANK)
    found = select(question_sets).where(question_sets.c.id.in_(of_bank)).order_by(question_sets.c.version)
    newest = {row.token: row for row in tx.execute(found)}
    return sorted(newest.values(), key=lambda row: str(row.name))
