"""Arranging: which kinds of thing a text asks to arrange, and the text without why somebody needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from language.courtesies import core
from language.normal import LIMIT, bare, plain, words
from language.tables import phrases

OTHER = "other"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PARTED = re.compile(r"[.!?;:\n(),/&+•]| [-–—] ")
_MARKS = " ,;:-."
_TWICE = re.compile(r"(?:\s*[,;:.])+\s*([,;:.])")  # marks that stood on either side of what was cut out
_SECTION = "arranging"


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands between two marks or two "and"s: its bare words, and where each stands in the text."""

    said: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def kinds_in(text: str, language: str) -> tuple[str, ...]:
    """The kinds of thing that it asks for, in the order of the text: "bsl", "transport" ... (as
    `storage.arrangements.ArrangementKind` has them). What it asks for that we have no kind for is "other"; nothing
    where it says that there is nothing.
    """
    if phrases(language, f"{_SECTION}.aside").whole(words(text)):
        return ()
    found: dict[str, None] = {}
    for part in _parts(text, language):
        found |= dict.fromkeys(_of_part(part.said, language))
    return tuple(sorted(found, key=lambda kind: kind == OTHER))


def without_why(text: str, language: str) -> str:
    """What it asks for, without the reasons that it gives. All of it where nothing else would be left."""
    cut = text
    for part in reversed(list(_parts(text, language))):
        start = _why_begins(part.said, language)
        if start is not None:
            cut = cut[: part.spans[start][0]] + cut[part.spans[-1][1] :]
    return _without_joins(" ".join(cut.split()), language) or text.strip()


def _without_joins(text: str, language: str) -> str:
    """Without the marks, and the "and" or "so", that joined it to what was cut off."""
    joins = phrases(language, f"{_SECTION}.and")
    text = _TWICE.sub(r"\1", text).strip(_MARKS)
    said = list(_WORD.finditer(text))
    if said and joins.whole((bare(plain(said[0][0])),)):
        return _without_joins(text[said[0].end() :], language)
    if said and joins.whole((bare(plain(said[-1][0])),)):
        return _without_joins(text[: said[-1].start()], language)
    return text


def takes_back(text: str, language: str) -> bool:
    """Something in it is said not to be needed."""
    parts = _parts(text, language)
    return any(next(iter(phrases(language, f"{_SECTION}.refused").all(part.said)), None) for part in parts)


def _of_part(said: tuple[str, ...], language: str) -> Iterator[str]:
    """The kinds that this part names; "other" where it asks for something and names none."""
    why = _why_begins(said, language)
    asked = said if why is None else said[:why]
    found = list(phrases(language, f"{_SECTION}.inside").all(asked))
    refused = [one.start for one in phrases(language, f"{_SECTION}.refused").all(asked)]
    wanted = [one.label for one in found if not any(start <= one.start for start in refused)]
    yield from wanted
    if wanted or found or refused or not core(asked, language) or _is_aside(asked, language):
        return
    yield OTHER


def _is_aside(said: tuple[str, ...], language: str) -> bool:
    return phrases(language, f"{_SECTION}.aside").at(said, 0) is not None


def _why_begins(said: tuple[str, ...], language: str) -> int | None:
    """At which word of the part the reason begins."""
    first = next(iter(phrases(language, f"{_SECTION}.why").all(said)), None)
    return first.start if first is not None else None


def _parts(text: str, language: str) -> Iterator[_Part]:
    """The text in parts, none of them empty."""
    joins = phrases(language, f"{_SECTION}.and")
    said: list[str] = []
    spans: list[tuple[int, int]] = []
    end = 0
    for word in _WORD.finditer(text[:LIMIT]):
        name = bare(plain(word[0]))
        parted = bool(_PARTED.search(text, end, word.start()))
        if (parted or joins.whole((name,))) and said:
            yield _Part(tuple(said), tuple(spans))
            said, spans = [], []
        if not joins.whole((name,)):
            said.append(name)
            spans.append(word.span())
        end = word.end()
    if said:
        yield _Part(tuple(said), tuple(spans))
