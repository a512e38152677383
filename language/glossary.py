"""What the words of care mean, in one plain sentence each; and whether a message asks for one of them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from language.courtesies import Said, core
from language.normal import clauses, words
from language.own import own
from language.phrases import Phrases
from language.tables import ENGLISH, known, phrases

_FOLDER = Path(__file__).with_suffix("")
# Ends only what began as a question: "I don't know what respite is".
_BEGUN = "begun"


def asked_word(text: str, language: str) -> str | None:
    """The entry that a message asks about and nothing else ("what is a direct payment?"), or None.

    Asked in the person's language or in English, about a word of either.
    """
    said = _one_part(text, language)
    begins = phrases(language, "what_is.before").at(said, 0)
    rest = said[begins.end :] if begins else said
    ends = next((one for one in phrases(language, "what_is.after").all(rest) if one.end == len(rest)), None)
    if begins is None and (ends is None or ends.label == _BEGUN):
        return None
    return _names(known(language)).whole(rest[: ends.start] if ends else rest)


def meaning(entry: str, language: str) -> str:
    """What it means, in that language, or in English where only that has it. Raises KeyError for no entry."""
    theirs, english = _entries(known(language)), _entries(ENGLISH)
    return str((theirs.get(entry) or english[entry])["means"])


def _one_part(text: str, language: str) -> Said:
    """The words of the one clause that is more than a courtesy; empty where there are several."""
    parts = [said for part in clauses(own(text)) if (said := core(part, language))]
    return parts[0] if len(parts) == 1 else ()


@cache
def _names(language: str) -> Phrases:
    """The names in English and in the language itself, which wins: people meet both."""
    names = Phrases()
    for tag in dict.fromkeys((ENGLISH, language)):
        for entry, about in _entries(tag).items():
            names.add([" ".join(words(line)) for line in about["says"]], entry)
    return names


@cache
def _entries(language: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
