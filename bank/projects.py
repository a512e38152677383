"""Projects: co-production work, from the first draft until everybody was told what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bank import audit, join_codes
from bank.audit import Act
from bank.colleague import Colleague
from bank.join_codes import Refusal
from bank.lacking import NotReady
from bank.organisation import Organisation
from bank.project_check import lacks
from bank.project_facts import facts as facts
from bank.project_facts import said as said
from bank.project_fit import open_to as open_to
from bank.tokens import token
from language.wording import SOURCE_LANGUAGE
from storage import codes, projects, question_sets
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.store import Tx

# What is written about a project, each a wording: language to text.
WORDINGS = ("title", "aim", "involves", "time", "payment", "expenses", "place", "sender")
LONGEST_TITLE, LONGEST = 60, 300
# While it stands so, people are told of it: it must stay fit for that.
_SHOWN = frozenset({ProjectState.OPEN, ProjectState.UNDER_WAY})


class WrongState(Exception):
    """It does not stand so that this can be done; a colleague may have been quicker."""


class NoOutcome(Exception):
    """Nobody was told what came of it, and no reason for that is on record."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a colleague writes about a project. `payment` is in pence; no `places`: as many as like.

    `words` is what is written, by its name in WORDINGS, then by language. `question_set` is a token; empty: none.
    """

    words: Mapping[str, Mapping[str, str]]
    kind: ProjectKind = ProjectKind.PROJECT
    rung: Rung = Rung.CO_PRODUCTION
    paid: bool = False
    payment: int | None = None
    ways: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    places: int | None = None
    places_by: PlacesBy = PlacesBy.FIRST
    decided_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    question_set: str = ""
    public: bool = False

    def columns(self, tx: Tx) -> dict[str, Any]:
        """As the table has it."""
        asked = question_sets.newest(tx, self.question_set) if self.question_set else None
        days = {name: getattr(self, name) for name in ("decided_on", "starts_on", "ends_on")}
        written = {name: {tag: text for tag, text in self.words.get(name, {}).items() if text} for name in WORDINGS}
        return {
            "words": {name: wording for name, wording in written.items() if wording},
            "kind": self.kind.value,
            "rung": self.rung.value,
            "paid": self.paid,
            "payment": self.payment if self.paid else None,
            **{name: list(getattr(self, name)) for name in ("ways", "topics", "districts")},
            "places": self.places,
            "places_by": self.places_by.value,
            **{name: day.isoformat() if day else None for name, day in days.items()},
            "question_set_id": asked.id if asked is not None else None,
            "public": self.public,
        }


def add(tx: Tx, colleague: Colleague, draft: Draft, now: datetime) -> Record:
    """A new project, which nobody outside the team hears of yet."""
    row = projects.add(
        tx,
        token=token(),
        state=ProjectState.DRAFT,
        **draft.columns(tx),
        created_by=colleague.id,
        created_at=now,
        changed_at=now,
    )
    audit.record(tx, now, Act.PROJECT_ADDED, colleague.id, about=row.token, title=said(row, "title", SOURCE_LANGUAGE))
    return row


def change(
    tx: Tx, colleague: Colleague, row: Record, draft: Draft, now: datetime, organisation: Organisation
) -> Record:
    """Have it be so from now on. Raises NotReady where people are told of it and it would not be fit for that."""
    return write(tx, colleague, row, draft.columns(tx), now, organisation)


def write(
    tx: Tx, colleague: Colleague, row: Record, values: Mapping[str, Any], now: datetime, organisation: Organisation
) -> Record:
    """Change these columns, on record. Raises NotReady as `change` does."""
    told: dict[str, Any] = {
        name: [getattr(row, name), value] for name, value in values.items() if getattr(row, name) != value
    }
    if not told:
        return row
    after = projects.change(tx, row.id, {**{name: new for name, (_old, new) in told.items()}, "changed_at": now})
    if row.state in _SHOWN and (missing := _new_lacks(row, after, _today(now, organisation))):
        raise NotReady(missing)
    audit.record(tx, now, Act.PROJECT_CHANGED, colleague.id, about=row.token, **told)
    return after


def _new_lacks(before: Record, after: Record, today: date) -> dict[str, str]:
    """What it lacks now and did not before: a day that has gone by since holds nothing up."""
    had = lacks(before, today)
    return {name: says for name, says in lacks(after, today).items() if name not in had}


def _today(now: datetime, organisation: Organisation) -> date:
    return now.astimezone(organisation.zone).date()


def set_code(
    tx: Tx, colleague: Colleague, row: Record, word: str, now: datetime, organisation: Organisation
) -> Refusal | None:
    """From now on people text this word to hear about it; no word: none. It is no other project's, and no poster's."""
    had = codes.get(tx, row.code_id) if row.code_id is not None else None
    if word.upper() == (had.code if had is not None else ""):
        return None
    known = None
    if word:
        label = said(row, "title", SOURCE_LANGUAGE)[: join_codes.LONGEST_LABEL]
        if not _was_its_own(tx, word, label):
            refusal = join_codes.add(tx, now, colleague.id, word, label, "", "", organisation)
            if refusal is not None:
                return refusal
        known = codes.find(tx, word)
    write(tx, colleague, row, {"code_id": known.id if known is not None else None}, now, organisation)
    return None


def _was_its_own(tx: Tx, word: str, label: str) -> bool:
    """It had this word before, gave it up, and nobody else has it now."""
    known = codes.find(tx, word)
    return known is not None and known.label == label and projects.by_code(tx, known.id) is None


def code_of(tx: Tx, row: Record) -> str:
    """What to text to hear about it; empty where there is no such word."""
    return str(codes.get(tx, row.code_id).code) if row.code_id is not None else ""


def open_(tx: Tx, colleague: Colleague, row: Record, now: datetime, organisation: Organisation) -> Record:
    """From now on people may say that they are interested; once under way, again. Raises NotReady, WrongState."""
    if row.state not in {ProjectState.DRAFT, ProjectState.UNDER_WAY}:
        raise WrongState
    if missing := lacks(row, _today(now, organisation)):
        raise NotReady(missing)
    return _go(tx, colleague, row, ProjectState.OPEN, now)


def begin(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> Record:
    """It is under way: nobody new is asked. Raises WrongState."""
    if row.state != ProjectState.OPEN:
        raise WrongState
    return _go(tx, colleague, row, ProjectState.UNDER_WAY, now)


def finish(tx: Tx, colleague: Colleague, row: Record, now: datetime, why: str = "") -> Record:
    """It is over. Where the broadcast with its outcome was let go, everybody was told; else a reason is needed.

    `why` is the reason why nobody is told what came of it, or not yet. Raises NoOutcome, WrongState.
    """
    if row.state not in _SHOWN:
        raise WrongState
    outcome = projects.outcome_of(tx, row.id)
    if outcome is None and not why:
        raise NoOutcome
    if outcome is not None:
        return _go(tx, colleague, row, ProjectState.TOLD, now, outcome_id=outcome)
    return _go(tx, colleague, row, ProjectState.FINISHED, now, no_outcome_why=why)


def told(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> Record:
    """Everybody was told what came of it, after it was over. Raises NoOutcome, WrongState."""
    if row.state != ProjectState.FINISHED:
        raise WrongState
    outcome = projects.outcome_of(tx, row.id)
    if outcome is None:
        raise NoOutcome
    return _go(tx, colleague, row, ProjectState.TOLD, now, outcome_id=outcome)


def not_told(tx: Tx, colleague: Colleague | None, project_id: int, broadcast_id: int, now: datetime) -> None:
    """The broadcast with its outcome was taken back before anybody got it: unless another tells it, nobody was told."""
    row = projects.get(tx, project_id)
    if row.state != ProjectState.TOLD or row.outcome_id != broadcast_id:
        return
    other = projects.outcome_of(tx, row.id)
    _go(tx, colleague, row, ProjectState.TOLD if other is not None else ProjectState.FINISHED, now, outcome_id=other)


def _go(tx: Tx, colleague: Colleague | None, row: Record, state: ProjectState, now: datetime, **more: Any) -> Record:
    by = colleague.id if colleague is not None else None
    changed: dict[str, Any] = {name: [getattr(row, name), new] for name, new in {"state": state.value, **more}.items()}
    audit.record(tx, now, Act.PROJECT_CHANGED, by, about=row.token, **changed)
    return projects.change(tx, row.id, {"state": state, **more, "changed_at": now})
