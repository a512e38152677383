"""Promise 25: what is beyond us is kept and answered 2xx, the next update of that chat is handled at once.

And once the fault is mended, it is taken in after all: through the adapter that would not have it, and the same intake.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from bank import intake
from bot import letters, menus, rounds, updates
from channels.message import Incoming, Poison, Status
from channels.telegram import inbound as of_telegram
from channels.twilio import adapter as of_twilio
from channels.twilio import inbound
from storage import dead_letters, messages_in
from storage.schema import Record
from storage.tasks import TaskKind
from tests import looking, terminal
from tests.bot.town import HandNow, Town, environment, fake_telegram, fake_twilio, settled_in
from tests.terminal import Ended

ASHA, ASHA_ID = "+447700900151", 7151
POISON = "my cat ate the leaflet"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """One clock for us and the providers."""
    now = HandNow()
    async with settled_in(tmp_path, fake_twilio(clock=now), fake_telegram(clock=now), now) as settled:
        telegram = settled.house.channels.telegram
        assert telegram is not None
        await menus.set_up(telegram, settled.house.organisation, by_webhook=True)
        yield settled


def in_the_adapter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both adapters stumble over these words."""
    whole_twilio, whole_telegram = of_twilio.incoming, of_telegram.content_of

    def stumble(parameters: Mapping[str, str], *rest: Any) -> Incoming:
        if parameters.get("Body") == POISON:
            raise Poison("an unheard-of parameter")
        return whole_twilio(parameters, *rest)

    def trip(message: Any) -> Any:
        if message.text == POISON:
            raise KeyError("an unheard-of field")
        return whole_telegram(message)

    monkeypatch.setattr(of_twilio, "incoming", stumble)
    monkeypatch.setattr(of_telegram, "content_of", trip)


