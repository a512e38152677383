"""Promise 31: who knows every answer with a name learns no small number of those without, today or tomorrow."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bank.feedback_gathered import Asked, Gathered, Response, Round
from bank.feedback_groups import EVERYTHING, Group, groups_of, without_a_name
from bank.feedback_results import Results, Told
from bank.feedback_sides import Whose, together
from bank.suppression import Figure, Shown
from flows.question_set import Kind, Means, Question
from storage.feedback import About
from tests.bank.ashdale import MORNING

TEN = 10
_HOW = Asked("how", Question(Kind.RATING, {"en": "How was it?"}, means=Means.HOW))
_ANY_OF = Asked("any", Question(Kind.SEVERAL, {"en": "What did you like?"}, ({"en": "Tea"}, {"en": "Talk"})))
_ASKED = {"q1": _HOW, "q2": _ANY_OF}
# Of each round: its kind, its project and month, and how those with a name and those without rated it.
_Held = tuple[str, int, int, tuple[str, ...], tuple[str, ...]]


def _round(number: int, kind: str = "space", project: int | None = None, month: int = 12, over: int = 0) -> Round:
    """`over`: it came to count so many days ago; 0: it goes on."""
    since = MORNING - timedelta(days=over) if over else None
    return Round(number, str(number), About.MEETING, number, project, kind, f"2026-{month:02}", "set", since, _ASKED)


def _gathered(held: list[_Held]) -> Gathered:
    rounds: dict[int, Round] = {}
    responses: dict[int, Response] = {}
    for number, (kind, project, month, named, unnamed) in enumerate(held, 1):
        one = rounds[number] = _round(number, kind, project or None, month, over=number)
        for person, rating in [*enumerate(named, 1), *((None, rating) for rating in unnamed)]:
            id_ = len(responses) + 1
            said = {"how": rating, "any": ["c1"] if rating > "3" else ["c2"]}
            responses[id_] = Response(id_, one, person, None, said, {"how": "q1", "any": "q2"})
    return Gathered(rounds, responses)


def _only(found: Gathered, *, named: bool) -> Gathered:
    kept = {id_: one for id_, one in found.responses.items() if (one.person is not None) is named}
    return replace(found, responses=kept)


def _groups(found: Gathered) -> list[Group]:
    return [EVERYTHING, *sorted({group for one in found.rounds.values() for group in groups_of(one)})]


def _all_told(results: Results, found: Gathered) -> dict[tuple[Group, str], tuple[Figure, Told]]:
    """Everything that any page tells in figures."""
    return {
        (group, asked.key): (results.answered(group), results.told(asked, group))
        for group in _groups(found)
        for asked in _ASKED.values()
    }


_ratings = st.lists(st.sampled_from("12345"), max_size=30).map(tuple)
_held = st.tuples(
    st.sampled_from(["space", "panel"]), st.sampled_from([0, 7]), st.sampled_from([3, 12]), _ratings, _ratings
)


@settings(max_examples=40, deadline=None)
@given(held=st.lists(_held, min_size=1, max_size=6))
@example(held=[("space", 0, 3, (), ("1",) * 5), ("space", 0, 3, ("4",), ("1",) * 5)])
def test_what_is_shown_of_both_is_what_is_shown_of_each_by_itself(held: list[_Held]) -> None:
    """So whoever takes off all answers with a name is left with what is published of the others alone."""
    found = _gathered(held)
    both = _all_told(Results(found, TEN), found)
    named = _all_told(Results(_only(found, named=True), TEN), found)
    unnamed = _all_told(Results(_only(found, named=False), TEN), found)
    for key, (answered, told) in both.items():
        (with_name, of_named), (without, of_unnamed) = named[key], unnamed[key]
        assert answered == together(with_name, without)
        sides = {
            Whose.NAMED: of_named.counts,
            Whose.UNNAMED: of_unnamed.counts,
            Whose.ALL: tuple(
                (label, together(one, other))
                for (label, one), (_label, other) in zip(of_named.counts, of_unnamed.counts, strict=True)
            ),
        }
        assert told.counts == sides[told.whose]


@settings(max_examples=40, deadline=None)
@given(held=st.lists(_held, min_size=1, max_size=6), chance=st.randoms(use_true_random=False))
def test_no_figure_anywhere_changes_by_what_few_said_without_a_name(held: list[_Held], chance: random.Random) -> None:
    few = [(*one[:4], tuple(chance.choices("12345", k=chance.randrange(TEN)))) for one in held]
    # None of them come together: each round is of a project of its own, and none is over.
    found, without = (
        _going_on(
            _gathered([(kind, place, month, named, unnamed) for place, (kind, _, month, named, unnamed) in parts])
        )
        for parts in (list(enumerate(few, 1)), [(place, (*one[:4], ())) for place, one in enumerate(few, 1)])
    )
    assert _all_told(Results(found, TEN), found) == _all_told(Results(without, TEN), without)


def _going_on(found: Gathered) -> Gathered:
    rounds = {id_: replace(one, counts_since=None) for id_, one in found.rounds.items()}
    return Gathered(rounds, {id_: _in(one, rounds) for id_, one in found.responses.items()})


def _in(one: Response, rounds: Mapping[int, Round]) -> Response:
    return Response(one.id, rounds[one.round.id], one.person, one.at, one.said, one.places)


@pytest.mark.parametrize("unnamed", [3, 9])
def test_three_without_a_name_are_not_the_difference_of_thirty_with_one(unnamed: int) -> None:
    found = _gathered([("space", 0, 12, ("5",) * 30, ("1",) * unnamed)])
    results = Results(found, TEN)
    assert results.answered(("meeting", "1")) == Shown(30)
    assert results.told(_HOW, ("meeting", "1")).whose is Whose.NAMED


def test_ten_without_a_name_count_and_the_two_of_them_who_said_otherwise_are_not_found() -> None:
    found = _gathered([("space", 0, 12, ("5",) * 30 + ("1",) * 20, ("5",) * 10 + ("1",) * 2)])
    results = Results(found, TEN)
    told = results.told(_HOW, ("meeting", "1"))
    assert results.answered(("meeting", "1")) == Shown(60)
    assert dict(told.counts)["5 (best)"] == Shown(30)
    assert told.whose is Whose.NAMED


def test_where_most_want_no_name_theirs_are_the_figures() -> None:
    found = _gathered([("space", 0, 12, ("5",) * 3, ("5",) * 30 + ("1",) * 20)])
    results = Results(found, TEN)
    assert results.answered(("meeting", "1")) == Shown(50)
    assert results.told(_HOW, ("meeting", "1")).whose is Whose.UNNAMED
    assert results.told(_HOW, ("meeting", "1")).middle == 5


def _counted(found: Gathered, group: Group) -> set[int]:
    """The answers without a name that are in the figures of this group, and of which the words are shown there."""
    shown = without_a_name(found, TEN)
    return {
        one.id
        for one in found.responses.values()
        if one.person is None and one.round.id in shown and (group == EVERYTHING or group in shown[one.round.id])
    }


@pytest.mark.parametrize("seed", range(15))
def test_who_looks_yesterday_and_today_sees_none_that_are_new_or_enough_at_once(seed: int) -> None:
    chance, rounds = random.Random(seed), dict[int, Round]()
    responses: dict[int, Response] = {}
    seen: dict[Group, set[int]] = {}
    for day in range(60, 0, -1):
        one = _round(
            61 - day, chance.choice(["space", "panel"]), chance.choice([None, 1, 2]), chance.choice([3, 12]), day
        )
        rounds[one.id] = one
        for _answer in range(chance.choice([0, 1, 3, 6, 9, 10, 14])):
            responses[len(responses) + 1] = Response(len(responses) + 1, one, None, None, {"how": "5"}, {"how": "q1"})
        found = Gathered(rounds, responses)
        for group in _groups(found):
            now = _counted(found, group)
            apart = len(seen.get(group, set()) ^ now)
            assert apart == 0 or apart >= TEN
            seen[group] = now
    assert seen[EVERYTHING]
