"""Meeting host: who of ours is at a meeting, and is texted at once about what goes wrong on the day.

It is the colleague who leads it, on a phone of their own, where they have questions texted; else every coordinator who
has. As with questions no name is in the text, and what was said only for those who want the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import meeting_facts, voice
from bank.colleague import Colleague, known
from bank.organisation import Organisation
from bank.question_rota import Texts, phone_of, rendered
from bank.voice import Envelope, Spoken
from flows import for_colleagues
from language.on_the_day import Trouble
from language.wording import SOURCE_LANGUAGE
from storage import staff
from storage.outbox import Priority
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx

_LASTS = timedelta(hours=2)
_MOST_WORDS = 300
_NEWS = {
    Trouble.LATE: for_colleagues.COMES_LATE,
    Trouble.WHERE: for_colleagues.CANNOT_FIND_IT,
    Trouble.ONLINE: for_colleagues.CANNOT_GET_ON,
    None: for_colleagues.CANNOT_COME,
}


@dataclass(frozen=True, slots=True)
class Told:
    """Whom we have told: the one who leads it, by name; others of the team; or nobody who has a phone for it."""

    host: str = ""
    team: bool = False


def tell(
    tx: Tx,
    meeting: Record,
    who: Record,
    trouble: Trouble | None,
    words: str,
    now: datetime,
    organisation: Organisation,
    *,
    comes: bool = False,
) -> Told:
    """Text whoever leads the meeting what this person (`who`) told us.

    `trouble` None: they do not come after all, or with `comes` they do.
    """
    host = _host(tx, meeting)
    news = for_colleagues.COMES_AFTER_ALL if comes else _NEWS[trouble]
    text = rendered(organisation, news, dict(meeting_facts.facts(meeting, SOURCE_LANGUAGE, organisation)))
    if host is not None and _text(tx, host, who, text, words, now, organisation):
        return Told(host=host.name)
    others = [_text(tx, one, who, text, words, now, organisation) for one in _others(tx, host)]
    return Told(team=any(others))


def _host(tx: Tx, meeting: Record) -> Colleague | None:
    row = staff.get(tx, meeting.staff_chair) if meeting.staff_chair is not None else None
    return known(tx, row) if row is not None and row.state == StaffState.ACTIVE else None


def _others(tx: Tx, host: Colleague | None) -> Iterator[Colleague]:
    for row in staff.active(tx):
        one = known(tx, row)
        if one.may(Role.COORDINATOR) and (host is None or one.id != host.id):
            yield one


def _text(
    tx: Tx, one: Colleague, who: Record, text: str, words: str, now: datetime, organisation: Organisation
) -> bool:
    """Whether a text was queued: to a phone that is theirs, never about themselves."""
    texts, address = phone_of(tx, one)
    if texts is Texts.NONE or address is None or who.id in one.oneself.person_ids:
        return False
    said = words.strip()
    shown = said if len(said) <= _MOST_WORDS else f"{said[:_MOST_WORDS]}..."
    if texts is Texts.WORDS and shown:
        text = f"{text}\n{rendered(organisation, for_colleagues.THEY_SAY, {})} {shown}"
    envelope = Envelope(address.id, address.sender, SOURCE_LANGUAGE, priority=Priority.REPLY, expires=_LASTS)
    voice.queue(tx, envelope, "colleague.meeting", Spoken(text), now)
    return True
