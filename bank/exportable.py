"""What somebody may ask to have in a file: which audiences, answers, projects and messages there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bank import project_facts
from bank.exported import What, Wish
from language.wording import SOURCE_LANGUAGE
from storage import audiences, broadcasts, projects, question_sets
from storage.people import PersonState
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx

EVERYBODY = "all"
STATES = (PersonState.MEMBER.value, PersonState.LEFT.value, EVERYBODY)
# Between the token of a set and that of the project for which it was asked.
_FOR = "~"
Choices = Sequence[tuple[str, str]]


def choices(tx: Tx) -> Mapping[What, Choices]:
    """By what is asked for: the tokens that there are, and what each is called. Of people, saved audiences."""
    known = projects.in_states(tx, tuple(ProjectState))
    return {
        What.PEOPLE: [(row.token, row.name) for row in audiences.in_use(tx)],
        What.ANSWERS: _answered(tx, known),
        What.PLACES: [(row.token, _title(row)) for row in known],
        What.PROGRESS: [(row.token, row.name or "A message without a name") for row in broadcasts.newest(tx)],
    }


def _answered(tx: Tx, known: Sequence[Record]) -> list[tuple[str, str]]:
    """Sets by themselves, and as they were asked for a project."""
    sets = {row.token: row.name for row in question_sets.in_use(tx)}
    found = list(sets.items())
    for project in known:
        row = question_sets.get(tx, project.question_set_id) if project.question_set_id is not None else None
        if row is not None:
            found.append((f"{row.token}{_FOR}{project.token}", f"{sets.get(row.token, row.name)}: {_title(project)}"))
    return found


def _title(project: Record) -> str:
    return project_facts.said(project, "title", SOURCE_LANGUAGE) or "A project without a title"


def wished(tx: Tx, what: What, which: str, state: str = PersonState.MEMBER.value) -> tuple[Wish, str] | None:
    """What is to go out, and what the file is called; None where there is no such thing.

    People may be asked for without an audience: `state` then says which of them.
    """
    called = dict(choices(tx)[what])
    if what != What.PEOPLE:
        return (Wish(what, tuple(which.split(_FOR))), called[which]) if which in called else None
    if not which:
        return (Wish(what, state=state), "People") if state in STATES else None
    row = audiences.by_token(tx, which) if which in called else None
    return (Wish(what, (which,), rule=row.rule), called[which]) if row is not None else None
