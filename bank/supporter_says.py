"""Supporter says: whoever helps a member writes, unasked, whether the member comes to a meeting.

"Dale can't come" may be about Dale or about whoever wrote it. So it is asked back, once, for that member and meeting;
what they answer then is the member's answer, and says who gave it.
"""

from __future__ import annotations

from dataclasses import replace

from bank import helping, meeting_meant, rsvps, talk
from bank.helping import Matter
from bank.visit import Visit
from flows.supporter_coming import HELPER_COMING
from language.normal import words
from language.whether_coming import mentions
from storage import people, supporters
from storage.messages_in import Disposition
from storage.schema import Record


def take(visit: Visit) -> bool:
    """Ask whether the member comes. False where it says nothing of coming, or not surely of whom and of what."""
    if "?" in visit.text or visit.entered_by is not None or not mentions(visit.text, visit.language):
        return False
    member = _member(visit)
    meeting = _meeting(visit, member) if member is not None else None
    if member is None or meeting is None:
        return False
    visit.helper = helping.may_answer(visit.tx, visit.address.id, member.id, Matter.MEETING)
    visit.person = member
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": HELPER_COMING.name, "because": visit.text.strip()}
    talk.open_flow(visit, HELPER_COMING.name, {"meeting": meeting.token})
    return True


def _member(visit: Visit) -> Record | None:
    """Whom it is about: the one whom they name, or the only one, where nothing is open and it is no member's phone."""
    links = supporters.agreed_at(visit.tx, visit.address.id)
    helped = [people.get(visit.tx, one) for one in dict.fromkeys(link.person_id for link in links)]
    may = [one for one in helped if helping.may_answer(visit.tx, visit.address.id, one.id, Matter.MEETING)]
    said = set(words(visit.text))
    named = [one for one in may if one.name and said.issuperset(words(one.name))]
    found = named if named or visit.standing is not None or visit.people else may
    return found[0] if len(found) == 1 else None


def _meeting(visit: Visit, member: Record) -> Record | None:
    """The one of the member's meetings that it is about, where that is clear, and they may still answer."""
    theirs = replace(visit, everyone=[member])
    to_come = [one for one in meeting_meant.theirs(theirs) if rsvps.goes_on(one.meeting, visit.now)]
    meant = meeting_meant.of(theirs, to_come).one
    return meant.meeting if meant is not None else None
