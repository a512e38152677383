"""Replies: what somebody answered to the open question, read and carried on."""

from __future__ import annotations

from dataclasses import replace

from bank import desk, feedback_heard, meanings, members, open_question, questions, rsvp_heard, talk, telling_beside
from bank.questions import Told
from bank.visit import Standing, Visit
from flows import engine, everywhere, promise
from flows.engine import Asked, Turn
from flows.less import LESS
from language import kinds, understand
from language.beside import asks_for_fewer
from language.reading import Reading
from storage import since_asked
from storage.messages_in import Disposition
from storage.tasks import TaskKind

# What is agreed to there goes into the ledger, in the words that were shown.
_AGREEMENT = "join.agree"
_HELP_IS_AGREED = frozenset(
    f"{flow}.{step}" for flow in ("supporter", "helper_asked") for step in ("reminders", "answers", "both")
)
# Where consent or somebody's safety hangs on it, a yes that only the model heard is asked back.
_NEVER_GUESSED = frozenset(
    {
        _AGREEMENT,
        *_HELP_IS_AGREED,
        "less.how_often",
        "news.ask",
        "news.go_on",
        "promotions.ask",
        "coming.may_see",
        "perhaps_stop.ask",
        "safety.safe",
        "safety.closed",
        "care_trouble.ring",
        "care_trouble.ask",
        *(f"story.{step}" for step in ("right", "not_here", "web", "training", "report")),
    }
)
# There a yes counts only where nothing else asked something since.
_ONLY_WHERE_ASKED_LAST = _NEVER_GUESSED | {"approve.asked", "offer.ask", "rsvp_offer.ask", "rsvp_offer.alone"}


def take(visit: Visit, standing: Standing) -> None:
    """Read the message against the open question, and go where it leads."""
    flow = talk.flow_of(visit)
    visit.disposition = Disposition.FLOW
    try:
        asked = engine.question(flow, standing.position, visit.facts)
    except KeyError:  # the step was in an older version of the script: begin again, kindly
        talk.ask_again(visit)
        return
    if asked.key == _AGREEMENT and not members.was_shown_the_agreement(visit):
        talk.ask_again(visit)
        return
    reading = _read(visit, asked)
    visit.asked = asked.key
    visit.reading = open_question.kept(reading)
    if meanings.take(visit, reading):
        return
    if reading.value is not None and _answers_something_else(visit, standing, asked):
        _ask_anew(visit, reading)
        return
    _note(visit, asked.key, reading)
    _finish(visit, engine.advance(flow, standing.position, reading, visit.facts), reading)


def take_as(visit: Visit, standing: Standing, choice: str | tuple[str, ...]) -> None:
    """Take the message as this choice of the open question, with what stands beside it."""
    flow = talk.flow_of(visit)
    asked = engine.question(flow, standing.position, visit.facts)
    reading = replace(_read(visit, asked), value=choice, sure=True, guessed=False)
    visit.disposition = Disposition.FLOW
    visit.asked = asked.key
    visit.reading = open_question.kept(reading)
    meanings.look_besides(visit, reading)
    _note(visit, asked.key, reading)
    _finish(visit, engine.advance(flow, standing.position, reading, visit.facts), reading)


def _note(visit: Visit, key: str, reading: Reading) -> None:
    """Keep what stands beside the answer, where the conversation goes on from that."""
    rsvp_heard.note(visit, key, reading)
    telling_beside.note(visit, key, reading)


def take_answer(visit: Visit, standing: Standing) -> bool:
    """Go on where the message answers the open question. False, and nothing is done, where it does not."""
    try:
        asked = engine.question(talk.flow_of(visit), standing.position, visit.facts)
    except KeyError:
        return False
    reading = _read(visit, asked)
    if reading.value is None or _answers_something_else(visit, standing, asked):
        return False
    visit.disposition = Disposition.FLOW
    visit.asked = asked.key
    visit.reading = open_question.kept(reading)
    _note(visit, asked.key, reading)
    turn = engine.advance(talk.flow_of(visit), standing.position, reading, visit.facts)
    talk.follow(visit, _asked_too(visit, turn, reading) if turn.person == "question" else turn)
    return True


def surely_answers(visit: Visit, standing: Standing, *, in_any_words: bool) -> bool:
    """Whether the message is a sure answer to the open question. Without `in_any_words` all that is said is none."""
    try:
        asked = engine.question(talk.flow_of(visit), standing.position, visit.facts)
    except KeyError:
        return False
    if asked.read in {"words", "opinion", "story"} and not in_any_words:
        return False
    reading = _read(visit, asked)
    return reading.value is not None and reading.sure


