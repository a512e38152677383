"""Reading a number that was asked for, whatever it counts: in figures or in words, alone or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from language.courtesies import Said, core
from language.normal import plain, words
from language.reading import Meaning, Reading
from language.tables import amounts, numbers, word_set

_MOST_DIGITS = 6  # more is a telephone number, or a slip
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})(?:[ ,]\d{3})+(?![\d.,])")
_FIGURE = re.compile(r"(?<![\d.,])\d+(?:[.,]\d{1,2})?(?![.,]?\d)")
_BELOW_ZERO = re.compile(r"(?<![\w])-\s?\d")
_ANY_DIGIT = re.compile(r"\d")
_MANY_WORDS = 4  # beside a number: in more, it may be about something else


def number(text: str, language: str) -> Reading:
    """The number as digits, with a point before its decimals: "about 20 hours" is "20", "2 or 3" is none.

    Unsure where words beside it may change it ("more than 20"), where it was asked ("20?"), and of a bare "no".
    """
    matching = _THOUSANDS.sub(lambda found: re.sub(r"[ ,]", "", found[0]), plain(text))
    written = _FIGURE.findall(matching)
    left = words(_FIGURE.sub(" ", matching))
    centre = core(left, language)
    because = " ".join(words(text))
    if _ANY_DIGIT.search(" ".join(left)):
        return Reading(because=because)  # a date, a time, a postcode
    spoken, rest = _spoken(centre, language)
    if not written and not spoken:
        return _none(centre, because, language)
    if len(written) + len(spoken) != 1:
        return Reading(because=because)
    value = _tidy(written[0]) if written else str(spoken[0])
    if len(value.partition(".")[0]) > _MOST_DIGITS:
        return Reading(because=because)
    sure = "?" not in text and not _BELOW_ZERO.search(matching) and _changes_nothing(rest, language)
    return Reading(value=value, sure=sure, because=because, firm=sure)


def _tidy(figure: str) -> str:
    """As digits without zeros that say nothing: "007" is "7", "2,50" is "2.5"."""
    whole, _point, decimals = figure.replace(",", ".").partition(".")
    decimals = decimals.rstrip("0")
    return f"{int(whole)}.{decimals}" if decimals else str(int(whole))


def _spoken(said: Said, language: str) -> tuple[list[int], tuple[str, ...]]:
    """The numbers in words ("twenty five" is one), and the other words."""
    found: list[int] = []
    rest: list[str] = []
    for tens, unit, word in _runs(said, language):
        if word:
            rest.append(word)
        else:
            found.append(tens + unit)
    return found, tuple(rest)


def _runs(said: Said, language: str) -> Iterator[tuple[int, int, str]]:
    """Each number as its tens and what is added to them, or a word that is none."""
    tens = 0
    units, big = numbers(language), amounts(language)
    ordinals = word_set(language, "rating_words", "ordinals")
    for word in said:
        unit = units.get(word) if word not in ordinals else None
        if tens and unit is not None and 0 < unit < 10:
            yield tens, unit, ""
            tens = 0
            continue
        if tens:
            yield tens, 0, ""
        tens = big.get(word, 0)
        if unit is not None:
            tens = unit if unit == 20 else 0
            if not tens:
                yield 0, unit, ""
        elif not tens:
            yield 0, 0, word
    if tens:
        yield tens, 0, ""


def _none(said: Said, because: str, language: str) -> Reading:
    """None at all is 0; a bare "no" may be that, or a wish not to tell."""
    if not said:
        return Reading(because=because)
    if " ".join(said) in word_set(language, "number", "none"):
        return Reading(value="0", sure=True, because=because, firm=True)
    if " ".join(said) in word_set(language, "reply", "no_one"):
        return Reading(Meaning.NO, "0", sure=False, because=because)
    return Reading(because=because)


def _changes_nothing(rest: Said, language: str) -> bool:
    tables = (("number", "doubts"), ("reply", "negation"), ("rating_words", "ordinals"))
    doubts = frozenset().union(*(word_set(language, *table) for table in tables))
    beside = [word for word in rest if word not in word_set(language, "number", "glue")]
    return doubts.isdisjoint(rest) and len(beside) <= _MANY_WORDS
