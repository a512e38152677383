"""The database: there, in shape, sealed with our keys, and not from the future."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from bot import refusal
from bot.doctor.clock import NAME as CLOCK
from bot.doctor.finding import Finding, fine, note, wrong
from bot.settings import Settings
from storage import marks, migrate, newest
from storage.keys import KeyRing, KeysUnusable, SealBroken
from storage.migrate import DatabaseNewer
from storage.store import Away, Tx, open_store

NAME, KEYS = "Database", "Keys"
# A rule of ours: two machines that write to one database may differ by so much.
_MOST_AHEAD = timedelta(minutes=5)


async def look(settings: Settings, now: datetime) -> list[Finding]:
    """Reads only. A SQLite file that is not there is not made."""
    if not is_there(settings):
        return [note(NAME, f"There is none yet. The first start makes it: {settings.sqlite_file}.")]
    shape = _shape(settings.database_url, "SQLite" if settings.is_sqlite else "PostgreSQL")
    return [shape, *(await _rows(settings, now) if shape.well else ())]


def is_there(settings: Settings) -> bool:
    """Whether there is something to look at; a PostgreSQL is, until it is asked."""
    return not settings.is_sqlite or os.path.exists(settings.sqlite_file or "")  # noqa: PTH110  see doctor.folder


def _shape(url: str, kind: str) -> Finding:
    try:
        if migrate.pending(url):
            step = migrate.current(url) or "none"
            sentence = f"{kind} can be reached, but its shape is older than this version's (step {step})."
            return wrong(NAME, sentence, "Make a copy of it, then: heard db upgrade.")
    except DatabaseNewer as error:
        return wrong(NAME, f"{error}.", "Run the newer version, or restore the copy made before it.")
    except Exception as error:
        said = refusal.words(error)
        if said is not None:
            return wrong(NAME, f"{kind} cannot be reached or used.", said)
        raise
    return fine(NAME, f"{kind} can be reached and has this version's shape (step {migrate.head()}).")


async def _rows(settings: Settings, now: datetime) -> list[Finding]:
    try:
        ring = KeyRing.load(settings.data_dir / "keys")
    except KeysUnusable:
        return [wrong(KEYS, "The database is there, but not its keys.", "Restore keys.json from your copy.")]
    store = open_store(settings.database_url, ring, readers=1)
    try:
        proof, last = await store.read(_proof_and_last)
    except SealBroken:
        return [
            wrong(
                KEYS, "They do not fit the database.", "Restore keys.json from the same installation as the database."
            )
        ]
    except Away:
        return [wrong(NAME, "It went away while it was read.", "Run heard doctor again.")]
    finally:
        await store.close()
    fits = fine(KEYS, "They fit the database.") if proof else note(KEYS, "The database was never used with any keys.")
    return [fits, *_last_row(settings, now, last)]


def _proof_and_last(tx: Tx) -> tuple[str | None, datetime | None]:
    return marks.get(tx, marks.KEYS_FIT), newest.instant(tx)


def _last_row(settings: Settings, now: datetime, last: datetime | None) -> list[Finding]:
    if last is None:
        return []
    if last - now <= _MOST_AHEAD:
        return [fine(CLOCK, "It is not behind the newest message in the database.")]
    if settings.is_demo:
        return [note(CLOCK, "The newest message is from the future: somebody moved the demo's time.")]
    hours = (last - now).total_seconds() / 3600
    return [
        wrong(
            CLOCK,
            f"The newest message is from {hours:.1f} hours in the future.",
            "Set this machine's clock by a time server (NTP) before you start Heard.",
        )
    ]
