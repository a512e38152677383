"""The keys of this installation: made at the first start, and never fitted to another installation's database."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from storage import marks
from storage.keys import KeyRing, KeysUnusable, SealBroken
from storage.store import Store, Tx

_PROOF = "these keys fit this database"


class WrongKeys(Exception):
    """The database was sealed with other keys."""


def keys_in(folder: Path) -> KeyRing:
    """The key ring kept in `folder`, made there if there is none, by one of all that start. Raises KeysUnusable."""
    try:
        return KeyRing.load(folder)
    except KeysUnusable as unusable:
        if not isinstance(unusable.__cause__, FileNotFoundError):
            raise
    with suppress(FileExistsError):
        return KeyRing.make(folder)
    return KeyRing.load(folder)


async def prove(store: Store) -> None:
    """Check that the keys fit the database, and mark a new database with them. Raises WrongKeys."""

    def check(tx: Tx) -> None:
        marks.put_first(tx, marks.KEYS_FIT, _PROOF)
        marks.get(tx, marks.KEYS_FIT)

    try:
        await store.write(check)
    except SealBroken as error:
        raise WrongKeys(
            "The keys in the data folder do not fit the database. Put back the keys.json that belongs to it."
        ) from error
