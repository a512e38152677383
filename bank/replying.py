"""Replying: what somebody of the team writes to a person, and why it sometimes may not go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bank import audit, handling, reachable, rota
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.thread import Thread
from bank.threads import eyes
from bank.tokens import token
from channels.message import Channel, Message
from language.normal import safe
from language.wording import SOURCE_LANGUAGE, base
from storage import outbox, reach, said_at, threads
from storage.addresses import AddressState
from storage.outbox import OutState, Priority
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

# An answer to somebody who wrote within the day may go at any hour; anything else waits for the morning.
_ANSWERS_WITHIN = timedelta(hours=24)
_LASTS = timedelta(hours=24)
_MORNING = time(9)
# Longer is more than ten texts, and more than one provider takes.
LONGEST = 1_500
_CLOSED = {
    AddressState.STOPPED: (
        "They sent STOP, so nothing may be sent here. Only their own START changes that. "
        "If it cannot wait, ring them or write a letter."
    ),
    AddressState.DEAD: "This number or account is not in use any more. Look for another way to reach them.",
    AddressState.BLOCKED: "They have blocked our messages. Wait until they write, or ring them.",
}
_FOR_LEADS = "Only a safeguarding lead may write to them now. Ask a lead."
_UNSAFE = (
    "They told us that a text could do harm. Nothing goes here until a safeguarding lead says that it is safe again. "
    "Look for a safer way."
)
_WINDOW = "It is over 24 hours since they wrote, so WhatsApp takes no answer. Text or ring them instead."


class CannotWrite(Exception):
    """Nothing may be sent there now. The message says why, and what to do instead."""


class AlsoWriting(Exception):
    """Somebody else of the team is writing to them too, and nobody has said so on the page that was sent."""


class AnsweredMeanwhile(Exception):
    """Somebody else of the team has answered since the page was opened. `rows` are what they wrote, newest first."""

    def __init__(self, rows: Sequence[Record]) -> None:
        super().__init__()
        self.rows = rows


def write(
    tx: Tx,
    colleague: Colleague,
    address: Record,
    words: str,
    now: datetime,
    organisation: Organisation,
    wording: str = "staff.reply",
) -> int:
    """Put a colleague's words in the outbox, and record that they wrote. Returns the row's id. Raises CannotWrite."""
    words = safe(words).strip()
    check(tx, colleague, address, now)
    if not words or len(words) > LONGEST:
        raise CannotWrite(f"Write between 1 and {LONGEST} characters. You have {len(words)}.")
    goes_at = when(address, now, organisation)
    person = _person_at(tx, address)
    name, language = token(), language_of(address, person)
    row_id = outbox.queue(
        tx,
        **_row(address, words, goes_at, now),
        token=name,
        person_id=person.id if person else None,
        wording=wording,
        language=language,
        staff_id=colleague.id,
    )
    _record(tx, now, colleague, address, person, message=name, wording=wording)
    return row_id


def _row(address: Record, words: str, goes_at: datetime, now: datetime) -> dict[str, Any]:
    return {
        "address_id": address.id,
        "sender": address.sender,
        "priority": Priority.REPLY,
        "text": words,
        "state": OutState.QUEUED,
        "due_at": goes_at,
        "expires_at": goes_at + _LASTS,
        "created_at": now,
    }


def _record(
    tx: Tx, now: datetime, colleague: Colleague, address: Record, person: Record | None, **details: str
) -> None:
    person_id = person.id if person else None
    audit.record(tx, now, Act.WROTE, colleague.id, person_id=person_id, about=address.token, **details)


def check(tx: Tx, colleague: Colleague, address: Record, now: datetime) -> None:
    """Whether this colleague may write there now. Raises CannotWrite."""
    why = _why_not(tx, colleague, address, now)
    if why is not None:
        raise CannotWrite(why)


def _why_not(tx: Tx, colleague: Colleague, address: Record, now: datetime) -> str | None:
    """The first of the reasons that there are."""
    unsafe = reachable.is_unsafe(address, now)
    window = address.window_until is not None and now < address.window_until
    reasons = (
        (not threads.may_see(tx, eyes(colleague), address.id), _FOR_LEADS),
        (unsafe, _UNSAFE),
        (address.address is None, "Their number has been erased. Nothing can be sent here."),
        (address.state in _CLOSED, _CLOSED.get(address.state, "")),
        (address.spam is not None, "This thread is marked as spam. Take the mark off first."),
        (address.channel == Channel.SMS and address.landline, "This is a landline, which shows no texts. Ring them."),
        (address.channel == Channel.WHATSAPP and not window, _WINDOW),
    )
    return next((sentence for is_so, sentence in reasons if is_so), None)


def when(address: Record, now: datetime, organisation: Organisation) -> datetime:
    """When a message there goes: now, or where they did not write within the day, when a text may next go."""
    wrote_lately = address.last_in_at is not None and now - address.last_in_at < _ANSWERS_WITHIN
    if wrote_lately or rota.may_text(now, organisation):
        return now
    return _next_morning(now, organisation)


def _next_morning(now: datetime, organisation: Organisation) -> datetime:
    here = now.astimezone(organisation.zone)
    morning = _at(here.date(), organisation)
    while morning <= now or not rota.may_text(morning, organisation):
        morning = _at(morning.astimezone(organisation.zone).date() + timedelta(days=1), organisation)
    return morning


def _at(on: date, organisation: Organisation) -> datetime:
    return datetime.combine(on, _MORNING, organisation.zone)


def language_of(address: Record, person: Record | None) -> str:
    """The language in which to write to them."""
    return base(address.language or (person.language if person is not None else SOURCE_LANGUAGE))


def language_at(tx: Tx, address: Record, organisation: Organisation) -> str:
    """What our own texts there are written in: their language, in easier words where they asked for that."""
    language = language_of(address, _person_at(tx, address))
    return (organisation.catalogs.simple(language) if address.plain else None) or language


def draft(address: Record, words: str, language: str) -> Message:
    """The message as it would go, for the adapter's `show`."""
    return Message(
        token="draft",  # noqa: S106  never sent
        sender=address.sender,
        channel=Channel(address.channel),
        address=address.address or "",
        text=words,
        in_window=True,
        language=language,
    )


