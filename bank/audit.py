"""The audit: every look and every change by somebody of the team is a row that cannot be changed unseen."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from storage import audit, marks, staff
from storage.keys import SealBroken
from storage.schema import Record
from storage.store import Tx

# The newest row as it was when it was written, sealed: rows are added after it, not after whichever row is found last,
# so that rows cut off at the end are missed for ever.
_HEAD = "audit_head"


class Act(StrEnum):
    """What somebody did."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    STAFF_INVITED = "staff_invited"
    STAFF_JOINED = "staff_joined"
    STAFF_CHANGED = "staff_changed"
    STAFF_CLOSED = "staff_closed"
    STAFF_RECOVERED = "staff_recovered"
    PASS_PHRASE_CHANGED = "pass_phrase_changed"  # noqa: S105  the name of an act
    SESSIONS_ENDED = "sessions_ended"
    SAW_AUDIT = "saw_audit"
    DETAILS_ERASED = "details_erased"
    SAW_PERSON = "saw_person"
    SAW_THREAD = "saw_thread"
    SAW_MEDIA = "saw_media"
    SAW_NUMBER = "saw_number"
    SEARCHED = "searched"
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    PERSON_MERGED = "person_merged"
    PERSON_SPLIT = "person_split"
    WROTE = "wrote"
    NOTED = "noted"
    THREAD_ASSIGNED = "thread_assigned"
    THREAD_TAKEN = "thread_taken"
    THREAD_HANDED_BACK = "thread_handed_back"
    SPAM_MARKED = "spam_marked"
    SPAM_UNMARKED = "spam_unmarked"
    TYPED_IN = "typed_in"
    STOCK_ANSWER_CHANGED = "stock_answer_changed"
    SAW_TASK = "saw_task"
    TASK_ADDED = "task_added"
    TASK_CHANGED = "task_changed"
    TASK_CLOSED = "task_closed"
    SIGN_UP_ENTERED = "sign_up_entered"
    SIGN_UP_CHANGED = "sign_up_changed"
    SUPPORTER_NAMED = "supporter_named"
    SUPPORTER_ENDED = "supporter_ended"
    QUESTION_ANSWERED = "question_answered"
    QUESTION_CHANGED = "question_changed"
    CONCERN_RAISED = "concern_raised"
    CONCERN_ALERTED = "concern_alerted"  # an administrator was, as no lead could be
    CONCERN_HANDED = "concern_handed"
    CONCERN_TAKEN = "concern_taken"
    CONCERN_RELEASED = "concern_released"
    CONCERN_CHANGED = "concern_changed"
    CONCERN_JUDGED = "concern_judged"
    SETTING_CHANGED = "setting_changed"
    SAW_LETTER = "saw_letter"
    LETTER_TAKEN_IN = "letter_taken_in"
    LETTER_DROPPED = "letter_dropped"
    PROJECT_ADDED = "project_added"
    PROJECT_CHANGED = "project_changed"
    TERMS_ADDED = "terms_added"
    APPROVED = "approved"
    AUDIENCE_CHANGED = "audience_changed"
    GROUP_CHANGED = "group_changed"
    BROADCAST_WRITTEN = "broadcast_written"
    BROADCAST_TESTED = "broadcast_tested"
    BROADCAST_CHANGED = "broadcast_changed"  # asked to be approved, let go, held, released, canceled
    SAW_ANSWERS = "saw_answers"
    ANSWER_ENTERED = "answer_entered"
    PLACES_DECIDED = "places_decided"
    QUESTION_SET_CHANGED = "question_set_changed"
    IMPORTED = "imported"
    EXPORTED = "exported"
    POSTER_MADE = "poster_made"
    TEMPLATE_CHANGED = "template_changed"
    MEETING_ADDED = "meeting_added"
    MEETING_CHANGED = "meeting_changed"  # its words, time or place, or how it stands
    RSVP_CHANGED = "rsvp_changed"  # entered or put right by a colleague
    SAW_MEETING = "saw_meeting"  # who comes, and what is to be arranged for them
    ARRANGEMENT_CHANGED = "arrangement_changed"
    ATTENDANCE_TICKED = "attendance_ticked"
    SAW_SAMPLE = "saw_sample"  # a message of the weekly sample, without a name
    SAMPLE_JUDGED = "sample_judged"
    SAW_STORY = "saw_story"
    STORY_CHANGED = "story_changed"  # typed in, what it may be used for, where it is used, taken down
    THEME_CHANGED = "theme_changed"
    ANSWERS_TAGGED = "answers_tagged"
    COMMITMENT_ADDED = "commitment_added"
    COMMITMENT_CHANGED = "commitment_changed"
    COMMITMENT_REMOVED = "commitment_removed"  # a draft that nobody was asked about
    SAW_COMMITMENT = "saw_commitment"  # who said it, and what they said to what they were told


