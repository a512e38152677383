"""Partly: neither yes nor no, but something of both: "kind of", "not always", "a bit"."""

from __future__ import annotations

from language.courtesies import core
from language.normal import words
from language.tables import phrases


def is_partly(text: str, language: str) -> bool:
    """It is all that the text says, courtesies aside. "Kind of sad" is something else."""
    table, said = phrases(language, "partly"), words(text)
    return bool(table.whole(said) or table.whole(core(said, language)))
