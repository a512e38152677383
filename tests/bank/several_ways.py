"""One member with several addresses, at each of which they agreed to be written to."""

from __future__ import annotations

from datetime import datetime, timedelta

from bank import colleague as colleagues
from bank import merging
from bank.colleague import Colleague
from bank.tokens import token
from channels.message import Channel
from storage import outbox, reach, staff
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all


def hired(tx: Tx, name: str = "Priya", *roles: Role) -> Colleague:
    row = staff.add(
        tx, token=token(), name=name, login=token(), state=StaffState.ACTIVE, last_step=0, created_at=MORNING
    )
    staff.give(tx, row.id, roles or (Role.COORDINATOR,))
    return colleagues.known(tx, row)


def reached_by(tx: Tx, *channels: Channel, now: datetime = MORNING) -> list[Somebody]:
    """They join by each channel, and a colleague sees that it is one person. They write from the first one last."""
    phones = [Somebody(channel=channel) for channel in channels]
    for minutes, phone in enumerate(reversed(phones)):
        phone.joins(tx, now=now - timedelta(minutes=10 - 2 * minutes))
        send_all(tx, phone.channel, now)
    keep, *gone = (reach.people_at(tx, phone.here(tx).id)[0] for phone in phones)
    sees = hired(tx)
    for other in gone:
        merging.merge(tx, sees, keep, other, "The same person.", now, ASHDALE)
    return phones


def newest(tx: Tx, phone: Somebody) -> Record:
    return phone.heard(tx)[-1]


def instead_of(tx: Tx, row_id: int) -> list[Record]:
    """What went, or will go, in the stead of this message."""
    rows = tx.execute(outbox.messages_out.select().where(outbox.messages_out.c.instead_of == row_id))
    return list(rows)
