"""Anonymous: what somebody tells us without their name being kept.

While they tell it, their answers hang on a random token that only this conversation holds. What they wrote is erased in
the transaction that takes it in, and nothing that we say repeats it. Danger was looked for before any of this: such a
text is kept, with who sent it, and people are told so first.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bank import feedback, feedback_heard, open_question, replies, talk
from bank.tokens import token
from bank.visit import Standing, Visit
from channels.message import Kind
from flows import anonymous, engine, everywhere
from flows import feedback as script
from flows.engine import Asked, Turn
from language import understand
from language.nameless import wants_no_name
from language.reading import Meaning, Reading
from language.wording import Words
from storage import conversations, feedback_unnamed, messages_in, outbox, rsvps
from storage import feedback as kept
from storage.conversations import ConversationState
from storage.feedback import About
from storage.messages_in import Disposition
from storage.schema import Record
from storage.store import Tx

_FREE = frozenset({"words", "opinion"})
_A_DAY = timedelta(days=1)
_SHOWN = frozenset({Kind.MEDIA, Kind.LOCATION, Kind.CONTACT})


def is_given(visit: Visit) -> bool:
    """The conversation that is open is one in which no name is kept."""
    standing = visit.standing
    return standing is not None and feedback_heard.is_given(visit) and "feedback" in standing.position.answers


def take(visit: Visit) -> bool:
    """Take the message as the answer to the open question, and erase it. False where something else is open.

    What answers no choice and asks us something needs to know who asks: they are asked to ask it afterwards.
    """
    return not _quotes_another(visit) and take_at_last(visit)


def take_at_last(visit: Visit) -> bool:
    """The same for what quotes another message of ours, and yet was for nothing else."""
    standing = visit.standing
    if standing is None or not is_given(visit):
        return False
    try:
        asked = engine.question(talk.flow_of(visit), standing.position, visit.facts)
    except KeyError:  # the step was in an older version of the set
        talk.ask_again(visit)
        return _erase(visit, standing)
    reading = understand.answer(open_question.as_shown(visit, asked), visit.text, visit.language)
    if reading.value is None and reading.meaning is Meaning.QUESTION:
        return _once_more(visit, standing, anonymous.ASK_US_LATER)
    _go_on(visit, standing, asked, reading)
    return True


def take_speechless(visit: Visit) -> bool:
    """A voice, a picture, or what somebody else wrote: nothing that could be kept without who sent it."""
    standing, incoming = visit.standing, visit.incoming
    if standing is None or incoming is None or visit.mute or visit.unsafe or not is_given(visit):
        return False
    if incoming.kind in _SHOWN and not visit.text.strip():
        return _once_more(visit, standing, anonymous.ONLY_WORDS)
    return incoming.forwarded and _once_more(visit, standing)


def _once_more(visit: Visit, standing: Standing, *words: Words) -> bool:
    """Ask the open question again, with these words before it, and erase what came."""
    visit.disposition = Disposition.FLOW
    talk.follow(visit, _led_by(engine.resume(talk.flow_of(visit), standing.position, visit.facts), *words))
    return _erase(visit, standing)


def take_button(visit: Visit) -> bool:
    """The same for a button; one of such a conversation that is over is erased too."""
    payload = (visit.incoming.payload if visit.incoming else None) or ""
    name, _dot, rest = payload.partition(".")
    row = conversations.called(visit.tx, name) if rest and not visit.mute and not visit.unsafe else None
    if row is None or script.id_of(row.flow) is None:
        return False
    standing = visit.standing
    if standing is None or standing.token != name:
        return row.state == ConversationState.ENDED and _passed(visit)
    if not is_given(visit):
        return False
    step, _dot, choice = rest.partition(".")
    if step != standing.position.step and step in standing.position.trail:
        replies.go_back_to(standing, step)
    asked = engine.question(talk.flow_of(visit), standing.position, visit.facts)
    fits = step == standing.position.step and choice in {offer.id for offer in asked.offers}
    _go_on(visit, standing, asked, Reading(value=choice, sure=True) if fits else Reading())
    return True


def _passed(visit: Visit) -> bool:
    """An old button, of what was told long ago."""
    visit.disposition = Disposition.FLOW
    visit.tell("stale", everywhere.STALE_BUTTON)
    return _blank(visit)


def take_edit(visit: Visit) -> bool:
    """A corrected message, of which the first words were erased as they came: so are these."""
    before = _corrected(visit)
    if before is None or before.text is not None or script.id_of((before.asked or "").partition(".")[0]) is None:
        return False
    visit.disposition = Disposition.FLOW
    if visit.standing is not None and is_given(visit):
        talk.ask_again(visit)
    return _blank(visit)


def _corrected(visit: Visit) -> Record | None:
    if visit.incoming is None or visit.incoming.kind is not Kind.EDIT:
        return None
    return messages_in.by_reference(visit.tx, visit.address.id, visit.incoming.edited_id or "")


def take_wish(visit: Visit) -> bool:
    """Somebody who tells us how it was would rather not have their name with it; what they said loses it too."""
    if visit.mute or visit.unsafe or not wants_no_name(visit.text, visit.language):
        return False
    standing = visit.standing
    if standing is None or not feedback_heard.is_given(visit):
        return _take_afterwards(visit)
    visit.disposition = Disposition.FLOW
    visit.asked = f"{standing.position.flow}.{standing.position.step}"
    words: tuple[Words, ...] = (anonymous.NO_NAME,)
    if not is_given(visit):
        _lose_the_name(visit, standing)
        words = (anonymous.NO_NAME_NOW,)
    few = (anonymous.FEW_CAME,) if standing.position.answers.get("few_came") else ()
    talk.remember(visit)
    turn = engine.resume(talk.flow_of(visit), standing.position, visit.facts)
    talk.follow(visit, _led_by(turn, *words, *few))
    return True


def _take_afterwards(visit: Visit) -> bool:
    """They told us all of it lately, and say so now."""
    if visit.person is None:
        return False
    told = feedback_unnamed.told_since(visit.tx, visit.person.id, visit.now - _A_DAY)
    if told is None:
        return False
    row = kept.get_round(visit.tx, told.round_id)
    there = feedback_unnamed.conversation_in(visit.tx, visit.address.id, script.name_of(row.set_id))
    if there is None:
        return False
    _unname(visit, row, visit.person.id, there, None)
    visit.disposition = Disposition.FLOW
    visit.tell("no_name", anonymous.NO_NAME_NOW)
    return True


def _unname(visit: Visit, row: Record, person_id: int, conversation_id: int, open_token: str | None) -> None:
    """What they said of this is nobody's, and their words of that conversation are erased."""
    given = kept.of_person(visit.tx, row.id, person_id)
    if given is not None:
        nameless = feedback.begin(visit.tx, row, None, visit.now, open_token=open_token)
        feedback_unnamed.unname(visit.tx, given.id, nameless.id)
    if row.about == About.MEETING and (place := rsvps.of(visit.tx, row.meeting_id, person_id)) is not None:
        rsvps.change(visit.tx, place.id, {"had_needs": None})
    feedback_unnamed.blank_conversation(visit.tx, visit.address.id, conversation_id, visit.now)


