"""A slip in a page is found when it is written, and the design system's macros still work."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import Environment, UndefinedError

from console.gaps import Gap

PERSON = SimpleNamespace(name="Asha")


def written(source: str) -> str:
    return Environment(autoescape=True, undefined=Gap).from_string(source).render(person=PERSON, options={"id": "x"})


@pytest.mark.parametrize("slip", ["{{ persn.name }}", "{{ person.nmae }}", "{% if person.nmae %}{% endif %}"])
def test_a_slip_is_found(slip: str) -> None:
    with pytest.raises(UndefinedError):
        written(slip)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ person.name }}", "Asha"),
        ("{{ options.classes }}{{ options.id }}", "x"),
        ("{{ 'y' if false }}", ""),
        ("{{ left_out | default('z') }}", "z"),
        ("{% macro call_me() %}{{ caller() if caller else 'alone' }}{% endmacro %}{{ call_me() }}", "alone"),
    ],
)
def test_what_may_be_left_out_is_empty(source: str, text: str) -> None:
    assert written(source) == text
