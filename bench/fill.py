"""Fills a store with strangers in the middle of joining."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bank.tokens import token
from bench.server import settings
from bot.house import open_house
from flows.join import JOIN
from flows.position import first
from storage.addresses import AddressState, addresses, key_of
from storage.conversations import ConversationState, conversations
from storage.store import Tx

_BATCH = 5000


async def fill(folder: Path, count: int) -> None:
    """Open `count` conversations, each at an address of its own."""
    async with open_house(settings(folder, "http://127.0.0.1:9")) as house:
        now = datetime.now(UTC)
        for start in range(1, count + 1, _BATCH):
            ids = range(start, min(start + _BATCH, count + 1))
            await house.store.write(lambda tx, ids=ids: _add(tx, ids, now))


def address(id_: int, created_at: datetime, last_in_at: datetime) -> dict[str, Any]:
    """The row of a phone that writes texts; its number belongs to its id."""
    number = f"+4476{id_:08}"
    return {
        "id": id_,
        "token": token(),
        "channel": "sms",
        "sender": "sms",
        "address": number,
        "address_key": key_of("sms", number),
        "state": AddressState.OPEN,
        "created_at": created_at,
        "last_in_at": last_in_at,
    }


def _add(tx: Tx, ids: range, now: datetime) -> None:
    tx.execute(
        insert(addresses),
        [address(id_, now, now) | {"erase_at": now + timedelta(days=30)} for id_ in ids],
    )
    position = first(JOIN)
    tx.execute(
        insert(conversations),
        [
            {
                "token": token(),
                "address_id": id_,
                "state": ConversationState.OPEN,
                "flow": position.flow,
                "version": position.version,
                "step": position.step,
                "memory": position.as_json(),
                "opened_at": now,
                "nudge_at": now + timedelta(days=1),
                "lapses_at": now + timedelta(days=30),
            }
            for id_ in ids
        ],
    )
