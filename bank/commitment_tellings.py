"""Who is told what happened to a commitment: those who said it, and whoever came where it was said or takes part."""

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

    Where nobody is known to have said it, whoever came where it was said is asked in their place; where it was said at
    no meeting, whoever has a place in its project.
    """
    said, where = who_said.known(tx, row.id), who_said.meetings_of(tx, row)
    takes_part = row.project_id is not None and not (said or where)
    came = who_said.take_part(tx, row.project_id) if takes_part else who_said.came(tx, where)
    others = Part.CAME if said else Part.SAID
    return {**dict.fromkeys(sorted(came), others), **dict.fromkeys(sorted(said), Part.SAID)}


def happened(tx: Tx, row: Record, event: Event, now: datetime, *, but: Collection[int] = ()) -> int:
    """Everybody whom it concerns is to be told; returns how many. `but`: ids of people who know it already."""
    people = [(token(), who, part) for who, part in parts(tx, row).items() if who not in but]
    who_said.queue(tx, row.id, event, people, now)
    return len(people)
