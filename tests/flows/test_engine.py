"""The engine as conversations: they write, we say, and stand there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from flows import engine, engine_words
from flows.engine import Turn
from flows.grammar import Ask, Branch, Choice, Choose, End, Flow, FromFacts, Handover, More, Say
from flows.offers import MORE_PAGE
from flows.position import Position, first
from flows.safety import SAFETY
from language import reply
from language.reading import Meaning, Option, Question, Reading
from language.wording import Catalogs, Words, _

WORDS = Catalogs({})
TEA = Flow(
    "tea",
    start="tea",
    nudge=_("Your tea is waiting."),
    nudge_after=timedelta(days=1),
    steps={
        "tea": Choose(
            _("Would you like tea?"),
            save="tea",
            choices=(
                Choice("yes", _("Yes"), then="milk", hears="yes"),
                Choice("more", _("Tell me more"), then="about", hears="more"),
                Choice("no", _("No"), then="bye", hears="no"),
                Choice("young", None, then="juice", hears="under_18"),
            ),
            again=_("So, tea?"),
        ),
        "about": More(_("It is hot."), then="tea"),
        "milk": Ask(_("What shall we call you?"), save="name", read="name", then="sweet", skip="cup"),
        "sweet": Branch(lambda facts, _answers: bool(facts.get("sugar")), yes="biscuit", no="cup"),
        "biscuit": Handover("biscuits"),
        "cup": Say(_("Here you are."), outcome="served"),
        "bye": End("gone"),
        "juice": Say(_("Have some juice."), outcome="juice"),
    },
)
FRUIT = [(f"f{number}", f"Fruit {letter}") for number, letter in enumerate("ABCDEFGHIJKL", 1)]
BOWL = Flow(
    "bowl",
    start="one",
    steps={
        "one": Choose(_("Which one?"), save="one", choices=FromFacts("fruit"), then="several"),
        "several": Choose(
            _("Which ones?"), save="several", choices=FromFacts("fruit"), many=True, then="done", skip="done"
        ),
        "done": Say(_("Enjoy.")),
    },
)


class Talk:
    """One person in one flow, as the bank would carry it on."""

    def __init__(self, flow: Flow, facts: Mapping[str, Any] | None = None) -> None:
        self.flow, self.facts = flow, facts or {}
        self.position: Position = first(flow)
        self.turn = Turn()
        self.take(engine.begin(flow, self.facts))

    def take(self, turn: Turn) -> Talk:
        self.turn = turn
        if turn.position is not None:
            rest = turn.position.as_json()
            self.position = Position.from_json(self.flow.name, self.flow.version, turn.position.step, rest)
        return self

    def writes(self, text: str) -> Talk:
        asked = engine.question(self.flow, self.position, self.facts)
        options = tuple(
            Option(offer.id, self._shown(offer.label), offer.hears, hidden=offer.label is None)
            for offer in asked.offers
        )
        return self.reads(reply.read(Question(asked.read, options), text, "en"))

    def reads(self, reading: Reading) -> Talk:
        return self.take(engine.advance(self.flow, self.position, reading, self.facts))

    def _shown(self, label: Words | None) -> str:
        return WORDS.render(label, "en", {}) if label is not None else ""

    @property
    def said(self) -> list[str]:
        """Each message's lines, with what we took them to mean in its place."""
        return [" / ".join(self._line(words, saying.meant) for words in saying.words) for saying in self.turn.say]

    def _line(self, words: Words, meant: tuple[Words, ...]) -> str:
        named = ", ".join(WORDS.render(one, "en", {}) for one in meant)
        return WORDS.render(words, "en", {"meant": named, "by": "5pm", "answer_by": "Friday"})

    @property
    def shown(self) -> list[str]:
        return [self._shown(offer.label) for offer in self.turn.say[-1].offers if offer.label is not None]


