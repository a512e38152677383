"""Meeting found: somebody says, without being asked, that they come to a meeting or not, and we find out to which.

"Can't make Thursday" opens the RSVP of that meeting with the message as its answer. Where several fit we ask which, and
keep the answer meanwhile. What only names a day, or may be meant for an open question, is not taken.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bank import (
    awaited,
    meeting_answers,
    meeting_facts,
    meeting_meant,
    meeting_named,
    open_question,
    questions,
    replies,
    rsvps,
    talk,
)
from bank.meeting_meant import How, Meant, Theirs
from bank.meeting_named import Named
from bank.visit import Visit
from flows import about_meeting
from flows.engine import Saying
from flows.position import Position
from flows.question_set import id_of
from flows.rsvp import RSVP
from flows.story import STORY
from language import understand
from language.choice import names
from language.everywhere import Word, everywhere
from language.own import own as text_of
from language.reading import Question
from language.stance import stance
from language.whether_coming import mentions, says
from language.wording import Words, own
from storage import meeting_said
from storage.messages_in import Disposition
from storage.rsvps import RsvpState
from storage.schema import Record

# So long after a reminder a bare yes or no answers it, where nothing else went there since.
_ANSWERS_IT = timedelta(days=1)
_COMES = frozenset({RsvpState.COMING})
_MIGHT = frozenset({RsvpState.COMING, RsvpState.WAITING, RsvpState.MAYBE})
# Who stands so may mean it: a no of those who had not said one, a yes of those who do not come yet.
_MAY_MEAN = {"no": _MIGHT, "late": _COMES, "yes": frozenset(RsvpState) - _COMES}


def look(visit: Visit) -> None:
    """CANCEL of somebody who comes to a meeting is about the meeting: it is no STOP."""
    if visit.standing is not None or visit.question is not None or not visit.people or not _cancels(visit):
        return
    if any(_stands(one, _MIGHT) for one in meeting_meant.theirs(visit)):
        visit.question = Question("rsvp")


def _cancels(visit: Visit) -> bool:
    said = says(visit.text, visit.language)
    if said is None or said.answer != "no":
        return False
    unasked, asked = (everywhere(visit.text, visit.language, asked=open_now) for open_now in (False, True))
    return unasked is Word.STOP and asked is None


def take(visit: Visit) -> bool:
    """Take what they say of coming for the meeting that it is about. False where it says nothing, or not of which."""
    if not visit.people:
        return False
    if (named := meeting_named.find(visit)) is not None:
        _take_named(visit, named)
        return True
    answer = _said(visit)
    known = meeting_meant.theirs(visit) if answer is not None else []
    if answer is None or not known:
        return False
    meant = meeting_meant.of(visit, _likely(known, answer))
    if not meant.found or not _is_free(visit, meant) or _is_for_an_invitation(visit, meant):
        return False
    if meant.one is not None:
        take_for(visit, meant.one, answer)
    elif answer == "late":
        return False  # to which of them is for a person to find out
    else:
        ask_which(visit, answer)
    return True


def _take_named(visit: Visit, named: Named) -> None:
    """It is the answer to the meeting that it names, and to the open question only where that is about this one."""
    standing = visit.standing
    if not named.open_now or standing is None:
        take_for(visit, named.one, named.answer)
    elif not replies.surely_answers(visit, standing, in_any_words=True):
        visit.disposition = Disposition.FLOW
        if not replies.choose(visit, standing, named.answer):
            replies.take(visit, standing)
    else:
        replies.take(visit, standing)


def take_question(visit: Visit) -> bool:
    """Answer a message that only asks something about a meeting, and ask the open question again. False otherwise."""
    if not visit.people or not meeting_answers.asks_only(visit) or not _may_ask_now(visit):
        return False
    if meeting_answers.answer(visit) is None:
        return False
    visit.disposition = Disposition.QUESTION
    visit.reading = {"meaning": "question", "because": visit.text.strip()}
    questions.note_answered(visit)
    talk.ask_again(visit)
    return True


def _may_ask_now(visit: Visit) -> bool:
    """Nothing else is open, or it is about the meeting, or the message says which one."""
    if visit.standing is None:
        meeting = meeting_answers.about(visit)
        return not any(one.meeting_id == meeting.id for one in _invitations(visit)) if meeting is not None else False
    if visit.standing.position.answers.get("meeting"):
        return True
    meant = meeting_meant.of(visit, meeting_answers.known_to(visit))
    return meant.one is not None and _is_free(visit, meant)


def _invitations(visit: Visit) -> list[Record]:
    """What waits for an answer there: it is asked again with the answer to their question."""
    return [row for one in awaited.waiting(visit) for row in one.invitations]


def _said(visit: Visit) -> str | None:
    """Yes, no or late: in their own words, or a bare answer to a reminder that went there last."""
    if mentions(visit.text, visit.language):
        known = meeting_meant.names(meeting_meant.theirs(visit), visit.language)
        if (found := says(visit.text, visit.language, known)) is not None:
            return found.answer
    stands = stance(text_of(visit.text), visit.language)
    bare = {"no"} if visit.standing is not None else {"yes", "no"}  # a yes may be meant for what is open
    is_bare = stands.label in bare and stands.sure and stands.whole
    return stands.label if is_bare and _answers_a_reminder(visit) else None


def _answers_a_reminder(visit: Visit) -> bool:
    if visit.incoming is not None and visit.incoming.quoted_id:
        return meeting_meant.quoted(visit) is not None
    row = meeting_said.reminder_at(visit.tx, visit.address.id, visit.now - _ANSWERS_IT)
    if row is None or row.id != meeting_said.newest_at(visit.tx, visit.address.id):
        return False
    to_come = meeting_meant.theirs(visit)  # thanks are for one that is past
    return any(one.meeting.id == row.meeting_id for one in to_come)


def _likely(known: list[Theirs], answer: str) -> list[Theirs]:
    """Those of which it would tell us something new; all, where there is none."""
    return [one for one in known if one.waits_for_answer or _stands(one, _MAY_MEAN[answer])] or known


def _stands(one: Theirs, states: Collection[RsvpState]) -> bool:
    return any(row is not None and row.state in states for row in one.people.values())


def _is_free(visit: Visit, meant: Meant) -> bool:
    """Nothing is open that the message may be meant for."""
    standing = visit.standing
    if standing is None or meant.how is How.QUOTED:
        return True
    about = standing.position.answers.get("meeting")
    if about is None and _speaks_of_a_place(visit):
        return not standing.position.answers.get("project")  # which has places too
    if about is not None:
        return meant.how is How.NAMED and all(one.meeting.token != about for one in meant.found)
    if meeting_said.reminded_since(visit.tx, visit.address.id, standing.id):
        return meant.how in {How.NAMED, How.LAST}
    options = open_question.of(visit).options
    named = meant.how is How.NAMED and id_of(standing.position.flow) is None
    if standing.position.flow == STORY.name and not options:
        return named  # a story is told for days: a meeting that is named goes before it
    return named and bool(options) and not names(options, text_of(visit.text), visit.language)


def _speaks_of_a_place(visit: Visit) -> bool:
    """They give it to somebody else, and so have one."""
    found = says(visit.text, visit.language)
    return found is not None and found.kind == "place"


def _is_for_an_invitation(visit: Visit, meant: Meant) -> bool:
    """It answers what waits for an answer there: that is `bank.invited`'s."""
    theirs = visit.newer if visit.standing is not None else awaited.waiting(visit)
    if meant.one is not None and any(one.about == ("rsvp", meant.one.meeting.id) for one in theirs):
        return True
    if meant.how in {How.QUOTED, How.NAMED}:
        return False
    asked = [row.invited_at for row in _invitations(visit)]
    return bool(asked) and max(asked) > _reminded_at(visit, max(asked))


