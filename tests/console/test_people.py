"""Looking for people: by a part of their name, by number, by what they told us, and nobody whom one may not see."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bank.tokens import token
from storage import addresses, audit, interests, name_parts, needs, people, reach
from storage.addresses import AddressState
from storage.interests import InterestKind
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Console

BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
_NAMES = re.compile(r'href="/people/[\w-]+"><bdi>(.*?)</bdi></a></th>')


def names(html: str) -> list[str]:
    """Whom the list shows, in order."""
    return [unescape(name) for name in _NAMES.findall(html)]


async def somebody(console: Console, name: str | None, **told: object) -> Record:
    """A member who joined just now."""
    now = console.clock()
    values = {"state": PersonState.MEMBER, "language": "en", "joined_at": now, **told}
    return await console.write(lambda tx: people.add(tx, token=token(), name=name, **values))


async def with_number(console: Console, person: Record, number: str, **more: object) -> Record:
    """They write from this number."""
    now = console.clock()
    own = {"state": AddressState.OPEN, "last_in_at": now, "created_at": now, **more}

    def add(tx: Tx) -> Record:
        key = addresses.key_of("sms", number)
        row = addresses.add_once(
            tx, token=token(), channel="sms", sender="try-sms", address=number, address_key=key, **own
        )
        assert row is not None
        reach.join(tx, address_id=row.id, person_id=person.id, since=now)
        return row

    return await console.write(add)


@BOTH
async def test_a_part_of_a_name_finds_them_whatever_the_accents(console: Console) -> None:
    for name in ("Łucja O'Brien-Shah", "Asha", "Ashley Green", "Bo", None):
        await somebody(console, name)
    sam = await console.as_(Role.COORDINATOR)

    async def found(name: str) -> list[str]:
        answer = await sam.post("/people", {"name": name})
        assert "name=" not in str(answer.url)
        return sorted(names(answer.text))

    assert await found("luc") == ["Łucja O'Brien-Shah"]
    assert await found("ŁUCJA shah") == ["Łucja O'Brien-Shah"]
    assert await found("obrien") == await found("O'Bri") == ["Łucja O'Brien-Shah"]
    assert await found("ash") == ["Asha", "Ashley Green"]
    assert await found("ash gre") == ["Ashley Green"]
    assert await found("bo") == ["Bo"]
    assert await found("as") == [], "two letters are a whole part or nothing"
    assert await found("nobody") == []


@BOTH
async def test_a_new_name_is_found_and_the_old_one_is_not(console: Console) -> None:
    asha = await somebody(console, "Asha")
    await console.write(lambda tx: people.change(tx, asha.id, {"name": "Aisha"}))
    sam = await console.as_(Role.COORDINATOR)
    assert names((await sam.post("/people", {"name": "aisha"})).text) == ["Aisha"]
    assert names((await sam.post("/people", {"name": "asha"})).text) == []


async def test_who_tells_us_a_name_by_text_is_found_by_it(console: Console) -> None:
    await console.phone("+447700900123").says("JOIN", "1", "1", "Agnieszka")
    sam = await console.as_(Role.COORDINATOR)
    assert names((await sam.post("/people", {"name": "agn"})).text) == ["Agnieszka"]


async def test_a_whole_number_finds_who_is_reached_there(console: Console) -> None:
    asha, ben = await somebody(console, "Asha"), await somebody(console, "Ben", contact_key="phone:+447700900777")
    await with_number(console, asha, "+447700900123")
    assert ben.contact_key
    sam = await console.as_(Role.COORDINATOR)
    assert names((await sam.post("/people", {"number": "07700 900123"})).text) == ["Asha"]
    assert names((await sam.post("/people", {"number": "+44 7700 900777"})).text) == ["Ben"]
    wrong = await sam.post("/people", {"number": "0123"})
    assert wrong.status_code == 400
    assert "Enter a whole phone number" in wrong.text

    val = await console.as_(Role.VIEWER)
    page = await val.post("/people", {"number": "07700 900123"})
    assert names(page.text) == ["Ben", "Asha"], "a viewer finds nobody by number"
    assert 'name="number"' not in page.text


@BOTH
async def test_filters_narrow_the_list(console: Console) -> None:
    asha = await somebody(console, "Asha", language="pl", district="AS1", joined_how="phone")
    ben = await somebody(console, "Ben", paused_until=console.clock().replace(year=2030))
    await somebody(console, "Carys", state=PersonState.LEFT, erase_at=console.clock().replace(year=2027))

    def told(tx: Tx) -> None:
        interests.choose(tx, asha.id, InterestKind.TOPIC, ["home_care"])
        interests.choose(tx, ben.id, InterestKind.WAY, ["online"])
        needs.add(tx, person_id=ben.id, words="Large print", at=console.clock())

    await console.write(told)
    sam = await console.as_(Role.COORDINATOR)

    async def found(**fields: str) -> list[str]:
        return sorted(names((await sam.post("/people", dict(fields))).text))

    assert sorted(names((await sam.get("/people")).text)) == ["Asha", "Ben"]
    assert await found(state="left") == ["Carys"]
    assert await found(state="all") == ["Asha", "Ben", "Carys"]
    assert await found(language="pl") == await found(district="as1") == await found(helped="yes") == ["Asha"]
    assert await found(topic="home_care") == ["Asha"]
    assert await found(way="online") == await found(paused="yes") == await found(has_needs="yes") == ["Ben"]
    assert await found(topic="home_care", way="online") == []


async def test_what_is_held_for_danger_is_seen_by_leads_alone_and_counted_by_nobody_else(console: Console) -> None:
    asha = await somebody(console, "Asha", held="danger")
    ben = await somebody(console, "Ben")
    await with_number(console, ben, "+447700900123", held="danger")
    await somebody(console, "Carys", held="bereavement")

    sam = await console.as_(Role.COORDINATOR)
    page = await sam.get("/people")
    assert names(page.text) == ["Carys"]
    assert "1 person" in page.text
    assert names((await sam.post("/people", {"name": "asha"})).text) == []
    assert names((await sam.post("/people", {"number": "07700 900123"})).text) == []
    assert names((await sam.post("/people", {"held": "yes"})).text) == ["Carys"], "not theirs to ask: ignored"
    for hidden in (asha, ben):
        assert (await sam.get(f"/people/{hidden.token}")).status_code == 404

    lea = await console.as_(Role.SAFEGUARDING_LEAD)
    assert sorted(names((await lea.get("/people")).text)) == ["Asha", "Ben", "Carys"]
    assert sorted(names((await lea.post("/people", {"held": "yes"})).text)) == ["Asha", "Carys"]
    assert (await lea.get(f"/people/{asha.token}")).status_code == 200


async def test_a_long_list_comes_a_page_at_a_time(console: Console) -> None:
    for number in range(120):
        await somebody(console, f"Asha Number{number}")
    await somebody(console, "Ben")
    sam = await console.as_(Role.COORDINATOR)
    seen: list[str] = []
    answer = await sam.post("/people", {"name": "asha"})
    while True:
        assert "120 people" in answer.text
        seen += names(answer.text)
        after = re.search(r'name="after" value="([\w-]+)"', answer.text)
        if not after:
            break
        answer = await sam.post("/people", {"name": "asha", "after": after[1]})
    assert seen == [f"Asha Number{number}" for number in reversed(range(120))]


async def test_erasing_somebody_erases_what_their_name_is_found_by(console: Console) -> None:
    phone = console.phone("+447700900123")
    await phone.says("JOIN", "1", "1", "Agnieszka", "LEAVE")
    await console.moves(days=15)
    left = await console.read(lambda tx: list(tx.execute(name_parts.name_parts.select())))
    assert left == []


async def test_every_search_is_on_record_and_not_what_was_typed(console: Console) -> None:
    await somebody(console, "Asha")
    sam = await console.as_(Role.COORDINATOR)
    await sam.post("/people", {"name": "asha"})
    row = await console.read(lambda tx: list(audit.everything(tx))[-1])
    details = await console.read(lambda tx: audit.opened(tx, row.details))
    assert (row.act, row.staff_id, details) == ("searched", sam.staff.id, {"by": ["name"], "found": 1})


async def test_the_list_is_narrowed_to_those_who_write_one_way(console: Console) -> None:
    await console.phone("+447700900471").says("JOIN", "1", "1", "Asha")
    await console.phone("+447700900472", "whatsapp").says("JOIN", "1", "1", "Ben")
    sam = await console.as_(Role.COORDINATOR)
    assert names((await sam.post("/people", {"channel": "whatsapp"})).text) == ["Ben"]
    assert names((await sam.post("/people", {"channel": "sms"})).text) == ["Asha"]
