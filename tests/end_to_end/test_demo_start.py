"""The first thing anybody sees: `heard run` with nothing set up."""

from __future__ import annotations

from pathlib import Path

from tests.bot.town import free_port
from tests.end_to_end.running import HEARD, by, heard, running, start_command, status_of


async def test_the_demo_starts_with_nothing_set_up(tmp_path: Path) -> None:
    port = free_port()
    variables = {
        "HEARD_PORT": str(port),
        "HEARD_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HEARD_DATA_DIR": str(tmp_path / "data"),
    }
    as_their_guide_says = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TELEGRAM_TOKEN": "77:hush", "TWILIO_REGION": "ie1"}
    async with running(variables | as_their_guide_says, tmp_path, by(start_command())) as process:
        assert await status_of(f"{process.url}/readyz") == 200
        assert await status_of(f"{process.url}/try") == 200
        assert await status_of(f"{process.url}/") == 200
        (members,) = (line for line in heard(variables, "status").splitlines() if "members" in line)
        assert "60" in members.replace("│", " ").split()
        assert "/try" in process.printed
        assert (
            "TWILIO_ACCOUNT_SID is set, and Heard does not read it: it reads HEARD_TWILIO__ACCOUNT_SID."
            in process.printed
        )
        assert "TELEGRAM_TOKEN is set, and Heard does not read it: it reads HEARD_TELEGRAM__TOKEN." in process.printed
        assert not any(word in process.printed for word in ("Traceback", "TWILIO_REGION", "77:hush"))
    async with running(variables, tmp_path, by([HEARD, "run"])) as process:  # the same members, not sixty more
        (members,) = (line for line in heard(variables, "status").splitlines() if "members" in line)
        assert "60" in members.replace("│", " ").split()
        assert await process.ctrl_c() == 0
        assert "Heard does not read it" not in process.printed
