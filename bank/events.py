"""Events: what a provider told us, each taken in by its kind."""

from __future__ import annotations

from datetime import datetime

from bank import delivery, intake
from bank.intake import Taken
from bank.organisation import Organisation
from channels.message import Event, Incoming, Reachability
from storage.store import Tx


def take(tx: Tx, event: Event, now: datetime, organisation: Organisation) -> Taken | None:
    """Take in one event; what came of it, where somebody wrote."""
    if isinstance(event, Incoming):
        return intake.take(tx, event, now, organisation)
    take_news(tx, event, now, organisation)
    return None


def take_news(tx: Tx, event: Event, now: datetime, organisation: Organisation) -> None:
    """Take in what nobody wrote: a receipt, or whether somebody can be reached."""
    if isinstance(event, Reachability):
        delivery.take_reachability(tx, event.channel, event.address, now, is_open=event.open)
    elif not isinstance(event, Incoming):
        delivery.take_receipt(tx, event, now, organisation)
