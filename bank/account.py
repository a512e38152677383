"""One's own account: a new pass phrase, and where else one is signed in."""

from __future__ import annotations

from datetime import datetime

from bank import audit, sign_in, throttle
from bank.audit import Act
from bank.colleague import Colleague
from storage import sessions, staff
from storage.schema import Record
from storage.store import Tx

_TRIES_OF_A_CHANGE = 5


def get(tx: Tx, who: Colleague) -> Record:
    """Their row of staff."""
    return staff.get(tx, who.id)


def may_try(tx: Tx, who: Colleague, now: datetime) -> bool:
    """Count a try at one's own old pass phrase; False where there were too many."""
    return not throttle.is_full(tx, {f"change:{who.token}": _TRIES_OF_A_CHANGE}, now)


def change_pass_phrase(tx: Tx, who: Colleague, kept: str, old: str, now: datetime) -> str:
    """A new pass phrase (`kept` is its hash): out in every other browser. Returns a new token for this one."""
    throttle.forgive(tx, f"change:{who.token}")
    staff.change(tx, who.id, {"pass_phrase": kept})
    ended = sessions.end_all_of(tx, who.id) - 1
    audit.record(tx, now, Act.PASS_PHRASE_CHANGED, who.id, about=who.token, ended=ended)
    return sign_in.begin(tx, who.id, now, strong=True, old=old)


def other_sessions(tx: Tx, who: Colleague, token: str, now: datetime) -> list[Record]:
    """Where else they are signed in; `token` is this browser's."""
    here = _here(tx, token, now)
    return [row for row in sessions.of(tx, who.id) if row.id != here and sign_in.is_alive(row, now)]


def end_other_sessions(tx: Tx, who: Colleague, token: str, now: datetime) -> None:
    """Sign out everywhere but in this browser."""
    ended = sessions.end_all_of(tx, who.id, but=_here(tx, token, now))
    audit.record(tx, now, Act.SESSIONS_ENDED, who.id, about=who.token, ended=ended)


def _here(tx: Tx, token: str, now: datetime) -> int | None:
    found = sign_in.session(tx, token, now)
    return found.id if found else None
