"""Reading how many people come along, not counting the one who writes."""

from __future__ import annotations

import re

from language.courtesies import core
from language.figures import figure
from language.normal import plain, words
from language.party import company, listed, with_helpers
from language.reading import Reading
from language.tables import phrases, word_set

_PLUS = re.compile(r"(?:me |i |ja )?\+ ?(\d{1,2})\Z")
_MOST = 20  # beyond this, ask whether it was meant


def count(text: str, language: str) -> Reading:
    """The number as digits: "me + 2" is "2", "just me" is "0", "both of us" is "1".

    An assistant ("my PA", "my carer") is arranged for and is no guest: with nobody else it is "0", to be asked about.
    """
    said = words(text)
    centre = core(said, language) or said
    because = " ".join(said)
    if plus := _PLUS.match(plain(text).strip(" .!")):
        return _counted(int(plus[1]), because)
    along = with_helpers(company(text, language) or listed(text, language), text, language)
    if along and along.assistants:
        return _counted(along.guests, because, sure=along.guests > 0 and "?" not in text)
    label = phrases(language, "count").whole(said) or phrases(language, "count").whole(centre)
    if label in {"alone", "one"}:
        return _counted(int(label == "one"), because)
    numbers = [number for word in centre if (number := figure(word, language)) is not None]
    rest = tuple(word for word in centre if figure(word, language) is None)
    if len(numbers) == 1 and " ".join(rest) in word_set(language, "count", "and_me"):
        return _counted(max(numbers[0] - 1, 0), because, sure=False)
    glue = word_set(language, "count", "glue")
    if len(numbers) == 1 and glue.issuperset(rest):
        return _counted(numbers[0], because, sure="?" not in text)
    return _counted(along.guests, because, sure="?" not in text) if along else Reading(because=because)


def _counted(number: int, because: str, sure: bool = True) -> Reading:
    return Reading(value=str(number), sure=sure and number <= _MOST, because=because)
