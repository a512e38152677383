"""The forms of an English verb or noun, so that a list need name each but once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# Past; after a stroke, the form after "have" where it is another.
_PAST = {
    "become": "became/become",
    "begin": "began/begun",
    "bring": "brought",
    "build": "built",
    "buy": "bought",
    "choose": "chose/chosen",
    "come": "came/come",
    "do": "did/done",
    "feed": "fed",
    "find": "found",
    "get": "got",
    "give": "gave/given",
    "go": "went/gone",
    "have": "had",
    "keep": "kept",
    "lead": "led",
    "leave": "left",
    "let": "let",
    "make": "made",
    "meet": "met",
    "pay": "paid",
    "put": "put",
    "run": "ran/run",
    "say": "said",
    "see": "saw/seen",
    "send": "sent",
    "set": "set",
    "show": "showed/shown",
    "speak": "spoke/spoken",
    "speed": "sped",
    "strive": "strove/striven",
    "take": "took/taken",
    "tell": "told",
    "think": "thought",
    "undergo": "underwent/undergone",
    "undertake": "undertook/undertaken",
    "withhold": "withheld",
    "write": "wrote/written",
}
# Their last letter is written twice in "stopped" and "stopping".
_DOUBLED = re.compile(
    r"(?:ban|begin|commit|confer|defer|fit|fulfil|get|incur|let|permit|plan|put|remit|run|set|stop|submit|transmit)\Z"
)
_PLURALS = {"criterion": "criteria", "person": "people"}
_HISSING = ("s", "x", "z", "ch", "sh")


def verb_forms(verb: str) -> Iterator[tuple[str, str]]:
    """Each form that people write of a verb, and its name: "", "third", "past", "ing"; "-ize" beside "-ise"."""
    spellings = {verb: None, _with_z(verb): None}
    for spelling in spellings:
        for name in ("", *_BENDS):
            for form in _pasts(bent(spelling, name)):
                yield form, name


def bent(phrase: str, name: str) -> str:
    """A phrase whose first word is a verb, in that form: "gave/given away" where there are two pasts."""
    first, space, rest = phrase.partition(" ")
    return f"{_BENDS[name](first)}{space}{rest}" if name else phrase


def plural(phrase: str) -> str:
    """Several of what a phrase names, by its last word, or by the one before its first "of"."""
    head, of, rest = phrase.partition(" of ")
    before, space, noun = head.rpartition(" ")
    return f"{before}{space}{_plural(noun)}{of}{rest}"


def _with_z(verb: str) -> str:
    first, space, rest = verb.partition(" ")
    return f"{first[:-3]}ize{space}{rest}" if first.endswith("ise") else verb


def _pasts(form: str) -> tuple[str, ...]:
    first, space, rest = form.partition(" ")
    return tuple(f"{one}{space}{rest}" for one in first.split("/"))


def _third(verb: str) -> str:
    if verb == "have":
        return "has"
    if _ends_in_y(verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith((*_HISSING, "o")) else f"{verb}s"


def _past(verb: str) -> str:
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if _ends_in_y(verb) else f"{_doubled(verb)}ed"


def _ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith("ee"):
        return f"{verb[:-1]}ing"
    return f"{_doubled(verb)}ing"


def _doubled(verb: str) -> str:
    return verb + verb[-1] if _DOUBLED.match(verb) else verb


def _plural(noun: str) -> str:
    if noun in _PLURALS or noun.endswith("s"):
        return _PLURALS.get(noun, noun)
    if _ends_in_y(noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(_HISSING) else f"{noun}s"


def _ends_in_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in "aeiou"


_BENDS: dict[str, Callable[[str], str]] = {"third": _third, "past": _past, "ing": _ing}
