"""Sign-ups: a partner types in paper forms. Each person is asked once by text, and joins by their own yes only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bank import audit, by_form, outward, reachable, rota, talk
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.paper import Paper
from bank.tokens import token
from channels.message import Channel
from storage import addresses, codes, conversations, halting, people, reach, sign_ups, tasks
from storage.outbox import Priority
from storage.people import PersonState
from storage.schema import Record
from storage.sign_ups import SignUpState
from storage.store import Tx
from storage.tasks import TaskKind

AT_ONCE = 50
# One text for each number in so many days, whoever enters it; after so many without a yes all of it is erased.
ONE_TEXT_IN = timedelta(days=30)
# Smaller numbers could tell who somebody is.
SMALL = 10
_ABOUT_A_MEMBER = (
    "A partner typed in a paper form with this number. Somebody has joined with it already. "
    "Ask the partner whether the form is for somebody new. Do not say who has joined."
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One form of a partner's own that nobody has agreed to yet. Of the number the end is shown."""

    token: str
    name: str
    ends: str
    told: Mapping[str, Any]
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many joined by forms, and by each join code of the partner: in words, since small numbers are hidden."""

    joined: str
    codes: Sequence[tuple[str, str, str]]


def left_today(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> int:
    """How many forms this partner may still enter before midnight."""
    entered = sign_ups.entered_since(tx, colleague.id, _midnight(now, organisation))
    return max(0, organisation.most_sign_ups - entered)


def enter(tx: Tx, colleague: Colleague, papers: Sequence[Paper], now: datetime, organisation: Organisation) -> bool:
    """Keep these forms; their texts go when texts may go. False, and nothing is kept, where that is too many today.

    Nobody who enters one finds out whether a text may go to its number.
    """
    if len(papers) > left_today(tx, colleague, now, organisation):
        return False
    for paper in papers:
        _add(tx, colleague, paper, str(paper.number), now)
    return True


def _add(tx: Tx, colleague: Colleague, paper: Paper, number: str, now: datetime) -> None:
    """Keep one form. A number that waits in this partner's list already, as when a page is sent twice, is kept once."""
    if has_entered(tx, colleague, number):
        return
    row = sign_ups.add(
        tx,
        token=token(),
        staff_id=colleague.id,
        state=SignUpState.ENTERED,
        number=number,
        number_key=number,
        told=paper.as_json(),
        entered_at=now,
        erase_at=now + ONE_TEXT_IN,
    )
    audit.record(tx, now, Act.SIGN_UP_ENTERED, colleague.id, about=row.token)


def has_entered(tx: Tx, colleague: Colleague, number: str) -> bool:
    """Whether this partner has a form with that number, to which nobody has agreed yet."""
    return sign_ups.own_with(tx, colleague.id, number) is not None


def waiting(tx: Tx, colleague: Colleague, page: int) -> tuple[list[Waiting], bool]:
    """A page (from 1) of the partner's forms to which nobody has agreed yet, newest first; whether there are more."""
    found = sign_ups.unconfirmed_of(tx, colleague.id, AT_ONCE + 1, (page - 1) * AT_ONCE)
    return [_shown(row) for row in found[:AT_ONCE]], len(found) > AT_ONCE


def one(tx: Tx, colleague: Colleague, name: str) -> Waiting | None:
    """The partner's own form of that name of ours; None for another's, and for one that came to its end."""
    row = sign_ups.own(tx, colleague.id, name)
    return _shown(row) if row is not None else None


def _shown(row: Record) -> Waiting:
    told = row.told or {}
    return Waiting(row.token, told.get("name", ""), (row.number or "")[-3:], told, row.entered_at)


def correct(tx: Tx, colleague: Colleague, name: str, paper: Paper, now: datetime) -> bool:
    """Put this in place of what was typed. Another number is another form: the first is taken back."""
    row = sign_ups.own(tx, colleague.id, name)
    if row is None:
        return False
    if paper.number is not None and paper.number != row.number:
        _take_back(tx, row, now)
        _add(tx, colleague, paper, paper.number, now)
        changed = ["number"]
    else:
        before, after = row.told or {}, paper.as_json()
        changed = [field for field in after if after[field] != before.get(field)]
        sign_ups.change(tx, row.id, {"told": after})
    audit.record(tx, now, Act.SIGN_UP_CHANGED, colleague.id, about=row.token, changed=changed)
    return True


def take_back(tx: Tx, colleague: Colleague, name: str, now: datetime) -> bool:
    """Erase what was typed, and end what was asked."""
    row = sign_ups.own(tx, colleague.id, name)
    if row is None:
        return False
    _take_back(tx, row, now)
    audit.record(tx, now, Act.SIGN_UP_CHANGED, colleague.id, about=row.token, state=[row.state, SignUpState.GONE])
    return True


