"""How long a text is as an SMS."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from smsutil import gsm_split, is_valid_gsm

# Units of one UTF-16 pair of bytes (Twilio docs, "SMS character limits").
_ALONE, _EACH_PART = 70, 67
_JOINER = "\u200d"
_LETTERS_OF_FLAGS = range(0x1F1E6, 0x1F200)
_EXTENDING = (range(0xFE00, 0xFE10), range(0x1F3FB, 0x1F400), range(0xE0020, 0xE0080), range(0x200C, 0x200E))

_PLAIN = str.maketrans(
    dict.fromkeys("’‘‛′´`", "'")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
    )
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "")
    | {"…": "...", "•": "-"}
)


@dataclass(frozen=True, slots=True)
class Length:
    """`units` are septets for GSM-7 (160 in one segment, 153 in each of several), else UTF-16 units (70, 67)."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    segments: int


@lru_cache(maxsize=64)  # a broadcast is counted once, and not for each who gets it
def length(text: str) -> Length:
    """What it takes to carry a text. Nothing that is one character to a reader is parted between segments."""
    if not text:
        return Length("GSM-7", 0, 1)
    if is_valid_gsm(text):
        split = gsm_split(text)
        return Length("GSM-7", split.total_bytes, len(split.parts))
    sizes = list(_sizes(text))
    units = sum(sizes)
    return Length("UCS-2", units, 1 if units <= _ALONE else _parts(sizes))


def gsm_clean(text: str) -> str:
    """Our own template text with plain quotes, dashes and spaces. Never for a person's name or words."""
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


def _parts(sizes: list[int]) -> int:
    parts, used = 1, 0
    for size in sizes:
        used += size
        if used > _EACH_PART:
            parts, used = parts + 1, size
    return parts


def _sizes(text: str) -> Iterator[int]:
    """The UTF-16 units of each character as a reader sees it: a flag, a family, a letter with its accent.

    One longer than a part is cut between its code points.
    """
    size, before, flag = 0, "", False
    for character in text:
        width = 2 if ord(character) > 0xFFFF else 1
        letter = ord(character) in _LETTERS_OF_FLAGS
        joins = before == _JOINER or _extends(character) or (letter and flag)
        if before and (not joins or size + width > _EACH_PART):
            yield size
            size = 0
        size, before, flag = size + width, character, letter and not flag
    if before:
        yield size


def _extends(character: str) -> bool:
    code = ord(character)
    return code > 0x2FF and (
        unicodedata.category(character) in {"Mn", "Mc", "Me"} or any(code in extending for extending in _EXTENDING)
    )
