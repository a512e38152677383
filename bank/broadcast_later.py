"""Who gets a broadcast later than the others, or not in time for it to be of use, and what helps then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bank import templates
from bank.audience import Preview
from bank.broadcast_about import expires_at, invites_to_meeting, meeting_of
from storage.schema import Record
from storage.store import Tx


def notes(tx: Tx, row: Record, preview: Preview, due: datetime) -> Iterator[str]:
    """A sentence or a few each: who had enough texts this week, and to whom WhatsApp lets little through."""
    if preview.capped and row.corrects_id is None:
        yield _had_enough(preview, *_too_late(tx, row, due))
    if preview.shut and not templates.approved(tx, row.templates or {}):
        yield (
            f"{preview.shut:,} of those on WhatsApp last wrote more than a day ago. WhatsApp lets only an approved "
            "template through to them. Without one it goes to them another way, if they agreed to one, or not at all."
        )


def _had_enough(preview: Preview, why: str, helps: str) -> str:
    had = (
        "1 of them has had as many texts this week as they"
        if preview.capped == 1
        else f"{preview.capped:,} of them have had as many texts this week as they"
    )
    if not preview.too_late:
        return f"{had} agreed to, and will get it later."
    in_time = preview.capped - preview.too_late
    if not in_time:
        return f"{had} agreed to, and cannot get it in time: {why} {helps}"
    return f"{had} agreed to. {in_time:,} will get it later. {preview.too_late:,} cannot get it in time: {why} {helps}"


def _too_late(tx: Tx, row: Record, due: datetime) -> tuple[str, str]:
    """Why some cannot get it in time, and what helps."""
    meeting = meeting_of(tx, row) if invites_to_meeting(row) else None
    if meeting is None:
        return "it is of no use any more when they may be texted again.", "Let it be of use for longer, or ring them."
    ring = "Ring them: the meeting's answers show them, once this has gone, among those who have not answered."
    if expires_at(tx, row, due) == meeting.starts_at:
        return "the meeting begins before they may be texted again.", ring
    return "it is of no use any more when they may be texted again.", f"Let it be of use for longer. {ring}"