def test_from_the_start_to_the_end() -> None:
    talk = Talk(TEA)
    assert talk.said == ["Would you like tea?"]
    assert talk.shown == ["Yes", "Tell me more", "No"]
    assert talk.writes("yes please").said == ["What shall we call you?"]
    assert talk.turn.learned == {"tea": "yes"}
    assert talk.writes("Asha").said == ["Here you are."]
    assert talk.turn.learned == {"name": "Asha"}
    assert (talk.turn.position, talk.turn.outcome) == (None, "served")


def test_more_is_said_and_the_question_comes_again() -> None:
    talk = Talk(TEA).writes("2")
    assert talk.said == ["It is hot. / So, tea?"]
    assert talk.shown == ["Yes", "Tell me more", "No"]
    assert talk.position.step == "tea"


def test_an_end_without_a_word() -> None:
    talk = Talk(TEA).writes("no")
    assert talk.said == []
    assert (talk.turn.position, talk.turn.outcome) == (None, "gone")


def test_a_handover_names_the_next_flow() -> None:
    talk = Talk(TEA, {"sugar": True}).writes("yes").writes("Asha")
    assert talk.turn.next_flow == "biscuits"
    assert talk.turn.learned == {"name": "Asha"}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes", ["What shall we call you?"]),
        ("no", ["Would you like tea?"]),
    ],
)
def test_a_doubtful_answer_is_checked_back(answer: str, said: list[str]) -> None:
    talk = Talk(TEA).writes("ok")
    assert talk.said == ["Just to check. Did you mean: Yes?"]
    assert talk.shown == ["Yes", "No"]
    assert (talk.turn.learned, talk.turn.moved) == ({}, False)
    assert talk.writes(answer).said == said


def test_a_choice_that_is_never_shown_is_called_by_words_when_it_is_checked() -> None:
    talk = Talk(TEA).reads(Reading(value="young"))
    assert talk.said == ["Just to check. Did you mean: I am under 18?"]
    assert talk.writes("yes").said == ["Have some juice."]


def test_their_own_words_are_checked_as_they_wrote_them() -> None:
    talk = Talk(TEA).writes("yes").reads(Reading(value="{Asha}"))
    assert talk.said == ["Just to check. Did you mean: {Asha}?"]


def test_a_second_doubt_brings_a_person() -> None:
    talk = Talk(TEA).writes("ok").writes("no").writes("ok")
    assert talk.turn.person == "miss"


def test_misses_bring_a_hint_then_a_person_then_silence() -> None:
    talk = Talk(TEA).writes("the bus is red")
    assert talk.said == ["Please reply 1, 2 or 3. Or just tell us, and a person will read it."]
    assert talk.shown == ["Yes", "Tell me more", "No"]
    talk.writes("my shoe is blue")
    assert talk.said == ["Thank you. A person will read what you wrote by 5pm. There is nothing more you need to do."]
    assert talk.turn.person == "miss"
    talk.writes("it rains in leeds")
    assert (talk.said, talk.turn.person) == ([], "miss")
    assert talk.writes("1").said == ["What shall we call you?"]


def test_the_hint_for_an_open_question_asks_it_again() -> None:
    talk = Talk(TEA).writes("yes").reads(Reading())
    assert talk.said == ["Please tell us in a few words. Or text CALL, to talk to a person. / What shall we call you?"]


def test_an_answer_forgets_the_misses() -> None:
    talk = Talk(TEA).writes("the bus is red").writes("tell me more").reads(Reading())
    assert talk.turn.person is None
    assert talk.position.misses == 1


def test_a_question_of_their_own_is_noted_and_ours_is_asked_again() -> None:
    talk = Talk(TEA).reads(Reading(Meaning.QUESTION))
    assert talk.said == ["We will answer by Friday. / So, tea?"]
    assert (talk.turn.person, talk.position.misses) == ("question", 0)


@pytest.mark.parametrize(
    ("label", "readings", "said"),
    [
        ("with an answer", [Reading(value="yes", sure=True, also=("question",))], "What shall we call you?"),
        (
            "with a yes to a check-back",
            [Reading(value="yes"), Reading(value="yes", sure=True, also=("question",))],
            "What shall we call you?",
        ),
    ],
)
def test_a_question_that_comes_with_an_answer_is_noted_too(label: str, readings: list[Reading], said: str) -> None:
    talk = Talk(TEA)
    for reading in readings:
        talk.reads(reading)
    assert talk.said == [f"We will answer by Friday. / {said}"]
    assert talk.turn.person == "question"
    assert talk.turn.learned == {"tea": "yes"}


