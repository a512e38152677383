"""Likeness: whether two questions ask the same."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.fuzz import ratio, token_set_ratio, token_sort_ratio

from language import kinds
from language.alike import ignored
from language.courtesies import core
from language.normal import words
from language.tables import word_set

_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")
_LONGEST = 400  # characters of a question that are compared
# Words that turn a question round: who asks with one more or one fewer of them asks something else.
_TURNS = frozenset({"not", "no", "without", "never", "except", "nie", "bez", "nigdy"})
_WHY = frozenset(
    {"why", "who", "where", "when", "how", "what", "which", "dlaczego", "kto", "gdzie", "kiedy", "jak", "co", "ile"}
)


@lru_cache(maxsize=2048)
def question_in(text: str, language: str) -> str:
    """The sentences of a message that ask something; all of it where none can be told from the others."""
    text = text[:_LONGEST]
    asking = [part.strip() for part in _SENTENCE.findall(text) if kinds.asks_beside(part, language)]
    return " ".join(asking) or text.strip()


def alike(one: str, other: str) -> float:
    """How much two questions look the same to somebody who skims them, 0 to 100."""
    mine, theirs = " ".join(_said(one)), " ".join(_said(other))
    if not mine or not theirs:
        return 0.0
    return max(token_sort_ratio(mine, theirs), 0.9 * token_set_ratio(mine, theirs))


def same(one: str, other: str, language: str) -> float:
    """How sure it is that both ask exactly the same, 0 to 100; nothing where they differ in a word that matters."""
    mine, theirs = (core(_said(question_in(text, language)), language) for text in (one, other))
    if _turned(mine) != _turned(theirs) or not mine or not theirs:
        return 0.0
    if not _covers(_weighty(mine, language), _weighty(theirs, language)):
        return 0.0
    return token_sort_ratio(" ".join(mine), " ".join(theirs))


# From here on two questions are taken to be the same without anybody looking.
SURE = 88.0
# From here on somebody who answers one is shown the other.
LIKELY = 70.0


def _covers(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Each word that tells what is asked has its like on the other side, a slip of a letter allowed."""
    sides = ((mine, theirs), (theirs, mine))
    return bool(mine or theirs) and all(
        any(ratio(word, one) >= _LIKE for one in others) for some, others in sides for word in some
    )


_LIKE = 85.0


@lru_cache(maxsize=2048)
def _said(text: str) -> tuple[str, ...]:
    return words(text[:_LONGEST])


def _turned(said: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in said if word in _TURNS or word in _WHY or word.isdecimal())


def _weighty(said: tuple[str, ...], language: str) -> frozenset[str]:
    """The words that tell what it is about."""
    light = ignored(language) | word_set(language, "reply", "question")
    return frozenset(word for word in said if word not in light and len(word) > 1)
