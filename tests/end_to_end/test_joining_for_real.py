"""People join by every channel, and Heard is the real process on real sockets."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage import dead_letters, people
from tests.end_to_end.installation import Installation, installed
from tests.end_to_end.running import HEARD, by, heard, start_command

ASHA, BEN, CHAT = "+447700900121", "+447700900122", 700_900_123
JOIN = ("JOIN", "1", "1", "Asha")
SAID = ("Ashdale Council here.", "Thank you. We will keep", "You have joined.", "Thank you, Asha.")


def starts_so(texts: list[str]) -> None:
    assert [text[: len(begin)] for text, begin in zip(texts, SAID, strict=True)] == list(SAID)


async def joins_by_text(there: Installation, number: str = ASHA) -> None:
    for turn, text in enumerate(JOIN, 1):
        answer = await there.texts(number, text)
        assert (answer.status, "<Response" in answer.body) == (200, True)
        await there.got(number, turn)
    starts_so(await there.got(number, len(JOIN)))


async def joins_by_whatsapp(there: Installation) -> None:
    for turn, text in enumerate(JOIN, 1):
        assert (await there.whatsapps(BEN, text)).status == 200
        await there.got(f"whatsapp:{BEN}", turn)
    starts_so(await there.got(f"whatsapp:{BEN}", len(JOIN)))


async def joins_by_telegram(there: Installation) -> None:
    """With buttons, as most would."""
    person = there.telegram.person(CHAT)
    await person.says("/start")
    await there.got(str(CHAT), 1)
    await person.presses("Yes")
    await there.got(str(CHAT), 2)
    await person.presses("Yes, and I am 18 or over")
    await there.got(str(CHAT), 3)
    await person.says("Asha")
    starts_so(await there.got(str(CHAT), 4))


async def test_three_people_join_by_three_channels(tmp_path: Path) -> None:
    async with installed(tmp_path) as there, there.running(by(start_command())) as process:
        await joins_by_text(there)
        await joins_by_whatsapp(there)
        await joins_by_telegram(there)
        await there.until("sms", ASHA, ["delivered"] * 4)
        await there.until("whatsapp", BEN, ["delivered"] * 4)
        await there.until("telegram", str(CHAT), ["accepted"] * 4)
        assert await there.look(people.count) == 3
        assert await there.took() == 12
        assert await there.look(dead_letters.count) == 0
        assert there.twilio.callbacks.lost == 0
        assert "members" in heard(there.variables, "status")
        for secret in (ASHA, BEN, str(CHAT), there.variables["HEARD_TELEGRAM__TOKEN"], "Asha"):
            assert secret not in process.printed


async def test_telegram_calls_us_where_it_can(tmp_path: Path) -> None:
    async with installed(tmp_path, HEARD_TELEGRAM__UPDATES="webhook") as there, there.running():
        await joins_by_telegram(there)
        await there.telegram.settled()
        assert there.telegram.courier.webhook is not None
        assert there.telegram.courier.webhook.secret_token == there.variables["HEARD_TELEGRAM__SECRET_TOKEN"]
        assert await there.took() == 4
        assert there.telegram.courier.last_error is None


@pytest.mark.parametrize("answer", ["heard it", "only thanked"])
async def test_promise_2_killed_after_each_message_nothing_is_lost_or_said_twice(tmp_path: Path, answer: str) -> None:
    """At kill -9, once the reply arrived or as soon as we thanked: what was under way is then unknown, and stays so."""
    async with installed(tmp_path) as there:
        for turn, text in enumerate(JOIN, 1):
            async with there.running() as process:
                assert (await there.texts(ASHA, text)).status == 200
                if answer == "heard it":
                    await there.got(ASHA, turn)
                process.kill()
        async with there.running():
            await there.settle(ASHA)
            rows, heard_them = await there.heard("sms", ASHA), await there.got(ASHA, 0)
            starts_so([row.text for row in rows])
            assert await there.took() == len(JOIN)
            assert await there.look(people.count) == 1
            assert len(heard_them) == len(set(heard_them))
            assert {row.text.splitlines()[0] for row in rows if row.state != "unknown"} <= {
                text.splitlines()[0] for text in heard_them
            }


async def test_what_was_written_to_telegram_while_we_were_down_is_answered(tmp_path: Path) -> None:
    async with installed(tmp_path) as there:
        async with there.running() as process:
            await there.telegram.person(CHAT).says("/start")
            await there.got(str(CHAT), 1)
            process.kill()
        await there.telegram.person(CHAT).says("yes")
        async with there.running():
            await there.got(str(CHAT), 2)
            assert await there.took() == 2


@pytest.mark.parametrize("signal_to", ["an idle process", "a process that polls Telegram and sends"])
async def test_ctrl_c_stops_it_cleanly(tmp_path: Path, signal_to: str) -> None:
    async with installed(tmp_path) as there, there.running() as process:
        if signal_to != "an idle process":
            await joins_by_text(there)
        assert await process.ctrl_c() == 0
        assert "Traceback" not in process.printed


async def test_the_readme_s_command_stops_on_ctrl_c(tmp_path: Path) -> None:
    async with installed(tmp_path) as there, there.running(by(start_command())) as process:
        await process.ctrl_c()
        assert "Traceback" not in process.printed


async def test_a_second_start_is_quick(tmp_path: Path) -> None:
    """Under 3 s is what we hold ourselves to; on a machine that is busy this only asks that it starts."""
    async with installed(tmp_path) as there:
        took = []
        for _ in range(2):
            async with there.running(by([HEARD, "run"])) as process:
                took.append(process.ready_after)
                await process.ctrl_c()
        print(f"first start {took[0]:.2f} s, second start {took[1]:.2f} s")
        assert took[1] < 30


async def test_texts_work_while_telegram_cannot_be_reached(tmp_path: Path) -> None:
    """Nor does it take long to stop then."""
    async with installed(tmp_path) as there:
        await there.telegram.stop()
        async with there.running() as process:
            await joins_by_text(there)
            assert process.process.poll() is None
            assert "telegram_not_set_up" in process.printed
            await process.ctrl_c()
