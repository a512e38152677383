"""The longest that each value of a text is likely to be, to measure texts by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from flows.project_words import ROOM, ROOM_TOGETHER, TOGETHER
from flows.walk import Item
from language.dates import clock, day, moment, month
from language.wording import Values


@dataclass(frozen=True, slots=True)
class Worst:
    """For one language: `values` by name, `items` for each fact that offers choices, `answers` for each way of reading.

    `year` is that of every date in `values`.
    """

    values: Values
    items: Mapping[str, Sequence[Item]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    year: int = 2026

    def fitting(self, places: Collection[str]) -> Values:
        """The values of a text with these places: beside a day, "time" is when a meeting begins, and not how long."""
        of_meeting = "day" in places and "ends" in self.values
        return {**self.values, "time": self.values["ends"]} if of_meeting else self.values


_YEAR = 2026
_NAME = "Alexandrina-Victoria"  # 20 letters, as long as we keep room for
_TOWN = "Newbiggin-by-the-Sea"
_TITLE = "Making home care leaflets easier"
_TOPICS_OF_ONE = 3
_TOPICS = {
    "en": ("Care at home", "Support for carers", "Charges and money", "Clear information", "When things go wrong"),
    "pl": ("Opieka w domu", "Wsparcie dla opiekunów", "Opłaty i pieniądze", "Jasne informacje", "Gdy coś idzie źle"),
}
_LANGUAGES = (
    ("en", "English"),
    ("en_GB@simple", "English, simple words"),
    ("pl", "Polski"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("ur", "اردو"),
    ("bn", "বাংলা"),
    ("ro", "Română"),
    ("ar", "العربية"),
    ("cy", "Cymraeg"),
    ("so", "Soomaali"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("zh", "中文"),
)

_ANSWERS = {
    "name": _NAME,
    "place": _TOWN,
    "words": "w" * 100,
    "story": "w" * 100,
    "opinion": "w" * 100,
    "rating": "5",
    "time": "t" * 100,
    "count": "12",
    "number": "123456.78",
    "phone": "+447700900123",
}


@cache
def worst(language: str) -> Worst:
    """What a council with a name of middle length, writing in this language, has to fit in."""
    topics = _TOPICS.get(language, _TOPICS["en"])
    longest = _longest_day(language)
    return Worst(
        values={
            "council": "Ashdale Council",
            "name": _NAME,
            "supporter": _NAME,
            "helped": _NAME,
            "partner": "Robin Hill of Ashdale Carers",
            "by": _longest_moment(language),
            "answer_by": longest,
            **dict.fromkeys(("paused_until", "wished_day"), longest),
            **dict.fromkeys(("text_from", "text_until", "wished_from", "wished_until"), _longest_clock(language)),
            "erased_on": longest,
            "emergency": "999",
            "care_line": "03069 990100 (8am to 6pm, Monday to Friday)",
            "child_helpline": "0800 1111",
            "privacy_url": "ashdale.example/heard",
            "topic_names": ", ".join(sorted(topics, key=len)[-_TOPICS_OF_ONE:]),
            "district": _TOWN,
            "needs_count": 12,
            "pace": "every two weeks at most",
            "wished_format": "audio recordings",
            "co_led": "Home care leaflet",
            **_about_promises(language),
            # What colleagues write is measured when they write it.
            "to_approve": "w" * 80,
            "story_stands": "Website: without your name. Staff teaching: without your name. Report: without your name.",
            "story_down_by": longest,
            **_about_project(language),
            **_about_meeting(language),
            **_about_telling(language),
        },
        items=_items(topics),
        answers=_ANSWERS,
        year=_YEAR,
    )


def _items(topics: Sequence[str]) -> dict[str, Sequence[Item]]:
    """What is offered to choose from, by its fact."""
    return {
        "topics": _twelve(topics),
        "people_here": [*_twelve((_NAME,))[:11], ("else", "Somebody else")],
        "helpers": [*_twelve((_NAME,))[:3], ("nobody", "Nobody's"), ("new", "Somebody else helps me too")],
        "languages": _LANGUAGES,
        **dict.fromkeys(("open_projects", "invited_to"), _twelve((_TITLE,))),
        "my_meetings": _twelve(("Home care leaflets now, Wednesday 30 September: not coming",)),
        "came_to": [*_twelve(("Home care leaflets now, Wednesday 30 September",))[:11], ("else", "Something else")],
        "their_meetings": _twelve(("Home care leaflets now, Wednesday 30 September",)),
        "told_of": _twelve(("Easy bills: done",)),  # longer ones are told fewer at a time
        "happened": _twelve(("Easy bills: by Wednesday 30 September",)),
        "picks": [(f"c{number}", "Thursday afternoon") for number in range(1, 13)],
    }


def _about_project(language: str) -> dict[str, str]:
    """What a coordinator writes of a project is measured when they write it; so long we have room for."""
    return {
        "project": _TITLE,
        **{name: "w" * longest for name, longest in ROOM.items()},
        **dict.fromkeys(TOGETHER, "w" * (ROOM_TOGETHER // len(TOGETHER))),
        "starts": _longest_day(language),
        "rung_sentence": "You plan, decide and do it with us, as equals.",
        "chairs": f"{_NAME} leads it, together with someone who has used care.",
        "places_how": "If too many people say yes, we draw names by chance.",
        "place_number": "12",
        "decided_on": f"by {_longest_day(language)}",
        "drawn": "120",
        "places_in_all": "12",
        "offer_by": f"{_longest_day(language)}, {_longest_clock(language)}",
    }


def _about_promises(language: str) -> dict[str, str]:
    """How those of a month stand: a hundred of a kind would be a lot for one organisation."""
    return {
        **dict.fromkeys(("kept", "late", "moved", "unanswered", "late_now"), "99"),
        "month": max((month(date(_YEAR, number, 1), language) for number in range(1, 13)), key=len),
        "promises_link": f"https://heard.ashdale.example/promises/{'x' * 16}",
    }


def _about_telling(language: str) -> dict[str, str]:
    """What is written of a commitment is measured when it is written; so long we have room for."""
    title = "Bills that are easy to read"
    return {
        "commitment": title,
        "heard": "w" * 38,
        "will": "w" * 38,
        "because": "w" * 60,
        "outcome": "w" * 60,
        "reason": " Why: " + "w" * 30,
        **dict.fromkeys(("done_by", "first_day"), _longest_day(language)),
        "told_more": " And 12 more: text WHAT HAPPENED.",
        "told_list": "\n".join([f"{title}: done"] * 3),
    }


def _about_meeting(language: str) -> dict[str, str]:
    """What is written of a meeting is measured when it is written; so long we have room for."""
    return {
        "calendar": f"https://heard.ashdale.example/calendar/{'x' * 22}",
        "meeting": _TITLE,
        "day": _longest_day(language),
        "ends": _longest_clock(language),
        "where": "Newbiggin Community Centre, Station Road, by the library",
        "link": "meet.ashdale.example/carers-space",
        "dial_in": "03069 990123, then 123456",
        "why": "The room is flooded, and there is no other one that day.",
        "host": _NAME,
        "rsvp_number": "12",
        "seat_by": f"{_longest_day(language)}, {_longest_clock(language)}",
        "ask_day": _longest_day(language),
        "to_check": "BSL interpreter, step-free, large print",
        "known_needs": "BSL interpreter, no steps, large print",
        "arranged": "There is a parking space for you. There is a hearing loop for you.",
        "not_arranged": "we could not arrange what else you asked for.",
        "rsvp_next": "We will remind you.",
        "rsvp_noted": "2 guests come with you. You come late. We will tell you when we have arranged what you need.",
    }


def _twelve(labels: Sequence[str]) -> list[Item]:
    """Twelve choices with ids as long as a token."""
    return [(f"{number:016}", labels[number % len(labels)]) for number in range(12)]


def _days() -> list[date]:
    return [date(_YEAR, 1, 1) + timedelta(days=number) for number in range(365)]


def _longest_clock(language: str) -> str:
    """Our own hours are whole or half ones: "5.30pm", or "12 noon"."""
    return max((clock(time(hour, minute), language) for hour in range(24) for minute in (0, 30)), key=len)


def _longest_day(language: str) -> str:
    return max((day(when, language) for when in _days()), key=len)


def _longest_moment(language: str) -> str:
    """A person reads by noon of another day: "12 noon, Wednesday 30 September"."""
    now = datetime(_YEAR - 1, 12, 31, tzinfo=UTC)
    noons = (datetime(when.year, when.month, when.day, 12, tzinfo=UTC) for when in _days())
    return max((moment(noon, now, language) for noon in noons), key=len)
