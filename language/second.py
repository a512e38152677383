"""A second opinion: what the tables made of a reply, beside what the model makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from language.danger import danger
from language.everywhere import is_whole
from language.kinds import empty
from language.learned.guess import Guess, Shares, guess, telling
from language.normal import both_ends, words
from language.own import own
from language.reading import Meaning, Question, Reading
from language.stance import stance
from language.tables import word_set
from language.tongues import in_another_script

_ANSWERS = frozenset({"yes", "no", "maybe"})
_OF_ANSWER = {"yes": ("yes", "late"), "no": ("no", "cancel"), "maybe": ("maybe",)}
_NEVER_LIGHT = frozenset({"yes", "no", "maybe", "cancel", "late"})
_TOLD = frozenset({"words", "opinion", "story", "place", "time"})
_OPINION = "opinion"  # "stop talking over us", "leave more time": what should be otherwise, and seldom our texts
_CHAT = frozenset({"open", "rsvp", "yes_no"})  # after these, what is no answer may be just talk
_SEEN_WHOLE = 240  # characters
_SENTENCE = re.compile(r"[.!?\n]+")
_CLAUSE = re.compile(r"(?<=[.!?;:,()])\s+|\s*\n\s*")
_VOWELS = frozenset("aeiouyąęó")
_FEW = 2  # words: the tables hold every cry so short


@dataclass(frozen=True, slots=True)
class Enough:
    """From which share on a guess is acted on. Chosen on replies that the model had not seen (bench/RESULTS.md)."""

    alone: float = 0.9  # an answer of which the tables say nothing
    beside: float = 0.85  # an answer that the tables half heard
    agreed: float = 0.75  # an answer that the tables are sure of
    likely: float = 0.9  # an answer that is asked about: "did you mean yes?"
    light: float = 0.85  # a question, thanks, a wish for a person
    rating: float = 0.75
    beside_a_word: float = 0.75  # danger, beside a word that works everywhere
    outright: float = 0.8  # danger, or an answer, where both are heard
    of_nothing_of_ours: float = 0.5  # a wish to stop that is asked about, in words of neither texts nor a list
    plainly: float = 0.6  # an answer, beside which what sounds a little like danger is only looked at
    carried: float = 0.6  # what a message carries besides
    a_wish_beside_a_time: float = 0.5  # a wish to stop, where a time was asked for and told
    for_good: float = 0.98  # a wish to stop, beside words that set a limit
    doubtful: float = 0.2  # crisis, beside words that may mean it
    faint: float = 0.05  # crisis, beside misspelt words that mean it
    distress: float = 0.1  # crisis, so that a person looks though nothing else is done


ENOUGH = Enough()
# What is acted on before any answer is looked for, and from which share on it is asked about.
HEAVY = {
    Meaning.CRISIS: (0.6, 0.6),
    Meaning.OPT_OUT: (0.95, 0.12),
    Meaning.BEREAVEMENT: (0.8, 0.8),
    Meaning.WRONG_PERSON: (0.8, 0.8),
    Meaning.AUTO_REPLY: (0.9, 0.9),
    Meaning.CARE_PROBLEM: (0.9, 0.9),
}


def kind_of(question: Question) -> str:
    """What was asked, as the model knows it."""
    if question.read in {"rsvp", "yes_no", "rating"}:
        return question.read
    if question.read in {"choice", "choices"}:
        hears = {option.hears for option in question.options}
        return "yes_no" if {"yes", "no"} <= hears else "choice"
    return "open"


def second(question: Question, first: Reading, text: str, language: str) -> Reading:
    """The reading that both support. `first` is that of the tables."""
    theirs = own(text)
    if first.whole or empty(theirs) or stance(theirs, language).whole or _a_short_answer(question, first, theirs):
        return first
    asked = kind_of(question)
    told = guess(asked, theirs)
    reading = _weighed(asked, _as_answer(question, first), told, theirs, language)
    if reading.guessed and reading.meaning is Meaning.OTHER and reading.value is None and question.read not in _CHAT:
        reading = first
    if first.firm or (question.read in _TOLD and first.sure):
        reading = _kept(question, first, reading, told)
    return replace(_as_option(question, first, reading), also=_carried(first, told), details=first.details)


def _kept(question: Question, first: Reading, reading: Reading, told: Guess) -> Reading:
    """What somebody plainly told us is kept, whatever else is heard in it, but for danger and a wish to stop."""
    if reading.meaning is Meaning.CRISIS and told.meaning["crisis"] >= ENOUGH.outright:
        return reading
    stops = reading.meaning is Meaning.OPT_OUT and (reading.sure or not first.firm)
    if stops and not _a_time(question, first, told) and not (question.read == _OPINION and not reading.sure):
        return reading
    if reading.meaning is Meaning.QUESTION and not first.firm:
        return reading
    return replace(first, meaning=Meaning.CARE_PROBLEM) if reading.meaning is Meaning.CARE_PROBLEM else first


def _a_time(question: Question, first: Reading, told: Guess) -> bool:
    """A time that was asked for ("after 6 please"), in which a wish to stop is hardly heard."""
    return question.read == "time" and first.sure and told.meaning["opt_out"] < ENOUGH.a_wish_beside_a_time


def _as_answer(question: Question, first: Reading) -> Reading:
    """A choice that stands for yes or no, as that."""
    hears = next((option.hears for option in question.options if option.id == first.value), None)
    return replace(first, value=hears) if hears in _ANSWERS else first


def _as_option(question: Question, first: Reading, reading: Reading) -> Reading:
    """A yes or a no, as the choice that stands for it; where there is none, what the tables said."""
    if not question.options or reading.value not in _ANSWERS:
        return reading
    option = next((option for option in question.options if option.hears == reading.value), None)
    if option is not None:
        return replace(reading, value=option.id)
    return first if reading.value != "maybe" else replace(reading, value=None, sure=False)


def sounds_dangerous(asked: str, text: str, language: str) -> bool:
    """Words that may be everyday ("a stroke") stand in a message, or a sentence of it, that sounds like danger.

    A message too long for the model to see whole is dangerous by its words.
    """
    if len(text) > _SEEN_WHOLE:
        return True
    parts = [part for part in _SENTENCE.split(text) if part.strip()]
    told = [part for part in parts if danger(part, language)] if len(parts) > 1 else []
    heard = [guess(asked, text), *(guess("open", part) for part in told)]
    return max(one.meaning["crisis"] for one in heard) >= ENOUGH.doubtful


def sounds_faintly(asked: str, text: str) -> bool:
    """The least that is needed where words must be put right before they tell of danger."""
    return guess(asked, text).meaning["crisis"] >= ENOUGH.faint


def cry_beside(text: str, language: str) -> str | None:
    """The words in which the model hears danger, beside a word that works everywhere ("stop texting me").

    Of a few words, and of what the tables know whole, the tables alone decide.
    """
    theirs = both_ends(text)
    if len(words(theirs)) <= _FEW or stance(theirs, language).whole or is_whole(theirs, language):
        return None
    return (
        _telling("open", theirs, "crisis") if guess("open", theirs).meaning["crisis"] >= ENOUGH.beside_a_word else None
    )


def _a_short_answer(question: Question, first: Reading, text: str) -> bool:
    """A name, a place, a number: of so few words the model knows nothing better."""
    return first.sure and kind_of(question) in {"open", "choice"} and len(words(text)) <= _FEW


def _carried(first: Reading, told: Guess) -> tuple[str, ...]:
    besides = [name for name, share in told.also.items() if share >= ENOUGH.carried]
    if told.meaning["crisis"] >= ENOUGH.distress:
        besides.append("distress")
    return tuple(dict.fromkeys((*first.also, *besides)))


def _weighed(asked: str, first: Reading, told: Guess, text: str, language: str) -> Reading:
    for meaning, (enough, asked_about) in HEAVY.items():
        share = told.meaning[meaning.value]
        if share >= asked_about and not _outweighed(asked, meaning, share, told, first, text, language):
            sure = share >= enough and (meaning is not Meaning.OPT_OUT or _is_of_us(text, language, share))
            return _heavy(asked, meaning, sure, first, told, text)
    if asked in {"rsvp", "yes_no"} and first.value in {None, *_ANSWERS}:
        return _answered(first, told, text, language)
    if asked == "rating":
        return _rated(first, told, text)
    if first.value is not None and "?" in text and told.meaning["question"] >= ENOUGH.alone:
        return Reading(Meaning.QUESTION, because=text.strip(), guessed=True)  # it asks, and tells us nothing to keep
    if first.sure or first.value is not None:
        return first
    light = _light(first, told, text)
    # "once the children sleep" may begin like a question, and be a choice.
    return light if asked == "open" or light.meaning is not Meaning.QUESTION or "?" in text else first


def _is_of_us(text: str, language: str, share: float) -> bool:
    """Texts, a list, a number: what somebody wants an end of. "Leave it" and "stop it" are said of anything.

    "Not after 9" is the end of something else, unless it is heard very surely.
    """
    said = frozenset(words(text))
    if not said.isdisjoint(word_set(language, "everywhere", "limits")) and share < ENOUGH.for_good:
        return False
    return _names_ours(said, language)


def _names_ours(said: frozenset[str], language: str) -> bool:
    return not said.isdisjoint(word_set(language, "everywhere", "from_us"))


def _outweighed(
    asked: str, meaning: Meaning, share: float, told: Guess, first: Reading, text: str, language: str
) -> bool:
    """It sounds a little like danger, and is plainly an answer: that is recorded, and a person looks.

    And "ccc dd" may have been meant as anything, but hardly as a wish to stop; nor is one heard faintly in an answer
    that names nothing of ours ("I'm out now, can I still come").
    """
    if meaning is Meaning.OPT_OUT:
        answers = asked != "open" and not _names_ours(frozenset(words(text)), language)
        faint = answers and share < ENOUGH.of_nothing_of_ours
        return faint or (share < HEAVY[meaning][0] and _VOWELS.isdisjoint(text.lower()))
    if meaning is Meaning.CRISIS and asked == "choice":
        return share < ENOUGH.outright and first.sure
    if meaning is not Meaning.CRISIS or asked not in {"rsvp", "yes_no"}:
        return False
    return share < ENOUGH.outright and max(told.answer[name] for name in _ANSWERS) >= ENOUGH.plainly


def _heavy(asked: str, meaning: Meaning, sure: bool, first: Reading, told: Guess, text: str) -> Reading:
    because = _telling(asked, text, meaning.value)
    if meaning is not Meaning.CARE_PROBLEM or asked not in {"rsvp", "yes_no"}:
        return Reading(meaning, None, sure, because=because, guessed=True)
    value = _beside(first, told)
    if value is None and told.answer["-"] < ENOUGH.likely:
        sure = False  # there is an answer in it, and we do not know which
    return Reading(meaning, value, sure, because=because, guessed=True)


def _beside(first: Reading, told: Guess) -> str | None:
    """An answer that stands beside a trouble: both hear it, or the model is sure."""
    if first.answer and told.answer[first.answer] >= ENOUGH.likely:
        return first.answer
    best = _best(told.answer)
    return best if best in _ANSWERS and told.answer[best] >= ENOUGH.beside else None


def _answered(first: Reading, told: Guess, text: str, language: str) -> Reading:
    best = _best(told.answer)
    share = told.answer[best]
    if first.sure:
        return first if told.answer[first.answer or "-"] >= ENOUGH.agreed else replace(first, sure=False)
    if best in _ANSWERS:
        enough = ENOUGH.beside if first.answer == best else ENOUGH.alone
        if share >= enough and first.answer in {None, best} and not _of_another_tongue(text, language):
            return _meant(best, told, first.because or text.strip())
    elif best == "-" and share >= ENOUGH.beside and first.answer is None:
        return _light(first, told, text)
    likely = best if best in _ANSWERS and share >= ENOUGH.likely else None
    return replace(first, value=first.value or likely, sure=False)


def _of_another_tongue(text: str, language: str) -> bool:
    """A bare "tak" or "da", which the model knows: whether it is an answer in this person's language, we ask."""
    said = words(text)
    return len(said) == 1 and said[0] in word_set(language, "everywhere", "of_another_tongue")


