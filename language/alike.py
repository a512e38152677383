"""Which of the options a word may mean: a word of its label, nearly it, or another for the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio

from language.clock import Clock, clock_at
from language.normal import words
from language.parts import joined
from language.tables import ENGLISH, known, phrases, word_set
from language.weekday import months

_ENUMERATED = re.compile(r"\s*(?:[a-hA-H]|\d{1,2})[).:]\s+")
_PIECE = re.compile(r"\d{1,2}[.:]\d\d|[^\W_]+")
_VOWELS = re.compile(r"(?<!^)[aeiouyąęó]")
_SHORTEST, _SHORTEST_NEAR, _SHORTEST_BONES = 3, 5, 3
_NEAR, _NEARER, _BONES_NEAR = 83.0, 88.0, 70.0  # per cent alike; of four letters; of words with the same consonants
_PREFIX = 0.6  # of the longer word, where words change their endings
_FEWEST_INITIALS = 2  # more than these, and the last ones may be missing: BSL of a British Sign Language video


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of the options that were shown, ready to be looked for."""

    said: tuple[tuple[str, ...], ...]
    language: str
    times: tuple[frozenset[int], ...] = ()  # the minutes since midnight of each; empty where any has none
    lettered: bool = False

    def places(self, word: str) -> frozenset[int]:
        """The places (from 0) of the options that the word may mean; exact words before likely ones."""
        if word in ignored(self.language):
            return self._where(lambda label: label == (word,) or (word in _courtesies(self.language) and word in label))
        if len(word) < _SHORTEST and word not in _groups(self.language):
            return self._where(
                lambda label: (word in label) if word.isdecimal() else _initials(word, label, self.language)
            )
        for fits in (_exact, _same, _akin, _initials, _near):
            if found := self._where(lambda label: fits(word, label, self.language)):  # noqa: B023  called at once
                return found
        return frozenset()

    def _where(self, fits: Callable[[tuple[str, ...]], bool]) -> frozenset[int]:
        return frozenset(place for place, label in enumerate(self.said) if fits(label))

    def phrase(self, said: tuple[str, ...], start: int) -> tuple[frozenset[int], int]:
        """The longest run of two words or more from `start` that stands in labels: whose, and how many words."""
        best: tuple[frozenset[int], int] = (frozenset(), 0)
        for place, label in enumerate(self.said):
            width = max((_run(label, at, said, start) for at in range(len(label))), default=0)
            if width > max(1, best[1]):
                best = (frozenset({place}), width)
            elif width > 1 and width == best[1]:
                best = (best[0] | {place}, width)
        told = said[start : start + best[1]]
        ordinary = ignored(self.language)
        return best if any(word not in ordinary for word in told) or _is_whole(told, self.said) else (frozenset(), 0)

    def is_day(self, number: str) -> bool:
        """Wherever this figure stands in a label it is the day of a month: "3 December". Alone it is no day."""
        return all(
            label[at + 1 : at + 2] and label[at + 1] in months(self.language)
            for label in self.said
            for at, word in enumerate(label)
            if word == number
        )

    def whole(self, said: tuple[str, ...]) -> bool:
        """Whether these words are all of a label."""
        return said in self.said

    def named(self, sign: str) -> frozenset[int]:
        """The places of the options that are "both", or "none", of the others."""
        spoken = phrases(self.language, "picking")
        begins = (spoken.at(label, 0) for label in self.said)
        return frozenset(place for place, found in enumerate(begins) if found and found.label == sign)

    def at(self, clock: Clock) -> frozenset[int]:
        """The places of the options at that time of the day."""
        return frozenset(place for place, minutes in enumerate(self.times) if minutes & clock.minutes())


@lru_cache(maxsize=64)
def labels(shown: tuple[str, ...], language: str) -> Labels:
    said = tuple(words(joined(_ENUMERATED.sub("", label, count=1))) for label in shown)
    times = tuple(_time(joined(label), language) for label in shown)
    lettered = all(_ENUMERATED.match(label) for label in shown)
    return Labels(said, language, times if all(times) else (), lettered)