def answer(
    tx: Tx,
    colleague: Colleague,
    about: Thread,
    words: str,
    now: datetime,
    organisation: Organisation,
    *,
    seen: str,
    read_to: str,
    to: Record | None = None,
    warned: Collection[str] = (),
) -> int:
    """Write on a thread: what waited to be read there is read. Raises CannotWrite, AnsweredMeanwhile, AlsoWriting.

    `to` is the address; else the one that was opened. `seen` is the token of the last message of the team's that the
    page showed, and `read_to` the name of the last of theirs; each empty where there was none. `warned` are the tokens
    of colleagues of whom the page said that they are writing.
    """
    others = [row for row in said_at.by_staff(tx, about.ids, seen) if row.staff_id != colleague.id]
    if others:
        raise AnsweredMeanwhile(others)
    if any(one.token not in warned for one in handling.writing_now(tx, colleague, about, now)):
        raise AlsoWriting
    row_id = write(tx, colleague, to or about.address, words, now, organisation)
    handling.has_read(tx, colleague, about, now, read_to=read_to, because="answered")
    handling.end_answer(tx, colleague, about)
    return row_id


def last_of_team(tx: Tx, about: Thread) -> str:
    """The token of the last message that the team wrote there; empty where there is none."""
    last = said_at.by_staff(tx, about.ids)
    return last[0].token if last else ""


def _person_at(tx: Tx, address: Record) -> Record | None:
    """Who reads there, where that is one person."""
    here = [one for one in reach.people_at(tx, address.id) if one.state == PersonState.MEMBER]
    return here[0] if len(here) == 1 else None
