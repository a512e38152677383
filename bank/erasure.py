"""Erasure: what becomes of words and numbers once we may not hold them any longer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from language.everywhere import everywhere as word_in
from storage import (
    addresses,
    consents,
    conversations,
    dead_letters,
    interests,
    messages_in,
    needs,
    people,
    reach,
    receipts,
    said,
    tasks,
)
from storage.belonging import Whose
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

# Words that a person of ours still has to read are not erased; we look again after this.
_WAIT = timedelta(days=7)
# Long enough to find out what a provider sent that we could not read.
_DEAD_LETTERS_KEPT = timedelta(days=30)
_GONE = {"name": None, "place": None, "district": None, "skills": None, "support": None, "looks_after": None}


def erase_person(tx: Tx, person_id: int, now: datetime) -> bool:
    """Erase somebody whose days of grace are over, unless a person of ours has still to act."""
    theirs = [row.id for row in reach.addresses_of(tx, person_id)]
    whose = Whose(person_id, theirs, consents.left_at(tx, person_id) or now)
    if tasks.open_about(tx, whose) or _alone_with_a_task(tx, whose):
        people.change(tx, person_id, {"erase_at": now + _WAIT})
        return False
    _erase_person(tx, whose)
    return True


def _alone_with_a_task(tx: Tx, whose: Whose) -> bool:
    """What was raised since they left is theirs too, at an address that reaches nobody else."""
    alone = (one for one in whose.address_ids if len(reach.people_at(tx, one)) == 1)
    return any(tasks.open_at(tx, one) is not None for one in alone)


def _erase_person(tx: Tx, whose: Whose) -> None:
    """What they told us goes, and the words of every message that was or may have been theirs."""
    interests.forget(tx, whose.person_id)
    needs.forget(tx, whose.person_id)
    reach.cut(tx, whose.person_id)
    _shorten(tx, consents.written_by(tx, whose))
    receipts.blank_of(tx, whose)
    messages_in.blank_of(tx, whose)
    said.blank_of(tx, whose)
    tasks.blank_of(tx, whose)
    for address_id in whose.address_ids:
        if not reach.people_at(tx, address_id):
            erase_address(tx, address_id)
    people.change(tx, whose.person_id, {**_GONE, "state": PersonState.ERASED, "erase_at": None, "held": None})


def erase_unfinished(tx: Tx, address_id: int, now: datetime) -> bool:
    """Erase what a stranger wrote who never joined, unless a person of ours still has to read it."""
    if tasks.open_at(tx, address_id) is not None:
        addresses.change(tx, address_id, {"erase_at": now + _WAIT})
        return False
    erase_address(tx, address_id)
    return True


def erase_address(tx: Tx, address_id: int) -> None:
    """Erase the words and the number; the keyed hash stays, so that a STOP is honoured for ever."""
    conversations.end_all(tx, address_id, "erased")
    _shorten(tx, consents.written_at(tx, address_id))
    messages_in.blank(tx, address_id)
    receipts.blank(tx, address_id)
    said.blank(tx, address_id)
    tasks.blank(tx, address_id)
    addresses.change(tx, address_id, {"address": None, "erase_at": None, "language": None, "plain": False})


def _shorten(tx: Tx, entries: Iterable[Record]) -> None:
    """Of what somebody wrote to agree or to withdraw, the ledger keeps the word that it came to, if there is one."""
    for entry in entries:
        word = word_in(entry.words, entry.language, asked=False)
        consents.shorten(tx, entry.id, word.name if word else "")


def erase_dead_letters(tx: Tx, now: datetime) -> int:
    """Delete what we could not read when there has been time to look. Returns how many."""
    return dead_letters.forget(tx, now - _DEAD_LETTERS_KEPT)
