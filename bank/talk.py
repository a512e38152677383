"""Talk: conversations opened, carried on, put aside and ended, for one visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bank import by_form, feedback, getting_to_know, helping, learning, outcomes, question_sets, rsvp_open, who_writes
from bank.tokens import token
from bank.visit import Standing, Visit
from channels.message import Channel
from flows import engine
from flows.engine import Saying, Turn
from flows.grammar import Flow
from flows.position import Position, first
from flows.shipped import SHIPPED
from language.reading import Reading
from storage import conversations
from storage.conversations import ConversationState
from storage.outbox import Priority
from storage.schema import Record

# What they answered before we had asked who they are, or what it is about: a choice's id.
HEARD = "heard"
# A flow may hand over to another, which may hand over again; more than this is a mistake in a script.
_MOST_HANDOVERS = 5
_WHATSAPP_NUDGE = timedelta(hours=23)


def standing_of(row: Record) -> Standing:
    """The stored conversation as the engine knows it."""
    position = Position.from_json(row.flow, row.version, row.step, row.memory or {})
    return Standing(
        row.conversation_id, row.conversation_token, position, row.conversation_person_id, row.nudged, position
    )


def flow_named(visit: Visit, name: str) -> Flow:
    """The flow of that name: as it is shipped now, or built by a coordinator. A name that is gone leads to the menu."""
    return SHIPPED.get(name) or _built(visit, name) or SHIPPED["menu"]


def _built(visit: Visit, name: str) -> Flow | None:
    return question_sets.find(visit.tx, name, visit.language) or feedback.find(visit.tx, name, visit.language)


def flow_of(visit: Visit) -> Flow:
    """The flow of the conversation that is open."""
    return flow_named(visit, visit.standing.position.flow if visit.standing is not None else "menu")


def open_flow(
    visit: Visit, name: str, answers: Mapping[str, Any] | None = None, priority: Priority = Priority.REPLY
) -> None:
    """Begin a flow; what was open waits its turn."""
    flow = flow_named(visit, name)
    _put_aside(visit)
    follow(visit, _begin(visit, flow, answers), priority)


def _begin(visit: Visit, flow: Flow, answers: Mapping[str, Any] | None) -> Turn:
    """Store a new conversation where its first turn leaves it."""
    outcomes.begun(visit, flow.name)
    turn = engine.begin(flow, visit.facts_about(answers), answers)
    visit.standing = _stored(visit, flow, turn.position or first(flow, answers))
    return _with_what_was_heard(visit, flow, turn)


def _with_what_was_heard(visit: Visit, flow: Flow, turn: Turn) -> Turn:
    """The first question is not asked where they have answered it: we only had to find out who, or what about."""
    heard = turn.position.answers.get(HEARD) if turn.position is not None else None
    if turn.position is None or heard is None:
        return turn
    position = replace(turn.position, answers=_without_heard(turn.position.answers))
    asked = engine.question(flow, position, visit.facts)
    if heard not in {offer.id for offer in asked.offers}:
        return turn
    return engine.advance(flow, position, Reading(value=heard, sure=True), visit.facts)


def _without_heard(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name != HEARD}


def _stored(visit: Visit, flow: Flow, position: Position) -> Standing:
    name = token()
    person_id = visit.person.id if visit.person else None
    row_id = conversations.add(
        visit.tx,
        token=name,
        address_id=visit.address.id,
        person_id=person_id,
        state=ConversationState.OPEN,
        flow=flow.name,
        version=flow.version,
        step=position.step,
        memory=position.as_json(),
        opened_at=visit.now,
        nudge_at=_nudge_at(visit, flow),
        lapses_at=rsvp_open.lapses_at(visit.tx, position, visit.now + flow.lapse_after),
    )
    return Standing(row_id, name, position, person_id, stored=position)


def stand_at(visit: Visit, flow: Flow, position: Position) -> Standing:
    """Stand at a question that was asked already, by a message to many. What was open waits its turn."""
    _put_aside(visit)
    visit.standing = standing = _stored(visit, flow, position)
    return standing


def _put_aside(visit: Visit) -> None:
    if visit.standing is not None:
        conversations.change(visit.tx, visit.standing.id, {"state": ConversationState.WAITING, "nudge_at": None})
        visit.others_wait = True


def follow(visit: Visit, turn: Turn, priority: Priority = Priority.REPLY) -> None:
    """Do what a turn asks: learn, store the position, speak, and go on where the flow ended."""
    for _ in range(_MOST_HANDOVERS):
        ended = _apply(visit, turn, priority)
        if ended is None:
            return None
        following = outcomes.next_flow(turn, ended)
        if following is None:
            return _take_up_what_waits(visit, ended)
        name, answers = who_writes.asked_first(visit, *following)
        turn = _begin(visit, flow_named(visit, getting_to_know.resolve(visit, name)), answers)
    return None


def _apply(visit: Visit, turn: Turn, priority: Priority) -> Standing | None:
    """One turn's effects; returns the conversation it ended, if it did."""
    standing = visit.standing
    if standing is None:
        return None
    if turn.position is not None:
        standing.position = turn.position
    if turn.learned:
        helping.speak_for(visit)
    for name, value in turn.learned.items():
        learning.learn(visit, name, value)
    if turn.position is None:
        answers = {**standing.position.answers, **turn.learned}
        standing.position = replace(standing.position, answers=answers)
        outcomes.apply(visit, standing, turn)
    elif standing.position is not standing.stored:
        _remember(visit, standing)
    for saying in turn.say:
        visit.say(getting_to_know.for_whom(visit, saying), priority)
    visit.moved = turn.moved
    if turn.position is not None:
        return None
    conversations.end(visit.tx, standing.id, turn.outcome or "ended")
    visit.standing = None
    return standing


