"""After all: who did not come to a meeting writes that they can, while it goes on or just after.

Before it begins a yes is taken as at any time (`bank.meeting_found`). Now there is no line to wait in: they have a
place at once, or are told kindly that it is full, or over.
"""

from __future__ import annotations

from datetime import timedelta

from bank import (
    invited,
    meeting_answers,
    meeting_day,
    meeting_facts,
    meeting_host,
    meeting_meant,
    open_question,
    rsvps,
    seating,
)
from bank.invitations import By
from bank.meeting_meant import How
from bank.visit import Visit
from flows import about_meeting
from flows.engine import Saying
from language.choice import names
from language.on_the_day import Trouble
from language.own import own as text_of
from language.whether_coming import says
from language.wording import Words, own
from storage import meetings, rsvp_line
from storage.invitations import Answer
from storage.meetings import GOES_ON, MeetingState, Way
from storage.messages_in import Disposition
from storage.rsvps import RsvpState
from storage.schema import Record

# So long after its end a text is still about it.
_JUST_OVER = timedelta(hours=3)
_BEGUN = frozenset({*GOES_ON, MeetingState.OVER})
_OTHERWISE = frozenset(RsvpState) - {RsvpState.COMING}


def take(visit: Visit) -> bool:
    """Take "actually I can come" for the meeting that has begun. False for anything else."""
    said = says(visit.text, visit.language) if visit.people else None
    row = _of_now(visit) if said is not None and said.answer == "yes" else None
    if said is None or row is None:
        return False
    visit.is_with(visit.person_called(row.person_id))
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": "yes", "because": visit.text.strip()}
    _take(visit, meetings.locked(visit.tx, row.meeting_id), row)
    return True


def _of_now(visit: Visit) -> Record | None:
    """How the one who writes stands in a meeting that has begun, where they say nothing that fits another better."""
    ids = [person.id for person in visit.people]
    rows = rsvp_line.upcoming(visit.tx, ids, visit.now - _JUST_OVER, _BEGUN)
    known = meetings.these(visit.tx, {row.meeting_id for row in rows})
    begun = [row for row in rows if row.state in _OTHERWISE and known[row.meeting_id].starts_at <= visit.now]
    if len(begun) != 1 or not _is_free(visit):
        return None
    (found,) = begun
    meant = meeting_meant.of(visit, meeting_meant.theirs(visit))
    named = meant.how in {How.NAMED, How.QUOTED}
    other = named and all(one.meeting.id != found.meeting_id for one in meant.found)
    later = any(row.changed_at > found.changed_at for row in rows if row.state in _OTHERWISE)
    return None if other or later or (not named and invited.to_another_since(visit, found)) else found


def _is_free(visit: Visit) -> bool:
    """Nothing is open to which it may be the answer: neither a question of ours about coming, nor one in free words."""
    if visit.standing is None:
        return True
    options = open_question.of(visit).options
    asks_to_come = any(visit.standing.position.answers.get(name) for name in ("meeting", "project", "broadcast"))
    return bool(options) and not asks_to_come and not names(options, text_of(visit.text), visit.language)


def _take(visit: Visit, meeting: Record, row: Record) -> None:
    if meeting.state not in GOES_ON or visit.now >= meeting.ends_at:
        _say(visit, meeting, about_meeting.IS_OVER)
    elif seating.give(visit.tx, meeting, row, 0).state is not RsvpState.COMING:
        _say(visit, meeting, about_meeting.IS_FULL)
    else:
        _comes(visit, meeting)


def _comes(visit: Visit, meeting: Record) -> None:
    """They have a place, and whoever leads it knows."""
    if visit.person is None:
        return
    by = By(visit.message_id, visit.entered_by, visit.how)
    rsvps.answer(visit.tx, meeting, visit.person, Answer.YES, visit.now, visit.organisation, by)
    now, organisation = visit.now, visit.organisation
    meeting_host.tell(visit.tx, meeting, visit.person, None, visit.text, now, organisation, comes=True)
    meeting_day.put_on_today(visit, meeting)
    known = dict(meeting_facts.facts(meeting, visit.language, visit.organisation))
    how = Trouble.ONLINE if meeting.way == Way.ONLINE else Trouble.WHERE
    _say(visit, meeting, about_meeting.AFTER_ALL, *meeting_day.what_helps(meeting, how, known))


def _say(visit: Visit, meeting: Record, *texts: Words) -> None:
    told = meeting_facts.facts(meeting, visit.language, visit.organisation)
    said = " ".join(visit.organisation.catalogs.render(text, visit.language, told) for text in texts)
    visit.say(Saying(f"{meeting_answers.KEY}.day", (own(said),)))
