"""Exporting: a file of what the bank knows, made for one colleague, part by part, and kept sealed for a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bank import audit, colleague, exported
from bank.audit import Act
from bank.colleague import Colleague
from bank.exported import Eyes, What, Wish
from bank.organisation import Organisation
from bank.spreadsheet import MOST_ROWS
from bank.tokens import token
from storage import extracts, staff, transfers
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx
from storage.transfers import TransferKind, TransferState

PART = 500  # rows
MAY = (Role.COORDINATOR, Role.ADMINISTRATOR)
_KEPT = timedelta(hours=24)


class TooMany(Exception):
    """More rows than a file may have. `count` is how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def begin(tx: Tx, asker: Colleague | None, wish: Wish, name: str, now: datetime) -> Record:
    """From now the file is made. Raises TooMany; nothing is kept then. Without a colleague: from the command line."""
    eyes = Eyes.of(asker)
    total = extracts.count(tx, eyes.whom(wish), now) if wish.what == What.PEOPLE else 0
    if total > MOST_ROWS:
        raise TooMany(total)
    staff_id = asker.id if asker is not None else None
    row = transfers.add(
        tx,
        token=token(),
        kind=TransferKind.EXPORT,
        state=TransferState.RUNNING,
        name=name[:100],
        asked=wish.as_json(),
        total=total,
        staff_id=staff_id,
        created_at=now,
        moved_at=now,
        erase_at=now + _KEPT,
    )
    audit.record(tx, now, Act.EXPORTED, staff_id, about=row.token, step="begun", rows=total, **wish.as_json())
    return row


def own(tx: Tx, asker: Colleague, name: str) -> Record | None:
    """The file of that name of ours, which only whoever asked for it may have."""
    row = transfers.by_token(tx, name)
    return row if row is not None and (row.kind, row.staff_id) == (TransferKind.EXPORT, asker.id) else None


def latest(tx: Tx, asker: Colleague) -> list[Record]:
    return transfers.latest_of(tx, TransferKind.EXPORT, asker.id)


def add_part(tx: Tx, transfer_id: int, now: datetime, organisation: Organisation) -> bool:
    """Write the next part of the file. False when all of it is there, or it is made no more."""
    row = transfers.find(tx, transfer_id)
    if row is None or row.state != TransferState.RUNNING:
        return False
    eyes = _eyes(tx, row)
    if eyes is None:
        transfers.change(tx, row.id, {"state": TransferState.CANCELED, "finished_at": now, "moved_at": now})
        return False
    wish = Wish.from_json(row.asked)
    if wish.what == What.PEOPLE:
        return _add_people(tx, row, wish, eyes, now, organisation)
    return _add_whole(tx, row, exported.WHOLE[wish.what](tx, wish, eyes, now, organisation), now)


def _eyes(tx: Tx, row: Record) -> Eyes | None:
    """What whoever asked for it may see by now; None where they may ask for nothing any more."""
    if row.staff_id is None:
        return Eyes.of(None)
    asker = staff.get(tx, row.staff_id)
    known = colleague.known(tx, asker)
    return Eyes.of(known) if asker.state == StaffState.ACTIVE and known.may(*MAY) else None


def _add_people(tx: Tx, row: Record, wish: Wish, eyes: Eyes, now: datetime, organisation: Organisation) -> bool:
    number = row.done // PART
    before = (transfers.part(tx, row.id, number - 1) if number else None) or {}
    if number and not row.report["numbers"]:
        eyes = replace(eyes, numbers=False)  # they were given more to see since it was begun
    rows, last = exported.people_after(tx, wish, eyes, before.get("last", 0), PART, now, organisation)
    if not number:
        transfers.change(tx, row.id, {"report": {"headings": exported.headings(wish, eyes), "numbers": eyes.numbers}})
    if rows:
        transfers.put_part(tx, row.id, number, {"rows": rows, "last": last})
    return _moved(tx, row, row.done + len(rows), now, is_last=len(rows) < PART or row.done + PART >= MOST_ROWS)


def _add_whole(tx: Tx, row: Record, rows: list[list[str]], now: datetime) -> bool:
    headings, *rest = rows or [["Nothing was found"]]
    transfers.change(tx, row.id, {"report": {"headings": headings}})
    for number, begin_ in enumerate(range(0, min(len(rest), MOST_ROWS), PART)):
        transfers.put_part(tx, row.id, number, {"rows": rest[begin_ : begin_ + PART]})
    return _moved(tx, row, min(len(rest), MOST_ROWS), now, is_last=True)


def _moved(tx: Tx, row: Record, done: int, now: datetime, *, is_last: bool) -> bool:
    ended = {"state": TransferState.DONE, "finished_at": now, "total": done} if is_last else {}
    transfers.change(tx, row.id, {"done": done, "moved_at": now, **ended})
    if is_last:
        audit.record(tx, now, Act.EXPORTED, row.staff_id, about=row.token, step="made", rows=done)
    return not is_last


def stuck(tx: Tx, transfer_id: int, now: datetime) -> None:
    """It cannot be made."""
    row = transfers.find(tx, transfer_id)
    if row is not None and row.state == TransferState.RUNNING:
        transfers.change(tx, transfer_id, {"state": TransferState.FAILED, "finished_at": now, "moved_at": now})


def given(tx: Tx, asker: Colleague | None, row: Record, kind: str, now: datetime) -> None:
    """It is handed out as a file of this kind, csv or xlsx. To be recorded before it is."""
    staff_id = asker.id if asker is not None else None
    audit.record(tx, now, Act.EXPORTED, staff_id, about=row.token, step="given", kind=kind, rows=row.done)


def rows(tx: Tx, row: Record) -> Iterator[list[str]]:
    """The file's rows, its headings first."""
    yield row.report["headings"]
    number = 0
    while (part := transfers.part(tx, row.id, number)) is not None:
        yield from part["rows"]
        number += 1


def may_have(asker: Colleague, row: Record) -> bool:
    """Whether it may be handed to them still: a file with numbers only to an administrator."""
    return row.state == TransferState.DONE and (not row.report.get("numbers") or Eyes.of(asker).numbers)


def forget(tx: Tx, _now: datetime, _organisation: Organisation, transfer_id: int) -> int:
    """The file, or the list that was brought in, is erased: its day has come."""
    transfers.forget(tx, transfer_id)
    return 1
