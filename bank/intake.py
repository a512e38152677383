"""Intake: one message taken in, in one transaction, with exactly one disposition."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bank import (
    danger,
    desk,
    helping,
    machines,
    manners,
    meanings,
    own_phone,
    question_phone,
    replies,
    set_aside,
    sorrow,
    talk,
    while_held,
    words,
)
from bank.organisation import Organisation
from bank.tokens import token
from bank.visit import Visit
from channels.message import Channel, Incoming, Kind
from flows import everywhere
from language import kinds, phones, tongues, understand
from language.everywhere import Word
from language.everywhere import everywhere as word_in
from language.normal import safe
from language.reading import Meaning
from language.wording import SOURCE_LANGUAGE
from storage import addresses, doorway, messages_in, reach
from storage.addresses import AddressState
from storage.messages_in import Disposition
from storage.schema import Record
from storage.store import Tx

# WhatsApp lets us answer freely for 24 hours after a person wrote; the margin keeps us clear of the edge.
_WHATSAPP_WINDOW = timedelta(hours=24) - timedelta(minutes=2)
_A_MINUTE = timedelta(minutes=1)
_CLOSED = frozenset({AddressState.STOPPED, AddressState.BLOCKED})
_LONGEST_KEY = 64
_SORROWS = (sorrow.wrong_person, sorrow.bereaved)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a message: how many replies were queued, and which items were raised for a person."""

    repeat: bool = False
    disposition: Disposition | None = None
    replies: int = 0
    tasks: tuple[str, ...] = ()


def take(tx: Tx, incoming: Incoming, now: datetime, organisation: Organisation) -> Taken:
    """Take in one message. A repeat of one that was here before has no second effect."""
    door = doorway.look(tx, incoming.channel, incoming.address)
    address = door or _new_address(tx, incoming, now, organisation)
    message_id = _claim(tx, incoming, address, now)
    if message_id is None:
        return Taken(repeat=True)
    visit = Visit(tx, now, organisation, address, [], incoming, message_id, safe(incoming.text))
    if door is not None:
        _know(visit, door)
        _note_seen(visit, door)
    return _taken_in(visit, message_id, _decide)


def take_typed(tx: Tx, message: Record, address: Record, text: str, now: datetime, organisation: Organisation) -> Taken:
    """Take in what a colleague typed for a voice note or a picture, as if its words had been texted."""
    incoming = Incoming(address.sender, Channel(address.channel), address.address, provider_id="", text=text)
    door = doorway.look(tx, address.channel, address.address)
    visit = Visit(tx, now, organisation, door or address, [], incoming, message.id, safe(text))
    if door is not None:
        _know(visit, door)
    return _taken_in(visit, message.id, _decide_typed)


def _taken_in(visit: Visit, message_id: int, decide: Callable[[Visit], None]) -> Taken:
    visit.language = visit.person.language if visit.person else _language(visit)
    manners.begin(visit)
    decide(visit)
    manners.remember(visit)
    set_aside.end_in_danger(visit)
    settled = {
        "disposition": visit.disposition,
        "person_id": visit.person.id if visit.person else None,
        "reading": visit.reading,
        "asked": visit.asked,
    }
    if visit.helper is not None and visit.for_another:
        settled["supporter_id"] = visit.helper.id
    messages_in.settle(visit.tx, message_id, settled)
    return Taken(False, visit.disposition, len(visit.queued), tuple(visit.tasks))


def _new_address(tx: Tx, incoming: Incoming, now: datetime, organisation: Organisation) -> Record:
    """A stranger's address. Nothing of theirs is kept beyond the days of an unfinished join."""
    added = addresses.add_once(
        tx,
        token=token(),
        channel=incoming.channel,
        sender=incoming.sender,
        address=incoming.address,
        address_key=addresses.key_of(incoming.channel, incoming.address),
        state=AddressState.OPEN,
        landline=incoming.channel is Channel.SMS and phones.line(incoming.address) == "landline",
        last_in_at=now,
        window_until=_window(incoming, now),
        erase_at=now + timedelta(days=organisation.days_unfinished),
        created_at=now,
    )
    known = added or addresses.find(tx, incoming.channel, incoming.address)
    if known is None:
        raise LookupError("an address that was just added is not there")
    return known


