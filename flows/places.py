"""Whether the places for values in a text are known, and the same in every language."""

from __future__ import annotations

from collections.abc import Iterator

from flows.finding import Finding
from flows.template import forms
from flows.template import places as places_in
from language.wording import Catalogs, Words


def known_places(key: str, words: Words, allowed: frozenset[str]) -> Iterator[Finding]:
    """The text may use only values that its flow names."""
    for name in sorted(words.places - allowed):
        yield Finding(key, f"It uses {{{name}}}, which is not among the values of its flow.")


def same_places(key: str, words: Words, catalogs: Catalogs, language: str) -> Iterator[Finding]:
    """A translation has exactly the places of its source."""
    try:
        theirs = forms(words, catalogs, language)
    except (ValueError, KeyError, IndexError, AttributeError) as problem:
        yield Finding(key, f"Its places cannot be filled in: {problem}.", language)
        return
    for form in theirs:
        for name in sorted(words.places ^ places_in(form)):
            which = "lacks" if name in words.places else "adds"
            yield Finding(key, f"The translation {which} {{{name}}}.", language)
