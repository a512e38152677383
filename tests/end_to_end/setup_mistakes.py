"""The likeliest mistakes of whoever sets Heard up: how each is made, and the whole line that it is answered with.

`{folder}` stands for a folder of the test's own, `{port}` for a port that another program has, `{host}` for the place
of a real PostgreSQL's socket.
"""

from __future__ import annotations

import asyncio
import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bot.keys import prove
from bot.settings import ROOT
from storage.keys import KeyRing
from storage.store import open_store
from tests import prepared

SHIPPED = (ROOT / "settings.toml").read_text(encoding="utf-8")
UPGRADE = ("db", "upgrade")


def nothing(_folder: Path) -> None:
    """The variables are the mistake."""


@dataclass(frozen=True)
class Mistake:
    """`make` does it in the test's folder, and may hand back a file to be held open. `as_nobody`: by no root."""

    label: str
    says: str
    variables: Mapping[str, str] = field(default_factory=dict)
    make: Callable[[Path], IO[str] | None] = nothing
    command: tuple[str, ...] = UPGRADE
    as_nobody: bool = False


def _in_the_file(before: str, after: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        assert before in SHIPPED
        (folder / "settings.toml").write_text(SHIPPED.replace(before, after, 1), encoding="utf-8")

    return make


def _file_where_the_folder_should_be(folder: Path) -> None:
    (folder / "data").touch()


def _not_writable(folder: Path) -> None:
    (folder / "data").mkdir(mode=0o555)


def _secrets_that_cannot_be_read(folder: Path) -> None:
    (folder / "secrets").mkdir(mode=0o000)


def _installed(folder: Path) -> Path:
    prepared.installation(folder / "data")
    return folder / "data"


def _keys_lost(folder: Path) -> None:
    shutil.rmtree(_installed(folder) / "keys")


def _keys_of_another(folder: Path) -> None:
    data = _installed(folder)
    asyncio.run(_used(f"sqlite:///{data / 'heard.db'}"))
    KeyRing.ephemeral().save(data / "keys")


async def _used(url: str) -> None:
    store = open_store(url, prepared.keys())
    await prove(store)
    await store.close()


def _keys_broken(folder: Path) -> None:
    (_installed(folder) / "keys" / "keys.json").write_text("{", encoding="utf-8")


def _of_a_newer_version(folder: Path) -> None:
    with closing(sqlite3.connect(_installed(folder) / "heard.db")) as rows, rows:
        rows.execute("UPDATE alembic_version SET version_num = '9999'")


def _a_letter_for_a_database(folder: Path) -> None:
    (_installed(folder) / "heard.db").write_text("Dear all, " * 20, encoding="utf-8")


def _started_already(folder: Path) -> IO[str]:
    file = (_installed(folder) / "running").open("a", encoding="utf-8")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _line(text: str) -> int:
    return SHIPPED.partition(text)[0].count("\n") + 1


_COUNCIL = 'council = "Ashdale Council"'
_FILE = "The file of the database (heard.db in the data folder, or what database.url (HEARD_DATABASE__URL) names)"
_CHOWN = "Give it to the user that Heard runs as (chown), or set data_dir (HEARD_DATA_DIR) to another place."
_OWN_FILE = {"HEARD_SETTINGS": "{folder}/settings.toml"}

SETTINGS = (
    Mistake(
        "a quotation mark forgotten in settings.toml",
        f"{{folder}}/settings.toml, line {_line(_COUNCIL)}: this cannot be read. Text stands between straight quotes, "
        'like "Oakshire Council". Times are like 09:00:00, and dates like 2026-11-01.',
        _OWN_FILE,
        _in_the_file(_COUNCIL, 'council = "Oakshire Council'),
    ),
    Mistake(
        "a name in settings.toml mistyped",
        "prot is not a setting of Heard. Did you mean port?",
        _OWN_FILE,
        _in_the_file("port = 8000", "prot = 8000"),
    ),
    Mistake(
        "a line added at the end of settings.toml, under another heading",
        "watch.sms_from is not a setting of Heard, and twilio.sms_from is. Move it there.",
        _OWN_FILE,
        _in_the_file('heartbeat_url = ""', 'heartbeat_url = ""\nsms_from = "+447700900123"'),
    ),
    Mistake(
        "a setting of a newer version missing from an old settings.toml",
        "log_level (HEARD_LOG_LEVEL) is missing from settings.toml. Copy its line from the one that came with Heard.",
        _OWN_FILE,
        _in_the_file('log_level = "info"\n', ""),
    ),
    Mistake(
        "a word for a number",
        "port (HEARD_PORT) must be a whole number.",
        {"HEARD_PORT": "eight thousand"},
    ),
    Mistake(
        "no settings.toml where it should be",
        "HEARD_SETTINGS names {folder}/settings.tml, and no such file can be seen. Mend the name, or put the file "
        "there.",
        {"HEARD_SETTINGS": "{folder}/settings.tml"},
    ),
    Mistake(
        "a variable mistyped",
        "HEARD_TWILLIO__ACCOUNT_SID is not a setting of Heard. Did you mean HEARD_TWILIO__ACCOUNT_SID?",
        {"HEARD_TWILLIO__ACCOUNT_SID": "a-secret"},
    ),
    Mistake(
        "half of Twilio's account",
        "twilio.auth_token (HEARD_TWILIO__AUTH_TOKEN) is missing, and twilio.account_sid is set. Twilio needs both: "
        "set it, or take the other out.",
        {"HEARD_TWILIO__ACCOUNT_SID": "AC1"},
    ),
    Mistake(
        "a number as it is said at home",
        "twilio.sms_from (HEARD_TWILIO__SMS_FROM) must be a number with its country code and no spaces, like "
        "+447700900123.",
        {"HEARD_TWILIO__SMS_FROM": "07700900123"},
    ),
    Mistake(
        "a bot's token half copied",
        "telegram.token (HEARD_TELEGRAM__TOKEN) must be as BotFather gave it, without quotes: digits, a colon, then "
        "letters and digits.",
        {"HEARD_TELEGRAM__TOKEN": "a-secret"},
    ),
    Mistake(
        "Telegram is to call us by http",
        'telegram.updates is "webhook", and public_url (HEARD_PUBLIC_URL) is no https address: Telegram calls no '
        'other. Set public_url to one, or telegram.updates to "polling".',
        {
            "HEARD_TELEGRAM__TOKEN": "1:a-secret",
            "HEARD_TELEGRAM__SECRET_TOKEN": "a-secret-of-our-own",
            "HEARD_TELEGRAM__UPDATES": "webhook",
            "HEARD_PUBLIC_URL": "http://heard.oakshire.example",
        },
    ),
    Mistake(
        "a webhook's address for our own",
        "public_url (HEARD_PUBLIC_URL) must end after the name of the machine, like https://heard.ashdale.example, "
        "without a path.",
        {"HEARD_PUBLIC_URL": "https://heard.oakshire.example/webhooks/twilio/message"},
    ),
)
MACHINE = (
    Mistake(
        "another program has the port",
        "Port {port} on 127.0.0.1 is in use: another Heard, or another program, has it. Stop that, or choose another "
        "port (HEARD_PORT).",
        {"HEARD_PORT": "{port}"},
        command=("run",),
    ),
    Mistake(
        "started twice",
        "Heard runs on this data folder already. Stop it first, or choose another.",
        make=_started_already,
        command=("run",),
    ),
    Mistake(
        "a file where the data folder should be",
        "{folder}/data should be a folder, and there is a file. Move it away, or set data_dir (HEARD_DATA_DIR) to "
        "another place.",
        make=_file_where_the_folder_should_be,
    ),
    Mistake(
        "a data folder in a folder of root",
        "The folder {folder}/closed/data cannot be made: Permission denied. Make it and give it to the user that Heard "
        "runs as (chown), or set data_dir (HEARD_DATA_DIR) to another place.",
        {"HEARD_DATA_DIR": "{folder}/closed/data"},
        lambda folder: (folder / "closed").mkdir(mode=0o555),
        as_nobody=True,
    ),
    Mistake(
        "a data folder that can only be read",
        f"The folder {{folder}}/data cannot be written to. {_CHOWN}",
        make=_not_writable,
        as_nobody=True,
    ),
    Mistake(
        "a secrets folder that only root can read",
        "HEARD_SECRETS_DIR names {folder}/secrets, and {folder}/secrets cannot be read: Permission denied. Mend the "
        "name, or give the folder and its files to the user that Heard runs as (chown).",
        {"HEARD_SECRETS_DIR": "{folder}/secrets"},
        _secrets_that_cannot_be_read,
        as_nobody=True,
    ),
)
DATABASE = (
    Mistake(
        "the keys lost",
        "{folder}/data/keys/keys.json is missing, and nothing in {folder}/data/heard.db can be read without it. Put "
        "back the copy of it that you keep apart from the database.",
        make=_keys_lost,
    ),
    Mistake(
        "the keys of another installation",
        "The keys in the data folder do not fit the database. Put back the keys.json that belongs to it.",
        make=_keys_of_another,
        command=("user", "list"),
    ),
    Mistake(
        "the keys cut short",
        "{folder}/data/keys/keys.json does not hold a key ring. Put back the copy of it that you keep apart from the "
        "database.",
        make=_keys_broken,
    ),
    Mistake(
        "an old version on a newer database",
        "The database is at step 9999, which this version of Heard does not know. Start the newer version, or restore "
        "the copy that was made before it.",
        make=_of_a_newer_version,
    ),
    Mistake(
        "something else by the name of the database",
        f"{_FILE} is damaged, or is something else. Put back your last copy, or name another file.",
        make=_a_letter_for_a_database,
    ),
    Mistake(
        "PostgreSQL is off",
        "No PostgreSQL answers at the address in database.url (HEARD_DATABASE__URL). Start it, or mend the address.",
        {"HEARD_DATABASE__URL": "postgres://heard:a-secret@127.0.0.1:9/heard"},
    ),
    Mistake(
        "a database that nobody made",
        "PostgreSQL has no such database or user. Make it there, or mend the name in database.url "
        "(HEARD_DATABASE__URL).",
        {"HEARD_DATABASE__URL": "postgresql://postgres:a-secret@/hoard?host={host}"},
    ),
    Mistake(
        "a database that knows no Polish letter",
        "The PostgreSQL database cannot keep every letter: its encoding is LATIN1. Make another with ENCODING 'UTF8' "
        "and TEMPLATE template0, and name that.",
        {"HEARD_DATABASE__URL": "postgresql://postgres:a-secret@/of_old?host={host}"},
    ),
    Mistake(
        "a user who may not make tables",
        "PostgreSQL does not let Heard make its tables. Make Heard's user the owner of the database "
        "(ALTER DATABASE ... OWNER TO ...).",
        {"HEARD_DATABASE__URL": "postgresql://a_guest:a-secret@/postgres?host={host}"},
    ),
)
MISTAKES = (*SETTINGS, *MACHINE, *DATABASE)
