"""Each check of the checker can fail; and what we ship passes them all."""

from __future__ import annotations

import gettext
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.check import check
from flows.finding import Finding
from flows.grammar import Ask, Branch, Choice, Choose, End, Flow, FromFacts, Handover, More, Say, Step
from flows.surroundings import Surroundings
from flows.worst import Worst, worst
from language.wording import Catalogs, Words, _, _n

AROUND = Surroundings(saves=frozenset({"tea", "name"}), handovers=frozenset({"next"}), unasked=frozenset({"toy"}))
VALUES = frozenset({"council", "by", "paused_until"})
BY_US = "{council} here. STOP ends texts. "
ENGLISH = Catalogs({})


class Polish(gettext.GNUTranslations):
    """A catalog of one text."""

    def __init__(self, source: str, theirs: str) -> None:
        super().__init__()
        self.source, self.theirs = source, theirs

    def gettext(self, message: str) -> str:
        return self.theirs if message == self.source else message

    def pgettext(self, context: str, message: str) -> str:
        return message

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.theirs if one == self.source else many


def toy(text: str | Words = "Tea?", *, ours: bool = True, flow: dict[str, object] | None = None, **steps: Step) -> Flow:
    """A flow that asks one question, and says who asks; any part can be made wrong."""
    words = text if isinstance(text, Words) else Words(f"{BY_US if ours else ''}{text}")
    sound: dict[str, Step] = {
        "ask": Choose(words, save="tea", choices=(Choice("yes", _("Yes"), "end"), Choice("no", _("No"), "end"))),
        "end": End("over"),
    }
    return replace(Flow("toy", start="ask", steps={**sound, **steps}, values=VALUES), **(flow or {}))  # type: ignore[arg-type]


def asks(*choices: Choice, **parts: object) -> Step:
    step = Choose(_(BY_US + "Tea?"), save="tea", choices=choices or (Choice("yes", _("Yes"), "end"),))
    return replace(step, **parts)  # type: ignore[arg-type]


def problems(flow: Flow, catalogs: Catalogs = ENGLISH, around: Surroundings = AROUND) -> list[Finding]:
    return check({flow.name: flow}, {}, catalogs, around)


def test_a_sound_flow_has_nothing_wrong() -> None:
    assert problems(toy()) == []


LONG = " ".join(["word"] * 30)
BROKEN = [
    ("no start", toy(flow={"start": "gone"}), 'It starts at "gone", which is no step.'),
    ("an edge to nowhere", toy(ask=asks(Choice("yes", _("Yes"), "gone"))), 'It leads to "gone", which is no step.'),
    ("a skip to nowhere", toy(ask=asks(skip="gone")), 'It leads to "gone", which is no step.'),
    ("more before no question", toy(more=More(_("Hot."), "end")), "which is no question."),
    ("a step that nothing leads to", toy(lost=Say(_("Hello."))), "No way leads to this step."),
    ("no way out", toy(ask=asks(Choice("yes", _("Yes"), "ask"))), "From here the conversation can never end."),
    (
        "a silent round",
        toy(ask=asks(skip="a"), a=Say(_("A."), "b"), b=Branch(lambda _f, _a: True, yes="a", no="end")),
        "From here it goes round without waiting for a reply.",
    ),
    ("a nudge without a time", toy(flow={"nudge": _("{council} here. STOP ends texts.")}), "nudge without the time"),
    ("a time without a nudge", toy(flow={"nudge_after": timedelta(1)}), "the time without a nudge"),
    ("a handover to nowhere", toy(ask=asks(skip="on"), on=Handover("gone")), 'hands over to "gone"'),
    ("a save that nobody knows", toy(ask=asks(save="shoe")), 'Nobody knows what to do with the answer "shoe".'),
    ("a way of reading that is none", toy(ask=Ask(_(BY_US), "name", "colour", "end")), 'no way to read "colour"'),
    ("facts that are none", toy(ask=asks(choices=FromFacts("fruit"), then="end")), 'no facts called "fruit"'),
    (
        "choices from facts that lead nowhere",
        toy(ask=asks(choices=FromFacts("topics"))),
        "does not say where they lead",
    ),
    ("a page too long", toy(ask=asks(choices=FromFacts("topics", page=12), then="end")), "2 to 9 choices"),
    ("the same choice twice", toy(ask=asks(*[Choice("yes", _("Yes"), "end")] * 2)), 'Two choices are called "yes".'),
    ("a choice with a long name", toy(ask=asks(Choice("y" * 25, _("Yes"), "end"))), "is not a short name"),
    ("a choice with an odd name", toy(ask=asks(Choice("a.b", _("Yes"), "end"))), "is not a short name"),
    ("no choice that is shown", toy(ask=asks(Choice("yes", None, "end"))), "It shows no choice."),
    ("several that lead nowhere", toy(ask=asks(many=True)), "Several choices may be picked"),
    ("a step with a long name", toy(**{"ask": asks(skip="s" * 25), "s" * 25: End("over")}), "is not a short name"),
    (
        "a button that carries too much",
        toy(flow={"start": "s" * 24}, **{"s" * 24: asks(Choice("y" * 24, _("Yes"), "ask"))}),
        "would carry 67 bytes; 64 is the most",
    ),
    ("a label that is a word of its own", toy(ask=asks(Choice("no", _("No texts"), "end"))), "heard as STOP"),
    ("a label too long", toy(ask=asks(Choice("yes", _("Yes, and a biscuit as well"), "end"))), "24 is the most"),
    ("a label too long for a button", toy(ask=asks(Choice("yes", _("Yes, and a biscuit too"), "end"))), "a list"),
    ("a second asking that says utilise", toy(ask=asks(again=_("Shall we utilise tea?"))), 'It says "utilise"'),
    ("a value that the flow does not name", toy("Tea, {name}?"), "{name}, which is not among the values"),
    ("a value of no known length", toy("Tea, {shoe}?", flow={"values": VALUES | {"shoe"}}), "how long {shoe} may be"),
    ("a number of a helpline", toy("Ring 999. Tea?"), 'The number "999" is written in the text'),
    ("a number in groups", toy("Ring 08 00 11. Tea?"), 'The number "08 00 11" is written in the text'),
    ("a curly quote", toy("Don\u2019t you want tea?"), "Write plain marks: \u2019 to '."),
    ("a long dash", toy("Tea \u2013 now?"), "Write plain marks: \u2013 to -."),
    ("a letter beyond GSM-7", toy("Tęa?"), "70 characters, not 160"),
    ("a blaming word", toy("That is invalid. Tea?"), 'It blames: "invalid".'),
    ("another", toy("An error. Tea?"), 'It blames: "error".'),
    ("a hard word", toy("Shall we utilise tea?"), 'It says "utilise". Say "use".'),
    ("a word to send that we do not know", toy("Text TEAPOT. Tea?"), '"TEAPOT" is in capitals'),
    ("a long sentence", toy(f"{LONG}. Tea?"), "A sentence has 30 words; 15 is the most."),
    ("two questions", toy("Milk? Tea?"), "It asks more than one question."),
    (
        "a question in the middle",
        toy("Tea? We have a pot of tea. It is warm. It is in the hall by the door."),
        "come last",
    ),
    ("hard to read", toy("Municipal administration necessitates documentation?"), "reading age"),
    ("too long", toy("We have tea here for you. " * 15 + "Tea?"), "is the most."),
    ("long for a question", toy("We have tea here for you. " * 5 + "Tea?"), "It takes 2 segments"),
    ("nobody asked, and who writes?", toy("STOP ends texts. Tea?", ours=False), "do not say who is writing"),
    ("nobody asked, and no way to stop", toy("{council} here. Tea?", ours=False), "does not say STOP"),
    (
        "a nudge that does not say who writes",
        toy(flow={"nudge": _("STOP ends texts."), "nudge_after": timedelta(1)}),
        "do not say who is writing",
    ),
]


