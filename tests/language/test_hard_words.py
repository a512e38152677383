"""Hard words: found in every form that people write, and answered with plainer ones."""

from __future__ import annotations

import pytest

from language.inflection import plural, verb_forms
from language.plainer import findings, hard_words, section


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We use it to help.", []),
        ("Service Users should utilise it", ["service users", "utilise"]),
        ("prior\nto that", ["prior to"]),
        ("prior. To that", []),
        ("Co-production, or coproduction, or co production", ["co-production", "coproduction"]),
        ("the commissioner commissions", ["commissioner", "commissions"]),
        ("reutilised", []),
        ("fish, chips etc.", ["etc"]),
        ("e.g. chips", ["e.g."]),
        ("the stakeholder's views", ["stakeholder"]),
        ("stakeholders’ views", ["stakeholders"]),
        ("terms of reference", ["terms of reference"]),
        ("in accordance with the plan", ["in accordance with"]),
        ("the Care Quality Commission", []),
        ("Cost is £5. Via the shop", ["via"]),
        ("", []),
        ("?!", []),
    ],
)
def test_hard_words(text: str, found: list[str]) -> None:
    assert sorted(hard_words(text, "en-GB")) == sorted(found)


@pytest.mark.parametrize(
    ("said", "plainer"),
    [
        ("remuneration", "payment"),
        ("facilitate", "help, lead"),
        ("facilitates", "helps, leads"),
        ("facilitated", "helped, led"),
        ("facilitating", "helping, leading"),
        ("utilised", "used"),
        ("utilized", "used"),
        ("prioritizing", "doing first, putting first"),
        ("notifies", "tells"),
        ("submitted", "sent"),
        ("transmitting", "sending"),
        ("undertook", "did/done"),
        ("undertaken", "did/done"),
        ("liaising with", "talking to"),
        ("beneficiaries", "people who get it"),
        ("criteria", "rules"),
        ("venues", "places"),
        ("accessible", "Say how: step-free, ground floor, large print"),
    ],
)
def test_a_form_is_answered_in_the_same_form(said: str, plainer: str) -> None:
    assert hard_words(f"It {said} now", "en") == {said: plainer}


def test_every_form_of_a_verb() -> None:
    assert [form for form, _name in verb_forms("utilise")] == [
        *("utilise", "utilises", "utilised", "utilising"),
        *("utilize", "utilizes", "utilized", "utilizing"),
    ]
    assert [form for form, _name in verb_forms("undergo")] == [
        *("undergo", "undergoes", "underwent", "undergone", "undergoing"),
    ]


@pytest.mark.parametrize(
    ("one", "many"),
    [("policy", "policies"), ("point of contact", "points of contact"), ("process", "process"), ("box", "boxes")],
)
def test_plural(one: str, many: str) -> None:
    assert plural(one) == many


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Świadczeniobiorcy realizują usługi opiekuńcze.", ["realizują", "usługi opiekuńcze", "świadczeniobiorcy"]),
        ("W celu ewaluacji", ["ewaluacji", "w celu"]),
        ("Dokonuje zmian", ["dokonuje"]),
        ("Cel jest prosty.", []),
        ("Można przyjść w środę.", []),
    ],
)
def test_polish_words_are_found_by_their_stems(text: str, found: list[str]) -> None:
    assert sorted(hard_words(text, "pl")) == sorted(found)


def test_a_language_without_a_list_has_no_hard_words() -> None:
    assert hard_words("service user", "cy") == {}


def test_a_councils_own_words_win() -> None:
    own = {"Aspire Hub": "the centre in Mill Road", "engagement team": "", "via": "through", "hubb*": "centre"}
    text = "Ask the engagement team via the Aspire hub, or other hubbies. Engagement."
    assert hard_words(text, "en", own) == {
        "Aspire Hub": "the centre in Mill Road",
        "via": "through",
        "hubbies": "centre",
        "engagement": "getting involved",
    }


def test_a_finding_says_the_plainer_words() -> None:
    found = list(findings("We Utilise it. It is accessible. We utilise it.", "en"))
    assert [(one.says, one.words) for one in found] == [
        ('It says "utilise". Say "use".', ("utilise",)),
        ('It says "accessible". Say how: step-free, ground floor, large print.', ("accessible",)),
    ]


def test_the_lists_are_as_long_as_we_say() -> None:
    english = {word for name in ("verbs", "nouns", "phrases", "advice") for word in section("en", name)}
    assert len(english) >= 600
    assert len(section("pl", "phrases")) >= 250


@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_plainer_word_is_itself_a_hard_one(language: str) -> None:
    listed = {**section(language, "verbs"), **section(language, "nouns"), **section(language, "phrases")}
    hard = {word: found for word, plainer in listed.items() if (found := hard_words(plainer, language))}
    assert hard == {}


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_listed_word_is_found(language: str) -> None:
    for name in ("verbs", "nouns", "phrases", "advice"):
        for word, plainer in section(language, name).items():
            assert not plainer or hard_words(word.replace("*", "x"), language), word
