"""Members: joining with the agreement on record, and what they tell us after it."""

from __future__ import annotations

from typing import Any

from bank import by_form, leaving
from bank.tokens import token
from bank.visit import Visit
from storage import addresses, codes, consents, outbox, people, reach
from storage.consents import Purpose
from storage.people import PersonState
from storage.schema import Record

# Where we checked back, or said how to answer, what they agreed to stands before it.
_ASKING_AGAIN = (".check", "engine.hint")
_MOST_SHOWN = 20


def enrol(visit: Visit) -> None:
    """The person agreed: from now they are a member, and the words they agreed to are on record."""
    standing = visit.standing
    if standing is None or standing.person_id is not None:
        return
    came_by = standing.position.answers.get("code")
    code = codes.find(visit.tx, came_by) if came_by else None
    person = leaving.revive(visit) or _add(visit, code)
    addresses.change(visit.tx, visit.address.id, {"erase_at": None})
    if code is not None:
        codes.count_join(visit.tx, code.id)
    _record_agreement(visit, person.id)
    standing.person_id = person.id
    visit.is_with(person)
    if (came_by_it := bool(standing.position.answers.get(by_form.FLOW))) or visit.others_wait:
        by_form.joined(visit, person, came_by_it=came_by_it)


def _add(visit: Visit, code: Record | None) -> Record:
    person = people.add(
        visit.tx,
        token=token(),
        state=PersonState.MEMBER,
        language=visit.speaks,
        code_id=code.id if code else None,
        joined_at=visit.now,
    )
    reach.join(visit.tx, address_id=visit.address.id, person_id=person.id, since=visit.now)
    return person


def _record_agreement(visit: Visit, person_id: int) -> None:
    consents.record(
        visit.tx,
        Purpose.BANK,
        Purpose.MESSAGES,
        person_id=person_id,
        address_id=visit.address.id,
        given=True,
        words=words_shown(visit) if visit.agreement is None else visit.agreement,
        shown=True,
        language=visit.language,
        message_id=visit.message_id,
        at=visit.now,
    )


def was_shown_the_agreement(visit: Visit) -> bool:
    """The words that a yes would agree to went out, as far as we know."""
    visit.agreement = words_shown(visit)
    return bool(visit.agreement)


def words_shown(visit: Visit) -> str:
    """What they answered, exactly as it was shown; where we checked back, the question before it too."""
    shown: list[str] = []
    for said in outbox.last_words(visit.tx, visit.standing.id, _MOST_SHOWN) if visit.standing else []:
        if not said.options:
            continue  # HELP, or a word between, which asked for nothing
        labels = [f"{number} {label}" for number, (_payload, label) in enumerate(said.options or (), 1)]
        shown.insert(0, "\n".join((said.text or "", *labels)))
        if not said.wording.endswith(_ASKING_AGAIN):
            break
    return "\n".join(shown)


def note(visit: Visit, **values: Any) -> None:
    """Write facts of theirs, and know them for the rest of this visit."""
    if visit.person is None:
        return
    for_another = visit.for_another
    person = people.change(visit.tx, visit.person.id, values)
    if for_another:
        visit.person = person
    else:
        visit.is_with(person)
