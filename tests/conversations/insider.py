"""Somebody with the database and its keys, who wants to know who gave which answer without a name.

They know the people, and when each of them wrote. `Insider.ties` is all that would tell an answer's giver better than
chance: the words anywhere else, a number that both hold, an order that both keep, a state that tells how far they came.
The truth, which only a test knows, is needed to judge that: nobody who has it need look.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from storage.feedback import feedback, feedback_answers
from storage.schema import metadata
from storage.store import Tx

Row = dict[str, Any]
_OURS = {feedback.name, feedback_answers.name}
# An order of twelve is as near to another as this with about two in ten million chances. Thousands are compared in
# each look, keyed hashes among them, whose order is chance: 0.95 now and then found something that was nothing.
_ALIKE = 0.98


@dataclass(frozen=True)
class Giver:
    """One who answered: their row of `people`, where they write from, and what they said, by question."""

    person_id: int
    address_id: int
    said: Mapping[str, str]


class Insider:
    """Has read every row of every table, unsealed."""

    def __init__(self, tx: Tx, givers: Sequence[Giver]) -> None:
        self._givers = givers
        # As the database gives them: without an order, they come as they lie there.
        self._rows = {table.name: [dict(row) for row in tx.execute(select(table)).mappings()] for table in _tables()}
        self._about = [_about(self._rows, giver) for giver in givers]

    def ties(self) -> list[str]:
        return sorted({*self._words(), *self._numbers(), *self._states(), *self._profiles(), *self._orders()})

    def _words(self) -> Iterator[str]:
        """An answer that nobody else gave, anywhere else."""
        for name, rows in self._rows.items():
            for column, value in ((column, leaf) for row in rows for column, leaf in _leaves(row)):
                if name in _OURS or not isinstance(value, str):
                    continue
                if any(word in value for giver in self._givers for word in giver.said.values() if len(word) > 4):
                    yield f"{name}.{column} holds what somebody said"

    def _numbers(self) -> Iterator[str]:
        """A number or a name of a response, which something about a person holds too."""
        keys = {str(row["id"]) for row in self._nameless()} | {row["open_token"] for row in self._nameless()} - {None}
        for about in self._about:
            for name, row in about:
                for column, value in _leaves(row):
                    if name not in _OURS and str(value) in keys:
                        yield f"{name}.{column} holds the number of a response"

    def _states(self) -> Iterator[str]:
        """Something that responses without a name differ by, beside their number."""
        for column in feedback.c:
            if column.name not in {"id", "round_id"} and len({row[column.name] for row in self._nameless()}) > 1:
                yield f"feedback.{column.name} is not the same for all"

    def _profiles(self) -> Iterator[str]:
        """What one person said to several questions, together in one response."""
        owner = {word: place for place, giver in enumerate(self._givers) for word in giver.said.values()}
        whole, of_two = 0, 0
        for said in self._responses().values():
            owners = [owner[word] for word in said.values() if word in owner]
            of_two += len(owners) > 1
            whole += len(owners) > 1 and len(set(owners)) == 1
        if of_two and whole > of_two / 2:
            yield "feedback_answers keeps together what one person said"

    def _orders(self) -> Iterator[str]:
        """An order of the answers in which something about the people stands, too."""
        for question in {question for giver in self._givers for question in giver.said}:
            for how, places in self._places(question).items():
                for column, values in self._columns().items():
                    both = [(places[at], values[at]) for at in places if at in values]
                    if len(both) > 8 and abs(_alike(both)) > _ALIKE:
                        yield f"the {how} of answers is that of {column}"

    def _places(self, question: str) -> dict[str, dict[int, float]]:
        """By who gave it: the number, the place and the time of the response in which the answer stands."""
        owner = {giver.said[question]: at for at, giver in enumerate(self._givers) if question in giver.said}
        response = {
            owner[row["value"]]: row["feedback_id"]
            for row in self._rows[feedback_answers.name]
            if row["question"] == question and row["value"] in owner
        }
        rows = self._rows[feedback.name]
        order = {row["id"]: place for place, row in enumerate(rows)}
        at = {row["id"]: row["at"].timestamp() for row in rows if row["at"] is not None}
        lies = {row["feedback_id"]: place for place, row in enumerate(self._rows[feedback_answers.name])}
        found = {"number": {who: float(id_) for who, id_ in response.items()}}
        for name, places in (("place", order), ("time", at), ("place of its answers", lies)):
            if set(response.values()) <= places.keys():
                found[name] = {who: float(places[id_]) for who, id_ in response.items()}
        return found

    def _columns(self) -> dict[str, dict[int, float]]:
        """Each thing about the people that has an order, by who they are: the least, the most and how many."""
        found: dict[str, dict[int, float]] = defaultdict(dict)
        for at, about in enumerate(self._about):
            values: dict[str, list[float]] = defaultdict(list)
            for name, row in about:
                # What somebody wrote is told apart by what it answered, what we said by what it was.
                kinds = {""} | {f" of {row[kind]}" for kind in ("asked", "wording", "flow", "step") if row.get(kind)}
                for column, value in _leaves(row):
                    if (number := _as_number(value)) is not None:
                        for kind in kinds:
                            values[f"{name}.{column}{kind}"].append(number)
            for column, numbers in values.items():
                found[f"the first {column}"][at] = min(numbers)
                found[f"the last {column}"][at] = max(numbers)
                found[f"how many {column}"][at] = len(numbers)
        return found

    def _nameless(self) -> list[Row]:
        return [row for row in self._rows[feedback.name] if row["person_id"] is None]

    def _responses(self) -> dict[int, dict[str, Any]]:
        nameless = {row["id"]: dict[str, Any]() for row in self._nameless()}
        for row in self._rows[feedback_answers.name]:
            if row["feedback_id"] in nameless:
                nameless[row["feedback_id"]][row["question"]] = row["value"]
        return nameless


def _tables() -> list[Table]:
    return metadata.sorted_tables


def _about(rows: Mapping[str, list[Row]], giver: Giver) -> list[tuple[str, Row]]:
    """Every row that leads to this person by foreign keys, however many there are between."""
    known = {("people", giver.person_id), ("addresses", giver.address_id)}
    found: list[tuple[str, Row]] = []
    for table in _tables():  # sorted: what a row leads to stands before it
        for row in rows[table.name]:
            leads_to = {
                (key.column.table.name, row[column.name]) for column in table.columns for key in column.foreign_keys
            }
            if (table.name, row.get("id")) in known or leads_to & known:
                known.add((table.name, row.get("id")))
                found.append((table.name, row))
    return found


def _leaves(row: Row) -> Iterator[tuple[str, Any]]:
    for column, value in row.items():
        yield from ((column, leaf) for leaf in _inside(value))


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from (leaf for one in value.values() for leaf in _inside(one))
        yield from value
    elif isinstance(value, (list, tuple)):
        yield from (leaf for one in value for leaf in _inside(one))
    elif isinstance(value, str) and value[:1] in {"{", "["}:
        yield value
        try:
            yield from _inside(json.loads(value))
        except ValueError:
            return
    else:
        yield value


def _as_number(value: Any) -> float | None:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return float(int.from_bytes(value[:8]))
    return float(value) if isinstance(value, (int, float)) else None


def _alike(both: Sequence[tuple[float, float]]) -> float:
    """How much the one order is the other (Spearman): 1 the same, -1 backwards, 0 nothing of it."""
    first, second = (_ranks([pair[side] for pair in both]) for side in (0, 1))
    middle = (len(both) - 1) / 2
    spread = [sum((rank - middle) ** 2 for rank in ranks) for ranks in (first, second)]
    together = sum((one - middle) * (other - middle) for one, other in zip(first, second, strict=True))
    return float(together / (spread[0] * spread[1]) ** 0.5) if all(spread) else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    return [
        sum(other < value for other in values) + (sum(other == value for other in values) - 1) / 2 for value in values
    ]
