"""Telling us: somebody says that they would like to tell us how it was: "can I say how Thursday went?"."""

from __future__ import annotations

from language.courtesies import core
from language.normal import words
from language.own import own
from language.tables import phrases, word_set

_MOST_WORDS = 16  # in more, they may be telling it already


def wants_to_tell(text: str, language: str) -> bool:
    """The message says so, and is not yet what they tell."""
    said = core(words(own(text)), language)
    lead = phrases(language, "telling_us").at(said, 0)
    if lead is None or len(said) > _MOST_WORDS:
        return False
    return lead.label != "how" or not word_set(language, "telling_us_words", "went").isdisjoint(said[lead.end :])
