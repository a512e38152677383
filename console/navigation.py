"""The way around: which pages stand in the bar on top, and who sees them there."""

from __future__ import annotations

from dataclasses import dataclass

from bank.colleague import Colleague
from console.who import ADMINISTRATORS, ANYBODY, COORDINATORS, LEADS, PARTNERS, READERS
from storage.staff import EVERYWHERE, Role


@dataclass(frozen=True, slots=True)
class Place:
    text: str
    href: str
    who: frozenset[Role]
    # Whoever has a role for one project sees it too.
    in_projects: bool = False


PLACES = (
    Place("Today", "/", READERS),
    Place("Safeguarding", "/safeguarding", LEADS),
    Place("Inbox", "/inbox", COORDINATORS),
    Place("Questions", "/questions", COORDINATORS),
    Place("People", "/people", READERS),
    Place("Projects", "/projects", READERS, in_projects=True),
    Place("Meetings", "/meetings", READERS, in_projects=True),
    Place("Feedback", "/feedback", READERS),
    Place("Commitments", "/commitments", READERS, in_projects=True),
    Place("Broadcasts", "/broadcasts", COORDINATORS),
    Place("Tasks", "/tasks", COORDINATORS),
    Place("Reports", "/reports", READERS),
    Place("Sign-ups", "/sign-ups", PARTNERS),
    Place("Settings", "/settings", ADMINISTRATORS),
    Place("Team", "/team", ADMINISTRATORS),
    Place("Audit", "/audit", ADMINISTRATORS | LEADS),
    Place("Your account", "/account", ANYBODY),
)


def places(colleague: Colleague, path: str) -> list[dict[str, object]]:
    """The bar's entries for them; the one they are in is marked."""
    return [
        {
            "text": place.text,
            "href": place.href,
            "current": _is_in(path, place.href),
            "active": _is_in(path, place.href),
        }
        for place in PLACES
        if place.who == ANYBODY or colleague.may(*place.who) or (place.in_projects and _has_a_project(colleague))
    ]


def _has_a_project(colleague: Colleague) -> bool:
    return any(role in READERS and project != EVERYWHERE for role, project in colleague.roles)


def _is_in(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))
