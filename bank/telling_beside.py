"""What somebody tells in the same breath as their answer: "no, I meant the letters". Nobody asks it again."""

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

# What the answers of the conversation call it.
SAID_MORE = "said_more"


def note(visit: Visit, key: str, reading: Reading) -> None:
    """Keep that they did, where `key` names a question of the flow and the answer is not a yes."""
    answers_no = reading.value == "no" or isinstance(reading.value, tuple)
    if visit.standing is None or not key.startswith(f"{TOLD.name}.") or not answers_no:
        return
    position = visit.standing.position
    names = frozenset[str]().union(*titles(visit, tellings.called(visit.tx, here(position.answers)).values()).values())
    if told.tells_more(visit.text, visit.language, names):
        visit.standing.position = replace(position, answers={**position.answers, SAID_MORE: True})


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
