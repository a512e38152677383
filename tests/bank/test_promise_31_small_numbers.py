"""Promise 31: no count under the smallest number can be worked out from everything else that is shown."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bank.suppression import Figure, Hidden, Line, Published, Shown, published, rounded, share
from tests.bank.attacker import RATINGS, Answer, Attacker, Key, sets

TEN = 10
_Sets = Mapping[str, Collection[int]]

freely = st.builds(
    Answer,
    kind=st.sampled_from(["meeting", "training", "panel"]),
    project=st.sampled_from(["bills", "leaflet", "home"]),
    period=st.sampled_from(["spring", "summer"]),
    meeting=st.sampled_from(["a", "b", "c", "d"]),
    rating=st.sampled_from(["", *RATINGS]),
)


@st.composite
def one_in_the_other(draw: st.DrawFn) -> Answer:
    """A meeting belongs to one project, and a project has meetings of one kind, but for a few."""
    project = draw(st.sampled_from(["bills", "leaflet", "home", "transport"]))
    period = draw(st.sampled_from(["spring", "summer"]))
    usual = {"bills": "meeting", "leaflet": "meeting", "home": "training", "transport": "panel"}[project]
    kind = draw(st.sampled_from([usual, usual, usual, "training"]))
    return Answer(kind, project, period, f"{project} in {period}", draw(st.sampled_from(["", *RATINGS])))


def many_of(alike: st.SearchStrategy[Answer]) -> st.SearchStrategy[list[Answer]]:
    """Some who said the same, and some others who said the same."""
    some = st.lists(st.tuples(alike, st.integers(1, 14)), min_size=1, max_size=25)
    return some.map(lambda drawn: [one for one, times in drawn for _ in range(times)])


crowds = st.one_of(many_of(freely), many_of(one_in_the_other()))


@settings(max_examples=60, deadline=None)
@given(answers=crowds)
def test_nothing_small_is_found_in_what_is_shown(answers: list[Answer]) -> None:
    attacker = Attacker(answers)
    attacker.sees(answers, published(*sets(answers), TEN))
    assert attacker.found() == {}
    assert attacker.is_right()


def _as_it_is(everyone: Collection[int], cells: _Sets, breakdowns: Mapping[str, _Sets], to: int = 1) -> Published:
    """Every count of ten or more is shown, rounded or not; and that is all."""

    def figure(who: Collection[int]) -> Figure:
        return Hidden() if len(who) < TEN else Shown(rounded(len(who)) if to == 5 else len(who))

    def line(who: Collection[int]) -> Line:
        return Line(figure(who), {cell: figure(set(who) & set(said)) for cell, said in cells.items()})

    groups = {name: {group: line(who) for group, who in split.items()} for name, split in breakdowns.items()}
    return Published(line(everyone), groups)


def _bank(seed: int, many: int) -> list[Answer]:
    chance = random.Random(seed)
    return [
        Answer(
            chance.choices(["meeting", "training", "panel"], [5, 3, 1])[0],
            chance.choices(["bills", "leaflet", "home"], [5, 3, 1])[0],
            chance.choice(["spring", "summer"]),
            chance.choices("abcd", [6, 3, 2, 1])[0],
            chance.choices(RATINGS, [1, 2, 4, 8, 9])[0],
        )
        for _ in range(many)
    ]


def _before_and_after(seed: int, show: Callable[..., Published]) -> dict[Key, tuple[int, int]]:
    """What they find who look at the same before and after one answer more."""
    answers = _bank(seed, 60 + seed)
    after = [*answers, replace(answers[seed], rating=RATINGS[seed % 5])]
    attacker = Attacker(after)
    for seen in (answers, after):
        attacker.sees(seen, show(*sets(seen), TEN))
    assert attacker.is_right()
    return attacker.found()


def test_who_looks_before_and_after_one_answer_more_seldom_finds_what_they_would_find() -> None:
    """Seldom is not never: so answers without a name come to count many at once (`test_promise_31_without_a_name`)."""
    seeds = range(30)
    shown = sum(bool(_before_and_after(seed, published)) for seed in seeds)
    only_left_out = sum(bool(_before_and_after(seed, _left_out)) for seed in seeds)
    assert only_left_out >= len(seeds) - 2
    assert shown <= 1


def _left_out(everyone: Collection[int], cells: _Sets, breakdowns: Mapping[str, _Sets], _smallest: int) -> Published:
    return _as_it_is(everyone, cells, breakdowns, to=5)


@pytest.mark.parametrize("to", [1, 5])
def test_they_find_it_where_small_counts_are_only_left_out(to: int) -> None:
    caught = 0
    for seed in range(20):
        answers = _bank(seed, 90)
        attacker = Attacker(answers, rounded=to == 5)
        attacker.sees(answers, _as_it_is(*sets(answers), to=to))
        caught += bool(attacker.found())
        assert attacker.is_right()
    assert caught == 20


def test_what_is_left_to_see_is_worth_seeing() -> None:
    answers = _bank(1, 400)
    shown = published(*sets(answers), TEN)
    assert shown.everyone.total == Shown(400)
    assert [shown.everyone.cells[rating] != Hidden() for rating in RATINGS] == [True] * 5
    groups = [line for groups in shown.breakdowns.values() for line in groups.values()]
    assert all(line.total != Hidden() for line in groups)
    assert sum(figure != Hidden() for line in groups for figure in line.cells.values()) > 25


def test_a_line_hides_more_than_the_small_ones() -> None:
    cells = {"yes": range(30), "no": range(30, 33), "perhaps": range(33, 45)}
    assert published(range(45), cells, {}, TEN).everyone == Line(
        Shown(45), {"yes": Shown(30), "no": Hidden(), "perhaps": Hidden()}
    )
    alike = {"yes": range(33), "no": range(33, 33), "perhaps": range(33, 33)}
    assert published(range(33), alike, {}, TEN).everyone.cells == dict.fromkeys(alike, Hidden())


def test_a_group_inside_another_is_hidden_where_few_are_between_them() -> None:
    split = {"kind": {"training": range(40), "panel": range(40, 80)}, "project": {"bills": range(36)}}
    shown = published(range(80), {}, split, TEN)
    assert shown.breakdowns["kind"] == {"training": Line(Shown(40), {}), "panel": Line(Shown(40), {})}
    assert shown.breakdowns["project"] == {"bills": Line(Hidden(), {})}
    split["project"] = {"bills": range(30)}
    assert published(range(80), {}, split, TEN).breakdowns["project"] == {"bills": Line(Shown(30), {})}


def test_nothing_is_shown_of_nine() -> None:
    shown = published(range(9), {"yes": range(9)}, {"kind": {"panel": range(9)}}, TEN)
    assert shown == Published(Line(Hidden(), {"yes": Hidden()}), {"kind": {"panel": Line(Hidden(), {"yes": Hidden()})}})
    assert published([], {}, {}, 5).everyone.total == Hidden()


@pytest.mark.parametrize(
    ("cells", "groups", "smallest"),
    [({}, {}, 4), ({"yes": [1, 2], "no": [2]}, {}, TEN), ({"yes": [20]}, {}, TEN), ({}, {"": [1]}, TEN)],
)
def test_sets_that_are_none_are_refused(cells: _Sets, groups: _Sets, smallest: int) -> None:
    with pytest.raises(ValueError, match=r"smallest|part"):
        published(range(20), cells, {"kind": groups}, smallest)


def test_a_share_is_one_of_what_is_shown() -> None:
    assert share(Shown(10), Shown(30)) == 33
    assert share(Shown(35), Shown(30)) == 100  # both were rounded
    assert share(Shown(10), Shown(25)) is None
    assert share(Hidden(), Shown(50)) is share(Shown(50), Hidden()) is None
