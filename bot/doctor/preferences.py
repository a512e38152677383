"""The organisation as its team has it: the file's settings, and what was changed in the console."""

from __future__ import annotations

from bank import preferences
from bank.organisation import Organisation
from bot.doctor import database
from bot.house import organisation_of
from bot.settings import Settings
from storage import migrate
from storage.keys import KeyRing, KeysUnusable, SealBroken
from storage.migrate import DatabaseNewer
from storage.store import Away, open_store


async def organisation(settings: Settings) -> Organisation:
    """As the file has it where the database cannot be read: another finding says why. Raises SettingsMistake."""
    shipped = organisation_of(settings)
    try:
        return await _with_changes(settings, shipped)
    except (Away, DatabaseNewer, KeysUnusable, SealBroken, ValueError, LookupError):
        return shipped


async def _with_changes(settings: Settings, shipped: Organisation) -> Organisation:
    if not database.is_there(settings) or migrate.pending(settings.database_url):
        return shipped
    store = open_store(settings.database_url, KeyRing.load(settings.data_dir / "keys"), readers=1)
    try:
        return await store.read(lambda tx: preferences.organisation_now(tx, shipped))
    finally:
        await store.close()
