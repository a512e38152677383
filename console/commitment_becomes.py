"""What becomes of a promise: another day, another owner, done, or stopped. Those whom it concerns are told why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from bank import commitment_changes, commitment_tellings
from bank.commitment_check import WrongState
from bank.commitment_owner import everybody
from bank.commitment_words import LONGEST
from bank.lacking import NotReady
from bank.told_facts import language_name
from console.commitment import find, home
from console.commitment_form import due, wording
from console.commitments import HOME, spoken, title_of
from console.page import Asked, Handler, Missing, page
from console.project import beside
from console.who import ANYBODY
from storage import commitments as kept
from storage import staff
from storage.commitments import CommitmentState, Part
from storage.schema import Record
from storage.store import Tx

_GONE = "Somebody has changed it in the meantime. Look at it again"
_DAY = "Enter by when, such as 29 1 2027"
_ONLY_OPEN = frozenset({CommitmentState.OPEN})
Keep = Callable[[Asked, Tx, Record, Mapping[str, str]], object]


@dataclass(frozen=True, slots=True)
class Change:
    """One of these pages: its heading, the words that it asks for (field, label, hint), the press, and what follows.

    `only` are the states in which there is something to do. Nobody is told where it `tells` nobody.
    """

    name: str
    heading: str
    press: str
    done: str
    keep: Keep
    field: str = ""
    label: str = ""
    hint: str = ""
    tells: bool = True
    only: frozenset[CommitmentState] = _ONLY_OPEN


def _move(asked: Asked, tx: Tx, row: Record, why: Mapping[str, str]) -> object:
    now, organisation = asked.now, asked.room.organisation
    return commitment_changes.move(tx, asked.colleague, row, due(asked), why, now, organisation)


def _hand_over(asked: Asked, tx: Tx, row: Record, _words: Mapping[str, str]) -> object:
    return commitment_changes.hand_over(tx, asked.colleague, row, asked.form.text("owner"), asked.now)


def _done(asked: Asked, tx: Tx, row: Record, outcome: Mapping[str, str]) -> object:
    return commitment_changes.done(tx, asked.colleague, row, outcome, asked.now)


def _stop(asked: Asked, tx: Tx, row: Record, why: Mapping[str, str]) -> object:
    return commitment_changes.stop(tx, asked.colleague, row, why, asked.now)


CHANGES = (
    Change(
        "move",
        "Move it to another day",
        "Move it, and tell them",
        "commitment_moved",
        _move,
        "why",
        "Why is the day moved?",
        "People read this. For example: the printer is not free before February",
    ),
    Change(
        "owner",
        "Give it to somebody else",
        "Give it to them",
        "commitment_handed",
        _hand_over,
        tells=False,
        only=frozenset(CommitmentState) - {CommitmentState.STOPPED},
    ),
    Change(
        "done",
        "It is done",
        "It is done: ask those who said it",
        "commitment_done",
        _done,
        "outcome",
        "What was done?",
        "People read this, as a whole sentence. For example: The new bills went out in January",
    ),
    Change(
        "stop",
        "It will not be kept",
        "Stop it, and tell them",
        "commitment_stopped",
        _stop,
        "why",
        "Why will it not be kept?",
        "People read this. For example: there is no money for it this year",
    ),
)


def _find(asked: Asked, tx: Tx, change: Change) -> Record:
    """The commitment. Raises Missing where this cannot become of it."""
    row = find(asked, tx, change=True)
    if row.state not in change.only:
        raise Missing
    return row


async def _show(asked: Asked, change: Change) -> Response:
    def look(tx: Tx) -> dict[str, Any]:
        row = _find(asked, tx, change)
        parts = list(commitment_tellings.parts(tx, row).values()) if change.tells else []
        return {
            "row": row,
            "said": parts.count(Part.SAID),
            "came": parts.count(Part.CAME),
            "owner": staff.get(tx, row.owner_id).token if row.owner_id is not None else "",
            "team": [("", "Choose somebody"), *((one.token, one.name) for one in everybody(tx))],
        }

    seen = await asked.read(look)
    row, tags = seen["row"], asked.room.organisation.catalogs.spoken
    written = _words(asked, change)
    return asked.page(
        "commitment_becomes.html",
        change.heading,
        **seen,
        change=change,
        name=title_of(row),
        first=spoken(row.first_on) if row.first_on else "",
        by=spoken(row.due_on) if row.due_on else "",
        tongues={tag: language_name(tag) for tag in tags},
        plainer=beside(asked, {change.field: written}) if change.field else {},
    )


def _words(asked: Asked, change: Change) -> dict[str, str]:
    return wording(asked, change.field, LONGEST["outcome"]) if change.field else {}


async def _keep(asked: Asked, change: Change) -> Response:
    words = _words(asked, change)
    if change.name == "move" and due(asked) is None:
        asked.form.mistakes.setdefault("due", _DAY)
    if asked.form.mistakes or asked.form.text("press") == "look":
        return await _show(asked, change)
    try:
        await asked.write(lambda tx: change.keep(asked, tx, kept.locked(tx, _find(asked, tx, change).id), words))
    except NotReady as why:
        asked.form.mistakes |= why.lacks
    except WrongState:
        asked.form.mistakes["state"] = _GONE
    return await _show(asked, change) if asked.form.mistakes else asked.back(home(asked), done=change.done)


def _handlers(change: Change) -> tuple[Handler, Handler]:
    async def show(asked: Asked) -> Response:
        return await _show(asked, change)

    async def keep(asked: Asked) -> Response:
        return await _keep(asked, change)

    return show, keep


PAGES = tuple(
    page(f"{HOME}/{{token}}/{change.name}", ANYBODY, get=show, post=keep)
    for change in CHANGES
    for show, keep in (_handlers(change),)
)
