"""Half a year of an invented bank, May to October 2026, small enough to work out every figure by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert

from bank import wall_time
from bank.tokens import token
from flows.question_set import Kind, Means, Question, QuestionSet
from storage import commitments, feedback, meetings, people, projects, question_sets, rsvps
from storage.addresses import AddressState, addresses, key_of
from storage.commitments import CommitmentKind, CommitmentState, What
from storage.concerns import concern_messages, concerns
from storage.consents import Purpose, consents
from storage.feedback import About
from storage.meetings import MeetingKind, MeetingState, Way
from storage.messages_in import Disposition, messages_in
from storage.people import PersonState
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.questions import QuestionState, questions
from storage.reach import reach
from storage.reading_samples import reading_samples
from storage.rsvps import Needed, RsvpState
from storage.schema import Record
from storage.store import Tx

_numbers = count(1)


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of 2026; in summer an hour earlier than the clock on the wall."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def phone(tx: Tx, created_at: datetime, channel: str = "sms", language: str | None = None) -> int:
    number = f"+4477009{next(_numbers):05}"
    row = {
        "token": token(),
        "channel": channel,
        "sender": channel,
        "address": number,
        "address_key": key_of(channel, number),
        "state": AddressState.OPEN,
        "language": language,
        "created_at": created_at,
        "last_in_at": created_at,
    }
    return int(tx.execute(insert(addresses).values(row).returning(addresses.c.id)).scalar_one())


def text(tx: Tx, address_id: int, when: datetime, person_id: int | None = None, **more: Any) -> int:
    row = {
        "provider_key": token(),
        "address_id": address_id,
        "person_id": person_id,
        "kind": "text",
        "text": "yes please",
        "disposition": Disposition.FLOW,
        "received_at": when,
        **more,
    }
    return int(tx.execute(insert(messages_in).values(row).returning(messages_in.c.id)).scalar_one())


def agreed(tx: Tx, person_id: int, address_id: int | None, when: datetime, **more: Any) -> None:
    entry = {"purpose": Purpose.BANK, "given": True, "words": "OK?", "language": "en", "at": when}
    tx.execute(insert(consents).values(person_id=person_id, address_id=address_id, **entry | more))


def member(tx: Tx, joined_at: datetime, language: str = "en", channel: str = "sms", **more: Any) -> tuple[int, int]:
    """Somebody who joined then: their id, and that of their phone."""
    own = {"token": token(), "state": PersonState.MEMBER, "language": language, "joined_at": joined_at}
    person = people.add(tx, **own | more)
    address_id = phone(tx, joined_at - timedelta(days=1), channel, language)
    tx.execute(insert(reach).values(address_id=address_id, person_id=person.id, since=joined_at))
    return int(person.id), address_id


def comes_to_the_door(tx: Tx, when: datetime, language: str, channel: str, *, after: int = 0, stays: int = 3) -> None:
    """Somebody writes for the first time. `after` so many texts they have joined; 0: they never do."""
    address_id = phone(tx, when, channel, language)
    texts = [text(tx, address_id, when + timedelta(minutes=one)) for one in range(after or stays)]
    if after:
        joined_at = when + timedelta(minutes=after - 1)
        own = {"token": token(), "state": PersonState.MEMBER, "language": language, "joined_at": joined_at}
        person = people.add(tx, **own)
        tx.execute(insert(reach).values(address_id=address_id, person_id=person.id, since=joined_at))
        agreed(tx, person.id, address_id, joined_at, message_id=texts[-1])
        text(tx, address_id, joined_at + timedelta(hours=1))  # what came later was no part of joining


def comes_with_a_colleague(tx: Tx, when: datetime) -> None:
    person_id, address_id = member(tx, when, joined_how="phone")
    agreed(tx, person_id, address_id, when, how="phone", answer="yes")


def question(tx: Tx, who: tuple[int, int], until: datetime, had_at: datetime | None, **more: Any) -> None:
    """Somebody asked something, and was told that we answer by then."""
    row = {
        "token": token(),
        "person_id": who[0],
        "address_id": who[1],
        "language": "en",
        "state": QuestionState.ANSWERED if had_at else QuestionState.OPEN,
        "opened_at": until - timedelta(days=2),
        "due_at": until,
        "promised_until": until,
        "answered_at": had_at,
        "times": 1,
    }
    tx.execute(insert(questions).values(row | more))


def meeting(tx: Tx, on_day: str, kind: MeetingKind = MeetingKind.MEETING) -> int:
    when: dict[str, Any] = {"on_day": on_day, "at_time": "14:00", "zone": "Europe/London", "minutes": 60}
    own = {"token": token(), "kind": kind, "state": MeetingState.OVER, "way": Way.IN_PERSON}
    made = {"words": {"title": {"en": "Oak Hall"}}, "created_at": at(5, 1), "changed_at": at(5, 1)}
    return int(meetings.add(tx, **own, **made, **when, **wall_time.moments(**when)).id)


def rsvp(tx: Tx, meeting_id: int, person_id: int, *, came: bool, had: Needed | None = None) -> None:
    own = {"token": token(), "meeting_id": meeting_id, "person_id": person_id, "state": RsvpState.COMING}
    then = {"turn": 1, "at": at(5, 2), "changed_at": at(5, 2)}
    rsvps.add(tx, **own, **then, came=came, had_needs=had)


def promise(
    tx: Tx,
    meeting_id: int,
    promised_at: datetime,
    first_on: str,
    done_at: datetime | None = None,
    *,
    state: CommitmentState = CommitmentState.OPEN,
    said_by: tuple[int, ...] = (),
) -> int:
    """Something that was promised, done then (nothing: not yet), and stands so now."""
    row = commitments.add(
        tx,
        token=token(),
        kind=CommitmentKind.WILL,
        state=state,
        meeting_id=meeting_id,
        words={"title": {"en": "Bills"}, "heard": {"en": "bills are hard to read"}, "will": {"en": "rewrite them"}},
        first_on=first_on,
        due_on=first_on,
        promised_at=promised_at,
        done_at=done_at,
        created_at=promised_at,
        changed_at=promised_at,
    )
    commitments.note_change(tx, row.id, What.PROMISED, promised_at, after=first_on)
    if done_at is not None:
        commitments.note_change(tx, row.id, What.DONE, done_at)
    if state is CommitmentState.KEPT and done_at is not None:
        commitments.note_change(tx, row.id, What.KEPT, done_at + timedelta(days=3))
    for person_id in said_by:
        commitments.add_source(tx, commitment_id=row.id, meeting_id=meeting_id, person_id=person_id, at=promised_at)
    return int(row.id)


def evaluation(tx: Tx, rung: Rung, felt: dict[Rung, int], title: str = "Home care") -> None:
    """A project's end, at which so many said that it felt like each of these."""
    then = {"created_at": at(5, 1), "changed_at": at(5, 1)}
    lists: dict[str, Any] = {one: [] for one in ("ways", "topics", "districts")}
    own = {"token": token(), "kind": ProjectKind.PROJECT, "state": ProjectState.FINISHED, "rung": rung}
    project = projects.add(tx, **own, **then, **lists, words={"title": {"en": title}}, places_by=PlacesBy.FIRST)
    asked = QuestionSet((Question(Kind.YES_NO, {"en": "Heard?"}), _ABOUT_RUNG))
    made = {"name": "Evaluation", "questions": asked.as_json(), "made_at": at(9, 1)}
    asked_by = question_sets.add(tx, token=token(), version=1, **made)
    about = {"about": About.PROJECT, "project_id": project.id, "set_id": asked_by.id}
    opened = {"opened_at": at(9, 1), "closes_at": at(9, 20)}
    round_ = feedback.open_round(tx, token=token(), **about, **opened)
    for said, number in felt.items():
        for _one in range(number):
            id_ = 10_000 + next(_numbers)
            feedback.add(tx, id=id_, round_id=round_.id, finished=True)
            feedback.answer(tx, id_, "q2", said.value)


