"""Whether a text is easy to read: its reading age, and the length of its sentences and words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from language.finding import Code, Finding
from language.syllables import syllables
from language.tag import primary

LONGEST_SENTENCE, OLDEST_READER = 15, 11  # words; years
# Where no formula is fit: letters a word.
_LONGEST_WORDS = 6.5
_FULL_STOP = re.compile(r"[.!?]+(?=[\s\"')]|\Z)|\n+")
_WORD = re.compile(r"[^\W_][\w'’-]*(?:[.:/@][\w-]+)*")
# Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom, US Navy research branch report
# 8-75, 1975). A child in the first grade is 6, so the age is the grade and five.
_PER_SENTENCE, _PER_WORD, _CONSTANT, _AGE_AT_GRADE_NONE = 0.39, 11.8, 15.59, 5
# A child learns to read at about five: a lower figure would only look exact.
_YOUNGEST = 5.0
_GROWN_UP = 18
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

    How far it can be trusted, by 25 texts of five levels that were written for readers of those
    ages, none shorter than 20 words: it puts the levels in order, and 11 parts all that were
    written for children of 11 or less from all others. Texts for nine to eleven came out as 5.6
    to 8.1: it flatters plain texts by about three years. Texts for 16 and more came out as 25
    to 31: beyond 18 it says "harder", and no age. It says nothing of whether people understood.
    Over 63 openings that teachers had written at three levels (OneStopEnglish corpus, Vajjala and
    Lučić 2018) it put 87 of 100 pairs of one article in order, at 25 to 40 words 71 to 80 of 100,
    and at 15 words no more than chance: `bench/RESULTS.md`.

    There is none for Polish: the formulas that we know of (Pisarek's, and FOG as fitted to Polish)
    give years of schooling that nobody has held against readers of short messages.
    """
    if not is_english(language) or not words(text):
        return None
    said, heard = len(words(text)), sum(syllables(word) for word in words(text))
    padding = max(0, _FEWEST_WORDS - said)
    per_word = (heard + 1.25 * padding) / (said + padding)
    grade = _PER_SENTENCE * said / len(sentences(text)) + _PER_WORD * per_word - _CONSTANT
    return round(max(_YOUNGEST, grade + _AGE_AT_GRADE_NONE), 1)


def sentence_length(text: str) -> float:
    """Words a sentence, on average; 0 for a text without words."""
    return round(len(words(text)) / max(1, len(sentences(text))), 1)


def word_length(text: str) -> float:
    """Letters and digits a word, on average; 0 for a text without words."""
    said = words(text)
    return round(sum(sum(map(str.isalnum, word)) for word in said) / max(1, len(said)), 1)


def findings(text: str, language: str) -> Iterator[Finding]:
    """A sentence that is too long; a text that asks for too old a reader, or, without a formula, has long words."""
    longest = longest_sentence(text)
    if longest > LONGEST_SENTENCE:
        which = tuple(one for one in sentences(text) if len(words(one)) > LONGEST_SENTENCE)
        said = f"A sentence has {longest} words; {LONGEST_SENTENCE} is the most. Part it into two."
        yield Finding(Code.LONG_SENTENCE, said, which)
    age = reading_age(text, language)
    if age is not None and age > OLDEST_READER:
        told = f"of {age}" if age <= _GROWN_UP else f"of more than {_GROWN_UP}"
        said = f"It needs a reading age {told}; {OLDEST_READER} is the most. Use shorter words and sentences."
        yield Finding(Code.READING_AGE, said)
    if age is None and len(words(text)) >= _FEWEST_WORDS and word_length(text) > _LONGEST_WORDS:
        said = f"Its words have {word_length(text)} letters on average. Shorter words are easier."
        yield Finding(Code.LONG_WORDS, said)


def is_english(language: str) -> bool:
    """Whether a tag ("en", "en-GB") is for English."""
    return primary(language) == "en"
