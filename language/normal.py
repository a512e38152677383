"""One text, three ways: a copy to match, a copy to keep, and its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LIMIT = 2000  # characters: a longer text is read by its beginning, or in windows
LONGEST = 20_000  # characters looked at in windows: of a longer text, half as many from either end
_OVERLAP = 200  # characters that two windows share, so that no phrase is cut in two

_LINE_ENDS = "\n\r\t\v\f\x85\u2028\u2029"
_QUOTES = {"'": "’‘‛‚ʼʹ´`′＇", '"': "“”„‟«»″〝〞＂"}
_DASHES = "‐‑‒–—―−﹘﹣－"
_LOOKALIKES = str.maketrans(
    {mark: plain_mark for plain_mark, marks in _QUOTES.items() for mark in marks}
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_LINE_ENDS, " ")
    | {"🔟": "10"}
)
_UNDECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"})

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_NEVER_STORED = re.compile("[\x00\ud800-\udfff]")
_SIGNS = "\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f170-\U0001faff"
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff\u0e31-\u0e4e"
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{_MARKS}])*|[{_SIGNS}]")
_CLAUSE_END = re.compile(r"[.!?;:\n()]+| - |,")


def safe(text: str) -> str:
    """The text for storing and showing: NUL and lone surrogates gone, NFC, nothing else changed."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    return unicodedata.normalize("NFC", _NEVER_STORED.sub("", text))


def both_ends(text: str) -> str:
    """The text, or of one longer than `LONGEST` the beginning and the end, parted by a new line."""
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST // 2]}\n{text[-LONGEST // 2 :]}"


def windows(text: str) -> Iterator[str]:
    """The whole of `both_ends` in overlapping pieces of at most `LIMIT` characters, cut at spaces where it can be."""
    text, start = both_ends(text), 0
    while len(text) - start > LIMIT:
        space = text.rfind(" ", start + LIMIT - _OVERLAP // 2, start + LIMIT)
        end = space if space > 0 else start + LIMIT
        yield text[start:end]
        start = end - _OVERLAP
        start = text.find(" ", start, start + _OVERLAP // 2) + 1 or start
    yield text[start:]


@lru_cache(maxsize=64)
def folded(text: str) -> str:
    """The copy to match against: lower case, plain quotes and dashes, ASCII digits, single spaces.

    Invisible characters, skin tones and variation selectors are gone. At most `LIMIT` characters
    are looked at.
    """
    cut = text[:LIMIT]
    cut = _CONTROLS.sub("", cut.translate(_LOOKALIKES)).lower() if cut.isascii() else _fold(cut)
    return " ".join(cut.split())[:LIMIT].strip()


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """`folded`, with letters stretched three times or more cut to one: "yesss" is "yes"."""
    return _STRETCHED.sub(r"\1", folded(text))


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_LOOKALIKES))[: 2 * LIMIT]  # one sign may become 18 letters
    text = unicodedata.normalize("NFKC", text.casefold()).translate(_LOOKALIKES)
    return "".join(map(_visible, text))


@lru_cache(maxsize=2048)
def _visible(character: str) -> str:
    if character.isascii():
        return "" if _CONTROLS.match(character) else character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) in {"Cc", "Cf", "Cs"} or character == "\u20e3":
        return ""
    code = ord(character)
    if 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF or 0xE0100 <= code <= 0xE01EF:
        return ""
    return character


def bare(text: str) -> str:
    """A matching copy without apostrophes and accents, as hurried people type: "can't" is "cant"."""
    text = text.replace("'", "")
    if text.isascii():
        return text
    split = unicodedata.normalize("NFD", text).translate(_UNDECOMPOSED)
    return unicodedata.normalize("NFC", "".join(c for c in split if not "\u0300" <= c <= "\u036f"))


@lru_cache(maxsize=64)
def words(text: str) -> tuple[str, ...]:
    """The bare words of a text in order, numbers and picture signs among them."""
    matching = bare(plain(text))
    return tuple((_ASCII_WORD if matching.isascii() else _WORD).findall(matching))


@lru_cache(maxsize=64)
def clauses(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a text, parted where its punctuation or a new line parts them."""
    parts = (words(part) for part in _CLAUSE_END.split(plain(text.replace("\n", " ; "))))
    return tuple(part for part in parts if part)
