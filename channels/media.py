"""Media: what a person sent that is not words, which stays at the provider until somebody of the team opens it; and a
file of ours that goes with a message.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Of one message. More than any provider carries.
MOST = 10


@dataclass(frozen=True, slots=True)
class Media:
    """One piece. `place` is where it lies, as its adapter names it (`Adapter.open_media`).

    `kind` is the content type that it is said to have ("audio/ogg"); empty where nobody says. It proves nothing.
    """

    place: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of ours: what it is called, its content type ("text/calendar") and what is in it."""

    name: str
    kind: str
    content: bytes


class Why(StrEnum):
    """Why a piece of media cannot be opened."""

    GONE = "gone"  # the provider does not have it, or not yet
    TOO_BIG = "too_big"
    NOT_REACHED = "not_reached"  # the provider did not answer, or not as it should
    NOT_LET_IN = "not_let_in"  # the provider does not take our sign-in
    NOT_THEIRS = "not_theirs"  # it lies, or leads, somewhere that is not the provider's
    NOT_CONNECTED = "not_connected"  # the channel it came by is off


class CannotOpen(Exception):
    """It cannot be opened now. Carries no address, since a provider's may hold our token."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


_STATUSES = {404: Why.GONE, 410: Why.GONE, 401: Why.NOT_LET_IN, 403: Why.NOT_LET_IN, 413: Why.TOO_BIG}


def refused(status: int) -> CannotOpen:
    """What a provider's answer of this status, which is no 200, comes to."""
    return CannotOpen(_STATUSES.get(status, Why.NOT_REACHED))
