"""What a conversation about a project, or about a coordinator's own choices, may know and say.

Which project, and which message to many, stands among the answers of the conversation, by their random names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any

from bank import meeting_facts, project_facts, project_fit
from bank.broadcast_about import invites_to_meeting, is_closed, meeting_of
from bank.organisation import Organisation
from bank.places import is_one_of_few
from language.dates import clock, day
from language.wording import Words, _, base
from storage import broadcasts, invitations, places, projects, staff
from storage.broadcasts import BroadcastKind
from storage.projects import PlacesBy, ProjectState
from storage.schema import Record
from storage.store import Tx

# So long an invitation may be answered by text.
LASTS = timedelta(days=30)
NO_EXPENSES = _("Ask us about expenses.")
NOT_FIXED = _("the day is not fixed yet")
ASK_US = _("ask us")
LED_BY_TWO = _("{chair} leads it, together with someone who has used care.")
LED_BY_ONE = _("{chair} leads it.")
LED_BY_COUNCIL = _("{council} leads it.")
PLACES_HOW: Mapping[str, Words] = {
    PlacesBy.FIRST: _("Places go to those who say yes first."),
    PlacesBy.DRAW: _("If too many people say yes, we draw names by chance."),
    PlacesBy.CHOSEN: _("We will choose people, and tell everyone."),
}
ROOM_FOR_ALL = _("There is room for everyone.")
SOON = _("soon")
BY = _("by {day}")
_LABEL = 34  # characters of a choice


@dataclass(frozen=True)
class Subject:
    """What the conversation is about, as its answers name it: `project` and `broadcast` are tokens."""

    tx: Tx
    organisation: Organisation
    now: datetime
    language: str
    person: Record | None
    people: tuple[Record, ...]
    address_id: int | None
    project_token: str | None
    broadcast_token: str | None

    @cached_property
    def project(self) -> Record | None:
        return projects.by_token(self.tx, self.project_token) if self.project_token else None

    @cached_property
    def broadcast(self) -> Record | None:
        return broadcasts.by_token(self.tx, self.broadcast_token) if self.broadcast_token else None

    def render(self, words: Words, **values: str) -> str:
        return self.organisation.catalogs.render(words, self.language, values)

    @cached_property
    def told(self) -> Mapping[str, str]:
        if self.project is None:
            return {}
        return project_facts.facts(self.project, self.language, self.organisation)


def of_broadcast(tx: Tx, organisation: Organisation, now: datetime, language: str, broadcast: Record) -> Subject:
    """What is known of a message to many, whoever answers it."""
    return Subject(tx, organisation, now, language, None, (), None, None, broadcast.token)


def about(subject: Subject) -> dict[str, Callable[[], Any]]:
    """Each value of flows.interest, placed, projects, picked and which, worked out when it is asked for."""
    own: dict[str, Callable[[], Any]] = {
        name: partial(_sentence, subject, name) for name in ("aim", "involves", "payment", "rung_sentence")
    }
    plain: dict[str, Callable[[], Any]] = {
        name: partial(_plain, subject, name, otherwise)
        for name, otherwise in (("project", ASK_US), ("place", ASK_US), ("starts", NOT_FIXED))
    }
    return {
        **own,
        **plain,
        "time": lambda: _within(_plain(subject, "time", ASK_US)),
        "expenses": lambda: _sentence(subject, "expenses") or subject.render(NO_EXPENSES),
        "paid": lambda: subject.project is not None and subject.project.paid,
        "place_of_few": lambda: _place_of_few(subject),
        "chairs": lambda: _chairs(subject),
        "places_how": lambda: _places_how(subject),
        "decided_on": lambda: _decided_on(subject),
        "place_number": lambda: _place_number(subject),
        "drawn": lambda: str(places.decided(subject.tx, subject.project.id)) if subject.project else "",
        "places_in_all": lambda: str(subject.project.places or "") if subject.project else "",
        "offer_by": lambda: _offer_by(subject),
        "open_projects": lambda: [(one.token, _title(subject, one)) for one in _open_projects(subject)],
        "picks": lambda: picks(subject),
        "invited_to": lambda: _invited_to(subject),
    }


def _within(words: str) -> str:
    """Words that began a line, in the middle of a sentence: "two hours", and "BSL" as it is."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _plain(subject: Subject, name: str, otherwise: Words) -> str:
    return subject.told.get(name, "").strip().rstrip(".") or subject.render(otherwise)


def _sentence(subject: Subject, name: str) -> str:
    """As a sentence of its own, whether they wrote a full stop or not."""
    told = subject.told.get(name, "").strip()
    return told if not told or told[-1] in ".!?" else f"{told}."


