"""Understanding: what a whole message means after a question, from the most serious to the most ordinary.

The tables speak first. Where they are unsure a small model is asked (`language.learned`), and neither is believed
against the other: what they do not agree on is asked back. A wrong confident reading is the worst that can happen.
"""

from __future__ import annotations

from dataclasses import replace

from language import kinds, reply
from language.choice import names
from language.danger import danger, is_doubtful
from language.everywhere import Word, everywhere, is_whole
from language.misspelt import mended
from language.own import own
from language.party import party
from language.reading import Meaning, Question, Reading
from language.second import cry_beside as cry_beside
from language.second import kind_of, second, sounds_dangerous, sounds_faintly
from language.stance import stance
from language.tongues import named

_WORDS = {
    Word.STOP: Meaning.OPT_OUT,
    Word.LEAVE: Meaning.OPT_OUT,
    Word.START: Meaning.OPT_IN,
    Word.HELP: Meaning.HELP,
    Word.CALL: Meaning.HUMAN,
    Word.LANGUAGE: Meaning.LANGUAGE,
    Word.PLAIN: Meaning.HELP,
    Word.WHO: Meaning.QUESTION,
    Word.WHAT_IS: Meaning.QUESTION,
}
_SIGNED = "bfi"  # British Sign Language, ISO 639-3
_NEVER_AN_ANSWER = frozenset({Word.STOP, Word.LEAVE, Word.HELP})
_MACHINE_OR_SORROW = frozenset({Meaning.AUTO_REPLY, Meaning.WRONG_PERSON, Meaning.BEREAVEMENT})


def understand(question: Question, text: str, language: str) -> Reading:
    """What the message means. Never raises on any text."""
    told = _serious(question, text, language) or _word(question, text, language)
    if told is not None:
        return replace(told, also=kinds.also(text, language))
    return answer(question, text, language)


def word_in(question: Question, text: str, language: str) -> Word | None:
    """The word that works everywhere which the message is, if any.

    What names a choice is an answer; STOP is STOP, and HELP is HELP though a choice says "Who helps me".
    """
    word = everywhere(text, language, asked=question.read != "open")
    if word is Word.SKIP and (question.read == "rsvp" or (question.read == "yes_no" and _is_a_no(text, language))):
        return None  # "pass" is a no to an invitation, and "I'd rather not" to an offer
    if word is Word.LANGUAGE and question.read == "words" and named(own(text)) == _SIGNED:
        return None  # an interpreter is what they need, and no language that we could write in
    if word in _NEVER_AN_ANSWER or not question.options:
        return word
    return None if word is not None and names(question.options, own(text), language) else word


def _is_a_no(text: str, language: str) -> bool:
    return stance(own(text), language).label == "no"


def answer(question: Question, text: str, language: str) -> Reading:
    """What a message that no table knows by itself means after this question."""
    reading = second(question, reply.read(question, text, language), text, language)
    if "distress" not in reading.also and danger(text, language) is not None:
        reading = replace(reading, also=(*reading.also, "distress"))  # everyday words here: a person looks all the same
    comes = question.read == "rsvp" and reading.sure and reading.answer == "yes"
    people = party(own(text), language) if comes else None
    return reading if people is None else replace(reading, details={**reading.details, "people": str(people)})


def danger_in(question: Question, text: str, language: str) -> str | None:
    """The words that told us of harm or risk to anybody, or None. Everyday words need the model to hear it too."""
    because = danger(text, language)
    if because is None:
        return _misspelt(question, text, language)
    if not is_doubtful(text, language):
        return because
    if is_whole(own(text), language):
        return None  # "leave me alone" is what the tables know it for
    return because if sounds_dangerous(kind_of(question), text, language) else None


def _misspelt(question: Question, text: str, language: str) -> str | None:
    """The same in words that are put right: the model must hear it then, and faintly before."""
    meant, asked = mended(own(text), language), kind_of(question)
    because = danger(meant, language) if meant else None
    if meant is None or because is None or not sounds_faintly(asked, text):
        return None
    return because if sounds_dangerous(asked, meant, language) else None


def _serious(question: Question, text: str, language: str) -> Reading | None:
    because = danger_in(question, text, language)
    if because is not None:
        return Reading(Meaning.CRISIS, sure=True, because=because)
    if kinds.reaction(text) is not None:
        return Reading(sure=True, because="a reaction")
    what = kinds.what(text, language)
    if what not in _MACHINE_OR_SORROW:
        return None
    cry = cry_beside(text, language) if what is not Meaning.AUTO_REPLY else None
    return Reading(Meaning.CRISIS if cry else what, sure=True, because=cry or text.strip())


def _word(question: Question, text: str, language: str) -> Reading | None:
    word = word_in(question, text, language)
    if word is None:
        return None
    if cry := cry_beside(text, language):
        return Reading(Meaning.CRISIS, sure=True, because=cry)
    value = named(own(text)) if word is Word.LANGUAGE else None
    return Reading(_WORDS.get(word, Meaning.OTHER), value, True, because=text.strip(), details={"word": word.value})
