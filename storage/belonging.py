"""Belonging: which rows of an address that several people share are one person's, or may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Table, and_, or_


@dataclass(frozen=True, slots=True)
class Whose:
    """One person, the addresses that reach them, and until when they wrote from there."""

    person_id: int
    address_ids: Sequence[int]
    until: datetime


def rows_of(whose: Whose, table: Table, at: Column[datetime]) -> ColumnElement[bool]:
    """Rows about this person, there or nowhere, and about nobody we know of from when it may have been them."""
    there: Column[int] = table.c.address_id
    by: Column[int] = table.c.person_id
    perhaps = and_(by.is_(None), at <= whose.until)
    found = and_(there.in_(whose.address_ids), or_(by == whose.person_id, perhaps))
    return or_(found, and_(there.is_(None), by == whose.person_id)) if there.nullable else found
