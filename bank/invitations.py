"""Invitations: what people answer to a project or to a choice, however it comes, and what follows from it.

The latest clear answer counts. What was asked by a message to many opens no conversation until somebody answers
(`bank.invited`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bank import audit, places
from bank.audit import Act
from bank.colleague import Colleague
from bank.tokens import token
from bank.visit import Visit
from flows.question_set import name_of
from storage import broadcasts, invitations, meetings, people, projects, tasks
from storage.broadcasts import BroadcastKind
from storage.invitations import Answer
from storage.people import PersonState
from storage.places import PlaceState
from storage.schema import Record
from storage.store import Tx
from storage.told import How

# The latest clear answer counts: who says one of these after a yes has no place any more.
_GIVES_UP = frozenset({Answer.NO, Answer.LATER})


class CannotEnter(Exception):
    """The answer cannot be kept; the message says why, in plain words."""


class Came(StrEnum):
    """What came of an answer that a colleague entered, for them to tell the person."""

    PLACE = "place"
    WAITING = "waiting"
    INTERESTED = "interested"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class By:
    """How an answer came: by which message, or by which colleague and how."""

    message_id: int | None = None
    entered_by: int | None = None
    how: str | None = None


def answered(tx: Tx, invitation: Record, answer: str, now: datetime, by: By) -> None:
    """Keep the answer in place of what was answered before. A call or a letter that was to ask it is done.

    Of several invitations to one project, or to one meeting, it is the answer to each.
    """
    kept = {"answer": answer, "answered_at": now, "message_id": by.message_id}
    for one in _alike(tx, invitation):
        invitations.change(tx, one.id, {**kept, "entered_by": by.entered_by, "how": by.how})
        # Whoever enters what they were told closes the task that they had.
        if one.task_id is not None and (by.entered_by is None or one.id != invitation.id):
            _is_done(tx, one.task_id, "They answered by text." if by.entered_by is None else "They told us.", now)


def _alike(tx: Tx, invitation: Record) -> list[Record]:
    """All that ask this person the same."""
    if invitation.meeting_id is not None:
        same = invitations.all_to_meeting(tx, invitation.meeting_id, invitation.person_id)
    elif invitation.project_id is not None:
        same = invitations.all_to_project(tx, invitation.project_id, invitation.person_id)
    else:
        return [invitation]
    return same if invitation.id in {one.id for one in same} else [invitation]


def _is_done(tx: Tx, task_id: int, result: str, now: datetime) -> None:
    task = tasks.get(tx, task_id)
    if task.closed_at is None:
        tasks.change(tx, task.id, {"closed_at": now, "result": result})


def learn_interest(visit: Visit, value: str) -> None:
    """Yes, no or later, to the project that the open conversation is about."""
    project = _project(visit)
    if value not in {*Answer} or project is None or visit.person is None or visit.person.state != PersonState.MEMBER:
        return
    if value == Answer.YES and _is_closed(visit, project):
        return
    by = By(visit.message_id, visit.entered_by, visit.how)
    answered(visit.tx, _of_conversation(visit, project), value, visit.now, by)
    if value in _GIVES_UP:
        places.give_up(visit.tx, project.id, visit.person.id, visit.now)
    if value == Answer.YES:
        _stand(visit, project)


def learn_offered(visit: Visit, value: str) -> None:
    """A free place was offered to them."""
    project = _project(visit)
    if project is None or visit.person is None:
        return
    if value != "yes":
        places.give_up(visit.tx, project.id, visit.person.id, visit.now)
    elif not _is_closed(visit, project):
        _stand(visit, project)


def learn_picked(visit: Visit, value: str) -> None:
    """One of a coordinator's own choices."""
    name = _told(visit, "broadcast")
    broadcast = broadcasts.by_token(visit.tx, name) if name else None
    if broadcast is None or visit.person is None:
        return
    invitation = invitations.of(visit.tx, broadcast.id, visit.person.id)
    if invitation is not None:
        answered(visit.tx, invitation, value, visit.now, By(visit.message_id, visit.entered_by, visit.how))


def learn_about(visit: Visit, value: str) -> None:
    """Which of the messages that wait for an answer they mean: the conversation is about that one from now on."""
    broadcast = broadcasts.by_token(visit.tx, value)
    if broadcast is None:
        return
    _know(visit, **subject_of(visit.tx, broadcast))
    asked = [one for one in visit.people if invitations.of(visit.tx, broadcast.id, one.id) is not None]
    if len(asked) == 1:
        visit.is_with(asked[0])


