"""What people said, in words: with names to who may see these people; without a name only among enough others.

Where an answer without a name is shown, and where it counts, is the same (`feedback_groups`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import people
from bank.colleague import Colleague
from bank.feedback_cells import label_of
from bank.feedback_gathered import Response
from bank.feedback_groups import EVERYTHING, Group
from flows.question_set import Kind
from storage import directory, feedback_list, themes
from storage.schema import Record
from storage.store import Tx

# An answer: the number of the response, and where the question stood in its set.
Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in words. `token` and `name` are of who gave it, with when; none, where no name is kept."""

    place: Place
    words: str
    token: str = ""
    name: str = ""
    at: datetime | None = None
    themes: tuple[int, ...] = ()

    @property
    def address(self) -> str:
        """How a form calls it: "1234:q3"."""
        return f"{self.place[0]}:{self.place[1]}"


@dataclass(frozen=True, slots=True)
class Words:
    """What was said to each question, by its key."""

    said: Mapping[str, list[Said]]

    @property
    def places(self) -> frozenset[Place]:
        """All that are shown."""
        return frozenset(one.place for said in self.said.values() for one in said)


def words_of(
    tx: Tx,
    colleague: Colleague | None,
    group: Group,
    responses: Iterable[Response],
    unnamed_in: Mapping[int, Collection[Group]],
) -> Words:
    """What these said, as far as this colleague may read it. None: as far as anybody may, for what is handed on.

    `unnamed_in`: the groups in which answers without a name are shown, by round.
    """
    given = list(responses)
    hidden = people.unseen(tx, colleague) if colleague is not None else directory.all_held(tx)
    members = feedback_list.members(tx, {one.person for one in given if one.person is not None} - hidden)
    # What was chosen is read beside a name only: without one it is in the figures.
    named = members if colleague is not None else {}
    tags = _tags(tx)
    said: dict[str, list[Said]] = {}
    for one in given:
        nameless = group != EVERYTHING and group in unnamed_in.get(one.round.id, ())
        may_be_read = nameless if one.person is None else one.person in members
        for key in (key for key in one.said if may_be_read and (_is_words(one, key) or one.person in named)):
            said.setdefault(key, []).append(_said(one, key, members, tags))
    return Words({key: sorted(texts, key=_turn) for key, texts in said.items()})


def _is_words(one: Response, key: str) -> bool:
    return one.round.by_key[key].question.kind is Kind.TEXT


def _said(one: Response, key: str, members: Mapping[int, Record], tags: Mapping[Place, tuple[int, ...]]) -> Said:
    place = one.id, one.places[key]
    words, about = label_of(one.round.by_key[key].question, one.said[key]), tags.get(place, ())
    if one.person is None:
        return Said(place, words, themes=about)
    person = members[one.person]
    return Said(place, words, person.token, person.name or "", one.at, about)


def _turn(said: Said) -> tuple[bool, float, str]:
    """With a name first, the newest first. Then the others, at each question in another order that tells nothing."""
    if said.at is not None:
        return False, -said.at.timestamp(), ""
    return True, 0, hashlib.sha256(said.address.encode()).hexdigest()


def _tags(tx: Tx) -> dict[Place, tuple[int, ...]]:
    found: dict[Place, tuple[int, ...]] = {}
    for row in themes.tags(tx):
        place = row.feedback_id, row.question
        found[place] = (*found.get(place, ()), row.theme_id)
    return found
