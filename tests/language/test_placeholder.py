"""Placeholders: what stands in braces in a text written for many, and what is read where there is no name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import placeholder

ASHA = {"name": "Asha", "council": "Ashdale Council"}


@pytest.mark.parametrize(
    ("text", "named", "nameless"),
    [
        ("Hello {name}, come.", "Hello Asha, come.", "Hello, come."),
        ("{name}, will you come?", "Asha, will you come?", "Will you come?"),
        ("Will you come, {name}?", "Will you come, Asha?", "Will you come?"),
        ("Will you, {name}, come?", "Will you, Asha, come?", "Will you come?"),
        ("Thank you {name}.", "Thank you Asha.", "Thank you."),
        ("{council}: {name}, come.", "Ashdale Council: Asha, come.", "Ashdale Council: Come."),
        ("Hello {name}", "Hello Asha", "Hello"),
        ("Hi {name} and all.", "Hi Asha and all.", "Hi and all."),
        ("Hello, {name}\nCome.", "Hello, Asha\nCome.", "Hello\nCome."),
        ("{name}", "Asha", ""),
        ("{{name}} is {name}", "{name} is Asha", "{name} is"),
        ("No braces.", "No braces.", "No braces."),
    ],
)
def test_a_text_reads_well_with_a_name_and_without(text: str, named: str, nameless: str) -> None:
    assert placeholder.fill(text, ASHA) == named
    assert placeholder.fill(text, ASHA | {"name": ""}) == nameless


def test_what_a_name_says_is_never_filled_in_again() -> None:
    assert placeholder.fill("Hello {name}.", {"name": "{council} {0.__class__} %s", "council": "!"}) == (
        "Hello {council} {0.__class__} %s."
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Hello {name}, from {council}. {stop}", []),
        ("A {{brace}}.", []),
        ("Hello {nmae}", ["There is no {nmae}. You can use {name}, {council}, {sender}, {stop}."]),
        ("About {project}", ["{project} is about a project. Choose the project, or take it out."]),
        ("Odd {", ["A brace stands alone. For a brace that people read, write it twice."]),
        ("Odd }", ["A brace stands alone. For a brace that people read, write it twice."]),
    ],
)
def test_what_cannot_be_filled_in_is_told_plainly(text: str, says: list[str]) -> None:
    assert list(placeholder.findings(text, of_project=False)) == says


@pytest.mark.parametrize("odd", ["{}", "{0}", "{Name}", "{name!r}", "{name.upper}", "{ name }"])
def test_nothing_but_a_name_of_ours_stands_in_braces(odd: str) -> None:
    (says,) = placeholder.findings(f"Hello {odd}", of_project=True)
    assert says.startswith(f"{odd} cannot be filled in.")


def test_a_project_s_own_placeholders_are_there_with_a_project() -> None:
    assert not list(placeholder.findings("{project}: {aim} {place} {starts}", of_project=True))


@given(st.text(alphabet="{}name ,.?:\nAé"), st.dictionaries(st.sampled_from(["name", "stop"]), st.text()))
def test_filling_in_never_fails_and_keeps_a_text_without_braces(text: str, values: dict[str, str]) -> None:
    filled = placeholder.fill(text, values)
    if not set(text) & set("{}"):
        assert filled == text
