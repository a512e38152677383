"""Phrases to look for in words: a trie, so that a thousand cost hardly more than one.

A phrase is written as words with spaces between. `a/b` is either word, `[a]` may be left out,
`_` is any one word. The longest phrase that fits wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from language.normal import bare, plain, words

ANY = "_"
_LABEL = ""  # no word is empty, so a label can live among a node's words


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in some words: words[start:end] fit a phrase with this label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Labelled phrases. Reading takes time linear in the words, whatever they are."""

    root: dict[str, Any] = field(default_factory=dict)

    def add(self, lines: Iterable[str], label: str) -> None:
        """Add phrases under a label. A phrase that was there already takes the new label."""
        for line in lines:
            for phrase in expand(line):
                node = self.root
                for word in phrase:
                    node = node.setdefault(word, {})
                node[_LABEL] = label

    def at(self, said: Sequence[str], start: int) -> Found | None:
        """The longest phrase that begins at this word."""
        end, label = _walk(self.root, said, start)
        return Found(start, end, label) if label else None

    def whole(self, said: Sequence[str]) -> str | None:
        """The label of the phrase that is all of these words."""
        end, label = _walk(self.root, said, 0)
        return label if label and end == len(said) else None

    def all(self, said: Sequence[str]) -> Iterator[Found]:
        """The phrases from left to right, none overlapping another."""
        root, wild, start = self.root, ANY in self.root, 0
        while start < len(said):
            found = self.at(said, start) if wild or said[start] in root else None
            if found:
                yield found
            start = found.end if found else start + 1

    def words(self) -> frozenset[str]:
        """Every word that stands in a phrase."""
        return frozenset(_words(self.root)) - {ANY}

    def __or__(self, other: Phrases) -> Phrases:
        """Both together; where they disagree, the other's label wins."""
        return Phrases(_merge(self.root, other.root))


def _words(node: Mapping[str, Any]) -> Iterator[str]:
    for word, below in node.items():
        if word:
            yield word
            yield from _words(below)


def _walk(node: dict[str, Any] | None, said: Sequence[str], start: int) -> tuple[int, str]:
    end, label, place = start, "", start
    while node is not None:
        if (here := node.get(_LABEL)) and place >= end:
            end, label = place, here
        if place == len(said):
            break
        if wild := node.get(ANY):
            far, called = _walk(wild, said, place + 1)
            if called and far >= end:
                end, label = far, called
        node = node.get(said[place])
        place += 1
    return end, label


def _merge(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(one)
    for word, below in two.items():
        merged[word] = _merge(merged.get(word, {}), below) if word else below
    return merged


def expand(line: str) -> Iterator[tuple[str, ...]]:
    """Every way to say a line: "stop [it] now/please" is four phrases. Raises ValueError on a faulty line."""
    slots = [_slot(part) for part in line.split()]
    for choice in product(*slots):
        phrase = tuple(word for word in choice if word)
        if not phrase or all(word == ANY for word in phrase):
            raise ValueError(f"the line {line!r} would fit anything")
        yield phrase


def _slot(part: str) -> list[str]:
    optional = part.startswith("[") and part.endswith("]")
    alternatives = [_word(word) for word in part.strip("[]").split("/")]
    return [*alternatives, ""] if optional else alternatives


def _word(word: str) -> str:
    if word == ANY:
        return ANY
    found = words(word)
    if len(found) != 1:
        raise ValueError(f"{word!r} in a phrase is not one word but {bare(plain(word))!r}")
    return found[0]
