"""By form: what becomes of a paper form when the person that it is about answers our text."""

from __future__ import annotations

from bank.visit import Visit
from storage import conversations, interests, needs, people, sign_ups, told
from storage.interests import InterestKind
from storage.schema import Record
from storage.sign_ups import SignUpState
from storage.told import How

FLOW = "form"


def joined(visit: Visit, person: Record, *, came_by_it: bool) -> None:
    """They joined: what the form told us is theirs now, where it was our text about it that they answered."""
    form = sign_ups.asked_at_address(visit.tx, visit.address.id)
    if form is None:
        return
    conversations.end_flow(visit.tx, visit.address.id, FLOW, "joined")
    if came_by_it:
        _learn(visit, person, form)
    sign_ups.settle(visit.tx, form.id, SignUpState.AGREED, visit.now, person.id)


def dropped(visit: Visit) -> None:
    """They do not want to join: what forms said of this number is erased."""
    sign_ups.drop_at(visit.tx, visit.address.id, visit.now)


def _learn(visit: Visit, person: Record, form: Record) -> None:
    said = form.told or {}
    facts = {"name": said.get("name"), "district": said.get("district")}
    if given := {name: value for name, value in facts.items() if value}:
        visit.is_with(people.change(visit.tx, person.id, given))
    if said.get("topics"):
        interests.choose(visit.tx, person.id, InterestKind.TOPIC, said["topics"])
    source = {"entered_by": form.staff_id, "how": How.PAPER}
    if said.get("needs"):
        needs.add(visit.tx, person_id=person.id, words=said["needs"], at=visit.now, **source)
    for fact, value in (("name", "name"), ("place", "district"), ("topics", "topics")):
        if said.get(value):
            told.note(visit.tx, person.id, fact, visit.now, **source)