def _take_back(tx: Tx, row: Record, now: datetime) -> None:
    if row.state == SignUpState.ASKED and row.address_id is not None:
        for conversation_id in conversations.end_flow(tx, row.address_id, by_form.FLOW, "taken_back"):
            halting.stop_conversation(tx, conversation_id, now)
    sign_ups.settle(tx, row.id, SignUpState.GONE, now)


def counts(tx: Tx, colleague: Colleague) -> Counts:
    """What came of this partner's forms and join codes."""
    joined = sign_ups.tally(tx, colleague.id).get(SignUpState.AGREED, 0)
    theirs = codes.of_partner(tx, colleague.id)
    return Counts(spoken(joined), [(row.code, spoken(row.starts), spoken(row.joins)) for row in theirs])


def spoken(number: int) -> str:
    """A number that tells of nobody."""
    return f"fewer than {SMALL}" if number < SMALL else f"{number:,}"


def to_ask(tx: Tx, now: datetime, organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of forms whose text is to go now: no more in a day, from all partners together, than the setting says."""
    found = sign_ups.to_ask(tx, limit)
    if not found:
        return ()
    asked = sign_ups.asked_since(tx, _midnight(now, organisation))
    return found[: max(0, organisation.most_sign_ups_in_all - asked)]


def ask(tx: Tx, now: datetime, organisation: Organisation, sign_up_id: int) -> int:
    """Send the one text about this form, if one may go to its number; if not, nobody hears of it."""
    row = sign_ups.get(tx, sign_up_id)
    address = None if sign_ups.was_asked(tx, row.number, now - ONE_TEXT_IN) else _reachable(tx, row, now, organisation)
    if address is None:
        # It is gone from the partner's list as late as one that was asked.
        sign_ups.change(tx, row.id, {"state": SignUpState.SILENT, "erase_at": now + ONE_TEXT_IN})
        return 1
    asked = {"state": SignUpState.ASKED, "address_id": address.id, "asked_at": now, "erase_at": now + ONE_TEXT_IN}
    sign_ups.change(tx, row.id, asked)
    if (open_now := conversations.open_at(tx, address.id)) is not None and open_now.flow == "join":
        conversations.end(tx, open_now.conversation_id, by_form.FLOW)
    visit = outward.visit(tx, now, organisation, address)
    talk.open_flow(visit, by_form.FLOW, {by_form.FLOW: row.token}, Priority.INVITATION)
    return 1


def _reachable(tx: Tx, row: Record, now: datetime, organisation: Organisation) -> Record | None:
    """The address that we may text once, or None: they stopped us, have joined, or a person must look first."""
    if rung := people.reached_by(tx, row.number):
        _tell_a_person(tx, None, rung[0].id, now, organisation)
        return None
    known = (addresses.find(tx, channel, row.number) for channel in (Channel.SMS, Channel.WHATSAPP))
    if not all(one is None or _is_free(tx, one, now, organisation) for one in known):
        return None
    language = (row.told or {}).get("language")
    return outward.sms_address(tx, row.number, language, now, now + ONE_TEXT_IN, organisation)


def _is_free(tx: Tx, address: Record, now: datetime, organisation: Organisation) -> bool:
    here = reach.people_at(tx, address.id)
    if any(person.state == PersonState.MEMBER for person in here):
        _tell_a_person(tx, address.id, None, now, organisation)
    return reachable.may_be_texted(address, now) and address.ours is None and not here


def _tell_a_person(
    tx: Tx, address_id: int | None, person_id: int | None, now: datetime, organisation: Organisation
) -> None:
    """It may be a second person on one phone: a colleague of ours finds out."""
    if not _is_told(tx, address_id, person_id):
        tasks.add(
            tx,
            token=token(),
            kind=TaskKind.SIGN_UP,
            address_id=address_id,
            person_id=person_id,
            words=_ABOUT_A_MEMBER,
            opened_at=now,
            due_at=rota.read_by(now, organisation),
        )


def _is_told(tx: Tx, address_id: int | None, person_id: int | None) -> bool:
    if address_id is not None:
        return tasks.open_at(tx, address_id, TaskKind.SIGN_UP) is not None
    return person_id is not None and any(one.kind == TaskKind.SIGN_UP for one in tasks.open_of(tx, person_id))


def erase(tx: Tx, now: datetime, _organisation: Organisation, sign_up_id: int) -> int:
    """Nobody agreed in time: what was typed is erased, and so is the number."""
    sign_ups.forget(tx, sign_up_id, now)
    return 1


def _midnight(now: datetime, organisation: Organisation) -> datetime:
    return datetime.combine(now.astimezone(organisation.zone).date(), time(), organisation.zone)