def subject_of(tx: Tx, broadcast: Record) -> dict[str, str]:
    """What a conversation about this message to many knows: the flow that asks, the message, the project or meeting."""
    if broadcast.kind == BroadcastKind.INVITATION and broadcast.meeting_id is not None:
        meeting = meetings.get(tx, broadcast.meeting_id)
        return {"flow": "rsvp", "broadcast": broadcast.token, "meeting": meeting.token}
    if broadcast.kind != BroadcastKind.INVITATION or broadcast.project_id is None:
        return {"flow": "picked", "broadcast": broadcast.token}
    project = projects.get(tx, broadcast.project_id)
    return {"flow": "interest", "broadcast": broadcast.token, "project": project.token}


def _told(visit: Visit, name: str) -> str | None:
    value = visit.standing.position.answers.get(name) if visit.standing is not None else None
    return str(value) if value else None


def _project(visit: Visit) -> Record | None:
    name = _told(visit, "project")
    return projects.by_token(visit.tx, name) if name else None


def _of_conversation(visit: Visit, project: Record) -> Record:
    """Their invitation: by the message that asked them, else their newest; who found it themselves gets one now."""
    person_id = visit.person.id if visit.person is not None else 0
    name = _told(visit, "broadcast")
    broadcast = broadcasts.by_token(visit.tx, name) if name else None
    asked = invitations.of(visit.tx, broadcast.id, person_id) if broadcast is not None else None
    found = asked or invitations.to_project(visit.tx, project.id, person_id)
    if found is not None:
        return found
    return invitations.add(visit.tx, token=token(), project_id=project.id, person_id=person_id, invited_at=visit.now)


def _is_closed(visit: Visit, project: Record) -> bool:
    """Nobody may take part any more, which is told next."""
    if project.state in places.GOES_ON:
        return False
    _know(visit, stands="closed")
    return True


def _stand(visit: Visit, project: Record) -> None:
    """They want to take part: how they stand now, and what is asked of them, is told next."""
    if visit.person is None:
        return
    by = {"message_id": visit.message_id, "entered_by": visit.entered_by}
    state = places.take(visit.tx, project, visit.person, visit.now, **by)
    asked = {"set": name_of(project.question_set_id)} if project.question_set_id is not None else {}
    _know(visit, stands=places.stands(visit.tx, project, state), **asked)


def _know(visit: Visit, **answers: str) -> None:
    if visit.standing is not None:
        position = visit.standing.position
        visit.standing.position = replace(position, answers={**position.answers, **answers})


def enter(tx: Tx, colleague: Colleague, invitation: Record, answer: str, how: How, now: datetime) -> Came:
    """Keep what somebody told a colleague by phone, on paper or face to face. Raises CannotEnter.

    They are told nothing by text: whoever enters it tells them what came of it.
    """
    person = people.get(tx, invitation.person_id)
    if person.state != PersonState.MEMBER:
        raise CannotEnter("They are not a member any more")
    if answer not in _may_answer(tx, invitation):
        raise CannotEnter("Choose their answer")
    project = projects.get(tx, invitation.project_id) if invitation.project_id is not None else None
    if project is not None and answer == Answer.YES and project.state not in places.GOES_ON:
        raise CannotEnter("This project is not open any more")
    before = invitation.answer
    answered(tx, invitation, answer, now, By(entered_by=colleague.id, how=how))
    told = {"answer": [before, answer], "how": how}
    audit.record(tx, now, Act.ANSWER_ENTERED, colleague.id, person_id=person.id, about=invitation.token, **told)
    if project is not None and answer in _GIVES_UP:
        places.give_up(tx, project.id, person.id, now, entered_by=colleague.id)
    if project is None or answer != Answer.YES:
        return Came.NOTED
    return _came(places.take(tx, project, person, now, entered_by=colleague.id))


def _may_answer(tx: Tx, invitation: Record) -> frozenset[str]:
    """The ids of what may be answered."""
    broadcast = broadcasts.get(tx, invitation.broadcast_id) if invitation.broadcast_id is not None else None
    if broadcast is not None and broadcast.kind != BroadcastKind.INVITATION:
        return frozenset(f"c{number}" for number in range(1, len(broadcast.choices or ()) + 1))
    return frozenset(Answer)


def _came(state: PlaceState | None) -> Came:
    if state is None:
        return Came.NOTED
    return {PlaceState.WAITING: Came.WAITING, PlaceState.INTERESTED: Came.INTERESTED}.get(state, Came.PLACE)
