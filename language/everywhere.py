"""The words that work anywhere, whatever was asked: STOP, HELP, CALL and the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from language.courtesies import Said, core, without_start
from language.normal import clauses, folded, plain, words
from language.own import own
from language.tables import every_word, phrases, word_set
from language.tongues import named


class Word(StrEnum):
    """A word that works anywhere."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    CALL = "call"
    PAUSE = "pause"
    BACK = "back"
    SKIP = "skip"
    MENU = "menu"
    LANGUAGE = "language"
    WHO = "who"
    DETAILS = "details"
    LEAVE = "leave"
    JOIN = "join"


_COMMAND = re.compile(r"/([a-z_]{1,32})(?:@\w{1,64})?(?: .*)?\Z", re.DOTALL)
_JOIN_CODE = re.compile(
    r"(?:join|/start(?:@\w{1,64})?)[ :;,.#-]+([a-z0-9][a-z0-9-]{1,19})[ .!]*(?:(?:please|pls|plz|thanks)[ .!]*)?\Z"
)
_STOP_THEN_MORE = re.compile(r"stop ?,")
_REQUESTS = frozenset({Word.STOP, Word.CALL, Word.PAUSE})
_IN_PASSING = frozenset({Word.STOP, Word.CALL, Word.WHO})


def everywhere(text: str, language: str, asked: bool) -> Word | None:
    """The word a message is, in the person's language or English, courtesies aside.

    `asked` says that a question is open: then CANCEL, END and QUIT answer it. YES is never one.
    What is quoted or forwarded does not count.
    """
    theirs = own(text)
    matching = plain(theirs)
    if matching.startswith("/"):
        return _command(matching)
    said = words(theirs)
    if not said:
        return Word.HELP if matching and not matching.strip("? ") else None
    if word := _whole(said, language, asked):
        return word
    if _code(folded(theirs)):
        return Word.JOIN
    if named(theirs):
        return Word.LANGUAGE
    return _inside(theirs, language, asked)


def join_code(text: str) -> str | None:
    """The code after JOIN or /start, in capitals: 2 to 20 letters, digits or hyphens."""
    return _code(folded(own(text)))


def _command(matching: str) -> Word | None:
    found = _COMMAND.match(matching)
    if not found:
        return None
    if found[1] == "start":
        return Word.JOIN
    return Word(found[1]) if found[1] in list(Word) else None


def _code(matching: str) -> str | None:
    found = _JOIN_CODE.match(matching)
    if not found or found[1] in every_word("everywhere", "not_codes"):
        return None
    return found[1].upper()


def _whole(said: Said, language: str, asked: bool) -> Word | None:
    centre = core(said, language)
    for candidate in (said, centre):
        if label := phrases(language, "everywhere.whole").whole(candidate):
            return _unless_cut_short(Word(label), said, candidate)
    for_now = phrases(language, "everywhere.asked" if asked else "everywhere.unasked")
    if label := for_now.whole(said) or for_now.whole(centre):
        return None if label == Word.STOP and said != centre else Word(label)
    request = without_start(centre, language, "asking")
    label = phrases(language, "everywhere.whole").whole(request) if request != centre else None
    return Word(label) if label in _REQUESTS else None


def _unless_cut_short(word: Word, said: Said, candidate: Said) -> Word | None:
    """LEAVE is about the list only where it comes first: "please leave" may mean "go away"."""
    return None if word is Word.LEAVE and len(candidate) == 1 and said[0] != candidate[0] else word


def _inside(text: str, language: str, asked: bool) -> Word | None:
    parts = clauses(text)
    for part in parts:
        for found in phrases(language, "everywhere.inside").all(part):
            if not _led_up_to(part[: found.start], language):
                return Word(found.label)
    if len(parts) < 2 or _taken_back(parts, language):
        return None
    return next(_in_passing(text, parts, language, asked), None)


def _led_up_to(before: Said, language: str) -> bool:
    bridge = word_set(language, "everywhere", "bridge")
    word = next((word for word in reversed(before) if word not in bridge), "")
    return word in word_set(language, "everywhere", "unless")


def _taken_back(parts: tuple[Said, ...], language: str) -> bool:
    return any(not word_set(language, "everywhere", "taken_back").isdisjoint(part) for part in parts)


def _in_passing(text: str, parts: tuple[Said, ...], language: str, asked: bool) -> Iterator[Word]:
    """A whole sentence of a longer message that is one of the words."""
    for place, part in enumerate(parts):
        label = phrases(language, "everywhere.whole").whole(core(part, language))
        if label is None or label not in _IN_PASSING or (label != Word.STOP and asked and place):
            continue
        if label != Word.STOP or _stands_out(text, parts, place, language):
            yield Word(label)


def _stands_out(text: str, parts: tuple[Said, ...], place: int, language: str) -> bool:
    """A STOP among other sentences counts first or last; "stop," before a comma only with a reason after it."""
    if place == 0 and _STOP_THEN_MORE.match(plain(text)):
        return any(not word_set(language, "everywhere", "meant").isdisjoint(part) for part in parts[1:])
    return place in {0, len(parts) - 1}
