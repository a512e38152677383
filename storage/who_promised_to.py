"""To whom: the people who said what commitments came of."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from storage.commitments import commitment_sources
from storage.store import Tx


def by_commitment(tx: Tx, ids: Collection[int]) -> dict[int, list[int]]:
    """The ids of those who said what it came of, by commitment; those without a name are left out."""
    pair = commitment_sources.c.commitment_id, commitment_sources.c.person_id
    named = pair[0].in_(list(ids)), pair[1].is_not(None)
    found: dict[int, list[int]] = {}
    for commitment_id, person_id in tx.execute(select(*pair).where(*named).distinct().order_by(*pair)) if ids else ():
        found.setdefault(commitment_id, []).append(person_id)
    return found
