"""The words of a commitment: what is written in each language, and how it reads when put together.

`heard`, `will` and `why` go on after "You said", "We will" and "We can't, because": none begins a sentence or ends one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bank.organisation import Organisation
from flows.grammar import Choose
from flows.told import TOLD
from flows.told_words import ALOUD
from language.dates import day
from language.wording import SOURCE_LANGUAGE, base
from storage.commitments import CommitmentKind
from storage.schema import Record

# What is written before it is promised, and how long each may be; `outcome` is written when it is done.
LONGEST: Mapping[str, int] = {"title": 40, "heard": 120, "will": 120, "why": 120, "outcome": 160}
WRITTEN = ("title", "heard", "will", "why")
Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """What was just typed, and is not kept yet: as a row has it."""

    kind: str
    words: Mapping[str, Mapping[str, str]]
    due_on: str | None
    first_on: str | None = None


Worded = Record | Written


def said(row: Worded, name: str, language: str) -> str:
    """What is written under that name, in this language or else in English; empty where nothing is."""
    wording: Mapping[str, str] = row.words.get(name) or {}
    return wording.get(language) or wording.get(base(language)) or wording.get(SOURCE_LANGUAGE) or ""


def title(row: Worded) -> str:
    return said(row, "title", SOURCE_LANGUAGE)


def facts(row: Worded, language: str) -> Facts:
    """What may be told of it: title, heard, will, why, outcome; due and first, as "Friday 29 January". Else empty."""
    days = {"due": row.due_on, "first": row.first_on or row.due_on}
    told = {name: day(date.fromisoformat(on), base(language)) if on else "" for name, on in days.items()}
    return {**{name: said(row, name, language) for name in LONGEST}, **told}


def read(row: Worded, language: str, organisation: Organisation) -> str:
    """Both halves of it in one language: what was said, and what we will do, or why we can't."""
    return organisation.catalogs.render(ALOUD[_how(row)], language, _values(row, language, organisation))


def told(row: Worded, language: str, organisation: Organisation) -> str:
    """How those who said it are told of it, and asked whether it is what they meant."""
    step, values = TOLD.steps[_how(row)], _values(row, language, organisation)
    return organisation.catalogs.render(step.text, language, values) if isinstance(step, Choose) else ""


def _how(row: Worded) -> str:
    """What it is called among the words by which it is told."""
    return "cannot" if row.kind == CommitmentKind.CANNOT else "promised"


def _values(row: Worded, language: str, organisation: Organisation) -> Facts:
    known = facts(row, language)
    return {**known, "council": organisation.council, "because": known["why"], "done_by": known["due"]}


def shown(row: Worded, organisation: Organisation) -> dict[str, str]:
    """How it reads in each language in which it is written, as it is approved: its title, and both halves."""
    written = {tag for name in WRITTEN for tag in row.words.get(name) or {}}
    return {tag: f"{said(row, 'title', tag)}\n{read(row, tag, organisation)}" for tag in sorted(written)}


def exact(row: Worded) -> str:
    """All that is promised, in every language, as an approval of it is about. What was done because of it is not."""
    words = {name: row.words.get(name) or {} for name in WRITTEN}
    return json.dumps([row.kind, row.first_on or row.due_on, words], sort_keys=True, ensure_ascii=False)


def tidy(words: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """As it is kept: on one line, and without the full stop that its sentence has already; nothing that is empty."""
    kept: dict[str, dict[str, str]] = {}
    for name, wording in words.items():
        lines = {tag: " ".join(text.split()) for tag, text in wording.items()}
        stops = "" if name == "outcome" else "."
        if found := {tag: text.rstrip(stops) if stops else text for tag, text in lines.items() if text}:
            kept[name] = found
    return kept
