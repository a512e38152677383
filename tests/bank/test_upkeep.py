"""Upkeep: what comes due is done once, however often the clock ticks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bank import claims, upkeep
from bank.upkeep import Done
from storage import addresses, consents, conversations, messages_in, outbox, people, receipts, tasks
from storage.people import PersonState
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, number_of, send_all

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = MORNING + timedelta(hours=11)
EVERYTHING = (
    addresses.addresses,
    consents.consents,
    conversations.conversations,
    messages_in.messages_in,
    outbox.messages_out,
    people.people,
    receipts.receipts,
    tasks.tasks,
)


def in_the_middle(tx: Tx) -> Somebody:
    somebody = Somebody()
    somebody.says(tx, "JOIN", "1")
    send_all(tx)
    return somebody


def a_member(tx: Tx) -> Somebody:
    somebody = Somebody()
    somebody.joins(tx)
    send_all(tx)
    return somebody


def left(tx: Tx) -> Somebody:
    somebody = a_member(tx)
    somebody.says(tx, "LEAVE")
    send_all(tx)
    return somebody


def stranded(tx: Tx) -> Somebody:
    somebody = Somebody()
    somebody.says(tx, "JOIN")
    claims.claim(tx, "sms", MORNING, 10, ASHDALE)
    return somebody


def stranger(tx: Tx) -> Somebody:
    somebody = Somebody()
    somebody.says(tx, "JOIN", "3")
    send_all(tx)
    return somebody


def rows(tx: Tx) -> list[int]:
    return [number_of(tx, table) for table in EVERYTHING]


DUE = [
    pytest.param(in_the_middle, DAY, Done(nudged=1), id="a question left open is asked once more"),
    pytest.param(in_the_middle, 31 * DAY, Done(nudged=1, lapsed=1, erased=1), id="an unfinished join lapses"),
    pytest.param(a_member, 8 * DAY, Done(asked=1), id="a member is asked the next thing"),
    pytest.param(left, 15 * DAY, Done(erased=1), id="who left is erased"),
    pytest.param(stranded, 3 * HOUR, Done(released=1), id="a stranded row is released"),
    pytest.param(stranger, 31 * DAY, Done(erased=1), id="a stranger is erased"),
]


@pytest.mark.parametrize(("who", "after", "done"), DUE)
async def test_what_is_due_is_done_once(
    store: Store, who: Callable[[Tx], Somebody], after: timedelta, done: Done
) -> None:
    def story(tx: Tx) -> list[object]:
        who(tx)
        first = upkeep.run(tx, MORNING + after, ASHDALE)
        stands = rows(tx)
        again = [upkeep.run(tx, MORNING + after + timedelta(seconds=tick), ASHDALE) for tick in (0, 20, 40)]
        return [first, any(again), rows(tx) == stands]

    assert await store.write(story) == [done, False, True]


@pytest.mark.parametrize(("who", "after", "done"), DUE)
async def test_a_tick_before_it_is_due_does_nothing(
    store: Store, who: Callable[[Tx], Somebody], after: timedelta, done: Done
) -> None:
    def story(tx: Tx) -> bool:
        who(tx)
        return bool(upkeep.run(tx, MORNING + timedelta(seconds=30), ASHDALE))

    assert not await store.write(story)


async def test_ticks_that_were_missed_are_made_up_for_once(store: Store) -> None:
    """A week without a tick ends with one nudge, not with seven."""

    def story(tx: Tx) -> list[str]:
        somebody = in_the_middle(tx)
        upkeep.run(tx, MORNING + 7 * DAY, ASHDALE)
        upkeep.run(tx, MORNING + 8 * DAY, ASHDALE)
        return [row.wording for row in somebody.heard(tx)]

    assert await store.write(story) == ["join.welcome.text", "join.agree.text", "join.nudge"]


@pytest.mark.parametrize("who", [in_the_middle, a_member])
async def test_nothing_unasked_is_queued_at_night(store: Store, who: Callable[[Tx], Somebody]) -> None:
    def story(tx: Tx) -> tuple[int, int, int]:
        somebody = who(tx)
        before = len(somebody.heard(tx))
        upkeep.run(tx, NIGHT + 8 * DAY, ASHDALE)
        asleep = len(somebody.heard(tx))
        upkeep.run(tx, MORNING + 9 * DAY, ASHDALE)
        return before, asleep, len(somebody.heard(tx))

    before, asleep, awake = await store.write(story)
    assert (asleep, awake) == (before, before + 1)


async def test_a_member_is_asked_once_a_week_at_most(store: Store) -> None:
    def story(tx: Tx) -> list[datetime]:
        somebody = a_member(tx)
        asked = []
        for day in range(1, 40):
            now = MORNING + day * DAY
            if upkeep.run(tx, now, ASHDALE).asked:
                asked.append(now)
            if somebody.states(tx)[-1] == "queued":
                somebody.says(tx, "SKIP", now=now)
            send_all(tx, now=now)
        return asked

    asked = await store.write(story)
    assert len(asked) >= 4
    assert all(later - earlier >= 7 * DAY for earlier, later in pairwise(asked))


async def test_what_was_erased_keeps_no_word(store: Store) -> None:
    def story(tx: Tx) -> tuple[set[str | None], set[str | None], str | None, str]:
        asha = left(tx)
        (person,) = (row for row in people_of(tx))
        here = asha.here(tx)
        upkeep.run(tx, MORNING + 15 * DAY, ASHDALE)
        came = {row.text for row in messages_in.at_address(tx, here.id)}
        went = {row.text for row in outbox.at_address(tx, here.id)}
        return came, went, addresses.get(tx, here.id).address, people.get(tx, person).state

    assert await store.write(story) == ({None}, {None}, None, PersonState.ERASED)


def people_of(tx: Tx) -> list[int]:
    return list(tx.execute(people.people.select().with_only_columns(people.people.c.id)).scalars())


async def test_start_in_the_days_of_grace_brings_back_who_left(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, Done, int]:
        asha = left(tx)
        gone = people.count(tx)
        asha.says(tx, "START", now=MORNING + 13 * DAY)
        send_all(tx, now=MORNING + 13 * DAY)
        return gone, upkeep.run(tx, NIGHT + 15 * DAY, ASHDALE), people.count(tx)

    assert await store.write(story) == (0, Done(), 1)


async def test_what_a_person_must_still_read_is_not_erased(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, set[str | None]]:
        somebody = Somebody()
        somebody.says(tx, "my carer did not come today")
        done = upkeep.run(tx, NIGHT + 31 * DAY, ASHDALE)
        return done.erased, {row.text for row in messages_in.at_address(tx, somebody.here(tx).id)}

    assert await store.write(story) == (0, {"my carer did not come today"})
