"""Months: in which of several an instant lies, so that the database parts them and no clock time is read for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import ColumnElement, and_, case


def month_of(at: ColumnElement[datetime], edges: Sequence[datetime]) -> ColumnElement[int | None]:
    """The place of the month, 0 the first; null where it is none. `edges` are where each begins, and the end."""
    return case(*((and_(at >= begins, at < ends), place) for place, (begins, ends) in enumerate(pairwise(edges))))
