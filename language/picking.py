"""Which options a reply picks, weighed over all its clauses: "not Monday, Thursday", "all but the walk", "so 4"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from language.alike import Labels, labels
from language.mentions import SURE, WORDS, Clause, Hearing, Mention
from language.parts import parts
from language.reading import Option

_TWO, _FEW, _MANY = 2, 3, 100


@dataclass(frozen=True, slots=True)
class Picked:
    """`places` count from 0, in the order shown; none, and `sure`: none of them. `undecided`: they do not know yet.
    `whole`: every word of the reply spoke of the choice.
    """

    places: tuple[int, ...] = ()
    sure: bool = False
    undecided: bool = False
    whole: bool = False


def picking(shown: tuple[Option, ...], text: str, language: str) -> Picked | None:
    """What the reply picks of the options that were shown; None where it picks nothing."""
    if not shown:
        return None
    known = labels(tuple(option.label for option in shown), language)
    clauses = [
        Hearing(said, known, asks=asks, first=not place).clause() for place, (said, asks) in enumerate(parts(text))
    ]
    found = _Weighed(_mended(clauses), known).picked()
    if found and "mend" in clauses[-1].signs and not clauses[-1].mentions:
        found = replace(found, sure=False)  # "1, wait"
    return replace(found, whole=not any(clause.others or clause.asks for clause in clauses)) if found else None


def _mended(clauses: list[Clause]) -> list[Clause]:
    """The clauses from the last "no, wait" on, where something is wanted there."""
    last = max((place for place, clause in enumerate(clauses) if "mend" in clause.signs), default=0)
    later = clauses[last:]
    return later if any(mention.wanted for clause in later for mention in clause.mentions) else clauses


class _Weighed:
    def __init__(self, clauses: list[Clause], known: Labels) -> None:
        self.known, self.count = known, len(known.said)
        self.told = [clause for clause in clauses if not clause.asks]
        mentions = [mention for clause in self.told for mention in clause.mentions]
        self.refused = _together(mention for mention in mentions if not mention.wanted)
        self.wanted = [mention for mention in mentions if mention.wanted]

    def has(self, sign: str, others: int = _MANY) -> bool:
        """Whether a clause holds the sign, beside at most so many words that say nothing of the choice."""
        return any(sign in clause.signs and clause.others <= others for clause in self.told)

    def picked(self) -> Picked | None:
        if self.has("unsure", 0):
            return Picked(undecided=not self.wanted)
        if not self.wanted:
            return self._by_signs()
        chosen = _together(self._best() or ())
        if not chosen:
            words = _together(mention for mention in self.wanted if mention.level == WORDS)
            return Picked(_sorted(words or _together(self.wanted)))
        loose = self.has("loose") and all(mention.level < SURE for mention in self.wanted)
        every = self.has("every", 1) and not (self.has("turn") or self.has("except"))
        doubted = self.has("unjoined") or loose or every or self.has("rest") or chosen & self.refused
        both = self.known.named("both") if len(chosen) > 1 else frozenset()
        return Picked(_sorted(both or chosen), sure=not doubted)

    def _by_signs(self) -> Picked | None:
        """All, none, the others, all but some."""
        nones = self.known.named("none")
        everyone = frozenset(range(self.count)) - nones
        if self.has("none", _FEW) and not self.refused:
            return Picked(_sorted(nones), sure=len(nones) <= 1)
        left = everyone - self.refused
        if self.has("both", _FEW):
            return Picked(_sorted(everyone), sure=True) if self.count == _TWO else None
        one_left = len(left) == 1 and self.count > _TWO
        if self.refused and left and (self.has("except") or self.has("rest", 0) or one_left):
            return Picked(_sorted(left), sure=True)
        return Picked(_sorted(left), sure=not self.has("loose")) if left and self.has("every", 1) else None

    def _best(self) -> list[Mention] | None:
        """The mentions that count; None where it cannot be told which."""
        level = max(mention.level for mention in self.wanted)
        best = [mention for mention in self.wanted if mention.level == level]
        if level == WORDS:
            return self._worded()
        words = [mention for mention in self.wanted if mention.level == WORDS and not mention.doubted]
        if level < SURE and any(not mention.places & _together(best) for mention in words if len(mention.places) == 1):
            return None
        return [mention for mention in best if not mention.doubted] or best

    def _worded(self) -> list[Mention] | None:
        """Of words of labels, those in clauses that say nothing else, where there are such."""
        plain = [one for clause in self.told if not clause.others for one in clause.mentions if one.wanted]
        if not plain and all(clause.others > _FEW for clause in self.told if clause.mentions):
            return None
        firm = [mention for mention in plain or self.wanted if not mention.doubted]
        if not firm and not self.has("turn"):
            return None
        chosen = _narrowed(firm or self.wanted)
        ambiguous = any(len(mention.places) > 1 and not mention.ranged for mention in chosen)
        return None if ambiguous and not self.has("both") else chosen


def _narrowed(mentions: list[Mention]) -> list[Mention]:
    """Without words that fit several options, one of which is mentioned for itself."""
    single = _together(mention for mention in mentions if len(mention.places) == 1)
    return [mention for mention in mentions if len(mention.places) == 1 or not mention.places & single]


def _together(mentions: Iterable[Mention]) -> frozenset[int]:
    return frozenset(place for mention in mentions for place in mention.places)


def _sorted(places: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(places))
