"""News of places: what came of a draw or a choice, a free place offered to the next in line, a place that needs a look.

It is what people asked for when they said yes: no weekly cap and no pause keeps it back, and it goes in the hours in
which texts go, and in their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bank import asked_by_call, interrupting, outward, places, rota, talk
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.project_facts import said
from bank.to_do import Row, Urgency
from flows import engine
from flows.placed import OFFER, PLACE_NEWS
from language.wording import SOURCE_LANGUAGE
from storage import conversations, people, projects, reach
from storage import places as kept
from storage.outbox import Priority
from storage.people import PersonState
from storage.places import PlaceState
from storage.projects import PlacesBy
from storage.staff import Role
from storage.store import Tx

# The working days that somebody has to take a place that is free.
_DAYS_TO_ANSWER = 2
# So long Today shows a place that was given back and nobody waited for.
_SHOWN = timedelta(days=14)
_WHAT_TO_SAY = {
    PlaceState.PLACE: "They have a place in: {title}. Tell them, and what comes next.",
    PlaceState.WAITING: "All places are taken in: {title}. Tell them that they are in line.",
    PlaceState.NOT_CHOSEN: "They were not chosen for: {title}. Thank them, and tell them what else is open.",
}
_OFFER = "A place is free in: {title}. Ask whether they would like it. It is kept for them until this is due."


def to_tell(tx: Tx, _now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of places of which somebody does not know yet how it stands."""
    return kept.untold(tx, limit)


def tell(tx: Tx, now: datetime, organisation: Organisation, place_id: int) -> int:
    """Tell them, by text, or by a call of ours where no text reaches them."""
    place = kept.get(tx, place_id)
    project, person = projects.get(tx, place.project_id), people.get(tx, place.person_id)
    kept.change(tx, place.id, {"told": True})
    if person.state != PersonState.MEMBER or place.state not in _WHAT_TO_SAY:
        return 1
    address = outward.address_of(tx, person, now)
    if address is None:
        words = _WHAT_TO_SAY[PlaceState(place.state)].format(title=said(project, "title", SOURCE_LANGUAGE))
        outward.ring(tx, person, words, rota.read_by(now, organisation), now)
        return 1
    visit = outward.visit(tx, now, organisation, address, person.id)
    drawn = project.places_by == PlacesBy.DRAW and project.draw_seed is not None
    answers = {"project": project.token, "stands": place.state, **({"drawn": "yes"} if drawn else {})}
    visit.subject = answers
    for saying in engine.begin(PLACE_NEWS, visit.facts, answers).say:
        visit.say(saying, Priority.REPLY)
    outward.in_their_hours(visit, person)
    return 1


def to_offer(tx: Tx, _now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those who are next in line where a place is free."""
    return kept.next_in_line(tx, limit)


def offer(tx: Tx, now: datetime, organisation: Organisation, place_id: int) -> int:
    """Offer it to them, and keep it for some days. 0 where they cannot be asked just now: it is tried again."""
    place = kept.get(tx, place_id)
    project, person = projects.get(tx, place.project_id), people.get(tx, place.person_id)
    until = rota.working_days_after(now.astimezone(organisation.zone).date(), _DAYS_TO_ANSWER, organisation)
    address = outward.address_of(tx, person, now)
    if address is None:
        if not places.offer(tx, place.id, until, now):
            return 0
        words = _OFFER.format(title=said(project, "title", SOURCE_LANGUAGE))
        asked_by_call.about_place(tx, person, project, words, until, now)
        return 1
    visit = interrupting.visit(tx, now, organisation, address, person)
    if visit is None:
        return 0
    if not places.offer(tx, place.id, until, now):
        return 0
    talk.open_flow(visit, OFFER.name, {"project": project.token}, Priority.REPLY)
    return 1


def offers_over(tx: Tx, now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of those who did not take the place that was offered to them, and who left the bank."""
    return [*kept.offers_over(tx, now, limit), *kept.of_those_who_left(tx, limit)][:limit]


def lapse(tx: Tx, now: datetime, _organisation: Organisation, place_id: int) -> int:
    """It goes on to the next."""
    place = kept.get(tx, place_id)
    places.lapse(tx, place.id, now)
    for address in reach.addresses_of(tx, place.person_id):
        conversations.end_flow(tx, address.id, OFFER.name, "lapsed")
    return 1


def rows(tx: Tx, colleague: Colleague, now: datetime, _organisation: Organisation) -> list[Row]:
    """For Today: a place was given back, and nobody waits for it."""
    if not colleague.may(Role.COORDINATOR, Role.ADMINISTRATOR):
        return []
    return [
        Row(
            Urgency.TASK,
            f"A place is free again: {said(one, 'title', SOURCE_LANGUAGE)}",
            "",
            None,
            f"/projects/{one.token}/places",
        )
        for one in kept.free_again(tx, now - _SHOWN)
    ]
