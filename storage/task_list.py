"""The list of tasks, as one colleague may see it: filtered in the query, so that a page of it is a page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_

from storage import threads
from storage.people import people
from storage.schema import Record
from storage.store import Tx
from storage.tasks import IS_OPEN, TaskKind, tasks, with_whom
from storage.threads import HELD, Eyes


def _seen_by(eyes: Eyes) -> ColumnElement[bool]:
    """As threads are: what is held for danger is the leads', and nobody reads what is about themselves."""
    rules: list[ColumnElement[bool]] = [or_(tasks.c.address_id.is_(None), threads.in_sight(eyes))]
    if not eyes.sees_danger:
        rules.append(or_(people.c.held.is_(None), people.c.held != HELD))
    if eyes.oneself.person_ids:
        rules.append(or_(tasks.c.person_id.is_(None), tasks.c.person_id.not_in(eyes.oneself.person_ids)))
    return and_(*rules)


def waiting(tx: Tx, eyes: Eyes, kinds: Collection[TaskKind], limit: int) -> list[Record]:
    """Those of these kinds that are open, by when they are due, with the same beside them as `listed` has."""
    found = with_whom().where(IS_OPEN, tasks.c.kind.in_(kinds), _seen_by(eyes))
    return list(tx.execute(found.order_by(tasks.c.due_at, tasks.c.id).limit(limit)))


def listed(
    tx: Tx,
    eyes: Eyes,
    kinds: Collection[TaskKind],
    limit: int,
    skip: int = 0,
    *,
    of: int | None = None,
    done_since: datetime | None = None,
) -> list[Record]:
    """Those of these kinds that are open, by when they are due; or those done since then, the last one first.

    `of` is whose they are to do. Each has `name`, `person_token` and `person_held`, `held` and `address_token`.
    """
    found = with_whom().where(tasks.c.kind.in_(kinds), _seen_by(eyes))
    if of is not None:
        found = found.where(tasks.c.assigned_to == of)
    if done_since is None:
        found = found.where(IS_OPEN).order_by(tasks.c.due_at, tasks.c.id)
    else:
        found = found.where(tasks.c.closed_at >= done_since).order_by(tasks.c.closed_at.desc(), tasks.c.id.desc())
    return list(tx.execute(found.limit(limit).offset(skip)))