def remember(visit: Visit) -> None:
    """Keep where the open conversation stands, and say nothing."""
    if visit.standing is not None:
        _remember(visit, visit.standing)


def _remember(visit: Visit, standing: Standing) -> None:
    flow = flow_of(visit)
    stands = {
        "person_id": standing.person_id,
        "step": standing.position.step,
        "version": flow.version,
        "memory": standing.position.as_json(),
        "nudge_at": None if standing.nudged else _nudge_at(visit, flow),
        "lapses_at": rsvp_open.lapses_at(visit.tx, standing.position, visit.now + flow.lapse_after),
    }
    conversations.change(visit.tx, standing.id, stands)
    standing.stored = standing.position


def _nudge_at(visit: Visit, flow: Flow) -> datetime | None:
    """When to remind them, once; on WhatsApp while its 24 hours are still open."""
    if flow.nudge_after is None:
        return None
    wait = min(flow.nudge_after, _WHATSAPP_NUDGE) if visit.address.channel == Channel.WHATSAPP else flow.nudge_after
    return visit.now + wait


def _take_up_what_waits(visit: Visit, ended: Standing) -> None:
    """Ask again what was put aside, unless the flow that ended means that we should be quiet.

    Who has just asked for no texts is not asked; an answer of theirs is still heard.
    """
    if ended.position.flow in outcomes.QUIET_AFTER or not visit.others_wait:
        return
    row = conversations.next_waiting(visit.tx, visit.address.id)
    if row is None:
        return
    visit.standing = standing_of(row)
    quiet = visit.paused_until is not None
    nudge_at = None if row.nudged or quiet else _nudge_at(visit, flow_of(visit))
    conversations.change(visit.tx, row.conversation_id, {"state": ConversationState.OPEN, "nudge_at": nudge_at})
    if row.conversation_person_id is not None:
        visit.is_with(visit.person_called(row.conversation_person_id))
    if not quiet:
        follow(visit, engine.resume(flow_of(visit), visit.standing.position, visit.facts))


def open_or_resume(visit: Visit, name: str, answers: Mapping[str, Any] | None = None) -> None:
    """Begin a flow, or ask its open question again where they are in the middle of it."""
    if visit.standing is not None and visit.standing.position.flow == name:
        ask_again(visit)
    else:
        open_flow(visit, name, answers)


def open_join(visit: Visit, answers: Mapping[str, Any] | None = None) -> None:
    """Ask to join. On a phone that we know it may be somebody new: who it is, is asked before they agree."""
    if visit.standing is None or visit.standing.position.flow != "join":
        visit.person = None
    open_or_resume(visit, "join", answers)


def says_yes_to_form(visit: Visit, answers: Mapping[str, Any]) -> bool:
    """JOIN, where our text about their paper form is open, is a yes to it. False where it is not open."""
    standing = visit.standing
    if standing is None or standing.position.flow != by_form.FLOW:
        return False
    standing.position = replace(standing.position, checking=None, answers={**standing.position.answers, **answers})
    yes = Reading(value="yes", sure=True, because="join")
    follow(visit, engine.advance(flow_of(visit), standing.position, yes, visit.facts))
    return True


def open_personal(visit: Visit, name: str, known: Mapping[str, Any] | None = None) -> None:
    """Begin a flow that is about one person, first asking who writes where that is not known.

    `known` are answers that it has already. They are lost where we have to ask who writes.
    """
    asked, answers = who_writes.asked_first(visit, name, known)
    if answers and visit.standing is not None and visit.standing.position.flow == asked:
        position = visit.standing.position
        visit.standing.position = replace(position, answers={**position.answers, **answers})
    open_or_resume(visit, asked, answers)


def ask_again(visit: Visit) -> None:
    """Ask the open question once more, as it stands."""
    if visit.standing is not None:
        follow(visit, engine.resume(flow_of(visit), visit.standing.position, visit.facts))


def open_question(visit: Visit) -> Saying | None:
    """The open question as it would be asked again; None where nothing is open, or its step is gone."""
    if visit.standing is None or visit.standing.position.step not in flow_of(visit).steps:
        return None
    turn = engine.resume(flow_of(visit), visit.standing.position, visit.facts)
    return getting_to_know.for_whom(visit, turn.say[-1])


def after(told: Saying, mark: str, asked: Saying) -> Saying:
    """Both in one message. Its key has the mark before its last part: it is not the question said a moment ago."""
    head, _dot, slot = asked.key.rpartition(".")
    return replace(asked, key=f"{head}.{mark}.{slot}", words=(*told.words, *asked.words))


def end_all(visit: Visit, outcome: str) -> None:
    """Close every conversation at this address; answers in progress are gone."""
    conversations.end_all(visit.tx, visit.address.id, outcome)
    visit.standing = None
