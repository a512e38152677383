"""The data folder and the keys in it."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path

from bot.doctor.finding import Finding, fine, note, wrong
from bot.settings import Settings
from storage.keys import FILE, KeyRing, KeysUnusable

FOLDER, SPACE, KEYS = "Data folder", "Disk space", "Keys"
# A rule of ours: below this, look before it is full. A full disk means that nothing can be taken in.
LEAST_FREE = 2**30  # bytes
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def look(settings: Settings) -> list[Finding]:
    folder = settings.data_dir.resolve()
    if not os.path.exists(folder):  # noqa: PTH110  what lies in a folder that is not ours cannot be seen
        return [_to_be_made(folder)]
    if not folder.is_dir():
        return [
            wrong(
                FOLDER, f"{folder} is not a folder.", "Move it away, or set data_dir (HEARD_DATA_DIR) to another place."
            )
        ]
    return [_writable(folder), _private(folder), _space(folder), *_keys(folder)]


def _to_be_made(folder: Path) -> Finding:
    above = next(one for one in folder.parents if os.path.exists(one))  # noqa: PTH110  as above
    if os.access(above, os.W_OK | os.X_OK):
        return note(FOLDER, f"{folder} is not there yet. The first start makes it, and the keys in it.")
    return wrong(
        FOLDER,
        f"{folder} is not there, and Heard's user may not make it.",
        "Make it, and give it to that user (chown).",
    )


def _writable(folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return fine(FOLDER, f"{folder} can be written to.")
    except OSError as error:
        return wrong(
            FOLDER,
            f"{folder} cannot be written to: {error.strerror}.",
            "Give it to the user that Heard runs as (chown).",
        )


def _private(folder: Path) -> Finding:
    if folder.stat().st_mode & _OTHERS:
        return wrong(FOLDER, "Other users of this machine may look into it.", f"chmod 700 {folder}")
    return fine(FOLDER, "Only Heard's own user may look into it.")


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        return wrong(
            SPACE,
            f"Only {free / 2**20:.0f} MiB are free on this disk.",
            "Make room before it is full: a full disk takes no message in.",
        )
    return fine(SPACE, f"{free / 2**30:.0f} GiB are free on this disk.")


def _keys(folder: Path) -> list[Finding]:
    keys = folder / "keys"
    file = keys / FILE
    if not file.exists():
        if (folder / "heard.db").exists():
            return [
                wrong(
                    KEYS, f"{file} is missing, and the database cannot be read without it.", "Restore it from a copy."
                )
            ]
        return [note(KEYS, "There are none yet. The first start makes them.")]
    try:
        KeyRing.load(keys)
    except KeysUnusable as error:
        return [wrong(KEYS, f"{error}.", "Restore it from the copy that you keep apart from the database.")]
    return [_mode(keys, file), _copied(file)]


def _mode(keys: Path, file: Path) -> Finding:
    if (keys.stat().st_mode | file.stat().st_mode) & _OTHERS:
        return wrong(KEYS, "Other users of this machine may read them.", f"chmod 700 {keys}; chmod 600 {file}")
    return fine(KEYS, f"{file} is there, and private.")


def _copied(file: Path) -> Finding:
    return note(
        KEYS,
        "Nothing in the database can be read without them, and nobody can make them again.",
        f"Keep a copy of {file}, and not beside the copies of the database. This check cannot see whether you do.",
    )
