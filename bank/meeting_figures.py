"""How many come to each meeting, and how many said something else: figures, and nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage import rsvp_counts
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Figures:
    """People, by what they said; `guests` come with those who come, and take places as they do.

    `came` is how many were there, as it was ticked; None where nobody ticked it.
    """

    coming: int = 0
    guests: int = 0
    waiting: int = 0
    maybe: int = 0
    not_coming: int = 0
    came: int | None = None

    @property
    def places(self) -> int:
        """How many places are taken."""
        return self.coming + self.guests

    @property
    def to_tell(self) -> int:
        """How many people hear of it where it is moved or cancelled."""
        return self.coming + self.waiting + self.maybe


def of(tx: Tx, rows: Sequence[Record]) -> dict[int, Figures]:
    """Those of each of these meetings, by its id."""
    ids = [row.id for row in rows]
    found, were_there = rsvp_counts.counted(tx, ids), rsvp_counts.came(tx, ids)
    return {row.id: _figures(found.get(row.id, {}), were_there.get(row.id)) for row in rows}


def _figures(counts: dict[RsvpState, tuple[int, int]], came: int | None) -> Figures:
    people = {state: counts.get(state, (0, 0))[0] for state in RsvpState}
    return Figures(
        coming=people[RsvpState.COMING],
        guests=counts.get(RsvpState.COMING, (0, 0))[1],
        waiting=people[RsvpState.WAITING],
        maybe=people[RsvpState.MAYBE],
        not_coming=people[RsvpState.NOT_COMING],
        came=came,
    )
