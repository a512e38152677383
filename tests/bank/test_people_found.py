"""People as the bank finds them: the few and the many, on both databases, and the facts with their sources."""

from __future__ import annotations

from datetime import timedelta

from bank.tokens import token
from bot import demo
from storage import addresses, directory, interests, name_parts, needs, people, reach, told
from storage.directory import Wanted
from storage.interests import InterestKind
from storage.people import PersonState
from storage.store import Store, Tx
from storage.told import How
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, number_of


def _add(tx: Tx, name: str, minutes: int = 0) -> int:
    joined_at = MORNING - timedelta(minutes=minutes)
    made = people.add(tx, token=token(), name=name, state=PersonState.MEMBER, language="en", joined_at=joined_at)
    return int(made.id)


async def test_a_name_that_many_have_is_found_and_counted_like_one_that_few_have(store: Store) -> None:
    def crowd(tx: Tx) -> tuple[int, list[str], int, list[str]]:
        for number in range(1100):
            _add(tx, f"Asha Crowd{number:04}", number)
        many, few = Wanted(name="ash cro"), Wanted(name="crowd0042")
        return (
            directory.count(tx, many, MORNING),
            [one.name for one in directory.find(tx, many, MORNING, 2)],
            directory.count(tx, few, MORNING),
            [one.name for one in directory.find(tx, few, MORNING, 2)],
        )

    newest = ["Asha Crowd0000", "Asha Crowd0001"]
    assert await store.write(crowd) == (1100, newest, 1, ["Asha Crowd0042"])


async def test_the_names_of_the_demo_are_found(store: Store) -> None:
    def fill(tx: Tx) -> list[str]:
        demo.fill(tx, ASHDALE, MORNING)
        return [one.name for one in directory.find(tx, Wanted(name="rukh"), MORNING, 5)]

    assert await store.write(fill) == ["Rukhsana"]


async def test_a_fact_has_the_source_of_its_last_telling(store: Store) -> None:
    def tell(tx: Tx) -> tuple[object, ...]:
        asha = Somebody()
        asha.joins(tx)
        person = people.get(tx, 1)
        by_text = told.of(tx, person.id)["name"]
        told.note(tx, person.id, "name", MORNING, how=How.PHONE)
        now = told.of(tx, person.id)["name"]
        return by_text.message_id is not None, by_text.how, now.message_id, now.how, number_of(tx, told.told)

    assert await store.write(tell) == (True, None, None, "phone", 1)


async def test_a_person_is_found_by_nothing_when_their_name_is_gone(store: Store) -> None:
    def forget(tx: Tx) -> tuple[int, int]:
        whose = _add(tx, "Asha Shah")
        before = number_of(tx, name_parts.name_parts)
        people.change(tx, whose, {"name": None})
        return before, number_of(tx, name_parts.name_parts)

    assert await store.write(forget) == (4, 0)


async def test_each_filter_looks_at_everybody_and_not_at_the_newest_thousand(store: Store) -> None:
    """The one who fits joined before 1,200 who do not."""

    def crowd(tx: Tx) -> dict[str, tuple[int, list[str]]]:
        for number in range(1_200):
            _add(tx, f"Crowd {number}", number)
        whose = _add(tx, "Zofia", 5_000)
        at = addresses.add(tx, **_whatsapp())
        reach.join(tx, address_id=at, person_id=whose, since=MORNING)
        interests.choose(tx, whose, InterestKind.TOPIC, ["carers"])
        interests.choose(tx, whose, InterestKind.WAY, ["online"])
        needs.add(tx, person_id=whose, words="Large print", at=MORNING)
        facts = {"language": "pl", "district": "NG5", "joined_how": "phone", "held": "bereavement"}
        people.change(tx, whose, facts | {"paused_until": MORNING + timedelta(days=1)})
        found = {}
        for name, value in _FILTERS.items():
            wanted = Wanted(**{name: value})  # type: ignore[arg-type]
            rows = directory.find(tx, wanted, MORNING, 50)
            found[name] = directory.count(tx, wanted, MORNING), [one.name for one in rows]
        return found

    assert await store.write(crowd) == dict.fromkeys(_FILTERS, (1, ["Zofia"]))


_FILTERS = {
    "channel": "whatsapp",
    "language": "pl",
    "topic": "carers",
    "way": "online",
    "district": "NG5",
    "has_needs": True,
    "paused": True,
    "helped": True,
    "held": True,
    "number": "+447700900461",
}


def _whatsapp() -> dict[str, object]:
    number = str(_FILTERS["number"])
    key = addresses.key_of("whatsapp", number)
    where = {"channel": "whatsapp", "sender": "whatsapp", "address": number, "address_key": key}
    return {"token": token(), "state": "open", "created_at": MORNING, **where}
