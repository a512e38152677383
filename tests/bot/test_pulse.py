"""The pulse: what each process tells of itself, and how all of them together look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bank import running, upkeep
from bank.running import Running
from bot.lease import ME
from bot.pulse import Pulse
from bot.signs import Signs
from storage import leases, pulses
from storage.store import Store
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bot.town import Town

ASHA = "+447700900101"


async def look(town: Town) -> Running:
    return await town.house.store.read(lambda tx: running.look(tx, town.now(), town.house.organisation))


async def beats(store: Store, token: str, parts: str, **more: object) -> None:
    row = {"parts": parts, "wrong": None, "started_at": MORNING, "beat_at": MORNING} | more
    await store.write(lambda tx: pulses.beat(tx, token, **row))


async def see(store: Store, **later: float) -> Running:
    return await store.read(lambda tx: running.look(tx, MORNING + timedelta(**later), ASHDALE))


async def test_a_process_tells_what_it_runs_and_what_it_leads(town: Town) -> None:
    town.house.signs.begin(("web", "worker"))
    await town.house.drain()
    pulse = Pulse(town.house)
    await pulse.beat()
    town.now.move(seconds=3)
    (process,) = (await look(town)).processes
    assert process.parts == ("web", "worker")
    assert process.leads == ("sender:sms", "sender:telegram", "sender:whatsapp")
    assert process.duties == ["sends for Texts (SMS), Telegram, WhatsApp"]
    assert (process.started_at, process.beat_at, process.silent) == (MORNING, MORNING, False)
    await pulse.end()
    assert (await look(town)).processes == []


async def test_what_is_not_well_is_told_to_the_others(town: Town) -> None:
    town.house.signs.begin(("worker",))  # it runs, and has not looked for anything to send
    await Pulse(town.house).beat()
    found = await look(town)
    assert found.processes[0].wrong == "sender:sms"
    assert "Process 1 says that its sender of Texts (SMS) is not well." in found.wrongs


async def test_messages_of_today_are_counted_once(town: Town) -> None:
    pulse = Pulse(town.house)
    await town.texts(ASHA, "JOIN")
    await town.house.drain()
    await pulse.beat()
    await pulse.beat()
    found = await look(town)
    assert (found.came_in, found.went_out) == (1, {"accepted": 1})
    await town.texts(ASHA, "1")
    await town.house.drain()
    await pulse.end()
    found = await look(town)
    assert (found.came_in, found.went_out) == (2, {"accepted": 2})
    town.now.move(days=1)
    assert (await look(town)).counts == {}


async def test_ticks_are_told_by_who_did_them(town: Town) -> None:
    house = replace(town.house, signs=Signs())
    pulse = Pulse(house)
    house.signs.ticked("alerts", town.now())
    await pulse.beat()
    town.now.move(seconds=5)
    house.signs.ticked("alerts", town.now())
    await pulse.beat()
    assert (await look(town)).ticks == {"alerts": town.now()}


async def test_all_is_well_while_each_part_runs_somewhere(store: Store) -> None:
    await beats(store, "one", "web")
    await beats(store, "two", "clock worker", started_at=MORNING + timedelta(seconds=1))
    assert (await see(store)).wrongs == []
    assert (await see(store, seconds=29)).wrongs == []


async def test_a_part_that_nobody_runs_is_missed(store: Store) -> None:
    await beats(store, "one", "web")
    assert (await see(store)).wrongs == [
        "Nothing is sent: no worker runs.",
        "Nothing happens by time, alerts about danger included: no clock runs.",
    ]
    assert len((await see(store, minutes=1)).wrongs) == 3, "it was not heard of for a minute"


async def test_a_silent_process_leads_nothing_and_is_forgotten_in_an_hour(store: Store) -> None:
    await beats(store, "one", "clock web worker")
    assert (await store.write(lambda tx: leases.take(tx, "clock", "one"))).ours
    assert (await see(store)).processes[0].duties == ["keeps time"]
    (silent,) = (await see(store, seconds=31)).processes
    assert (silent.silent, silent.duties) == (True, [])
    await store.write(lambda tx: upkeep.run(tx, MORNING + timedelta(minutes=59), ASHDALE))
    assert len((await see(store)).processes) == 1
    await store.write(lambda tx: upkeep.run(tx, MORNING + timedelta(minutes=61), ASHDALE))
    assert (await see(store)).processes == []


async def test_this_process_is_known_by_the_name_that_its_leases_have(town: Town) -> None:
    await Pulse(town.house).beat()
    assert [row.token for row in await town.house.store.read(pulses.every)] == [ME]
