"""The head count of a meeting: how many there will be, in the room and online, and for how many there is to be food."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bank.attenders import Attender, standing
from storage import attending
from storage.arrangements import ArrangementKind
from storage.meetings import Way
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class HeadCount:
    """Numbers of people, those included whom a colleague may not see.

    `room`, `online` and `first` are of the members who come. `guests`, `along` (personal assistants, support workers)
    and `hosts` are in the room beside them.
    """

    coming: int
    room: int
    online: int
    guests: int
    along: int
    hosts: int
    first: int
    waiting: int
    maybe: int
    not_coming: int
    invited: int
    not_answered: int

    @property
    def catering(self) -> int:
        """Everybody who is in the room."""
        return self.room + self.guests + self.along + self.hosts


def count(tx: Tx, meeting: Record, attenders: Sequence[Attender]) -> HeadCount:
    """Of everybody who answered it."""
    coming = standing(attenders, RsvpState.COMING)
    room = [one for one in coming if one.in_room]
    return HeadCount(
        coming=len(coming),
        room=len(room),
        online=len(coming) - len(room),
        guests=sum(one.guests for one in room),
        along=sum(_along(one) for one in room),
        hosts=_hosts(meeting, coming),
        first=sum(one.is_new for one in coming),
        waiting=len(standing(attenders, RsvpState.WAITING)),
        maybe=len(standing(attenders, RsvpState.MAYBE)),
        not_coming=len(standing(attenders, RsvpState.NOT_COMING)),
        invited=attending.invited(tx, meeting.id),
        not_answered=attending.not_answered(tx, meeting.id),
    )


def _along(one: Attender) -> int:
    """Who is there beside them and is no guest."""
    return len({need.kind for need in one.needs(ArrangementKind.ASSISTANT, ArrangementKind.SUPPORT_WORKER)})


def _hosts(meeting: Record, coming: Sequence[Attender]) -> int:
    """Who leads it and is there, beyond those who answered."""
    if meeting.way == Way.ONLINE:
        return 0
    answered = any(one.person_id == meeting.member_chair for one in coming)
    return (meeting.staff_chair is not None) + (meeting.member_chair is not None and not answered)
