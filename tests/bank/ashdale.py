"""Ashdale Council's bank, a moment on a working day, and people who write to it straight through the intake."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bank import claims, delivery, intake
from bank.intake import Taken
from bank.organisation import Organisation, Topic
from bot.settings import ROOT
from channels.message import Accepted, Channel, Incoming
from language.wording import Catalogs
from storage import addresses, consents, outbox
from storage.schema import Record
from storage.store import Tx

# A Monday morning, on which nothing is a holiday.
MORNING = datetime(2026, 11, 23, 11, tzinfo=UTC)
ASHDALE = Organisation(
    council="Ashdale Council",
    zone=ZoneInfo("Europe/London"),
    emergency="999",
    child_helpline="0800 1111",
    privacy_url="ashdale.example/heard",
    topics=(Topic("home_care", {"en": "Care at home"}), Topic("money", {"en": "Charges and money"})),
    catalogs=Catalogs.load(ROOT / "locales"),
)

_numbers = count(1)


@dataclass
class Somebody:
    """One phone. What it writes is taken in inside the transaction that is handed over."""

    address: str = ""
    channel: Channel = Channel.SMS
    said: list[Incoming] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.address = self.address or f"4477009{next(_numbers):05}"

    def writes(self, text: str = "", **more: Any) -> Incoming:
        """A new message of theirs."""
        given = {"provider_id": f"SM{next(_numbers)}", "sender": self.channel.value} | more
        self.said.append(Incoming(channel=self.channel, address=self.address, text=text, **given))
        return self.said[-1]

    def says(self, tx: Tx, *texts: str, now: datetime = MORNING, **more: Any) -> Taken:
        """Take in these, one after the other; what came of the last one."""
        taken = [intake.take(tx, self.writes(text, **more), now, ASHDALE) for text in texts]
        return taken[-1]

    def joins(self, tx: Tx, now: datetime = MORNING) -> None:
        self.says(tx, "JOIN", "1", "1", "Asha", now=now)

    def here(self, tx: Tx) -> Record:
        found = addresses.find(tx, self.channel, self.address)
        assert found is not None
        return found

    def heard(self, tx: Tx) -> list[Record]:
        """Every row of the outbox for this phone, oldest first."""
        return outbox.at_address(tx, self.here(tx).id)

    def states(self, tx: Tx) -> list[str]:
        return [row.state for row in self.heard(tx)]

    def ledger(self, tx: Tx) -> list[tuple[str, bool]]:
        return [(entry.purpose, entry.given) for entry in consents.history(tx, address_id=self.here(tx).id)]


def send_all(tx: Tx, sender: str = "sms", now: datetime = MORNING) -> list[int]:
    """Claim what is due and have the provider accept it, until nothing is; the ids of the rows, in order."""
    sent: list[int] = []
    while claimed := claims.claim(tx, sender, now, 100, ASHDALE):
        delivery.settle(tx, {one.id: Accepted(f"SM-out-{one.id}") for one in claimed}, now, ASHDALE)
        sent += [one.id for one in claimed]
    return sent


def number_of(tx: Tx, table: Any) -> int:
    return tx.execute(select(func.count()).select_from(table)).scalar_one()
