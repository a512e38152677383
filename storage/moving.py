"""Moving: what hangs on one person, or on some of their messages, goes over to another.

The tables are found by their foreign keys, so that a new one is not forgotten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Column, Table, delete, select, update

from storage import question_sets, twins
from storage.arrangements import arrangements
from storage.invitations import invitations
from storage.messages_in import messages_in
from storage.migrate import tables
from storage.needs import needs
from storage.people import people
from storage.question_sets import set_answers
from storage.reach import reach
from storage.store import Tx

# What was done is not rewritten. Names are found by the name, and facts are weighed one by one. Of twins one is kept.
STAYS = frozenset({"audit", "name_parts", "interests", "told", "reach", *(table.name for table in twins.MOVES)})


def everything(tx: Tx, from_id: int, to_id: int, now: datetime) -> None:
    """All that is one person's is the other's from now on, but facts, name parts and the audit."""
    twins.once(tx, from_id, to_id, now)
    _reach(tx, from_id, to_id)
    twins.move(tx, from_id, to_id)
    for table, column in _columns(people):
        if table.name not in STAYS:
            tx.execute(update(table).where(column == from_id).values({column.name: to_id}))


def _reach(tx: Tx, from_id: int, to_id: int) -> None:
    already = select(reach.c.address_id).where(reach.c.person_id == to_id)
    theirs = reach.c.person_id == from_id
    tx.execute(delete(reach).where(theirs, reach.c.address_id.in_(list(tx.execute(already).scalars()))))
    tx.execute(update(reach).where(theirs).values(person_id=to_id))


def messages(tx: Tx, ids: Collection[int], from_id: int, to_id: int | None) -> None:
    """These messages, and what hangs on them, are that person's; None: of nobody whom we know.

    What they answered to an invitation of the one is no answer any more. A place stays, in a project or a meeting: a
    colleague decides.
    """
    if to_id is None:
        tx.execute(delete(arrangements).where(arrangements.c.person_id == from_id, arrangements.c.message_id.in_(ids)))
        unneeded = select(needs.c.id).where(needs.c.person_id == from_id, needs.c.message_id.in_(ids))
        tx.execute(update(arrangements).where(arrangements.c.need_id.in_(unneeded)).values(need_id=None))
        for told in (needs, set_answers):
            tx.execute(delete(told).where(told.c.person_id == from_id, told.c.message_id.in_(ids)))
    tx.execute(update(messages_in).where(messages_in.c.id.in_(ids)).values(person_id=to_id))
    answered = invitations.c.message_id.in_(ids), invitations.c.person_id == from_id
    tx.execute(update(invitations).where(*answered).values(answer=None, answered_at=None, message_id=None))
    whose = dict(_columns(people))
    for table, message in _columns(messages_in):
        column = whose.get(table)
        if column is not None and table.name not in STAYS and (to_id is not None or column.nullable):
            tx.execute(update(table).where(message.in_(ids), column == from_id).values({column.name: to_id}))
    if to_id is not None:
        question_sets.keep_newest(tx, to_id)


def _columns(target: Table) -> Iterator[tuple[Table, Column[int]]]:
    """Every column of ours that names a row of this table."""
    for table in tables().sorted_tables:
        for column in table.columns:
            if any(key.column.table is target for key in column.foreign_keys):
                yield table, column