def in_the_intake(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = intake.take

    def stumble(tx: Any, incoming: Incoming, *rest: Any) -> intake.Taken:
        taken = whole(tx, incoming, *rest)
        if incoming.text == POISON:
            raise ZeroDivisionError
        return taken

    monkeypatch.setattr(intake, "take", stumble)


FAULTS = [pytest.param(in_the_adapter, id="adapter"), pytest.param(in_the_intake, id="intake")]


async def writes(town: Town, provider: str, text: str) -> None:
    """By webhook; the provider must be thanked, or it would bring it again and again, and nothing after it."""
    if provider == "twilio":
        assert (await town.texts(ASHA, text)).status == 200
    else:
        await town.telegram.person(ASHA_ID).says(text)
        await town.telegram.settled()
        assert not town.telegram.updates.pending


def address(provider: str) -> str:
    return ASHA if provider == "twilio" else str(ASHA_ID)


async def waiting(town: Town) -> list[Record]:
    return await town.house.store.read(lambda tx: dead_letters.listed(tx, 100))


async def dispositions(town: Town) -> dict[str | None, int]:
    return await town.house.store.read(messages_in.tally)


async def to_do(town: Town) -> list[str]:
    return [task.kind for task in await town.house.store.read(looking.open_tasks)]


async def clock_ticks(town: Town) -> None:
    await rounds.go(town.house.store, town.now(), town.house.organisation)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("provider", ["twilio", "telegram"])
async def test_promise_25_the_next_is_handled_at_once_and_the_poison_once_it_is_mended(
    town: Town, provider: str, fault: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with pytest.MonkeyPatch.context() as broken:
        fault(broken)
        await writes(town, provider, POISON)
        await writes(town, provider, "JOIN")
        await town.house.drain()
        assert town.got(address(provider))[-1].text.startswith("Ashdale Council here.")
        (letter,) = await waiting(town)
        await clock_ticks(town)
        assert await to_do(town) == [TaskKind.READ]
        assert " stays: " in await letters.again(town.house, letter.id)
        (tried,) = await waiting(town)
        assert (tried.tries, bool(tried.problem)) == (1, True)
    before = len(town.got(address(provider)))
    assert (await letters.again(town.house, letter.id)).endswith("was taken in: inbox")
    await town.house.drain()
    assert (await waiting(town), await to_do(town)) == ([], [TaskKind.READ])
    assert len(town.got(address(provider))) == before  # they were asked something since: no answer comes to this
    assert "No letter" in await letters.again(town.house, letter.id)
    assert sum((await dispositions(town)).values()) == 2


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("provider", ["twilio", "telegram"])
async def test_what_is_mended_within_the_hour_is_answered(
    town: Town, provider: str, fault: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with pytest.MonkeyPatch.context() as broken:
        fault(broken)
        await writes(town, provider, POISON)
    town.now.move(seconds=1)
    before = len(town.got(address(provider)))
    (letter,) = await waiting(town)
    town.now.move(minutes=50)
    await letters.again(town.house, letter.id)
    await town.house.drain()
    assert await waiting(town) == []
    assert town.got(address(provider))[-1].text.startswith("Thank you. A person will read this by 5pm.")
    assert len(town.got(address(provider))) == before + 1
    assert await to_do(town) == [TaskKind.READ]


@pytest.mark.parametrize("fault", FAULTS)
async def test_promise_25_the_same_where_we_ask_telegram_for_updates(
    tmp_path: Path, fault: Callable[[pytest.MonkeyPatch], None]
) -> None:
    now = HandNow()
    polling = {"HEARD_TELEGRAM__UPDATES": "polling"}
    async with settled_in(tmp_path, fake_twilio(clock=now), fake_telegram(clock=now), now, **polling) as town:
        stop = asyncio.Event()
        asking = asyncio.create_task(updates.run(town.house, stop))
        with pytest.MonkeyPatch.context() as broken:
            fault(broken)
            for text in (POISON, "JOIN"):
                await town.telegram.person(ASHA_ID).says(text)
            while town.telegram.updates.pending:
                await asyncio.sleep(0.01)
            (letter,) = await waiting(town)
            assert await dispositions(town) == {"word": 1}
        stop.set()
        await asking
        assert (await letters.again(town.house, letter.id)).endswith("was taken in: inbox")
        assert await waiting(town) == []


async def test_a_receipt_finds_its_message_after_all(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """It came before we knew Twilio's name for the message: our own name, in the path, is kept with it."""
    await town.texts(ASHA, "JOIN")
    (row,) = await town.heard(ASHA)
    fields = {"MessageSid": "SM" + "7" * 32, "MessageStatus": "pondering", "AccountSid": town.twilio.account_sid}
    url = f"{town.url}/webhooks/twilio/status?t={row.token}"
    answer = await town.twilio._post(url, fields | {"To": ASHA, "From": "+447700900990"})
    assert answer.status == 204
    (letter,) = await waiting(town)
    monkeypatch.setitem(cast("dict[str, Status]", inbound.STATUSES), "pondering", Status.DELIVERED)
    await letters.again(town.house, letter.id)
    assert (await waiting(town), await town.states(ASHA)) == ([], ["delivered"])


def heard(town: Town, folder: Path, *words: str) -> Ended:
    """The command, beside the running service."""
    around = environment(town.twilio.url, town.telegram.url, int(urlsplit(town.url).port or 0), folder)
    return terminal.heard(*words, data=folder, **around)


async def test_the_command_line_shows_takes_in_and_drops_and_tells_no_words(town: Town, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as broken:
        in_the_adapter(broken)
        await town.texts(ASHA, POISON)
        await town.texts(ASHA, POISON)
    first, second = await waiting(town)
    listed = await asyncio.to_thread(heard, town, tmp_path, "letters")
    assert listed.code == 0
    assert "an unheard-of parameter" in listed.out
    assert not any(secret in listed.out for secret in ("leaflet", ASHA, ASHA[1:]))

    shown = await asyncio.to_thread(heard, town, tmp_path, "letters", "--words", str(first.id))
    assert "leaflet" in shown.out

    refused = await asyncio.to_thread(heard, town, tmp_path, "letters", "replay")
    assert (refused.code, "--all" in refused.err) == (2, True)
    taken = await asyncio.to_thread(heard, town, tmp_path, "letters", "replay", str(first.id))
    assert (taken.code, "was taken in" in taken.out) == (0, True)

    dropped = await asyncio.to_thread(heard, town, tmp_path, "letters", "drop", str(second.id), "--why", "sent twice")
    assert dropped.code == 0
    assert await waiting(town) == []
