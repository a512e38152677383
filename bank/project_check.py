"""Whether a project may be opened: what it lacks, in plain words, each by the field where it is put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bank.project_facts import said
from flows.project_words import ROOM, ROOM_TOGETHER, TOGETHER
from language import plain
from language.wording import SOURCE_LANGUAGE
from storage.projects import PlacesBy
from storage.schema import Record

# What is written about a project, by the field, and what to do where it is missing.
NEEDED = {
    "title": "Enter a title",
    "aim": "Enter the aim, in one plain sentence",
    "involves": "Enter what taking part involves",
    "time": "Enter how much time it takes",
}

_TOGETHER = "Where it is, what people are paid and what you pay must be {most} characters or fewer. You have {size}"


def lacks(row: Record, today: date) -> dict[str, str]:
    """What must be put right before it may be opened, by field; empty: nothing."""
    found: dict[str, str] = {}
    for kind in (_words(row), _too_long(row), _pay(row), _places(row, today), _dates(row, today), _chairs(row)):
        for field, says in kind:
            found.setdefault(field, says)
    return found


def _words(row: Record) -> Iterator[tuple[str, str]]:
    for name, says in NEEDED.items():
        if not _in_english(row, name):
            yield f"{name}-{SOURCE_LANGUAGE}", says
    for language, aim in (row.words.get("aim") or {}).items():
        for says in of_aim(aim, language):
            yield f"aim-{language}", says
    if not row.ways:
        yield "ways", "Choose how people can take part"


def _too_long(row: Record) -> Iterator[tuple[str, str]]:
    """What does not fit the screens on which people read it."""
    for name, longest in ROOM.items():
        for language, text in (row.words.get(name) or {}).items():
            if len(text) > longest:
                yield f"{name}-{language}", f"This must be {longest} characters or fewer. You have {len(text)}"
    for language in sorted({tag for name in TOGETHER for tag in row.words.get(name) or {}}):
        size = sum(len(said(row, name, language)) for name in TOGETHER if name != "payment" or row.paid)
        if size > ROOM_TOGETHER:
            yield f"place-{language}", _TOGETHER.format(most=ROOM_TOGETHER, size=size)


def _in_english(row: Record, name: str) -> str:
    wording: Mapping[str, str] = row.words.get(name) or {}
    return wording.get(SOURCE_LANGUAGE, "")


def of_aim(aim: str, language: str) -> Iterator[str]:
    """What is wrong with an aim that is not one plain sentence."""
    if len(plain.sentences(aim)) > 1:
        yield "The aim must be one sentence. Put the rest under what taking part involves"
    for finding in plain.findings(aim, language):
        yield f"The aim must be easier to read. {finding.says}"


def _pay(row: Record) -> Iterator[tuple[str, str]]:
    if row.paid and not row.payment:
        yield "payment", "Enter how much it pays, in pounds"
    if row.paid and not _in_english(row, "payment"):
        yield f"payment-{SOURCE_LANGUAGE}", "Say what people are paid, such as: £20 for each meeting"


def _places(row: Record, today: date) -> Iterator[tuple[str, str]]:
    if row.places_by == PlacesBy.FIRST:
        return
    if not row.places:
        yield "places", "Enter how many places there are"
    if row.decided_on is None:
        yield "decided", "Enter the day by which the places are given"
    elif date.fromisoformat(row.decided_on) < today:
        yield "decided", "The day by which the places are given must be to come"


def _dates(row: Record, today: date) -> Iterator[tuple[str, str]]:
    starts, ends = (date.fromisoformat(kept) if kept else None for kept in (row.starts_on, row.ends_on))
    if ends is None:
        yield "ends", "Enter the day on which it ends"
    elif ends < today:
        yield "ends", "The day on which it ends must be to come"
    elif starts is not None and ends < starts:
        yield "ends", "It cannot end before it starts"
    if row.decided_on and row.ends_on and row.decided_on > row.ends_on:
        yield "decided", "The places must be given before it ends"


def _chairs(row: Record) -> Iterator[tuple[str, str]]:
    if row.staff_chair is None and row.member_chair is None:
        yield "chairs", "Name two co-chairs: one of the team, and one member"
    elif (row.staff_chair is None or row.member_chair is None) and not row.one_chair_why:
        yield "chairs", "Name the other co-chair, or say why there is only one"
