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


def names_all(text: str, language: str) -> bool:
    """All of what is listed, and nothing else: "both", "all of them"."""
    return " ".join(words(own(text))) in word_set(language, "told_words", "every")


def names_none(text: str, language: str) -> bool:
    """None of what is listed, and nothing else: "neither", "none of them"."""
    return " ".join(words(own(text))) in word_set(language, "told_words", "none")


def by_number(text: str, language: str) -> dict[int, bool]:
    """Whether it is so, for each number that has an answer beside it, counted from 0: "1 yes 2 no", "yes to 1"."""
    said = words(own(text))
    places = [place for place, word in enumerate(said) if word.isdecimal() and len(word) == 1 and word != "0"]
    found: dict[int, bool] = {}
    beside: bool | None = None
    for start, end in reversed([*zip(places, [*places[1:], len(said)], strict=False)]):
        after = said[start + 1 : end]
        joined = word_set(language, "told_words", "joins").issuperset(after)  # "1 and 2 yes"
        beside = beside if joined else _holds(after, language)
        if beside is None and start == places[0]:
            beside = _holds(said[:start], language)
        if beside is not None:
            found[int(said[start]) - 1] = beside
    return found


def _holds(part: tuple[str, ...], language: str) -> bool | None:
    """Whether these words say that it is so; None where they say neither."""
    text = " ".join(part)
    if (told := heard(text, language)) is not None:
        return told.means is Means.RIGHT
    if not word_set(language, "told_words", "denies").isdisjoint(part):
        return False
    stands = stance(text, language).label
    if stands in {"yes", "no"}:
        return stands == "yes"
    return None if word_set(language, "told_words", "so").isdisjoint(part) else True


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
    return [
        word for place, word in enumerate(part) if place not in taken and word not in empty and not word.isdecimal()
    ]
