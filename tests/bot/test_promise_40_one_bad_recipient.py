"""One bad recipient: whatever is malformed or cannot be read about one of them, everybody else gets the broadcast."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from bank import broadcasts
from bank.limits import Limits
from bot.sender import Sender
from channels.message import Channel
from storage import addresses, outbox, people, reach, tasks
from storage import broadcasts as kept
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bank.members import begun, crowd, written_to_all
from tests.bank.several_ways import reached_by
from tests.bot.test_bad_rows import Phone, spoil
from tests.bot.test_promise_4_sender import town_with

MEMBERS = 12
Harm = Callable[[Tx, int], object]


def row_of(tx: Tx, address_id: int) -> int:
    (row,) = outbox.at_address(tx, address_id)
    return int(row.id)


def person_of(tx: Tx, address_id: int) -> int:
    return int(reach.people_at(tx, address_id)[0].id)


def in_the_row(**values: object) -> Harm:
    return lambda tx, here: tx.execute(
        update(outbox.messages_out).where(outbox.messages_out.c.address_id == here).values(values)
    )


def of_the_person(**values: object) -> Harm:
    return lambda tx, here: people.change(tx, person_of(tx, here), values)


def of_the_address(**values: object) -> Harm:
    return lambda tx, here: addresses.change(tx, here, values)


HARMS = [
    pytest.param(lambda tx, here: spoil(tx, addresses.addresses, "address", here), True, id="their address's seal"),
    pytest.param(lambda tx, here: spoil(tx, outbox.messages_out, "text", row_of(tx, here)), True, id="the text's seal"),
    pytest.param(lambda tx, here: spoil(tx, outbox.messages_out, "options", row_of(tx, here)), True, id="the choices"),
    pytest.param(lambda tx, here: spoil(tx, people.people, "name", person_of(tx, here)), False, id="their name's seal"),
    pytest.param(of_the_person(name="{0.__class__} %s \u202e\x00 <b>" + "x" * 900), False, id="a strange name"),
    pytest.param(in_the_row(language="@@"), False, id="no language at all"),
    pytest.param(in_the_row(language=""), False, id="an empty language"),
    pytest.param(of_the_address(language="\u202exx-odd"), False, id="an odd language"),
    pytest.param(of_the_person(text_from=-5), True, id="hours that there are not"),
    pytest.param(of_the_person(text_until=99_999), False, id="hours after the day's end"),
    pytest.param(of_the_address(address=""), False, id="an empty address"),
    pytest.param(of_the_address(address="not a number"), False, id="no number"),
    pytest.param(of_the_address(address="+44" + "7" * 137), False, id="a very long number"),
]


@pytest.mark.parametrize(("harm", "given_up"), HARMS)
async def test_promise_40_everybody_else_gets_it(store: Store, harm: Harm, given_up: bool) -> None:
    """It is the first in the queue, and all others are behind it."""
    phone = Phone()
    sender = Sender("sms", phone, store, lambda: MORNING, lambda: ASHDALE, limits=Limits(price=1))  # type: ignore[arg-type]

    def fill(tx: Tx) -> set[str]:
        everybody = crowd(tx, MEMBERS)
        written_to_all(tx)
        numbers = [addresses.get(tx, here).address for here in everybody]
        harm(tx, everybody[0])
        return set(numbers[1:])

    others = await store.write(fill)
    await sender.drain()
    assert others <= set(phone.got)
    tally = await store.read(outbox.tally)
    assert tally == ({"accepted": MEMBERS - 1, "failed": 1} if given_up else {"accepted": MEMBERS})


async def test_promise_40_all_of_it_at_once_and_in_the_middle_of_a_long_broadcast(store: Store) -> None:
    phone = Phone()
    sender = Sender("sms", phone, store, lambda: MORNING, lambda: ASHDALE, calls_at_once=10)  # type: ignore[arg-type]

    def fill(tx: Tx) -> set[str]:
        everybody = crowd(tx, 60)
        written_to_all(tx)
        numbers = {here: addresses.get(tx, here).address for here in everybody}
        harmed = everybody[3::4]
        for here, harm in zip(harmed, HARMS, strict=False):
            harm.values[0](tx, here)  # type: ignore[operator]
        return {numbers[here] for here in everybody if here not in harmed}

    others = await store.write(fill)
    await sender.drain()
    assert others <= set(phone.got)
    assert set(await store.read(outbox.tally)) == {"accepted", "failed"}


async def test_promise_40_another_way_that_cannot_be_read_blocks_nobody(store: Store) -> None:
    """Their WhatsApp window has closed, and the number that it would go to instead has a broken seal."""
    whatsapp_phone, phone = Phone(), Phone()
    now = MORNING.replace(day=25)
    closed = Limits(outside_window=False)
    clock = (lambda: now, lambda: ASHDALE)
    whatsapp = Sender("whatsapp", whatsapp_phone, store, *clock, limits=closed)  # type: ignore[arg-type]
    sms = Sender("sms", phone, store, *clock)  # type: ignore[arg-type]

    def fill(tx: Tx) -> list[Somebody]:
        three = [reached_by(tx, Channel.WHATSAPP, Channel.SMS) for _ in range(3)]
        written_to_all(tx, now=now)
        texts = [text for _whatsapp, text in three]
        spoil(tx, addresses.addresses, "address", texts[1].here(tx).id)
        return texts

    first, _second, third = await store.write(fill)
    await whatsapp.drain()
    await sms.drain()
    assert whatsapp_phone.got == []
    assert phone.got == [first.address, third.address]


async def test_promise_40_what_the_provider_refuses_of_one_stops_no_other(tmp_path: Path) -> None:
    """Over the wire, through the real adapter: numbers that are none."""
    phones = [f"+44770090010{number}" for number in range(5)]
    async with town_with(tmp_path) as town:
        for phone in phones:
            for text in ("JOIN", "1", "1", "Asha"):
                await town.texts(phone, text)
        await town.house.drain()

        def spoilt(tx: Tx) -> None:
            written_to_all(tx)
            for phone, value in ((phones[1], "hello"), (phones[3], "+44" + "7" * 137)):
                found = addresses.find(tx, "sms", phone)
                assert found is not None
                addresses.change(tx, found.id, {"address": value})

        await town.house.store.write(spoilt)
        await town.house.drain()
        news = [phone for phone in phones if any(entry.text.startswith("News") for entry in town.got(phone))]
        assert news == [phones[0], phones[2], phones[4]]


@pytest.mark.parametrize(("harm", "given_up"), HARMS)
async def test_promise_40_with_names_choices_and_other_formats_too(store: Store, harm: Harm, given_up: bool) -> None:
    """Whoever's name cannot be read gets it without one."""
    phone = Phone()
    sender = Sender("sms", phone, store, lambda: MORNING, lambda: ASHDALE, limits=Limits(price=1))  # type: ignore[arg-type]

    def fill(tx: Tx) -> set[str]:
        everybody = crowd(tx, MEMBERS, name="Asha", format="bsl")
        news_id = begun(tx, {"en": "{council}: when, {name}? {stop}"}, MORNING)
        asks = {"choices": [{"en": "Morning"}, {"en": "Night"}], "formats": {"bsl": "https://ashdale.example/signed"}}
        kept.change(tx, news_id, asks)
        while broadcasts.queue_more(tx, news_id, MORNING, ASHDALE):
            pass
        numbers = [addresses.get(tx, here).address for here in everybody]
        harm(tx, everybody[0])
        return set(numbers[1:])

    others = await store.write(fill)
    await sender.drain()
    assert others <= set(phone.got)
    tally = await store.read(outbox.tally)
    assert tally == ({"accepted": MEMBERS - 1, "failed": 1} if given_up else {"accepted": MEMBERS})


async def test_promise_40_who_is_to_be_rung_and_has_a_name_that_cannot_be_read_is_rung_all_the_same(
    store: Store,
) -> None:
    def story(tx: Tx) -> list[str]:
        crowd(tx, 3)
        for name in ("Dawid", "Gwen"):
            leaflet.member(tx, name, contact={"post": "1 High Street"})
        spoil(tx, people.people, "name", leaflet.member(tx, "Asha", contact={"post": "2 High Street"}).id)
        written_to_all(tx, "{council}: hello {name}.")
        return sorted(row.words.rpartition("\n")[2] for row in tx.execute(tasks.tasks.select()))

    assert await store.write(story) == [
        "Ashdale Council: hello Dawid.",
        "Ashdale Council: hello Gwen.",
        "Ashdale Council: hello.",
    ]
