"""The conversation engine: pure functions from where somebody stands, and what they said, to a turn.

`begin` opens a flow, `question` gives the open question, `advance` takes a reading of the reply,
`back` and `skip` do what those words ask. Check-back, misses and a person's own question are here,
once, so that no flow need think of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flows import engine_words
from flows.grammar import Ask, Branch, Choose, End, Facts, Flow, FromFacts, Handover, More, Offer, Question
from flows.offers import MORE_PAGE, offers, whole_list
from flows.position import Position, first
from language.reading import Meaning, Reading
from language.wording import Words, own


@dataclass(frozen=True, slots=True)
class Asked:
    """The open question: its name (flow.step), text, how to read a reply, and its choices."""

    key: str
    text: Words
    read: str
    offers: tuple[Offer, ...] = ()
    one_line: bool = False
    again: Words | None = None

    @property
    def many(self) -> bool:
        """Several of the choices may be picked."""
        return self.read == "choices"


@dataclass(frozen=True, slots=True)
class Saying:
    """One message to send: its wording's key (flow.step.slot), words (a line each), choices and layout.

    `meant` is what the value "{meant}" stands for: the answer we ask them to confirm. With `many`,
    several choices may be picked, which buttons cannot do.
    """

    key: str
    words: tuple[Words, ...]
    offers: tuple[Offer, ...] = ()
    one_line: bool = False
    meant: tuple[Words, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of one message.

    `position` is None when the flow ended, with `outcome`; `next_flow` is the flow it hands over
    to. `learned` is applied every turn. `person` says why somebody of ours should look: "miss" or
    "question". `moved` is False when the message brought the conversation no further.
    """

    say: tuple[Saying, ...] = ()
    position: Position | None = None
    learned: Mapping[str, Any] = field(default_factory=dict)
    outcome: str | None = None
    next_flow: str | None = None
    person: str | None = None
    moved: bool = True


def begin(flow: Flow, facts: Facts, answers: Mapping[str, Any] | None = None) -> Turn:
    """Open the flow at its start."""
    return _walk(flow, first(flow, answers), facts)


def resume(flow: Flow, position: Position, facts: Facts) -> Turn:
    """Ask the open question again; a step that is no longer there restarts the flow."""
    if not isinstance(flow.steps.get(position.step), (Ask, Choose)):
        return _walk(flow, replace(first(flow, position.answers), trail=()), facts)
    return Turn((_saying(flow, position, facts),), position)


def question(flow: Flow, position: Position, facts: Facts) -> Asked:
    """The question that is open, with its choices resolved. Raises KeyError for a step that is gone."""
    key = f"{flow.name}.{position.step}"
    if position.checking is not None:
        return Asked(f"{key}.check", engine_words.CHECK, "choice", engine_words.YES_NO)
    step = flow.steps[position.step]
    if isinstance(step, Choose):
        read = "choices" if step.many else "choice"
        return Asked(key, step.text, read, offers(step, position.page, facts), step.one_line, step.again)
    if isinstance(step, Ask):
        return Asked(key, step.text, step.read, again=step.again)
    raise KeyError(key)


def advance(flow: Flow, position: Position, reading: Reading, facts: Facts) -> Turn:
    """What happens when a reply that reads so comes to the open question."""
    step = flow.steps[position.step]
    if isinstance(step, Ask) and step.under_18 is not None and reading.details.get("under_18"):
        return _walk(flow, _moved_on(replace(position, checking=None), step.under_18), facts)
    if position.checking is not None:
        return _checked(flow, position, reading, facts)
    if reading.value is None:
        return _unanswered(flow, position, reading, facts)
    if not reading.sure and not _at_once(flow, position, reading.value):
        return _check_back(flow, position, reading.value, facts, asks="question" in reading.also)
    return _answered(flow, position, reading.value, facts, asks="question" in reading.also)


def _at_once(flow: Flow, position: Position, value: Any) -> bool:
    step = flow.steps[position.step]
    fixed = step.choices if isinstance(step, Choose) and not isinstance(step.choices, FromFacts) else ()
    return any(choice.id == value and choice.at_once for choice in fixed)


