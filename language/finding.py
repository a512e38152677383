"""What the plain-words checker can find in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """One kind of finding each; settings and pages name them by these words."""

    READING_AGE = "reading_age"
    LONG_SENTENCE = "long_sentence"
    LONG_WORDS = "long_words"
    PASSIVE = "passive"
    HARD_WORD = "hard_word"
    ABBREVIATION = "abbreviation"
    CAPITALS = "capitals"
    BLAME = "blame"
    SEVERAL_QUESTIONS = "several_questions"
    QUESTION_NOT_LAST = "question_not_last"
    SEVERAL_IDEAS = "several_ideas"
    NO_WEEKDAY = "no_weekday"
    WRONG_WEEKDAY = "wrong_weekday"
    UNCLEAR_DAY = "unclear_day"
    UNCLEAR_TIME = "unclear_time"
    NO_SENDER = "no_sender"
    NO_STOP = "no_stop"
    SEVERAL_LINKS = "several_links"
    SHORT_LINK = "short_link"
    UNKNOWN_LINK = "unknown_link"
    PERSONAL_LINK = "personal_link"
    ODD_MARKS = "odd_marks"
    COSTLY_LETTER = "costly_letter"
    SEGMENTS = "segments"


@dataclass(frozen=True, slots=True)
class Finding:
    """`says` is what is wrong and what would help, in plain words. `words` are the words it is about, as written."""

    code: Code
    says: str
    words: tuple[str, ...] = ()
