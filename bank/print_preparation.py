"""The preparation page on paper: for whoever holds the meeting; and for the member who leads it, with what they see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from bank import preparation_words as words
from bank.attenders import Attender
from bank.head_count import HeadCount
from bank.preparation import Preparation, Shared
from bank.print_flow import TITLE, UNTITLED, Flow, title_on
from bank.print_names import can_print

if TYPE_CHECKING:
    from bank.print_sheet import Sheet

_HIDDEN = "{count} more answered. They are not shown to you."


def draw(sheet: Sheet, told: Preparation, foot: str, number: Callable[[int], str], words_at: words.At) -> None:
    """For whoever of the team holds it."""
    flow = _begun(sheet, told.facts, told.count, foot, number)
    if told.hosts:
        flow.pair("Who leads it", ", ".join(host.name for host in told.hosts))
    if told.hidden:
        flow.write(_HIDDEN.format(count=told.hidden))
    _arrange(flow, told)
    _people(flow, f"Who comes: {len(told.coming)}", told.coming, words_at)
    _people(flow, f"In line for a place: {len(told.waiting)}", told.waiting, words_at)
    _people(flow, f"Not sure yet: {len(told.maybes)}", told.maybes, words_at)
    if told.questions:
        flow.heading("What people asked about it")
        for one in told.questions:
            state = f"To be answered by {words_at(one.due_at)}" if one.is_open else "Answered"
            flow.entry(one.who or words.NO_NAME, [one.words or words.ERASED, state])


def draw_shared(sheet: Sheet, told: Shared, foot: str, number: Callable[[int], str]) -> None:
    """For the member who leads it with us."""
    flow = _begun(sheet, told.facts, told.count, foot, number)
    flow.heading("What is arranged for people")
    for kind, states in told.arrange.items():
        flow.pair(words.KINDS[kind], words.states(states))
    if not told.arrange:
        flow.write("Nothing so far.")
    flow.heading("Who comes")
    flow.write(words.NAMES_AGREED)
    for name in told.names:
        flow.write(name, after=1)
    if not told.names:
        flow.write("Nobody so far.")


def _begun(sheet: Sheet, facts: Mapping[str, str], count: HeadCount, foot: str, number: Callable[[int], str]) -> Flow:
    """The title, when and where it is, and the numbers."""
    flow = Flow(sheet, foot, number)
    flow.write(title_on(sheet, facts["meeting"]) or UNTITLED, TITLE, after=2)
    for line in words.when_and_where(facts):
        flow.write(line, after=1)
    flow.gap(3)
    flow.boxed([words.catering(count), *words.catering_parts(count)])
    for label, text in words.numbers(count):
        flow.pair(label, text)
    return flow


def _arrange(flow: Flow, told: Preparation) -> None:
    flow.heading("What to arrange")
    for who, one in told.to_arrange:
        flow.entry(words.what(one), [f"For {_called(flow, who)}", words.state(one)])
    if not told.to_arrange:
        flow.write("Nothing.")


def _people(flow: Flow, heading: str, people: Sequence[Attender], words_at: words.At) -> None:
    told = [(_called(flow, one), words.about(one, words_at)) for one in people]
    if told:
        flow.heading(heading, keep=flow.tall(told[0][1]))
    for name, lines in told:
        flow.entry(name, lines)


def _called(flow: Flow, one: Attender) -> str:
    """Their name, where there is one and our font has its letters."""
    if one.name and not can_print(flow.sheet, one.name):
        return "A name that our font for print does not have: look at the page"
    return one.name or words.NO_NAME
