"""A meeting as a file for a calendar (iCalendar, RFC 5545; what it asks of whoever opens it, RFC 5546).

The same meeting has the same UID for ever, and a higher SEQUENCE after each change: a calendar that has it takes the
change, or the cancellation. Nobody's name or number is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bank import meeting_facts
from bank.organisation import Organisation
from language.tag import primary
from language.wording import Words, _
from storage.meetings import MeetingState, Way
from storage.schema import Record

KIND = "text/calendar; charset=utf-8"
NAME = "meeting.ics"
JOIN_ONLINE = _("To join online: {link}")
BY_PHONE = _("To join by phone: {dial_in}")
FROM = _("From {council}. If you can't come, just text us.")
# Calendars that ask again by themselves are told to do so once a day (RFC 7986, REFRESH-INTERVAL).
_DAILY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Theirs:
    """How somebody stands in it. `way` is how they come, where the meeting may be joined in more than one; `changes`
    says how often they changed their answer, so that a calendar takes each change for a newer one.
    """

    way: str | None = None
    comes: bool = True
    changes: int = 0


def written(meeting: Record, theirs: Theirs, language: str, organisation: Organisation, now: datetime) -> bytes:
    """The file, in their language. For who does not come any more it is cancelled."""
    # Slow to load, and few people ask for a calendar.
    from icalendar import Calendar, Event, vCalAddress  # noqa: PLC0415  see above

    facts = meeting_facts.facts(meeting, language, organisation)
    canceled = meeting.state == MeetingState.CANCELED or not theirs.comes
    way = theirs.way
    zone = ZoneInfo(meeting.zone)
    event = Event()
    event.add("uid", meeting.token)
    event.add("sequence", meeting.sequence + theirs.changes)
    event.add("dtstamp", now)
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", facts["meeting"], parameters={"language": primary(language)})
    event.add("location", _where(meeting, way, facts))
    event.add("description", _told(meeting, way, facts, language, organisation))
    event.add("status", "CANCELLED" if canceled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if canceled else "OPAQUE")
    # RFC 5546 wants an organiser, by any address: ours is where our pages are.
    event["organizer"] = vCalAddress(organisation.public_url or "urn:heard")
    event["organizer"].params["CN"] = organisation.council
    file = Calendar()
    file.add("prodid", "-//Heard//Meetings//EN")
    file.add("version", "2.0")
    file.add("method", "CANCEL" if canceled else "PUBLISH")
    file.add("refresh-interval", _DAILY, parameters={"value": "DURATION"})
    file.add_component(event)
    first = meeting.starts_at.date()
    file.add_missing_timezones(first_date=first - timedelta(days=366), last_date=first + timedelta(days=366))
    return bytes(file.to_ical())


def _online(meeting: Record, way: str | None) -> bool:
    return Way.ONLINE in {meeting.way, way}


def _where(meeting: Record, way: str | None, facts: meeting_facts.Facts) -> str:
    return facts["link"] if _online(meeting, way) else facts["where"]


def _told(
    meeting: Record, way: str | None, facts: meeting_facts.Facts, language: str, organisation: Organisation
) -> str:
    def say(words: Words) -> str:
        return organisation.catalogs.render(words, language, {**facts, "council": organisation.council})

    online = _online(meeting, way) or (meeting.way == Way.HYBRID and way is None)
    lines = [facts["agenda"]]
    lines += [say(JOIN_ONLINE)] if online and facts["link"] else []
    lines += [say(BY_PHONE)] if online and facts["dial_in"] else []
    lines += [facts["access"] if not _online(meeting, way) else "", say(FROM)]
    return "\n".join(line for line in lines if line)
