"""Meetings as the console's tests begin: the carers' space with people in every state, led by Sam and Grace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bank.tokens import token
from storage import meetings
from storage.meetings import MeetingState
from storage.schema import Record
from storage.store import Tx
from tests.bank import leaflet, well_attended
from tests.bank.well_attended import DAY_AFTER
from tests.console.desk import Console


async def carers_space(console: Console, **more: Any) -> Record:
    """On Thursday 3 December; it is Monday 23 November."""
    return await console.write(lambda tx: well_attended.carers_space(tx, leaflet.hired(tx, token()), **more))


async def goes_by(console: Console, row: Record, **more: float) -> None:
    """It is the morning after it; and later still, where more is given."""

    def over(tx: Tx) -> None:
        meetings.change(tx, row.id, {"state": MeetingState.OVER})

    console.clock.move(DAY_AFTER - console.clock() + timedelta(**more))
    await console.write(over)
