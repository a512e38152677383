"""Setting Heard up and getting it wrong: one plain line says what is wrong and what to do, and the command fails."""

from __future__ import annotations

import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import psycopg
import pytest

from bot.command import MISTAKE
from bot.settings import ROOT
from tests.bot.town import free_port
from tests.end_to_end.running import clean_environment
from tests.end_to_end.setup_mistakes import MISTAKES, Mistake
from tests.terminal import Ended, heard

_NOBODY = 65534
# Root may write everywhere: what is about other users is done as one, once our files are loaded.
_AS_NOBODY = (
    "import os; from bot import command, settings; settings.load(); "
    f"os.geteuid() or (os.setgroups([]), os.setgid({_NOBODY}), os.setuid({_NOBODY})); command.main()"
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user of the machine may look into, and that nobody else may write to."""
    made = Path(tempfile.mkdtemp(prefix="heard-mistake-"))
    made.chmod(0o755)
    yield made
    for path in made.iterdir():
        path.chmod(path.stat().st_mode | stat.S_IRWXU)
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def places(postgres_url: str) -> Iterator[dict[str, str]]:
    """What the mistakes name: a port that another program has, and a PostgreSQL with a guest and an old database."""
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute("CREATE ROLE a_guest LOGIN")
        admin.execute("CREATE DATABASE of_old ENCODING 'LATIN1' TEMPLATE template0")
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        yield {"port": str(taken.getsockname()[1]), "host": postgres_url.partition("host=")[2]}
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute("DROP ROLE a_guest")
        admin.execute("DROP DATABASE of_old")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.label)
def test_a_mistake_is_answered_with_what_is_wrong_and_what_to_do(
    mistake: Mistake, folder: Path, places: dict[str, str]
) -> None:
    own = {"HEARD_DATA_DIR": "{folder}/data", "HEARD_PORT": str(free_port()), **mistake.variables}
    given = {name: value.format(folder=folder, **places) for name, value in own.items()}
    with mistake.make(folder) or nullcontext():
        ended = _tried(mistake, folder, given)
    assert ended.err == f"{mistake.says.format(folder=folder, **places)}\n"
    assert ended.out == ""
    assert ended.code == MISTAKE
    assert "a-secret" not in ended.err


def _tried(mistake: Mistake, folder: Path, given: dict[str, str]) -> Ended:
    if not mistake.as_nobody:
        return heard(*mistake.command, data=folder / "data", **given)
    ended = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, *mistake.command],
        cwd=ROOT,
        env=clean_environment() | given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)