def _window(incoming: Incoming, now: datetime) -> datetime | None:
    return now + _WHATSAPP_WINDOW if incoming.channel is Channel.WHATSAPP else None


def _claim(tx: Tx, incoming: Incoming, address: Record, now: datetime) -> int | None:
    key = f"{incoming.sender}:{incoming.provider_id}"
    if len(key) > _LONGEST_KEY:
        key = hashlib.sha256(key.encode()).hexdigest()
    return messages_in.claim(
        tx,
        provider_key=key,
        message_ref=_fitting(incoming.message_id or incoming.provider_id),
        address_id=address.id,
        kind=incoming.kind,
        text=safe(incoming.text),
        raw=safe(incoming.raw) or None,
        media=incoming.media,
        forwarded=incoming.forwarded,
        received_at=now,
        sent_at=incoming.sent_at,
    )


def _fitting(reference: str) -> str | None:
    return reference if len(reference) <= _LONGEST_KEY else None


def _know(visit: Visit, door: Record) -> None:
    """What we know of an address that has written before: who is reached there, and what is open."""
    visit.everyone = reach.people_at(visit.tx, door.id) if door.reaches_somebody else []
    visit.others_wait = door.others_wait
    visit.burst_since = door.burst_since
    if door.conversation_id is not None:
        visit.standing = talk.standing_of(door)
        visit.is_with(visit.person_called(door.conversation_person_id))
        if visit.person is None and door.conversation_person_id is not None:
            helping.recognise(visit, door.conversation_person_id)
    elif len(visit.people) == 1:
        visit.is_with(visit.people[0])
    visit.mute = door.state in _CLOSED or _before(visit, door.silent_until)
    visit.unsafe = _before(visit, door.unsafe_until)


def _note_seen(visit: Visit, door: Record) -> None:
    """That they wrote, to which of our senders, and when; a minute's exactness is enough."""
    incoming = visit.incoming
    if incoming is None or (
        door.sender == incoming.sender
        and door.address is not None
        and door.state != AddressState.DEAD
        and door.last_in_at is not None
        and visit.now - door.last_in_at < _A_MINUTE
    ):
        return
    unfinished = visit.now + timedelta(days=visit.organisation.days_unfinished)
    seen = {
        "address": incoming.address,  # it may have been erased since
        "sender": incoming.sender,
        "last_in_at": visit.now,
        "window_until": _window(incoming, visit.now),
        "erase_at": door.erase_at if visit.everyone else unfinished,
    }
    if door.state == AddressState.DEAD:  # whoever writes can be reached
        seen["state"] = AddressState.OPEN
    addresses.change(visit.tx, door.id, seen)


def _language(visit: Visit) -> str:
    """The language that we write in: theirs if we know it, else what their own words or their app suggest."""
    if visit.address.language:
        return str(visit.address.language)
    written = visit.organisation.catalogs.languages
    hint = visit.incoming.language_hint if visit.incoming else None
    for suggested in (tongues.guess(visit.text), hint):
        if suggested in written and suggested != SOURCE_LANGUAGE:
            addresses.change(visit.tx, visit.address.id, {"language": suggested})
            return str(suggested)
    return SOURCE_LANGUAGE


def _before(visit: Visit, until: datetime | None) -> bool:
    return until is not None and visit.now < until


def _decide(visit: Visit) -> None:
    """What the message is, most serious first."""
    if not any(taken(visit) for taken in _TAKERS):
        _go_on(visit, manners.keep)


def _decide_typed(visit: Visit) -> None:
    """The same for words that somebody else typed: they carry on what is open, and agree to nothing."""
    if not any(taken(visit) for taken in _TAKERS_OF_TYPED):
        _go_on(visit, desk.keep)


def _go_on(visit: Visit, otherwise: Callable[[Visit], None]) -> None:
    """An answer to the open question, or what came from nowhere."""
    if visit.mute or visit.unsafe:
        _keep_in_silence(visit)  # a question that we do not answer would be a question never shown
    elif visit.standing is not None and _speaks(visit):
        replies.take(visit, visit.standing)
    elif not (_speaks(visit) and meanings.from_nowhere(visit)):
        otherwise(visit)


def _keep_in_silence(visit: Visit) -> None:
    because = understand.cry_beside(visit.text, visit.language) if _speaks(visit) else None
    if because:
        danger.take(visit, because)
    elif not (_speaks(visit) and meanings.in_silence(visit)):
        desk.keep(visit)


