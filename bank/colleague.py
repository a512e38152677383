"""A colleague: somebody of the team who is signed in, and what they may do and see."""

from __future__ import annotations

from dataclasses import dataclass

from storage import staff
from storage.schema import Record
from storage.staff import EVERYWHERE, Role
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Colleague:
    """`roles` are roles with the project that each is for (empty: everywhere). `person_id` is their own record."""

    id: int
    token: str
    name: str
    roles: frozenset[tuple[Role, str]]
    person_id: int | None = None

    def may(self, *roles: Role, project: str = EVERYWHERE) -> bool:
        """Whether they have one of these roles, everywhere or for this project."""
        return any((role, where) in self.roles for role in roles for where in {EVERYWHERE, project})

    @property
    def is_lead(self) -> bool:
        return self.may(Role.SAFEGUARDING_LEAD)

    def sees(self, *, person_id: int | None, held: str | None) -> bool:
        """Whether a thread may be read: where somebody may be in danger by the leads only, one's own by nobody."""
        if person_id is not None and person_id == self.person_id:
            return False
        return held != "danger" or self.is_lead


def known(tx: Tx, row: Record) -> Colleague:
    """The colleague whose row of staff this is."""
    return Colleague(row.id, row.token, row.name, staff.roles_of(tx, row.id), row.person_id)
