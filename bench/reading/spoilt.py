"""Spoilt texts: what people wrote, lost, doubled, turned and mixed; and signs that nobody would write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bench.reading.collection import Reply, replies

_STREWN = (
    *(
        "",
        " ",
        "\n",
        "\u200d",
        "\u0301\u0301\u0301",
        "\ud83d",
        "\0",
        "\u202e",
        "🏽",
        "👍",
        "“",
        '"',
        "> ",
        "fwd: ",
        "/",
    ),
    *("[SEP]", "ß", "０", "ﷺ", "1️⃣", "👎", "(", "((", ",", "?", "!", "\N{LATIN SMALL LETTER I}\u0307", "🛑"),
)
_ALONE = ("1", "2", "3", "ok", "no", "👍", "yes", "YES", "tak", "nie", "stop", "help", "cancel", "skip", "back", "menu")
_LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A text, in whose language it is, and the replies that it was made from."""

    text: str
    language: str
    made_from: tuple[Reply, ...]


def spoilt(number: int, seed: int) -> Iterator[Spoilt]:
    """So many of them; the same for the same seed."""
    chance, written = Random(seed), replies("replies")
    for _ in range(number):
        yield _one(chance, written)


def _one(chance: Random, written: list[Reply]) -> Spoilt:
    kind = chance.random()
    if kind < 0.08:
        return Spoilt(_noise(chance), chance.choice(("en", "pl")), ())
    if kind < 0.16:
        return Spoilt(chance.choice(_ALONE), chance.choice(("en", "pl")), ())
    first = chance.choice(written)
    parts = (first,) if kind < 0.75 else (first, chance.choice(written))
    text = chance.choice((" ", ", ", ". ", "\n", " but ", "")).join(part.text for part in parts)
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        text = _changed(text, chance)
    return Spoilt(text[:_LONGEST], first.language, parts)


def _changed(text: str, chance: Random) -> str:
    start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    piece = text[start:end]
    new = chance.choice((piece * 2, piece[::-1], piece.upper(), piece.swapcase(), "", piece * chance.randint(2, 40)))
    return text[:start] + chance.choice(_STREWN) + new + text[end:]


def _noise(chance: Random) -> str:
    most = chance.choice((0x7F, 0x24F, 0x7FF, 0xFFFF, 0x10FFFF))
    return "".join(chr(chance.randint(0, most)) for _ in range(chance.randint(0, 200)))
