"""Join codes: the words on posters and from partners, what came of each, and whose each is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from bank import audit
from bank.audit import Act
from language.everywhere import join_code
from storage import codes, staff
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx

LONGEST_LABEL = 60


class Refusal(Enum):
    """Why a join code was not kept."""

    NOT_A_CODE = auto()
    TAKEN = auto()
    NO_SUCH_PARTNER = auto()


@dataclass(frozen=True, slots=True)
class JoinCode:
    """A code, where it is used, whose it is (empty: ours), and how many began and finished joining by it."""

    code: str
    label: str
    partner: str
    starts: int
    joins: int


def everyone(tx: Tx) -> list[JoinCode]:
    rows = codes.everyone(tx)
    names = staff.names(tx, {row.staff_id for row in rows if row.staff_id is not None})
    return [JoinCode(row.code, row.label or "", names.get(row.staff_id, ""), row.starts, row.joins) for row in rows]


def partners(tx: Tx) -> list[Record]:
    """Whose a code can be."""
    return staff.having(tx, Role.PARTNER)


def add(tx: Tx, now: datetime, staff_id: int, word: str, label: str, partner: str) -> Refusal | None:
    """A new code. `partner` is the token of whoever sees what came of it; empty: nobody but us."""
    code = join_code(f"join {word}")
    if code is None or code.casefold() != word.casefold():
        return Refusal.NOT_A_CODE
    if codes.find(tx, code) is not None:
        return Refusal.TAKEN
    whose = _partner(tx, partner)
    if partner and whose is None:
        return Refusal.NO_SUCH_PARTNER
    codes.add(tx, code=code, label=label, staff_id=whose.id if whose else None, created_at=now)
    audit.record(tx, now, Act.SETTING_CHANGED, staff_id, join_code=["", code], partner=["", partner])
    return None


def give(tx: Tx, now: datetime, staff_id: int, code: str, partner: str) -> Refusal | None:
    """From now on this partner sees what came of it; empty: nobody but us."""
    row, whose = codes.find(tx, code), _partner(tx, partner)
    if row is None:
        return Refusal.NOT_A_CODE
    if partner and whose is None:
        return Refusal.NO_SUCH_PARTNER
    before = staff.get(tx, row.staff_id).token if row.staff_id is not None else ""
    codes.change(tx, row.id, {"staff_id": whose.id if whose else None})
    audit.record(tx, now, Act.SETTING_CHANGED, staff_id, join_code=[row.code, row.code], partner=[before, partner])
    return None


def _partner(tx: Tx, token: str) -> Record | None:
    return next((one for one in partners(tx) if one.token == token), None)
