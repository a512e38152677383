"""The options that one clause of a reply mentions, by number, letter or words, and whether it wants them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from language.alike import Labels, ignored
from language.clock import clock_at
from language.figures import figure
from language.parts import opens_question
from language.tables import ENGLISH, phrases, word_set

_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)\Z")
_LETTERS = "abcdefgh"
_NINE = 9
SURE, BARE, WORDS = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Mention:
    """`places` count from 0. `level` is SURE for a number that can only be a choice, BARE for one that stands
    alone or first, WORDS for words of labels. `doubted`: something else may be said of it than that it is wanted;
    `ranged`: several were meant ("Monday to Wednesday", "the weekend ones").
    """

    places: frozenset[int]
    level: int
    wanted: bool = True
    doubted: bool = False
    ranged: bool = False


@dataclass(slots=True)
class Clause:
    """What a clause says: what it mentions, and which signs it holds ("every", "rest", "none", "mend" and others)."""

    asks: bool
    mentions: list[Mention] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)
    others: int = 0  # words that say nothing of the choice


class Hearing:
    """Goes through the words of one clause. `first`: it is the first clause of the message."""

    def __init__(self, said: tuple[str, ...], labels: Labels, *, asks: bool, first: bool) -> None:
        self.said, self.labels, self.first = said, labels, first
        self.language, self.count = labels.language, len(labels.said)
        self.found = Clause(asks or (opens_question(said, self.language) and labels.phrase(said, 0)[1] < len(said)))
        self.turned = self.cued = False
        self.letters = any(len(word) == 1 and word in _LETTERS[1 : self.count] for word in said)
        self.only_choosing = all(self._is_choosing(word) for word in said)

    def clause(self) -> Clause:
        start = 0
        while start < len(self.said):
            start += self._sign(start) or self._time(start) or self._label(start) or self._word(start)
        return self.found

    def _is_choosing(self, word: str) -> bool:
        signs = phrases(self.language, "picking")
        known = figure(word, self.language) is not None or word in ignored(self.language) or word in _LETTERS
        return known or signs.at((word,), 0) is not None or self._digits(word) != ()

    def _sign(self, start: int) -> int:
        sign = phrases(self.language, "picking").at(self.said, start)
        if sign is None:
            return 0
        width = sign.end - start
        if self.labels.phrase(self.said, start)[1] > width or self.labels.whole(self.said):
            return 0
        self._heed(sign.label, sign.end)
        return width

    def _heed(self, label: str, end: int) -> None:
        after = self.said[end] if end < len(self.said) else ""
        if label == "no":  # "no 2" is number 2, unless numbers went before
            cued = after.isdecimal() and not self.found.mentions
            self.cued, self.turned = cued or self.cued, self.turned or not cued
        elif label in {"not", "except"}:
            self._refuse(after, label)
        elif label == "off":
            self.found.mentions = [replace(one, wanted=False) for one in self.found.mentions]
        elif label == "turn":
            self._turn()
        elif label == "mend":
            self._mend(after)
        elif label == "cue":
            self.cued = True
        elif label in {"last", "top", "middle"}:
            self._put(self._end_of_list(label, end), SURE)
        elif "_" in label:
            side, _line, number = label.partition("_")
            self._put(self._some(side, int(number)), SURE)
        else:
            self.found.signs.add(label)

    def _refuse(self, after: str, label: str) -> None:
        self.turned = True
        if label == "except":
            self.found.signs.add("except")
        if not after and self.found.mentions and self.language != ENGLISH and label == "not":
            self._heed("off", len(self.said))

    def _turn(self) -> None:
        """After "but" what was said before holds less, and a "not" no longer."""
        if "every" in self.found.signs and self.language == ENGLISH:
            self._heed("except", len(self.said))
            return
        self.turned = False
        self.found.signs.add("turn")
        self.found.mentions = [replace(one, doubted=True) for one in self.found.mentions]

    def _mend(self, after: str) -> None:
        """After "no, wait" what was said before is taken back."""
        self.found.signs.add("mend")
        if after:
            self.turned, self.found.mentions = False, []

    def _end_of_list(self, label: str, end: int) -> frozenset[int]:
        if label == "middle":
            return frozenset({self.count // 2}) if self.count % 2 else frozenset()
        after = self.said[end] if end < len(self.said) else ""
        if after and after not in ignored(self.language) and not self.labels.places(after):
            return frozenset()  # "last week"
        return frozenset({0 if label == "top" else self.count - 1})

    def _some(self, side: str, number: int) -> frozenset[int]:
        start = {"first": 0, "last": self.count - number, "middle": (self.count - number) // 2}[side]
        fits = number <= self.count and (side != "middle" or (self.count - number) % 2 == 0)
        return frozenset(range(start, start + number)) if fits else frozenset()

    def _time(self, start: int) -> int:
        """A clock time, where it is one of the labels."""
        clock = clock_at(self.said, start, self.language) if self.labels.times else None
        if clock is None:
            return 0
        places = self.labels.at(clock)
        number = figure(self.said[start], self.language) if clock.bare else None
        if number is not None and 1 <= number <= self.count:
            if self.cued or _ORDINAL.match(self.said[start]) or not places:
                return 0
            timed = start and self.said[start - 1] in word_set(self.language, "clock_words", "at")
            places |= frozenset() if timed else {number - 1}
        elif not places:
            self.found.others += clock.width
        self._put(places, WORDS)
        return clock.width

    def _label(self, start: int) -> int:
        places, width = self.labels.phrase(self.said, start)
        if not width:
            word = self.said[start]
            number = figure(word, self.language)
            if number is not None and (self.cued or word.isalpha()):
                return 0
            places = self.labels.places(word if number is None or word.isalpha() else str(number))
            if number is not None and places and 1 <= number <= self.count and not _ORDINAL.match(word):
                listed = frozenset({number - 1})
                places = listed if self.labels.is_day(str(number)) else places | listed
            width = 1 if places else 0
        if places:
            ranged = self._ranged(start, places)
            if ranged != places:
                self.found.mentions[-1] = Mention(ranged, WORDS, not self.turned, ranged=True)
            else:
                self._put_words(places, self.said[start + width : start + width + 2], start)
        return width

    def _put_words(self, places: frozenset[int], after: tuple[str, ...], start: int) -> None:
        """Words of labels; with others right before them, those that both fit."""
        spoken_of = len(after) == 2 and after[0] in word_set(self.language, "picking_words", "is")
        doubted = spoken_of and after[1] not in word_set(self.language, "picking_words", "well")
        before = self.found.mentions[-1] if self.found.mentions else None
        alike = before and before.level == WORDS and before.wanted == (not self.turned)
        if before and alike and before.places & places:
            narrowed = replace(before, places=before.places & places, doubted=doubted)
            self.found.mentions[-1] = narrowed
            return
        follows = before and before.level == WORDS and before.wanted and not before.doubted and not self.turned
        if follows and not self._before_join(start):
            self.found.signs.add("unjoined")
        self._put(places, WORDS, doubted=doubted, ranged=self._is_plural(start, after))

    def _is_plural(self, start: int, after: tuple[str, ...]) -> bool:
        return self.said[start] in word_set(self.language, "picking_words", "plural") or after[:1] == ("ones",)

    def _word(self, start: int) -> int:
        word = self.said[start]
        number = figure(word, self.language)
        places = frozenset({number - 1}) if number is not None and 1 <= number <= self.count else frozenset[int]()
        places = places or frozenset(digit - 1 for digit in self._digits(word)) or self._letter(start)
        if self.only_choosing and number and not places and not self.found.mentions:
            self.found.signs.add("beyond")
        level = self._level(start) if places else 0
        if places and not level and word.isdecimal() and not self._counts_things(start):
            self.found.signs.add("loose")
        if level:
            self._put(self._ranged(start, places), level)
        elif not self._adds_nothing(word):
            self.found.others += 1
        if word not in ignored(self.language) and number is None:
            self.cued = False
        return 1

    def _adds_nothing(self, word: str) -> bool:
        return word in ignored(self.language)

    def _level(self, start: int) -> int:
        word, after = self.said[start], self.said[start + 1] if start + 1 < len(self.said) else ""
        if self._counts_things(start) or (word == "one" and not self.only_choosing and not self._is_numbered(start)):
            return 0
        if (before := self._before_join(start)) is not None and before.level >= BARE:
            return before.level
        ordinal = _ORDINAL.match(word) or word in word_set(self.language, "picking_words", "ordinals")
        if self.cued or (ordinal and (not after or after in ignored(self.language) or figure(after, self.language))):
            return SURE
        if self.only_choosing or (self.first and start == 0 and not ordinal):
            return BARE
        return 0

    def _counts_things(self, start: int) -> bool:
        """A number of something ("2 hours", "4 of us") or a time ("at 3")."""
        if figure(self.said[start], self.language) is None:
            return False
        if start and not self.cued and self.said[start - 1] in word_set(self.language, "clock_words", "at"):
            return True
        after = self.said[start + 1] if start + 1 < len(self.said) else ""
        return after in word_set(self.language, "age", "not_age") | word_set(self.language, "picking_words", "units")

    def _is_numbered(self, start: int) -> bool:
        """It stands first, or after "number"."""
        return (self.first and not start) or self.said[start - 1] in word_set(
            self.language, "picking_words", "numbered"
        )

    def _before_join(self, start: int) -> Mention | None:
        """What was mentioned right before the "and" or "or" before this word."""
        joins = word_set(self.language, "picking_words", "joins")
        back = start - 1
        while back > 0 and self.said[back] not in joins and self.said[back] in ignored(self.language):
            back -= 1
        return self.found.mentions[-1] if self.found.mentions and start and self.said[back] in joins else None

    def _ranged(self, start: int, places: frozenset[int]) -> frozenset[int]:
        """The places from the first to this one, in "1 to 3"; else the ones given."""
        before = self.found.mentions[-1] if self.found.mentions else None
        if not before or len(before.places | places) != 2 or not start:
            return places
        if self.said[start - 1] in word_set(self.language, "picking_words", "to"):
            return frozenset(range(min(before.places), max(places) + 1))
        return places

    def _digits(self, word: str) -> tuple[int, ...]:
        """Digits run together ("135"), where each can only be one choice."""
        if not word.isdecimal() or len(word) < 2 or self.count > _NINE or len(set(word)) != len(word):
            return ()
        digits = tuple(int(digit) for digit in word)
        in_order = list(digits) == sorted(digits) and len(digits) > 2
        return digits if in_order and digits[0] >= 1 and digits[-1] <= self.count else ()

    def _letter(self, start: int) -> frozenset[int]:
        word = self.said[start]
        alone = self.only_choosing and (word != "a" or len(self.said) == 1 or self.cued or self.letters)
        if len(word) == 1 and word in _LETTERS[: self.count] and (alone or (self.labels.lettered and word != "a")):
            return frozenset({_LETTERS.index(word)})
        return frozenset()

    def _put(self, places: frozenset[int], level: int, *, doubted: bool = False, ranged: bool = False) -> None:
        if places:
            self.found.mentions.append(Mention(places, level, not self.turned, doubted, ranged))