def _chairs(subject: Subject) -> str:
    """Who leads it. Whoever uses care is not named to people who do not know them."""
    project = subject.project
    if project is None or project.staff_chair is None:
        return subject.render(LED_BY_COUNCIL, council=subject.organisation.council)
    chair = staff.names(subject.tx, {project.staff_chair}).get(project.staff_chair, subject.organisation.council)
    return subject.render(LED_BY_TWO if project.member_chair is not None else LED_BY_ONE, chair=chair)


def _places_how(subject: Subject) -> str:
    project = subject.project
    if project is None or (project.places is None and project.places_by != PlacesBy.CHOSEN):
        return subject.render(ROOM_FOR_ALL)
    return subject.render(PLACES_HOW[project.places_by])


def _decided_on(subject: Subject) -> str:
    said = subject.told.get("decided")
    return subject.render(BY, day=said) if said else subject.render(SOON)


def _place(subject: Subject) -> Record | None:
    if subject.project is None or subject.person is None:
        return None
    return places.of(subject.tx, subject.project.id, subject.person.id)


def _place_of_few(subject: Subject) -> bool:
    """They have a place, and somebody else could have it."""
    if subject.project is None or subject.person is None:
        return False
    return is_one_of_few(subject.tx, subject.project, subject.person.id)


def _place_number(subject: Subject) -> str:
    """Their number in line: 1 is next."""
    place = _place(subject)
    return str(places.in_line(subject.tx, place.project_id, before=place.turn) + 1) if place is not None else ""


def _offer_by(subject: Subject) -> str:
    """As "Thursday 3 December, 5pm"."""
    place = _place(subject)
    if place is None or place.offered_until is None:
        return subject.render(SOON)
    here = place.offered_until.astimezone(subject.organisation.zone)
    return f"{day(here.date(), base(subject.language))}, {clock(here.time(), base(subject.language))}"


def _title(subject: Subject, project: Record) -> str:
    return project_facts.said(project, "title", subject.language)


def _open_projects(subject: Subject) -> list[Record]:
    """What is open to them, or to anybody who shares the phone; to whoever has not joined, what is public."""
    asking = [subject.person] if subject.person is not None else list(subject.people)
    if not asking:
        return [one for one in projects.in_states(subject.tx, [ProjectState.OPEN]) if one.public]
    found: dict[int, Record] = {}
    for person in asking:
        fitting = project_fit.open_to(subject.tx, person, subject.organisation, subject.now)
        found |= {one.id: one for one in fitting if one.id not in found}
    return list(found.values())


def picks(subject: Subject) -> list[tuple[str, str]]:
    """A coordinator's own choices: "c1" and what it says, and so on."""
    offered = (subject.broadcast.choices or []) if subject.broadcast is not None else []
    return [(f"c{number}", _in_language(wording, subject.language)) for number, wording in enumerate(offered, 1)]


def _in_language(wording: Mapping[str, str], language: str) -> str:
    return wording.get(language) or wording.get(base(language)) or next(iter(wording.values()), "")


def _invited_to(subject: Subject) -> list[tuple[str, str]]:
    """What waits for an answer at this address: the message to many, and what it is about. One for each project."""
    if subject.address_id is None:
        return []
    waiting = invitations.went_to(subject.tx, subject.address_id, subject.now - LASTS, answered=False)
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for one in waiting:
        broadcast = broadcasts.get(subject.tx, one.broadcast_id)
        about, past = _about(broadcast), invites_to_meeting(broadcast) and is_closed(subject.tx, broadcast, subject.now)
        if about not in found and not past:
            found[about] = broadcast.token, _called(subject, broadcast, one.text or "")
    return list(found.values())


def _about(broadcast: Record) -> tuple[str, int]:
    """What it asks about: of several messages about the same the newest counts."""
    if invites_to_meeting(broadcast):
        return "meeting", broadcast.meeting_id
    if broadcast.kind == BroadcastKind.INVITATION and broadcast.project_id is not None:
        return "project", broadcast.project_id
    return "broadcast", broadcast.id


def _called(subject: Subject, broadcast: Record, text: str) -> str:
    """The meeting and its day, or the project's title; where there is neither, how the message began."""
    meeting = meeting_of(subject.tx, broadcast)
    if meeting is not None:
        told = meeting_facts.facts(meeting, subject.language, subject.organisation)
        return f"{told['meeting']}, {told['day']}"
    if broadcast.project_id is not None:
        return _title(subject, projects.get(subject.tx, broadcast.project_id))
    said = text.partition("\n")[0]
    return said if len(said) <= _LABEL else f"{said[:_LABEL].rpartition(' ')[0] or said[:_LABEL]}..."
