"""Promise 22, for meetings: many say yes at once. Exactly so many seats are given, and the others wait in order."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from itertools import cycle

from bank.rsvps import Stood
from storage import rsvp_line
from storage import rsvps as kept
from storage.invitations import Answer
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Store
from tests.bank.rsvp_space import a_space, everybody, says

MANY, PLACES = 100, 10


async def at_once(
    stores: Sequence[Store], meeting: Record, answers: Sequence[tuple[Record, Answer, int]]
) -> list[Stood]:
    """Each of these answers at the same moment, in whichever process takes it: who, what, and with how many guests."""

    async def one(store: Store, who: Record, answer: Answer, guests: int) -> Stood:
        return await store.write(lambda tx: says(tx, meeting, who, answer, guests=guests))

    return await asyncio.gather(*(one(own, *said) for own, said in zip(cycle(stores), answers, strict=False)))


async def test_promise_22_many_yes_at_once_get_exactly_so_many_places(stores: list[Store]) -> None:
    store = stores[0]
    meeting = await store.write(lambda tx: a_space(tx, capacity=PLACES))
    people = await store.write(lambda tx: everybody(tx, MANY))
    stood = await at_once(stores, meeting, [(one, Answer.YES, 0) for one in people])
    assert Counter(one.state for one in stood) == {RsvpState.COMING: PLACES, RsvpState.WAITING: MANY - PLACES}
    rows = await store.read(lambda tx: kept.in_meeting(tx, meeting.id))
    assert [row.turn for row in rows] == list(range(1, MANY + 1))
    assert [row.state for row in rows] == ["coming"] * PLACES + ["waiting"] * (MANY - PLACES)
    assert sorted(one.number for one in stood if one.number) == list(range(1, MANY - PLACES + 1))


async def test_promise_22_guests_are_counted(stores: list[Store]) -> None:
    store = stores[0]
    meeting = await store.write(lambda tx: a_space(tx, capacity=PLACES))
    people = await store.write(lambda tx: everybody(tx, MANY))
    await at_once(stores, meeting, [(one, Answer.YES, number % 4) for number, one in enumerate(people)])
    assert await store.read(lambda tx: rsvp_line.taken(tx, meeting.id)) == PLACES
    rows = await store.read(lambda tx: kept.in_meeting(tx, meeting.id))
    states = [row.state for row in rows]
    assert states == sorted(states)  # whoever has a place came before whoever waits


async def test_promise_22_places_given_back_and_taken_at_once_are_never_too_many(stores: list[Store]) -> None:
    store = stores[0]
    meeting = await store.write(lambda tx: a_space(tx, capacity=PLACES))
    people = await store.write(lambda tx: everybody(tx, MANY))
    for one in people[: PLACES + 5]:
        await at_once(stores[:1], meeting, [(one, Answer.YES, 0)])
    give = [(one, Answer.NO, 0) for one in people[:5]]
    come = [(one, Answer.YES, 0) for one in people[PLACES + 5 : PLACES + 25]]
    await at_once(stores, meeting, [*give, *come])
    counts = await store.read(lambda tx: Counter(row.state for row in kept.in_meeting(tx, meeting.id)))
    assert counts == {"coming": PLACES - 5, "not_coming": 5, "waiting": 25}
    assert len(await store.read(lambda tx: rsvp_line.next_in_line(tx, meeting.created_at, 100))) == 5
