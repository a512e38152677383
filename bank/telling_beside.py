"""What somebody tells in the same breath as their answer: "no, I meant the letters", "yes, but ...".

Nobody asks it again, and a person reads it, whatever the answer was.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bank import commitment_words
from bank.telling_facts import here
from bank.visit import Visit
from flows.told import TOLD
from language import told
from language.named import known_by
from language.reading import Reading
from language.wording import SOURCE_LANGUAGE
from storage import commitments, tellings
from storage.schema import Record

# What the answers of the conversation call it: the words themselves, as a later message may settle the answer.
SAID_MORE = "said_more"
_ANSWERS = frozenset({"yes", "no", "cannot_tell"})


def note(visit: Visit, key: str, reading: Reading) -> None:
    """Keep what they tell, where `key` names a question of the flow."""
    answers = isinstance(reading.value, tuple) or reading.value in _ANSWERS
    if visit.standing is None or not key.startswith(f"{TOLD.name}.") or not answers:
        return
    position = visit.standing.position
    names = frozenset[str]().union(*titles(visit, tellings.called(visit.tx, here(position.answers)).values()).values())
    if told.tells_more(visit.text, visit.language, names):
        visit.standing.position = replace(position, answers={**position.answers, SAID_MORE: visit.text.strip()})


def titles(visit: Visit, rows: Collection[Record]) -> dict[int, frozenset[str]]:
    """The words by which each of these tellings is known, by its id."""
    known = commitments.these(visit.tx, {one.commitment_id for one in rows})
    tags = (visit.language, SOURCE_LANGUAGE)
    return {
        one.id: frozenset(
            word for tag in tags for word in known_by(commitment_words.said(known[one.commitment_id], "title", tag))
        )
        for one in rows
    }