def _speaks(visit: Visit) -> bool:
    """There are words of their own to read: not only a picture, not what somebody else wrote."""
    return bool(visit.text.strip()) and not (visit.incoming is not None and visit.incoming.forwarded)


def _provider_word(visit: Visit) -> bool:
    """The provider has answered STOP, START or HELP itself: our record agrees, and nobody is answered twice."""
    word = visit.incoming.opt_out if visit.incoming else None
    if word not in {"STOP", "START", "HELP"}:
        return False
    if word == "START" and word_in(visit.text, visit.language, asked=False) is not Word.START:
        return False  # YES and such: an answer to a question, whatever the provider made of it
    words.obey_silently(visit, Word(word.lower()))
    return True


def _said_nothing(visit: Visit) -> bool:
    if kinds.reaction(visit.text) is not None:
        machines.quiet(visit, "reaction")
        return True
    return False


def _in_danger(visit: Visit) -> bool:
    because = understand.danger_in(replies.question_of(visit), visit.text, visit.language)
    if because is None:
        return False
    danger.take(visit, because)
    return True


def _machine_or_sorrow(visit: Visit) -> bool:
    taking: dict[Meaning | None, Callable[[Visit], Any]] = {
        Meaning.AUTO_REPLY: lambda visit: machines.note(visit, "auto_reply"),
        Meaning.WRONG_PERSON: sorrow.wrong_person,
        Meaning.BEREAVEMENT: sorrow.bereaved,
    }
    taker = taking.get(kinds.what(visit.text, visit.language)) if _speaks(visit) else None
    if taker is None:
        return False
    if taker in _SORROWS and (because := understand.cry_beside(visit.text, visit.language)):
        danger.take(visit, because)
    else:
        taker(visit)
    return True


def _word(visit: Visit) -> bool:
    if not _speaks(visit) and not (visit.incoming and visit.incoming.start_code):
        return False
    word = understand.word_in(replies.question_of(visit), visit.text, visit.language)
    if word is None and visit.incoming is not None and visit.incoming.start_code:
        word = Word.JOIN
    if word is None:
        return False
    if because := understand.cry_beside(visit.text, visit.language):
        danger.take(visit, because)
    else:
        words.obey(visit, word)
    return True


def _button(visit: Visit) -> bool:
    payload = visit.incoming.payload if visit.incoming else None
    if not payload or visit.mute or visit.unsafe:
        return False
    if visit.standing is not None and replies.press(visit, visit.standing, payload):
        return True
    visit.disposition = Disposition.FLOW
    if visit.standing is not None:
        talk.ask_again(visit)
    else:
        visit.tell("stale", everywhere.STALE_BUTTON)
    return True


def _edit(visit: Visit) -> bool:
    """A corrected message is a new answer to the question that it answered, where that conversation is still open.

    A correction of anything else is kept for a person: it was never meant for the question that is open now.
    """
    if visit.incoming is None or visit.incoming.kind is not Kind.EDIT:
        return False
    before = messages_in.by_reference(visit.tx, visit.address.id, visit.incoming.edited_id or "")
    flow, _dot, step = (before.asked if before is not None and before.asked else "").partition(".")
    step = step.removesuffix(".check")
    if visit.standing is not None and flow == visit.standing.position.flow:
        if step == visit.standing.position.step:
            visit.standing.position = replace(visit.standing.position, checking=None)
            return False
        if step in visit.standing.position.trail:
            replies.go_back_to(visit.standing, step)
            return False
    desk.keep(visit)
    return True


_TAKERS: tuple[Callable[[Visit], bool], ...] = (
    own_phone.take,
    while_held.take,
    _provider_word,
    _said_nothing,
    question_phone.take,  # a colleague may write of danger in an answer
    _in_danger,
    set_aside.as_spam,
    _machine_or_sorrow,
    manners.flooded,
    set_aside.for_a_colleague,
    _word,
    _button,
    _edit,
)
_TAKERS_OF_TYPED: tuple[Callable[[Visit], bool], ...] = (
    while_held.take,
    _in_danger,
    _machine_or_sorrow,
    set_aside.for_a_colleague,
    set_aside.needs_their_own_text,
    _word,
)
