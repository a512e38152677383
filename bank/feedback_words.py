"""What people said, in words: with names to who may see these people; without a name only among enough others.

An answer without a name is shown with its meeting where enough answered there without one. Else it is shown among
others of its project, or of its kind of meeting, once enough have come together, and nobody can tell the meeting. They
come together in whole rounds that are over: who looks today and again tomorrow sees enough new ones at once, or none.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import people
from bank.colleague import Colleague
from bank.feedback_cells import label_of
from bank.feedback_gathered import Gathered, Response, Round
from bank.feedback_results import KIND, PROJECT, SET, Group
from flows.question_set import Kind
from storage import directory, feedback_list, themes
from storage.feedback import About
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
    """What was said to each question, by its key; and how many answers in words are not shown."""

    said: Mapping[str, list[Said]]
    unseen: int

    @property
    def places(self) -> frozenset[Place]:
        """All that are shown."""
        return frozenset(one.place for said in self.said.values() for one in said)


def words_of(
    tx: Tx, colleague: Colleague | None, found: Gathered, group: Group, responses: Iterable[Response], smallest: int
) -> Words:
    """What these said, as far as this colleague may read it. None: as far as anybody may, for what is handed on."""
    given = list(responses)
    hidden = people.unseen(tx, colleague) if colleague is not None else directory.all_held(tx)
    members = feedback_list.members(tx, {one.person for one in given if one.person is not None} - hidden)
    # What was chosen is read beside a name only: without one it is in the figures.
    named = members if colleague is not None else {}
    nameless = shown_without_name(found, group, smallest)
    tags = _tags(tx)
    said: dict[str, list[Said]] = {}
    unseen = 0
    for one in given:
        may_be_read = one.round.id in nameless if one.person is None else one.person in members
        for key in (key for key in one.said if _is_words(one, key) or one.person in named):
            if may_be_read:
                said.setdefault(key, []).append(_said(one, key, members, tags))
            else:
                unseen += 1
    return Words({key: sorted(texts, key=_turn) for key, texts in said.items()}, unseen)


def shown_without_name(found: Gathered, group: Group, smallest: int) -> frozenset[int]:
    """The rounds of which answers without a name are shown for this group."""
    many = Counter(one.round.id for one in found.responses.values() if one.person is None)
    large = {id_ for id_, count in many.items() if count >= smallest}
    pooled: dict[Group, list[Round]] = {}
    over = (one for one in found.rounds.values() if one.closed_at is not None and 0 < many[one.id] < smallest)
    for one in sorted(over, key=lambda one: (str(one.closed_at), one.id)):
        pooled.setdefault(_pool(one), []).append(one)
    return frozenset(large | set(_released(pooled.get(group, []), many, smallest)))


def _pool(one: Round) -> Group:
    """With which others the answers of a small round are shown: one place only, or two lists would tell it apart."""
    if one.project is not None:
        return PROJECT, str(one.project)
    return (KIND, one.kind) if one.about is About.MEETING else (SET, one.set)


def _released(rounds: Iterable[Round], many: Mapping[int, int], smallest: int) -> Iterator[int]:
    """Whole batches of rounds in the order in which they were over. The last stays back until it is large enough."""
    batch: list[int] = []
    for one in rounds:
        batch.append(one.id)
        if sum(many[id_] for id_ in batch) >= smallest:
            yield from batch
            batch = []


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
