"""Standstill: what nothing would ever move again is moved, or brought to a person of ours.

Each look is bounded, does its part once, and does no harm when it is run twice. What settles everything
that waits, and by when, is in `docs/nothing-stays-stuck.md`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bank import closing, concerns, helping, hold, letters, rota
from bank.chore import Chore, Do, Due, all_at_once
from bank.organisation import Organisation
from bank.tokens import token
from bank.visit import ABOUT_DANGER
from flows.shipped import SHIPPED
from storage import concerns as concerns_kept
from storage import conversations, how_far, messages_in, standstill, supporters, tasks
from storage.conversations import ConversationState
from storage.messages_in import Disposition
from storage.outbox import OutState
from storage.store import Tx
from storage.supporters import LinkState
from storage.tasks import TaskKind

# A work takes a message in and says what became of it at once: longer than the longest.
_TAKEN_IN = timedelta(minutes=2)
_LOOKED_THROUGH, _MOST, _RELEASED = 20_000, 100, 5_000
# A callback, or the provider's own list, has so long to settle what nobody knows.
_SETTLED = timedelta(minutes=10)
# What has no expiry, and found no time or money or sender in so long, is about nothing any more.
_TOO_LATE = timedelta(days=28)
_HOURLY = timedelta(hours=1)
# A member about whom nobody could be asked for so long: name and number of who was to help must not stay for ever.
_ASKED_BY = timedelta(days=180)
_LAPSES = timedelta(days=30)
_UNCLEAR = "Nobody knows whether our last message here arrived. Ask them before you send it again."
_NO_CONCERN = "This was held because somebody may be in danger, and no concern about it was open. Please look."
_UNDECIDED_TO, _UNCLEAR_TO, _OVERDUE_AT = "undecided_to", "unclear_to", "overdue_at"


def lapse_one_day(tx: Tx, now: datetime, _organisation: Organisation, conversation_id: int) -> int:
    """A conversation without an end gets the one that its flow gives."""
    flow = SHIPPED.get(conversations.whereabouts(tx, conversation_id).flow)
    conversations.change(tx, conversation_id, {"lapses_at": now + (flow.lapse_after if flow else _LAPSES)})
    return 1


def take_up(tx: Tx, now: datetime, _organisation: Organisation, conversation_id: int) -> int:
    """What it waited for has ended without them: it is open again, and its question is asked once more, kindly."""
    row = conversations.standing(tx, conversation_id)
    if conversations.open_at(tx, row.conversation_address_id) is not None:
        return 0
    anew = {"state": ConversationState.OPEN, "nudge_at": None if row.nudged else now}
    conversations.change(tx, conversation_id, anew)
    return 1


def alert(tx: Tx, now: datetime, _organisation: Organisation, concern_id: int) -> int:
    """A concern that nobody has in hand and nobody is told of: somebody is, at once."""
    concerns_kept.change(tx, concern_id, {"alert_at": now, "round_at": now})
    return 1


def raise_anew(tx: Tx, now: datetime, _organisation: Organisation, address_id: int) -> int:
    """A hold that no lead could let go, as no concern is open: one is raised for it, and a lead decides."""
    concerns.raise_alone(tx, address_id, _NO_CONCERN, now)
    return 1


def let_go(tx: Tx, now: datetime, organisation: Organisation, link_id: int) -> int:
    """Who was to help a member that could not be asked about it: name and number go."""
    link = supporters.get(tx, link_id)
    if link.state != LinkState.NAMED:
        return 0
    helping.declined(tx, link, None, now, organisation)
    return 1


def came(tx: Tx, now: datetime, _organisation: Organisation) -> bool:
    """Whether there are messages that `keep_undecided` has not seen."""
    _came, before = how_far.reached(tx, _UNDECIDED_TO)
    return standstill.came(tx, before, now - _TAKEN_IN)


def keep_undecided(tx: Tx, now: datetime, organisation: Organisation) -> int:
    """A message of which nothing became is for a person to read."""
    came, before = how_far.reached(tx, _UNDECIDED_TO)
    rows, seen = standstill.undecided(tx, before, _LOOKED_THROUGH, now - _TAKEN_IN)
    for row in rows:
        messages_in.settle(tx, row.id, {"disposition": Disposition.INBOX})
        _ask_to_read(tx, row.address_id, row.person_id, now, organisation, message_id=row.id)
    if seen != before:
        how_far.go_to(tx, _UNDECIDED_TO, came, seen)
    return len(rows)


def is_unclear(tx: Tx, now: datetime, _organisation: Organisation) -> bool:
    """Whether there is anything that `show_unclear` has not seen."""
    return bool(standstill.unclear(tx, how_far.reached(tx, _UNCLEAR_TO), now - _SETTLED, 1))


def show_unclear(tx: Tx, now: datetime, organisation: Organisation) -> int:
    """Of an answer of ours nobody knows whether it went, and they have not written since: a person finds out."""
    rows = standstill.unclear(tx, how_far.reached(tx, _UNCLEAR_TO), now - _SETTLED, _MOST)
    shown = 0
    for row in rows:
        if not row.wrote and not row.wording.startswith((ABOUT_DANGER, hold.ALERT)):  # alarms tell of those
            shown += _ask_to_read(tx, row.address_id, row.person_id, now, organisation, words=_UNCLEAR)
    if rows:
        how_far.go_to(tx, _UNCLEAR_TO, rows[-1].settled_at, rows[-1].id)
    return shown


def _ask_to_read(
    tx: Tx,
    address_id: int,
    person_id: int | None,
    now: datetime,
    organisation: Organisation,
    message_id: int | None = None,
    words: str | None = None,
) -> int:
    """One open item is enough for an address, as on the desk."""
    if tasks.open_at(tx, address_id, TaskKind.READ) is not None:
        return 0
    tasks.add(
        tx,
        token=token(),
        kind=TaskKind.READ,
        address_id=address_id,
        person_id=person_id,
        message_id=message_id,
        words=words,
        opened_at=now,
        due_at=rota.read_by(now, organisation),
    )
    return 1


def release_held(tx: Tx, _now: datetime, _organisation: Organisation) -> int:
    """Rows of a broadcast that was let go, where whoever let it go died in the middle."""
    return standstill.release_left_held(tx, _RELEASED)


def is_time_to_give_up(tx: Tx, now: datetime, _organisation: Organisation) -> bool:
    """Whether `give_up_overdue` has not looked for an hour: it goes through all that waits."""
    looked, _id = how_far.reached(tx, _OVERDUE_AT)
    return not looked <= now < looked + _HOURLY


def give_up_overdue(tx: Tx, now: datetime, organisation: Organisation) -> int:
    """What waits for a time that will not come."""
    ids = standstill.overdue(tx, now, now - _TOO_LATE, _RELEASED)
    closing.close(tx, ids, OutState.EXPIRED, now, organisation)
    if len(ids) < _RELEASED:
        how_far.go_to(tx, _OVERDUE_AT, now, 0)
    return len(ids)


def _sweep(due: Due, do: Do) -> Chore:
    return Chore("unstuck", due, do)


SWEEPS = (
    _sweep(lambda tx, _now, _whose, limit: standstill.unheard(tx, limit), alert),
    _sweep(lambda tx, _now, _whose, limit: standstill.held_for_nothing(tx, limit), raise_anew),
    _sweep(letters.unasked, letters.ask_about),
    all_at_once("unstuck", came, keep_undecided),
    all_at_once("unstuck", is_unclear, show_unclear),
    _sweep(lambda tx, _now, _whose, limit: standstill.dateless(tx, limit), lapse_one_day),
    _sweep(lambda tx, _now, _whose, limit: standstill.put_aside(tx, limit), take_up),
    all_at_once("unstuck", lambda tx, _now, _whose: standstill.are_left_held(tx), release_held),
    all_at_once("unstuck", is_time_to_give_up, give_up_overdue),
    _sweep(lambda tx, now, _whose, limit: standstill.never_asked(tx, now - _ASKED_BY, limit), let_go),
)