def test_a_question_that_comes_with_a_doubtful_answer_is_noted_before_the_check_back() -> None:
    talk = Talk(TEA).writes("yes what do i get paid?")
    assert talk.said == ["We will answer by Friday. / Just to check. Did you mean: Yes?"]
    assert (talk.turn.person, talk.shown) == ("question", ["Yes", "No"])


def test_a_question_before_a_silent_end_brings_a_person_and_no_text() -> None:
    talk = Talk(TEA).reads(Reading(value="no", sure=True, also=("question",)))
    assert (talk.said, talk.turn.person, talk.turn.outcome) == ([], "question", "gone")


def test_a_question_before_a_handover_is_noted_before_the_next_flow_speaks() -> None:
    talk = Talk(TEA, {"sugar": True}).writes("yes").reads(Reading(value="Asha", sure=True, also=("question",)))
    assert talk.said == ["We will answer by Friday."]
    assert (talk.turn.person, talk.turn.next_flow) == ("question", "biscuits")


def test_back_goes_to_the_question_before() -> None:
    talk = Talk(TEA).writes("tell me more").writes("yes")
    assert talk.take(engine.back(TEA, talk.position, {})).said == ["Would you like tea?"]
    assert talk.take(engine.back(TEA, talk.position, {})).said == ["Would you like tea?"]


def test_back_from_a_check_back_asks_what_was_checked() -> None:
    talk = Talk(TEA).writes("yes").reads(Reading(value="Asha"))
    assert talk.take(engine.back(TEA, talk.position, {})).said == ["What shall we call you?"]
    assert talk.writes("Ben").turn.learned == {"name": "Ben"}


def test_going_round_does_not_make_the_trail_longer() -> None:
    talk = Talk(TEA)
    for _round in range(5):
        talk.writes("tell me more")
    assert talk.position.trail == ()
    assert talk.writes("yes").position.trail == ("tea",)


def test_skip_leaves_a_question_that_may_be_left() -> None:
    talk = Talk(TEA).writes("yes")
    assert talk.take(engine.skip(TEA, talk.position, {})).said == ["Here you are."]
    assert talk.turn.learned == {}


def test_skip_is_kindly_refused_where_an_answer_is_needed() -> None:
    talk = Talk(TEA)
    talk.take(engine.skip(TEA, talk.position, {}))
    assert talk.said == ["We need an answer to this one, to go on. Or text STOP, and we will stop. / So, tea?"]
    assert talk.shown == ["Yes", "Tell me more", "No"]
    assert not talk.turn.moved


def test_after_a_refused_skip_the_question_that_was_shown_is_the_one_that_is_open() -> None:
    """The check-back was "Did you mean: No?": "1" must not be read as yes to that."""
    talk = Talk(TEA).reads(Reading(value="no"))
    talk.take(engine.skip(TEA, talk.position, {}))
    assert talk.writes("1").turn.learned == {"tea": "yes"}


def test_the_nudge_comes_before_the_open_question() -> None:
    said = engine.nudge(TEA, Talk(TEA).position, {})
    assert said is not None
    assert [words.text for words in said.words] == ["Your tea is waiting.", "So, tea?"]
    assert said.key == "tea.nudge"


def test_the_nudge_of_a_check_back_is_the_check_back() -> None:
    said = engine.nudge(TEA, Talk(TEA).reads(Reading(value="no")).position, {})
    assert said is not None
    assert said.words[1] == engine_words.CHECK
    assert [offer.id for offer in said.offers] == ["yes", "no"]
    assert [words.text for words in said.meant] == ["No"]


