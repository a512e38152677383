"""The team's beginning: a one-time link for the first administrator, and the demo's invented team."""

from __future__ import annotations

from datetime import datetime, time

from bank import audit, ways_in
from bank.audit import Act
from bank.tokens import token
from channels.message import Channel
from storage import shifts, staff
from storage.shifts import Times
from storage.staff import Role, StaffState
from storage.store import Store, Tx

_FIRST = "administrator"
# Invented, like everybody in the demo. What each may do is enough to see every page.
_DEMO = (
    ("Sam Field", "sam", (Role.COORDINATOR, Role.APPROVER)),
    ("Priya Nair", "priya", (Role.COORDINATOR, Role.SAFEGUARDING_LEAD)),
    ("Alex Moor", "alex", (Role.ADMINISTRATOR,)),
    ("Robin Hill", "robin", (Role.PARTNER,)),
    ("Vic Stone", "vic", (Role.VIEWER,)),
)


# Who is alerted in the demo when somebody may be in danger: on a number from films, every day.
_LEADS_PHONE = "+447700900950"
_ON_CALL = Times(frozenset(range(7)), time(8), time(20), holidays=True)


async def first_link(store: Store, now: datetime) -> str | None:
    """The token of a link for the first administrator; None once somebody of the team has signed in."""
    return await store.write(lambda tx: _first_link(tx, now))


def _first_link(tx: Tx, now: datetime) -> str | None:
    if staff.has_signed_in(tx):
        return None
    row = staff.called(tx, _FIRST)
    if row is not None:
        return ways_in.renew(tx, None, row.id, now)
    invited = ways_in.invite(tx, None, "Administrator", _FIRST, [Role.ADMINISTRATOR], now)
    return invited[1] if invited else None


async def invent(store: Store, now: datetime) -> None:
    """The demo's team, where there is none."""
    await store.write(lambda tx: _invent(tx, now))


def _invent(tx: Tx, now: datetime) -> None:
    if staff.count(tx):
        return
    for name, login, roles in _DEMO:
        row = staff.add(tx, token=token(), name=name, login=login, state=StaffState.ACTIVE, last_step=0, created_at=now)
        staff.give(tx, row.id, roles)
        audit.record(tx, now, Act.STAFF_INVITED, None, about=row.token, roles=[[], sorted(roles)])
        if Role.SAFEGUARDING_LEAD in roles:
            staff.change(tx, row.id, {"alert_channel": Channel.SMS, "alert_address": _LEADS_PHONE})
            shifts.add(tx, token(), row.id, _ON_CALL)
