"""Pieces: a text as the numbers that the model knows, by its own list of word pieces.

The list and the rules are those of XLM-RoBERTa's vocabulary (Conneau and others, 2020): of all the ways to cut a word
into pieces the likeliest (Kudo, 2018), "▁" where a word begins. Lower case; emoji go by their names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

PADDING, START, END, UNKNOWN = 0, 1, 2, 3
LONGEST = 64  # pieces in all; of a longer text the beginning and the end
_KEPT_AT_END = 20
_LONGEST_WORD = 40
_BEGINS = "▁"
_LONGEST_PIECE = 16  # characters
_UNLIKELY = -25.0  # the share, as a logarithm, of a sign that is in no piece
# What is asked, said to the model in words of its own.
ASKED = {
    "rsvp": "are you coming?",
    "yes_no": "yes or no?",
    "rating": "how good was it?",
    "choice": "which one?",
    "open": "tell us",
}


@cache
def vocabulary() -> dict[str, tuple[int, float]]:
    """Each piece with its number and the logarithm of its share."""
    lines = (Path(__file__).parent / "pieces.txt").read_text(encoding="utf-8").split("\n")
    found = {}
    for number, line in enumerate(lines):
        piece, _, share = line.partition("\t")
        found[piece] = (number, float(share or 0))
    return found


def forget() -> None:
    """The list on disk has changed."""
    vocabulary.cache_clear()
    _pieces.cache_clear()


def numbers(asked: str, text: str) -> list[int]:
    """The question, then the reply, as at most `LONGEST` numbers."""
    return [number for number, _part in numbered(asked, [text])]


def numbered(asked: str, parts: Sequence[str]) -> list[tuple[int, int | None]]:
    """The numbers of a reply that comes in parts, each with the place of its part; None for what is not the reply."""
    question = [number for word in ASKED[asked].split() for number in _pieces(word)]
    reply = [(number, at) for at, part in enumerate(parts) for word in spoken(part).split() for number in _pieces(word)]
    room = LONGEST - len(question) - 3
    if len(reply) > room:
        reply = reply[: room - _KEPT_AT_END] + reply[-_KEPT_AT_END:]
    return [*((number, None) for number in (START, *question, END)), *reply, (END, None)]


def spoken(text: str) -> str:
    """The text in lower case, with the names of emoji in their place."""
    text = text.lower()
    if text.isascii():
        return text
    return "".join(_spoken(sign) for sign in unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def _spoken(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in {"Mn", "Cf", "Cc", "Cs", "Sk"}:
        return " " if kind == "Cc" else ""
    if kind == "So":
        return f" {unicodedata.name(sign, '').lower()} "
    return {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"}.get(sign, sign)


@lru_cache(maxsize=8192)
def _pieces(word: str) -> tuple[int, ...]:
    """The likeliest way to cut a word (Viterbi)."""
    if len(word) > _LONGEST_WORD:
        return (UNKNOWN,)
    known, signs = vocabulary(), _BEGINS + word
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for end in range(1, len(signs) + 1):
        likeliest = (best[end - 1][0] + _UNLIKELY, (*best[end - 1][1], UNKNOWN))
        for start in range(max(0, end - _LONGEST_PIECE), end):
            if piece := known.get(signs[start:end]):
                share = best[start][0] + piece[1]
                if share > likeliest[0]:
                    likeliest = (share, (*best[start][1], piece[0]))
        best.append(likeliest)
    return best[-1][1]
