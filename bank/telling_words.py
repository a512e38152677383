"""The words of a telling: one thing in whole sentences, or a list in short lines; never more than three segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bank import getting_to_know, voice
from bank.organisation import Organisation
from bank.telling_facts import MORE_THAN_SHOWN, OF, asks, values
from bank.visit import Visit
from flows import engine
from flows.fit import as_sms
from flows.told import MOST, TOLD
from flows.told_words import ALOUD, ALOUD_OF_OTHERS, ASKED
from language.sms import length
from storage.commitments import Part
from storage.schema import Record
from storage.store import Tx

_MOST_SEGMENTS = 3


def fitting(visit: Visit, going: Sequence[Record]) -> dict[str, Any]:
    """The answers with which the conversation begins that tells all of it, as far as that fits."""
    if len(going) == 1 and _segments(visit, one := of_one(going[0])) <= _MOST_SEGMENTS:
        return one
    first = sorted(going, key=lambda row: (not asks(row), row.id))
    for shown in range(min(len(first), MOST), 1, -1):
        if _segments(visit, several := of_several(first[:shown], len(first) - shown)) <= _MOST_SEGMENTS:
            return several
    return of_several(first[:1], len(first) - 1)


def of_one(row: Record) -> dict[str, Any]:
    return {"told": {OF: [row.token]}, "event": row.event, "part": row.part, "asks": asks(row)}


def of_several(rows: Sequence[Record], more: int = 0) -> dict[str, Any]:
    asked = {asks(row) for row in rows} - {""}
    told = {OF: [row.token for row in rows], **({MORE_THAN_SHOWN: more} if more else {})}
    return {"told": told, "several": True, "asks": asked.pop() if len(asked) == 1 else "both" if asked else ""}


def _segments(visit: Visit, answers: Mapping[str, Any]) -> int:
    facts = visit.facts_about(answers)
    said = getting_to_know.for_whom(visit, engine.begin(TOLD, facts, answers).say[-1])
    spoken = voice.speak(said, visit.organisation.catalogs, visit.language, facts)
    labels = tuple(label for _id, label in spoken.options)
    return length(as_sms(spoken.text, labels, one_line=spoken.one_line)).segments


def aloud(tx: Tx, row: Record, telling: Record, language: str, organisation: Organisation) -> str:
    """All of one thing, as a colleague says it, with what is asked about it."""
    of_others = ALOUD_OF_OTHERS if telling.part == Part.CAME else {}
    known = values(tx, row, telling.event, language, organisation)
    render = organisation.catalogs.render
    said = render(of_others.get(telling.event, ALOUD[telling.event]), language, known)
    asked = asks(telling)
    return f"{said} {render(ASKED[asked], language, {})}" if asked else said