def rated(tx: Tx, meeting_id: int, people: list[tuple[int, int]], rating: int) -> None:
    """What these people said of how a meeting was."""
    asked = QuestionSet((Question(Kind.RATING, {"en": "How was it?"}, means=Means.HOW),))
    made = {"name": "How it was", "questions": asked.as_json(), "made_at": at(8, 1)}
    asked_by = question_sets.add(tx, token=token(), version=1, **made)
    about = {"about": About.MEETING, "meeting_id": meeting_id, "set_id": asked_by.id}
    round_ = feedback.open_round(tx, token=token(), **about, opened_at=at(8, 20), closes_at=at(9, 20))
    for who, _phone in people:
        id_ = 10_000 + next(_numbers)
        feedback.add(tx, id=id_, round_id=round_.id, person_id=who, finished=True, at=at(8, 21))
        feedback.answer(tx, id_, "q1", str(rating))


_ABOUT_RUNG = Question(Kind.RUNG, {"en": "Which was it like?"}, means=Means.RUNG)


def concern(tx: Tx, who: tuple[int, int], came_at: datetime, minutes: int | None) -> None:
    """Words about danger, taken in hand so many minutes later (nothing: nobody has)."""
    message_id = text(tx, who[1], came_at, who[0], disposition=Disposition.HELD)
    taken = came_at + timedelta(minutes=minutes) if minutes is not None else None
    own = {"token": token(), "address_id": who[1], "person_id": who[0], "opened_at": came_at, "round_at": came_at}
    added = insert(concerns).values(**own, taken_at=taken).returning(concerns.c.id)
    concern_id = tx.execute(added).scalar_one()
    heard = {"token": token(), "concern_id": concern_id, "message_id": message_id, "heard": True}
    tx.execute(insert(concern_messages).values(**heard))


def sampled(tx: Tx, who: tuple[int, int], *, right: bool) -> None:
    message_id = text(tx, who[1], at(9, 8), who[0], reading={"meaning": "yes"})
    judged = {"meant": "answer", "right": right, "judged_at": at(9, 14)}
    tx.execute(insert(reading_samples).values(token=token(), week="2026-09-07", message_id=message_id, **judged))


def drawn(tx: Tx, week: str) -> list[Record]:
    """The sample of the week that begins on that Monday."""
    table = reading_samples
    return list(tx.execute(table.select().where(table.c.week == week)))
