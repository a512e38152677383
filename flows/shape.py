"""Whether a flow hangs together: its edges, its ends, its names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from flows.asking import NAME, asking
from flows.finding import Finding
from flows.grammar import Branch, Flow, Handover, More, Question, Say
from flows.surroundings import Surroundings
from flows.walk import edges, ends, reached


def shape(flow: Flow, flows: Mapping[str, Flow], around: Surroundings) -> Iterator[Finding]:
    """Everything about a flow that needs no language."""
    for check in (_edges, _unreached, _endless, _silent_rounds, _nudge, _names):
        yield from check(flow)
    yield from _handovers(flow, flows, around)
    for name, step in flow.steps.items():
        if isinstance(step, Question):
            yield from asking(f"{flow.name}.{name}", name, step, around)


def _edges(flow: Flow) -> Iterator[Finding]:
    if flow.start not in flow.steps:
        yield Finding(flow.name, f'It starts at "{flow.start}", which is no step.')
    for name, step in flow.steps.items():
        for onward in edges(step):
            if onward not in flow.steps:
                yield Finding(f"{flow.name}.{name}", f'It leads to "{onward}", which is no step.')
        if isinstance(step, More):
            for onward in _asked_next(flow, step.then):
                yield Finding(f"{flow.name}.{name}", f'It says more and then asks "{onward}", which is no question.')


def _asked_next(flow: Flow, name: str) -> Iterator[str]:
    """Where what is said more leads that is no question, past all that is said more and every branch."""
    for found in sorted({name, *_onward(name, _passed(flow))}):
        if not isinstance(flow.steps.get(found), Question | More | Branch):
            yield found


def _passed(flow: Flow) -> dict[str, Collection[str]]:
    return {name: edges(step) for name, step in flow.steps.items() if isinstance(step, More | Branch)}


def _unreached(flow: Flow) -> Iterator[Finding]:
    found = reached(flow)
    for name in flow.steps:
        if name not in found:
            yield Finding(f"{flow.name}.{name}", "No way leads to this step.")


def _endless(flow: Flow) -> Iterator[Finding]:
    """From each step an end must be in reach."""
    leading = {name for name, step in flow.steps.items() if ends(step)}
    while more := {name for name, step in flow.steps.items() if leading & {*edges(step)}} - leading:
        leading |= more
    for name in flow.steps:
        if name not in leading:
            yield Finding(f"{flow.name}.{name}", "From here the conversation can never end.")


def _silent_rounds(flow: Flow) -> Iterator[Finding]:
    """Steps that go round without a question would never wait for a person."""
    quiet = {name: edges(step) for name, step in flow.steps.items() if isinstance(step, Say | More | Branch)}
    for name in quiet:
        if name in _onward(name, quiet):
            yield Finding(f"{flow.name}.{name}", "From here it goes round without waiting for a reply.")


def _onward(start: str, quiet: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    for name in (queue := [start]):
        fresh = set(quiet.get(name, ())) - found
        found |= fresh
        queue.extend(fresh)
    return found


def _nudge(flow: Flow) -> Iterator[Finding]:
    if (flow.nudge is None) != (flow.nudge_after is None):
        yield Finding(flow.name, "It has a nudge without the time to send it, or the time without a nudge.")


def _names(flow: Flow) -> Iterator[Finding]:
    for name in (flow.name, *flow.steps):
        if not NAME.match(name):
            yield Finding(flow.name, f'"{name}" is not a short name of small letters, digits and "_".')


def _handovers(flow: Flow, flows: Mapping[str, Flow], around: Surroundings) -> Iterator[Finding]:
    for name, step in flow.steps.items():
        if isinstance(step, Handover) and step.to not in flows and step.to not in around.handovers:
            yield Finding(f"{flow.name}.{name}", f'It hands over to "{step.to}", which is no flow.')
