"""Claims: what a sender may send now. Whatever may not go is settled or put off in the same breath."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bank import another_way, calendar, caps, closing, hold, limits, price, quiet, rota
from bank.broadcast_claims import CAP, Sources
from bank.broadcast_words import payloads
from bank.limits import Limits
from bank.organisation import Organisation
from bank.purse import Purse
from channels.message import Channel, Message, Option, Template
from storage import claims, people
from storage.addresses import AddressState
from storage.outbox import OutState, Priority
from storage.schema import Record
from storage.store import Tx

WINDOW_CLOSED = "63016"  # Twilio's own name for it (error dictionary)
# Where those that come first may not go, so many more are looked at in one claim.
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row claimed for sending, the message to hand to the adapter, and how many units its provider counts."""

    id: int
    message: Message
    units: int = 1


def claim(
    tx: Tx, sender: str, now: datetime, limit: int, organisation: Organisation, own: Limits = limits.NONE
) -> list[Claimed]:
    """Claim what is due for this sender; what may no longer be sent is settled instead.

    `limit` is messages, or whatever its provider counts where it has a pace: the last one may go beyond it.
    """
    going: list[Claimed] = []
    seen: set[int] = set()
    room, most = limit, limit
    while room > 0 and len(seen) <= _LOOKED_AT:
        ids = due(tx, sender, now, most, organisation, own)
        fresh = not seen.issuperset(ids)
        seen.update(ids)
        claimed = claim_these(tx, ids, now, organisation, own, room) if fresh else []
        going += claimed
        room -= sum(_size(one.units, own) for one in claimed)
        if not fresh or len(ids) < most:
            break
        most = _LOOKED_AT
    return going


def _size(units: int, own: Limits) -> int:
    return units if own.per_second else 1


def due(
    tx: Tx, sender: str, now: datetime, limit: int, organisation: Organisation, own: Limits = limits.NONE
) -> list[int]:
    """Ids of what this sender may send now; what nobody asked for waits for the morning, and for its limits."""
    lowest = Priority.BULK if rota.may_text(now, organisation) else Priority.SAFETY
    if lowest is Priority.BULK:
        lowest = limits.lowest(tx, sender, own, now, organisation)
    return claims.due(tx, sender, now, limit, lowest)


def claim_these(
    tx: Tx,
    ids: Collection[int],
    now: datetime,
    organisation: Organisation,
    own: Limits = limits.NONE,
    room: float = math.inf,
) -> list[Claimed]:
    """Claim these rows, as far as they are queued still, and there is room. Raises what makes a row unreadable."""
    rows = claims.waiting(tx, ids)
    sources = Sources.of(tx, rows, now, organisation)
    rows = _fresh(tx, rows, now, organisation)
    rows = _wanted(tx, rows, sources, now, organisation)
    rows = _reachable(tx, rows, sources, now, own)
    rows = _in_time(tx, rows, sources, now, organisation)
    return _go(tx, rows, sources, now, own, room)


def _fresh(tx: Tx, rows: list[Record], now: datetime, organisation: Organisation) -> list[Record]:
    """Without what has expired, and what is not wanted or cannot be got any more."""
    expired = {row.id for row in rows if row.expires_at is not None and row.expires_at <= now}
    unwanted = _unwanted(tx, [row for row in rows if row.id not in expired], now)
    closing.close(tx, expired, OutState.EXPIRED, now, organisation)
    closing.close(tx, unwanted, OutState.CANCELED, now, organisation)
    return [row for row in rows if row.id not in expired | unwanted]


def _wanted(tx: Tx, rows: list[Record], sources: Sources, now: datetime, organisation: Organisation) -> list[Record]:
    """Without what was cancelled, and what they no longer want of that kind."""
    left_out = sources.not_wanted(rows)
    for why, ids in left_out.items():
        closing.close(tx, ids, OutState.CANCELED, now, organisation, problem=why)
    return [row for row in rows if not any(row.id in ids for ids in left_out.values())]


def _unwanted(tx: Tx, rows: Collection[Record], now: datetime) -> set[int]:
    unasked = {row.person_id for row in rows if _may_wait(row) and row.person_id is not None}
    silent = people.not_to_be_asked(tx, unasked, now) if unasked else set()
    return caps.unwanted(tx, [row for row in rows if _is_unasked(row)]) | {
        row.id
        for row in rows
        if (row.address_state not in {AddressState.OPEN, AddressState.DEAD} and not row.last_word)
        or row.address is None
        or (row.text is None and row.broadcast_id is None)
        or (_may_wait(row) and row.person_id in silent)
        or hold.stops(row, now)
    }


