"""Invited: a message that answers what was asked by a message to many. Its conversation opens now, without a word.

It is told by a button, by the message that it quotes, by a project's name in it; else, where nothing is open, by there
being just one that nobody has answered. Where two could be meant we ask which, and keep the answer meanwhile.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bank import (
    awaited,
    manners,
    meanings,
    open_question,
    places,
    questions,
    replies,
    rsvp_heard,
    rsvps,
    talk,
)
from bank.awaited import Asked
from bank.interest_facts import LASTS
from bank.visit import Visit
from flows import everywhere
from language import kinds, understand
from language.kinds import only_thanks
from language.more import is_more
from language.reading import Meaning, Reading
from storage import digests, outbox
from storage import invitations as kept
from storage.invitations import Answer
from storage.messages_in import Disposition
from storage.rsvps import RsvpState
from storage.schema import Record

# So long what is no clear answer is taken for a try at one; later it is read by a person.
_FRESH = timedelta(days=3)


def take(visit: Visit) -> bool:
    """Take a message that came while nothing was open for the answer it may be. False where it is none."""
    if visit.standing is not None or not visit.people:
        return False
    waiting = awaited.waiting(visit)
    if waiting:
        return _take_one_of(visit, waiting)
    return _change_of_mind(visit)


def look(visit: Visit) -> None:
    """Note what their message may answer beside the open question, or where none is: CANCEL and END are answers."""
    if not visit.people:
        return
    if visit.standing is not None:
        visit.newer = tuple(awaited.newer(visit, visit.standing.id))
        likely = list(visit.newer)
    else:
        likely = awaited.waiting(visit) or [one for one in awaited.answered_lately(visit) if _was_no_no(one)]
    if likely:
        visit.question = awaited.question(visit, likely[0])


def _was_no_no(asked: Asked) -> bool:
    return any(row.answer in {Answer.YES, Answer.MAYBE} for row in asked.invitations)


def to_another_since(visit: Visit, rsvp: Record) -> bool:
    """An invitation to another meeting reached them after what they said of this one, and waits for its answer."""
    waits = [one for one in awaited.waiting(visit) if one.meeting is not None and one.meeting.id != rsvp.meeting_id]
    went = (outbox.get(visit.tx, row.row_id).claimed_at for one in waits for row in one.invitations)
    return any(at is not None and at > rsvp.changed_at for at in went)


def take_newer(visit: Visit) -> bool:
    """Take the message for what was asked after the open conversation asked last; that is asked again afterwards.

    False where nothing was, or where it answers only the open question.
    """
    return bool(visit.newer) and _take_one_of(visit, list(visit.newer))


def take_quoting(visit: Visit) -> bool:
    """The same for a message that quotes one of ours, whatever is open. False where it quotes none that asked."""
    quoted = visit.incoming.quoted_id if visit.incoming is not None else None
    row = outbox.find(visit.tx, token=None, provider_id=quoted) if quoted else None
    asked = awaited.by_message(visit, row.id) if row is not None else None
    if asked is None:
        return False
    open_for(visit, asked)
    return True


def press(visit: Visit, payload: str) -> bool:
    """A button of a message to many was pressed. False where it belongs to none that we sent there."""
    name, _dot, rest = payload.partition(".")
    row = outbox.find(visit.tx, token=name, provider_id=None)
    asked = awaited.by_message(visit, row.id) if row is not None else None
    if asked is None:
        return False
    open_for(visit, asked, heard=rest.rpartition(".")[2])
    return True


def take_more(visit: Visit) -> bool:
    """MORE is about what was asked here last, where no news went there since. False where it is not."""
    open_now = visit.standing is not None and not visit.newer
    if open_now or visit.mute or visit.unsafe or not is_more(visit.text, visit.language):
        return False
    waiting = kept.went_to(visit.tx, visit.address.id, visit.now - LASTS, answered=False, limit=1)
    news = digests.newest(visit.tx, visit.address.id, visit.now - LASTS)
    if not waiting or (news is not None and news.id > waiting[0].row_id):
        return False
    return take_newer(visit) if visit.newer else take(visit)


def _take_one_of(visit: Visit, waiting: list[Asked]) -> bool:
    named = [one for one in waiting if awaited.is_named(visit, one, waiting)] if len(waiting) > 1 else waiting
    asked = named[0] if len(named) == 1 else None
    reading = _read(visit, asked or waiting[0])
    newest = max(row.invited_at for one in waiting for row in one.invitations)
    if not _is_for_us(visit, reading, newest_is_fresh=visit.now - newest < _FRESH):
        return False
    if (reading.value is None or reading.guessed) and _answers_the_open(visit, guessed=reading.guessed):
        return False
    if asked is not None:
        open_for(visit, asked)
    else:
        _ask_which(visit, waiting[0], reading)
    return True


def _answers_the_open(visit: Visit, *, guessed: bool) -> bool:
    """It answers nothing that was asked later, or that was `guessed`, and surely answers the question that is open."""
    return visit.standing is not None and replies.surely_answers(visit, visit.standing, in_any_words=not guessed)


def _is_for_us(visit: Visit, reading: Reading, *, newest_is_fresh: bool) -> bool:
    """An answer; or what could be a try at one, or a question, soon after it was asked. Thanks alone are thanks."""
    if reading.value is not None:
        return reading.sure or not only_thanks(visit.text, visit.language)
    if kinds.what(visit.text, visit.language) in {Meaning.THANKS, Meaning.GREETING} or kinds.empty(visit.text):
        return False
    return newest_is_fresh


def _change_of_mind(visit: Visit) -> bool:
    """Another clear answer to what they answered last; the same one again only where it changes how they stand."""
    lately = awaited.answered_lately(visit)
    if not lately:
        return False
    (asked,) = lately
    reading = _read(visit, asked)
    again = all(reading.value == row.answer and not _stands_otherwise(visit, asked, row) for row in asked.invitations)
    again = again and not (asked.meeting is not None and rsvp_heard.tells_more(visit, asked.meeting, reading))
    if reading.value is None or not reading.sure or again or reading.value == "more":
        return False
    if asked.meeting is not None and reading.guessed:  # until it begins they may write of anything else
        return False
    open_for(visit, asked)
    return True


def _stands_otherwise(visit: Visit, asked: Asked, row: Record) -> bool:
    """They had said yes, and have neither a place nor a turn: it was offered to them, and went on."""
    if row.answer != Answer.YES:
        return False
    if asked.meeting is not None:
        stands = rsvps.stands(visit.tx, asked.meeting, row.person_id)
        return stands is None or stands.state == RsvpState.NOT_COMING
    if asked.project is None:
        return False
    return places.has_none(visit.tx, asked.project.id, row.person_id)


def _read(visit: Visit, asked: Asked) -> Reading:
    reading = understand.answer(awaited.question(visit, asked), visit.text, visit.language)
    return reading if asked.meeting is None else rsvp_heard.as_coming(visit, asked.meeting, reading)


def open_for(visit: Visit, asked: Asked, heard: str | None = None) -> None:
    """Stand at its question, and take the message, or the button, as the answer to that."""
    if awaited.is_closed(visit, asked):
        _tell_closed(visit, asked)
        return
    if awaited.must_tell_who(visit, asked):
        _ask_who(visit, asked, heard)
        return
    standing = awaited.stand_at(visit, asked)
    if heard is not None and replies.choose(visit, standing, heard):
        return
    replies.take(visit, standing)


def _tell_closed(visit: Visit, asked: Asked) -> None:
    visit.disposition = Disposition.FLOW
    if asked.meeting is not None:  # its flow says so, and by what name
        talk.open_flow(visit, asked.name, awaited.knows(visit, asked))
        return
    visit.tell("project_closed", everywhere.PROJECT_CLOSED)
    talk.ask_again(visit)


def _ask_who(visit: Visit, asked: Asked, heard: str | None) -> None:
    """Who writes is asked first, and the answer waits."""
    visit.person = None
    visit.subject = awaited.knows(visit, asked)
    kept = {"heard": heard} if heard is not None else _kept(visit, asked, _read(visit, asked))
    if kept is not None:
        talk.open_personal(visit, asked.name, {**visit.subject, **kept})


def _ask_which(visit: Visit, newest: Asked, reading: Reading) -> None:
    kept = _kept(visit, newest, reading)
    if kept is not None:
        talk.open_flow(visit, "which", kept)


def _kept(visit: Visit, asked: Asked, reading: Reading) -> dict[str, Any] | None:
    """What was answered, for when we know who or which; what stands beside it is passed on.

    None where it is no answer, but something of their own that was taken.
    """
    visit.disposition = Disposition.FLOW
    visit.reading = open_question.kept(reading)
    visit.asked = f"{asked.name}.ask"
    if meanings.take(visit, reading):
        return None
    if reading.value is None and questions.is_asked(reading):
        manners.take_question(visit, reading)
        return None
    replies.pass_on(visit, reading)
    if not reading.sure or not isinstance(reading.value, str):
        return {}
    beside = rsvp_heard.beside(visit, asked.meeting, reading) if asked.meeting is not None else {}
    return {"heard": reading.value, **beside}
