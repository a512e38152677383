"""Sources: how something we hold came to us: by which message, or who of the team entered it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import messages_in, staff, supporters
from storage.schema import Record
from storage.store import Tx

# What stands in place of a name that is erased.
_HELPER = "somebody"


@dataclass(frozen=True, slots=True)
class Source:
    """`how` is text or one of storage.told.How; empty where nothing says. `by` is the name of who entered it, `helper`
    that of who answered for the member, as the member agreed.

    `thread` is the token of the address where the message can be read; empty where there was none.
    """

    at: datetime | None = None
    how: str = ""
    by: str = ""
    thread: str = ""
    helper: str = ""


def sources(tx: Tx, rows: Sequence[Record]) -> list[Source]:
    """For each row, by its `at`, `message_id`, `entered_by` and `how`, where it came from."""
    threads = messages_in.threads(tx, {row.message_id for row in rows if row.message_id is not None})
    typists = {message_id: row.entered_by for message_id, row in threads.items() if row.entered_by is not None}
    by_row = [row.entered_by or typists.get(row.message_id) for row in rows]
    names = staff.names(tx, {one for one in by_row if one is not None})
    helpers = {message_id: _helper(tx, row.supporter_id) for message_id, row in threads.items()}
    return [
        Source(
            row.at,
            row.how or ("text" if row.message_id is not None else ""),
            names[by] if by is not None else "",
            threads[row.message_id].token if row.message_id in threads else "",
            helpers.get(row.message_id, ""),
        )
        for row, by in zip(rows, by_row, strict=True)
    ]


def _helper(tx: Tx, supporter_id: int | None) -> str:
    """Empty where it is the member's own message."""
    return (supporters.get(tx, supporter_id).name or _HELPER) if supporter_id is not None else ""