def _may_wait(row: Record) -> bool:
    """It answers nothing and is about no danger: it goes in the hours for texts, and not to who is paused."""
    return bool(row.priority >= Priority.REMINDER and row.staff_id is None)


def _is_unasked(row: Record) -> bool:
    """Nobody asked for it, and no colleague wrote it to them alone."""
    return bool(row.priority >= Priority.INVITATION and row.staff_id is None)


def _reachable(tx: Tx, rows: list[Record], sources: Sources, now: datetime, own: Limits) -> list[Record]:
    """Without what would not arrive: nobody can be reached there any more, or WhatsApp would refuse it, as they last
    wrote more than a day ago. It goes another way, or not at all.
    """
    left, organisation = [], sources.organisation
    for row in rows:
        if row.address_state == AddressState.DEAD and not row.last_word:
            another_way.take(tx, row.id, OutState.FAILED, None, now, organisation)
        elif _shut_out(row, now) and not own.outside_window and sources.template(row) is None:
            another_way.take(tx, row.id, OutState.FAILED, WINDOW_CLOSED, now, organisation)
        else:
            left.append(row)
    return left


def _window(row: Record, now: datetime) -> bool:
    return row.window_until is not None and now < row.window_until


def _shut_out(row: Record, now: datetime) -> bool:
    """WhatsApp takes nothing there now but what it has approved."""
    return row.channel == Channel.WHATSAPP and not _window(row, now)


def _in_time(tx: Tx, rows: list[Record], sources: Sources, now: datetime, organisation: Organisation) -> list[Record]:
    """Without what nobody asked for, where it is too early or too much for whom it goes to: that waits."""
    unasked = [row for row in rows if _is_unasked(row)]
    later = quiet.put_off(tx, [row for row in rows if _may_wait(row)], now, organisation)
    later |= sources.put_off(tx, [row for row in unasked if row.id not in later], now)
    capped = sources.capped([row for row in unasked if row.id not in later])
    enough = caps.put_off(tx, capped, now, organisation)
    left_out = {row.id for row in capped if row.id in enough and sources.leaves_out(row)}
    closing.close(tx, left_out, OutState.CANCELED, now, organisation, problem=CAP)
    later |= {id_: until for id_, until in enough.items() if id_ not in left_out}
    claims.put_off(tx, later)
    return [row for row in rows if row.id not in later and row.id not in left_out]


def _go(tx: Tx, rows: list[Record], sources: Sources, now: datetime, own: Limits, room: float) -> list[Claimed]:
    """Claim these, as far as the money and the room for them go; the words of a broadcast are fixed now."""
    if not rows:
        return []
    purse = Purse.open(tx, rows[0].sender, own, now, sources.organisation)
    going: list[Claimed] = []
    fixed: list[dict[str, Any]] = []
    for row in rows:
        if room <= 0:
            break
        words = _words(sources, row, now)
        worded = message(row, words.get("text", row.text), now, words.get("options"), words.pop("template", None))
        if row.calendar_id is not None:
            file = calendar.enclosed(tx, row.calendar_id, row.language, now, sources.organisation)
            worded = replace(worded, file=file)
        units = price.units(worded) if own.price or own.per_second else 1
        if purse.pays(row, sources.source(row), own.price * units):
            room -= _size(units, own)
            going.append(Claimed(row.id, worded, units))
            fixed.append({"id": row.id, "cost": own.price * units} | words)
    purse.close(tx)
    claims.claim(tx, fixed, now)
    return going


def _words(sources: Sources, row: Record, now: datetime) -> dict[str, Any]:
    """The text and the choices of a row of a broadcast, and its template; nothing where it has its own words."""
    template = sources.template(row) if _shut_out(row, now) else None
    if template is not None:
        return {"text": template.text, "options": None, "template": template}
    worded = sources.worded(row)
    if worded is None:
        return {}
    options = [[option.payload, option.label] for option in payloads(row.token, worded.options)]
    return {"text": worded.text, "options": options or None}


def message(
    row: Record,
    text: str,
    now: datetime,
    options: Sequence[Sequence[str]] | None = None,
    template: Template | None = None,
) -> Message:
    """`options` are those that were fixed with the text. `template`: what it goes as outside WhatsApp's hours."""
    return Message(
        token=row.token,
        sender=row.sender,
        channel=Channel(row.channel),
        address=row.address,
        text=text,
        options=() if template else tuple(Option(payload, label) for payload, label in options or row.options or ()),
        one_line=row.one_line,
        in_window=_window(row, now),
        language=row.language,
        template=template,
    )
