"""How Heard is running, as an administrator sees it: every part, what waits, today's figures, the clock, troubles."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.pulse import Pulse
from channels.twilio.problems import problem
from storage import pulses, troubles
from storage.staff import Role
from tests.console.desk import Console
from tests.console.read import said

ASHA = "+447700900101"
WHERE = "/settings/running"
ALL = ("web", "worker", "clock")


async def runs(console: Console, *parts: str) -> Pulse:
    """The process runs these parts, and has told so."""
    console.house.signs.begin(parts)
    await console.house.drain()
    pulse = Pulse(console.house)
    await pulse.beat()
    return pulse


async def page(console: Console) -> str:
    return (await (await console.as_(Role.ADMINISTRATOR)).get(WHERE)).text


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_while_every_part_runs_it_says_so(console: Console) -> None:
    await runs(console, *ALL)
    told = said(await page(console))
    assert "Every part of Heard is running." in told
    assert "web, worker, clock" in told
    assert "It alone sends for Texts (SMS) of the demo" in told
    assert "Nothing waits." in told


async def test_what_is_wrong_stands_first_in_plain_said(console: Console) -> None:
    await runs(console, "web")
    told = said(await page(console))
    assert "Nothing is sent: no worker runs." in told
    assert "Every part of Heard is running." not in told
    assert told.index("no worker runs") < told.index("What runs")


async def test_a_process_that_fell_silent_is_marked(console: Console) -> None:
    await runs(console, *ALL)
    now = console.clock()
    row = {"parts": "worker", "wrong": None, "started_at": now, "beat_at": now}
    await console.write(lambda tx: pulses.beat(tx, "other", **row))
    console.clock.move(timedelta(seconds=45))
    await Pulse(console.house).beat()
    told = said(await page(console))
    assert "Silent" in told
    assert "45 seconds ago" in told
    assert "Every part of Heard is running." in told, "another does the same"


async def test_what_waits_is_shown_with_its_age(console: Console) -> None:
    await console.phone(ASHA).says("JOIN")
    await console.write(lambda tx: tx.exec_driver_sql("UPDATE messages_out SET state = 'queued'"))
    console.clock.move(timedelta(minutes=7))
    assert "Texts (SMS) of the demo Replies 1 0 7 minutes" in said(await page(console))


async def test_messages_of_today_are_counted(console: Console) -> None:
    pulse = await runs(console, *ALL)
    await console.phone(ASHA).says("JOIN", "1")
    await pulse.beat()
    told = said(await page(console))
    assert "Came in 2" in told
    assert "Taken by the phone company 2" in told


async def test_trouble_of_the_last_hour_is_told_in_the_operators_sentence(console: Console) -> None:
    wrong = problem("20003")
    now = console.clock()
    await console.write(lambda tx: troubles.note(tx, "sms", wrong.code, wrong.concern, now))
    assert wrong.sentence.split(".", maxsplit=1)[0] in said(await page(console))
    await console.moves(hours=2)
    assert wrong.sentence.split(".", maxsplit=1)[0] not in said(await page(console))


async def test_a_part_of_the_page_renews_itself_and_the_rest_stands(console: Console) -> None:
    browser = await console.as_(Role.ADMINISTRATOR)
    whole = (await browser.get(WHERE)).text
    assert f'hx-get="{WHERE}/latest" hx-trigger="every 10s"' in whole
    part = (await browser.get(f"{WHERE}/latest", **{"hx-request": "true"})).text
    assert part.lstrip().startswith('<div id="running"')
    assert "<html" not in part


async def test_settings_lead_there(console: Console) -> None:
    text = (await (await console.as_(Role.ADMINISTRATOR)).get("/settings")).text
    assert f'href="{WHERE}"' in text


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
async def test_it_is_for_administrators(console: Console, role: Role) -> None:
    browser = await console.as_(role)
    assert (await browser.get(WHERE)).status_code == 404
    assert (await browser.get(f"{WHERE}/latest")).status_code == 404
