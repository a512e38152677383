"""Calls and letters that ask about a project or a meeting, or to choose: what to read out, and where answers go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import interest_facts, invitations, meeting_facts, task_list
from bank.colleague import Colleague
from bank.interest_facts import Subject
from bank.invitations import Came
from bank.organisation import Organisation
from language.wording import SOURCE_LANGUAGE
from storage import broadcasts, meetings, people, projects, rsvps
from storage import invitations as kept
from storage.invitations import Answer
from storage.schema import Record
from storage.store import Tx
from storage.told import How

# What is read out of a project, with what it is called on the page.
_READ_OUT: Mapping[str, str] = {
    "project": "The project",
    "aim": "Its aim",
    "involves": "What it involves",
    "time": "How much time",
    "place": "Where",
    "starts": "When",
    "payment": "Pay",
    "expenses": "Expenses",
    "rung_sentence": "How much say they have",
    "chairs": "Who leads it",
    "places_how": "Who gets a place",
}
# The same of a meeting.
_READ_OUT_OF_MEETING: Mapping[str, str] = {
    "meeting": "The meeting",
    "day": "The day",
    "time": "From",
    "ends": "Until",
    "where": "Where",
    "link": "To join online",
    "dial_in": "To join by phone",
    "agenda": "What happens there",
    "who": "Who will be there",
    "paid": "Pay",
    "expenses": "Expenses",
    "access": "Getting in",
    "parking": "Parking",
}
COMING: tuple[tuple[str, str], ...] = (
    (Answer.YES.value, "Yes, they come"),
    (Answer.NO.value, "No, they do not come"),
    (Answer.MAYBE.value, "They are not sure"),
)
CAUTION = "Pay may change their benefits. Never say that it will not. Tell them to ask an adviser first."
_ANSWERS: tuple[tuple[str, str], ...] = (
    (Answer.YES.value, "Yes, they are interested"),
    (Answer.NO.value, "No, it is not for them"),
    (Answer.LATER.value, "Not now"),
)


@dataclass(frozen=True, slots=True)
class ToAsk:
    """`told` is what to read out, each with its name; `choices` what may be answered; `answer` what they answered.

    `meeting`: it asks whether they come to this one; `rsvp` is how they stand in it by now.
    """

    told: list[tuple[str, str]]
    choices: list[tuple[str, str]]
    answer: str
    caution: str = ""
    meeting: Record | None = None
    rsvp: Record | None = None


def of_task(tx: Tx, task: Record, now: datetime, organisation: Organisation) -> ToAsk | None:
    """What somebody is asked by this call or letter; None where it asks nothing of this kind."""
    invitation = kept.of_task(tx, task.id)
    if invitation is None:
        return None
    meeting = meeting_of(tx, task)
    if meeting is not None:
        return _of_meeting(tx, invitation, meeting, organisation)
    subject = _subject(tx, invitation, now, organisation)
    choices = interest_facts.picks(subject) if subject.project is None else list(_ANSWERS)
    answer = dict(choices).get(invitation.answer or "", "")
    if subject.project is None:
        return ToAsk([], choices, answer)
    values = interest_facts.about(subject)
    told = [(label, values[name]()) for name, label in _READ_OUT.items()]
    return ToAsk([one for one in told if one[1]], choices, answer, CAUTION if subject.project.paid else "")


def meeting_of(tx: Tx, task: Record) -> Record | None:
    """The meeting to which somebody is invited by this call or letter; None where it asks no such thing."""
    invitation = kept.of_task(tx, task.id)
    if invitation is None or invitation.meeting_id is None:
        return None
    return meetings.get(tx, invitation.meeting_id)


def _of_meeting(tx: Tx, invitation: Record, meeting: Record, organisation: Organisation) -> ToAsk:
    """What is read out of a meeting, in the language of the person who is asked, and what they answered."""
    language = people.get(tx, invitation.person_id).language or SOURCE_LANGUAGE
    facts = meeting_facts.facts(meeting, language, organisation)
    told = [(label, facts[name]) for name, label in _READ_OUT_OF_MEETING.items() if facts[name]]
    paid = CAUTION if facts["paid"] else ""
    stands, answer = rsvps.of(tx, meeting.id, invitation.person_id), dict(COMING).get(invitation.answer or "", "")
    return ToAsk(told, list(COMING), answer, paid, meeting, stands)


def _subject(tx: Tx, invitation: Record, now: datetime, organisation: Organisation) -> Subject:
    """In the language of the person who is asked."""
    person = people.get(tx, invitation.person_id)
    project = projects.get(tx, invitation.project_id).token if invitation.project_id is not None else None
    broadcast = broadcasts.get(tx, invitation.broadcast_id).token if invitation.broadcast_id is not None else None
    language = person.language or SOURCE_LANGUAGE
    return Subject(tx, organisation, now, language, person, (), None, project, broadcast)


def enter(tx: Tx, colleague: Colleague, task: Record, answer: str, how: How, now: datetime) -> Came:
    """Keep their answer. Raises bank.invitations.CannotEnter."""
    invitation = kept.of_task(tx, task.id)
    if invitation is None:
        raise invitations.CannotEnter("This task asks nothing of that kind")
    return invitations.enter(tx, colleague, invitation, answer, how, now)


def close(tx: Tx, colleague: Colleague, task: Record, answer: str, now: datetime, organisation: Organisation) -> None:
    """It is done, and what they answered is what came of it. Raises bank.task_list.AlreadyDone."""
    asked = of_task(tx, task, now, organisation)
    label = dict(asked.choices).get(answer, answer) if asked is not None else answer
    task_list.done(tx, colleague, task, f"They answered: {label}.", now)
