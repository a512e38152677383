"""Our own question sets for feedback: kept as any other set is, in every language that we write.

A set of ours is never changed by hand. When our words or languages change, its next version is kept with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bank.organisation import Organisation
from flows.feedback_sets import STANDARDS
from storage import question_sets
from storage.meetings import MeetingKind
from storage.schema import Record
from storage.store import Tx

PROJECT, VALUES, ANYTIME = "project", "values", "anytime"
# What is asked after which kind of meeting.
BY_KIND: Mapping[MeetingKind, str] = {
    **dict.fromkeys(MeetingKind, "meeting"),
    MeetingKind.LISTENING: "listening",
    MeetingKind.TRAINING: "training",
    MeetingKind.PANEL: "panel",
}


def token_of(standard: str) -> str:
    """What all versions of that set are called in addresses."""
    return f"standard-{standard}"


def keep(tx: Tx, standard: str, now: datetime, organisation: Organisation) -> Record:
    """The newest version of that set of ours, kept anew where our words or languages have changed."""
    ours = STANDARDS[standard]
    asked = ours.in_languages(organisation.catalogs, organisation.catalogs.languages).as_json()
    newest = question_sets.newest(tx, token_of(standard))
    if newest is not None and newest.questions == asked and newest.name == ours.called:
        return newest
    row = question_sets.add(
        tx,
        token=token_of(standard),
        version=newest.version + 1 if newest is not None else 1,
        name=ours.called,
        questions=asked,
        made_at=now,
        standard=standard,
    )
    question_sets.put_in_projects(tx, row.token, row.id)
    return row


def keep_all(tx: Tx, now: datetime, organisation: Organisation) -> list[Record]:
    """All of them, as `keep` does."""
    return [keep(tx, standard, now, organisation) for standard in STANDARDS]


def named(tx: Tx, meeting: Record) -> str:
    """What the set is called that is asked after this meeting."""
    chosen = question_sets.get(tx, meeting.feedback_set_id) if meeting.feedback_set_id is not None else None
    return str(chosen.name) if chosen is not None else STANDARDS[BY_KIND[MeetingKind(meeting.kind)]].called


def for_meeting(tx: Tx, meeting: Record, now: datetime, organisation: Organisation) -> Record:
    """What is asked after this meeting: the newest version of the set that was chosen for it, else that of its kind."""
    chosen = question_sets.get(tx, meeting.feedback_set_id) if meeting.feedback_set_id is not None else None
    if chosen is not None and chosen.standard is None and chosen.closed_at is None:
        return question_sets.newest(tx, chosen.token) or chosen
    if chosen is not None and chosen.standard is not None:
        return keep(tx, chosen.standard, now, organisation)
    return keep(tx, BY_KIND[MeetingKind(meeting.kind)], now, organisation)
