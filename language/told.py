"""What somebody says to what became of their words: it is not what they meant, it is still not so, thanks.

What they say in a question ("is it still not fixed?") is a question.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from language.kinds import asks
from language.kinds import only_thanks as only_thanks
from language.normal import clauses, words
from language.own import own
from language.stance import stance
from language.tables import phrases, word_set

_SENTENCE = re.compile(r"(?<=[.!?\n])\s*")
# Fewer words beside the answer tell nobody what they meant.
_TELLS_MORE = 2
_LEADS = "meant"  # "I meant ...": what follows is it, in however few words


class Means(StrEnum):
    """What a message says to it."""

    NOT_MEANT = "not_meant"
    NOT_FIXED = "not_fixed"
    RIGHT = "right"
    THANKS = "thanks"
    SAID = "said"  # anything else, which a person reads


# Where they say more than one of these, the first is what a person has to know.
_FIRST = (Means.NOT_FIXED, Means.NOT_MEANT, Means.RIGHT)


@dataclass(frozen=True, slots=True)
class Heard:
    """`more`: they tell besides what they meant, or what is not so."""

    means: Means
    because: str
    more: bool = False


def heard(text: str, language: str) -> Heard | None:
    """What they say to it in so many words; None where they say nothing of it. Plain thanks, yes and no are none."""
    table = phrases(language, "told")
    if not any(True for part in clauses(own(text)) for _one in table.all(part)):
        return None
    found: dict[str, str] = {}
    for part in _parts(text, language):
        for one in table.all(part):
            found.setdefault(one.label, " ".join(part[one.start : one.end]))
    if _LEADS in found:
        found.setdefault(Means.NOT_MEANT, found[_LEADS])
    means = next((one for one in _FIRST if one in found), None)
    return Heard(means, found[means], more=tells_more(text, language)) if means is not None else None


def tells_more(text: str, language: str, names: Collection[str] = ()) -> bool:
    """They say more than their answer, and which it is for: what they meant, or what is not so.

    `names` are words by which that is known.
    """
    parts = _parts(text, language)
    left = [word for part in parts for word in _beside(part, language) if word not in names]
    leads = any(one.label == _LEADS for part in parts for one in phrases(language, "told").all(part))
    return len(left) >= (1 if leads else _TELLS_MORE)


def is_yes(text: str, language: str) -> bool:
    """Yes, and nothing else."""
    stands = stance(own(text), language)
    return stands.label == "yes" and stands.sure and stands.whole


def is_no(text: str, language: str) -> bool:
    """No, and nothing else."""
    stands = stance(own(text), language)
    return stands.label == "no" and stands.sure and stands.whole


def _parts(text: str, language: str) -> list[tuple[str, ...]]:
    """The clauses of what they say and do not ask."""
    told = [one for one in _SENTENCE.split(own(text)) if one.strip() and not _is_question(one, language)]
    return [part for one in told for part in clauses(one)]


def _is_question(text: str, language: str) -> bool:
    """It asks. "What I meant was the letters" only begins as if it did."""
    return asks(text, language) and ("?" in text or phrases(language, "told").at(words(text), 0) is None)


def _beside(part: tuple[str, ...], language: str) -> list[str]:
    """The words that are no answer, no courtesy, and only lead from one to the other."""
    answers = [one for name in ("told", "signs") for one in phrases(language, name).all(part)]
    taken = {place for one in answers for place in range(one.start, one.end)}
    empty = word_set(language, "told_words", "empty") | word_set(language, "fillers", "after")
    return [word for place, word in enumerate(part) if place not in taken and word not in empty]