@pytest.mark.parametrize(("label", "flow", "problem"), BROKEN, ids=[row[0] for row in BROKEN])
def test_what_is_wrong_is_found(label: str, flow: Flow, problem: str) -> None:
    assert [finding for finding in problems(flow) if problem in finding.problem]


@pytest.mark.parametrize(
    ("label", "source", "theirs", "problem"),
    [
        ("a place that is missing", "Tea by {by}?", "Herbata?", "The translation lacks {by}."),
        ("a place too many", "Tea?", "Herbata {by}?", "The translation adds {by}."),
        ("a place misspelt", "Tea by {by}?", "Herbata {bye}?", "The translation adds {bye}."),
        ("a brace left open", "Tea by {by}?", "Herbata {by?", "Its places cannot be filled in"),
        ("a place without a name", "Tea by {by}?", "Herbata {}?", "Its places cannot be filled in"),
        ("blame", "Tea?", "Nieprawidłowe?", 'It blames: "Nieprawidłowe".'),
        ("a word to send that we do not know", "Tea?", "Odpisz HERBATA?", '"HERBATA" is in capitals'),
        ("a label that is a word of its own", "No", "Nie piszcie", "heard as STOP"),
        ("two questions", "Tea?", "Czy? Herbata?", "It asks more than one question."),
        ("no STOP", "{council} here. STOP ends texts. Tea?", "Tu {council}. Herbata?", "does not say STOP"),
        ("too long", "Tea?", "Mamy żółtą herbatę. " * 13 + "Herbata?", "3 is the most."),
    ],
)
def test_a_translation_is_held_to_the_same(label: str, source: str, theirs: str, problem: str) -> None:
    found = problems(toy(source, ours=False), Catalogs({"pl": Polish(source, theirs)}))
    assert [finding for finding in found if problem in finding.problem and finding.language == "pl"]


def test_every_plural_form_is_looked_at() -> None:
    words = _n("One tea.", "{count} teas.", "count")
    flow = toy(flow={"values": VALUES | {"count"}}, ask=asks(skip="say"), say=Say(words))
    assert [one for one in problems(flow, Catalogs({"pl": Polish("One tea.", "Herbaty.")})) if "lacks" in one.problem]


def test_a_weekday_must_fit_its_date() -> None:
    def wrong(language: str) -> Worst:
        return replace(worst(language), values={**worst(language).values, "by": "12 noon, Friday 3 December"})

    found = problems(toy("By {by}. Tea?"), around=replace(AROUND, worst=wrong))
    assert '"Friday 3 December" does not fit: that date is "Thursday 3 December". Check which of the two is right.' in {
        finding.problem for finding in found
    }
    assert problems(toy("By {by}. Tea?")) == []


def test_texts_for_everywhere_are_looked_at_too() -> None:
    texts = {"everywhere.tea": _("Shall we utilise tea?"), "everywhere.who": _("{shoe} here.")}
    found = {(finding.key, finding.problem) for finding in check({}, texts, ENGLISH, AROUND)}
    assert ("everywhere.tea", 'It says "utilise". Say "use".') in found
    assert ("everywhere.who", "It uses {shoe}, which is not among the values of its flow.") in found


def test_errors_come_before_notes() -> None:
    flow = toy("We have tea here for you. " * 5 + "Shall we utilise tea?")
    assert [finding.severity for finding in problems(flow)] == ["error", "note"]
