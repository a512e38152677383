"""What people answer about what we arrange for them: what to do instead, whether they had it, whether it is right."""

from __future__ import annotations

from typing import Any

from bank import arrangements as arranging
from bank import desk, meeting_facts, outward, rota, rsvps
from bank.arrangement_facts import IN_THE_ROOM
from bank.arrangement_times import LABELS
from bank.invitations import By
from bank.tokens import token
from bank.visit import Visit
from language import arranging as heard
from language.wording import SOURCE_LANGUAGE
from storage import arrangements, meetings, tasks
from storage import rsvps as kept
from storage.arrangements import ArrangementKind, ArrangementState
from storage.meetings import Way
from storage.rsvps import Needed
from storage.schema import Record
from storage.tasks import TaskKind

_CALL = "We could not book this for them: {what}. {title}. They ask us to call: talk about what to do instead."
_MISSED = "They did not have what they needed at: {title}."


def learn_instead(visit: Visit, value: str) -> None:
    """What they would do without what could not be had. It is settled only where they need nothing more of us."""
    meeting = _meeting(visit)
    if meeting is None or visit.person is None:
        return
    rows = [
        row for row in arrangements.of(visit.tx, meeting.id, visit.person.id) if row.state == ArrangementState.COULD_NOT
    ]
    settled = rows if value == "without" else []
    if value == "online":
        rsvps.beside(visit.tx, meeting, visit.person.id, visit.now, visit.organisation, way=Way.ONLINE)
        settled = [row for row in rows if row.kind in IN_THE_ROOM]
        _not_in_the_room(visit, meeting)
    for row in settled:
        arrangements.change(visit.tx, row.id, {"state": ArrangementState.TALKED, **_by(visit)})
    if open_ones := [row for row in rows if row not in settled]:
        _call(visit, meeting, open_ones)


def _not_in_the_room(visit: Visit, meeting: Record) -> None:
    """Who joins online does without what is still to be done in the room."""
    for row in arrangements.of(visit.tx, meeting.id, visit.person.id if visit.person else 0):
        if row.state == ArrangementState.TO_DO and row.kind in IN_THE_ROOM:
            arrangements.change(visit.tx, row.id, {"state": ArrangementState.NOT_NEEDED, **_by(visit)})


def _by(visit: Visit) -> dict[str, Any]:
    """It was them who said so; how, and by whom it was entered, where somebody typed it in."""
    source = {"message_id": visit.message_id, "entered_by": visit.entered_by, "how": visit.how}
    return {**source, "changed_by": None, "changed_at": visit.now}


def _call(visit: Visit, meeting: Record, rows: list[Record]) -> None:
    if visit.person is None:
        return
    what = ", ".join(LABELS[ArrangementKind(row.kind)] for row in rows)
    words = _CALL.format(what=what, title=_title(meeting))
    due = min(rota.read_by(visit.now, visit.organisation), meeting.starts_at)
    more = {"address_id": visit.address.id, "message_id": visit.message_id, "meeting_id": meeting.id}
    outward.ring(visit.tx, visit.person, words, due, visit.now, **more)


def learn_had_needs(visit: Visit, value: str) -> None:
    """Whether they had what they needed there. A no is looked at by a person, whatever they add."""
    meeting = _meeting(visit)
    rsvp = kept.of(visit.tx, meeting.id, visit.person.id) if meeting is not None and visit.person is not None else None
    if meeting is None or rsvp is None:
        return
    kept.change(visit.tx, rsvp.id, {"had_needs": Needed(value)})
    if value == Needed.NO:
        _to_a_person(visit, meeting, _MISSED.format(title=_title(meeting)))


def learn_missing(visit: Visit, words: str) -> None:
    """What was missing there goes beside it."""
    meeting = _meeting(visit)
    if meeting is None or not words:
        return
    about = f"{_MISSED.format(title=_title(meeting))} {heard.without_why(words, visit.language)}"
    open_one = tasks.open_about_meeting(visit.tx, visit.address.id, meeting.id, TaskKind.READ)
    if open_one is not None:
        tasks.note(visit.tx, open_one.id, about)
    else:
        _to_a_person(visit, meeting, about)


def _to_a_person(visit: Visit, meeting: Record, words: str) -> None:
    """An item of its own: other messages that wait there to be read do not hide it."""
    tasks.add(
        visit.tx,
        token=token(),
        kind=TaskKind.READ,
        address_id=visit.address.id,
        person_id=visit.person.id if visit.person else None,
        message_id=visit.message_id,
        meeting_id=meeting.id,
        words=words,
        owner=visit.organisation.owners.get(TaskKind.READ),
        opened_at=visit.now,
        due_at=rota.read_by(visit.now, visit.organisation),
    )
    visit.tasks.append(TaskKind.READ)


def learn_right(visit: Visit, value: str) -> None:
    """Whether what we know of their needs is right."""
    if visit.person is not None and value == "yes":
        arranging.checked(visit.tx, visit.person, visit.now)


def learn_different(visit: Visit, words: str) -> None:
    """What is different is kept, and arranged at all that they come to; a person looks at what is not clear."""
    if visit.person is None or not words:
        return
    different(visit, None, words)
    arranging.checked(visit.tx, visit.person, visit.now)


def different(visit: Visit, meeting: Record | None, words: str) -> None:
    """They say what else to arrange: at this meeting, and at all later ones. What is not clear goes to a person."""
    if visit.person is None:
        return
    by = By(visit.message_id, visit.entered_by, visit.how)
    if meeting is not None:
        arranging.begin(visit.tx, meeting, visit.person, visit.now, visit.organisation, words=words, by=by)
    else:
        arranging.learn(visit.tx, visit.person, words, visit.now, by)
    arranging.carry(visit.tx, visit.person, visit.now, visit.organisation, by)
    kinds = arranging.kinds_in(words, visit.language)
    if not kinds or ArrangementKind.OTHER in kinds or heard.takes_back(words, visit.language):
        desk.ask_a_person(visit, TaskKind.READ, words=f"What to arrange for them is different: {words}")


def _meeting(visit: Visit) -> Record | None:
    """The one that the open conversation is about."""
    answers = visit.standing.position.answers if visit.standing is not None else visit.subject
    return meetings.by_token(visit.tx, str(answers.get("meeting", "")))


def _title(meeting: Record) -> str:
    return meeting_facts.said(meeting, "title", SOURCE_LANGUAGE)
