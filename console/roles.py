"""Roles, as a page tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bank.colleague import Colleague
from storage.staff import EVERYWHERE, Role

# What each is called, and what it lets somebody do.
ROLES: Mapping[Role, tuple[str, str]] = {
    Role.COORDINATOR: ("Coordinator", "Reads and answers people, and looks after them"),
    Role.APPROVER: ("Approver", "Agrees to what goes to many people, as well"),
    Role.CO_CHAIR: ("Co-chair", "Leads a project together with a member"),
    Role.SAFEGUARDING_LEAD: ("Safeguarding lead", "Alone sees people who may be in danger"),
    Role.PARTNER: ("Partner", "Enters sign-ups from paper, and sees only their own"),
    Role.VIEWER: ("Viewer", "Looks at people, and changes nothing"),
    Role.ADMINISTRATOR: ("Administrator", "Looks after the team, the settings and the audit"),
}


def called(role: Role) -> str:
    return ROLES[role][0]


def of(colleague: Colleague) -> list[str]:
    """What they may do everywhere, in words."""
    return [called(role) for role in Role if (role, EVERYWHERE) in colleague.roles]


def boxes(ticked: frozenset[str]) -> list[dict[str, Any]]:
    """A box to tick for each role."""
    return [
        {"value": role.value, "text": name, "hint": {"text": hint}, "checked": role.value in ticked}
        for role, (name, hint) in ROLES.items()
    ]
