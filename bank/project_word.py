"""A project's word: whoever texts it, alone or after JOIN, hears about that project. A stranger joins first."""

from __future__ import annotations

import re
from typing import Any

from bank import open_question, speech, talk
from bank.visit import Visit
from flows import everywhere
from language import understand
from language.normal import folded
from language.own import own
from storage import codes, projects
from storage.messages_in import Disposition
from storage.projects import ProjectState
from storage.schema import Record

_ALONE = re.compile(r"[ ]*([a-z0-9][a-z0-9-]{1,19})[ .!]*\Z")
_OPEN = frozenset({ProjectState.OPEN, ProjectState.UNDER_WAY})


def take(visit: Visit) -> bool:
    """Take a message that is a project's word, and no answer to what is open. False where it is none."""
    if visit.mute or visit.unsafe or (found := _ALONE.match(folded(own(visit.text)))) is None:
        return False
    row = codes.find(visit.tx, found[1])
    project = projects.by_code(visit.tx, row.id) if row is not None else None
    if row is None or project is None or _is_an_answer(visit):
        return False
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": "project"}
    came_by(visit, row)
    if not hear(visit, row):
        talk.open_join(visit, {"code": row.code, **about(visit, row)})
    return True


def came_by(visit: Visit, row: Record) -> None:
    """Count that somebody came by this word; it may set the language."""
    codes.count_start(visit.tx, row.id)
    if row.language and visit.address.language is None and visit.person is None:
        speech.speak(visit, row.language)


def hear(visit: Visit, row: Record) -> bool:
    """Tell a member about the project of this word. False where they have to join first, or it is no project's."""
    project = projects.by_code(visit.tx, row.id)
    if project is None or not visit.people:
        return False
    if project.state not in _OPEN:
        visit.tell("project_closed", everywhere.PROJECT_CLOSED)
        return True
    talk.open_personal(visit, "interest", {"project": project.token, "found": "word"})
    return True


def about(visit: Visit, row: Record) -> dict[str, Any]:
    """What somebody who joins by this word goes on to."""
    project = projects.by_code(visit.tx, row.id)
    return {"project": project.token} if project is not None and project.state in _OPEN else {}


def _is_an_answer(visit: Visit) -> bool:
    if visit.standing is None:
        return False
    return understand.answer(open_question.of(visit), visit.text, visit.language).value is not None
