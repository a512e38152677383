"""Whether a question can be answered: how it is read, what is kept, what its choices and buttons carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.finding import Finding
from flows.grammar import Ask, Choice, Choose, FromFacts, Question
from flows.surroundings import Surroundings
from language import reply
from language.reading import Question as Asked

NAME = re.compile(r"[a-z][a-z0-9_]{0,23}\Z")
# WhatsApp and Telegram give a button 64 bytes; ours carries "token.step!.choice".
_PAYLOAD, _TOKEN = 64, 16


def asking(key: str, name: str, step: Question, around: Surroundings) -> Iterator[Finding]:
    """What can be wrong with a question, whatever language it is asked in."""
    if step.save not in around.saves:
        yield Finding(key, f'Nobody knows what to do with the answer "{step.save}".')
    if isinstance(step, Ask):
        if not _readable(step.read):
            yield Finding(key, f'There is no way to read "{step.read}".')
        return
    if isinstance(step.choices, FromFacts):
        yield from _dynamic(key, name, step, step.choices, around)
    else:
        yield from _fixed(key, name, step, step.choices)


def _readable(read: str) -> bool:
    try:
        reply.read(Asked(read), "", "en")
    except ValueError:
        return False
    return True


def _dynamic(key: str, name: str, step: Choose, source: FromFacts, around: Surroundings) -> Iterator[Finding]:
    items = around.worst("en").items.get(source.name)
    if items is None:
        yield Finding(key, f'There are no facts called "{source.name}".')
    if step.then is None:
        yield Finding(key, "Its choices come from facts, and it does not say where they lead.")
    if source.page > 9 or source.page < 2:
        yield Finding(key, "A page must have 2 to 9 choices.")
    yield from _payloads(key, name, [id_ for id_, _label in items or ()])


def _fixed(key: str, name: str, step: Choose, choices: tuple[Choice, ...]) -> Iterator[Finding]:
    ids = [choice.id for choice in choices]
    for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        yield Finding(key, f'Two choices are called "{id_}".')
    for id_ in ids:
        if not NAME.match(id_):
            yield Finding(key, f'The choice "{id_}" is not a short name of small letters, digits and "_".')
    if not any(choice.label for choice in choices):
        yield Finding(key, "It shows no choice.")
    if step.many and step.then is None:
        yield Finding(key, "Several choices may be picked, and it does not say where they lead.")
    yield from _payloads(key, name, ids)


def _payloads(key: str, name: str, ids: list[str]) -> Iterator[Finding]:
    for id_ in ids:
        size = _TOKEN + len(f".{name}!.{id_}".encode())
        if size > _PAYLOAD:
            yield Finding(key, f'The button for "{id_}" would carry {size} bytes; {_PAYLOAD} is the most.')
            return
