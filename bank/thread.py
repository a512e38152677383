"""One thread: everything that one person and we said, on all their channels, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bank import audit, threads
from bank import people as everyone
from bank.audit import Act
from bank.colleague import Colleague
from channels.message import Channel, Message, Option
from storage import media, messages_in, needs, notes, said_at, staff, supporters
from storage import threads as stored
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Thread:
    """`addresses` begins with the one that was opened. `people` are those reached at any of them, each once.

    `team` names colleagues by their ids. `needs` is what to arrange, with whose it is. `helped` are the names of who
    helps from there and of the member, by the help's id; empty where this colleague is not to read it.
    """

    addresses: Sequence[Record]
    people: Sequence[Record]
    tasks: Sequence[Record]
    questions: Sequence[Record]
    needs: Sequence[tuple[Record, str]]
    team: Mapping[int, str]
    helped: Mapping[int, tuple[str, str]]
    asked: bool
    is_held: bool

    @property
    def address(self) -> Record:
        return self.addresses[0]

    @property
    def token(self) -> str:
        return str(self.address.token)

    @property
    def ids(self) -> list[int]:
        return [one.id for one in self.addresses]

    @property
    def members(self) -> list[Record]:
        """Those who have not left."""
        return [one for one in self.people if one.state == PersonState.MEMBER]

    @property
    def person(self) -> Record | None:
        """Whom it is with, where that can be one person only."""
        return self.members[0] if len(self.members) == 1 else None

    @property
    def person_id(self) -> int | None:
        return self.person.id if self.person else None

    @property
    def who(self) -> str:
        return " and ".join(one.name for one in self.members if one.name)

    @property
    def channels(self) -> list[str]:
        return list(dict.fromkeys(one.channel for one in self.addresses))

    @property
    def assigned_to(self) -> int | None:
        return next((one.assigned_to for one in self.addresses if one.assigned_to is not None), None)

    @property
    def taken_by(self) -> int | None:
        return next((one.taken_by for one in self.addresses if one.taken_by is not None), None)

    @property
    def spam(self) -> str | None:
        return next((one.spam for one in self.addresses if one.spam is not None), None)

    def colleague(self, staff_id: int | None) -> str:
        """A colleague's name; empty for nobody."""
        return self.team.get(staff_id, "") if staff_id is not None else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said or noted. `side` is "theirs", "ours" or "note".

    `who` is a name, or empty where we do not know one, or no colleague wrote it. Ours has `message`, for the adapter's
    `show`, unless its words were erased. `state` and `problem` tell what became of ours, `reading` and `disposition`
    what we made of theirs. `helped` is the member for whom `who` wrote it, None where they wrote for themselves, empty
    where that is not to be read here. `typed_by` put a voice note or a picture into words. `enclosed` are the pieces of
    media with it that can be opened: token and kind of each.
    """

    side: str
    at: datetime
    who: str
    channel: str = ""
    text: str = ""
    language: str = ""
    message: Message | None = None
    state: str = ""
    problem: str = ""
    sender: str = ""
    media: int = 0
    disposition: str = ""
    asked: str = ""
    reading: Mapping[str, Any] | None = None
    helped: str | None = None
    typed_by: str = ""
    enclosed: Sequence[Record] = ()


def find(tx: Tx, colleague: Colleague, token: str) -> Thread | None:
    """The thread at the address of that name; None where there is none, or not for their eyes."""
    looking = threads.eyes(colleague)
    address = stored.by_token(tx, looking, token)
    if address is None:
        return None
    together = stored.together(tx, looking, address.id)
    together.sort(key=lambda one: bool(one.id != address.id))
    ids = [one.id for one in together]
    people = list({one.id: one for one in stored.people_of(tx, ids)}.values())
    return Thread(
        addresses=together,
        people=people,
        tasks=stored.open_tasks(tx, ids),
        questions=stored.open_questions(tx, ids),
        needs=[(need, one.name or "") for one in people for need in needs.of(tx, one.id)],
        team={one.id: one.name for one in staff.everyone(tx)},
        helped=_helped(tx, colleague, ids),
        asked=bool(stored.asked(tx, ids)),
        is_held=any(one.held == stored.HELD for one in [*together, *people]),
    )


def _helped(tx: Tx, colleague: Colleague, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    unseen = everyone.unseen(tx, colleague)
    links = supporters.by_whom(tx, ids)
    return {one.id: (one.name or "", "" if one.person_id in unseen else one.member or "") for one in links}


def look(tx: Tx, colleague: Colleague, token: str, now: datetime) -> Thread | None:
    """The same, and it is recorded that they looked."""
    thread = find(tx, colleague, token)
    if thread is not None:
        for person_id in [one.id for one in thread.people] or [None]:
            audit.record(tx, now, Act.SAW_THREAD, colleague.id, person_id=person_id, about=thread.token)
    return thread


def open_media(tx: Tx, colleague: Colleague, token: str, media_token: str, now: datetime) -> Record | None:
    """Where a piece of media of that thread lies, and it is recorded that they open it; None as in `find`."""
    thread = find(tx, colleague, token)
    piece = media.by_token(tx, media_token, thread.ids) if thread is not None else None
    if thread is None or piece is None:
        return None
    for person_id in [one.id for one in thread.people] or [None]:
        audit.record(tx, now, Act.SAW_MEDIA, colleague.id, person_id=person_id, about=thread.token, kind=piece.kind)
    return piece


def entries(tx: Tx, thread: Thread, page: int = 1) -> tuple[list[Entry], bool]:
    """What was said, oldest first, newest page first; and whether there is something earlier."""
    places = said_at.places(tx, thread.ids, A_PAGE + 1, A_PAGE * (page - 1))
    shown = places[:A_PAGE]
    rows = {kind: [place.id for place in shown if place.kind == kind] for kind in ("in", "out", "note")}
    came, went = said_at.messages(tx, "in", rows["in"]), said_at.messages(tx, "out", rows["out"])
    noted = {row.id: row for row in notes.these(tx, rows["note"])}
    enclosed = media.of(tx, rows["in"])
    at = {one.id: one for one in thread.addresses}
    made = {
        "in": lambda id_: _theirs(thread, came[id_], at[came[id_].address_id], enclosed.get(id_, ())),
        "out": lambda id_: _ours(thread, went[id_], at[went[id_].address_id]),
        "note": lambda id_: _note(thread, noted[id_]),
    }
    return [made[place.kind](place.id) for place in reversed(shown)], len(places) > A_PAGE


def read_to(tx: Tx, thread: Thread) -> str:
    """What the newest message from there is called outside; empty where none came."""
    newest = max((row.id for row in stored.last_in(tx, thread.ids).values()), default=None)
    return messages_in.name_of(tx, newest) if newest is not None else ""


def _theirs(thread: Thread, row: Record, address: Record, enclosed: Sequence[Record]) -> Entry:
    helper, helped = thread.helped.get(row.supporter_id, ("", None))
    return Entry(
        "theirs",
        row.received_at,
        who=helper or _name_of(thread, row),
        channel=address.channel,
        text=row.text or "",
        media=row.media,
        disposition=row.disposition or "",
        asked=row.asked or "",
        reading=row.reading,
        helped=helped,
        typed_by=thread.colleague(row.entered_by),
        enclosed=enclosed,
    )


def _name_of(thread: Thread, row: Record) -> str:
    named = next((one for one in thread.people if one.id == row.person_id), thread.person)
    return named.name or "" if named is not None else ""


def _ours(thread: Thread, row: Record, address: Record) -> Entry:
    return Entry(
        "ours",
        row.claimed_at or row.created_at,
        who=thread.colleague(row.staff_id),
        channel=address.channel,
        text=row.text or "",
        language=row.language,
        message=message(row, address) if row.text is not None else None,
        state=row.state,
        problem=row.problem or "",
        sender=row.sender,
    )


def message(row: Record, address: Record) -> Message:
    """A row of the outbox, for the adapter's `show`."""
    return Message(
        token=row.token,
        sender=row.sender,
        channel=Channel(address.channel),
        address=address.address or "",
        text=row.text,
        options=tuple(Option(payload, label) for payload, label in row.options or ()),
        one_line=row.one_line,
        in_window=True,
        language=row.language,
    )


def _note(thread: Thread, row: Record) -> Entry:
    return Entry("note", row.at, who=thread.colleague(row.staff_id), text=row.words)
