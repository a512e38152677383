"""Reading a reply against the open question: one way for each kind of question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from language import kinds
from language.age import age
from language.called import called
from language.choice import choice
from language.count import count
from language.courtesies import core
from language.kinds import also
from language.normal import plain, safe, words
from language.number import number
from language.own import own
from language.party import party
from language.phones import e164
from language.place import place
from language.rating import rating
from language.reading import Meaning, Question, Reading
from language.several import several
from language.stance import stance
from language.story import is_all, is_no_part, only_asks
from language.tables import word_set

_MOST_WORDS, _MOST_TIME = 500, 100  # characters kept of an open answer, of a time
_MOST_OPINION = 2000
_NUMBER = re.compile(r"\+?[\d(][\d ().\-/]{6,30}\d")


def read(question: Question, text: str, language: str) -> Reading:
    """What the reply means for this question. Never raises; a text that does not answer has no value.

    Raises ValueError for a question whose `read` is none that `Question` names.
    """
    theirs = own(text)
    if question.read == "choice":
        reading = choice(question.options, theirs, language, several=question.several)
    elif question.read == "rsvp" and question.options:
        reading = _coming(question, theirs, language)
    elif question.read == "choices":
        reading = several(question.options, theirs, language)
    elif question.read in _OPEN:
        told = text if question.read == "story" else theirs  # what they quote belongs to what they tell
        reading = _OPEN[question.read](told, language)
    else:
        raise ValueError(f"no way to read {question.read!r}")
    reading = _young(reading, theirs, language)
    carried = also(text, language)
    if reading.whole and reading.value is not None and question.options and "?" not in plain(theirs):
        carried = tuple(name for name in carried if name != "question")  # the label asks: "Who helps me"
    if reading.meaning is Meaning.OTHER and reading.value is None and "question" in carried:
        return replace(reading, meaning=Meaning.QUESTION, also=carried)
    return replace(reading, also=carried)


def _young(reading: Reading, text: str, language: str) -> Reading:
    """Somebody told us that they are under 18, whatever was asked: `details` say so, and a name it is not."""
    told = age(text, language)
    if told is None or not told.under or not told.sure:
        return reading
    return replace(reading, details={**reading.details, "under_18": "yes"})


def _words(text: str, language: str, most: int = _MOST_WORDS) -> Reading:
    said = words(text)
    kept = safe(text).strip()[:most].strip()
    nothing = word_set(language, "reply", "nothing")
    if " ".join(said) in nothing or " ".join(core(said, language)) in nothing:
        return Reading(Meaning.NO, "", True, because=" ".join(said))
    return Reading(value=kept, sure=True, because=kept) if kept else Reading()


def _story(text: str, language: str) -> Reading:
    """A part of a story, whole; empty where they say that this was all. Their own: what they quote belongs to it."""
    if is_all(text, language):
        return Reading(value="", sure=True, because=text.strip())
    if is_no_part(text, language) or only_asks(text, language):
        return Reading()
    kept = safe(text).strip()
    return Reading(value=kept, sure=True, because=kept[:_MOST_WORDS]) if words(kept) else Reading()


def _time(text: str, language: str) -> Reading:
    """A time as it was written; sure where a digit or a word of time is in it."""
    kept = safe(text).strip()[:_MOST_TIME].strip()
    said = words(text)
    if not said:
        return Reading()
    sure = any(word[0].isdecimal() or word in word_set(language, "time", "signs") for word in said)
    return Reading(value=kept, sure=sure, because=" ".join(said))


def _phone(text: str, _language: str) -> Reading:
    """A number alone, or the one number in a sentence."""
    candidates = [text, *_NUMBER.findall(plain(text))]
    found = {number for candidate in candidates if (number := e164(candidate))}
    if len(found) != 1:
        return Reading()
    number = found.pop()
    return Reading(value=number, sure=True, because=number)


def _answer(text: str, language: str) -> Reading:
    """Yes, no or maybe. A bare "ok" may only mean that it was read: it is a yes to be asked about."""
    stands = stance(text, language)
    if stands.label == "more":
        return Reading(Meaning.QUESTION, because=stands.because)
    if stands.label == "ack":
        return Reading(Meaning.YES, "yes", False, because=stands.because, whole=stands.whole)
    if not stands.label:
        return Reading(Meaning.YES, "yes", True, because=" ".join(words(text))) if party(text, language) else Reading()
    return Reading(Meaning(stands.label), stands.label, stands.sure, because=stands.because, whole=stands.whole)


def _coming(question: Question, text: str, language: str) -> Reading:
    """Yes, no or maybe, where they are shown as choices: by number or label too. "+1" is a guest, and not the first."""
    picked = choice(question.options, text, language)
    answered = _answer(text, language)
    counted = party(text, language) is not None and answered.value is not None
    option = next((one for one in question.options if answered.value and one.hears == answered.value), None)
    if option is None or (picked.firm and picked.value is not None and not counted):
        return picked
    return replace(answered, value=option.id)


def _anything(text: str, language: str) -> Reading:
    """Nothing certain was asked: only what a message is by itself can be told."""
    what = kinds.what(text, language)
    return Reading(what, sure=True, because=" ".join(words(text)), whole=True) if what else Reading()


_OPEN: dict[str, Callable[[str, str], Reading]] = {
    "name": called,
    "place": place,
    "words": _words,
    "opinion": partial(_words, most=_MOST_OPINION),
    "story": _story,
    "time": _time,
    "count": count,
    "number": number,
    "phone": _phone,
    "rsvp": _answer,
    "yes_no": _answer,
    "rating": rating,
    "open": _anything,
}
