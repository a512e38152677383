"""What of a broadcast may go now, to whom, and in which words: looked at again as each message is claimed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bank import broadcast_words, templates
from bank.broadcast_about import is_closed
from bank.broadcast_words import Script, Worded, asks
from bank.organisation import Organisation
from channels.message import Channel, Template
from language.wording import SOURCE_LANGUAGE, base
from storage import broadcasts, meetings, recipients
from storage.broadcasts import BroadcastKind, BroadcastState, WhenCapped
from storage.picking import Left
from storage.recipients import Recipient
from storage.schema import Record
from storage.store import Tx

# Why something of it did not go, in words of our own.
CANCELED, CLOSED, CAP = "canceled", "closed", Left.CAP.value
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_UNKNOWN = Recipient(None, None, promotions=False, digest=False)


def ended(row: Record) -> str:
    """Why the rest of one that was cancelled does not go."""
    return str((row.counted or {}).get("ended", CANCELED))


@dataclass(slots=True)
class Sources:
    """For one claim: the broadcasts that its rows are of, and what is known of those who get them.

    `firsts` is by the id of each: what it corrects, or itself. `closed` are those that invite to what is closed.
    `meetings` are those that they are about, by id.
    """

    organisation: Organisation
    rows: Mapping[int, Record]
    firsts: Mapping[int, Record]
    closed: Collection[int]
    people: Mapping[int, Recipient]
    templates: Mapping[int, Mapping[str, Record]] = field(default_factory=dict)
    meetings: Mapping[int, Record] = field(default_factory=dict)
    _scripts: dict[int, Script] = field(default_factory=dict)

    @classmethod
    def of(cls, tx: Tx, rows: Collection[Record], now: datetime, organisation: Organisation) -> Sources:
        found = broadcasts.these(tx, {row.broadcast_id for row in rows if row.broadcast_id is not None})
        firsts = {id_: broadcasts.original(tx, one) for id_, one in found.items()}
        closed = {id_ for id_, one in found.items() if is_closed(tx, one, now)}
        personal = {id_ for id_, one in found.items() if _is_personal(one) or _is_personal(firsts[id_])}
        whose = {row.person_id for row in rows if row.broadcast_id in personal and row.person_id is not None}
        chosen = {id_: templates.approved(tx, one.templates) for id_, one in found.items() if one.templates}
        about = meetings.these(tx, {one.meeting_id for one in found.values() if one.meeting_id is not None})
        return cls(organisation, found, firsts, closed, recipients.known(tx, whose), chosen, about)

    def source(self, row: Record) -> Record | None:
        return self.rows.get(row.broadcast_id)

    def worded(self, row: Record) -> Worded | None:
        """What this row of a broadcast says; None where it has its words already."""
        source = self.source(row)
        if row.text is not None or source is None:
            return None
        tag = broadcast_words.tag_for(source, row.language, self.organisation, plain=row.plain)
        who = self.people.get(row.person_id, _UNKNOWN)
        return self._script(source).for_one(tag, who.name, who.format, sms=row.channel == Channel.SMS)

    def template(self, row: Record) -> Template | None:
        """As what it goes by WhatsApp once its 24 hours are over; None where nothing that is approved fits."""
        source = self.source(row)
        approved = self.templates.get(source.id, {}) if source is not None else {}
        if source is None or not approved:
            return None
        tag = broadcast_words.tag_for(source, row.language, self.organisation, plain=row.plain)
        chosen = approved.get(base(tag)) or approved.get(SOURCE_LANGUAGE)
        if chosen is None:
            return None
        who = self.people.get(row.person_id, _UNKNOWN)
        return templates.filled(chosen, self._script(source).blanks(tag, who.name, who.format))

    def _script(self, source: Record) -> Script:
        if source.id not in self._scripts:
            meeting = self.meetings.get(source.meeting_id)
            self._scripts[source.id] = Script.let_go(source, self.organisation, meeting)
        return self._scripts[source.id]

    def not_wanted(self, rows: Collection[Record]) -> dict[str, set[int]]:
        """Ids of rows that will not go, by why: it or what it invites to is over, or they do not want that kind now."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for row in rows:
            source = self.source(row)
            if source is not None and (why := self._why_not(row, source)):
                found[why].add(row.id)
        return found

    def _why_not(self, row: Record, source: Record) -> str | None:
        if source.state == BroadcastState.CANCELED:
            return ended(source)
        if source.id in self.closed:
            return CLOSED
        who, first = self.people.get(row.person_id, _UNKNOWN), self.firsts[source.id]
        if (source.promotion or first.promotion) and not who.promotions:
            return Left.NO_PROMOTIONS
        return Left.NOT_WANTED if first.kind == BroadcastKind.DIGEST and not who.digest else None

    def capped(self, rows: Collection[Record]) -> list[Record]:
        """Those for which it counts how many somebody gets in a week: what was wrong is put right all the same."""
        found = ((row, self.source(row)) for row in rows)
        return [row for row, source in found if source is None or source.kind != BroadcastKind.CORRECTION]

    def leaves_out(self, row: Record) -> bool:
        """Whether somebody who had enough in a week does not get it at all."""
        source = self.source(row)
        return source is not None and source.when_capped == WhenCapped.LEAVE_OUT

    def put_off(self, tx: Tx, rows: Collection[Record], now: datetime) -> dict[int, datetime]:
        """Until when a question waits where another is open that we asked within the day: an hour, at most a day."""
        waiting = [row for row in rows if (source := self.source(row)) and asks(source) and _may_wait(row, source, now)]
        busy = recipients.asked_since(tx, {row.address_id for row in waiting}, now - _DAY)
        return {row.id: now + _HOUR for row in waiting if row.address_id in busy}


def _is_personal(source: Record) -> bool:
    """Whether something of the person is needed to say it, or to know that they want it."""
    named = any(broadcast_words.names(text) for text in source.words.values())
    return bool(named or source.formats or source.templates or source.promotion or source.kind == BroadcastKind.DIGEST)


def _may_wait(row: Record, source: Record, now: datetime) -> bool:
    since = max(row.created_at, source.due_at + timedelta(minutes=source.spread))
    return now < since + _DAY and (row.expires_at is None or now + _HOUR < row.expires_at)
