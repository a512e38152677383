"""Handling a thread: who looks after it, who answers there instead of the flow, notes, and what is spam."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bank import audit, concerns, outward, reachable, talk, thread, threads
from bank.audit import Act
from bank.colleague import Colleague, known
from bank.organisation import Organisation
from bank.question_rota import ANSWERING
from bank.thread import Thread
from bank.tokens import token
from flows import engine
from language.normal import safe
from storage import addresses, conversations, halting, notes, staff, tasks, writing
from storage import threads as seen
from storage.outbox import Priority
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

# So long we suppose that somebody goes on writing whose page has not told us since.
_WRITES_FOR = timedelta(minutes=2)
_WITHIN_THE_DAY = timedelta(hours=24)
# What is done when somebody has read it. Calls, questions and danger have rooms of their own.
_ELSEWHERE = {TaskKind.SAFEGUARDING, TaskKind.QUESTION, TaskKind.CALL, TaskKind.LETTER, TaskKind.PRINT}
DONE_HERE = frozenset(TaskKind) - _ELSEWHERE


class CannotDo(Exception):
    """It may not be done now. The message says why, in one plain sentence."""


def team(tx: Tx) -> list[Record]:
    """Colleagues who may look after a thread: they answer for the whole organisation, not for one project."""
    able, roles = {(role, staff.EVERYWHERE) for role in ANSWERING}, staff.roles(tx)
    return [one for one in staff.active(tx) if able & roles.get(one.id, frozenset())]


def assign(tx: Tx, colleague: Colleague, about: Thread, to: str, now: datetime) -> None:
    """From now on the colleague of that token looks after it; empty: nobody. Raises CannotDo."""
    chosen = next((one for one in team(tx) if one.token == to), None)
    if to and chosen is None:
        raise CannotDo("Choose somebody of the team.")
    if chosen is not None and not _may_see(tx, chosen, about):
        raise CannotDo("They may not see this thread. Choose somebody else.")
    before, after = about.colleague(about.assigned_to), chosen.name if chosen else ""
    _change(tx, about, assigned_to=chosen.id if chosen else None)
    _record(tx, now, Act.THREAD_ASSIGNED, colleague, about, assigned_to=[before, after])


def _may_see(tx: Tx, somebody: Record, about: Thread) -> bool:
    looking = threads.eyes(known(tx, somebody))
    return all(seen.may_see(tx, looking, one.id) for one in about.addresses)


def take_over(tx: Tx, colleague: Colleague, about: Thread, now: datetime) -> None:
    """From now on they answer there, and the flow is silent. Raises CannotDo."""
    if about.taken_by is not None and about.taken_by != colleague.id:
        raise CannotDo(f"{about.colleague(about.taken_by)} has taken this over. Hand it back first.")
    _change(tx, about, taken_by=colleague.id, taken_at=now, assigned_to=colleague.id)
    _record(tx, now, Act.THREAD_TAKEN, colleague, about, taken_by=["", colleague.name])


def hand_back(tx: Tx, colleague: Colleague, about: Thread, now: datetime, organisation: Organisation) -> None:
    """The flow goes on where it stood, and asks its open question again."""
    _change(tx, about, taken_by=None)
    _record(tx, now, Act.THREAD_HANDED_BACK, colleague, about, taken_by=[about.colleague(about.taken_by), ""])
    for address in about.addresses:
        _ask_again(tx, address.id, now, organisation)


def _ask_again(tx: Tx, address_id: int, now: datetime, organisation: Organisation) -> None:
    row, address = conversations.open_at(tx, address_id), addresses.get(tx, address_id)
    may_ask = reachable.may_be_texted(address, now) and reachable.takes_free_words(address, now)
    if row is None or not may_ask:
        return
    visit = outward.visit(tx, now, organisation, address, row.conversation_person_id)
    visit.standing = talk.standing_of(row)
    wrote_lately = address.last_in_at is not None and now - address.last_in_at < _WITHIN_THE_DAY
    turn = engine.resume(talk.flow_of(visit), visit.standing.position, visit.facts)
    talk.follow(visit, turn, Priority.REPLY if wrote_lately else Priority.INVITATION)


def note(tx: Tx, colleague: Colleague, about: Thread, words: str, now: datetime) -> None:
    """Write to colleagues, beside the thread."""
    name = token()
    notes.add(
        tx,
        token=name,
        address_id=about.address.id,
        person_id=about.person_id,
        staff_id=colleague.id,
        words=safe(words),
        at=now,
    )
    _record(tx, now, Act.NOTED, colleague, about, note=name)


def may_be_danger(
    tx: Tx, colleague: Colleague, about: Thread, why: str, now: datetime, organisation: Organisation
) -> None:
    """They see danger that we did not hear: everything is held, and a lead is told."""
    _change(tx, about, taken_by=None)  # what is answered to the calm reply must be read by it
    concerns.raise_by_staff(tx, about.address, about.person, colleague, safe(why), now, organisation)


def mark_spam(tx: Tx, colleague: Colleague, about: Thread, why: str, now: datetime) -> None:
    """What comes from there is kept from now on, and nobody answers it. Raises CannotDo."""
    if about.is_held or any(task.kind == TaskKind.SAFEGUARDING for task in about.tasks):
        raise CannotDo("Somebody may be in danger here. This thread cannot be marked as spam.")
    _change(tx, about, spam=safe(why), taken_by=None)
    for address in about.addresses:
        conversations.end_all(tx, address.id, "spam")
        halting.stop(tx, address.id, now)
    for task in about.tasks:
        close(tx, colleague, about, task, now, because="spam")
    _record(tx, now, Act.SPAM_MARKED, colleague, about, spam=["", safe(why)])


def unmark_spam(tx: Tx, colleague: Colleague, about: Thread, now: datetime) -> None:
    """It was no spam after all."""
    _change(tx, about, spam=None)
    _record(tx, now, Act.SPAM_UNMARKED, colleague, about, spam=[about.spam or "", ""])


def has_read(tx: Tx, colleague: Colleague, about: Thread, now: datetime, *, read_to: str, because: str) -> bool:
    """They have read what waited there, up to the message of that name. False where more has come since."""
    if read_to != thread.read_to(tx, about):
        return False
    for task in about.tasks:
        if task.kind == TaskKind.READ:
            close(tx, colleague, about, task, now, because)
    return True


def close(tx: Tx, colleague: Colleague, about: Thread, task: Record, now: datetime, because: str) -> None:
    """What there was to do is done."""
    tasks.change(tx, task.id, {"closed_at": now, "closed_by": colleague.id})
    _record(tx, now, Act.TASK_CLOSED, colleague, about, task=task.token, kind=task.kind, because=because)


def writes(tx: Tx, colleague: Colleague, about: Thread, now: datetime) -> None:
    """Note that they are writing an answer: whoever else has the thread open is told."""
    writing.note(tx, about.address.id, colleague.id, now + _WRITES_FOR)


def end_answer(tx: Tx, colleague: Colleague, about: Thread) -> None:
    """They have sent it, or thought better of it."""
    writing.end(tx, about.ids, colleague.id)


def writing_now(tx: Tx, colleague: Colleague, about: Thread, now: datetime) -> list[Record]:
    """Who else is writing an answer there: `token` and `name` of each."""
    return writing.others(tx, about.ids, colleague.id, now)


def _change(tx: Tx, about: Thread, **values: object) -> None:
    for address in about.addresses:
        addresses.change(tx, address.id, values)


def _record(tx: Tx, now: datetime, act: Act, colleague: Colleague, about: Thread, **details: Any) -> None:
    audit.record(tx, now, act, colleague.id, person_id=about.person_id, about=about.token, **details)
