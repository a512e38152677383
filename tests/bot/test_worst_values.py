"""What the checker measures by are facts that the bank loads, and no other."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bank.facts import Company, facts_for
from flows.promises_month import PROMISES_MONTH
from flows.worst import worst
from language.wording import Catalogs

PERSON = SimpleNamespace(id=1, name="Asha", district=None, digest=False)
COMPANY = Company((), PERSON, landline=False, meeting="one")  # type: ignore[arg-type]  a stand-in for a row
ORGANISATION = SimpleNamespace(catalogs=Catalogs({}), topics=(), days_of_grace=14)
# Worked out for one message, where it is said.
SAID_ONCE = {"host", "calendar"} | PROMISES_MONTH.values
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize("language", ["en", "pl", "cy"])
def test_worst_values_are_facts(language: str) -> None:
    known = set(facts_for(None, ORGANISATION, NOW, language, COMPANY))  # type: ignore[arg-type]
    assert set(worst(language).values) <= known | SAID_ONCE
    assert set(worst(language).items) <= known


def test_dates_are_the_longest_of_the_year_in_each_language() -> None:
    assert worst("en").values["by"] == "12 noon, Wednesday 16 September"
    assert worst("pl").values["paused_until"] == "poniedziałek 12 października"
