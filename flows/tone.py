"""Whether a text keeps to our voice: what can be measured of it, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from language import plain, reply
from language.everywhere import everywhere
from language.reading import Option, Question
from language.sms import length
from language.wording import SOURCE_LANGUAGE

_LONGEST_SENTENCE, _OLDEST_READER = 15, 11
# After the question, only how to answer it and how to stop.
_AFTER_THE_QUESTION = 12
_PLACE = re.compile(r"\{[^{}]*\}")
_NUMBER = re.compile(r"\d{3,}|\d+(?: \d+){2,}")
_NOT_PLAIN = re.compile(r"[‘’‚‛“”„‟«»‐‑‒–—―…]")
_BLAMING = re.compile(
    r"\b(?:invalid|errors?|incorrect|failed|illegal|błąd|błędu|błędn\w+|nieprawidłow\w+|niepoprawn\w+)\b", re.IGNORECASE
)
_CAPITALS = re.compile(r"\b[^\W\d_a-zà-ž]{3,}(?: [^\W\d_a-zà-ž]{3,})*\b")
# Said in capitals, and not to be sent to us.
_INITIALS = frozenset({"BSL", "SMS", "NHS"})
_TWO = (Option("a", "Asha"), Option("b", "Ben"))


def tone(form: str, language: str) -> Iterator[str]:
    """What is wrong with a text whose places are still open; a value counts as one word."""
    ours = _PLACE.sub(" ", form)
    if found := _NOT_PLAIN.search(ours):
        yield f"It has {found[0]!r}: write straight quotes, plain hyphens and three full stops."
    if found := _NUMBER.search(ours):
        yield f'The number "{found[0]}" is written in the text: it must come as a value.'
    if found := _BLAMING.search(ours):
        yield f'It blames: "{found[0]}".'
    if language == SOURCE_LANGUAGE and length(ours).encoding != "GSM-7":
        yield "It has a letter that makes the text twice as dear to send."
    for hard, plainer in plain.hard_words(ours, language).items():
        yield f'It says "{hard}": say "{plainer}".'
    for found in _CAPITALS.finditer(ours):
        if not _understood(found[0], language):
            yield f'It asks for {found[0]}, which we would not understand in "{language}".'


def message_tone(form: str, language: str) -> Iterator[str]:
    """What is wrong with a whole message, its lines together and its places open."""
    longest = plain.longest_sentence(form)
    if longest > _LONGEST_SENTENCE:
        yield f"A sentence has {longest} words; {_LONGEST_SENTENCE} is the most."
    if form.count("?") > 1:
        yield "It asks more than one question."
    after = form.rpartition("?")[2] if "?" in form else ""
    if len(plain.words(after)) > _AFTER_THE_QUESTION:
        yield "The question does not come last."
    age = plain.reading_age(form, language)
    if age is not None and age > _OLDEST_READER:
        yield f"It needs a reading age of {age}; {_OLDEST_READER} is the most."


def introduces(form: str) -> Iterator[str]:
    """A text that nobody asked for says who writes, at once, and how to stop."""
    if "{council}" not in (plain.sentences(form) or ("",))[0]:
        yield "Nobody asked for it, and its first words do not say who is writing."
    if not re.search(r"\bSTOP\b", form):
        yield "Nobody asked for it, and it does not say STOP."


def _understood(word: str, language: str) -> bool:
    if word in _INITIALS or everywhere(word, language, asked=True):
        return True
    return reply.read(Question("choices", _TWO), word, language).value == ("a", "b")
