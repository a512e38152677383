"""A colleague: somebody of the team who is signed in, and what they may do and see."""

from __future__ import annotations

from dataclasses import dataclass

from storage import oneself, staff
from storage.oneself import NOBODY, Oneself
from storage.schema import Record
from storage.staff import EVERYWHERE, Role
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Colleague:
    """`roles` are with the project that each is for (empty: everywhere). `oneself` is who they are in the bank."""

    id: int
    token: str
    name: str
    roles: frozenset[tuple[Role, str]]
    oneself: Oneself = NOBODY

    def may(self, *roles: Role, project: str = EVERYWHERE) -> bool:
        """Whether they have one of these roles, everywhere or for this project."""
        return any((role, where) in self.roles for role in roles for where in {EVERYWHERE, project})

    @property
    def is_lead(self) -> bool:
        return self.may(Role.SAFEGUARDING_LEAD)

    def sees(self, *, person_id: int | None, held: str | None) -> bool:
        """Whether a thread may be read: where somebody may be in danger by the leads only, one's own by nobody."""
        if person_id in self.oneself.person_ids:
            return False
        return held != "danger" or self.is_lead


def known(tx: Tx, row: Record) -> Colleague:
    """The colleague whose row of staff this is."""
    return Colleague(row.id, row.token, row.name, staff.roles_of(tx, row.id), oneself.of(tx, row))
