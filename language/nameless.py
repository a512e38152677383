"""Nameless: somebody would rather not have their name with what they tell us: "can this be anonymous?"."""

from __future__ import annotations

from language.courtesies import core
from language.normal import clauses, words
from language.own import own
from language.tables import phrases, word_set

_MOST_WORDS = 14  # in more, they tell us something too, and are asked once more


def wants_no_name(text: str, language: str) -> bool:
    """The message says so, in a clause of its own or as a whole; "say my name" and "it was not anonymous" do not."""
    said = own(text)
    if len(words(said)) > _MOST_WORDS:
        return False
    table = phrases(language, "nameless")
    nots = word_set(language, "nameless_words", "not")
    for clause in (core(words(said), language), *clauses(said)):
        found = next(iter(table.all(clause)), None)
        if found is not None and nots.isdisjoint(clause[max(0, found.start - 3) : found.start]):
            return True
    return False
