"""Where the bank names a flow, or a step or an end of one, as a string, there is one of that name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bank import (
    answers_given,
    getting_to_know,
    interrupting,
    outcomes,
    replies,
    rsvp_heard,
    rsvp_midway,
    rsvp_open,
    who_writes,
)
from flows.grammar import Ask, Choose, End, Flow, Handover, Say
from flows.shipped import SHIPPED

FLOWS = {
    "interrupting._MAY_WAIT": interrupting._MAY_WAIT,
    "who_writes.PERSONAL": who_writes.PERSONAL - {"next"},  # getting_to_know.resolve says which flow that is
    "who_writes._TELLS_WHO": who_writes._TELLS_WHO,
    "outcomes._CARRIED": outcomes._CARRIED.keys(),
    "outcomes.QUIET_AFTER": outcomes.QUIET_AFTER,
    "outcomes.READ_IF_UNANSWERED": outcomes.READ_IF_UNANSWERED,
    "outcomes.OUTCOMES": {flow for flow, _outcome in outcomes.OUTCOMES},
    "rsvp_midway._FLOWS": rsvp_midway._FLOWS,
    "rsvp_open._ASKING": rsvp_open._ASKING,
    "answers_given._NEVER": answers_given._NEVER,
}
QUESTIONS = {
    "replies._NEVER_GUESSED": replies._NEVER_GUESSED,
    "replies._ONLY_WHERE_ASKED_LAST": replies._ONLY_WHERE_ASKED_LAST,
    "rsvp_heard.ASKS": rsvp_heard.ASKS,
    "rsvp_heard.COUNTS": {rsvp_heard.COUNTS},
}


@pytest.mark.parametrize("where", FLOWS)
def test_every_flow_that_is_named_is_shipped(where: str) -> None:
    assert set(FLOWS[where]) - SHIPPED.keys() == set()


@pytest.mark.parametrize("where", QUESTIONS)
def test_every_question_that_is_named_is_one(where: str) -> None:
    assert set(QUESTIONS[where]) - set(_steps(Ask, Choose)) == set()


def test_every_text_that_says_whom_it_is_for_is_said() -> None:
    assert {key.removesuffix(".text") for key in getting_to_know._ASKED} - set(_steps(Ask, Choose, Say)) == set()


def test_every_end_that_sets_something_going_is_an_end_of_its_flow() -> None:
    assert set(outcomes.OUTCOMES) - {(flow.name, one) for flow in SHIPPED.values() for one in _outcomes(flow)} == set()


def _steps(*kinds: type[Ask | Choose | Say]) -> Iterator[str]:
    for flow in SHIPPED.values():
        yield from (f"{flow.name}.{name}" for name, step in flow.steps.items() if isinstance(step, kinds))


def _outcomes(flow: Flow) -> Iterator[str | None]:
    for name, step in flow.steps.items():
        if isinstance(step, (Say, End)):
            yield step.outcome
        elif isinstance(step, Handover):
            yield name
