"""Ways in: a link that is good once and for three days, for somebody new or somebody who lost their phone."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bank import audit, pass_phrases, sign_in
from bank.audit import Act
from bank.tokens import token as new_name
from storage import sessions, staff, ways_in
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx

LASTS = timedelta(days=3)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


def may_be_login(login: str) -> bool:
    """Whether it is fit to be a sign-in name: 2 to 40 letters and numbers, easy to type on any keyboard."""
    return bool(_LOGIN.fullmatch(sign_in.tidy(login)))


def invite(
    tx: Tx, by: int | None, name: str, login: str, roles: Sequence[Role], now: datetime
) -> tuple[Record, str] | None:
    """Somebody new on the team, and their link's token. None where the sign-in name is taken.

    `by` is who of the team invites; nobody, where it is the command line.
    """
    login = sign_in.tidy(login)
    if staff.called(tx, login) is not None:
        return None
    row = staff.add(
        tx, token=new_name(), name=name.strip(), login=login, state=StaffState.INVITED, last_step=0, created_at=now
    )
    staff.give(tx, row.id, roles)
    audit.record(tx, now, Act.STAFF_INVITED, by, about=row.token, roles=[[], sorted(set(roles))])
    return row, _link(tx, row.id, now)


def _link(tx: Tx, staff_id: int, now: datetime) -> str:
    """A new link; an older one is worth nothing from now on. Returns its token."""
    ways_in.close_all_of(tx, staff_id)
    token = secrets.token_urlsafe(32)
    ways_in.add(tx, token, staff_id=staff_id, expires_at=now + LASTS)
    return token


def renew(tx: Tx, by: int | None, staff_id: int, now: datetime) -> str:
    """They lost their phone, their pass phrase or their link, or come back to the team. Returns a new link's token.

    Until they use it they are out everywhere.
    """
    before = staff.get(tx, staff_id).state
    values = {"state": StaffState.INVITED, "pass_phrase": None, "secret": None, "closed_at": None}
    row = staff.change(tx, staff_id, values)
    sessions.end_all_of(tx, staff_id)
    audit.record(tx, now, Act.STAFF_RECOVERED, by, about=row.token, state=[before, row.state])
    return _link(tx, staff_id, now)


def invited(tx: Tx, token: str, now: datetime) -> Record | None:
    """Whose link this is, where it is still good."""
    way = ways_in.find(tx, token, now)
    if way is None:
        return None
    row = staff.get(tx, way.staff_id)
    return row if row.state == StaffState.INVITED else None


def settle_in(
    tx: Tx, token: str, kept: str, secret: str, code: str, now: datetime, old: str | None = None
) -> str | None:
    """They chose a pass phrase (`kept` is its hash) and their app gave a code. Returns the browser's token, or None.

    `old` is the token that the browser had, which is worth nothing from now on.
    """
    row = invited(tx, token, now)
    step = pass_phrases.step_of(secret, code, now, 0)
    if row is None or step is None:
        return None
    values = {"pass_phrase": kept, "secret": secret, "last_step": step, "state": StaffState.ACTIVE}
    staff.change(tx, row.id, values)
    ways_in.close_all_of(tx, row.id)
    audit.record(tx, now, Act.STAFF_JOINED, row.id, about=row.token)
    return sign_in.begin(tx, row.id, now, strong=True, old=old)
