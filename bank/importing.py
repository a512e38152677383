"""Importing: a list of people, brought in by a colleague. It is looked at first; then it is added, part by part.

Nobody is texted by it. A row is added whole or not at all, and once, whatever happens in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bank import audit, people
from bank.audit import Act
from bank.colleague import Colleague
from bank.import_check import SHOWN, Check
from bank.import_columns import guess
from bank.imported import Kind, Line, Reader
from bank.organisation import Organisation
from bank.spreadsheet import Sheet
from bank.tokens import token
from storage import transfers
from storage.people import Part
from storage.schema import Record
from storage.store import Tx
from storage.transfers import TransferKind, TransferState

PART = 250  # rows
_KEPT = timedelta(days=7)
_BEFORE = (TransferState.UPLOADED, TransferState.CHECKING, TransferState.CHECKED)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list's columns hold (from 0), and how, when and to which words its people agreed. All of it is needed.

    `how` is one of storage.told.How. `language` and `part` are of those whose row says nothing. `group` is the name of
    a group that they are put in; empty for none.
    """

    mapping: Mapping[str, int]
    how: str
    day: date
    words: str
    language: str
    part: str = Part.MEMBER.value
    group: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"mapping": dict(self.mapping), "day": self.day.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Plan:
        return cls(**{**kept, "day": date.fromisoformat(kept["day"])})


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the file: its rows, and the lines of those that are not to be added."""

    rows: list[tuple[int, list[str]]]
    lines: list[Line] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"rows": self.rows, "lines": [line.as_json() for line in self.lines]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Piece:
        rows = [(number, cells) for number, cells in kept["rows"]]
        return cls(rows, [Line.from_json(line) for line in kept["lines"]])


def upload(tx: Tx, colleague: Colleague | None, name: str, sheet: Sheet, now: datetime) -> Record:
    """Keep the file, sealed. Without a colleague it is from the command line."""
    row = transfers.add(
        tx,
        token=token(),
        kind=TransferKind.IMPORT,
        state=TransferState.UPLOADED,
        name=name[:100],
        asked={"headings": sheet.headings, "guess": guess(sheet.headings)},
        total=len(sheet.rows),
        staff_id=_id(colleague),
        created_at=now,
        moved_at=now,
        erase_at=now + _KEPT,
    )
    for number, begin in enumerate(range(0, len(sheet.rows), PART)):
        transfers.put_part(tx, row.id, number, Piece(sheet.rows[begin : begin + PART]).as_json())
    audit.record(tx, now, Act.IMPORTED, _id(colleague), about=row.token, what="uploaded", rows=row.total)
    return row


def own(tx: Tx, colleague: Colleague, name: str) -> Record | None:
    """The list of that name of ours, which only whoever brought it in may see."""
    row = transfers.by_token(tx, name)
    return row if row is not None and (row.kind, row.staff_id) == (TransferKind.IMPORT, colleague.id) else None


def latest(tx: Tx, colleague: Colleague) -> list[Record]:
    return transfers.latest_of(tx, TransferKind.IMPORT, colleague.id)


def begin_check(tx: Tx, row: Record, plan: Plan, now: datetime) -> bool:
    """From now it is checked by this plan. False where it runs already, or did."""
    if row.state not in _BEFORE:
        return False
    asked = {**row.asked, "plan": plan.as_json()}
    transfers.change(
        tx, row.id, {"asked": asked, "state": TransferState.CHECKING, "done": 0, "report": None, "moved_at": now}
    )
    return True


def check_of(row: Record, now: datetime, organisation: Organisation) -> Check:
    """The check of this list from its beginning."""
    return Check(reader_of(plan_of(row), now, organisation))


def reader_of(plan: Plan, now: datetime, organisation: Organisation) -> Reader:
    today = now.astimezone(organisation.zone).date()
    return Reader(plan.mapping, plan.language, plan.part, today, organisation)


def plan_of(row: Record) -> Plan:
    return Plan.from_json(row.asked["plan"])


def piece(tx: Tx, transfer_id: int, number: int) -> Piece | None:
    """The part of that number (from 0); None after the last one."""
    kept = transfers.part(tx, transfer_id, number)
    return Piece.from_json(kept) if kept is not None else None


def keep_check(tx: Tx, row: Record, number: int, checked: Piece, now: datetime) -> bool:
    """Keep the lines of a part. False where the list is checked no more, or by another plan: then nothing is kept."""
    if not _is_still(tx, row):
        return False
    transfers.change_part(tx, row.id, number, checked.as_json())
    transfers.change(tx, row.id, {"done": number * PART + len(checked.rows), "moved_at": now})
    return True


def end_check(tx: Tx, row: Record, check: Check, now: datetime) -> None:
    if _is_still(tx, row):
        transfers.change(tx, row.id, {"state": TransferState.CHECKED, "report": check.report(), "moved_at": now})


def _is_still(tx: Tx, row: Record) -> bool:
    kept = transfers.find(tx, row.id)
    return kept is not None and kept.state == TransferState.CHECKING and kept.asked == row.asked


def run(tx: Tx, colleague: Colleague | None, row: Record, now: datetime, *, add_perhaps: bool) -> bool:
    """From now its people are added; those whom we may know only with `add_perhaps`. False where it is not checked."""
    if row.state != TransferState.CHECKED:
        return False
    asked = {**row.asked, "perhaps": add_perhaps}
    report = row.report | {"counts": {**row.report["counts"], "added": 0}}
    values = {"asked": asked, "report": report, "state": TransferState.RUNNING, "done": 0, "moved_at": now}
    transfers.change(tx, row.id, values)
    plan = plan_of(row)
    told = {"how": plan.how, "words": plan.words, "rows": row.total, "perhaps": add_perhaps}
    audit.record(tx, now, Act.IMPORTED, _id(colleague), about=row.token, what="begun", **told)
    return True


def cancel(tx: Tx, colleague: Colleague | None, row: Record, now: datetime) -> bool:
    """Nothing of it is added, and the file is erased at once. False where it was begun."""
    if row.state not in _BEFORE:
        return False
    transfers.forget_parts(tx, row.id)
    gone: dict[str, Any] = {
        "state": TransferState.CANCELED,
        "report": None,
        "asked": {},
        "finished_at": now,
        "moved_at": now,
    }
    transfers.change(tx, row.id, gone)
    audit.record(tx, now, Act.IMPORTED, _id(colleague), about=row.token, what="canceled")
    return True


def stuck(tx: Tx, transfer_id: int, now: datetime) -> None:
    """It cannot go on: what is added stays, whole; whoever began it may try to go on."""
    row = transfers.find(tx, transfer_id)
    if row is not None and row.state in {TransferState.CHECKING, TransferState.RUNNING}:
        values = {"state": TransferState.FAILED, "asked": {**row.asked, "was": row.state}, "moved_at": now}
        transfers.change(tx, transfer_id, values)


def go_on(tx: Tx, row: Record, now: datetime) -> bool:
    """Try again where it stopped."""
    if row.state != TransferState.FAILED:
        return False
    transfers.change(tx, row.id, {"state": row.asked["was"], "moved_at": now})
    return True


def refused(tx: Tx, row: Record) -> Sequence[list[str]]:
    """The report as rows of a file: its headings, and each row that is not added with what is wrong with it."""
    found = [[*row.asked["headings"], "Row in the file", "What is wrong", "What would help"]]
    number = 0
    while (one := piece(tx, row.id, number)) is not None:
        cells = dict(one.rows)
        found += [[*cells[line.row], str(line.row), line.wrong, line.help] for line in told(row, one.lines)]
        number += 1
    return found


def given(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> None:
    """The report is handed out. To be recorded before it is."""
    audit.record(tx, now, Act.IMPORTED, colleague.id, about=row.token, what="report given")


def told(row: Record, lines: Sequence[Line]) -> list[Line]:
    """Those of these lines that are about somebody who is not added."""
    added = row.asked.get("perhaps", False) and row.state != TransferState.CHECKED
    return [line for line in lines if not (added and line.kind == Kind.PERHAPS)]


def shown(row: Record) -> list[Line]:
    """The first lines of the report."""
    return told(row, [Line.from_json(line) for line in (row.report or {}).get("first", ())])[:SHOWN]


def named(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> dict[str, Record]:
    """Whom these lines are about, by token, as far as this colleague may see them. The look is recorded."""
    known = ((line.person, people.seen(tx, colleague, line.person)) for line in shown(row) if line.person)
    found = {token_: person for token_, person in known if person is not None}
    if found:
        audit.record(tx, now, Act.SEARCHED, colleague.id, about=row.token, by=["list"], found=len(found))
    return found


def _id(colleague: Colleague | None) -> int | None:
    return colleague.id if colleague is not None else None
