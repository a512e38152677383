"""What a conversation about what to arrange may know and say. Which meeting it is about stands among its answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from bank import needs_known
from bank.organisation import Organisation
from flows.arranged_words import BOOKED, COULD_NOT
from storage import arrangements, meetings
from storage.arrangements import ArrangementKind, ArrangementState
from storage.schema import Record
from storage.store import Tx

# Needed only where the meeting takes place: who joins from home does without.
IN_THE_ROOM = frozenset(
    {
        ArrangementKind.STEP_FREE,
        ArrangementKind.TRANSPORT,
        ArrangementKind.LOOP,
        ArrangementKind.PARKING,
        ArrangementKind.QUIET,
        ArrangementKind.FOOD,
    }
)


class Told(NamedTuple):
    """What they are told of one thing: its kind, and a colleague's note."""

    kind: str
    note: str | None


def about(
    tx: Tx, person: Record | None, meeting_token: str | None, organisation: Organisation, language: str
) -> dict[str, Callable[[], Any]]:
    """Each value of flows.arranged, worked out when it is asked for."""

    def rows(*states: ArrangementState) -> list[Record]:
        meeting = meetings.by_token(tx, meeting_token) if meeting_token else None
        if meeting is None or person is None:
            return []
        return [row for row in arrangements.of(tx, meeting.id, person.id) if row.state in states]

    def known() -> str:
        kinds = (one.kind for one in needs_known.known(tx, person)) if person is not None else ()
        return needs_known.spoken(kinds, language, organisation)

    return {
        "known_needs": known,
        "arranged": lambda: booked(
            [Told(row.kind, row.note) for row in rows(ArrangementState.BOOKED) if not row.told], language, organisation
        ),
        "not_arranged": lambda: could_not(
            [Told(row.kind, row.note) for row in rows(ArrangementState.COULD_NOT)], language, organisation
        ),
        "settled_online": lambda: all(row.kind in IN_THE_ROOM for row in rows(ArrangementState.COULD_NOT)),
    }


def booked(rows: Iterable[Told], language: str, organisation: Organisation) -> str:
    """That these are booked, a sentence for each, with what a colleague tells them of it."""
    told = []
    for row in rows:
        told += [organisation.catalogs.render(BOOKED[row.kind], language, {}), _sentence(row.note)]
    return " ".join(one for one in dict.fromkeys(told) if one)


def could_not(rows: Iterable[Told], language: str, organisation: Organisation) -> str:
    """That these could not be had: the first in the middle of a sentence, each of the others a sentence."""
    told: list[str] = []
    for row in rows:
        said = organisation.catalogs.render(COULD_NOT[row.kind], language, {})
        told += [_begun(said) if told else said, _sentence(row.note)]
    return " ".join(one for one in dict.fromkeys(told) if one)


def _begun(said: str) -> str:
    return said[:1].upper() + said[1:]


def _sentence(note: str | None) -> str:
    said = (note or "").strip()
    return said if not said or said[-1] in ".!?" else f"{said}."
