"""Open projects: what anybody may see of them without being a member. Nothing here is about a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bank import our_numbers, print_project, project_facts
from bank.organisation import Organisation
from bank.print_project import Point
from bank.saying import Saying
from language.wording import SOURCE_LANGUAGE, base
from storage import codes, projects
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx

# What must be written in a language before there is a page in it.
_NEEDED = ("title", "aim")
# What is said in our own words, in every language that we write in.
_OURS = frozenset({"starts", "rung_sentence"})


@dataclass(frozen=True, slots=True)
class OpenProject:
    """One project as its page has it. `languages` are those that it has its words in; `code` is empty for none."""

    row: Record
    code: str
    languages: Sequence[str]

    @property
    def token(self) -> str:
        return str(self.row.token)

    @property
    def text(self) -> str:
        """What to text to hear about it."""
        return our_numbers.words(self.code)

    @property
    def changed_at(self) -> datetime:
        changed: datetime = self.row.changed_at
        return changed

    def facts(self, language: str, organisation: Organisation) -> Mapping[str, str]:
        return project_facts.facts(self.row, language, organisation)

    def points(self, say: Saying) -> list[Point]:
        return list(print_project.points(self.facts(say.language, say.organisation), say))

    def language_of(self, fact: str, language: str) -> str:
        """The language that this is told in, on a page in that one: what nobody put into it is told in English."""
        wording = self.row.words.get(fact) or {}
        is_said = fact in _OURS or (fact == "payment" and not self.row.paid) or not wording
        return language if is_said or language in wording or base(language) in wording else SOURCE_LANGUAGE


def everyone(tx: Tx, organisation: Organisation) -> list[OpenProject]:
    """Those that the public may see now, newest first."""
    rows = [row for row in projects.in_states(tx, [ProjectState.OPEN]) if row.public]
    return [_shown(tx, row, organisation) for row in rows]


def one(tx: Tx, token: str, organisation: Organisation) -> OpenProject | None:
    """None where there is none that the public may see: nobody finds out more."""
    row = projects.by_token(tx, token)
    if row is None or not row.public or row.state != ProjectState.OPEN:
        return None
    return _shown(tx, row, organisation)


def _shown(tx: Tx, row: Record, organisation: Organisation) -> OpenProject:
    written = [row.words.get(name) or {} for name in _NEEDED]
    here = [
        tag
        for tag in organisation.catalogs.languages
        if tag == SOURCE_LANGUAGE or all(one.get(tag) or one.get(base(tag)) for one in written)
    ]
    code = codes.get(tx, row.code_id).code if row.code_id is not None else ""
    return OpenProject(row, code, here)
