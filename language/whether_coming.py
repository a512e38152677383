"""Whether somebody says, without being asked, that they come to a meeting, or not: "can't make Thursday".

It must be about themselves, and about coming. "My carer comes on Thursday" and "Thursday was lovely" are not.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from language.courtesies import Said, core, without_start
from language.kinds import asks
from language.normal import clauses
from language.own import own
from language.phrases import Found
from language.tables import phrases, word_set

# Kinds of phrases: what may be put as a question has the mark "asked", what needs a day after it the mark "day".
_PLACE, _OFF, _NOTHING = "place", "off", "nothing"
_NUMBERED = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\Z")


@dataclass(frozen=True, slots=True)
class Says:
    """`answer` is "yes", "no" or "late". `kind` is how a no was said: of their "place", of a list ("off"), or plainly.

    `request`: it is said as a question too, "can someone else have my place?".
    """

    answer: str
    because: str
    kind: str = ""
    request: bool = False


def says(text: str, language: str, names: Collection[str] = ()) -> Says | None:
    """What they say of coming; None where they say nothing of it, ask, or say both yes and no.

    `names` are words by which a meeting is known.
    """
    theirs = own(text)
    found = [one for part in clauses(theirs) if (one := _heard(part, language, frozenset(names))) is not None]
    answers = {one.answer for one in found}
    if not found or answers >= {"yes", "no"} or answers >= {"no", "late"}:
        return None
    if asks(theirs, language) and not all(one.request for one in found):
        return None
    return next((one for one in found if one.answer == "late"), found[-1])


def beside_the_list(text: str, language: str, names: Collection[str] = ()) -> str | None:
    """What else is said by who asks to be taken off the list of a meeting; None where they do not ask for that.

    They must name the meeting: its day, a word of its title, or that it is one. "Take me off the list" is a STOP.
    """
    known, rest, is_asked = frozenset(names), [], False
    for part in clauses(own(text)):
        said = without_start(part, language, "before")
        found = [one for one in phrases(language, "whether_coming").all(said) if one.label.startswith(_OFF)]
        off = next((one for one in found if _told(said, one, language, known) is not None), None)
        is_asked |= off is not None
        after = _beyond(_without_endings(said[off.end :], language), language, known) if off is not None else ()
        rest.append(" ".join(said if off is None else (*said[: off.start], *after)))
    return ". ".join(part for part in rest if part) if is_asked else None


def mentions(text: str, language: str) -> bool:
    """A word of it is there: whether they say it of themselves is looked at closely then."""
    table = phrases(language, "whether_coming")
    return any(True for part in clauses(own(text)) for _one in table.all(part))


def _heard(part: Said, language: str, names: frozenset[str]) -> Says | None:
    said = without_start(part, language, "before")
    leads = word_set(language, "whether_coming_words", "lead")
    for start in range(len(said)):
        found = phrases(language, "whether_coming").at(said, start)
        told = _told(said, found, language, names) if found is not None else None
        if told is not None or (found is not None and found.label == _NOTHING):
            return told
        if said[start] not in leads:
            return None
    return None


def _told(said: Said, found: Found, language: str, names: frozenset[str]) -> Says | None:
    """The phrase in its clause; one that needs a day counts only before one."""
    kind, *marks = found.label.split("_")
    if kind == _NOTHING:
        return None
    rest = said[found.end :] if kind != _OFF else _without_endings(said[found.end :], language)
    after = _without_about(rest, language)
    is_named = _is_day(after, language) or bool(after and after[0] in names)
    if kind == _OFF:
        is_named = (is_named or _is_a_meeting(rest, after, language)) and _goes_with(
            _beyond(rest, language, names), language
        )
    else:
        is_named = is_named or (rest != after and not core(after, language))  # "not coming to the meeting"
    if not is_named and ("day" in marks or not _goes_with(after, language)):
        return None
    because = " ".join(said[found.start : found.end])
    late = any(one.label == "late" for one in phrases(language, "whether_coming").all(rest))
    answer = "no" if kind in {_OFF, _PLACE} else "late" if kind == "yes" and late else kind
    return Says(answer, because, kind if kind in {_OFF, _PLACE} else "", "asked" in marks)


def _is_a_meeting(rest: Said, after: Said, language: str) -> bool:
    """It is called what everybody calls it: "for the meeting"."""
    about = rest[: len(rest) - len(after)]
    return not word_set(language, "whether_coming_words", "meeting").isdisjoint(about)


def _without_endings(said: Said, language: str) -> Said:
    """With the days as such: "Thursdays list" is that of Thursday."""
    return tuple(word[:-1] if word[-1:] == "s" and _is_day((word[:-1],), language) else word for word in said)


def _beyond(said: Said, language: str, names: frozenset[str]) -> Said:
    """What is said after the day and the name of the meeting."""
    rest = said
    while rest:
        shorter = _without_about(rest, language)
        if shorter and shorter[0] in names:
            shorter = shorter[1:]
        shorter = shorter[_day_ends(shorter, language) :]
        if shorter == rest:
            break
        rest = shorter
    return rest


def _goes_with(after: Said, language: str) -> bool:
    """Nothing follows, or a reason or a courtesy: "with you on the train" is of something else."""
    follow = word_set(language, "whether_coming_words", "follow")
    return not core(after, language) or after[0] in follow or " ".join(after[:2]) in follow


def _without_about(said: Said, language: str) -> Said:
    about = word_set(language, "whether_coming_words", "about")
    start = 0
    while start < len(said) and said[start] in about:
        start += 1
    return said[start:]


def _is_day(said: Said, language: str) -> bool:
    return _day_ends(said, language) > 0


def _day_ends(said: Said, language: str) -> int:
    """Of how many words the day is with which it begins; 0 where it begins with none."""
    if not said:
        return 0
    spoken = phrases(language, "moment").at(said, 0)
    if spoken is not None and spoken.label in {"today", "tonight", "tomorrow", "after_tomorrow"}:
        return spoken.end
    weekday = phrases(language, "moment_weekday").at(said, 0)
    return weekday.end if weekday is not None else int(bool(_NUMBERED.match(said[0])))
