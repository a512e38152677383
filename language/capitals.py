"""Words in capitals: those that people may send us, abbreviations that nobody explained, and shouting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from language import reply
from language.everywhere import everywhere
from language.finding import Code, Finding
from language.more import is_more
from language.plainer import section
from language.reading import Option, Question
from language.story import is_all

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[&'’](?=[^\W\d_]))+")
_LONGEST_ABBREVIATION = 5
_TWO = Question("choices", (Option("a", "Asha"), Option("b", "Ben")))


def findings(text: str, language: str) -> Iterator[Finding]:
    """One for each abbreviation that is not explained in the text, and one for each run of shouting."""
    told: set[str] = set()
    for run in _runs(text):
        written = text[run[0].start() : run[-1].end()]
        left = [] if _understood(written, language) else [one[0] for one in run if not _known(one[0], text, language)]
        for finding in _in_run(left, written, language):
            if finding.words[0] not in told:
                told.add(finding.words[0])
                yield finding


def _in_run(left: list[str], written: str, language: str) -> Iterator[Finding]:
    shouts = [word for word in left if not _is_abbreviation(word)]
    if shouts and len(left) > 1:
        yield Finding(Code.CAPITALS, _no_word(written, language), (written,))
    elif shouts:
        yield Finding(Code.CAPITALS, _no_word(shouts[0], language), (shouts[0],))
    else:
        yield from (Finding(Code.ABBREVIATION, _unexplained(word), (word,)) for word in left)


def _no_word(said: str, language: str) -> str:
    return (
        f'"{said}" is in capitals, which reads as shouting. Keep capitals for words that people can send us: '
        f'in "{language}" we would not understand this one.'
    )


def _unexplained(word: str) -> str:
    means = section("en", "abbreviations").get(word)
    if means:
        return f'"{word}" is not explained. Say "{means}".'
    return f'"{word}" is not explained. Write the words instead, or put them beside it in brackets.'


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Words in capitals that follow each other with only a space between them."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if _in_capitals(word[0]) and not _beside_a_digit(text, word):
            if run and text[run[-1].end() : word.start()].strip(" "):
                yield run
                run = []
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _in_capitals(word: str) -> bool:
    return word.isupper() or _singular(word) != word or word in section("en", "abbreviations")


def _singular(word: str) -> str:
    """GP, of "GPs"."""
    return word[:-1] if len(word) > 2 and word.endswith("s") and word[:-1].isupper() else word


def _beside_a_digit(text: str, word: re.Match[str]) -> bool:
    """A postcode or a code is no word."""
    return text[word.start() - 1 : word.start()].isdecimal() or text[word.end() : word.end() + 1].isdecimal()


def _known(word: str, text: str, language: str) -> bool:
    bare = _singular(word)
    return bare in _listed("known") or f"({bare})" in text or f"{bare} (" in text or _understood(bare, language)


def _is_abbreviation(word: str) -> bool:
    short = len(word.removesuffix("s")) <= _LONGEST_ABBREVIATION
    return word in section("en", "abbreviations") or (short and word not in _listed("loud"))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(section("en", "capitals").get(name, ()))


@lru_cache(maxsize=1000)
def _understood(said: str, language: str) -> bool:
    """Whether somebody who sends it would be understood."""
    word = everywhere(said, language, asked=True) or is_more(said, language) or is_all(said, language)
    return bool(word) or reply.read(_TWO, said, language).value == ("a", "b")