def _time(label: str, language: str) -> frozenset[int]:
    """The one time of the day in a label ("Monday 2pm", "9.30am"), as minutes since midnight."""
    pieces = tuple(_PIECE.findall(label))
    found = (clock_at(pieces, start, language) for start in range(len(pieces)))
    return next((clock.minutes() for clock in found if clock and not clock.bare), frozenset())


@cache
def ignored(language: str) -> frozenset[str]:
    """Words that tell no option from another."""
    return _glue(language) | word_set(language, "fillers", "after") | word_set(language, "fillers", "before")


@cache
def _courtesies(language: str) -> frozenset[str]:
    """Greetings that may be a label's own word: "morning"."""
    return ignored(language) - _glue(language)


@cache
def _glue(language: str) -> frozenset[str]:
    keys = ("choosing", "common", "negation", "question")
    around = word_set(language, "picking_words", "glue") | word_set(language, "picking_words", "joins")
    return around.union(*(word_set(language, "reply", key) for key in keys))


def _is_whole(told: tuple[str, ...], said: tuple[tuple[str, ...], ...]) -> bool:
    return told in said


def _run(label: tuple[str, ...], at: int, said: tuple[str, ...], start: int) -> int:
    width = 0
    while at + width < len(label) and start + width < len(said) and label[at + width] == said[start + width]:
        width += 1
    return width


def _content(label: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(word for word in label if word not in ignored(language) and len(word) >= _SHORTEST)


def _exact(word: str, label: tuple[str, ...], language: str) -> bool:
    content = _content(label, language)
    return word in content or _stem(word) in content


def _same(word: str, label: tuple[str, ...], language: str) -> bool:
    return any(word == known_word or _stem(word) == _stem(known_word) for known_word in _content(label, language))


def _akin(word: str, label: tuple[str, ...], language: str) -> bool:
    groups = _groups(language)
    mine = groups.get(word) or groups.get(_stem(word)) or frozenset()
    theirs = (groups.get(one, frozenset()) | groups.get(_stem(one), frozenset()) for one in label)
    return any(mine & other for other in theirs)


def _initials(word: str, label: tuple[str, ...], _language: str) -> bool:
    initials = "".join(one[0] for one in label)
    return (
        len(word) > 1
        and word.isalpha()
        and (word == initials or (len(word) > _FEWEST_INITIALS and initials.startswith(word)))
    )


def _near(word: str, label: tuple[str, ...], language: str) -> bool:
    changes = known(language) != ENGLISH
    return any(_nearly(word, one, changes=changes) for one in _content(label, language))


@lru_cache(maxsize=4096)
def _nearly(word: str, label_word: str, *, changes: bool) -> bool:
    if word[0] != label_word[0] or not word.isalpha() or len(word) > 2 * len(label_word):
        return False
    likeness = ratio(word, label_word)
    shortest = min(len(word), len(label_word))
    if likeness >= (_NEAR if shortest >= _SHORTEST_NEAR else _NEARER) and shortest >= _SHORTEST_NEAR - 1:
        return True
    bones = _VOWELS.sub("", word)
    if len(bones) >= _SHORTEST_BONES and bones == _VOWELS.sub("", label_word) and likeness >= _BONES_NEAR:
        return True
    return changes and _shared(word, label_word) >= max(4, _PREFIX * max(len(word), len(label_word)))


def _shared(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    for ending in ("ies", "ing", "ly", "ers", "er", "es", "ed", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST + (ending in {"ing", "er", "ers", "es"}):
            return word[: -len(ending)]
    return word


@cache
def _groups(language: str) -> dict[str, frozenset[int]]:
    """By word, the numbers of the lines of [alike] that it stands in."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(sorted(word_set(language, "alike", "words"))):
        for word in line.split():
            found.setdefault(word, set()).add(number)
            found.setdefault(_stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}