@pytest.mark.parametrize(
    ("label", "flow", "position"),
    [
        ("a flow without a nudge", BOWL, Position("bowl", 1, "one")),
        ("a step that is gone", TEA, Position("tea", 1, "gone")),
    ],
)
def test_no_nudge(label: str, flow: Flow, position: Position) -> None:
    assert engine.nudge(flow, position, {"fruit": FRUIT}) is None


def test_a_step_that_is_gone_begins_again_and_keeps_the_answers() -> None:
    gone = Position("tea", 1, "shoe_size", {"code": "OAK"}, trail=("tea",))
    turn = engine.resume(TEA, gone, {})
    assert turn.position == Position("tea", 1, "tea", {"code": "OAK"})
    assert [saying.key for saying in turn.say] == ["tea.tea.text"]
    with pytest.raises(KeyError):
        engine.question(TEA, gone, {})


def test_twelve_choices_come_a_page_at_a_time_and_round_again() -> None:
    talk = Talk(BOWL, {"fruit": FRUIT})
    assert talk.shown == [label for _id, label in FRUIT[:8]] + ["More"]
    assert talk.writes("more").shown == [label for _id, label in FRUIT[8:]] + ["More"]
    assert talk.writes("5").shown == [label for _id, label in FRUIT[:8]] + ["More"]
    assert talk.writes("9").writes("2").turn.learned == {"one": "f10"}


@pytest.mark.parametrize("size", [0, 1, 3, 9])
def test_nine_choices_fit_one_page(size: int) -> None:
    assert Talk(BOWL, {"fruit": FRUIT[:size]}).shown == [label for _id, label in FRUIT[:size]]


@pytest.mark.parametrize(
    ("label", "writes", "learned"),
    [
        ("one page", ["1 3"], ["f1", "f3"]),
        ("over two pages", ["1 3 9", "2"], ["f1", "f3", "f10"]),
        ("nothing on the first page", ["more", "1 2"], ["f9", "f10"]),
        ("nothing on the second page", ["1 9", "none"], ["f1"]),
        ("the same again, round again", ["1 9", "1 5", "1 2"], ["f1", "f9", "f2"]),
        ("all of them, whatever the page", ["all"], [id_ for id_, _label in FRUIT]),
        ("none", ["none"], []),
    ],
)
def test_several_choices_over_pages(label: str, writes: list[str], learned: list[str]) -> None:
    talk = Talk(BOWL, {"fruit": FRUIT}).writes("1")
    for text in writes:
        talk.writes(text)
    assert talk.turn.learned == {"several": learned}
    assert talk.said == ["Enjoy."]


def test_the_next_page_forgets_the_misses() -> None:
    talk = Talk(BOWL, {"fruit": FRUIT}).reads(Reading()).writes("more").reads(Reading())
    assert talk.turn.person is None


def test_a_question_that_comes_with_more_is_noted() -> None:
    talk = Talk(BOWL, {"fruit": FRUIT}).reads(Reading(value=MORE_PAGE, sure=True, also=("question",)))
    assert talk.said == ["We will answer by Friday. / Which one?"]


def test_skip_of_several() -> None:
    talk = Talk(BOWL, {"fruit": FRUIT}).writes("1")
    assert talk.take(engine.skip(BOWL, talk.position, talk.facts)).said == ["Enjoy."]


def test_several_are_said_back_together() -> None:
    talk = Talk(BOWL, {"fruit": FRUIT}).writes("1").reads(Reading(value=("f1", "f2")))
    assert talk.said == ["Just to check. Did you mean: Fruit A, Fruit B?"]
    assert talk.writes("yes").turn.learned == {"several": ["f1", "f2"]}


def test_a_doubtful_no_is_taken_at_once_where_asking_back_could_do_harm() -> None:
    turn = engine.advance(SAFETY, Position("safety", 1, "safe"), Reading(value="no", sure=False), {})
    assert (turn.say, turn.position, turn.outcome) == ((), None, "unsafe")


def test_skip_at_the_safety_question_gets_silence() -> None:
    turn = engine.skip(SAFETY, Position("safety", 1, "safe"), {})
    assert (turn.say, turn.outcome) == ((), "unsafe")
