"""Reading a rating from 1, bad, to 5, very good: in figures, out of ten, in stars and faces, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from language.courtesies import Said, core
from language.figures import figure
from language.kinds import asks
from language.normal import plain, words
from language.parts import opens_question, parts
from language.reading import Reading
from language.tables import phrases, word_set

_BEST, _MIDDLE = 5, 3
_OUT_OF = re.compile(r"(?<![\d.,])(\d{1,3})(?:[.,](\d))? ?(?:/|out of|of|na|z) ?(5|10|100)\b|(?<!\d)(\d{1,3}) ?%")
_SPOKEN = re.compile(r"\b([a-z]+) (?:out of|of) (five|ten|a hundred)\b")
_DECIMAL = re.compile(r"(?<![\d.,])([1-5])[.,](\d)(?![\d.,])")
_REPEATED = re.compile(r"\b([1-5])\1{1,4}\b")
_ISH = re.compile(r"\b([1-5])ish\b")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
_STARS = re.compile("[★⭐🌟]")
_TENS = {"five": 5, "ten": 10, "a hundred": 100}
_FAR, _APART = 1, 1  # between words and a figure; between words
_REVERSED, _SHORT = 2, 5  # "1 very good": a figure and words that far apart, in so few words
_BACK = 3  # words before it in which a "not" turns one round
_MOST_WORDS = 14  # beside words that rate; in more, something else may be told


@dataclass(frozen=True, slots=True)
class _Mark:
    """One rating that was found. `sure`: nothing else it can be."""

    number: int
    said: str
    sure: bool = True


def rating(text: str, language: str) -> Reading:
    """The rating as a digit; unsure where two were given, or words and a figure say different things."""
    matching, said = plain(text), words(text)
    if alone := phrases(language, "rating_alone").whole(core(said, language)):
        return _rated(int(alone), matching, whole=True)
    if share := _share(matching, language):
        return _weighed([share], list(_worded(text, language)), whole=share.said == matching)
    if (stars := len(_STARS.findall(text))) and not any(figure(word, language) for word in said):
        return _rated(min(stars, _BEST), "★" * stars, whole=len(said) <= stars)
    figures = list(_figures(text, language))
    whole = len(figures) == 1 and len(said) == 1
    return _weighed(
        figures,
        list(_worded(text, language)),
        whole=whole,
        said=said,
        asked=asks(text, language),
        sour=_is_sour(said, language),
    )


def _share(matching: str, language: str) -> _Mark | None:
    """4/5, 8 out of 10, 80%, nine out of ten."""
    if found := _OUT_OF.search(matching):
        most = int(found[3] or 100)
        part = min(1.0, float(f"{found[1] or found[4]}.{found[2] or 0}") / most)
        return _Mark(max(1, round(part * _BEST)), found[0])
    spoken = _SPOKEN.search(matching)
    number = figure(spoken[1], language) if spoken else None
    if spoken is None or number is None:
        return None
    return _Mark(max(1, round(min(1.0, number / _TENS[spoken[2]]) * _BEST)), spoken[0])


def _figures(text: str, language: str) -> Iterator[_Mark]:
    """The figures that rate: alone in their clause, first of all, or after "so", "a", "give it"."""
    written = _DECIMAL.sub(lambda found: str(min(_BEST, int(found[1]) + (int(found[2]) >= _BEST))), text)
    for place, (said, asked) in enumerate(parts(_ISH.sub(r"\1", _REPEATED.sub(r"\1", written)))):
        if len(said) == 1 or not (asked or _wonders(said, language)):
            yield from _in_clause(said, language, first=not place)


def _in_clause(said: Said, language: str, *, first: bool) -> Iterator[_Mark]:
    glue = word_set(language, "rating_words", "glue")
    alone = all(word in glue or figure(word, language) is not None for word in said)
    units = word_set(language, "rating_words", "units") | word_set(language, "age", "not_age")
    for place, word in enumerate(said):
        number = figure(word, language)
        if number is None or _ORDINAL.match(word) or word in word_set(language, "rating_words", "ordinals"):
            continue
        before, after = said[place - 1] if place else "", said[place + 1] if place + 1 < len(said) else ""
        if not alone and (after in units or number > _BEST):
            continue
        cued = before in word_set(language, "rating_words", "cue") or after in word_set(
            language, "rating_words", "after"
        )
        begins = first and not place and (not word.isalpha() or after in glue)
        if alone or cued or begins:
            listed = not alone and figure(after, language) is not None
            yield _Mark(number, " ".join(said[: place + 1]), 1 <= number <= _BEST and not listed)


def _worded(text: str, language: str) -> Iterator[_Mark]:
    """What words and faces say, clause by clause."""
    table = phrases(language, "rating")
    for sign in words(text):
        if not sign.isalnum() and (label := table.whole((sign,))):
            yield _Mark(int(label), sign)
    nots = word_set(language, "rating_words", "not")
    for said, asked in parts(text):
        if asked or _wonders(said, language):
            continue
        for found in table.all(said):
            number, told = int(found.label), " ".join(said[found.start : found.end])
            turned = not nots.isdisjoint(said[max(0, found.start - _BACK) : found.start])
            yield _Mark((2 if number > _MIDDLE else 4) if turned else number, told, not turned)


def _wonders(said: Said, language: str) -> bool:
    """It opens as a question does; "is very good" is how some learners say it, "is 5 good" asks."""
    told = (
        said[0] in word_set(language, "picking_words", "is") and figure(said[1] if said[1:] else "", language) is None
    )
    return opens_question(said, language) and not told


def _weighed(
    figures: list[_Mark], worded: list[_Mark], *, whole: bool, said: Said = (), asked: bool = False, sour: bool = False
) -> Reading:
    numbers = {mark.number for mark in figures}
    if numbers:
        last = figures[-1]
        contradicted = any(abs(mark.number - last.number) > _FAR for mark in worded)
        doubted = len(numbers) > 1 or not last.sure or contradicted
        if not 1 <= last.number <= _BEST:
            return Reading()
        return Reading(
            value=str(last.number),
            sure=not doubted,
            because=last.said,
            whole=whole and not doubted,
            firm=0 < len(said) <= _SHORT and any(abs(mark.number - last.number) > _REVERSED for mark in worded),
        )
    if not worded:
        return Reading()
    marks = [mark.number for mark in worded]
    strongest = max(worded, key=lambda mark: (abs(mark.number - _MIDDLE), mark.number))
    doubted = max(marks) - min(marks) > _APART or asked
    others = len(said) - sum(len(mark.said.split()) for mark in worded)
    doubted = doubted or others > _MOST_WORDS or (sour and strongest.number > _MIDDLE)
    because = ", ".join(mark.said for mark in worded)
    return Reading(value=str(strongest.number), sure=not doubted, because=because, whole=not doubted and not others)


def _is_sour(said: Said, language: str) -> bool:
    """Praise beside one of these may be meant the other way: "wonderful, nobody told us it was cancelled"."""
    return not word_set(language, "rating_words", "sour").isdisjoint(said)


def _rated(number: int, because: str, *, whole: bool) -> Reading:
    return Reading(value=str(number), sure=True, because=because, whole=whole)
