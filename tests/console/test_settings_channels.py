"""Channels: whether each works, as those see it who wait for answers to go out; and what Today says of trouble."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bank import delivery
from channels.message import Channel, Outcome, Receipt, Refused, Status, TryLater
from channels.twilio.problems import problem
from storage import addresses, outbox, people, reach
from storage.addresses import AddressState
from storage.staff import Role
from storage.store import Tx
from tests.bank.ashdale import ASHDALE
from tests.console.desk import Console

ASHA, BEN = "+447700900101", "+447700900102"


async def joins(console: Console, number: str, name: str) -> None:
    await console.phone(number).says("JOIN", "1", "1", name)


async def answered(console: Console, number: str, outcome: Outcome, sender: str = "sms") -> None:
    """The provider's answer to one more message to that number."""
    now = console.clock()

    def send(tx: Tx) -> None:
        there = addresses.find(tx, "sms", number)
        assert there is not None
        row = outbox.queue(
            tx,
            token=f"t{now.timestamp()}{outcome!r}"[:60].replace(" ", ""),
            address_id=there.id,
            sender=sender,
            priority=1,
            wording="test.one",
            language="en",
            text="One",
            state="sending",
            due_at=now,
            claimed_at=now,
            created_at=now,
        )
        delivery.settle(tx, {row: outcome}, now, ASHDALE)

    await console.write(send)


async def test_each_channel_says_whether_it_is_on(console: Console) -> None:
    text = (await (await console.as_(Role.ADMINISTRATOR)).get("/settings/channels")).text
    for name in ("Texts (SMS)", "WhatsApp", "Telegram"):
        assert name in text
    assert text.count("Off</strong>") == len(Channel), "in the demo of this test no provider is there"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PARTNER])
async def test_who_answers_nobody_need_not_know(console: Console, role: Role) -> None:
    assert (await (await console.as_(role)).get("/settings/channels")).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_wrong_set_up_is_told_in_plain_words_with_what_to_do(console: Console) -> None:
    await joins(console, ASHA, "Asha")
    await answered(console, ASHA, Refused(problem("20003")))
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
        browser = await console.as_(role)
        today = (await browser.get("/")).text
        assert "Messages do not go out: see why" in today
        assert 'href="/settings/channels"' in today
        page = (await browser.get("/settings/channels")).text
        assert "Twilio did not accept our sign-in. Check the account SID, token and API key." in page
        assert ASHA not in page
    for role in (Role.VIEWER, Role.PARTNER):
        assert "do not go out" not in (await (await console.as_(role)).get("/")).text


async def test_what_happened_more_than_an_hour_ago_is_over(console: Console) -> None:
    await joins(console, ASHA, "Asha")
    await answered(console, ASHA, Refused(problem("20003")))
    console.clock.move(timedelta(minutes=61))
    assert "do not go out" not in (await (await console.as_(Role.ADMINISTRATOR)).get("/")).text
    page = (await (await console.as_(Role.ADMINISTRATOR)).get("/settings/channels")).text
    assert "Twilio did not accept our sign-in." in page, "the page still tells what was last"


@pytest.mark.parametrize("outcome", [Refused(problem("21610")), TryLater(problem("20429"), paced=True)])
async def test_a_stop_and_a_pause_are_no_trouble(console: Console, outcome: Outcome) -> None:
    await joins(console, ASHA, "Asha")
    await answered(console, ASHA, outcome)
    page = (await (await console.as_(Role.ADMINISTRATOR)).get("/settings/channels")).text
    assert "What to do" not in page


async def test_a_trouble_that_only_a_callback_tells_is_known_too(console: Console) -> None:
    await joins(console, ASHA, "Asha")
    await answered(console, ASHA, TryLater(problem("30008")))

    def callback(tx: Tx) -> None:
        there = addresses.find(tx, "sms", ASHA)
        assert there is not None
        row = outbox.at_address(tx, there.id)[-1]
        receipt = Receipt("sms", "SM1", Status.FAILED, row.token, problem("30002"))
        delivery.take_receipt(tx, receipt, console.clock(), ASHDALE)

    await console.write(callback)
    assert (
        "Twilio has suspended the account."
        in (await (await console.as_(Role.ADMINISTRATOR)).get("/settings/channels")).text
    )


async def test_a_member_whose_only_address_died_needs_another_way(console: Console) -> None:
    await joins(console, ASHA, "Asha")
    await answered(console, ASHA, Refused(problem("30005")))
    today = (await (await console.as_(Role.COORDINATOR)).get("/")).text
    assert "Find another way to reach them" in today
    assert "Asha" in today
    console.clock.move(timedelta(days=8))
    assert "another way" not in (await (await console.as_(Role.COORDINATOR)).get("/")).text


async def test_one_who_may_be_in_danger_is_named_to_leads_alone(console: Console) -> None:
    await joins(console, ASHA, "Asha")
    await answered(console, ASHA, Refused(problem("30005")))
    await console.write(lambda tx: people.hold(tx, [1], "danger"))
    assert "Asha" not in (await (await console.as_(Role.COORDINATOR)).get("/")).text
    assert "Asha" in (await (await console.as_(Role.SAFEGUARDING_LEAD)).get("/")).text


async def test_who_stopped_us_is_left_alone(console: Console) -> None:
    """They sent STOP to the provider: looking for another way would be going round it."""
    await joins(console, ASHA, "Asha")
    await answered(console, ASHA, Refused(problem("21610")))
    assert "another way" not in (await (await console.as_(Role.COORDINATOR)).get("/")).text


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_another_address_that_is_open_is_way_enough(console: Console) -> None:
    await joins(console, ASHA, "Asha")
    await joins(console, BEN, "Ben")
    await answered(console, ASHA, Refused(problem("30005")))
    assert "another way" in (await (await console.as_(Role.COORDINATOR)).get("/")).text

    def share(tx: Tx) -> None:
        asha, ben = addresses.find(tx, "sms", ASHA), addresses.find(tx, "sms", BEN)
        assert asha is not None
        assert ben is not None
        assert asha.state == AddressState.DEAD
        (person,) = reach.people_at(tx, asha.id)
        reach.join(tx, address_id=ben.id, person_id=person.id, since=console.clock())

    await console.write(share)
    assert "another way" not in (await (await console.as_(Role.COORDINATOR)).get("/")).text


async def test_where_somebody_may_be_in_danger_only_the_lead_is_told(console: Console) -> None:
    await joins(console, ASHA, "Asha")
    await console.phone(ASHA).says("my husband hits me")
    await answered(console, ASHA, Refused(problem("30005")))
    assert "another way" not in (await (await console.as_(Role.COORDINATOR)).get("/")).text
    assert "another way" in (await (await console.as_(Role.SAFEGUARDING_LEAD)).get("/")).text
