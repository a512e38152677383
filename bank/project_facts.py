"""What is told of a project: each thing in one language, as flows, broadcasts and posters say it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from bank.organisation import Organisation
from flows.about_you import WAYS
from flows.grammar import Choose
from flows.project_words import RUNGS, UNPAID
from language.dates import day
from language.wording import SOURCE_LANGUAGE, Words, base
from storage.schema import Record

_ASKED = WAYS.steps["ask"]
# The ways to take part, by id, as people choose among them.
WAY_WORDS: Mapping[str, Words] = (
    {choice.id: choice.label for choice in _ASKED.choices if choice.label is not None}
    if isinstance(_ASKED, Choose) and isinstance(_ASKED.choices, tuple)
    else {}
)


def said(row: Record, name: str, language: str) -> str:
    """What is written under that name, in this language or else in English; empty where nothing is."""
    wording: Mapping[str, str] = row.words.get(name) or {}
    return wording.get(language) or wording.get(base(language)) or wording.get(SOURCE_LANGUAGE) or ""


def facts(row: Record, language: str, organisation: Organisation) -> Mapping[str, str]:
    """What may be told of it: project, aim, involves, time, payment, expenses, place, ways, rung_sentence, sender,
    starts, ends, decided. What nobody has written is empty; days are said as "Thursday 3 December".
    """
    render = partial(organisation.catalogs.render, language=language, values={})
    ways = ", ".join(render(WAY_WORDS[way]) for way in WAY_WORDS if way in row.ways)
    own = {name: said(row, name, language) for name in ("aim", "involves", "time", "expenses")}
    return {
        **own,
        "project": said(row, "title", language),
        "payment": said(row, "payment", language) if row.paid else render(UNPAID),
        "place": said(row, "place", language) or ways,
        "ways": ways,
        "rung_sentence": render(RUNGS[row.rung]),
        "sender": said(row, "sender", language) or organisation.council,
        "starts": _day(row.starts_on, language),
        "ends": _day(row.ends_on, language),
        "decided": _day(row.decided_on, language),
    }


def _day(kept: str | None, language: str) -> str:
    return day(date.fromisoformat(kept), base(language)) if kept else ""
