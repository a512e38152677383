"""Promise 32: nobody is ever picked, drawn or counted by what they answered about equality."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from bank import audience, audiences, broadcasts, equality, groups, places
from bank.audience import NoCondition, Rule
from bank.tokens import token
from storage import broadcasts as stored
from storage import places as placed
from storage import projects
from storage.fitting import NAMES
from storage.migrate import tables
from storage.outbox import Priority
from storage.people import Part
from storage.places import PlaceState
from storage.projects import PlacesBy
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.several_ways import hired
from tests.bank.test_audience import member, project
from tests.house_rules.rooms import ROOMS, ROOT, files, named

TABLE = "equality_answers"
QUESTIONS = ("age", "disability", "ethnicity", "religion", "sex", "sexual_orientation")
RULES = (
    None,
    Rule(roles=("carer", "person", "staff", "partner")),
    Rule(topics=("money",), ways=("online",), districts=("AS1",), languages=("en",), channels=("sms",)),
    Rule(never_asked=True, without=Rule(districts=("AS2",), channels=("letter",))),
)


def test_no_table_leads_to_the_answers_or_from_them() -> None:
    for table in tables().tables.values():
        ends = {table.name, *(key.column.table.name for key in table.foreign_keys)}
        assert TABLE not in ends or ends == {TABLE}


def test_no_other_file_of_ours_names_them() -> None:
    names = (TABLE, "import_module('storage.equality", 'import_module("storage.equality')
    known = ROOT / "storage" / "equality.py", ROOT / "storage" / "migrations" / "versions"
    others = [path for path in files(*ROOMS) if path != known[0] and path.parent != known[1]]
    assert [named(path) for path in others if any(name in path.read_text() for name in names)] == []


def test_the_import_rules_fence_them_off() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = written["tool"]["importlinter"]["contracts"]
    fenced = [one for one in contracts if one["type"] == "protected"]
    fences = {tuple(one["protected_modules"]): one["allowed_importers"] for one in fenced}
    assert fences["storage.equality",] == ["bank.equality"]
    assert not {"bank.audience", "bank.broadcasts", "bank.groups", "bank.places"} & set(fences["bank.equality",])


@pytest.mark.parametrize("name", [*QUESTIONS, TABLE])
def test_no_rule_can_ask_for_them(name: str) -> None:
    assert name not in NAMES
    with pytest.raises(NoCondition):
        Rule.from_json({name: ["any"]})


@contextmanager
def heard(tx: Tx) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(tx, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(tx, "before_cursor_execute", listen)


def _answered(tx: Tx, subjects: list[str]) -> None:
    for number, subject in enumerate(subjects):
        given = {question: str(number % 3) for question in QUESTIONS}
        equality.keep(tx, subject, given, "2026", MORNING)


def _picked(tx: Tx) -> list[object]:
    """All that picks people, one after the other; whom it picked."""
    sam = hired(tx)
    found: list[object] = [audience.preview(tx, rule, MORNING, ASHDALE) for rule in RULES]
    found.append(audiences.look(tx, sam, RULES[1] or Rule(), MORNING, ASHDALE))
    club = groups.add(tx, sam, "Everybody here", MORNING, Rule(languages=("en",)))
    found.append(groups.count(tx, club, MORNING))
    found.append([row.id for row in groups.members(tx, club, MORNING)])
    row = {"words": {"en": "News"}, "rule": {"groups": [club.token]}, "priority": Priority.BULK}
    broadcast_id = stored.add(tx, token=token(), **row, due_at=MORNING, created_at=MORNING)
    while broadcasts.queue_more(tx, broadcast_id, MORNING, ASHDALE):
        pass
    found.append(audience.preview(tx, None, MORNING, ASHDALE, got=broadcast_id))
    return found


def _drawn(tx: Tx, person_ids: list[int], seed: str) -> list[str]:
    garden = projects.change(tx, project(tx, "the garden").id, {"places": 2, "places_by": PlacesBy.DRAW})
    for turn, person_id in enumerate(person_ids, 1):
        own = {"project_id": garden.id, "person_id": person_id, "state": PlaceState.INTERESTED, "turn": turn}
        placed.add(tx, **own, at=MORNING, changed_at=MORNING)
    places.draw(tx, hired(tx), garden, MORNING, seed)
    return [f"{row.person_id} {row.state}" for row in placed.in_project(tx, garden.id)]


async def test_nothing_that_picks_people_asks_for_them_and_nothing_they_say_changes_it(store: Store) -> None:
    def work(tx: Tx) -> None:
        those = [member(tx, district="AS1", part=part) for part in (*Part, Part.MEMBER, Part.MEMBER)]
        ids = [one.id for one in those if one.part == Part.MEMBER]
        with heard(tx) as said:
            before, drawn = _picked(tx), _drawn(tx, ids, "a seed")
            _answered(tx, [one.token for one in those])
            written = [statement for statement in said if TABLE in statement]
            assert written, "what is written there is heard"
            assert all(statement.startswith(("INSERT", "DELETE")) for statement in written)
            del said[:]
            after, again = _picked(tx), _drawn(tx, ids, "a seed")
            assert (_counts(after), again) == (_counts(before), drawn)
        assert len(said) > len(RULES)
        assert [statement for statement in said if "equality" in statement] == []

    await store.write(work)


def _counts(found: list[object]) -> list[object]:
    return [one if isinstance(one, int | list) else (one.ways, one.left, one.people) for one in found]  # type: ignore[attr-defined]  # a Preview
