"""The team: who is on it, what each may do, where they are alerted, and their own record in the bank."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from bank import audit, ways_in
from bank.audit import Act
from bank.colleague import Colleague
from channels.message import Channel
from language.phones import e164, line
from storage import addresses, concerns, people, question_phones, sessions, staff
from storage.people import PersonState
from storage.schema import Record
from storage.staff import EVERYWHERE, Role, StaffState
from storage.store import Tx
from storage.ways_in import close_all_of

# Where somebody of the team can be alerted: on a phone of their own.
ALERTS = (Channel.SMS, Channel.TELEGRAM)
# What nobody needs any more once they have left.
_OWN = ("pass_phrase", "secret", "alert_channel", "alert_address")


class Refusal(Enum):
    """Why a change to the team was not made."""

    LAST_ADMINISTRATOR = auto()  # nobody could add or change anybody any more
    YOURSELF = auto()
    NO_SUCH_PERSON = auto()
    NOT_A_NUMBER = auto()
    NEVER_WROTE = auto()  # Telegram lets nobody write first


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team, as the others of it see them. `roles` are those everywhere."""

    row: Record
    roles: tuple[Role, ...]

    @property
    def alerts(self) -> str:
        """Where they are alerted, masked: "sms, ends 123"; empty where nowhere."""
        return _alerts(self.row)


def everyone(tx: Tx) -> list[Member]:
    """All who are or were on the team; who left comes last."""
    roles = staff.roles(tx)
    rows = sorted(staff.everyone(tx), key=lambda row: (row.state == StaffState.CLOSED, row.name.casefold(), row.id))
    return [Member(row, _everywhere(roles.get(row.id, frozenset()))) for row in rows]


def one(tx: Tx, token: str) -> Member | None:
    row = staff.by_token(tx, token)
    return None if row is None else Member(row, _everywhere(staff.roles_of(tx, row.id)))


def _everywhere(roles: Collection[tuple[Role, str]]) -> tuple[Role, ...]:
    return tuple(role for role in Role if (role, EVERYWHERE) in roles)


def rename(tx: Tx, by: Colleague, member: Member, name: str, now: datetime) -> None:
    """From now on colleagues see this name."""
    if name != member.row.name:
        staff.change(tx, member.row.id, {"name": name})
        _tell(tx, now, by, member.row, name=[member.row.name, name])


def change_roles(tx: Tx, by: Colleague, member: Member, roles: Sequence[Role], now: datetime) -> Refusal | None:
    """From now on exactly these roles everywhere."""
    after = tuple(role for role in Role if role in roles)
    if Role.ADMINISTRATOR not in after and _is_last_administrator(tx, member):
        return Refusal.LAST_ADMINISTRATOR
    if after != member.roles:
        staff.give(tx, member.row.id, after)
        if Role.SAFEGUARDING_LEAD not in after:
            concerns.drop(tx, member.row.id, now)
        _tell(tx, now, by, member.row, roles=[list(member.roles), list(after)])
    return None


def _is_last_administrator(tx: Tx, member: Member) -> bool:
    administrators = {row.id for row in staff.having(tx, Role.ADMINISTRATOR)}
    return administrators == {member.row.id}


def set_alerts(tx: Tx, by: Colleague, member: Member, channel: str, number: str, now: datetime) -> Refusal | None:
    """Where they are alerted when somebody may be in danger; no `channel`: nowhere. The audit never has the number."""
    address = _address(channel, number) if channel else None
    if channel and address is None:
        return Refusal.NOT_A_NUMBER
    if address is not None and channel == Channel.TELEGRAM and addresses.find(tx, channel, address) is None:
        return Refusal.NEVER_WROTE
    row = staff.change(tx, member.row.id, {"alert_channel": channel or None, "alert_address": address})
    if (row.alert_channel, row.alert_address) != (member.row.alert_channel, member.row.alert_address):
        question_phones.forget_code(tx, row.id)  # it was texted to the phone that they had
        _tell(tx, now, by, row, alerts=[member.alerts, _alerts(row)])
    return None


def _address(channel: str, number: str) -> str | None:
    """A mobile's number, or the number of a Telegram account; None where it is neither."""
    if channel == Channel.TELEGRAM:
        digits = number.replace(" ", "")
        return digits if digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 20 else None
    found = e164(number)
    return found if found is not None and line(found) == "mobile" else None


def _alerts(row: Record) -> str:
    return f"{row.alert_channel}, ends {row.alert_address[-3:]}" if row.alert_address else ""


def link_record(tx: Tx, by: Colleague, member: Member, person_token: str, now: datetime) -> Refusal | None:
    """That person in the bank is they themselves, so that they never see what is about them; no token: no longer.

    Once it is said, somebody else must take it back.
    """
    if by.id == member.row.id and member.row.person_id is not None:
        return Refusal.YOURSELF
    person = people.by_token(tx, person_token) if person_token else None
    if person_token and (person is None or person.state == PersonState.ERASED):
        return Refusal.NO_SUCH_PERSON
    after = person.id if person is not None else None
    if after != member.row.person_id:
        staff.change(tx, member.row.id, {"person_id": after})
        had, has = member.row.person_id is not None, after is not None
        _tell(tx, now, by, member.row, person_id=after or member.row.person_id, own_record=[had, has])
    return None


def new_link(tx: Tx, by: Colleague, member: Member, now: datetime) -> str | Refusal:
    """They lost their phone or their pass phrase, or come back: they are out everywhere. Returns the link's token."""
    if member.row.id == by.id:
        return Refusal.YOURSELF
    return ways_in.renew(tx, by.id, member.row.id, now)


def close(tx: Tx, by: Colleague, member: Member, now: datetime) -> Refusal | None:
    """They left the team: out everywhere at once, and the number of their own phone is erased."""
    if _is_last_administrator(tx, member):
        return Refusal.LAST_ADMINISTRATOR
    values = {"state": StaffState.CLOSED, "closed_at": now, **dict.fromkeys(_OWN)}
    row = staff.change(tx, member.row.id, values)
    question_phones.drop(tx, row.id)
    sessions.end_all_of(tx, row.id)
    close_all_of(tx, row.id)
    concerns.drop(tx, row.id, now)
    audit.record(tx, now, Act.STAFF_CLOSED, by.id, about=row.token, state=[member.row.state, row.state])
    return None


def _tell(tx: Tx, now: datetime, by: Colleague, row: Record, person_id: int | None = None, **change: Any) -> None:
    audit.record(tx, now, Act.STAFF_CHANGED, by.id, person_id=person_id, about=row.token, **change)
