"""Times of the day between which somebody wants texts, in their own words."""

from __future__ import annotations

import pytest

from language.texting import Times, part, times

_NOON, _FIVE = 12 * 60, 17 * 60


def of(begins: list[int] | None = None, ends: list[int] | None = None) -> Times:
    return Times(frozenset(begins or ()), frozenset(ends or ()))


WISHES = [
    ("please only text me after 6", of([6 * 60, 18 * 60])),
    ("Only text me after 6pm please!", of([18 * 60])),
    ("text me only in the mornings", of(ends=[_NOON])),
    ("texts only in the afternoon pls", of([_NOON], [_FIVE])),
    ("text me after half 5 only", of([330, 1050])),
    ("don't text me before 10am", of([600])),
    ("dnt txt me b4 10am", None),
    ("do not message me after 5pm, thanks", of(ends=[1020])),
    ("dont text me until 10am", of([600])),
    ("no texts after 17:30 please", of(ends=[1050])),
    ("could you only text me between 9am and quarter past 4", of([540], [255, 975])),
    ("only text me from 9am to 5pm", of([540], [1020])),
    ("don't text me at night", of()),
    ("Don't text me in the mornings", of([_NOON])),
    ("please dont text me this late", of()),
    ("dont text me between 1pm and 2pm", of()),
    ("please don't text me while I'm at work", of()),
]
NO_WISHES = """
don't text me
stop texting me
don't text me ever again
don't text me after tomorrow
don't text me after 10 texts
text me after 6
can you text me after 5 please
just text me in the evening
only text me about meetings
only text me at weekends
after 6
not before 10
mornings
I am only free after 6
the meeting is only in the mornings
don't text me after 9, my husband reads them
""".strip().splitlines()
WHERE_WE_ASKED = [
    ("not before 10am", of([600])),
    ("after 4pm", of([960])),
    ("between 2pm and 4pm", of([840], [960])),
    ("2pm to 4pm", None),
    ("only in the mornings", of(ends=[_NOON])),
    ("not in the mornings", of([_NOON])),
    ("mornings", None),
    ("10", None),
]
POLISH = [
    ("piszcie tylko po 18", of([1080])),
    ("proszę pisać tylko rano", of(ends=[_NOON])),
    ("nie piszcie do mnie przed 10 rano", of([600])),
    ("nie piszcie po 17:00", of(ends=[1020])),
    ("nie piszcie wieczorem", of(ends=[_FIVE])),
    ("nie piszcie w nocy", of()),
    ("nie piszcie", None),
    ("nie piszcie do mnie", None),
]


@pytest.mark.parametrize(("said", "wished"), WISHES)
def test_a_wish(said: str, wished: Times | None) -> None:
    assert times(said, "en") == wished


@pytest.mark.parametrize("said", NO_WISHES)
def test_no_wish_about_the_times_of_our_texts(said: str) -> None:
    assert times(said, "en") is None


@pytest.mark.parametrize(("said", "wished"), WHERE_WE_ASKED)
def test_where_times_were_asked_for(said: str, wished: Times | None) -> None:
    assert times(said, "en", asked=True) == wished


@pytest.mark.parametrize(("said", "wished"), POLISH)
def test_in_polish(said: str, wished: Times | None) -> None:
    assert times(said, "pl") == wished


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("morning", "morning"),
        ("mornings please", "morning"),
        ("in the evenings only", "evening"),
        ("anytime is fine", "any"),
        ("i don't mind", "any"),
        ("good morning", None),
        ("not mornings", None),
        ("mornings or evenings", None),
    ],
)
def test_a_part_of_the_day(said: str, named: str | None) -> None:
    assert part(said, "en") == named
