"""Question sets: each kind builds, is checked as our own flows are, and can be walked to its end."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import ROOT
from flows import engine
from flows.engine import Turn
from flows.grammar import Ask, Choose, Flow, More, Say
from flows.position import Position
from flows.question_set import (
    SAVES,
    THANK_YOU,
    Kind,
    Question,
    QuestionSet,
    build,
    id_of,
    labels,
    name_of,
    said_in,
)
from flows.question_set_check import check
from language import reply
from language.reading import Option
from language.reading import Question as Asked
from language.wording import Catalogs

CATALOGS = Catalogs.load(ROOT / "locales")
MORNINGS = ({"en": "Mornings", "pl": "Rano"}, {"en": "Evenings", "pl": "Wieczorem"})
ALL = QuestionSet(
    (
        Question(Kind.TEXT, {"en": "What would make it better? Or text SKIP."}, may_skip=True),
        Question(Kind.NUMBER, {"en": "How many hours a week?", "pl": "Ile godzin tygodniowo?"}),
        Question(Kind.ONE, {"en": "When suits you best?", "pl": "Kiedy najlepiej?"}, MORNINGS),
        Question(Kind.SEVERAL, {"en": "When could you come? Send numbers, like 1 2."}, MORNINGS),
        Question(Kind.YES_NO, {"en": "Would you like to meet other carers?"}),
    )
)


def one(kind: Kind, words: str, *choices: str, **more: bool) -> QuestionSet:
    return QuestionSet((Question(kind, {"en": words}, tuple({"en": choice} for choice in choices), **more),))


def problems(asked: QuestionSet, severity: str = "error") -> list[tuple[str, str, str]]:
    found = [finding for finding in check(asked, CATALOGS) if finding.severity == severity]
    return [(finding.key, finding.language, finding.problem) for finding in found]


def answered(flow: Flow, *replies: str, language: str = "en") -> tuple[list[str], dict[str, object], Turn]:
    """The steps that were asked, what was learned, and the last turn, when these replies come one after another."""
    turn = engine.begin(flow, {})
    steps, learned = [], {}
    for text in replies:
        assert turn.position is not None
        steps.append(turn.position.step)
        asked = engine.question(flow, turn.position, {})
        options = tuple(
            Option(offer.id, CATALOGS.render(offer.label, language, {}), offer.hears)
            for offer in asked.offers
            if offer.label
        )
        turn = engine.advance(flow, turn.position, reply.read(Asked(asked.read, options), text, language), {})
        learned |= turn.learned
    return steps, learned, turn


def test_every_kind_becomes_a_step_of_ours() -> None:
    flow = build("set_7", 3, ALL, "en")
    assert (flow.name, flow.version, flow.start) == ("set_7", 3, "q1")
    assert list(flow.steps) == ["q1", "q2", "q3", "q4", "q5", "thanks"]
    first, second, third, fourth, fifth, thanks = flow.steps.values()
    assert isinstance(first, Ask)
    assert (first.read, first.skip, first.then) == ("opinion", "q2", "q2")
    assert isinstance(second, Ask)
    assert (second.read, second.skip) == ("number", None)
    assert isinstance(third, Choose)
    assert isinstance(fourth, Choose)
    assert isinstance(fifth, Choose)
    assert [step.many for step in (third, fourth, fifth)] == [False, True, False]
    assert [choice.hears for choice in fifth.choices] == ["yes", "no"]  # type: ignore[union-attr]  it is a question
    assert thanks == Say(THANK_YOU, outcome="told")
    assert check(ALL, CATALOGS)[0].severity == "note"


def test_it_is_walked_to_its_end() -> None:
    steps, learned, turn = answered(build("set_7", 1, ALL, "en"), "more pictures", "20", "evenings", "1 2", "yes")
    assert steps == ["q1", "q2", "q3", "q4", "q5"]
    assert learned == {"q1": "more pictures", "q2": "20", "q3": "c2", "q4": ["c1", "c2"], "q5": "yes"}
    assert (turn.position, turn.outcome) == (None, "told")


def test_words_are_in_their_language_else_in_english() -> None:
    polish = build("set_7", 1, ALL, "pl")
    assert polish.steps["q2"].text.text == "Ile godzin tygodniowo?"  # type: ignore[union-attr]  it is a question
    assert polish.steps["q5"].text.text == "Would you like to meet other carers?"  # type: ignore[union-attr]
    assert answered(polish, "nic", "około 5", "wieczorem", "1", "tak", language="pl")[1]["q3"] == "c2"
    simple = build("set_7", 1, ALL, "en_GB@simple")
    assert simple.steps["q2"].text.text == "How many hours a week?"  # type: ignore[union-attr]  it is a question
    assert labels(ALL.questions, "q3", "pl") == {"c1": "Rano", "c2": "Wieczorem"}
    assert said_in({}, "pl") == ""


@pytest.mark.parametrize("kind", [Kind.ONE, Kind.SEVERAL])
def test_choices_that_are_often_given_are_heard_when_they_are_written_back(kind: Kind) -> None:
    often = ("At home", "Somewhere else", "All of these", "None of these", "Nobody helps me", "Not sure")
    asked = one(kind, "Where do you get help?", *often)
    assert [told for told in problems(asked) + problems(asked, "note") if "Written back" in told[2]] == []
    picked = answered(build("set_7", 1, asked, "en"), "None of these")[1]["q1"]
    assert picked == (["c4"] if kind is Kind.SEVERAL else "c4")


def test_what_somebody_wrote_is_never_taken_for_a_place() -> None:
    flow = build("set_7", 1, one(Kind.TEXT, "Is {name} well?"), "en")
    assert CATALOGS.render(engine.begin(flow, {}).say[0].words[0], "en", {}) == "Is {name} well?"


def test_our_own_words_are_said_in_every_language() -> None:
    said = {CATALOGS.render(THANK_YOU, language, {}) for language in CATALOGS.spoken}
    assert len(said) == len(CATALOGS.spoken)


def test_a_few_words_before_and_thanks_of_their_own() -> None:
    asked = QuestionSet(ALL.questions[:1], {"en": "A short question first."}, {"en": "Thank you. See you soon."})
    flow = build("set_7", 1, asked, "en")
    assert isinstance(flow.steps["intro"], More)
    [opening] = engine.begin(flow, {}).say
    assert [words.text for words in opening.words] == [
        "A short question first.",
        "What would make it better? Or text SKIP.",
    ]
    assert answered(flow, "no idea")[2].say[0].words[0].text == "Thank you. See you soon."
    assert problems(asked) == []


def test_it_is_written_down_and_read_again() -> None:
    asked = QuestionSet(ALL.questions, {"en": "A few questions."}, {})
    assert QuestionSet.from_json(json.loads(json.dumps(asked.as_json()))) == asked


def test_names() -> None:
    assert (name_of(12), id_of("set_12")) == ("set_12", 12)
    assert [id_of(odd) for odd in ("join", "set_", "set_x", "set_1_2", "set_\u0663", f"set_{'9' * 30}")] == [None] * 6


BROKEN = [
    ("no question", QuestionSet(()), ("set", "", "Ask 1 to 20 questions.")),
    ("too many", QuestionSet(ALL.questions[:1] * 21), ("set", "", "Ask 1 to 20 questions.")),
    ("no words", one(Kind.TEXT, ""), ("q1.words", "en", "Write it in English")),
    ("one choice only", one(Kind.ONE, "When?", "Mornings"), ("q1.choices", "en", "Give 2 to 9 choices")),
    ("ten choices", one(Kind.SEVERAL, "When?", *"abcdefghij"), ("q1.choices", "en", "Give 2 to 9 choices")),
    ("twice the same", one(Kind.ONE, "When?", "Mornings", "mornings!"), ("q1.choices", "en", "Another choice says")),
    ("a brace", one(Kind.TEXT, "Dear {name}?"), ("q1.words", "en", "Leave out")),
    ("half a brace", one(Kind.ONE, "When?", "Mornings", "Eve}"), ("q1.choices", "en", "Leave out")),
    ("a hard word", one(Kind.TEXT, "What do you utilise?"), ("q1.words", "en", 'Say "use"')),
    ("two questions", one(Kind.TEXT, "Tea? Milk?"), ("q1.words", "en", "more than one question")),
    ("too long", one(Kind.TEXT, "We have tea for you. " * 20 + "Tea?"), ("q1.words", "en", "is the most")),
    ("a long label", one(Kind.ONE, "When?", "Mornings", "In the evenings after six"), ("q1.choices", "en", "24 is")),
    ("a word of ours", one(Kind.ONE, "How?", "Letters", "No texts"), ("q1.choices", "en", "heard as STOP")),
    ("danger", one(Kind.ONE, "How is it?", "Fine", "He hits me"), ("q1.choices", "en", "sign of danger")),
    (
        "choices that lack a language",
        QuestionSet((Question(Kind.ONE, {"en": "When?", "pl": "Kiedy?"}, ({"en": "Mornings"}, {"en": "Evenings"})),)),
        ("q1.choices", "pl", "Write every choice in this language"),
    ),
    (
        "a translation that blames",
        QuestionSet((Question(Kind.TEXT, {"en": "Tea?", "pl": "Nieprawidłowe?"}),)),
        ("q1.words", "pl", "It blames"),
    ),
    (
        "an introduction in Polish alone",
        QuestionSet(ALL.questions[:1], {"pl": "Krótkie pytanie."}),
        ("intro.words", "en", "Write it in English"),
    ),
]


@pytest.mark.parametrize(("label", "asked", "problem"), BROKEN, ids=[row[0] for row in BROKEN])
def test_what_must_be_mended_is_found(label: str, asked: QuestionSet, problem: tuple[str, str, str]) -> None:
    key, language, told = problem
    assert [one for one in problems(asked) if one[:2] == (key, language) and told in one[2]], problems(asked)


NOTED = [
    ("skip untold", one(Kind.TEXT, "What is good?", may_skip=True), "it does not say so"),
    ("many questions", QuestionSet(ALL.questions[1:2] * 6), "Few people answer more than 5"),
    ("a year", one(Kind.TEXT, "What was good in 2026?"), "It has the number 2026"),
    ("a number as a choice", one(Kind.ONE, "How often?", "Never", "2 times"), "begins with a number"),
    ("no Polish", QuestionSet((ALL.questions[1], ALL.questions[4])), "Nobody has written it in this language"),
]


@pytest.mark.parametrize(("label", "asked", "told"), NOTED, ids=[row[0] for row in NOTED])
def test_what_is_worth_knowing_is_told_and_may_stay(label: str, asked: QuestionSet, told: str) -> None:
    assert problems(asked) == []
    assert [one for one in problems(asked, "note") if told in one[2]]


LABELS = st.sampled_from(["Mornings", "At home", "{tea}", "2", "No", "STOP", "Nie", "x" * 30, "?", "All", "}", " "])
TEXTS = st.one_of(st.sampled_from(["When suits you?", "Tea? Milk?", "{", "Ring 999.", ""]), st.text(max_size=40))
WORDINGS = st.fixed_dictionaries({"en": TEXTS}, optional={"pl": TEXTS})
CHOICES = st.lists(st.fixed_dictionaries({"en": LABELS}, optional={"pl": LABELS}), max_size=11).map(tuple)
SETS = st.builds(
    QuestionSet,
    st.lists(st.builds(Question, st.sampled_from(Kind), WORDINGS, CHOICES, st.booleans()), max_size=4).map(tuple),
    st.one_of(st.just({}), WORDINGS),
    st.one_of(st.just({}), WORDINGS),
)


@given(SETS, st.sampled_from(["en", "pl", "en_GB@simple"]), st.data())
@settings(max_examples=120, deadline=None)
def test_any_set_is_refused_or_can_be_walked_to_its_end(asked: QuestionSet, language: str, data: st.DataObject) -> None:
    if problems(asked):
        return
    flow = build("set_1", 1, asked, language)
    turn, kept = engine.begin(flow, {}), {}
    for _ in asked.questions:
        assert turn.position is not None
        turn = _next(flow, turn.position, data)
        kept |= turn.learned
    assert (turn.position, turn.outcome) == (None, "told")
    assert set(kept) <= SAVES
    json.dumps(kept)


def _next(flow: Flow, position: Position, data: st.DataObject) -> Turn:
    step = flow.steps[position.step]
    assert isinstance(step, Ask | Choose)
    if step.skip is not None and data.draw(st.booleans()):
        return engine.skip(flow, position, {})
    asked = engine.question(flow, position, {})
    options = tuple(
        Option(offer.id, CATALOGS.render(offer.label, "en", {}), offer.hears) for offer in asked.offers if offer.label
    )
    number = str(data.draw(st.integers(1, len(options) or (5 if asked.read == "rating" else 9))))
    reading = reply.read(Asked(asked.read, options), number, "en")
    assert reading.sure, (number, options)
    return engine.advance(flow, position, reading, {})
