"""The data folder: made at the first start, with the keys of this installation in it."""

from __future__ import annotations

import os
from pathlib import Path

from bot import keys
from bot.mistake import SettingsMistake
from bot.settings import Settings
from storage.keys import FILE, KeyRing, KeysUnusable

_OTHER_FOLDER = "or set data_dir (HEARD_DATA_DIR) to another place"
_OTHER_FILE = "or name another file in database.url (HEARD_DATABASE__URL)"
_CHOWN = "give it to the user that Heard runs as (chown)"


def ready(settings: Settings) -> KeyRing:
    """Make the folder and its keys where they are not there. Raises SettingsMistake and KeysUnusable.

    With PostgreSQL a folder that can only be read will do, once the keys are in it.
    """
    _make(settings.data_dir, _OTHER_FOLDER)
    if settings.sqlite_file is not None:
        _make(settings.sqlite_file.parent, _OTHER_FILE)
        _refuse_read_only(settings.data_dir, _OTHER_FOLDER)
        _refuse_read_only(settings.sqlite_file.parent, _OTHER_FILE)
        _refuse_lost_keys(settings.data_dir / "keys" / FILE, settings.sqlite_file)
    return keys.keys_in(settings.data_dir / "keys")


def _make(folder: Path, otherwise: str) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise SettingsMistake(f"{folder} should be a folder, and there is a file. Move it away, {otherwise}.") from None
    except OSError as error:
        raise SettingsMistake(
            f"The folder {folder} cannot be made: {error.strerror}. Make it and {_CHOWN}, {otherwise}."
        ) from None


def _refuse_read_only(folder: Path, otherwise: str) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        chown = f"{_CHOWN[0].upper()}{_CHOWN[1:]}"
        raise SettingsMistake(f"The folder {folder} cannot be written to. {chown}, {otherwise}.")


def _refuse_lost_keys(file: Path, database: Path) -> None:
    """New keys beside an old database would open nothing, and hide that the right ones are lost."""
    try:
        lost = database.exists() and database.stat().st_size > 0 and not file.exists()
    except OSError as error:
        raise KeysUnusable(f"{error.filename} cannot be read: {error.strerror}") from error
    if lost:
        raise KeysUnusable(f"{file} is missing, and nothing in {database} can be read without it")
