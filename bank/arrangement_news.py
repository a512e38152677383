"""News of arrangements: somebody is told that it is booked, or that it could not be had, and asked what to do instead.

It is about what they said yes to: no weekly cap keeps it back. Whoever is paused is rung where something could not be
had.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bank import arrangement_facts, getting_to_know, interrupting, meeting_facts, outward, quiet, rota, talk
from bank.arrangement_facts import Told
from bank.arrangement_times import LABELS
from bank.arrangements import COMES
from bank.organisation import Organisation
from bank.reminders import own_hours
from flows import engine
from flows.arranged import ARRANGED
from flows.grammar import Choose, Say
from language.wording import SOURCE_LANGUAGE
from storage import arrangements, meetings, people, rsvps
from storage.arrangements import ArrangementKind, ArrangementState
from storage.meetings import GOES_ON, Way
from storage.outbox import Priority
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

# Who is asked later than this before it begins has no time to answer.
_IN_TIME = timedelta(hours=3)
_IS_TOLD = (ArrangementState.BOOKED, ArrangementState.COULD_NOT)
_BOOKED = "Tell them what is booked for them: {what}. {title}."
_COULD_NOT = "We could not book this for them: {what}. {title}. Ask what to do: come without it, or another way."


def to_tell(tx: Tx, _now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of arrangements of which somebody does not know yet what became of them."""
    return arrangements.untold(tx, limit)


def tell(tx: Tx, now: datetime, organisation: Organisation, arrangement_id: int) -> int:
    """Tell them, with all that became of the same kind there: one message. 0 where they cannot be asked just now."""
    row = arrangements.get(tx, arrangement_id)
    if row.told:
        return 0
    meeting, person = meetings.get(tx, row.meeting_id), people.get(tx, row.person_id)
    together = [one for one in arrangements.of(tx, meeting.id, person.id) if not one.told and one.state == row.state]
    if not _helps(tx, meeting, person, row, now):
        return _told(tx, together)
    address = outward.address_of(tx, person, now)
    asks = row.state == ArrangementState.COULD_NOT
    if address is None or (asks and _is_rung(tx, meeting, person, address, now, organisation)):
        _ring(tx, meeting, person, together, now, organisation)
        return _told(tx, together)
    if row.state == ArrangementState.COULD_NOT and not _ask(tx, meeting, person, address, now, organisation):
        return 0
    if row.state == ArrangementState.BOOKED:
        _say(tx, meeting, person, address, now, organisation)
    return _told(tx, together)


def _helps(tx: Tx, meeting: Record, person: Record, row: Record, now: datetime) -> bool:
    """They are still to come, and it stands as it is to be told."""
    rsvp = rsvps.of(tx, meeting.id, person.id)
    goes_on = meeting.state in GOES_ON and now < meeting.starts_at
    comes = rsvp is not None and rsvp.state in COMES and person.state == PersonState.MEMBER
    return bool(goes_on and comes and row.state in _IS_TOLD)


def _told(tx: Tx, together: Sequence[Record]) -> int:
    for one in together:
        arrangements.change(tx, one.id, {"told": True})
    return 1


def _is_rung(
    tx: Tx, meeting: Record, person: Record, address: Record, now: datetime, organisation: Organisation
) -> bool:
    """A text that asks them would come too late, or not at all."""
    is_paused = person.paused_until is not None and person.paused_until > now
    asked_at = quiet.next_time(now, organisation, own_hours(person))
    return is_paused or asked_at > meeting.starts_at - _IN_TIME or interrupting.is_stuck(tx, now, address)


def _say(tx: Tx, meeting: Record, person: Record, address: Record, now: datetime, organisation: Organisation) -> None:
    visit = outward.visit(tx, now, organisation, address, person.id)
    visit.subject = answers = {"meeting": meeting.token, "stands": ArrangementState.BOOKED.value}
    for saying in engine.begin(ARRANGED, visit.facts, answers).say:
        visit.say(getting_to_know.for_whom(visit, saying), Priority.REMINDER)
    outward.in_their_hours(visit, person, until=meeting.starts_at)


def _ask(tx: Tx, meeting: Record, person: Record, address: Record, now: datetime, organisation: Organisation) -> bool:
    """Ask what to do instead. False where another question is open there, or no text may go now."""
    visit = interrupting.visit(tx, now, organisation, address, person)
    if visit is None:
        return False
    online = {"hybrid": "yes"} if meeting.way == Way.HYBRID else {}
    about = {"meeting": meeting.token, "stands": ArrangementState.COULD_NOT.value, **online}
    talk.open_flow(visit, ARRANGED.name, about, Priority.REMINDER)
    return True


def _ring(
    tx: Tx, meeting: Record, person: Record, rows: Sequence[Record], now: datetime, organisation: Organisation
) -> None:
    words = _BOOKED if rows[0].state == ArrangementState.BOOKED else _COULD_NOT
    what = ", ".join(LABELS[ArrangementKind(row.kind)] for row in rows)
    title = meeting_facts.said(meeting, "title", SOURCE_LANGUAGE)
    due = min(rota.read_by(now, organisation), meeting.starts_at)
    outward.ring(tx, person, words.format(what=what, title=title), due, now, meeting_id=meeting.id)


def preview(meeting: Record, told: Told, state: ArrangementState, language: str, organisation: Organisation) -> str:
    """What they would read if it stood so, with the question's choices below it; "" where they are told nothing."""
    if state not in _IS_TOLD:
        return ""
    is_booked = state == ArrangementState.BOOKED
    asks = "ask_online" if meeting.way == Way.HYBRID else "ask"
    step = ARRANGED.steps["booked" if is_booked else asks]
    tell_of = arrangement_facts.booked if is_booked else arrangement_facts.could_not
    values = {
        **meeting_facts.facts(meeting, language, organisation),
        "council": organisation.council,
        ("arranged" if is_booked else "not_arranged"): tell_of([told], language, organisation),
    }
    lines = [step.text] if isinstance(step, (Say, Choose)) else []
    choices = step.choices if isinstance(step, Choose) and isinstance(step.choices, tuple) else ()
    labels = [one.label for one in choices if one.label]
    said = [organisation.catalogs.render(words, language, values) for words in (*lines, *labels)]
    return "\n".join([said[0], *(f"{number} {label}" for number, label in enumerate(said[1:], 1))])
