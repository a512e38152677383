"""Wherever an answer enters a consent, a yes that only the model heard is asked back: `replies._NEVER_GUESSED`.

Every choice of every question that we ship is picked once, by a member and by a stranger. What that enters in the
ledger, or agrees of a story, says which questions those are: a new one is found by what it does.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from bank import outward, replies, talk
from bank.tokens import token
from flows.grammar import Choose, Flow
from flows.position import Position
from flows.shipped import SHIPPED
from storage import addresses, reach, supporters
from storage.addresses import AddressState
from storage.consents import Purpose, consents
from storage.schema import Record
from storage.store import Store, Tx
from storage.stories import Named, Use, story_uses
from storage.supporters import Help, LinkState
from tests.bank import leaflet, space
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import crowd
from tests.bank.test_stories import told

STRANGER = "+447700900123"
# What they answer to this is taken in the flow "rsvp", and nobody stands here.
_ONLY_SAID = frozenset({"meeting_news"})
# What a conversation may know when it comes to a question.
KNOWN = {
    "wished_day": "2026-12-01",
    "wished_hours": "09:00-12:00",
    "wished_format": "easy_read",
    "ask_day": "2026-12-01",
    "helper_name": "Ben",
    "helper_number": "+447700900124",
    "helps": Help.BOTH.value,
}


def questions() -> Iterator[tuple[Flow, str, str]]:
    """Each of ours of which one choice is picked, with each choice."""
    for flow in SHIPPED.values():
        for name, step in flow.steps.items():
            if flow.name in _ONLY_SAID or not isinstance(step, Choose) or step.many:
                continue
            for choice in step.choices if isinstance(step.choices, tuple) else ():
                yield flow, name, choice.id


def member_s(tx: Tx) -> Record:
    """The phone of a member who told a story, and whom we asked whether Ben may help them."""
    (address_id,) = crowd(tx, 1, name="Asha")
    (person,) = reach.people_at(tx, address_id)
    asked = {"state": LinkState.ASKED, "named_at": MORNING, "asked_at": MORNING}
    supporters.add(
        tx, token=token(), person_id=person.id, name="Ben", number=KNOWN["helper_number"], helps=Help.BOTH, **asked
    )
    told(tx, person)
    return addresses.get(tx, address_id)


def stranger_s(tx: Tx) -> Record:
    key = addresses.key_of("sms", f"{STRANGER}{token()}")
    made = {"channel": "sms", "sender": "sms", "address": STRANGER, "address_key": key, "state": AddressState.OPEN}
    return addresses.get(tx, addresses.add(tx, token=token(), **made, created_at=MORNING))


def agreed(tx: Tx) -> int:
    """How much was agreed to."""
    ledger = select(func.count()).select_from(consents).where(consents.c.given)
    uses = select(func.count()).select_from(story_uses).where(story_uses.c.named != Named.NOT)
    return int(tx.execute(ledger).scalar_one() + tx.execute(uses).scalar_one())


def enters(tx: Tx, meeting: str, address: Record, flow: Flow, step: str, choice: str) -> bool:
    """Whether something more is agreed to once this choice was picked there."""
    person = next(iter(reach.people_at(tx, address.id)), None)
    visit = outward.visit(tx, MORNING, ASHDALE, address, person.id if person is not None else None)
    standing = talk.stand_at(visit, flow, Position(flow.name, flow.version, step, {**KNOWN, "meeting": meeting}))
    before = agreed(tx)
    replies.choose(visit, standing, choice)
    return agreed(tx) > before


async def test_no_consent_is_guessed(lite_store: Store) -> None:
    """And whatever can be agreed to is agreed to here: a new purpose or use is found by the question that it needs."""

    def story(tx: Tx) -> tuple[set[str], set[str]]:
        meeting = space.opened(tx, leaflet.hired(tx, "Sam")).token
        entering = {
            f"{flow.name}.{step}"
            for flow, step, choice in questions()
            for whose in (member_s, stranger_s)
            if enters(tx, meeting, whose(tx), flow, step, choice)
        }
        purposes = tx.execute(select(consents.c.purpose).where(consents.c.given)).scalars()
        return entering, {*purposes, *tx.execute(select(story_uses.c.use)).scalars()}

    entering, agreed_to = await lite_store.write(story)
    assert entering - replies._NEVER_GUESSED == set()
    assert agreed_to == {*Purpose, *Use}
