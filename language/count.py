"""Reading how many people come along, not counting the one who writes."""

from __future__ import annotations

import re

from language.courtesies import core
from language.figures import figure
from language.normal import plain, words
from language.reading import Reading
from language.tables import phrases, word_set

_PLUS = re.compile(r"(?:me |i |ja )?\+ ?(\d{1,2})\Z")
_MOST = 20  # beyond this, ask whether it was meant


def count(text: str, language: str) -> Reading:
    """The number as digits: "me + 2" is "2", "just me" is "0", "both of us" is "1"."""
    said = words(text)
    centre = core(said, language) or said
    because = " ".join(said)
    if plus := _PLUS.match(plain(text).strip(" .!")):
        return _counted(int(plus[1]), because)
    label = phrases(language, "count").whole(said) or phrases(language, "count").whole(centre)
    if label == "alone":
        return _counted(0, because)
    if label == "one":
        return _counted(1, because)
    numbers = [number for word in centre if (number := figure(word, language)) is not None]
    if len(numbers) != 1:
        return Reading(because=because)
    rest = tuple(word for word in centre if figure(word, language) is None)
    if " ".join(rest) in word_set(language, "count", "and_me"):
        return Reading(value=str(max(numbers[0] - 1, 0)), because=because)
    glue = word_set(language, "count", "glue")
    return _counted(numbers[0], because, sure="?" not in text) if glue.issuperset(rest) else Reading(because=because)


def _counted(number: int, because: str, sure: bool = True) -> Reading:
    return Reading(value=str(number), sure=sure and number <= _MOST, because=because)
