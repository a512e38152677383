"""Whatever anybody writes, in whatever order, a shipped flow stays whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flows import engine
from flows.engine import Turn
from flows.grammar import Ask, Choose, Flow
from flows.position import Position
from flows.shipped import SHIPPED
from flows.walk import SIZES
from flows.worst import worst
from language.reading import Meaning, Reading
from language.wording import Catalogs

WORST = worst("en")
ENGLISH = Catalogs({})
moves = st.sampled_from(["picks", "picks", "picks", "several", "words", "misses", "asks", "back", "skip", "again"])
step = st.tuples(moves, st.integers(0, 11), st.booleans(), st.booleans())


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    size = draw(st.sampled_from(SIZES))
    return {
        "member": draw(st.booleans()),
        "landline": draw(st.booleans()),
        "written": ("en", "pl"),
        **{name: list(items)[:size] for name, items in WORST.items.items()},
    }


def reading(flow: Flow, position: Position, known: Mapping[str, Any], how: tuple[str, int, bool, bool]) -> Reading:
    """A reading that `language` could have made of a reply to the open question."""
    move, number, sure, asks = how
    also = ("question",) if asks else ()
    asked = engine.question(flow, position, known)
    offers = [offer.id for offer in asked.offers]
    if move == "asks":
        return Reading(Meaning.QUESTION, also=also)
    if asked.many and move in {"several", "picks"}:
        return Reading(value=tuple(offers[: number % (len(offers) + 1)]), sure=sure, also=also)
    if asked.read == "choice" and offers and move == "picks":
        return Reading(value=offers[number % len(offers)], sure=sure, also=also)
    if asked.read not in {"choice", "choices"} and move in {"picks", "words"}:
        return Reading(value="{Asha} & co", sure=sure, also=also)
    return Reading(also=also)


def take(flow: Flow, position: Position, known: Mapping[str, Any], how: tuple[str, int, bool, bool]) -> Turn:
    if how[0] == "back":
        return engine.back(flow, position, known)
    if how[0] == "skip":
        return engine.skip(flow, position, known)
    if how[0] == "again":
        return engine.resume(flow, position, known)
    return engine.advance(flow, position, reading(flow, position, known, how), known)


def holds(flow: Flow, before: Position | None, turn: Turn) -> None:
    """What is true after every turn of every flow."""
    saves = {one.save for one in flow.steps.values() if isinstance(one, Ask | Choose)}
    assert set(turn.learned) <= saves
    assert (turn.position is None) == (turn.outcome is not None)
    for saying in turn.say:
        for words in (*saying.words, *(offer.label for offer in saying.offers if offer.label is not None)):
            ENGLISH.render(words, "en", {**WORST.values, "meant": "x"})
    if turn.position is None:
        assert turn.next_flow is not None or turn.outcome
        return
    assert isinstance(flow.steps[turn.position.step], Ask | Choose)
    assert len(turn.position.trail) == len(set(turn.position.trail)) <= len(flow.steps)
    assert turn.position.misses <= (before.misses + 1 if before is not None else 0)
    assert set(turn.position.answers) <= saves


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(SHIPPED)), facts(), st.lists(step, max_size=25))
def test_any_conversation_stays_whole(
    name: str, known: dict[str, Any], steps: list[tuple[str, int, bool, bool]]
) -> None:
    flow = SHIPPED[name]
    turn = engine.begin(flow, known)
    holds(flow, None, turn)
    for how in steps:
        position = turn.position
        if position is None:
            break
        kept = json.loads(json.dumps(position.as_json()))
        read_back = Position.from_json(position.flow, position.version, position.step, kept)
        assert read_back.as_json() == position.as_json() | {"answers": kept["answers"]}
        turn = take(flow, read_back, known, how)
        assert turn == take(flow, position, known, how)
        holds(flow, position, turn)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(SHIPPED)), facts(), st.integers(1, 8))
def test_nobody_is_asked_a_third_time(name: str, known: dict[str, Any], more: int) -> None:
    flow = SHIPPED[name]
    position = engine.begin(flow, known).position
    said = []
    while position is not None and len(said) < 2 + more:
        turn = engine.advance(flow, position, Reading(), known)
        said.append((len(turn.say), turn.person))
        position = turn.position
    if said:
        assert said == [(1, None), (1, "miss"), *[(0, "miss")] * more]
