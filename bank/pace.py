"""Pace: how many days apart somebody wants texts that they did not ask for, as they chose it (LESS).

It is kept as a number of days (`people.days_apart`), and handed on by the name of the choice.
"""

from __future__ import annotations

from collections.abc import Mapping

from language.wording import Words, _
from storage.people import ONLY_THE_NEWS
from storage.schema import Record

# Of what was chosen, "before" is as the organisation has it.
DAYS: Mapping[str, int | None] = {"two_weeks": 14, "month": 31, "news": ONLY_THE_NEWS, "before": None}
# As it stands among what we hold about them.
SPOKEN: Mapping[str | None, Words] = {
    None: _("once a week at most"),
    "two_weeks": _("every two weeks at most"),
    "month": _("once a month at most"),
    "news": _("only the news"),
}


def kept(person: Record) -> str | None:
    """The name of the choice; None where they leave it to us."""
    days = person.days_apart
    return None if days is None else next((name for name, most in DAYS.items() if most and days <= most), "news")
