"""Ready answers: stock answers that fit a question, offered to who answers it, or given at once where that is safe."""

from __future__ import annotations

from bank.visit import Visit
from language.likeness import LIKELY, SURE, alike, same
from language.reading import Meaning, Reading
from language.wording import base
from storage import stock_answers
from storage.schema import Record
from storage.store import Tx

_MOST_OFFERED = 5


def fitting(visit: Visit, reading: Reading) -> Record | None:
    """The safe stock answer to what they asked, in their language, where one surely fits and a machine may answer.

    Never where something is wrong, or may be: a trouble with care, words that sound of danger, somebody who is held,
    a thread that a person of ours has taken over.
    """
    if needs_a_person(visit, reading):
        return None
    language = base(visit.language)
    best, sure = None, 0.0
    for one in stock_answers.in_use(visit.tx):
        if one.safe and (one.words or {}).get(language):
            likeness = max((same(visit.text, example, language) for example in one.asks or ()), default=0.0)
            best, sure = (one, likeness) if likeness > sure else (best, sure)
    return best if sure >= SURE else None


def needs_a_person(visit: Visit, reading: Reading) -> bool:
    """Something is wrong there, or may be: no machine answers."""
    address = visit.address
    grave = reading.meaning is Meaning.CARE_PROBLEM or "distress" in reading.also
    held = visit.held or address.held is not None or any(person.held is not None for person in visit.everyone)
    forwarded = visit.incoming is not None and visit.incoming.forwarded
    return grave or held or forwarded or visit.mute or visit.unsafe or address.taken_by is not None


def offered(tx: Tx, words: str, language: str) -> list[Record]:
    """Stock answers in that language beside a question, the likeliest first."""
    rated = [(_likeness(one, words), one) for one in stock_answers.in_use(tx) if (one.words or {}).get(language)]
    rated.sort(key=lambda pair: -pair[0])
    return [one for likeness, one in rated if likeness >= LIKELY][:_MOST_OFFERED]


def _likeness(one: Record, words: str) -> float:
    return max((alike(words, example) for example in (one.title, *(one.asks or ()))), default=0.0)
