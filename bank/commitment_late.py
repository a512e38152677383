"""A promise whose day is over: its owner is told on a phone of their own, and it counts as late for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bank import commitment_owner, rota
from bank.commitment_note import note
from bank.commitment_words import facts
from bank.organisation import Organisation
from flows import for_colleagues
from language.wording import SOURCE_LANGUAGE
from storage import commitment_list, commitments
from storage.commitments import CommitmentState, What
from storage.schema import Record
from storage.store import Tx

# At half past nine on a working day, and again each five of them.
_AT, _EACH = time(9, 30), 5
# What ends the time in which it was to be done, and what begins it.
_ENDS, _BEGINS = frozenset({What.DONE, What.STOPPED}), frozenset({What.PROMISED, What.NOT_KEPT})


def today(now: datetime, organisation: Organisation) -> date:
    return now.astimezone(organisation.zone).date()


def is_late(row: Record, on: date) -> bool:
    """It is still to be done, and its day is over."""
    return bool(row.state == CommitmentState.OPEN and row.due_on and row.due_on < on.isoformat())


def was_late(row: Record, changes: Sequence[Record], on: date, organisation: Organisation) -> bool:
    """Whether a day by which it was to be done ever went by, and it was neither done nor moved before.

    What was done, and was not as those see it who said it, was not done.
    """
    due, open_now = row.first_on, True
    last_ended = None
    for one in changes:
        at = one.at.astimezone(organisation.zone).date().isoformat()
        if one.what in _ENDS:
            last_ended, open_now = at, False
        elif one.what in _BEGINS:
            open_now = True
        elif one.what == What.MOVED:
            if due and at > due:
                return True
            due = one.after
    ended = on.isoformat() if open_now else last_ended
    return bool(due and ended and ended > due)


def to_nag(tx: Tx, now: datetime, organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of what is late, where its owner is to be told of it now."""
    here, hours = now.astimezone(organisation.zone), organisation.hours
    if not rota.is_working_day(here.date(), hours) or not _AT <= here.time() < hours.closes:
        return ()
    return commitment_list.overdue(tx, here.date().isoformat(), _told_before(here.date(), organisation), limit)


def _told_before(day: date, organisation: Organisation) -> datetime:
    """Whoever was told on the working day so many before, or earlier, is told again."""
    left = _EACH
    while left:
        day -= timedelta(days=1)
        left -= rota.is_working_day(day, organisation.hours)
    return datetime.combine(day + timedelta(days=1), time(), organisation.zone)


def nag(tx: Tx, now: datetime, organisation: Organisation, commitment_id: int) -> int:
    """Tell its owner, where they have a phone for it; where they do not, Today tells."""
    row = commitments.change(tx, commitment_id, {"nagged_at": now})
    due = {"due": facts(row, SOURCE_LANGUAGE)["due"]}
    if not commitment_owner.text(tx, row, for_colleagues.OVERDUE, due, now, organisation):
        return 0
    note(tx, row, What.NAGGED, now)
    return 1
