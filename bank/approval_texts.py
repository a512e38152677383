"""Approval by text: what a member co-chair answers, who was sent the words and asked whether these are right."""

from __future__ import annotations

from typing import Any

from bank import approvals, desk
from bank.approvals import NotTheirs
from bank.visit import Standing, Visit
from storage import askings
from storage.approvals import How, Post, Subject
from storage.tasks import TaskKind


def answered(visit: Visit, value: str) -> None:
    """They said yes or no; the latest counts."""
    _record(visit, visit.standing, given=value == "yes")


def passed_on(visit: Visit, words: str) -> None:
    """What is to change, in their words: it stands beside their no, and a person reads it."""
    _record(visit, visit.standing, given=False, note=words)
    desk.ask_a_person(visit, TaskKind.READ, words=words)


def _record(visit: Visit, standing: Standing | None, *, given: bool, note: str = "") -> None:
    """Nothing is kept where somebody else leads the project by now."""
    named = standing.position.answers.get("asking") if standing is not None else None
    asking = askings.by_token(visit.tx, str(named)) if named else None
    if asking is None or visit.person is None:
        return
    entered: dict[str, Any] = {"entered_by": visit.entered_by, "message_id": visit.message_id, "note": note}
    how = How.TEXT if visit.entered_by is None else How.PRINT
    try:
        approvals.record(
            visit.tx,
            Subject(asking.subject),
            asking.subject_id,
            asking.words,
            Post.MEMBER_CHAIR,
            given,
            how,
            visit.now,
            person_id=visit.person.id,
            **entered,
        )
    except NotTheirs:
        askings.change(visit.tx, asking.id, {"closed_at": visit.now})
