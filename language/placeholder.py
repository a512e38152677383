"""Placeholders: the names in braces that a text written once for many may have, and what stands there for each.

"{name}" is a placeholder; "{{" and "}}" are the braces themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# What each stands for, as whoever writes is told.
OF_ANY = {
    "name": "what they like to be called",
    "council": "the name of your organisation",
    "sender": "the name that you write under",
    "stop": "how to stop your texts",
}
OF_PROJECT = {
    "project": "the title of the project",
    "aim": "what it is for",
    "involves": "what taking part means",
    "time": "how much time it takes",
    "payment": "what people are paid",
    "expenses": "which costs are paid back",
    "place": "where it is",
    "starts": "when it begins",
    "ends": "when it ends",
    "say": "how much say people have in it",
}
OF_MEETING = {
    "meeting": "what the meeting is called",
    "day": "the weekday and date of it",
    "time": "when it begins",
    "ends": "when it ends",
    "where": "where it is, and how to find it",
    "link": "where people join online",
    "paid": "what people are paid",
    "expenses": "which costs are paid back",
    "say": "how much say people have in its project",
}
KNOWN = OF_ANY | OF_PROJECT | OF_MEETING
NAME = "name"

# In turn: braces that are meant, a placeholder, anything else in braces, a brace alone.
_BRACES = re.compile(r"\{\{|\}\}|\{([a-z_]+)\}|(\{[^{}]*\})|([{}])")
_BEGINS = re.compile(r"(?:^|[.?!:\n])\s*$")
_PARTED = re.compile(r"^[ \t]*[,:]?[ \t]*")
_ENDS = (".", "?", "!", "\n")


def used(text: str) -> frozenset[str]:
    """The placeholders in it, known or not."""
    return frozenset(found[1] for found in _BRACES.finditer(text) if found[1])


def usable(*, of_project: bool, of_meeting: bool = False) -> dict[str, str]:
    """What a text may have, with what each stands for: it is about a project, or about a meeting."""
    return OF_ANY | (OF_PROJECT if of_project else {}) | (OF_MEETING if of_meeting else {})


def findings(text: str, *, of_project: bool, of_meeting: bool = False) -> Iterator[str]:
    """What is wrong with the braces of a text, a sentence each. It is about a project, or about a meeting."""
    may = usable(of_project=of_project, of_meeting=of_meeting)
    known = ", ".join(f"{{{name}}}" for name in may)
    for name in sorted(used(text) - set(may)):
        if name in OF_PROJECT:
            yield f"{{{name}}} is about a project. Choose the project, or take it out."
        elif name in OF_MEETING:
            yield f"{{{name}}} is about a meeting. Begin at the page of the meeting, or take it out."
        else:
            yield f"There is no {{{name}}}. You can use {known}."
    for odd in dict.fromkeys(found[2] for found in _BRACES.finditer(text) if found[2]):
        yield f"{odd} cannot be filled in. You can use {known}. For braces that people read, write {{{{ and }}}}."
    if any(found[3] for found in _BRACES.finditer(text)):
        yield "A brace stands alone. For a brace that people read, write it twice."


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its values. Never raises: a placeholder without a value is left out, and what it leaves is tidied.

    "Hello {name}, come." is "Hello, come." without a name; "{name}, will you come?" is "Will you come?".
    """
    done, end = "", 0
    for piece in _BRACES.finditer(text):
        done += text[end : piece.start()]
        end = piece.end()
        value = values.get(piece[1], "") if piece[1] else ""
        if piece[1] and not value:
            done, end = _without(done, text, end)
        else:
            done += value or (piece[0][0] if piece[0] in {"{{", "}}"} else piece[0])
    return done + text[end:]


def _without(done: str, text: str, end: int) -> tuple[str, int]:
    """What stands before a value that is not there, and from where the text goes on, so that both join well."""
    if _BEGINS.search(done):
        end = len(text) - len(_PARTED.sub("", text[end:], count=1))
        return (done + text[end].upper(), end + 1) if text[end : end + 1].isalpha() else (done, end)
    before, ahead = done.rstrip(" \t"), text[end:].lstrip(" \t")
    if before.endswith(",") and ahead.startswith(","):
        return before[:-1], end + text[end:].index(",") + 1
    if before.endswith(",") and (not ahead or ahead.startswith(_ENDS)):
        return before[:-1], len(text) - len(ahead)
    return before, end
