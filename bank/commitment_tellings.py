"""Who is told what happened to a commitment: those who said it, and whoever came where it was said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bank.tokens import token
from storage import who_said
from storage.commitments import Event, Part
from storage.schema import Record
from storage.store import Tx


def parts(tx: Tx, row: Record) -> dict[int, Part]:
    """Everybody whom it concerns, by the person's id, and as whom they are told.

    Where nobody is known to have said it, whoever came where it was said is asked in their place.
    """
    said, came = who_said.known(tx, row.id), who_said.came(tx, who_said.meetings_of(tx, row))
    others = Part.CAME if said else Part.SAID
    return {**dict.fromkeys(sorted(came), others), **dict.fromkeys(sorted(said), Part.SAID)}


def happened(tx: Tx, row: Record, event: Event, now: datetime, *, but: Collection[int] = ()) -> int:
    """Everybody whom it concerns is to be told; returns how many. `but`: ids of people who know it already."""
    people = [(token(), who, part) for who, part in parts(tx, row).items() if who not in but]
    who_said.queue(tx, row.id, event, people, now)
    return len(people)
