"""Beside: what a reply carries besides its answer that changes what comes next."""

from __future__ import annotations

from language.everywhere import Word
from language.normal import clauses
from language.own import own
from language.tables import phrases


def asks_for_fewer(text: str, language: str) -> bool:
    """It asks somewhere, in more than one word, that we text them less."""
    table = phrases(language, "everywhere.whole")
    found = (table.at(part, start) for part in clauses(own(text)) for start in range(len(part) - 1))
    return any(one is not None and one.label == Word.LESS and one.end - one.start > 1 for one in found)


def changes_mind(text: str, language: str) -> bool:
    """It says that something is not as they said before: "actually", "after all"."""
    return any(True for part in clauses(own(text)) for _one in phrases(language, "changed").all(part))
