"""Reading several choices out of one reply: "1 3 5", "135", "1 and transport", "all", "none"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from language.courtesies import Said, core
from language.figures import figure
from language.labels import by_keyword, core_label
from language.normal import plain, words
from language.picking import picking
from language.reading import Meaning, Option, Reading
from language.tables import word_set

_RANGE = re.compile(r"\b(\d{1,2}) ?(?:-|to|do) ?(\d{1,2})\b")
_NINE = 9  # with more choices than this, "13" is one of them


def several(options: tuple[Option, ...], text: str, language: str) -> Reading:
    """A tuple of option ids, in the order shown, as the value; () for none of them."""
    shown = tuple(option for option in options if not option.hidden)
    said = words(text)
    centre = core(said, language)
    because = " ".join(said)
    labelled = [option for option in shown if core_label(option, language) == centre]
    if len(labelled) == 1 and "?" not in plain(text):
        return Reading(value=(labelled[0].id,), sure=True, because=because, whole=True)
    for candidate in (" ".join(centre), because):
        if candidate and candidate in word_set(language, "reply", "no_one") and not labelled:
            return Reading(Meaning.NO, (), True, because=because)
        if candidate and candidate in word_set(language, "reply", "every_one") and not labelled:
            return Reading(value=tuple(option.id for option in shown), sure=True, because=because)
    places, left = _places(said, shown, language)
    if not word_set(language, "reply", "negation").isdisjoint(left):
        return _all_but(places, said, shown, language)
    ranged = _RANGE.search(plain(text))
    if ranged and places:
        places.update(range(int(ranged[1]) - 1, min(int(ranged[2]), len(shown))))
    if not places:
        return _picked(shown, text, language, because)
    return Reading(value=_ids(places, shown), sure=not left and not ranged and "?" not in plain(text), because=because)


def _picked(shown: tuple[Option, ...], text: str, language: str, because: str) -> Reading:
    """What is said in other ways: "b and d", "the middle one", "the whole lot"."""
    found = picking(shown, text, language)
    if found is None or not found.sure or not found.places:
        return Reading()
    return Reading(value=_ids(found.places, shown), sure=True, because=because)


def _ids(places: Collection[int], shown: tuple[Option, ...]) -> tuple[str, ...]:
    return tuple(option.id for place, option in enumerate(shown) if place in places)


def _all_but(places: set[int], said: Said, shown: tuple[Option, ...], language: str) -> Reading:
    """What "all except 3" leaves, to be asked back; "not 3" alone says nothing of the others."""
    if not places or said[0] not in word_set(language, "reply", "every_one"):
        return Reading()
    left = set(range(len(shown))) - places
    return Reading(value=_ids(left, shown), sure=False, because=" ".join(said))


def _places(said: Said, shown: tuple[Option, ...], language: str) -> tuple[set[int], list[str]]:
    """The places (from 0) that were named, and the words that were not understood."""
    places: set[int] = set()
    left: list[str] = []
    start = 0
    while start < len(said):
        found, width = _next(said, start, shown, language)
        places.update(found)
        if not found and said[start] not in _glue(language):
            left.append(said[start])
        start += width
    return places, left


def _next(said: Said, start: int, shown: tuple[Option, ...], language: str) -> tuple[set[int], int]:
    """The places that the next words name, and how many words that took."""
    longest = max(shown, key=lambda option: _fits(option, said, start), default=None)
    if longest and (width := _fits(longest, said, start)):
        return {shown.index(longest)}, width
    word = said[start]
    before = said[start - 1] if start else ""
    if word in word_set(language, "reply", "last"):
        return {len(shown) - 1}, 1
    if word == "one" and (figure(before, language) is not None or before in word_set(language, "reply", "last")):
        return set(), 1
    if numbers := _numbers(word, len(shown), language):
        return {number - 1 for number in numbers}, 1
    option = by_keyword(shown, word, language)
    return ({shown.index(option)} if option else set()), 1


def _fits(option: Option, said: Said, start: int) -> int:
    label = words(option.label)
    return len(label) if said[start : start + len(label)] == label else 0


def _numbers(word: str, count: int, language: str) -> Iterable[int]:
    """The numbers in a word: one in range, or digits run together ("135") where each can only be one choice."""
    number = figure(word, language)
    if number is not None and 1 <= number <= count:
        return (number,)
    digits = [int(digit) for digit in word] if word.isascii() and word.isdecimal() else []
    together = count <= _NINE and len(digits) > 1 and len(set(digits)) == len(digits)
    return digits if together and all(1 <= digit <= count for digit in digits) else ()


def _glue(language: str) -> frozenset[str]:
    table = word_set(language, "reply", "choosing")
    return (table | word_set(language, "fillers", "after")) - word_set(language, "reply", "negation")
