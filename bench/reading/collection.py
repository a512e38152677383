"""The labelled collections: replies as people write them, and what a careful friend would take each to mean."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2] / "tests" / "collections"


@dataclass(frozen=True, slots=True)
class Reply:
    """One line of a collection. `answer` is "yes", "no", "maybe", "-" for none, or "?" for "ask again".

    `options` are those that were shown, for a choice.
    """

    language: str
    asked: str
    meaning: str
    answer: str
    value: str
    also: tuple[str, ...]
    group: str
    text: str
    options: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """The same for two that differ in capitals, spaces and marks alone."""
        return self.language, "".join(letter for letter in self.text.casefold() if letter.isalnum()) or self.text

    @property
    def is_held_back(self) -> bool:
        """One in twelve, by its words: training with --holding-out does not see it."""
        return int(hashlib.sha256(self.text.casefold().encode()).hexdigest(), 16) % 12 == 0


def replies(which: str, language: str | None = None) -> list[Reply]:
    """Everything in one collection ("replies" or "unseen"), in a fixed order."""
    return [
        reply
        for file in sorted((ROOT / which).rglob("*.tsv"))
        for reply in _read(file, file.parent.name if file.parent.name != which else file.stem)
        if language in {None, reply.language}
    ]


def unseen() -> list[Reply]:
    """What is only ever measured, without what somebody else happened to write in the other collection too."""
    known = {reply.key for reply in replies("replies")}
    return [reply for reply in replies("unseen") if reply.key not in known]


def _read(file: Path, language: str) -> Iterator[Reply]:
    for line in file.read_text(encoding="utf-8").splitlines():
        asked, meaning, answer, value, also, group, text = line.split("\t")
        options: tuple[str, ...] = ()
        if asked == "choice":
            shown, _end, text = text.removeprefix("[[").partition("]]")
            options = tuple(shown.split("|"))
        carried = tuple(also.split(",")) if also != "-" else ()
        yield Reply(language, asked, meaning, answer, value, carried, group, text.replace("\\n", "\n").strip(), options)
