"""Walking a flow finds every message, whichever way a conversation goes."""

from __future__ import annotations

import pytest

from flows import engine, engine_words
from flows.grammar import Ask, Branch, Choice, Choose, End, Flow, FromFacts, More, Say
from flows.shipped import SHIPPED
from flows.walk import SIZES, Spoken, edges, reached, walk
from flows.worst import worst
from language.reading import Reading
from language.wording import _

FLOW = Flow(
    "toy",
    start="side",
    nudge=_("Still there?"),
    steps={
        "side": Branch(lambda _facts, _answers: True, yes="hello", no="pick"),
        "hello": Say(_("Hello."), then="name"),
        "name": Ask(_("Your name?"), save="name", read="name", then="tea", skip="end"),
        "tea": Choose(
            _("Tea?"),
            save="tea",
            choices=(
                Choice("yes", _("Yes"), then="end"),
                Choice("no", _("No, thank you"), then="end"),
                Choice("more", None, then="about"),
            ),
            again=_("So, tea?"),
        ),
        "about": More(_("Hot."), then="tea"),
        "pick": Choose(_("Which?"), save="pick", choices=FromFacts("fruit"), then="bye"),
        "bye": Say(_("Bye.")),
        "end": End("over"),
    },
)
FRUIT = [(f"f{number}", f"Fruit {number}") for number in range(12)]
WALKED = list(walk(FLOW, {"fruit": FRUIT}, {"name": "Asha"}))


def said(key: str) -> list[Spoken]:
    return [spoken for spoken in WALKED if spoken.key == key]


def test_every_step_is_reached_and_the_nearest_first() -> None:
    assert reached(FLOW) == ["side", "hello", "pick", "name", "bye", "tea", "end", "about"]


@pytest.mark.parametrize(
    ("step", "onward"),
    [("side", ("hello", "pick")), ("tea", ("end", "about")), ("name", ("tea", "end")), ("pick", ("bye",)), ("end", ())],
)
def test_edges(step: str, onward: tuple[str, ...]) -> None:
    assert edges(FLOW.steps[step]) == onward


def test_all_that_may_be_said_while_a_question_is_open() -> None:
    slots = {spoken.key.rpartition(".")[2] for spoken in WALKED if spoken.key.startswith("toy.tea.")}
    assert slots == {"text", "hint", "person", "noted", "check", "needed", "nudge", "again"}
    assert [words.text for words in said("toy.tea.nudge")[0].words] == ["Still there?", "So, tea?"]
    assert said("toy.name.needed") == []


def test_the_check_back_is_of_the_longest_answer() -> None:
    assert [words.text for words in said("toy.tea.check")[0].meant] == ["No, thank you"]
    assert [words.text for words in said("toy.name.check")[0].meant] == ["Asha"]


def test_a_statement_may_follow_a_question_of_their_own() -> None:
    assert said("toy.bye.noted")[0].words == (engine_words.WILL_ANSWER, _("Bye."))


def test_more_is_said_with_the_question_that_follows() -> None:
    more = said("toy.about.more")[0]
    assert [words.text for words in more.words] == ["Hot.", "So, tea?"]
    assert [words.text for words in more.labels] == ["Yes", "No, thank you"]
    assert said("toy.about.noted")[0].words == (engine_words.WILL_ANSWER, *more.words)


def test_choices_from_facts_come_in_every_size_and_page() -> None:
    sizes = [(spoken.size, len(spoken.labels)) for spoken in said("toy.pick.text")]
    assert sizes == [(0, 0), (1, 1), (3, 3), (12, 9), (12, 5)]


def test_a_walk_is_as_long_as_the_flow_and_no_longer() -> None:
    most_of_a_question = 8 * (len(SIZES) + 1)
    for flow in SHIPPED.values():
        walked = list(walk(flow, worst("en").items, worst("en").answers))
        assert {spoken.key.split(".")[1] for spoken in walked} <= set(flow.steps)
        assert len(walked) <= most_of_a_question * len(flow.steps)


def test_what_the_engine_says_first_was_found_by_walking() -> None:
    join = SHIPPED["join"]
    walked = {(spoken.key, spoken.words) for spoken in walk(join, {}, {})}
    turn = engine.begin(join, {})
    while turn.position is not None and turn.position.step != "name":
        assert {(saying.key, saying.words) for saying in turn.say} <= walked
        turn = engine.advance(join, turn.position, Reading(value="yes", sure=True), {})
    assert turn.position is not None
