"""`heard doctor`: each thing that can be wrong here is found, said plainly, and nothing secret is printed."""

from __future__ import annotations

import io
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bank import preferences
from bot import doctor, keys
from bot.doctor import folder, setup
from bot.doctor.finding import Finding
from bot.house import organisation_of
from bot.settings import SettingsMistake
from storage import addresses, marks, messages_in
from storage.keys import KeyRing
from storage.store import Tx, open_store
from tests.bot.doctor.installation import AUTH_TOKEN, BOT, BOT_TOKEN, SECRET, TEXTS, Given, examined, furnish, said

# The whole of it


def test_a_fresh_demo_is_well_and_nothing_is_made(given: Given, tmp_path: Path) -> None:
    out = io.StringIO()
    assert doctor.run(given(), Console(file=out, width=200)) == 0
    assert "Everybody in it is invented" in out.getvalue()
    assert "Nothing is wrong." in out.getvalue()
    assert not (tmp_path / "data").exists()


def test_what_is_wrong_makes_the_exit_code_1(given: Given) -> None:
    out = io.StringIO()
    assert doctor.run(given(DEMO="off"), Console(file=out, width=200)) == 1
    assert "WRONG Settings: No channel is on, and the demo is off." in out.getvalue()
    assert "1 thing is wrong." in out.getvalue()


def test_no_secret_is_ever_printed(given: Given) -> None:
    """Not when all is well, and not when nothing is."""
    settings = given(**{**TEXTS, **BOT}, DATABASE__URL="postgresql://heard:a-secret-password@127.0.0.1:9/heard")
    settings.data_dir.mkdir(mode=0o777)
    keys.keys_in(settings.data_dir / "keys")
    out = io.StringIO()
    assert doctor.run(settings, Console(file=out, width=200)) == 1
    kept = json.loads((settings.data_dir / "keys" / "keys.json").read_text())
    hidden = [AUTH_TOKEN, BOT_TOKEN, SECRET, "a-secret-password", kept["looking_up"], *kept["sealing"].values()]
    assert not [secret for secret in hidden if secret in out.getvalue()]


