"""What flows know of the meetings that somebody came to lately, and has not told us of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bank import meeting_facts, meeting_words
from bank.organisation import Organisation
from flows.feedback_which import ELSE
from language.wording import _
from storage import attending, feedback
from storage.schema import Record
from storage.store import Tx

# So long after a meeting somebody may tell us of it by a word of ours.
LATELY = timedelta(days=30)
SOMETHING_ELSE = _("Something else")


def about(
    tx: Tx, organisation: Organisation, now: datetime, language: str, person: Record | None
) -> dict[str, Callable[[], Any]]:
    """`came_to`: those meetings, the newest first, and "something else"."""
    return {"came_to": lambda: _listed(tx, organisation, now, language, person)}


def came_to(tx: Tx, person_id: int, now: datetime) -> list[Record]:
    """The meetings that they came to lately and have not told us all of, the newest first."""
    found = attending.came_to(tx, person_id, now - LATELY, now)
    return [row for row in found if not _is_told(tx, row, person_id)]


def _is_told(tx: Tx, meeting: Record, person_id: int) -> bool:
    asked = feedback.of_meeting(tx, meeting.id)
    given = feedback.of_person(tx, asked.id, person_id) if asked is not None else None
    return given is not None and bool(given.finished)


def _listed(
    tx: Tx, organisation: Organisation, now: datetime, language: str, person: Record | None
) -> list[tuple[str, str]]:
    found = came_to(tx, person.id, now) if person is not None else []
    named = [(row.token, _label(row, language, organisation)) for row in found]
    return [*named, (ELSE, organisation.catalogs.render(SOMETHING_ELSE, language, {}))] if named else []


def _label(row: Record, language: str, organisation: Organisation) -> str:
    told = meeting_facts.facts(row, language, organisation)
    return f"{meeting_words.short(told['meeting'])}, {told['day']}"