def _read(visit: Visit, asked: Asked) -> Reading:
    reading = understand.answer(open_question.as_shown(visit, asked), visit.text, visit.language)
    if asked.key in rsvp_heard.ASKS and (meeting := rsvp_heard.meeting_of(visit)) is not None:
        reading = rsvp_heard.as_coming(visit, meeting, reading)
    if asked.key == rsvp_heard.COUNTS:
        reading = rsvp_heard.as_guests(visit, reading)
    guessed = reading.guessed and (asked.key.removesuffix(".check") in _NEVER_GUESSED or _is_opinion(visit, asked))
    return replace(reading, sure=False) if guessed else reading


def _is_opinion(visit: Visit, asked: Asked) -> bool:
    """A choice in what they tell us of a meeting: "the lift was broken" is a no only where they say so."""
    return bool(asked.offers) and feedback_heard.is_given(visit)


def _answers_something_else(visit: Visit, standing: Standing, asked: Asked) -> bool:
    """Much hangs on the open question, and a colleague or a message to many asked something there after it."""
    if asked.key.removesuffix(".check") not in _ONLY_WHERE_ASKED_LAST:
        return False
    later = since_asked.may_ask(visit.tx, visit.address.id, standing.id)
    return any(row.invitation_id is not None or kinds.asks(row.text or "", visit.language) for row in later)


def _ask_anew(visit: Visit, reading: Reading) -> None:
    """It may answer what was asked last: a person reads it, and the open question is asked once more."""
    pass_on(visit, reading)
    desk.keep(visit)
    talk.ask_again(visit)


def pass_on(visit: Visit, reading: Reading) -> None:
    """Keep what stands beside an answer that is not carried on at once: a question, a trouble, a wish for fewer."""
    meanings.look_besides(visit, reading)
    if asks_for_fewer(visit.text, visit.language):
        desk.ask_a_person(visit, TaskKind.READ, words=visit.text)
    if questions.is_asked(reading) and questions.ask(visit, reading, silent=visit.weary) is Told.PROMISE:
        visit.tell("asked", everywhere.ASKED)


def press(visit: Visit, standing: Standing, payload: str) -> bool:
    """A button of this conversation was pressed. False when it belongs to another, or to no choice of ours."""
    token, _dot, rest = payload.partition(".")
    step, _dot, choice = rest.partition(".")
    if token != standing.token:
        return False
    visit.disposition = Disposition.FLOW
    visit.asked = f"{standing.position.flow}.{step}"
    here = f"{standing.position.step}!" if standing.position.checking is not None else standing.position.step
    if step == here:
        return choose(visit, standing, choice)
    return _choose_earlier(visit, standing, step, choice)


def choose(visit: Visit, standing: Standing, choice: str) -> bool:
    """The choice of that id was picked, by a button. False where the open question has none of that id."""
    flow = talk.flow_of(visit)
    asked = engine.question(flow, standing.position, visit.facts)
    if choice not in {offer.id for offer in asked.offers}:
        return False
    reading = Reading(value=choice, sure=True, because="button")
    visit.reading = open_question.kept(reading)
    _finish(visit, engine.advance(flow, standing.position, reading, visit.facts), reading)
    return True


def _choose_earlier(visit: Visit, standing: Standing, step: str, choice: str) -> bool:
    """An older button: the same answer again changes nothing, another answer is a change of mind."""
    position = standing.position
    if step not in position.trail:
        return False
    saved = getattr(talk.flow_of(visit).steps.get(step), "save", None)
    if saved is None or position.answers.get(saved) == choice:
        visit.mute = True
        return True
    go_back_to(standing, step)
    return choose(visit, standing, choice)


def go_back_to(standing: Standing, step: str) -> None:
    """Stand again at a question that was answered."""
    trail = standing.position.trail
    standing.position = replace(
        standing.position, step=step, trail=trail[: trail.index(step)], checking=None, misses=0, page=0
    )


def _finish(visit: Visit, turn: Turn, reading: Reading) -> None:
    if turn.person == "question":
        turn = _asked_too(visit, turn, reading)
    elif turn.person is not None:
        desk.ask_a_person(visit, TaskKind.READ, words=visit.text)
        visit.disposition = Disposition.FLOW if turn.learned else Disposition.INBOX
    talk.follow(visit, turn)
    if turn.learned and visit.people and asks_for_fewer(visit.text, visit.language):
        _ask_how_often(visit)


def _ask_how_often(visit: Visit) -> None:
    """They want fewer texts too: we ask how many, or a person reads it where something else is asked already."""
    if visit.standing is None:
        talk.open_personal(visit, LESS.name)
    elif visit.standing.position.flow != LESS.name:
        desk.ask_a_person(visit, TaskKind.READ, words=visit.text)


def _asked_too(visit: Visit, turn: Turn, reading: Reading) -> Turn:
    """They asked something, alone or beside an answer. The turn says by when we answer where that is new to them."""
    told = questions.ask(visit, reading, silent=visit.weary or not promise.is_in(turn))
    if not turn.learned:
        visit.disposition = Disposition.QUESTION
    return turn if told is Told.PROMISE else promise.without(turn)