def back(flow: Flow, position: Position, facts: Facts) -> Turn:
    """Go back to the question before; from a check-back, or where there is none, ask this one again."""
    if position.checking is not None or not position.trail:
        return resume(flow, replace(position, checking=None, misses=0), facts)
    earlier = Position(flow.name, flow.version, position.trail[-1], position.answers, trail=position.trail[:-1])
    return resume(flow, earlier, facts)


def skip(flow: Flow, position: Position, facts: Facts) -> Turn:
    """Leave this question unanswered where the flow lets it; say kindly that it is needed where not."""
    step = flow.steps.get(position.step)
    onward = step.skip if isinstance(step, (Ask, Choose)) else None
    if onward is None:
        plain = replace(position, checking=None)
        asked = _saying(flow, plain, facts, again=True)
        return Turn((replace(asked, words=(engine_words.NEEDED, *asked.words)),), plain, moved=False)
    return _walk(flow, _moved_on(position, onward), facts)


def nudge(flow: Flow, position: Position, facts: Facts) -> Saying | None:
    """The one kind reminder of a question left open, or None where the flow has none."""
    if flow.nudge is None or not isinstance(flow.steps.get(position.step), (Ask, Choose)):
        return None
    # With a check-back open, the check-back: "1" would be read as an answer to it.
    asked = _saying(flow, position, facts, again=True)
    return replace(asked, key=f"{flow.name}.nudge", words=(flow.nudge, *asked.words))


def _answered(flow: Flow, position: Position, value: Any, facts: Facts, *, asks: bool = False) -> Turn:
    step = _open_step(flow, position)
    if isinstance(value, tuple) and position.page:
        value = tuple(dict.fromkeys((*position.answers.get(step.save, ()), *value)))
    if isinstance(step, Choose) and isinstance(value, tuple):
        value = whole_list(step, position.page, value, facts)
    kept = [one for one in value if one != MORE_PAGE] if isinstance(value, tuple) else value
    answers = {**position.answers, step.save: kept}
    if value == MORE_PAGE or (isinstance(value, tuple) and MORE_PAGE in value):
        so_far = answers if isinstance(value, tuple) else position.answers
        turn = resume(flow, replace(position, answers=so_far, page=position.page + 1, misses=0), facts)
        return _noting_question(turn) if asks else turn
    onward = _moved_on(replace(position, answers=answers), _edge(step, value))
    turn = replace(_walk(flow, onward, facts), learned={step.save: kept})
    return _noting_question(turn) if asks else turn


def _open_step(flow: Flow, position: Position) -> Question:
    step = flow.steps[position.step]
    if isinstance(step, (Ask, Choose)):
        return step
    raise KeyError(f"{flow.name}.{position.step}")


def _noting_question(turn: Turn) -> Turn:
    if not turn.say and turn.next_flow is None:
        return replace(turn, person="question")  # this end is silent for a reason: a text could do harm
    if not turn.say:
        return replace(turn, say=(Saying("engine.question", (engine_words.WILL_ANSWER,)),), person="question")
    opening = replace(turn.say[0], words=(engine_words.WILL_ANSWER, *turn.say[0].words))
    return replace(turn, say=(opening, *turn.say[1:]), person="question")


def _edge(step: Question, value: Any) -> str:
    if step.then is not None:
        return step.then
    if isinstance(step, Choose) and not isinstance(step.choices, FromFacts):
        return next(choice.then for choice in step.choices if choice.id == value)
    raise KeyError(step.save)


def _moved_on(position: Position, step: str) -> Position:
    trail = (*position.trail, position.step)
    return Position(position.flow, position.version, step, position.answers, trail=trail)


def _checked(flow: Flow, position: Position, reading: Reading, facts: Facts) -> Turn:
    plain = replace(position, checking=None)
    if reading.sure and reading.value == "yes":
        return _answered(flow, plain, position.checking, facts, asks="question" in reading.also)
    if reading.sure and reading.value == "no":
        return resume(flow, plain, facts)
    return _unanswered(flow, plain, reading, facts)


def _check_back(
    flow: Flow, position: Position, value: str | tuple[str, ...], facts: Facts, *, asks: bool = False
) -> Turn:
    if position.misses >= 1:
        return _miss(flow, position, facts)
    checking = replace(position, checking=value, misses=position.misses + 1)
    turn = Turn((_saying(flow, checking, facts),), checking, moved=False)
    return _noting_question(turn) if asks else turn


