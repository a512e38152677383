"""Signing in: a pass phrase, then a code; a session that ends by itself; and no telling who is on the team."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from bank import audit, colleague, pass_phrases, throttle
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from storage import sessions, staff, ways_in
from storage.schema import Record
from storage.staff import StaffState
from storage.store import Tx

# OWASP ASVS 5.0, 7.3: half an hour without a press, and a working day in all.
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
# A code has ten minutes after its pass phrase (ASVS 6.5).
FOR_THE_CODE = timedelta(minutes=10)
# Few tries for a name from one place; more for it from anywhere, so that a stranger cannot easily lock somebody out.
_TRIES_FROM_THERE, _TRIES_OF_A_NAME, _TRIES_OF_A_PLACE, _TRIES_OF_A_CODE = 5, 50, 50, 5
# A session is marked as seen once a minute: that is exact enough, and most pages then write nothing.
_A_MINUTE = timedelta(minutes=1)


class Refusal(Enum):
    """Why a code did not open the door."""

    WRONG = auto()
    TOO_MANY = auto()
    OVER = auto()  # they took too long, or never gave a pass phrase


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody at the door at `at`: who they say they are, and whether they must wait before they try again."""

    login: str
    place: str
    at: datetime
    row: Record | None
    too_many: bool

    @property
    def kept(self) -> str | None:
        """The hash to hold their pass phrase against."""
        return self.row.pass_phrase if self.row is not None and self.row.state == StaffState.ACTIVE else None

    @property
    def tries(self) -> dict[str, int]:
        """Under which names the try is counted, and how many are too many."""
        return _tries(self.login, self.place)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser we know. `colleague` is None until the code was given too; `stale`: mark it as seen."""

    id: int
    staff_id: int
    colleague: Colleague | None
    stale: bool


def tidy(login: str) -> str:
    """The name as it is compared: no case, no blanks around it."""
    return login.strip().casefold()[:200]


def _tries(login: str, place: str) -> dict[str, int]:
    return {
        f"{login} from {place}": _TRIES_FROM_THERE,
        f"name:{login}": _TRIES_OF_A_NAME,
        f"place:{place}": _TRIES_OF_A_PLACE,
    }


def knock(tx: Tx, login: str, place: str, now: datetime) -> Knock:
    """Count the try and look up the name: the same queries whether there is one or not.

    `place` is where the browser calls from.
    """
    name = tidy(login)
    too_many = throttle.is_full(tx, _tries(name, place), now)
    return Knock(name, place, now, staff.called(tx, name), too_many)


def refused(tx: Tx, knocked: Knock, now: datetime) -> None:
    """The pass phrase was wrong, or nobody has that name."""
    audit.record(tx, now, Act.SIGN_IN_REFUSED, knocked.row.id if knocked.row else None)


def half_way(tx: Tx, knocked: Knock, staff_id: int, now: datetime, old: str | None = None) -> str:
    """The pass phrase was right: a session that opens the page for the code. Returns the browser's token.

    `old` is the token that the browser had, which is worth nothing from now on.
    """
    throttle.take_back(tx, knocked.tries, knocked.at)
    return begin(tx, staff_id, now, strong=False, old=old)


def begin(tx: Tx, staff_id: int, now: datetime, *, strong: bool, old: str | None = None) -> str:
    """A new session in place of the browser's `old` one. Returns the browser's token."""
    if old:
        sessions.end(tx, old)
    token = secrets.token_urlsafe(32)
    sessions.begin(tx, token, staff_id=staff_id, strong=strong, started_at=now, seen_at=now)
    return token


def with_code(tx: Tx, token: str, code: str, place: str, now: datetime) -> str | Refusal:
    """The code from the app: a new token for the browser (the old one is worth nothing), or why not."""
    row = _alive(tx, token, now)
    if row is None or row.strong:
        return Refusal.OVER
    who = staff.get(tx, row.staff_id)
    tries = {f"code:{who.token}": _TRIES_OF_A_CODE}
    if throttle.is_full(tx, tries, now):
        return Refusal.TOO_MANY
    step = pass_phrases.step_of(who.secret, code, now, who.last_step) if who.secret else None
    if step is None:
        audit.record(tx, now, Act.SIGN_IN_REFUSED, who.id)
        return Refusal.WRONG
    staff.change(tx, who.id, {"last_step": step})
    throttle.forgive(tx, *tries, f"{who.login} from {place}", f"name:{who.login}")
    audit.record(tx, now, Act.SIGNED_IN, who.id)
    return begin(tx, who.id, now, strong=True, old=token)


def come_in(tx: Tx, staff_id: int, now: datetime, old: str | None = None) -> str:
    """A whole session without pass phrase or code: for the demo, whose people are invented."""
    audit.record(tx, now, Act.SIGNED_IN, staff_id)
    return begin(tx, staff_id, now, strong=True, old=old)


def session(tx: Tx, token: str, now: datetime) -> Session | None:
    """Whose browser this is, if we still believe it."""
    row = _alive(tx, token, now)
    if row is None:
        return None
    who = colleague.known(tx, staff.get(tx, row.staff_id)) if row.strong else None
    return Session(row.id, row.staff_id, who, now - row.seen_at >= _A_MINUTE)


def _alive(tx: Tx, token: str, now: datetime) -> Record | None:
    row = sessions.find(tx, token)
    return row if row is not None and row.state == StaffState.ACTIVE and is_alive(row, now) else None


def is_alive(row: Record, now: datetime) -> bool:
    """Whether this session has not ended by itself."""
    lasts = ABSOLUTE if row.strong else FOR_THE_CODE
    return bool(now - row.started_at < lasts and now - row.seen_at < IDLE)


def seen(tx: Tx, session_id: int, now: datetime) -> None:
    sessions.seen(tx, session_id, now)


def out(tx: Tx, token: str, now: datetime) -> None:
    """Sign this browser out."""
    row = sessions.find(tx, token)
    if row is not None:
        sessions.end(tx, token)
        audit.record(tx, now, Act.SIGNED_OUT, row.staff_id)


def is_untidy(tx: Tx, now: datetime, _organisation: Organisation) -> bool:
    """Whether `tidy_up` has anything to do."""
    return sessions.are_over(tx, now - ABSOLUTE, now - IDLE) or ways_in.are_over(tx, now) or throttle.is_untidy(tx, now)


def tidy_up(tx: Tx, now: datetime) -> int:
    """Forget sessions, links and tries that no longer matter. Returns how many."""
    forgotten = sessions.forget(tx, now - ABSOLUTE, now - IDLE) + ways_in.forget(tx, now)
    return forgotten + throttle.tidy_up(tx, now)
