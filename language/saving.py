"""What a text costs as an SMS, and what would make it cost less."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from smsutil import is_valid_gsm

from language.finding import Code, Finding
from language.plain import is_english
from language.sms import gsm_clean, length

_ONE = {"GSM-7": 160, "UCS-2": 70}
_JOINER = "\u200d"
# An emoji and what belongs to it: joiners, variants, tones of skin, parts of flags.
_PICTURES = frozenset({"So", "Sk", "Cf", "Me", "Cs"})


def marks(text: str) -> Iterator[Finding]:
    """Curly quotes, long dashes and odd spaces, which have a plain twin."""
    odd = [one for one in dict.fromkeys(text) if gsm_clean(one) != one and not one.isalpha() and one != _JOINER]
    if odd:
        changes = ", ".join(_change(one) for one in odd)
        yield Finding(Code.ODD_MARKS, f"Write plain marks: {changes}.", tuple(odd))


def letters(text: str, language: str) -> Iterator[Finding]:
    """What else does not fit into GSM-7, where the rest of the text would."""
    costly = _costly(text)
    if costly and (is_english(language) or all(_is_picture(one) for one in costly)):
        named = ", ".join(f'"{one}"' for one in costly if not _is_joiner(one))
        yield Finding(
            Code.COSTLY_LETTER,
            f"With {named} a text holds 70 characters, not 160. Write it another way if you can. "
            "In a person's own name or words, leave it as it is.",
            costly,
        )


def segments(text: str) -> Iterator[Finding]:
    """What would bring a text of several segments into one."""
    if (count := length(text).segments) > 1:
        yield Finding(Code.SEGMENTS, f"It is as long as {count} texts. {_way_to_one(text)}")


def _way_to_one(text: str) -> str:
    plain = gsm_clean(text)
    pictures = [one for one in dict.fromkeys(plain) if _is_picture(one) and not is_valid_gsm(one)]
    without = "".join(one for one in plain if one not in pictures)
    steps = ["change the marks"] * (plain != text)
    if named := [one for one in pictures if not _is_joiner(one)]:
        steps.append(f"take out {' '.join(named)}")
    left = length(without)
    if left.segments > 1:
        over = left.units - _ONE[left.encoding]
        steps.append(f"take out {over}{' more' * (without != plain)} character{'s' * (over > 1)}")
    way = ", ".join(steps)
    return f"{way[0].upper()}{way[1:]}, and it is one."


def _costly(text: str) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(gsm_clean(text)) if not is_valid_gsm(one))


def _is_picture(one: str) -> bool:
    return unicodedata.category(one) in _PICTURES or 0xFE00 <= ord(one) <= 0xFE0F


def _is_joiner(one: str) -> bool:
    return unicodedata.category(one) in {"Cf", "Mn", "Me", "Sk"}


def _change(one: str) -> str:
    plain = gsm_clean(one)
    if one.isspace():
        return "an odd space to a plain one"
    return f"{one} to {plain}" if plain else "a mark nobody sees to nothing"
