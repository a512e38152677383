"""Join codes: the words on posters and from partners, what came of each, and whose each is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from bank import audit
from bank.audit import Act
from bank.organisation import Organisation
from flows.poster import POSTER
from language.everywhere import join_code
from language.wording import SOURCE_LANGUAGE
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
    NOT_WRITTEN = auto()  # we do not write in that language here


@dataclass(frozen=True, slots=True)
class JoinCode:
    """A code, where it is used, whose it is (empty: ours), and how many began and finished joining by it.

    `language` is the one in which whoever comes by it is answered first; empty: as they write.
    """

    code: str
    label: str
    partner: str
    starts: int
    joins: int
    language: str = ""


def everyone(tx: Tx) -> list[JoinCode]:
    rows = codes.everyone(tx)
    names = staff.names(tx, {row.staff_id for row in rows if row.staff_id is not None})
    return [
        JoinCode(row.code, row.label or "", names.get(row.staff_id, ""), row.starts, row.joins, row.language or "")
        for row in rows
    ]


def partners(tx: Tx) -> list[Record]:
    """Whose a code can be."""
    return staff.having(tx, Role.PARTNER)


def poster(code: JoinCode, organisation: Organisation) -> str:
    """The line for a poster in the code's language; empty where we do not write in it, or nobody put it into it."""
    catalogs, language = organisation.catalogs, code.language or SOURCE_LANGUAGE
    known = language == SOURCE_LANGUAGE or catalogs.differs(POSTER, language)
    return catalogs.render(POSTER, language, {"code": code.code}) if known else ""


def add(
    tx: Tx,
    now: datetime,
    staff_id: int,
    word: str,
    label: str,
    partner: str,
    language: str,
    organisation: Organisation,
) -> Refusal | None:
    """A new code. `partner` is the token of whoever sees what came of it; empty: nobody but us.

    Whoever comes by it is first answered in `language`, one that is switched on; empty: as they write.
    """
    code = join_code(f"join {word}")
    if code is None or code.casefold() != word.casefold():
        return Refusal.NOT_A_CODE
    if codes.find(tx, code) is not None:
        return Refusal.TAKEN
    whose = _partner(tx, partner)
    if partner and whose is None:
        return Refusal.NO_SUCH_PARTNER
    if language and language not in organisation.catalogs.spoken:
        return Refusal.NOT_WRITTEN
    known = {"code": code, "label": label, "staff_id": whose.id if whose else None}
    codes.add(tx, **known, language=language or None, created_at=now)
    told: dict[str, Any] = {"join_code": ["", code], "partner": ["", partner], "language": ["", language]}
    audit.record(tx, now, Act.SETTING_CHANGED, staff_id, **told)
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
