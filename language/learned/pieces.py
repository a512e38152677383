"""Pieces: a text as the numbers that the model knows, by its own list of word pieces.

The list and the rules are those of BERT's uncased vocabulary (Devlin, Chang, Lee and Toutanova, 2018): lower case,
accents taken off, the longest piece first, what continues a word marked with "##". Emoji go by their names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST = 64  # pieces in all; of a longer text the beginning and the end
_KEPT_AT_END = 20
_LONGEST_WORD = 40
_TOKEN = re.compile(r"\w+|[^\w\s]")
# What is asked, said to the model in words of its own.
ASKED = {
    "rsvp": "are you coming ?",
    "yes_no": "yes or no ?",
    "rating": "how good was it ?",
    "choice": "which one ?",
    "open": "tell us",
}


@cache
def vocabulary() -> dict[str, int]:
    lines = (Path(__file__).parent / "pieces.txt").read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


def forget() -> None:
    """The list on disk has changed."""
    vocabulary.cache_clear()
    _pieces.cache_clear()


def numbers(asked: str, text: str) -> list[int]:
    """The question, then the reply, as at most `LONGEST` numbers."""
    known = vocabulary()
    question = [number for word in ASKED[asked].split() for number in _pieces(word)]
    reply = [number for token in _TOKEN.findall(spoken(text)) for number in _pieces(token)]
    room = LONGEST - len(question) - 3
    if len(reply) > room:
        reply = reply[: room - _KEPT_AT_END] + reply[-_KEPT_AT_END:]
    return [known[START], *question, known[END], *reply, known[END]]


def spoken(text: str) -> str:
    """The text in lower case without accents, with the names of emoji in their place."""
    text = text.lower()
    if text.isascii():
        return text
    return "".join(_spoken(sign) for sign in unicodedata.normalize("NFD", text))


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
    known = vocabulary()
    if len(word) > _LONGEST_WORD:
        return (known[UNKNOWN],)
    found: list[int] = []
    start = 0
    while start < len(word):
        mark = "##" if start else ""
        for end in range(len(word), start, -1):
            if (number := known.get(mark + word[start:end])) is not None:
                found.append(number)
                start = end
                break
        else:
            return (known[UNKNOWN],)
    return tuple(found)
