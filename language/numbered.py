"""Reading a choice by its number: "1", "1.", "option 2", "the second one", "b)"."""

from __future__ import annotations

from language.age import age
from language.figures import figure, picks
from language.given import Given, picked
from language.normal import clauses, plain
from language.reading import Option, Reading
from language.tables import word_set

_LETTERS = "abcdefgh"
_CHILD, _ADULT = range(8, 18), range(18, 111)


def numbered(reply: Given) -> Reading | None:
    """The option of the number that the reply is; without a value where it is out of range, or several."""
    numbers, rest = _numbers(reply)
    if not numbers or (rest and not _leads(reply)):
        return None
    because = " ".join(reply.said)
    if len(set(numbers)) > 1 and not rest and not age(reply.text, reply.language):
        return Reading(because=because)
    if not 1 <= numbers[0] <= len(reply.shown):
        return None if age(reply.text, reply.language) else _out_of_range(reply, numbers[0], because)
    option = reply.shown[numbers[0] - 1]
    sure = _stands_with(option, reply) and _undoubted(reply, len(numbers), rest)
    return picked(option, sure, because)


def _numbers(reply: Given) -> tuple[list[int], tuple[str, ...]]:
    said = reply.said
    if len(said) == 1 and len(said[0]) == 1 and said[0] in _LETTERS[: len(reply.shown)]:
        return [_LETTERS.index(said[0]) + 1], ()
    return picks(said, reply.language, len(reply.shown))


def _leads(reply: Given) -> bool:
    """The number stands first and more follows: "1. Thanks for asking me", "2 but I have a question"."""
    first, *others = reply.said
    if figure(first, reply.language) is None or not others:
        return False
    return len(clauses(reply.text)[0]) == 1 or others[0] in word_set(reply.language, "reply", "goes_on")


def _stands_with(option: Option, reply: Given) -> bool:
    """No yes, no or perhaps in the reply speaks against the option of its number."""
    label = reply.stands.label
    if plain(reply.text).startswith("no.") or label in {"", "ack", option.hears}:
        return True
    return label == "yes" and option.hears != "no"


def _undoubted(reply: Given, numbers: int, rest: tuple[str, ...]) -> bool:
    if not rest:
        return "?" not in reply.text and "+" not in reply.text
    doubts = word_set(reply.language, "reply", "doubt") | word_set(reply.language, "reply", "negation")
    told = age(reply.text, reply.language)
    return numbers <= (2 if told else 1) and doubts.isdisjoint(rest)


def _out_of_range(reply: Given, number: int, because: str) -> Reading:
    """A number that no choice has: an age, where the question had an ear for it."""
    young, yes = reply.hearing("under_18"), reply.hearing("yes")
    if young and number in _CHILD:
        return picked(young, False, because)
    return picked(yes, False, because) if young and yes and number in _ADULT else Reading(because=because)
