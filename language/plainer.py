"""The hard words in a text, and plainer ones to say instead."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from language.finding import Code, Finding
from language.inflection import bent, plural, verb_forms
from language.tag import primary

_FOLDER = Path(__file__).parent / "hard_words"
_NOBODYS: Mapping[str, str] = MappingProxyType({})
_PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SPACE = re.compile(r"[\s\-‐‑]+")
_POSSESSIVE = re.compile(r"['’]s$")

# "realizowa*" is said "realizuj..." of what somebody does now.
_POLISH_VERB = re.compile(r"[oy]wa\*\Z")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hard:
    """`listed` is the form in our list, `written` what stands in the text.

    `plainer` is what to say instead, or, where `advice` is True, what to do instead.
    """

    listed: str
    written: str
    plainer: str
    advice: bool = False


class _List:
    """Phrases by their words. An entry that ends in "*" stands for any ending of its word."""

    def __init__(self, entries: Mapping[str, tuple[str, bool]]) -> None:
        self.longest = 1
        self._whole: dict[Key, tuple[str, str, bool]] = {}
        self._begun: dict[str, list[tuple[Key, str, str, bool]]] = {}
        for listed, (plainer, advice) in entries.items():
            key = tuple(part.lower().replace("’", "'") for part in re.findall(r"[^\W_]+(?:['’][^\W_]+)*\*?", listed))
            self.longest = max(self.longest, len(key))
            if "*" in listed:
                self._begun.setdefault(key[0][:3].rstrip("*"), []).append((key, listed, plainer, advice))
            elif key:
                self._whole[key] = listed, plainer, advice

    def find(self, key: Key) -> tuple[str, str, bool] | None:
        """What is listed for these words, its plainer words, and whether those are advice."""
        if found := self._whole.get(key):
            return found
        candidates = (entry for size in (3, 2, 1) for entry in self._begun.get(key[0][:size], ()))
        return next((entry[1:] for entry in candidates if _fits(entry[0], key)), None)


def hard_words(text: str, language: str, own: Mapping[str, str] = _NOBODYS) -> dict[str, str]:
    """The words we avoid that are in the text, as they are listed, and what to say instead.

    `own` is a council's list, which wins over ours; a word with nothing beside it is one they may say.
    """
    return {_named(hard): hard.plainer for hard in _found(text, language, own)}


def findings(text: str, language: str, own: Mapping[str, str] = _NOBODYS) -> Iterator[Finding]:
    """One for each hard word, however often it is said."""
    for hard in {_named(hard): hard for hard in _found(text, language, own)}.values():
        instead = f"{hard.plainer}." if hard.advice else f'Say "{hard.plainer}".'
        yield Finding(Code.HARD_WORD, f'It says "{_named(hard)}". {instead}', (hard.written,))


def _named(hard: Hard) -> str:
    """As it is listed; where the list leaves the ending open, as it was written."""
    return hard.written.lower() if "*" in hard.listed else hard.listed


@cache
def section(language: str, name: str) -> dict[str, Any]:
    """A part of the language's file, empty where there is none."""
    path = _FOLDER / f"{primary(language)}.toml"
    listed: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return listed.get(name, {})


def _found(text: str, language: str, own: Mapping[str, str]) -> Iterator[Hard]:
    lists = (_own(tuple(own.items())), _ours(language)) if own else (_ours(language),)
    yield from (hard for hard in _in(text, lists) if hard.plainer)


def _in(text: str, lists: tuple[_List, ...]) -> Iterator[Hard]:
    """The longest phrase at each place."""
    parts = list(_PART.finditer(text))
    said = [_POSSESSIVE.sub("", part[0].lower()).replace("’", "'") for part in parts]
    place = 0
    while place < len(parts):
        end, hard = _at(text, parts, said, place, lists)
        if hard:
            yield hard
        place = max(end, place + 1)


def _at(
    text: str, parts: list[re.Match[str]], said: list[str], place: int, lists: tuple[_List, ...]
) -> tuple[int, Hard | None]:
    end, most = place + 1, max(one.longest for one in lists)
    while end < min(len(parts), place + most) and _go_on(text, parts[end - 1], parts[end]):
        end += 1
    for last in range(end, place, -1):
        for one in lists:
            if found := one.find(tuple(said[place:last])):
                return last, Hard(found[0], text[parts[place].start() : parts[last - 1].end()], *found[1:])
    return place, None


def _go_on(text: str, one: re.Match[str], following: re.Match[str]) -> bool:
    """Whether two words may be parts of one phrase: a space or a hyphen is between them, or they are as "e.g."."""
    between = text[one.end() : following.start()]
    return bool(_SPACE.fullmatch(between)) or (between == "." and len(one[0]) == len(following[0]) == 1)


def _fits(entry: Key, key: Key) -> bool:
    return len(entry) == len(key) and all(
        part.startswith(stem[:-1]) if stem.endswith("*") else part == stem
        for stem, part in zip(entry, key, strict=True)
    )


@lru_cache(maxsize=16)
def _own(entries: tuple[tuple[str, str], ...]) -> _List:
    return _List({word: (plainer, False) for word, plainer in entries})


@cache
def _ours(language: str) -> _List:
    """Every form of what is listed. What is listed as it stands wins over a form that was made."""
    return _List(dict(_entries(language)))


def _entries(language: str) -> Iterator[tuple[str, tuple[str, bool]]]:
    for verb, plainer in section(language, "verbs").items():
        for form, name in verb_forms(verb):
            yield form, (_each(plainer, name), False)
    for noun, plainer in section(language, "nouns").items():
        one, _stroke, many = plainer.partition(" | ")
        yield plural(noun), (many or _several(one), False)
        yield noun, (one, False)
    for phrase, plainer in section(language, "phrases").items():
        yield phrase, (plainer, False)
        if _POLISH_VERB.search(phrase):
            yield _POLISH_VERB.sub("uj*", phrase), (plainer, False)
    yield from ((phrase, (advice, True)) for phrase, advice in section(language, "advice").items())


def _each(plainer: str, name: str) -> str:
    return ", ".join(bent(one, name) for one in plainer.split(", "))


def _several(plainer: str) -> str:
    """Single words in the plural; what is said in more words is offered as it stands."""
    return ", ".join(one if " " in one else plural(one) for one in plainer.split(", "))
