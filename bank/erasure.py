"""Erasure: what becomes of words and numbers once we may not hold them any longer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bank import audit, leaving
from bank.audit import Act
from bank.organisation import Organisation
from language.everywhere import everywhere as word_in
from storage import (
    addresses,
    approvals,
    arrangements,
    concerns,
    consents,
    conversations,
    dead_letters,
    feedback,
    groups,
    interests,
    invitations,
    media,
    messages_in,
    needs,
    notes,
    people,
    places,
    question_sets,
    questions,
    reach,
    receipts,
    reminders,
    rsvps,
    said,
    stories,
    supporters,
    tasks,
    tellings,
    told,
    who_said,
    writing,
)
from storage.audit import tokens_at
from storage.belonging import Whose
from storage.forgotten import FORGOTTEN
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

# Words that a person of ours still has to read are not erased; we look again after this.
_WAIT = timedelta(days=7)
# Long enough to find out what a provider sent that we could not read.
_DEAD_LETTERS_KEPT = timedelta(days=30)
_NO_ADDRESS = {"address": None, "erase_at": None, "language": None, "plain": False, "spam": None, "taken_by": None}


def erase_person(tx: Tx, person_id: int, now: datetime) -> bool:
    """Erase somebody whose days of grace are over, unless a person of ours has still to act."""
    leaving.close_tasks(tx, person_id, now)
    rows = reach.addresses_of(tx, person_id)
    whose = Whose(person_id, [row.id for row in rows], consents.left_at(tx, person_id) or now)
    held = any(row.held is not None for row in rows)  # somebody may be in danger: every word is kept as it was
    if held or _waits_about(tx, whose):
        people.change(tx, person_id, {"erase_at": now + _WAIT})
        return False
    _erase_person(tx, whose, now)
    return True


def _waits_about(tx: Tx, whose: Whose) -> bool:
    """A person of ours has still to do something, to answer, or to take a story of theirs down where it is used."""
    waits = tasks.open_about(tx, whose) or questions.is_open_about(tx, whose) or _alone_with_a_task(tx, whose)
    return waits or stories.stands_somewhere(tx, whose.person_id)


def _alone_with_a_task(tx: Tx, whose: Whose) -> bool:
    """What was raised since they left is theirs too, at an address that reaches nobody else."""
    alone = (one for one in whose.address_ids if len(reach.people_at(tx, one)) == 1)
    return any(_waits_there(tx, one) for one in alone)


def _waits_there(tx: Tx, address_id: int) -> bool:
    """A person of ours has still to do something, or to answer."""
    return tasks.open_at(tx, address_id) is not None or questions.is_open_at(tx, address_id)


def _erase_person(tx: Tx, whose: Whose, now: datetime) -> None:
    """What they told us goes, and the words of every message that was or may have been theirs."""
    interests.forget(tx, whose.person_id)
    groups.forget(tx, whose.person_id)
    arrangements.forget(tx, whose.person_id)
    needs.forget(tx, whose.person_id)
    notes.forget_of(tx, whose)
    told.forget(tx, whose.person_id)
    question_sets.forget(tx, whose.person_id)
    invitations.forget(tx, whose.person_id)
    places.forget(tx, whose.person_id)
    reminders.forget(tx, whose.person_id)
    rsvps.forget(tx, whose.person_id)
    tellings.forget(tx, whose.person_id)
    who_said.forget(tx, whose.person_id)
    feedback.forget(tx, whose.person_id)
    stories.forget(tx, whose.person_id)
    approvals.blank_of(tx, whose.person_id)
    consents.blank_answers(tx, whose.person_id)
    reach.cut(tx, whose.person_id)
    _shorten(tx, consents.written_by(tx, whose))
    receipts.blank_of(tx, whose)
    media.forget_of(tx, whose)
    messages_in.blank_of(tx, whose)
    said.blank_of(tx, whose)
    tasks.blank_of(tx, whose)
    concerns.blank_of(tx, whose)
    questions.blank_of(tx, whose)
    for address_id in whose.address_ids:
        if not reach.people_at(tx, address_id) and not supporters.is_needed(tx, address_id):
            erase_address(tx, address_id, now)
    _forget_helpers(tx, whose.person_id, now)
    for known_as in (whose.person_id, *people.merged_into(tx, whose.person_id)):
        audit.forget_about(tx, now, known_as)
    people.change(tx, whose.person_id, {**FORGOTTEN, "state": PersonState.ERASED, "erase_at": None})


def _forget_helpers(tx: Tx, person_id: int, now: datetime) -> None:
    """Who helped them, and what those wrote and were told for them; the number of one who helps nobody else."""
    helpers = supporters.addresses_of(tx, person_id)
    theirs = Whose(person_id, helpers, datetime.min.replace(tzinfo=UTC))
    media.forget_of(tx, theirs)
    messages_in.blank_of(tx, theirs)
    said.blank_of(tx, theirs)
    supporters.forget(tx, person_id, now)
    for address_id in helpers:
        if not reach.people_at(tx, address_id) and not supporters.is_needed(tx, address_id):
            addresses.change(tx, address_id, {"erase_at": now})


def erase_unfinished(tx: Tx, address_id: int, now: datetime) -> bool:
    """Erase what a stranger wrote who never joined, unless a person of ours still has to read it."""
    if addresses.get(tx, address_id).held is not None or _waits_there(tx, address_id):
        addresses.change(tx, address_id, {"erase_at": now + _WAIT})
        return False
    if supporters.is_needed(tx, address_id):
        addresses.change(tx, address_id, {"erase_at": None})
        return False
    erase_address(tx, address_id, now)
    return True


def erase_address(tx: Tx, address_id: int, now: datetime) -> None:
    """Erase the words and the number; the keyed hash stays, so that a STOP is honoured for ever."""
    conversations.end_all(tx, address_id, "erased")
    _shorten(tx, consents.written_at(tx, address_id))
    media.forget(tx, address_id)
    messages_in.blank(tx, address_id)
    receipts.blank(tx, address_id)
    said.blank(tx, address_id)
    tasks.blank(tx, address_id)
    concerns.blank(tx, address_id)
    questions.blank(tx, address_id)
    notes.forget(tx, address_id)
    writing.forget(tx, address_id)
    audit.forget_about(tx, now, None, tokens_at(tx, address_id))
    addresses.change(tx, address_id, _NO_ADDRESS)


def _shorten(tx: Tx, entries: Iterable[Record]) -> None:
    """Of what somebody wrote to agree or to withdraw, the ledger keeps the word that it came to, if there is one."""
    for entry in entries:
        word = word_in(entry.words, entry.language, asked=False)
        consents.shorten(tx, entry.id, word.name if word else "")


def has_old_letters(tx: Tx, now: datetime, _organisation: Organisation) -> bool:
    """Whether `erase_dead_letters` has anything to do."""
    before = now - _DEAD_LETTERS_KEPT
    return concerns.are_alone(tx, before) or tasks.are_alone(tx, before) or dead_letters.has_old(tx, before)


def erase_dead_letters(tx: Tx, now: datetime) -> int:
    """Delete what we could not read when there has been time to look. Returns how many.

    So go the words of what was raised for one from nowhere we know of, so long after it was done or let go.
    """
    before = now - _DEAD_LETTERS_KEPT
    alone = [*concerns.blank_alone(tx, before), *tasks.blank_alone(tx, before)]
    if alone:
        audit.forget_about(tx, now, None, alone)
    forgotten = dead_letters.forget(tx, before)
    if forgotten:
        audit.record(tx, now, Act.LETTER_DROPPED, None, letters=forgotten, why="nobody saw to them in 30 days")
    return len(forgotten) + len(alone)