def _unanswered(flow: Flow, position: Position, reading: Reading, facts: Facts) -> Turn:
    if reading.meaning is Meaning.QUESTION:
        asked = _saying(flow, position, facts, again=True)
        said = replace(asked, key="engine.question", words=(engine_words.WILL_ANSWER, *asked.words))
        return Turn((said,), position, person="question", moved=False)
    return _miss(flow, position, facts)


def _miss(flow: Flow, position: Position, facts: Facts) -> Turn:
    missed = replace(position, checking=None, misses=position.misses + 1)
    if missed.misses == 1:
        return Turn((_hint(flow, missed, facts),), missed, moved=False)
    if missed.misses == 2:
        handed = Saying("engine.person", (engine_words.A_PERSON_WILL_READ,))
        return Turn((handed,), missed, person="miss", moved=False)
    return Turn((), missed, person="miss", moved=False)


def _hint(flow: Flow, position: Position, facts: Facts) -> Saying:
    asked = question(flow, position, facts)
    shown = [offer for offer in asked.offers if offer.label is not None]
    if not shown:
        if asked.read == "story":
            return Saying("engine.hint", (asked.again or asked.text,))
        if asked.read == "rating":
            return Saying("engine.hint", (engine_words.HINT_RATING,))
        if asked.read == "count":
            return Saying("engine.hint", (engine_words.HINT_COUNT, asked.again or asked.text))
        return Saying("engine.hint", (engine_words.HINT_FOR.get(asked.read, engine_words.HINT_OPEN), asked.text))
    words = (engine_words.HINTS[min(len(shown), 9)],)
    return Saying("engine.hint", words, asked.offers, asked.one_line, many=asked.many)


def _walk(flow: Flow, position: Position, facts: Facts) -> Turn:
    """Follow steps that need no reply until one asks, or the flow ends."""
    said: list[Saying] = []
    more: list[Saying] = []
    while True:
        step = flow.steps[position.step]
        if isinstance(step, (Ask, Choose)):
            position = _without_loops(position)
            return Turn((*said, _asking(flow, position, facts, more)), position)
        if isinstance(step, Handover):
            return Turn(tuple(said), None, outcome=position.step, next_flow=step.to)
        if isinstance(step, End):
            return Turn(tuple(said), None, outcome=step.outcome)
        if isinstance(step, Branch):
            position = replace(position, step=step.yes if step.when(facts, position.answers) else step.no)
            continue
        saying = Saying(f"{flow.name}.{position.step}.text", (step.text,))
        (more if isinstance(step, More) else said).append(saying)
        if step.then is None:
            return Turn(tuple(said), None, outcome=step.outcome or position.step)
        position = replace(position, step=step.then)


def _asking(flow: Flow, position: Position, facts: Facts, more: Sequence[Saying]) -> Saying:
    """The question, in one message with what was said more just before it."""
    asked = _saying(flow, position, facts, again=bool(more))
    if not more:
        return asked
    words = tuple(one for saying in more for one in saying.words)
    return replace(asked, key=more[-1].key, words=(*words, *asked.words))


def _without_loops(position: Position) -> Position:
    """A question asked again is not behind us any more."""
    if position.step not in position.trail:
        return position
    return replace(position, trail=position.trail[: position.trail.index(position.step)])


def _saying(flow: Flow, position: Position, facts: Facts, *, again: bool = False) -> Saying:
    asked = question(flow, position, facts)
    if position.checking is not None:
        return Saying(asked.key, (asked.text,), asked.offers, asked.one_line, _meant(flow, position, facts))
    if again and asked.again is not None:
        return Saying(f"{asked.key}.again", (asked.again,), asked.offers, asked.one_line, many=asked.many)
    return Saying(f"{asked.key}.text", (asked.text,), asked.offers, asked.one_line, many=asked.many)


def _meant(flow: Flow, position: Position, facts: Facts) -> tuple[Words, ...]:
    """What we took them to mean: the labels of the choices, or their own words."""
    open_step = question(flow, replace(position, checking=None), facts)
    labels = {offer.id: offer.label or engine_words.UNSEEN.get(offer.hears or "") for offer in open_step.offers}
    checking = position.checking if isinstance(position.checking, tuple) else (position.checking or "",)
    return tuple(labels.get(one) or own(one) for one in checking)
