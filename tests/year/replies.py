"""What people write: how each temper answers which text, in whose words, and how long after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from storage.picking import Way
from tests.year.line import Says
from tests.year.people import Member
from tests.year.reading import Read

_SAID: Mapping[str, Mapping[Says, tuple[str, ...]]] = {
    "en": {
        Says.YES: ("yes", "Yes please", "YES!!!", "count me in", "yep", "Yes I can come", "of course", "I'll be there"),
        Says.NO: ("no", "No thanks", "cant make it", "sorry no", "I can't come", "Nope"),
        Says.MAYBE: ("maybe", "not sure", "not sure yet", "I don't know yet"),
    },
    "pl": {
        Says.YES: ("tak", "Tak, chętnie", "TAK!", "tak prosze"),
        Says.NO: ("nie", "nie dziękuję", "Nie moge"),
        Says.MAYBE: ("może", "nie wiem", "jeszcze nie wiem"),
    },
}
_YES_BUT = {
    "en": ("yes but I will be 10 minutes late", "Yes, is there parking?", "yes, but I have to leave early"),
    "pl": ("tak, ale się spóźnię",),
}
_CANNOT = {"en": ("sorry can't make {name}", "I can't come to {name} any more"), "pl": ("nie mogę przyjść na {name}",)}
LATE = {"en": "running late, sorry", "pl": "spóźnię się"}
_NUMBERS = {Says.YES: "1", Says.NO: "2", Says.MAYBE: "3"}
# The steps that wait for an answer of these kinds, and what most people say there.
_FOLLOWS: Mapping[tuple[str, str], str] = {
    ("coming", "which_way"): "1",
    ("coming", "still"): "1",
    ("coming", "may_see"): "1",
    ("rsvp", "cover"): "2",
    ("rsvp", "may_we"): "1",
    ("pause", "how_long"): "1",
    ("arranged", "ask"): "1",
    ("arranged", "ask_online"): "1",
    ("after", "ask"): "1",
    ("needs_review", "ask"): "1",
}
# What most tell us of a meeting; of those who say yes to few, nobody does.
_TELLS = {
    "en": {"asked": "it was good", "rating": "4", "choice": "1", "opinion": "more tea", "words": "the ramp"},
    "pl": {"asked": "dobrze", "rating": "4", "choice": "1", "opinion": "herbata", "words": "podjazd"},
}
_TELL_US = 30
ASKS_COMING = frozenset(
    {
        ("invitation", ""),
        ("rsvp", "ask"),
        ("rsvp_offer", "ask"),
        ("rsvp_offer", "alone"),
        ("rsvp_again", "ask"),
        ("meeting_news", "moved_near"),
        ("meeting_news", "moved_online"),
    }
)
WHICH = frozenset({("which", "ask"), ("which_meeting", "ask")})
GUESTS = ("coming", "how_many")


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody is going to answer, and how long after they read it. None: nothing."""

    said: Says | None
    after: timedelta


def intends(rng: Random, one: Member, read: Read) -> Intent:
    """What they make of a text that asks whether they come."""
    if read.flow == "rsvp_offer":
        return _to_an_offer(rng, one)
    if read.flow == "rsvp_again":
        return Intent(rng.choice((Says.YES, Says.YES, Says.NO, None)), _soon(rng, 6))
    if read.flow == "meeting_news":
        return Intent(rng.choice((Says.YES, Says.YES, Says.YES, Says.NO, Says.MAYBE, None)), _soon(rng, 12))
    return Intent(_to_an_invitation(rng.randrange(100), one), _soon(rng, 60))


def _to_an_invitation(chance: int, one: Member) -> Says | None:
    temper = one.temper
    said = [(temper.yes, Says.YES), (temper.no, Says.NO), (temper.maybe, Says.MAYBE)]
    for share, answer in said:
        if chance < share:
            return answer
        chance -= share
    return None


def _to_an_offer(rng: Random, one: Member) -> Intent:
    if rng.randrange(100) < one.temper.takes:
        return Intent(Says.YES, _soon(rng, 2))
    return Intent(rng.choice((Says.NO, None)), _soon(rng, 2))


def _soon(rng: Random, hours: int) -> timedelta:
    return timedelta(minutes=rng.randrange(4, hours * 60))


def words(rng: Random, one: Member, said: Says, read: Read, *, named: str = "") -> str:
    """How they say it: by its number, in their own words, or with something beside it. `named`: to which."""
    if named:
        return f"{_SAID[one.language][said][0]}, {named}"
    by_number = one.temper.words == "number" and (read.flow != "rsvp_offer" or said is not Says.MAYBE)
    if by_number and said in _NUMBERS:
        return _NUMBERS[said]
    if said is Says.YES and read.flow == "invitation" and rng.random() < 0.1:
        return rng.choice(_YES_BUT[one.language])
    return rng.choice(_SAID[one.language][said])


def presses(one: Member) -> bool:
    return one.way is Way.TELEGRAM and one.temper.words == "button"


def cannot(rng: Random, one: Member, name: str) -> str:
    """From nowhere: they can't come, with the meeting's weekday or its name."""
    return rng.choice(_CANNOT[one.language]).format(name=name)


def follows(one: Member, read: Read, about: str, text: str, guests: int) -> str | None:
    """What they answer at once to what is asked in the middle of a conversation; None: nothing is asked."""
    key = read.flow, read.step
    if key in WHICH:
        return _picked(text, about)
    if read.flow == "feedback":
        return _TELLS[one.language].get(read.step) if one.temper.yes >= _TELL_US else None
    return str(guests) if key == GUESTS else _FOLLOWS.get(key)


def _picked(text: str, about: str) -> str | None:
    """The number before that meeting."""
    lines = [line.strip() for line in text.replace("\n", "\n ").split("\n")]
    found = next((line for line in lines if about in line and line[:1].isdigit()), None)
    return found.split()[0].rstrip(".):") if found else None


def reads_in_daytime(at: datetime) -> datetime:
    """Nobody writes at night."""
    return at if 7 <= at.hour < 22 else at.replace(hour=8, minute=at.minute) + timedelta(days=at.hour >= 22)
