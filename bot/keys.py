"""The keys of this installation: made at the first start, and never fitted to another installation's database."""

from __future__ import annotations

from pathlib import Path

from storage import marks
from storage.keys import FILE, KeyRing, SealBroken
from storage.store import Store, Tx

_PROOF = "these keys fit this database"


class WrongKeys(Exception):
    """The database was sealed with other keys."""


def keys_in(folder: Path) -> KeyRing:
    """The key ring kept in `folder`, made there if there is none. Raises KeysUnusable."""
    if not (folder / FILE).exists():
        return KeyRing.make(folder)
    return KeyRing.load(folder)


async def prove(store: Store) -> None:
    """Check that the keys fit the database, and mark a new database with them. Raises WrongKeys."""

    def check(tx: Tx) -> None:
        if marks.get(tx, marks.KEYS_FIT) is None:
            marks.put(tx, marks.KEYS_FIT, _PROOF)

    try:
        await store.write(check)
    except SealBroken as error:
        raise WrongKeys(
            "The keys in the data folder do not fit the database. Restore keys.json from the same installation."
        ) from error