def _lose_the_name(visit: Visit, standing: Standing) -> None:
    """What they answered so far hangs on a token from now on."""
    row = kept.round_called(visit.tx, str(standing.position.answers.get("round", "")))
    if row is None or visit.person is None:
        return
    open_token = token()
    _unname(visit, row, visit.person.id, standing.id, open_token)
    left = {name: value for name, value in standing.position.answers.items() if not name.startswith("q")}
    answers = {**left, **feedback.opening(visit.tx, row, visit.organisation.smallest_shown, open_token)}
    standing.position = replace(standing.position, checking=None, answers=answers)


def _go_on(visit: Visit, standing: Standing, asked: Asked, reading: Reading) -> None:
    """Keep the answer, ask the next question, erase what was written. What is unclear is asked once more, then left."""
    flow, position = talk.flow_of(visit), replace(standing.position, checking=None)
    visit.disposition, visit.asked = Disposition.FLOW, asked.key
    asks_too = "question" in reading.also
    if reading.value is not None and (reading.sure or asked.read in _FREE):
        turn = engine.advance(flow, position, replace(reading, sure=True, also=()), visit.facts)
    elif position.misses:
        turn = engine.skip(flow, position, visit.facts)
    else:
        turn = engine.advance(flow, position, Reading(), visit.facts)
    talk.follow(visit, _led_by(_unsaid(turn), *((anonymous.ASK_US_LATER,) if asks_too else ())))
    _erase(visit, standing)


def _unsaid(turn: Turn) -> Turn:
    """Without the answers in what the conversation remembers; they are learned all the same."""
    if turn.position is None:
        return turn
    left = {name: value for name, value in turn.position.answers.items() if name not in turn.learned}
    return replace(turn, person=None, position=replace(turn.position, answers=left))


def _led_by(turn: Turn, *words: Words) -> Turn:
    """With these words before the first that it says."""
    if not words or not turn.say:
        return turn
    (first, *more) = turn.say
    return replace(turn, say=(replace(first, words=(*words, *first.words)), *more))


def _quotes_another(visit: Visit) -> bool:
    """It quotes a message of ours that is not of this conversation, and may have asked something else."""
    quoted = visit.incoming.quoted_id if visit.incoming is not None else None
    row = outbox.find(visit.tx, token=None, provider_id=quoted) if quoted else None
    here = visit.standing.id if visit.standing is not None else None
    return row is not None and outbox.get(visit.tx, row.id).conversation_id != here


def _erase(visit: Visit, standing: Standing) -> bool:
    visit.asked = visit.asked or f"{standing.position.flow}.{standing.position.step}"
    return _blank(visit)


def _blank(visit: Visit) -> bool:
    visit.reading = {"meaning": "feedback"}
    visit.text = ""
    if visit.message_id is not None:
        feedback_unnamed.blank_message(visit.tx, visit.message_id)
    return True


def let_go(tx: Tx, conversation_id: int) -> None:
    """A conversation is over that was not finished: what was said counts, and nobody can find it any more."""
    if script.id_of(conversations.whereabouts(tx, conversation_id).flow) is None:
        return  # the memory of another, which may be broken, is not looked at
    row = conversations.standing(tx, conversation_id)
    if open_token := (row.memory or {}).get("answers", {}).get("feedback"):
        feedback.leave(tx, open_token)
