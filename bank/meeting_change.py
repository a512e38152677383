"""What is changed of a meeting, and how it is cancelled: whoever said yes or maybe to it, or waits, is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bank import arrangements, meeting_news, meetings, reminders
from bank.colleague import Colleague
from bank.lacking import NotReady
from bank.meeting_check import lacks
from bank.meeting_facts import said
from bank.meeting_told import Then
from bank.meetings import Details, WrongState
from bank.organisation import Organisation
from language.wording import SOURCE_LANGUAGE
from storage import rsvp_line
from storage.meetings import GOES_ON, MeetingState, Way
from storage.schema import Record
from storage.store import Tx

# Who is moved by more than this may have something else then.
_LARGE = timedelta(hours=1)
# Where it is, for those who come in person and for those who come online.
_WHERE = {Way.IN_PERSON: ("place", "find"), Way.ONLINE: ("link", "dial_in")}
_MAY_CHANGE = GOES_ON | {MeetingState.DRAFT}
# What a calendar shows of it.
_IN_CALENDARS = ("title", "place", "find", "link", "dial_in")
_OFFERS = {
    Way.IN_PERSON: {Way.IN_PERSON},
    Way.ONLINE: {Way.ONLINE},
    Way.HYBRID: {Way.IN_PERSON, Way.ONLINE},
}


@dataclass(frozen=True, slots=True)
class News:
    """What a change means to those who come: the meeting as it is `then`.

    `asks`: it is large, and they are asked again. `may_be_left` says that only words were changed: a colleague may say
    that it is the same place.
    """

    then: Record
    asks: bool
    may_be_left: bool


def would_tell(tx: Tx, row: Record, details: Details) -> News | None:
    """What those who come would have to hear of if it were changed so. Raises NotReady as `change` does."""
    return _news(row, Then(row, details.columns(tx, row.zone))) if row.state in GOES_ON else None


def taken_beyond(tx: Tx, row: Record, details: Details) -> int:
    """How many places are taken where this change leaves less room than that; 0: there is enough, or as before.

    Everybody who has a place keeps it.
    """
    if details.capacity is None or details.capacity == row.capacity or row.state not in GOES_ON:
        return 0
    taken = rsvp_line.taken(tx, row.id)
    return taken if taken > details.capacity else 0


def _news(before: Record, after: Record) -> News | None:
    """What those who come have to hear of; None: nothing."""
    is_otherwise = before.starts_at != after.starts_at or before.way != after.way
    offers = _OFFERS[Way(after.way)]
    is_elsewhere = any(_differ(before, after, *_WHERE[way]) for way in offers)
    if not (is_otherwise or is_elsewhere):
        return None
    is_far = before.on_day != after.on_day or abs(after.starts_at - before.starts_at) > _LARGE
    is_gone = bool(_OFFERS[Way(before.way)] - offers)
    other_place = Way.IN_PERSON in offers and _differ(before, after, "place")
    return News(after, asks=is_far or is_gone or other_place, may_be_left=not is_otherwise)


def _differ(before: Record, after: Record, *names: str) -> bool:
    """Whether something else is written there, beyond commas and capitals. A new translation is no change."""
    return any(_bare(before, name) != _bare(after, name) for name in names)


def _bare(row: Record, name: str) -> str:
    return "".join(letter for letter in said(row, name, SOURCE_LANGUAGE).casefold() if letter.isalnum())


def change(
    tx: Tx,
    colleague: Colleague | None,
    row: Record,
    details: Details,
    now: datetime,
    organisation: Organisation,
    *,
    tell: bool = True,
) -> Record:
    """Have it be so from now on. Those who come are told of another time or place, and asked again where it is large.

    `tell` False: a colleague says that only the words are better; what is more than words is told all the same.
    Raises NotReady where people may come to it and it would not be fit for that, WrongState where it is over.
    """
    if row.state not in _MAY_CHANGE:
        raise WrongState
    columns = details.columns(tx, row.zone)
    columns["rule_from"] = _rule_from(row, details, columns)
    after = meetings.write(tx, colleague, row, columns, now)
    if row.state not in GOES_ON:
        return after
    if missing := _new_lacks(row, after, now):
        raise NotReady(missing)
    return _tell(tx, colleague, row, after, now, organisation, tell=tell)


def _rule_from(row: Record, details: Details, columns: Mapping[str, Any]) -> str | None:
    """The day from which its rule counts: where only this one is moved, those after it stay as they were."""
    if details.repeats is None:
        return None
    is_new = row.repeats != details.repeats or details.for_all
    return str(columns["on_day"]) if is_new else row.rule_from or str(row.on_day)


def _new_lacks(before: Record, after: Record, now: datetime) -> dict[str, str]:
    """What it lacks now and did not before: that it has begun meanwhile holds nothing up."""
    had = lacks(before, now)
    return {name: says for name, says in lacks(after, now).items() if name not in had}


def _tell(
    tx: Tx,
    colleague: Colleague | None,
    before: Record,
    after: Record,
    now: datetime,
    organisation: Organisation,
    *,
    tell: bool,
) -> Record:
    told = _news(before, after)
    if told is not None and told.may_be_left and not tell:
        told = None
    more: dict[str, Any] = {}
    if (told is not None and told.asks) or _is_moved(before, after):
        more |= _arranged_anew(tx, after, now, organisation, is_large=told is not None and told.asks)
    if told is not None or before.minutes != after.minutes or _differ(before, after, *_IN_CALENDARS):
        more["sequence"] = before.sequence + 1
    after = meetings.write(tx, colleague, after, more, now)
    if told is not None:
        meeting_news.changed(tx, before, after, large=told.asks, now=now, organisation=organisation)
    elif before.plan != after.plan or before.kind != after.kind:
        reminders.replan(tx, after, now, organisation)
    return after


def _is_moved(before: Record, after: Record) -> bool:
    """Whoever is booked for it has to be there at another time, or for longer."""
    return bool(before.starts_at != after.starts_at or after.ends_at > before.ends_at)


def _arranged_anew(
    tx: Tx, after: Record, now: datetime, organisation: Organisation, *, is_large: bool
) -> dict[str, Any]:
    """What was arranged was arranged for another time or place: it is not ready any more, unless nothing has to be."""
    arrangements.moved(tx, after, now, organisation)
    if not is_large and not arrangements.unsettled(tx, after):
        return {}
    return {"state": MeetingState.OPEN.value, "ready_by": None, "ready_at": None}


def cancel(
    tx: Tx,
    colleague: Colleague | None,
    row: Record,
    why: Mapping[str, str],
    now: datetime,
    organisation: Organisation,
    *,
    ends: bool = False,
) -> Record:
    """It does not take place. `why` is a wording; everybody who said yes or maybe, or waits, is told it.

    `ends`: nor does it come again. Raises NotReady where people know of it and no reason is given, WrongState.
    """
    if row.state not in _MAY_CHANGE:
        raise WrongState
    given = {tag: text.strip() for tag, text in why.items() if text.strip()}
    if row.state in GOES_ON and SOURCE_LANGUAGE not in given:
        raise NotReady({f"why-{SOURCE_LANGUAGE}": "Enter why it is cancelled"})
    values: dict[str, Any] = {
        "state": MeetingState.CANCELED.value,
        "words": {**row.words, **({"why": given} if given else {})},
        "sequence": row.sequence + 1,
    }
    after = meetings.write(tx, colleague, row, values | ({"repeats": None} if ends else {}), now)
    if row.state in GOES_ON:
        meeting_news.canceled(tx, after, now, organisation)
    return after
