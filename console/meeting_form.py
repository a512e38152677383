"""The form of a meeting: what is filled in, read as its details, and what is wrong with it in plain words."""

from __future__ import annotations

import re
from datetime import time

from bank.meeting_facts import WORDINGS
from bank.meetings import LONGEST, LONGEST_LINE, Details
from console import meeting_plan
from console.forms import Form
from console.given_dates import given as given_date
from console.page import Asked
from console.settings_hours import read_time
from language.wording import SOURCE_LANGUAGE
from storage.meetings import MeetingKind, Repeats, Way

# A web address, as far as we look at it.
_LINK = re.compile(r"(?:https?://)?[^\s/]+\.[^\s]+")
_MOST_PLACES = 10_000
_NO_LINK = "Enter a web address, such as https://meet.example/oak"
_TIME = "Enter a time, like 2pm or 2.30pm"
_NO_RULE = ""
# What stands on one line, and how long it may be.
_ONE_LINE = {**dict.fromkeys(("title", "sender", "find", "dial_in"), LONGEST_LINE), "link": LONGEST}
# Each thing that is written, with what to say beside it, and how many lines it has.
LABELS = {
    "title": ("Title", "What people will know it by, such as: Carers' space", 1),
    "agenda": ("What happens there", "In plain words. What will people do? Is there a guest?", 3),
    "who": ("Who will be there", "For example: about 15 carers, and Dana Field from the council", 2),
    "place": ("Where it is", "The address, for those who come in person, such as: Oak Hall, Station Road", 2),
    "find": ("How to find it", "What a bus driver would know, such as: by Aldi", 1),
    "link": ("Link to join online", "The whole web address, for those who join online", 1),
    "dial_in": ("Number to ring instead", "For those who join without the internet. Say what it costs them", 1),
    "parking": ("Parking", "For example: there is free parking behind the hall", 2),
    "access": (
        "Getting in and around",
        "Steps, lift, toilets, hearing loop. Say how it is, not only that it is good",
        2,
    ),
    "paid": ("What people are paid", "For example: £20 for each meeting. Leave it empty if it is not paid", 2),
    "expenses": ("Costs that you pay", "For example: we pay your fares", 2),
    "sender": ("The name it writes under", "Leave it empty for the name of the organisation", 1),
}


def read(asked: Asked) -> Details | None:
    """What was filled in; None where it has no day or no time. The form notes what is wrong."""
    form = asked.form
    words = {name: _wording(asked, name) for name in WORDINGS}
    if not words["title"].get(SOURCE_LANGUAGE):
        form.mistakes.setdefault(f"title-{SOURCE_LANGUAGE}", "Enter a title")
    kind = form.chosen("kind", [one.value for one in MeetingKind], "Choose what kind of meeting it is")
    way = form.chosen("way", [one.value for one in Way], "Choose how people come to it")
    rule = form.chosen("repeats", [*(one.value for one in Repeats), _NO_RULE], "Choose whether it comes again")
    on_day = given_date(form, "on_day", "Enter a real date, such as 3 12 2026")
    begins, ends = _time(form, "at_time"), _time(form, "until")
    capacity, plan = _capacity(form), meeting_plan.read(form)
    if on_day is None or begins is None or ends is None:
        return None
    return Details(
        words,
        on_day,
        begins,
        kind=MeetingKind(kind or MeetingKind.MEETING),
        minutes=_minutes(form, begins, ends),
        way=Way(way or Way.IN_PERSON),
        capacity=capacity,
        guests=form.ticked("guests"),
        project=form.text("project"),
        staff_chair=form.text("staff_chair"),
        member_chair=_token(form.line("member_chair")),
        repeats=Repeats(rule) if rule else None,
        plan=plan,
        for_all=form.ticked("for_all"),
        feedback=form.text("feedback"),
        anonymous=form.ticked("anonymous"),
    )


def _wording(asked: Asked, name: str) -> dict[str, str]:
    """By language, as far as it was written."""
    form, given = asked.form, {}
    for tag in asked.room.organisation.catalogs.spoken:
        text = form.text(f"{name}-{tag}", longest=_ONE_LINE.get(name, LONGEST))
        given[tag] = " ".join(text.split()) if name in _ONE_LINE else text
        if name == "link" and text and not _LINK.fullmatch(given[tag]):
            form.mistakes[f"{name}-{tag}"] = _NO_LINK
    return {tag: text for tag, text in given.items() if text}


def _time(form: Form, name: str) -> time | None:
    found = read_time(form.line(name))
    if found is None:
        form.mistakes[name] = _TIME
    return found


def _minutes(form: Form, begins: time, ends: time) -> int:
    """How long it is on the clock; a night in which the clocks are changed makes it no other length."""
    lasts = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    if lasts <= 0:
        form.mistakes["until"] = "It must end later than it starts, on the same day"
    return max(1, lasts)


def _capacity(form: Form) -> int | None:
    given = form.line("capacity")
    if not given:
        return None
    if given.isascii() and given.isdecimal() and len(given) < 6 and 1 <= int(given) <= _MOST_PLACES:
        return int(given)
    form.mistakes["capacity"] = "Enter a whole number, such as 12. Leave it empty for as many as like"
    return None


def _token(address: str) -> str:
    """The last part of the address of a member's page is their token."""
    return address.rstrip("/").rpartition("/")[2]
