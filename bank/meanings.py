"""Meanings: what is done about a message that a closer look found to be something else than an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bank import care, consent, danger, machines, sorrow, words
from bank.visit import Visit
from language import understand
from language.everywhere import Word
from language.reading import Meaning, Question, Reading

_TAKERS: dict[Meaning, Callable[[Visit, str], Any]] = {
    Meaning.CRISIS: danger.take,
    Meaning.OPT_OUT: lambda visit, _because: words.obey(visit, Word.STOP),
    Meaning.OPT_IN: lambda visit, _because: words.obey(visit, Word.START),
    Meaning.HELP: lambda visit, _because: words.obey(visit, Word.HELP),
    Meaning.HUMAN: lambda visit, _because: words.obey(visit, Word.CALL),
    Meaning.LANGUAGE: lambda visit, _because: words.obey(visit, Word.LANGUAGE),
    Meaning.WRONG_PERSON: lambda visit, _because: sorrow.wrong_person(visit),
    Meaning.BEREAVEMENT: lambda visit, _because: sorrow.bereaved(visit),
    Meaning.AUTO_REPLY: lambda visit, _because: machines.note(visit, "auto_reply"),
}


def from_nowhere(visit: Visit) -> bool:
    """A message that no question waited for, looked at closely."""
    reading = understand.answer(Question("open"), visit.text, visit.language)
    return not reading.whole and take(visit, reading)


def take(visit: Visit, reading: Reading) -> bool:
    """Do what the meaning asks, where it is sure and answers no question. False where it is for the conversation."""
    if reading.meaning is Meaning.OPT_OUT and reading.guessed:  # what they agreed to is never changed by a guess
        consent.ask_if_stop(visit)
        return True
    if reading.meaning is Meaning.CARE_PROBLEM and reading.value is None:  # the offer to pass it on is the asking back
        care.take(visit, reading.because)
        return True
    if reading.value is not None or not reading.sure or reading.meaning not in _TAKERS:
        return False
    _TAKERS[reading.meaning](visit, reading.because)
    return True
