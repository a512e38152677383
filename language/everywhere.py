"""The words that work anywhere, whatever was asked: STOP, HELP, CALL and the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from language import glossary, texting
from language.courtesies import Said, core, without_start
from language.normal import LIMIT, clauses, folded, plain, windows, words
from language.own import own
from language.tables import every_word, phrases, word_set
from language.tongues import named
from language.wish import wishes_to_join


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
    PLAIN = "plain"  # easier words, please
    NORMAL = "normal"  # no more easier words
    HELPERS = "helpers"  # who helps them with our texts, and an end to it
    TIMES = "times"  # at what times of the day our texts suit them
    LESS = "less"  # fewer of our texts
    NEWS = "news"  # our news once a month
    NO_NEWS = "no_news"  # and an end to it
    OTHERS = "others"  # nothing about what other organisations offer
    FORMAT = "format"  # in which format we send things
    PROJECTS = "projects"  # what they could take part in
    MEETINGS = "meetings"  # the meetings that are theirs, and those they could join
    CALENDAR = "calendar"  # the meetings that they come to, as a file for their calendar
    STORY = "story"  # their own story, told in their own time
    STORY_DOWN = "story_down"  # and an end to its use
    FEEDBACK = "feedback"  # to tell us how it was
    WHAT_HAPPENED = "what_happened"  # what became of what they told us
    WHAT_IS = "what_is"  # what a word of ours means


Parts = tuple[Said, ...]
_COMMAND = re.compile(r"/([a-z_]{1,32})(?:@\w{1,64})?(?: .*)?\Z", re.DOTALL)
_JOIN_CODE = re.compile(
    r"(?:join|/start(?:@\w{1,64})?)[ :;,.#-]+([a-z0-9][a-z0-9-]{1,19})[ .!]*(?:(?:please|pls|plz|thanks)[ .!]*)?\Z"
)
_STOP_THEN_MORE = re.compile(r"stop ?,")
_REQUESTS = frozenset({Word.STOP, Word.CALL, Word.PAUSE, Word.LESS})
_IN_PASSING = frozenset({Word.STOP, Word.CALL, Word.WHO, Word.STORY})
_SAID_OUT = 3  # words: "story" may be the beginning of anything


def everywhere(text: str, language: str, asked: bool) -> Word | None:
    """The word a message is, in the person's language or English, courtesies aside.

    `asked` says that a question is open: then CANCEL, END and QUIT answer it. YES is never one.
    What is quoted or forwarded does not count. "Don't text me in the mornings" is about when, and not about whether.
    """
    word = _word(text, language, asked)
    return None if word is Word.STOP and texting.times(text, language) is not None else word


def _word(text: str, language: str, asked: bool) -> Word | None:
    theirs = own(text)
    matching = plain(theirs)
    if matching.startswith("/"):
        return _command(matching)
    parts = _unsigned(clauses(theirs), language)
    said = tuple(word for part in parts for word in part)
    if not said:
        return Word.HELP if matching and not matching.strip("? ") else None
    word = _whole(said, language, asked)
    if word and not _answered_no(parts, word, language) and not _parted(parts, word, language):
        return word
    if word := _of_many_forms(theirs, language):
        return word
    return _inside(theirs, parts, language, asked) or _stop_further_on(theirs, language)


def is_whole(text: str, language: str) -> bool:
    """The whole message is one of the words, courtesies aside."""
    return _whole(words(own(text)), language, asked=True) is not None


def _of_many_forms(theirs: str, language: str) -> Word | None:
    """Words that bring another with them: what it is, a code, a language."""
    if glossary.asked_word(theirs, language):
        return Word.WHAT_IS
    if _code(folded(theirs)):
        return Word.JOIN
    return Word.LANGUAGE if named(theirs) else None


def join_code(text: str) -> str | None:
    """The code after JOIN or /start, in capitals: 2 to 20 letters, digits or hyphens."""
    return _code(folded(own(text)))


def may_be_a_need(text: str, language: str) -> bool:
    """A wish for easier words that is also an answer, where we ask what they need: "easy read, please"."""
    said = core(words(own(text)), language)
    return phrases(language, "plain.need").whole(said) is not None


def _unsigned(parts: Parts, language: str) -> Parts:
    """The clauses without what the phone or the post office put under them ("Sent from my phone")."""
    table, left = phrases(language, "signature"), parts
    while left:
        ends = next((found for found in table.all(left[-1]) if found.end == len(left[-1])), None)
        if ends is None:
            break
        left = (*left[:-1], left[-1][: ends.start]) if ends.start else left[:-1]
    return left or parts


def _answered_no(parts: Parts, word: Word, language: str) -> bool:
    """A no before a comma, and a wish ("No, text me"); "no, stop" is a stop."""
    if word is not Word.STOP or len(parts) < 2 or phrases(language, "signs").whole(parts[0]) != "no":
        return False
    rest = tuple(word for part in parts[1:] for word in part)
    return not _is_stop(rest, language)


def _parted(parts: Parts, word: Word, language: str) -> bool:
    """A STOP, and the news in another sentence: "STOP. News"."""
    return word is Word.NO_NEWS and sum(bool(core(part, language)) for part in parts) > 1


def _stop_further_on(text: str, language: str) -> Word | None:
    """A STOP beyond the length that is read as one: a plea, a line of its own, or the last words."""
    if len(text) <= LIMIT:
        return None
    parts: Parts = ()
    for window in windows(text):
        parts = clauses(window)
        if _taken_back(parts, language):
            continue
        if _asks_inside(parts, language) is Word.STOP or _stops_on_a_line(window, language):
            return Word.STOP
    return Word.STOP if any(_is_stop(part, language) for part in _unsigned(parts, language)[-1:]) else None


def _is_stop(said: Said, language: str) -> bool:
    return phrases(language, "everywhere.whole").whole(core(said, language)) == Word.STOP


def _stops_on_a_line(text: str, language: str) -> bool:
    """STOP, with a line to itself."""
    lines = text.split("\n")
    return len(lines) > 1 and any(_is_stop(words(line), language) for line in lines)


def _command(matching: str) -> Word | None:
    found = _COMMAND.match(matching)
    if not found:
        return None
    if found[1] == "start":
        return Word.JOIN
    return Word(found[1]) if found[1] in {*Word} - {Word.WHAT_IS} else None


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


def _inside(text: str, parts: Parts, language: str, asked: bool) -> Word | None:
    if word := _asks_inside(parts, language):
        return word
    if _taken_back(parts, language):
        return None
    if len(parts) > 1 and (word := next(_in_passing(text, parts, language, asked), None)):
        return word
    if len(parts) > 1 and _stops_on_a_line(text, language):
        return Word.STOP
    return Word.JOIN if not asked and wishes_to_join(text, language) else None


def _asks_inside(parts: Parts, language: str) -> Word | None:
    """A plea that counts wherever it stands: "stop texting me"."""
    for part in parts:
        for found in phrases(language, "everywhere.inside").all(part):
            if found.label == Word.PLAIN and not _nothing_else(parts, language):
                continue
            if not _led_up_to(part[: found.start], language) and not _only_then(part[found.end :], language):
                return Word(found.label)
    return None


def _nothing_else(parts: Parts, language: str) -> bool:
    """Every word belongs to the wish for easier words: there is no answer beside it that would be lost."""
    glue = word_set(language, "plain", "around")
    for part in parts:
        found = [one for one in phrases(language, "everywhere.inside").all(part) if one.label == Word.PLAIN]
        rest = (word for place, word in enumerate(part) if not any(one.start <= place < one.end for one in found))
        if any(word not in glue for word in rest):
            return False
    return True


def _only_then(after: Said, language: str) -> bool:
    """A wish about when, and not about whether: "don't text me after 9". "At all" is no time."""
    if " ".join(after[:2]) in word_set(language, "everywhere", "whenever"):
        return False
    return bool(after) and after[0] in word_set(language, "everywhere", "only_then")


def _led_up_to(before: Said, language: str) -> bool:
    bridge = word_set(language, "everywhere", "bridge")
    word = next((word for word in reversed(before) if word not in bridge), "")
    return word in word_set(language, "everywhere", "unless")


def _taken_back(parts: Parts, language: str) -> bool:
    return any(not word_set(language, "everywhere", "taken_back").isdisjoint(part) for part in parts)


def _in_passing(text: str, parts: Parts, language: str, asked: bool) -> Iterator[Word]:
    """A whole sentence of a longer message that is one of the words."""
    for place, part in enumerate(parts):
        label = phrases(language, "everywhere.whole").whole(core(part, language))
        if label is None or label not in _IN_PASSING or (label != Word.STOP and asked and place):
            continue
        led_up = any(core(one, language) for one in parts[:place])
        if label == Word.STORY and (asked or led_up or len(part) < _SAID_OUT):
            continue
        if label != Word.STOP or _stands_out(text, parts, place, language):
            yield Word(label)


def _stands_out(text: str, parts: Parts, place: int, language: str) -> bool:
    """A STOP among other sentences counts first or last; "stop," before a comma only with a reason after it."""
    if place == 0 and _STOP_THEN_MORE.match(plain(text)):
        return any(not word_set(language, "everywhere", "meant").isdisjoint(part) for part in parts[1:])
    return place in {0, len(parts) - 1}
