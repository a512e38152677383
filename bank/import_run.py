"""The run of a list of people: each part is one transaction, so that a row is added whole, and once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from bank import audit, new_address
from bank.audit import Act
from bank.import_check import SHOWN, Met, meet, refusal
from bank.imported import Entry, Kind, Line
from bank.importing import PART, Piece, Plan, piece, plan_of, reader_of
from bank.organisation import Organisation
from bank.tokens import token
from channels.message import Channel
from flows.about_you import QUESTIONS
from storage import enlisting, groups, people, transfers
from storage.consents import Purpose
from storage.enlisting import Joiner
from storage.groups import GroupKind
from storage.interests import InterestKind
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx
from storage.transfers import TransferState

_FACTS = ("name", "area", "topics", "ways", "ring")
_CALLED = {"area": "place"}


def add_part(tx: Tx, transfer_id: int, now: datetime, organisation: Organisation) -> bool:
    """Add the people of the next part. False when none is left, or it does not run any more."""
    row = transfers.find(tx, transfer_id)
    if row is None or row.state != TransferState.RUNNING:
        return False
    number = row.done // PART
    found = piece(tx, row.id, number) if row.done < row.total else None
    if found is None:
        _end(tx, row, now)
        return False
    entries, lines, met = _entries(tx, row, found, now, organisation)
    plan = plan_of(row)
    joiners = [_joiner(one, plan, row, met, now, organisation) for one in entries]
    ids = enlisting.enlist(tx, joiners, now)
    row = _in_group(tx, row, plan, ids, now)
    _keep(tx, row, number, found, lines, len(ids), now)
    return True


def _entries(
    tx: Tx, row: Record, found: Piece, now: datetime, organisation: Organisation
) -> tuple[list[Entry], list[Line], Met]:
    """Who is added, and the lines of all others: since the check somebody may have joined, or told us to stop."""
    adds_perhaps = row.asked["perhaps"]
    lines = {line.row: line for line in found.lines}
    out = {line.row for line in found.lines if not (adds_perhaps and line.kind == Kind.PERHAPS)}
    reader = reader_of(plan_of(row), now, organisation)
    read = [reader.read(number, cells) for number, cells in found.rows if number not in out]
    met = meet(tx, read)
    entries = []
    for one in read:
        line = one if isinstance(one, Line) else refusal(one, met, now)
        if isinstance(one, Entry) and (line is None or (adds_perhaps and line.kind == Kind.PERHAPS)):
            entries.append(one)
            lines.pop(one.row, None)
        elif line is not None:
            lines[line.row] = line
    return entries, [lines[number] for number, _cells in found.rows if number in lines], met


def _keep(tx: Tx, row: Record, number: int, found: Piece, lines: list[Line], added: int, now: datetime) -> None:
    """What was in the rows that were added is erased from the file; what came of them is counted."""
    refused = {line.row for line in lines}
    kept = Piece([one for one in found.rows if one[0] in refused], lines)
    transfers.change_part(tx, row.id, number, kept.as_json())
    late = [line for line in lines if line not in found.lines]
    counts = dict(row.report["counts"])
    for line in late:
        counts[line.kind.value] = counts.get(line.kind.value, 0) + 1
    counts["added"] += added
    first = [*row.report["first"], *(line.as_json() for line in late)][:SHOWN]
    done = {"done": row.done + len(found.rows), "report": {"counts": counts, "first": first}, "moved_at": now}
    transfers.change(tx, row.id, done)
    rows = [found.rows[0][0], found.rows[-1][0]]
    audit.record(tx, now, Act.IMPORTED, row.staff_id, about=row.token, what="added", rows=rows, added=added)


def _end(tx: Tx, row: Record, now: datetime) -> None:
    transfers.change(tx, row.id, {"state": TransferState.DONE, "finished_at": now, "moved_at": now})
    audit.record(tx, now, Act.IMPORTED, row.staff_id, about=row.token, what="done", **row.report["counts"])


def _in_group(tx: Tx, row: Record, plan: Plan, ids: Sequence[int], now: datetime) -> Record:
    """Put these in the list's group, which is made with the first of them."""
    if not plan.group or not ids:
        return row
    group_id = row.asked.get("group")
    if group_id is None:
        made = {"kind": GroupKind.IMPORT, "name": plan.group, "made_by": row.staff_id, "made_at": now}
        group = groups.add(tx, token=token(), **made)
        audit.record(tx, now, Act.GROUP_CHANGED, row.staff_id, about=group.token, imported=row.token)
        row = transfers.change(tx, row.id, {"asked": {**row.asked, "group": group.id}})
        group_id = group.id
    groups.put_in(tx, group_id, ids, now, row.staff_id)
    return row


def _joiner(entry: Entry, plan: Plan, row: Record, met: Met, now: datetime, organisation: Organisation) -> Joiner:
    at = _agreed_at(entry.agreed or plan.day, now, organisation)
    source = {"at": now, "entered_by": row.staff_id, "how": plan.how}
    known = met.known.get(entry.number)
    here = known.addresses if known and entry.texts else []
    sms = next((one.id for one in here if one.channel == Channel.SMS), None)
    purposes = (Purpose.BANK, Purpose.MESSAGES) if entry.texts else (Purpose.BANK,)
    words = {"given": True, "words": plan.words, "shown": True, "language": plan.language, "how": plan.how}
    chosen = ((InterestKind.TOPIC, entry.topics), (InterestKind.WAY, entry.ways))
    return Joiner(
        _person(entry, plan, at, now),
        number=entry.number,
        address=_address(entry, now, organisation) if entry.texts and sms is None else None,
        address_id=sms,
        consents=[{**words, "purpose": one, "entered_by": row.staff_id, "at": at} for one in purposes],
        told=[{**source, "fact": _CALLED.get(name, name)} for name in _FACTS if getattr(entry, name)]
        + [{**source, "fact": "language"}],
        chosen=[(kind.value, one) for kind, ones in chosen for one in ones],
        needs={**source, "words": entry.needs} if entry.needs else None,
    )


def _person(entry: Entry, plan: Plan, at: datetime, now: datetime) -> Mapping[str, Any]:
    phone = entry.number if entry.number and not entry.texts else ""
    contact = {name: one for name, one in (("phone", phone), ("post", entry.post)) if one}
    return {
        "token": token(),
        "state": PersonState.MEMBER,
        "name": entry.name or None,
        "language": entry.language,
        "district": entry.district or None,
        "place": entry.area if entry.area and not entry.district else None,
        "ring": entry.ring,
        "contact": contact or None,
        "contact_key": people.contact_key(phone) if phone else None,
        "joined_how": plan.how,
        "joined_at": at,
        "asked_at": now,
        # Nobody is texted because of a list: our questions about them are not sent to who never wrote.
        "next_question": len(QUESTIONS),
        "part": entry.part,
    }


def _address(entry: Entry, now: datetime, organisation: Organisation) -> Mapping[str, Any]:
    given = Channel.SMS, organisation.texts_from, entry.number, now
    return new_address.columns(*given, language=entry.language)


def _agreed_at(day: date, now: datetime, organisation: Organisation) -> datetime:
    """Noon of that day, or now where it is not noon yet."""
    return min(datetime.combine(day, time(12), organisation.zone), now)
