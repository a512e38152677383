"""A text in one language with its places still open, as a translator wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from flows import about_meeting, engine_words, everywhere
from flows.grammar import Ask, Choose, Flow, FromFacts, More, Say
from language.wording import Catalogs, Words


class _Places(dict[str, str | int]):
    """Every value is its own place again: "{name}"."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


class _Number(int):
    """A number that chooses a plural form and is written as its place."""

    place: str

    def __new__(cls, number: int, place: str) -> _Number:
        made = super().__new__(cls, number)
        made.place = place
        return made

    def __format__(self, _spec: str) -> str:
        return f"{{{self.place}}}"


def forms(words: Words, catalogs: Catalogs, language: str) -> tuple[str, ...]:
    """The text in that language, or each of its plural forms. Raises ValueError where a brace is not closed."""
    if words.count is None:
        return (catalogs.render(words, language, _Places()),)
    numbers = (_Number(number, words.count) for number in (1, 2, 5))
    return tuple(dict.fromkeys(catalogs.render(words, language, _Places({words.count: one})) for one in numbers))


def places(form: str) -> frozenset[str]:
    return frozenset(name for _text, name, _spec, _conversion in Formatter().parse(form) if name is not None)


def texts_of(flow: Flow) -> Iterator[tuple[str, Words]]:
    """Every text of a flow with its key: flow.step.text, flow.step.again, flow.step.choice, flow.nudge."""
    if flow.nudge is not None:
        yield f"{flow.name}.nudge", flow.nudge
    for name, step in flow.steps.items():
        if isinstance(step, Say | More | Ask | Choose):
            yield f"{flow.name}.{name}.text", step.text
        if isinstance(step, Ask | Choose) and step.again is not None:
            yield f"{flow.name}.{name}.again", step.again
        if isinstance(step, Choose) and not isinstance(step.choices, FromFacts):
            for choice in step.choices:
                if choice.label is not None:
                    yield f"{flow.name}.{name}.{choice.id}", choice.label


def engine_texts() -> Iterator[tuple[str, Words]]:
    """What the engine says in any flow."""
    for name, found in vars(engine_words).items():
        if isinstance(found, Words):
            yield f"engine.{name.lower()}", found
    for number, hint in engine_words.HINTS.items():
        yield f"engine.hint.{number}", hint
    for hears, label in engine_words.UNSEEN.items():
        yield f"engine.unseen.{hears}", label
    for offer in engine_words.YES_NO:
        if offer.label is not None:
            yield f"engine.check.{offer.id}", offer.label


EVERYWHERE = {
    f"{room}.{name.lower()}": words
    for room, told in (("everywhere", everywhere), ("about_meeting", about_meeting))
    for name, words in vars(told).items()
    if isinstance(words, Words)
}
