"""The parts of a reply: its clauses, where numbers that a comma or a dash joins stay together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from language.courtesies import Said
from language.normal import bare, plain
from language.tables import word_set

_PIECE = re.compile(r"\d{1,2}[.:]\d\d(?!\d)|[^\W_]+|[.,;:!?()+&/\n-]")
_ENDS, _JOINS = frozenset(".,;:!?()\n-"), frozenset("+&/")
_GLUED = re.compile(r"\b(\d)(?:n|nd|and|i)(\d)\b")
_NOTS = frozenset({"not", "no", "nie"})  # "not 1, 3" is two clauses
_HYPHEN = re.compile(r"(?<=\b[^\W\d_])-(?=[^\W\d_])")  # e-mail is email
_BETWEEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


def joined(text: str) -> str:
    """The copy to match against, with "e-mail" as one word and "so-so" as two."""
    return bare(_BETWEEN.sub(" ", _HYPHEN.sub("", plain(text))))


def parts(text: str) -> Iterator[tuple[Said, bool]]:
    """The words of each clause, and whether a question mark ends it."""
    held: list[str] = []
    pieces = _PIECE.findall(_GLUED.sub(r"\1 and \2", joined(text.replace("\n", " ; "))))
    for place, piece in enumerate(pieces):
        between = 0 < place < len(pieces) - 1 and pieces[place - 1].isdecimal() and pieces[place + 1].isdecimal()
        if piece in _JOINS or (between and piece in ",.-" and not (held and held[0] in _NOTS)):
            held.append("to" if piece == "-" else "and")
        elif piece in _ENDS:
            if held:
                yield tuple(held), piece == "?"
            held = []
        else:
            held.append(piece)
    if held:
        yield tuple(held), False


def opens_question(said: tuple[str, ...], language: str) -> bool:
    starts = word_set(language, "reply", "question") | word_set(language, "picking_words", "asking")
    return len(said) > 1 and (said[0] in starts or " ".join(said[:2]) in starts)
