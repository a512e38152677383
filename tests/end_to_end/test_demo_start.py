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
    async with running(variables, tmp_path, by(start_command())) as process:
        assert await status_of(f"{process.url}/readyz") == 200
        assert await status_of(f"{process.url}/try") == 200
        assert await status_of(f"{process.url}/") == 200
        (members,) = (line for line in heard(variables, "status").splitlines() if "members" in line)
        assert "60" in members.replace("│", " ").split()
        assert "/try" in process.printed
        assert "Traceback" not in process.printed
    async with running(variables, tmp_path, by([HEARD, "run"])) as process:  # the same members, not sixty more
        (members,) = (line for line in heard(variables, "status").splitlines() if "members" in line)
        assert "60" in members.replace("│", " ").split()
        assert await process.ctrl_c() == 0
