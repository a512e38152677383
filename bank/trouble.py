"""Trouble: what stops messages from going out, and who can no longer be reached."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.threads import eyes
from bank.to_do import Row, Urgency
from channels.called import CALLED
from channels.message import Channel, Concern, Problem
from storage import troubles, unreachable
from storage.staff import Role
from storage.store import Tx

# What concerns us and not one person: it may well stop the next message too.
OURS = frozenset({Concern.CONFIGURATION, Concern.CONTENT, Concern.TEMPORARY, Concern.AMBIGUOUS})
NAMES = {**CALLED, Channel.SMS: "Texts (SMS)"}
_LATELY, _A_WEEK, _MOST = timedelta(hours=1), timedelta(days=7), 100
# Everybody who waits for an answer to go out; a viewer answers nobody.
_MUST_KNOW = frozenset(Role) - {Role.PARTNER, Role.VIEWER}


def note(tx: Tx, sender: str, problems: Iterable[Problem], now: datetime) -> None:
    """A provider named these as the reason why a message did not go; what concerns us is kept, each once."""
    for problem in dict.fromkeys(problems):
        if problem.concern in OURS:
            troubles.note(tx, sender, problem.code[:64], problem.concern, now)


def rows(tx: Tx, colleague: Colleague, now: datetime, _organisation: Organisation) -> list[Row]:
    """For Today: which channels are set up wrongly, and for whom another way has to be found."""
    if not colleague.may(*_MUST_KNOW):
        return []
    return [*_channels(tx, now), *_members(tx, colleague, now)]


def _channels(tx: Tx, now: datetime) -> list[Row]:
    senders = dict.fromkeys(row.sender for row in troubles.since(tx, now - _LATELY, [Concern.CONFIGURATION]))
    return [
        Row(Urgency.PROVIDER, "Messages do not go out: see why", name(sender), None, "/settings/channels")
        for sender in senders
    ]


def _members(tx: Tx, colleague: Colleague, now: datetime) -> list[Row]:
    return [
        Row(Urgency.ADDRESS, "Find another way to reach them", row.name or "", None, f"/people/{row.token}")
        for row in unreachable.members_since(tx, eyes(colleague), now - _A_WEEK, _MOST)
    ]


def name(sender: str) -> str:
    """A sender as people call it."""
    return next((told for channel, told in NAMES.items() if channel == sender), sender)
