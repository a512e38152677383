"""Merging: what hangs on a person besides what they told us goes over with them."""

from __future__ import annotations

from bank import merging
from bank.colleague import Colleague, known
from bank.tokens import token
from storage import people, staff
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING


def member(tx: Tx, name: str) -> Record:
    return people.add(tx, token=token(), name=name, state=PersonState.MEMBER, language="en", joined_at=MORNING)


def colleague(tx: Tx, login: str, person_id: int | None = None) -> Colleague:
    row = staff.add(
        tx,
        token=token(),
        name=login,
        login=login,
        state=StaffState.ACTIVE,
        person_id=person_id,
        created_at=MORNING,
    )
    staff.give(tx, row.id, [Role.COORDINATOR])
    return known(tx, row)


async def test_a_colleague_s_own_record_is_theirs_under_either_name(store: Store) -> None:
    """Else they could read what is said to them, and about them."""

    def story(tx: Tx) -> tuple[bool, bool]:
        kept, gone = member(tx, "Sam"), member(tx, "Sam Field")
        sam, olu = colleague(tx, "sam", gone.id), colleague(tx, "olu")
        merging.merge(tx, olu, kept, gone, "The same number", MORNING, ASHDALE)
        sam = known(tx, staff.get(tx, sam.id))
        return sam.sees(person_id=kept.id, held=None), olu.sees(person_id=kept.id, held=None)

    assert await store.write(story) == (False, True)
