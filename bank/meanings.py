"""Meanings: what is done about a message that a closer look found to be something else than an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bank import care, consent, danger, desk, machines, manners, questions, words
from bank.questions import Told
from bank.visit import Visit
from flows import everywhere
from language import understand
from language.everywhere import Word
from language.reading import Meaning, Question, Reading
from storage.tasks import TaskKind

_OUR_WORDS = frozenset({Meaning.HELP, Meaning.HUMAN, Meaning.LANGUAGE})
_TAKERS: dict[Meaning, Callable[[Visit, str], Any]] = {
    Meaning.CRISIS: danger.take,
    Meaning.HELP: lambda visit, _because: words.obey(visit, Word.HELP),
    Meaning.HUMAN: lambda visit, _because: words.obey(visit, Word.CALL),
    Meaning.LANGUAGE: lambda visit, _because: words.obey(visit, Word.LANGUAGE),
    Meaning.WRONG_PERSON: lambda visit, _because: _perhaps(visit, TaskKind.WRONG_PERSON),
    Meaning.BEREAVEMENT: lambda visit, _because: _perhaps(visit, TaskKind.BEREAVEMENT),
    Meaning.AUTO_REPLY: lambda visit, _because: machines.note(visit, "auto_reply"),
}


def from_nowhere(visit: Visit) -> bool:
    """A message that no question waited for, looked at closely."""
    reading = understand.answer(Question("open"), visit.text, visit.language)
    if reading.whole:
        return False
    if take(visit, reading):
        return True
    if not questions.is_asked(reading):
        return False
    manners.take_question(visit, reading)
    return True


def take(visit: Visit, reading: Reading) -> bool:
    """Do what the meaning asks, where it is sure and answers no question. False where it is for the conversation."""
    look_besides(visit, reading)
    if reading.meaning is Meaning.OPT_OUT:  # what they agreed to is never changed by a guess
        _ask_besides(visit, reading)
        consent.ask_if_stop(visit)
        return True
    if reading.meaning is Meaning.CARE_PROBLEM and reading.value is None:  # the offer to pass it on is the asking back
        _ask_besides(visit, reading)
        care.take(visit, reading.because)
        return True
    if reading.value is not None or not reading.sure or reading.meaning not in _TAKERS:
        return False
    if reading.meaning in _OUR_WORDS:  # there may be more in it than the word
        _keep_the_rest(visit, reading)
    _TAKERS[reading.meaning](visit, reading.because)
    return True


def look_besides(visit: Visit, reading: Reading) -> None:
    """What a message carries besides: a trouble with care, or what sounds a little like danger. A person reads it."""
    if reading.meaning is Meaning.CARE_PROBLEM and reading.value is not None:
        desk.ask_a_person(visit, TaskKind.CARE, words=visit.text)
    elif "distress" in reading.also:
        desk.ask_a_person(visit, TaskKind.READ)


def in_silence(visit: Visit) -> bool:
    """Keep a question from where we are silent: nothing is said, and a person finds a way. False for anything else."""
    reading = understand.answer(Question("open"), visit.text, visit.language)
    if reading.meaning in _TAKERS or reading.meaning is Meaning.OPT_OUT or not questions.is_asked(reading):
        return False
    look_besides(visit, reading)
    manners.take_question(visit, reading, silent=True)
    return True


def _keep_the_rest(visit: Visit, reading: Reading) -> None:
    if not questions.is_asked(reading):
        desk.ask_a_person(visit, TaskKind.READ)
    elif questions.ask(visit, reading) is Told.PROMISE:
        visit.tell("asked", everywhere.ASKED)


def _ask_besides(visit: Visit, reading: Reading) -> None:
    """They asked something too. What they are told is about the rest of it, and says when a person reads."""
    if questions.is_asked(reading):
        questions.ask(visit, reading, silent=True)


def _perhaps(visit: Visit, kind: TaskKind) -> None:
    """It may be a wrong number, or a death: a person looks before anything is changed."""
    desk.ask_a_person(visit, kind, words=visit.text)
    manners.keep(visit)
