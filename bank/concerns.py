"""Concerns: somebody may be in danger. A message or a colleague raises one, and it lasts until a lead lets it go."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from bank import audit, hold, outcomes, outward, reachable, talk
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token
from bank.visit import Visit
from storage import addresses, alerts, concerns, halting, tasks, threads
from storage.addresses import AddressState
from storage.schema import Record
from storage.store import Tx

RIGHT, WRONG, MISSED = "right", "wrong", "missed"
# Words about danger to somebody whose concern is in hand: who has it in hand is alerted anew, but not at every word.
_ANEW_AFTER = timedelta(minutes=15)
_A_DAY = timedelta(days=1)


def hear(visit: Visit, *, heard: bool) -> bool:
    """Put the message of this visit with the concern about this address. `heard`: we read danger in it.

    True where there was none, and one was raised.
    """
    before = concerns.open_at(visit.tx, visit.address.id)
    concern = before or _raise(visit.tx, visit.address.id, visit.person.id if visit.person else None, visit.now)
    visit.held = True
    if visit.message_id is not None:
        told = {"token": token(), "concern_id": concern.id, "message_id": visit.message_id, "heard": heard}
        concerns.hear(visit.tx, **told)
    if before is not None and heard:
        _alert_anew(visit.tx, before, visit.now)
    return before is None


def raise_alone(tx: Tx, address_id: int | None, why: str, now: datetime) -> Record:
    """A message that may be about danger could not be taken in: its words are all there is. Returns its concern."""
    before = concerns.open_at(tx, address_id) if address_id is not None else None
    return before or _raise(tx, address_id, None, now, why=why)


def task_of(concern: Record) -> str:
    """The name of what is to be done about a concern that began nowhere we know of."""
    return hashlib.sha256(f"concern: {concern.token}".encode()).hexdigest()[:32]


def _raise(
    tx: Tx, address_id: int | None, person_id: int | None, now: datetime, by: int | None = None, why: str | None = None
) -> Record:
    """Raise it, hold everything, and have somebody alerted at once."""
    concern = concerns.add(
        tx,
        token=token(),
        address_id=address_id,
        person_id=person_id,
        raised_by=by,
        why=why or None,
        opened_at=now,
        alert_at=now,
        round_at=now,
    )
    if address_id is not None:
        hold.begin(tx, concern.id, address_id, now)
    return concern


def _alert_anew(tx: Tx, concern: Record, now: datetime) -> None:
    if concern.alert_at is None and now - concern.taken_at >= _ANEW_AFTER:
        concerns.change(tx, concern.id, {"alert_at": now, "round_at": now})


def raise_by_staff(
    tx: Tx,
    address: Record,
    person: Record | None,
    colleague: Colleague,
    why: str,
    now: datetime,
    organisation: Organisation,
    message_id: int | None = None,
) -> Record:
    """A colleague sees danger that we did not hear, in this message or else the last from there. Returns the concern.

    Whoever wrote within the day gets the one calm answer now. What is a concern already stays as it is.
    """
    before = concerns.open_at(tx, address.id)
    if before is not None:
        return before
    concern = _raise(tx, address.id, person.id if person else None, now, colleague.id, why)
    last = threads.last_in(tx, [address.id]).get(address.id)
    missed = message_id or (last.id if last is not None else None)
    if missed is not None:
        judged = {"judged": MISSED, "judged_by": colleague.id, "judged_at": now}
        concerns.hear(tx, token=token(), concern_id=concern.id, message_id=missed, heard=False, **judged)
    audit.record(tx, now, Act.CONCERN_RAISED, colleague.id, person_id=concern.person_id, about=concern.token, why=why)
    if address.last_in_at is not None and now - address.last_in_at < _A_DAY and address.state == AddressState.OPEN:
        visit = outward.visit(tx, now, organisation, addresses.get(tx, address.id), concern.person_id)
        answer(visit)
    return concern


def answer(visit: Visit) -> None:
    """The one calm reply. What was begun is closed: nothing of it is asked again after this."""
    talk.end_all(visit, "danger")
    if visit.unsafe:
        return
    visit.mute = False
    visit.gets_through = True
    talk.open_flow(visit, "safety")


def take(tx: Tx, concern: Record, staff_id: int | None, now: datetime, how: str = "page") -> Record:
    """Somebody has it in hand, and nobody else is alerted; nobody of the team: the out-of-hours service has."""
    taken = concerns.change(tx, concern.id, {"taken_by": staff_id, "taken_at": now, "alert_at": None})
    alerts.end_codes(tx, concern.id)
    audit.record(
        tx,
        now,
        Act.CONCERN_TAKEN,
        staff_id,
        person_id=concern.person_id,
        about=concern.token,
        taken_by=[concern.taken_by, staff_id],
        how=how,
    )
    return taken


def note_known(tx: Tx, concern: Record, staff_id: int, now: datetime) -> None:
    """An administrator, who may not read it, sees to it that a lead does: it is nobody's until one takes it."""
    alerts.end_codes(tx, concern.id)
    audit.record(tx, now, Act.CONCERN_TAKEN, staff_id, person_id=concern.person_id, about=concern.token, how="text")


def hand(tx: Tx, concern: Record, by: Colleague, to: Record, now: datetime) -> None:
    """Have this lead take it: they are alerted first from now on, until somebody has taken it."""
    concerns.change(tx, concern.id, {"taken_by": to.id, "taken_at": None, "alert_at": now, "round_at": now})
    about = {"person_id": concern.person_id, "about": concern.token}
    audit.record(tx, now, Act.CONCERN_HANDED, by.id, **about, handed_to=to.name)


def release(
    tx: Tx, concern: Record, colleague: Colleague, reason: str, now: datetime, organisation: Organisation
) -> None:
    """A lead lets it go: texts may go again, and what they write is answered as before."""
    ended = {"released_by": colleague.id, "released_at": now, "reason": reason, "alert_at": None}
    concerns.change(tx, concern.id, ended)
    alerts.end_codes(tx, concern.id)
    hold.end(tx, concern.id, now, organisation)
    tasks.close_called(tx, task_of(concern), now)
    about = {"person_id": concern.person_id, "about": concern.token}
    audit.record(tx, now, Act.CONCERN_RELEASED, colleague.id, **about, why=reason)


def judge(tx: Tx, concern: Record, message: Record, colleague: Colleague, mark: str, now: datetime) -> bool:
    """Say whether we read this message rightly. False for a mark that does not fit it."""
    if mark not in ((RIGHT, WRONG) if message.heard else (MISSED, RIGHT)):
        return False
    concerns.judge(tx, message.id, judged=mark, judged_by=colleague.id, judged_at=now)
    audit.record(
        tx,
        now,
        Act.CONCERN_JUDGED,
        colleague.id,
        person_id=concern.person_id,
        about=concern.token,
        message=message.token,
        judged=[message.judged, mark],
    )
    return True


def say_unsafe(tx: Tx, concern: Record, address: Record, colleague: Colleague, now: datetime, *, unsafe: bool) -> None:
    """Nothing at all goes to this address, not even what one of us writes; or it may again."""
    before = reachable.is_unsafe(address, now)
    addresses.change(tx, address.id, {"unsafe_until": now + outcomes.UNTIL_TOLD if unsafe else None})
    if unsafe:
        halting.stop(tx, address.id, now)
    about = {"person_id": concern.person_id, "about": address.token}
    audit.record(tx, now, Act.CONCERN_CHANGED, colleague.id, **about, unsafe=[before, unsafe])
