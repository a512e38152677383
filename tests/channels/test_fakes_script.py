"""Scripts: which call gets what."""

from __future__ import annotations

from collections import Counter

import pytest

from channels.fakes.callbacks import NORMAL, TWICE, Callbacks, failing, shuffled
from channels.fakes.fault import Drop, LoseAnswer, Refuse, Reset, ServerError, TooMany
from channels.fakes.script import Script, forced


def test_the_number_goes_first_then_the_destination_then_the_marker_then_the_rest():
    script = Script().on(1, Drop()).to("a", TooMany(2)).marked("lost", LoseAnswer()).always(ServerError())
    faults = [script.next("a", "lost").fault, script.next("a", "lost").fault, script.next("b", "get lost").fault]
    assert faults == [Drop(), TooMany(2), LoseAnswer()]
    assert script.next("b", "found").fault == ServerError()


def test_a_destination_may_be_hit_so_many_times():
    script = Script().to("a", Refuse(21211), times=2)
    assert [script.next("a").fault for _ in range(3)] == [Refuse(21211), Refuse(21211), None]


def test_a_fault_and_callbacks_go_together():
    script = Script().on(1, LoseAnswer()).on(1, TWICE)
    assert script.next("a") == (LoseAnswer(), TWICE)


def test_a_mix_has_its_shares_and_is_the_same_for_the_same_seed():
    shares = {LoseAnswer(): 0.3, Reset(accepted=True): 0.2, TWICE: 0.5}
    first, second, other = (Script.mix(shares, seed) for seed in (7, 7, 8))
    drawn = [first.next() for _ in range(4000)]
    assert drawn == [second.next() for _ in range(4000)]
    assert drawn != [other.next() for _ in range(4000)]
    faults = Counter(part.fault for part in drawn)
    assert faults[LoseAnswer()] / 4000 == pytest.approx(0.3, abs=0.03)
    assert faults[Reset(accepted=True)] / 4000 == pytest.approx(0.2, abs=0.03)
    assert Counter(part.callbacks for part in drawn)[TWICE] / 4000 == pytest.approx(0.5, abs=0.03)


def test_shares_are_of_one():
    with pytest.raises(ValueError, match="more than everything"):
        Script.mix({Drop(): 0.6, LoseAnswer(): 0.5}, 1)


@pytest.mark.parametrize(
    ("text", "code"), [("please error30003 now", 30003), ("error403", 403), ("error", None), ("an error 30003", None)]
)
def test_a_text_may_ask_for_a_code(text, code):
    assert forced(text) == code


PLANS = [
    (NORMAL, [("sent", None), ("delivered", None)]),
    (TWICE, [("sent", None), ("sent", None), ("delivered", None), ("delivered", None)]),
    (shuffled(1, 0), [("delivered", None), ("sent", None)]),
    (shuffled(2, 0, 1, statuses=("sent", "delivered", "read")), [("read", None), ("sent", None), ("delivered", None)]),
    (failing(30003, statuses=("sent",)), [("sent", None), ("undelivered", 30003)]),
    (failing(30001, "failed"), [("failed", 30001)]),
]


@pytest.mark.parametrize(("callbacks", "expected"), PLANS)
def test_callbacks_are_planned(callbacks, expected):
    assert callbacks.planned() == expected


def test_an_order_names_each_position_once():
    with pytest.raises(ValueError, match="each position"):
        Callbacks(order=(0, 0)).planned()
