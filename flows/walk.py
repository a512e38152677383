"""Walking a flow without a person: every step that can be reached, and every message that it can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from flows import engine, engine_words
from flows.engine import Saying
from flows.grammar import Ask, Branch, Choose, Facts, Flow, FromFacts, Handover, More, Offer, Question, Say, Step
from flows.offers import MORE_PAGE
from flows.position import Position
from language.reading import Meaning, Reading
from language.wording import Words

SIZES = (0, 1, 3, 12)

# A choice from facts: its id, and its label as text.
Item = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message that can be said.

    `key` is flow.step.slot. The slot is "text", "again", or what the engine makes of it: "more" (with
    the question that follows), "hint", "check", "noted" (their own question is noted first), "nudge",
    "needed", "person". `size` is how many choices the facts offered, None where they are fixed.
    """

    key: str
    words: tuple[Words, ...]
    offers: tuple[Offer, ...] = ()
    one_line: bool = False
    meant: tuple[Words, ...] = ()
    many: bool = False
    size: int | None = None

    @property
    def labels(self) -> tuple[Words, ...]:
        return tuple(offer.label for offer in self.offers if offer.label is not None)

    @property
    def full_page(self) -> bool:
        """More choices come from the facts than we write our own questions for."""
        return self.size is not None and self.size > 3

    @property
    def slot(self) -> str:
        return self.key.rpartition(".")[2]

    @property
    def as_written(self) -> bool:
        """Said as the script has it: the engine adds nothing."""
        return self.slot in {"text", "again", "check"}


def edges(step: Step) -> tuple[str, ...]:
    """The names of the steps that can come right after this one, in this flow."""
    if isinstance(step, Branch):
        return (step.yes, step.no)
    if isinstance(step, Say | More):
        return (step.then,) if step.then is not None else ()
    if isinstance(step, Ask | Choose):
        onward = [step.then] if step.then is not None else _chosen(step)
        heard = step.under_18 if isinstance(step, Ask) else None
        return tuple(dict.fromkeys([*onward, *(way for way in (step.skip, heard) if way is not None)]))
    return ()


def _chosen(step: Question) -> list[str]:
    """Where the choices lead, when the question itself does not say."""
    if isinstance(step, Ask) or isinstance(step.choices, FromFacts):
        return []
    return [choice.then for choice in step.choices]


def reached(flow: Flow) -> list[str]:
    """Every step that can be reached, the nearest first. A missing step is not entered."""
    found = [flow.start] if flow.start in flow.steps else []
    for name in found:
        found.extend(one for one in edges(flow.steps[name]) if one in flow.steps and one not in found)
    return found


def walk(
    flow: Flow, items: Mapping[str, Sequence[Item]], answers: Mapping[str, str], sizes: tuple[int, ...] = SIZES
) -> Iterator[Spoken]:
    """Every message of the flow, the engine's own among them; each step once for each number of choices.

    `items` gives choices for each fact that a flow may choose from, as many as the largest size, and
    `answers` gives a long answer for each way of reading an open question.
    """
    for name in reached(flow):
        step = flow.steps[name]
        if isinstance(step, More):
            yield from _noted_too(_with_its_question(flow, name, items))
        elif isinstance(step, Say):
            yield from _noted_too(Spoken(f"{flow.name}.{name}.text", (step.text,)))
        elif isinstance(step, Ask):
            position = Position(flow.name, flow.version, name)
            yield from _asked(flow, position, {}, answers.get(step.read, ""))
        elif isinstance(step, Choose) and isinstance(step.choices, FromFacts):
            yield from _sized(flow, name, items, sizes)
        elif isinstance(step, Choose):
            position = Position(flow.name, flow.version, name)
            yield from _asked(flow, position, {}, _fullest(flow, position, {}))


def _noted_too(spoken: Spoken) -> tuple[Spoken, Spoken]:
    """As it is, and after a question of their own."""
    key = f"{spoken.key.rpartition('.')[0]}.noted"
    return spoken, replace(spoken, key=key, words=(engine_words.WILL_ANSWER, *spoken.words))


def _with_its_question(flow: Flow, name: str, items: Mapping[str, Sequence[Item]]) -> Spoken:
    """What is said more goes out in one message with the question that follows."""
    facts = {fact: tuple(islice(choices, 3)) for fact, choices in items.items()}
    asked = engine.begin(replace(flow, start=name), facts).say[-1]
    key = f"{flow.name}.{name}.more"
    return Spoken(key, asked.words, asked.offers, asked.one_line, many=asked.many)


def _sized(flow: Flow, name: str, items: Mapping[str, Sequence[Item]], sizes: tuple[int, ...]) -> Iterator[Spoken]:
    step = flow.steps[name]
    if not isinstance(step, Choose) or not isinstance(step.choices, FromFacts):
        return
    for size in sizes:
        facts = {step.choices.name: tuple(islice(items.get(step.choices.name, ()), size))}
        for page in range(2 if size > step.choices.page else 1):
            position = Position(flow.name, flow.version, name, page=page)
            for spoken in _asked(flow, position, facts, _fullest(flow, position, facts)):
                yield replace(spoken, size=size)


def _fullest(flow: Flow, position: Position, facts: Facts) -> str | tuple[str, ...]:
    """The answer that takes longest to say back: every choice of several, or the one with the longest label."""
    asked = engine.question(flow, position, facts)
    shown = [(offer.id, offer.label.text) for offer in asked.offers if offer.label and offer.id != MORE_PAGE]
    if asked.many:
        return tuple(id_ for id_, _label in shown)
    return max(shown, key=lambda pair: len(pair[1]), default=("", ""))[0]


def _asked(flow: Flow, position: Position, facts: Facts, answer: str | tuple[str, ...]) -> Iterator[Spoken]:
    """The question, and everything that the engine may say while it is open."""
    for slot, saying in _while_open(flow, position, facts, answer):
        key = f"{flow.name}.{position.step}.{slot}"
        yield Spoken(key, saying.words, saying.offers, saying.one_line, saying.meant, saying.many)


def _while_open(
    flow: Flow, position: Position, facts: Facts, answer: str | tuple[str, ...]
) -> Iterator[tuple[str, Saying]]:
    missed = replace(position, misses=1)
    unsure = engine.advance(flow, position, Reading(value=answer, sure=False), facts)
    turns = {
        "text": engine.resume(flow, position, facts),
        "hint": engine.advance(flow, position, Reading(), facts),
        "person": engine.advance(flow, missed, Reading(), facts),
        "noted": engine.advance(flow, position, Reading(Meaning.QUESTION), facts),
        **({"check": unsure} if answer else {}),
        **({"needed": engine.skip(flow, position, facts)} if not _may_skip(flow.steps[position.step]) else {}),
    }
    for slot, turn in turns.items():
        yield from ((slot, saying) for saying in turn.say)
    asked = engine.question(flow, position, facts)
    if asked.again is not None:
        yield "again", Saying(asked.key, (asked.again,), asked.offers, asked.one_line, many=asked.many)
    if (reminder := engine.nudge(flow, position, facts)) is not None:
        yield "nudge", reminder


def _may_skip(step: Step) -> bool:
    return isinstance(step, Question) and step.skip is not None


def ends(step: Step) -> bool:
    """The conversation is over here, or another flow takes it up."""
    return isinstance(step, Handover) or not edges(step)
