"""What a member co-chair is shown of what they are asked to approve: the words, as they would reach them."""

from __future__ import annotations

from bank.broadcast_about import meeting_of, project_of
from bank.broadcast_words import in_language, values_of
from bank.organisation import Organisation
from bank.project_facts import said
from language import placeholder
from storage import askings, broadcasts, projects
from storage.approvals import Subject
from storage.schema import Record
from storage.store import Tx

_WITH_PLACES = frozenset({Subject.BROADCAST, Subject.INVITATION})


def words(tx: Tx, person: Record | None, language: str, organisation: Organisation) -> str:
    """The words that this member was asked about by text, and has not answered yet; empty where there are none."""
    asking = askings.texted_to(tx, person.id) if person is not None else None
    return of_asking(tx, asking, person, language, organisation) if asking is not None else ""


def of_asking(tx: Tx, asking: Record, person: Record | None, language: str, organisation: Organisation) -> str:
    """The words in this language, filled in for this person; nobody's name where there is no person."""
    tag = in_language(asking.shown, language)
    text: str = asking.shown.get(tag, "")
    if asking.subject not in _WITH_PLACES:
        return text
    row = broadcasts.get(tx, asking.subject_id)
    values = values_of(organisation, project_of(tx, row), tag, meeting_of(tx, row))
    name = person.name if person is not None else ""
    return placeholder.fill(text, {**values, placeholder.NAME: name or ""})


def title(tx: Tx, person: Record | None, language: str) -> str:
    """The project that these words are about."""
    asking = askings.texted_to(tx, person.id) if person is not None else None
    if asking is None or asking.project_id is None:
        return ""
    return said(projects.get(tx, asking.project_id), "title", language)
