"""Intake: one message taken in, in one transaction, with exactly one disposition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bank import (
    anonymous,
    arrival,
    danger,
    desk,
    feedback_word,
    invited,
    machines,
    manners,
    meanings,
    meeting_found,
    more_news,
    off_list,
    open_question,
    own_phone,
    pausing,
    project_word,
    question_phone,
    replies,
    set_aside,
    sorrow,
    story_telling,
    subjects,
    suiting,
    talk,
    telling_pressed,
    while_held,
    wished_format,
    words,
)
from bank.late import Late
from bank.late import take as decide_late
from bank.organisation import Organisation
from bank.visit import Visit
from channels.message import Channel, Incoming, Kind
from flows import everywhere
from language import kinds, understand
from language.everywhere import Word
from language.everywhere import everywhere as word_in
from language.normal import safe
from language.reading import Meaning
from storage import doorway, messages_in
from storage.messages_in import Disposition
from storage.schema import Record
from storage.store import Tx
from storage.told import How

_SORROWS = (sorrow.wrong_person, sorrow.bereaved)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a message: how many replies were queued, and which items were raised for a person."""

    repeat: bool = False
    disposition: Disposition | None = None
    replies: int = 0
    tasks: tuple[str, ...] = ()


def take(tx: Tx, incoming: Incoming, now: datetime, organisation: Organisation, late: Late | None = None) -> Taken:
    """Take in one message. A repeat of one that was here before has no second effect.

    `late`: it was a dead letter, and an answer to it would surprise.
    """
    door = doorway.look(tx, incoming.channel, incoming.address)
    address = door or arrival.stranger(tx, incoming, now, organisation)
    message_id = arrival.claim(tx, incoming, address, now)
    if message_id is None:
        return Taken(repeat=True)
    visit = Visit(tx, now, organisation, address, [], incoming, message_id, safe(incoming.text))
    if door is not None:
        arrival.know(visit, door)
        if late is None or door.address is None:
            arrival.note_seen(visit, door)
    return _taken_in(visit, message_id, _decide if late is None else lambda visit: decide_late(visit, late))


def take_typed(
    tx: Tx, message: Record, address: Record, text: str, how: How, by: int, now: datetime, organisation: Organisation
) -> Taken:
    """Take in what a colleague (`by`) typed for a voice note or a picture, as if its words had been texted."""
    incoming = Incoming(address.sender, Channel(address.channel), address.address, provider_id="", text=text)
    door = doorway.look(tx, address.channel, address.address)
    visit = Visit(tx, now, organisation, door or address, [], incoming, message.id, safe(text))
    visit.entered_by, visit.how = by, how
    if door is not None:
        arrival.know(visit, door)
    return _taken_in(visit, message.id, _decide_typed)


def _taken_in(visit: Visit, message_id: int, decide: Callable[[Visit], None]) -> Taken:
    visit.language = visit.person.language if visit.person else arrival.language_of(visit)
    manners.begin(visit)
    invited.look(visit)
    meeting_found.look(visit)
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
    elif _speaks(visit) and subjects.take(visit):
        pass
    elif visit.standing is not None and _speaks(visit):
        replies.take(visit, visit.standing)
    elif not (_speaks(visit) and invited.take(visit)) and not (_speaks(visit) and meanings.from_nowhere(visit)):
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
    because = understand.danger_in(open_question.of(visit), visit.text, visit.language)
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
    word = understand.word_in(open_question.of(visit), visit.text, visit.language)
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
    if invited.press(visit, payload) or telling_pressed.press(visit, payload):
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
    story_telling.take_grave,  # before what it tells of is taken for what happens now
    _machine_or_sorrow,
    manners.flooded,
    set_aside.for_a_colleague,
    wished_format.take,
    off_list.take,
    _word,
    suiting.take,  # after the words: a STOP is a STOP
    pausing.take,
    project_word.take,
    anonymous.take_wish,
    feedback_word.take,
    invited.take_more,
    more_news.take,
    anonymous.take_button,
    _button,
    anonymous.take_edit,
    _edit,
    anonymous.take_speechless,
)
_TAKERS_OF_TYPED: tuple[Callable[[Visit], bool], ...] = (
    while_held.take,
    _in_danger,
    story_telling.take_grave,
    _machine_or_sorrow,
    set_aside.typed_for_a_colleague,
    set_aside.needs_their_own_text,
    wished_format.take,
    off_list.take,
    _word,
    suiting.take,
    pausing.take,
    project_word.take,
    invited.take_more,
    more_news.take,
)