def record(
    tx: Tx,
    now: datetime,
    act: Act,
    staff_id: int | None,
    *,
    person_id: int | None = None,
    about: str | None = None,
    **details: Any,
) -> None:
    """Add one row. `details` is what JSON can hold; a change is told as `field=[before, after]`."""
    last_id, chain = _head(tx)
    row_id = last_id + 1
    details_key = audit.hashed(tx, _written(details)) if details else None
    line = audit.hashed(tx, _line(chain, row_id, now, staff_id, act, person_id, about, details_key))
    audit.add(
        tx,
        id=row_id,
        at=now,
        staff_id=staff_id,
        act=act,
        person_id=person_id,
        about=about,
        details=details or None,
        details_key=details_key,
        chain=line,
    )
    marks.put(tx, _HEAD, f"{row_id} {line.hex()}")


def _head(tx: Tx) -> tuple[int, bytes]:
    """The newest row's id and chain. Where our note of it was taken away, a gap is left, and `verify` tells of it."""
    head = marks.held(tx, _HEAD)
    if head is not None:
        row_id, _, chain = head.partition(" ")
        return int(row_id), bytes.fromhex(chain)
    found = audit.newest_id(tx)
    return (found + 1 if found else 0), b""


def forget_about(tx: Tx, now: datetime, person_id: int | None, about: Collection[str] = ()) -> None:
    """Erase what was said of this person, and of these tokens; who did what, and when, is kept.

    The rows are named in a row of their own: details that are gone without one were not erased by us.
    """
    rows = audit.blank(tx, person_id, about, keep=Act.DETAILS_ERASED)
    if rows:
        record(tx, now, Act.DETAILS_ERASED, None, person_id=person_id, rows=rows)


def verify(tx: Tx) -> tuple[int, str | None]:
    """How many rows fit together, and what is wrong after them; None where nothing is."""
    chain, count = b"", 0
    bare: set[int] = set()
    for row in audit.everything(tx):
        if row.id != count + 1:
            return count, f"row {count + 1} is missing"
        if count == 0 and (staff.first_came_at(tx) or row.at) < row.at:
            return count, "rows at the beginning are missing"
        if row.chain != audit.hashed(tx, _told_by(row, chain)) or not _details_fit(tx, row, bare):
            return count, f"row {row.id} was changed, or put in, after it was written"
        chain, count = row.chain, row.id
    if _missing_at_the_end(tx, count, chain):
        return count, "rows at the end are missing"
    return count, f"what row {min(bare)} said was taken out" if bare else None


def _told_by(row: Record, before: bytes) -> str:
    return _line(before, row.id, row.at, row.staff_id, row.act, row.person_id, row.about, row.details_key)


def _missing_at_the_end(tx: Tx, count: int, chain: bytes) -> bool:
    head = marks.get(tx, _HEAD)
    if head is None and not count:
        return staff.has_signed_in(tx)  # nobody comes in without a row
    return head != f"{count} {chain.hex()}"


def _details_fit(tx: Tx, row: Record, bare: set[int]) -> bool:
    """Whether a row says what it said. `bare` collects rows that say nothing now, until one tells who erased them."""
    if row.details is None:
        bare |= {row.id} if row.details_key is not None else set()
        return True
    try:
        details = audit.opened(tx, row.details)
    except SealBroken:
        return False
    if row.details_key != audit.hashed(tx, _written(details)):
        return False
    if row.act == Act.DETAILS_ERASED:
        bare -= set(details["rows"])
    return True


def _written(details: Any) -> str:
    return json.dumps(details, sort_keys=True)


def _line(before: bytes, row_id: int, at: datetime, *parts: object) -> str:
    told = (part.hex() if isinstance(part, bytes) else part for part in parts)
    return json.dumps([before.hex(), row_id, at.astimezone(UTC).isoformat(), *told])
