"""Whether a text is plain: its reading age, its longest sentence, and its hard words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from language.syllables import syllables

_FOLDER = Path(__file__).parent / "hard_words"
_FULL_STOP = re.compile(r"[.!?]+(?=[\s\"')]|\Z)|\n+")
_WORD = re.compile(r"[^\W_][\w'’-]*(?:[.:/@][\w-]+)*")
# Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom, US Navy research branch report
# 8-75, 1975). A child in the first grade is 6, so the age is the grade and five.
_PER_SENTENCE, _PER_WORD, _CONSTANT, _AGE_AT_GRADE_NONE = 0.39, 11.8, 15.59, 5
# A child learns to read at about five: a lower figure would only look exact.
_YOUNGEST = 5.0
_FEWEST_WORDS = 25


def sentences(text: str) -> tuple[str, ...]:
    """What ends with ".", "?", "!" or a line's end. A stop within a word ("2.30pm", an address) ends nothing."""
    return tuple(part.strip() for part in _FULL_STOP.split(text) if _WORD.search(part))


def words(text: str) -> tuple[str, ...]:
    """A number, a time or an address is one word."""
    return tuple(_WORD.findall(text))


def longest_sentence(text: str) -> int:
    """How many words the longest sentence has; 0 for a text without words."""
    return max((len(words(sentence)) for sentence in sentences(text)), default=0)


def reading_age(text: str, language: str) -> float | None:
    """The age, in years, at which a child can read the text. None without words, or where we have no formula.

    English is measured with the Flesch-Kincaid grade level plus five. It counts the length of
    sentences and of words, and nothing else: it knows no hard ideas, and no rare short words. One
    long word makes a short message look years too old, so a text of fewer than 25 words is measured
    as if it went on to 25 in plain words of one syllable and a quarter, as ours mostly do. Take
    it as a warning over whole messages, not as a fact about one sentence.
    """
    if _tag(language) != "en" or not words(text):
        return None
    said, heard = len(words(text)), sum(syllables(word) for word in words(text))
    padding = max(0, _FEWEST_WORDS - said)
    per_word = (heard + 1.25 * padding) / (said + padding)
    grade = _PER_SENTENCE * said / len(sentences(text)) + _PER_WORD * per_word - _CONSTANT
    return round(max(_YOUNGEST, grade + _AGE_AT_GRADE_NONE), 1)


def hard_words(text: str, language: str) -> dict[str, str]:
    """The words we avoid that are in the text, as they are listed, and what to say instead."""
    found = _hard(_tag(language))
    return {word: plainer for word, plainer in found.items() if _whole(word).search(text)}


def _tag(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


@cache
def _hard(tag: str) -> dict[str, str]:
    path = _FOLDER / f"{tag}.toml"
    listed: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return listed


@cache
def _whole(word: str) -> re.Pattern[str]:
    """The word with any space or hyphen between its parts, capitals or not."""
    parts = r"[\s-]+".join(re.escape(part) for part in re.split(r"[ -]", word))
    return re.compile(rf"(?<!\w){parts}(?!\w)", re.IGNORECASE)
