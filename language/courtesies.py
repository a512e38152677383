"""What people say around what they say: greetings, thanks, kisses."""

from __future__ import annotations

from functools import cache, lru_cache

from language.tables import word_set

Said = tuple[str, ...]
_WIDEST = 4  # words in the longest courtesy


@lru_cache(maxsize=64)
def core(said: Said, language: str) -> Said:
    """The words without the courtesies at either end; empty where there is nothing else."""
    return without_end(without_start(said, language, "before"), language)


def without_start(said: Said, language: str, key: str, section: str = "fillers") -> Said:
    """The words without what a list holds, taken from the beginning as often as it fits."""
    entries, firsts = word_set(language, section, key), _ends(language, section, key, 0)
    start = 0
    while start < len(said) and said[start] in firsts:
        width = next((w for w in range(_WIDEST, 0, -1) if " ".join(said[start : start + w]) in entries), 0)
        if not width:
            break
        start += width
    return said[start:]


def without_end(said: Said, language: str, key: str = "after", section: str = "fillers") -> Said:
    """The same, taken from the end."""
    entries, lasts = word_set(language, section, key), _ends(language, section, key, -1)
    end = len(said)
    while end and said[end - 1] in lasts:
        width = next((w for w in range(min(_WIDEST, end), 0, -1) if " ".join(said[end - w : end]) in entries), 0)
        if not width:
            break
        end -= width
    return said[:end]


@cache
def _ends(language: str, section: str, key: str, place: int) -> frozenset[str]:
    return frozenset(entry.split()[place] for entry in word_set(language, section, key))
