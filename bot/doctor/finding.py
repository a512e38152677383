"""One thing that was looked at, and how it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`well` is None for what is only to be known. `lines` are to be copied as they stand, or read one by one."""

    name: str
    well: bool | None
    sentence: str
    what_to_do: str = ""
    lines: tuple[str, ...] = ()


def fine(name: str, sentence: str) -> Finding:
    return Finding(name, well=True, sentence=sentence)


def wrong(name: str, sentence: str, what_to_do: str) -> Finding:
    return Finding(name, well=False, sentence=sentence, what_to_do=what_to_do)


def note(name: str, sentence: str, what_to_do: str = "", lines: tuple[str, ...] = ()) -> Finding:
    return Finding(name, well=None, sentence=sentence, what_to_do=what_to_do, lines=lines)
