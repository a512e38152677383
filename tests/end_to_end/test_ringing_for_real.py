"""Somebody rings the number that is for texts, and Heard is the real process on real sockets."""

from __future__ import annotations

from pathlib import Path

from storage.tasks import TaskKind
from tests import looking
from tests.bot.town import OUR_NUMBER
from tests.end_to_end.installation import installed

ASHA = "+447700900121"


async def test_who_rings_and_presses_1_is_on_the_list(tmp_path: Path) -> None:
    async with installed(tmp_path) as there, there.running() as process:
        url = f"{there.variables['HEARD_PUBLIC_URL']}/webhooks/twilio/voice#rc=3&rp=5xx,ct,rt"
        call = await there.twilio.person_rings(ASHA, "1", to=OUR_NUMBER, voice_url=url)
        assert call.said().startswith("Hello. This is Ashdale Council.")
        assert "Thank you. A person will ring you back by 5pm, " in call.said()
        assert call.ended == "hangup"
        (item,) = await there.look(looking.open_tasks)
        assert item.kind == TaskKind.CALL
        assert ASHA not in process.printed
