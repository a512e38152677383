"""Misspelt words of danger: "wanna kil myslf". Whoever writes in distress, or is new to writing, drops letters."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from language.learned import pieces
from language.normal import LIMIT, words
from language.tables import phrases, word_set

_SHORTEST = 3  # letters, as written
_SHORTEST_MEANT, _LONG = 4, 7  # as meant; from so many letters on two may be wrong
_COMMON = -12.2  # the share of a word, as a logarithm, from which on it is meant as it is written


def mended(text: str, language: str) -> str | None:
    """The words of a text, with those put right that are a word of danger but for a letter or two.

    None where there is nothing to put right.
    """
    said = words(text[:LIMIT])
    meant = tuple(_meant(word, language) for word in said)
    return None if meant == said else " ".join(meant)


@lru_cache(maxsize=4096)
def _meant(word: str, language: str) -> str:
    if len(word) < _SHORTEST or not word.isalpha() or word in _known(language) or _is_common(word):
        return word
    if word in word_set(language, "misspelt", "everyday"):
        return word
    if heard := _by_sound(language).get(_sound(word, language)):
        return heard
    near = extractOne(word, _by_first(language).get(word[0], ()), scorer=OSA.distance, score_cutoff=2)
    if near is None or near[1] > 1 + (len(near[0]) >= _LONG):
        return word
    return str(near[0])


def _is_common(word: str) -> bool:
    number, share = pieces.vocabulary().get(f"▁{word}", (0, 0.0))
    return number > 0 and share > _COMMON


@cache
def _known(language: str) -> frozenset[str]:
    return phrases(language, "danger.inside").words()


def _sound(word: str, language: str) -> str:
    """The word as it is heard, where letters are written otherwise than they sound."""
    for pair in word_set(language, "misspelt", "sounds"):
        written, heard = pair.split()
        word = word.replace(written, heard)
    return word


@cache
def _by_sound(language: str) -> dict[str, str]:
    """The words of danger that are written in another way than they sound, or could be."""
    if not word_set(language, "misspelt", "sounds"):
        return {}
    return {_sound(word, language): word for word in sorted(_known(language)) if len(word) >= _SHORTEST}


@cache
def _by_first(language: str) -> dict[str, tuple[str, ...]]:
    """The words of danger that are long enough to be told from others, by their first letter."""
    found: dict[str, list[str]] = {}
    for word in sorted(_known(language)):
        if len(word) >= _SHORTEST_MEANT and word.isalpha():
            found.setdefault(word[0], []).append(word)
    return {first: tuple(meant) for first, meant in found.items()}
