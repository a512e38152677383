"""What somebody says of a meeting beside yes, no or maybe: an answer is made surer by it, and it is kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bank.meeting_names import names_another_day
from bank.visit import Visit
from language.coming import Coming, asks_only_for, coming, is_no_refusal, stays_a_while
from language.own import own
from language.party import company, listed, with_helpers
from language.reading import Meaning, Reading
from storage import meetings
from storage.meetings import Way
from storage.schema import Record

# Questions that are read as "are you coming?".
ASKS = frozenset({"rsvp.ask", "rsvp_offer.ask", "rsvp_offer.alone", "rsvp_again.ask"})
# The question how many come along, which says that whoever supports them is not counted.
COUNTS = "coming.how_many"
_MAY_BE_A_YES = frozenset({Meaning.YES, Meaning.QUESTION, Meaning.OTHER, Meaning.LATE, Meaning.ACCESS})
# What the answers of the conversation call all that was said beside its answer.
BESIDE = "beside"


def meeting_of(visit: Visit) -> Record | None:
    """The meeting that the open conversation is about, or else the message."""
    answers = visit.standing.position.answers if visit.standing is not None else visit.subject
    name = answers.get("meeting")
    return meetings.by_token(visit.tx, str(name)) if name else None


def today(visit: Visit, meeting: Record) -> date:
    """The day where the meeting is."""
    return visit.now.astimezone(ZoneInfo(meeting.zone)).date()


def as_coming(visit: Visit, meeting: Record, reading: Reading) -> Reading:
    """The reading of an answer to this meeting, in view of all that they say.

    "Can I join online?" is a yes where one can; "can only stay an hour" is one anywhere. Beside another day than that
    of the meeting a yes or a no is in doubt.
    """
    here = visit.now.astimezone(ZoneInfo(meeting.zone))
    if reading.value == "no" and reading.guessed and is_no_refusal(visit.text, visit.language):
        return replace(reading, meaning=Meaning.OTHER, value=None, sure=False)
    if reading.value in {"yes", "no"} and names_another_day(meeting, visit.text, visit.language, here):
        return replace(reading, sure=False)
    return _surer(visit, meeting, reading) if reading.meaning in _MAY_BE_A_YES else reading


def _surer(visit: Visit, meeting: Record, reading: Reading) -> Reading:
    said = coming(visit.text, visit.language, today(visit, meeting))
    asks = "question" in reading.also
    fitting = _fitting(said, meeting)
    answered = asks and asks_only_for(visit.text, visit.language, *fitting)
    comes = ("online" in fitting and answered) or (not asks and stays_a_while(visit.text, visit.language))
    if reading.value != "yes" and not (reading.value is None and comes):
        return reading
    also = tuple(name for name in reading.also if not (answered and name == "question"))
    sure = reading.sure or reading.value is None or answered or "online" in fitting
    return replace(reading, meaning=Meaning.YES, value="yes", sure=sure, also=also, guessed=False)


def as_guests(visit: Visit, reading: Reading) -> Reading:
    """The reading of how many come along: "just my PA" is nobody, and need not be asked about."""
    return replace(reading, sure=True) if assistants(visit) and "?" not in visit.text else reading


def assistants(visit: Visit) -> int:
    """How many they name who come to help them."""
    theirs = own(visit.text)
    along = company(theirs, visit.language) or listed(theirs, visit.language)
    along = with_helpers(along, theirs, visit.language)
    return along.assistants if along is not None else 0


def _fitting(said: Coming, meeting: Record) -> tuple[str, ...]:
    """What they say that needs no answer of ours, as it can be so."""
    along = said.assistants > 0 or (said.guests and meeting.guests)
    online = said.way == Way.ONLINE and meeting.way in {Way.ONLINE, Way.HYBRID}
    found = (("online", online), ("company", along), ("late", said.late), ("early", said.early))
    return tuple(name for name, is_so in found if is_so)


def beside(visit: Visit, meeting: Record, reading: Reading) -> Mapping[str, Any]:
    """What to keep with the answer that the message gives, in the answers of the conversation."""
    if reading.value not in {"yes", "maybe"} or not visit.text.strip():
        return {}
    said = coming(visit.text, visit.language, today(visit, meeting))
    known: dict[str, Any] = {"words": visit.text, "asks": "question" in reading.also}
    if reading.value == "maybe":
        known |= {"cover": said.cover, "know_on": said.know_on.isoformat() if said.know_on is not None else None}
        return {BESIDE: known}
    known |= {"guests": said.guests, "assistants": said.assistants, "late": said.late, "early": said.early}
    known["way"] = said.way or None
    known["would_join_online"] = said.way == Way.ONLINE and meeting.way == Way.IN_PERSON
    return {BESIDE: known}


def tells_more(visit: Visit, meeting: Record, reading: Reading) -> bool:
    """The answer comes with something that was not known: "yes but I'll be late"."""
    known = beside(visit, meeting, reading).get(BESIDE, {})
    return any(known.get(name) for name in ("guests", "assistants", "late", "early", "way", "cover", "know_on"))


def note(visit: Visit, key: str, reading: Reading) -> None:
    """Keep it in the open conversation, where `key` names the question that was answered."""
    meeting = meeting_of(visit) if key in ASKS else None
    if meeting is None or visit.standing is None:
        return
    position = visit.standing.position
    kept = {name: value for name, value in position.answers.items() if name != BESIDE}
    visit.standing.position = replace(position, answers={**kept, **beside(visit, meeting, reading)})