async def test_a_check_that_fails_is_a_finding_and_the_others_go_on(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls_over(*_: object) -> list[Finding]:
        raise RuntimeError("with somebody's words in it")

    monkeypatch.setattr(folder, "look", falls_over)
    findings = await examined(given())
    assert "RuntimeError" in said(findings, "Data folder", well=False)
    assert "somebody's words" not in str(findings)
    assert findings[-1].name == "Clock"


# Settings


@pytest.mark.parametrize(
    ("label", "variables", "name", "sentence"),
    [
        ("as shipped", {"ORGANISATION__COUNCIL": "Ashdale Council"}, setup.NAME, "organisation.council"),
        (
            "an example's address",
            {"ORGANISATION__PRIVACY_URL": "ashdale.example/heard"},
            setup.NAME,
            "organisation.privacy_url",
        ),
        (
            "a number from films",
            {"ORGANISATION__CARE_LINE": setup.SHIPPED_CARE_LINE},
            setup.NAME,
            "organisation.care_line",
        ),
        ("no https", {"PUBLIC_URL": "http://127.0.0.1:8000"}, setup.ADDRESS, "no provider can reach us"),
        ("https to oneself", {"PUBLIC_URL": "https://localhost"}, setup.ADDRESS, "no provider can reach us"),
        ("a password in it", {"PUBLIC_URL": "https://me:secret@oakshire.test"}, setup.ADDRESS, "holds a user name"),
        ("nobody checks the numbers", {"ORGANISATION__NUMBERS_OWNER": " "}, setup.NUMBERS, "Nobody is named"),
        (
            "numbers checked long ago",
            {"ORGANISATION__NUMBERS_CHECKED": "2020-01-01"},
            setup.NUMBERS,
            "last checked",
        ),
        (
            "numbers checked in a year to come",
            {"ORGANISATION__NUMBERS_CHECKED": "2999-01-01"},
            setup.NUMBERS,
            "to come",
        ),
    ],
)
async def test_settings_that_do_not_fit(
    given: Given, label: str, variables: dict[str, str], name: str, sentence: str
) -> None:
    findings = await examined(given(**{**TEXTS, **variables}))
    assert sentence in said(findings, name, well=False), label


@pytest.mark.parametrize(("days", "well"), [(90, True), (91, False)])
async def test_the_numbers_keep_for_90_days(given: Given, days: int, well: bool) -> None:
    now = datetime.now(UTC)
    checked = (now - timedelta(days=days)).date().isoformat()
    findings = await examined(given(ORGANISATION__NUMBERS_CHECKED=checked), now)
    assert f"{days} days ago" in said(findings, setup.NUMBERS, well=well)


async def test_what_the_team_changed_in_the_console_counts(given: Given) -> None:
    now = datetime.now(UTC)
    settings = given(**TEXTS, ORGANISATION__NUMBERS_CHECKED="2020-01-01")
    ring = furnish(settings)
    store = open_store(settings.database_url, ring)
    shipped = organisation_of(settings)
    own = {"numbers_checked": now.date(), "council": "Elmshire Council"}
    await store.write(lambda tx: preferences.change(tx, now, None, shipped, **own))
    await store.close()
    findings = await examined(settings, now)
    assert "checked 0 days ago" in said(findings, setup.NUMBERS, well=True)
    assert "HELP (en): Elmshire Council here." in said(findings, "Advanced Opt-Out", well=None)


@pytest.mark.parametrize(
    ("line", "well", "sentence"), [("", None, "Nobody is told"), ("07700 900100", True, "told to ring 07700 900100")]
)
async def test_whom_to_ring_when_care_goes_wrong(given: Given, line: str, well: bool | None, sentence: str) -> None:
    findings = await examined(given(**{**TEXTS, "ORGANISATION__CARE_LINE": line}))
    assert sentence in said(findings, setup.CARE, well=well)


async def test_telegram_alone_needs_no_public_address(given: Given) -> None:
    findings = await examined(given(**{**BOT, "PUBLIC_URL": "http://127.0.0.1:8000"}))
    assert "we ask it" in said(findings, setup.ADDRESS, well=None)


def test_a_zone_that_is_nowhere_is_named_before_anything_starts(given: Given) -> None:
    with pytest.raises(SettingsMistake, match="HEARD_ORGANISATION__ZONE"):
        given(ORGANISATION__ZONE="Mars/Base")


# The data folder and the keys


async def test_a_furnished_folder_is_well(given: Given) -> None:
    settings = given()
    furnish(settings)
    findings = await examined(settings)
    assert not [finding for finding in findings if finding.well is False]
    assert "Keep a copy" in said(findings, "Keys", well=None)


async def test_a_file_in_the_place_of_the_folder(given: Given) -> None:
    settings = given()
    settings.data_dir.write_text("")
    assert "is not a folder" in said(await examined(settings), folder.FOLDER, well=False)


def test_a_folder_that_cannot_be_written_to(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given()
    furnish(settings)

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folder.tempfile, "TemporaryFile", refuse)
    assert "cannot be written to: Permission denied" in said(folder.look(settings), folder.FOLDER, well=False)


@pytest.mark.parametrize(
    ("path", "mode", "name"),
    [(".", 0o755, folder.FOLDER), ("keys", 0o750, folder.KEYS), ("keys/keys.json", 0o644, folder.KEYS)],
)
def test_what_others_may_read(given: Given, path: str, mode: int, name: str) -> None:
    settings = given()
    furnish(settings)
    (settings.data_dir / path).chmod(mode)
    assert "chmod" in said(folder.look(settings), name, well=False)


def test_a_disk_that_is_nearly_full(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given()
    furnish(settings)
    monkeypatch.setattr(folder, "LEAST_FREE", 2**62)
    assert "full disk" in said(folder.look(settings), folder.SPACE, well=False)


async def test_keys_that_are_broken(given: Given) -> None:
    settings = given()
    furnish(settings)
    (settings.data_dir / "keys" / "keys.json").write_text('{"current": 1}')
    assert "does not hold a key ring" in said(await examined(settings), "Keys", well=False)


async def test_keys_that_are_gone(given: Given) -> None:
    settings = given()
    furnish(settings)
    (settings.data_dir / "keys" / "keys.json").unlink()
    assert "is missing" in said(await examined(settings), "Keys", well=False)
    assert not (settings.data_dir / "keys" / "keys.json").exists()


async def test_keys_of_another_installation(given: Given) -> None:
    settings = given()
    store = open_store(settings.database_url, furnish(settings), readers=1)
    await keys.prove(store)
    await store.close()
    assert "They fit the database." in said(await examined(settings), "Keys", well=True)
    KeyRing.ephemeral().save(settings.data_dir / "keys")
    assert "do not fit" in said(await examined(settings), "Keys", well=False)


# The database


async def test_an_older_shape(given: Given) -> None:
    settings = given()
    settings.data_dir.mkdir(mode=0o700)
    (settings.data_dir / "heard.db").touch()
    assert "heard db upgrade" in said(await examined(settings), "Database", well=False)


async def test_a_newer_shape(given: Given) -> None:
    settings = given()
    furnish(settings)
    with sqlite3.connect(settings.data_dir / "heard.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "Run the newer version" in said(await examined(settings), "Database", well=False)


async def test_a_database_elsewhere(given: Given) -> None:
    found = said(await examined(given(DATABASE__URL="postgresql://127.0.0.1:9/heard")), "Database", well=False)
    assert "PostgreSQL cannot be reached" in found
    assert "No PostgreSQL answers at the address" in found


async def test_a_file_that_is_no_database(given: Given, tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear all, " * 20, encoding="utf-8")
    found = said(await examined(given(DATABASE__URL=f"sqlite:///{file}")), "Database", well=False)
    assert "is damaged, or is something else" in found


async def test_each_kind_of_database_is_named(given: Given, database_url: str, keys: KeyRing) -> None:
    settings = given(DATABASE__URL=database_url)
    keys.save(settings.data_dir / "keys")
    kind = "SQLite" if database_url.startswith("sqlite") else "PostgreSQL"
    findings = await examined(settings)
    assert f"{kind} can be reached" in said(findings, "Database", well=True)
    assert "never used" in said(findings, "Keys", well=None)


async def test_a_database_without_its_keys(given: Given, database_url: str) -> None:
    assert "not its keys" in said(await examined(given(DATABASE__URL=database_url)), "Keys", well=False)


async def test_a_message_from_the_future(given: Given) -> None:
    """The clock that wrote it was right; ours is behind."""
    settings = given(**TEXTS)
    store = open_store(settings.database_url, furnish(settings), readers=1)
    now = datetime.now(UTC)

    def receive(tx: Tx) -> None:
        marks.put(tx, marks.KEYS_FIT, "yes")
        address = addresses.add(
            tx, token="t", channel="sms", sender="sms", address_key="sms:+447700900123", state="open", created_at=now
        )
        messages_in.claim(tx, provider_key="k", address_id=address, kind="text", received_at=now)

    await store.write(receive)
    await store.close()
    assert "It is not behind" in said(await examined(settings, now), "Clock", well=True)
    earlier = now - timedelta(hours=3)
    assert "3.0 hours in the future" in said(await examined(settings, earlier), "Clock", well=False)
