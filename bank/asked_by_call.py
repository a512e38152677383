"""Asked by a call: somebody whom no text reaches is rung, and whoever rings enters their answer where the call is."""

from __future__ import annotations

from datetime import datetime

from bank import outward
from bank.tokens import token
from storage import invitations
from storage.schema import Record
from storage.store import Tx


def about_place(tx: Tx, person: Record, project: Record, words: str, due: datetime, now: datetime) -> None:
    """About a place in this project."""
    task_id = outward.ring(tx, person, words, due, now)
    invitation = invitations.to_project(tx, project.id, person.id)
    if invitation is not None:
        invitations.change(tx, invitation.id, {"task_id": task_id})


def about_meeting(tx: Tx, meeting: Record, person: Record, words: str, due: datetime, now: datetime) -> None:
    """About coming to this meeting."""
    task_id = outward.ring(tx, person, words, due, now, meeting_id=meeting.id)
    found = next(iter(invitations.all_to_meeting(tx, meeting.id, person.id)), None)
    if found is None:  # they found it themselves
        asked = {"meeting_id": meeting.id, "person_id": person.id, "invited_at": now}
        found = invitations.add(tx, token=token(), **asked)
    invitations.change(tx, found.id, {"task_id": task_id})