def _reminded_at(visit: Visit, since: datetime) -> datetime:
    row = meeting_said.reminder_at(visit.tx, visit.address.id, since)
    return row.claimed_at if row is not None else since - _ANSWERS_IT


def take_for(visit: Visit, one: Theirs, answer: str) -> None:
    """Take the message as this answer to that meeting."""
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": answer, "because": visit.text.strip()}
    row = _row_of_writer(visit, one)
    if row is None or row.state != RsvpState.COMING or answer in {"no", "maybe"}:
        open_at(visit, one, "yes" if answer == "late" else answer)
        return
    if answer == "late":
        note = {"late": True, "note": visit.text}
        rsvps.beside(visit.tx, one.meeting, row.person_id, visit.now, visit.organisation, **note)
    _say(visit, one.meeting, about_meeting.WILL_BE_LATE if answer == "late" else about_meeting.KNOWN)
    talk.ask_again(visit)


def _row_of_writer(visit: Visit, one: Theirs) -> Record | None:
    """How whoever writes stands in it; None where that is not known."""
    who = writer(visit, one)
    return one.people.get(who.id) if who is not None else None


def writer(visit: Visit, one: Theirs) -> Record | None:
    """Who of those reached there writes about it: the only one whom it concerns."""
    here = [person for person in visit.people if person.id in one.people]
    return here[0] if len(here) == 1 else None


def _say(visit: Visit, meeting: Record, text: Words) -> None:
    told = meeting_facts.facts(meeting, visit.language, visit.organisation)
    said = visit.organisation.catalogs.render(text, visit.language, told)
    visit.say(Saying(meeting_answers.KEY, (own(said),)))


def open_at(visit: Visit, one: Theirs, answer: str) -> None:
    """Stand at "can you come?" of its RSVP, with the message as the answer. Who writes is asked where it may be two."""
    knows = {"meeting": one.meeting.token}
    who = writer(visit, one)
    if who is None:
        visit.person = None
        talk.open_personal(visit, RSVP.name, {**knows, talk.HEARD: answer})
        return
    visit.is_with(who)
    if not rsvps.goes_on(one.meeting, visit.now):
        talk.open_flow(visit, RSVP.name, knows)
        return
    standing = talk.stand_at(visit, RSVP, Position(RSVP.name, RSVP.version, "ask", knows))
    visit.question = None
    reading = understand.answer(open_question.of(visit), visit.text, visit.language)
    if reading.value == answer and reading.sure:
        replies.take(visit, standing)
    else:
        replies.choose(visit, standing, answer)


def ask_which(visit: Visit, answer: str) -> None:
    """Ask to which of theirs, and keep the answer meanwhile."""
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": answer, "because": visit.text.strip()}
    talk.open_flow(visit, "which_meeting", {talk.HEARD: answer})