def _meant(answer: str, told: Guess, because: str) -> Reading:
    """The answer with the meaning that fits it: a no may be a place given back, a yes may come late."""
    meaning = max(_OF_ANSWER[answer], key=lambda name: told.meaning[name])
    return Reading(Meaning(meaning), answer, True, because=because, guessed=True)


def _rated(first: Reading, told: Guess, text: str) -> Reading:
    best = _best(told.rating)
    if first.sure or best == "-" or told.rating[best] < ENOUGH.rating:
        return first if first.value else _light(first, told, text)
    return Reading(value=best, sure=True, because=text.strip(), guessed=True)


def _light(first: Reading, told: Guess, text: str) -> Reading:
    """No answer, but plainly something: a question, thanks, a wish for a person."""
    if in_another_script(text):
        return Reading(Meaning.LANGUAGE, sure=True, because=text.strip(), guessed=True)
    best = _best(told.meaning)
    if told.meaning[best] < ENOUGH.light or best in _NEVER_LIGHT:
        return first
    if best == "other" and _VOWELS.isdisjoint(text.lower()):
        return first  # "ghgh" may have been meant as anything
    return Reading(Meaning(best), sure=True, because=text.strip(), guessed=True)


def _best(shares: Shares) -> str:
    return max(shares, key=lambda name: shares[name])


def _telling(asked: str, text: str, meaning: str) -> str:
    """The clause that tells it most."""
    parts = _CLAUSE.split(text)
    return " ".join(words(telling(meaning, asked, text, parts))) if len(parts) > 1 else text.strip()
