"""Caps: nobody gets more than they can bear, whoever shares the phone, and whatever else they asked for."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bank import broadcast_going, broadcasts, caps, delivery, meeting_invite, upkeep, voice
from bank.broadcast_draft import draft_of, rewrite
from bank.organisation import Organisation
from bank.voice import Envelope, Spoken
from storage import outbox, people, reach
from storage.broadcasts import BroadcastKind
from storage.outbox import OutState, Priority
from storage.people import ONLY_THE_NEWS
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import claimed, crowd, sent, written_to_all
from tests.bank.posting import LATER
from tests.bank.test_meeting_invite import a_meeting
from tests.bank.writing import gone

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
NO_CAP = replace(ASHDALE, most_a_week=0)


def unasked(tx: Tx, address_id: int, person_id: int | None, now: datetime, priority: Priority = Priority.BULK) -> int:
    envelope = Envelope(address_id, "sms", "en", person_id=person_id, priority=priority)
    return voice.queue(tx, envelope, "test.text", Spoken("News."), now)


def member_at(tx: Tx, address_id: int) -> Record:
    return reach.people_at(tx, address_id)[0]


def apart(tx: Tx, address_id: int, days: int | None) -> Record:
    return people.change(tx, member_at(tx, address_id).id, {"days_apart": days})


async def test_one_a_week_is_the_rule(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, int]:
        (at,) = crowd(tx, 1)
        for _ in range(2):
            unasked(tx, at, member_at(tx, at).id, MORNING)
        first = len(sent(tx, MORNING))
        early, then = len(sent(tx, MORNING + WEEK - HOUR)), len(sent(tx, MORNING + WEEK))
        return first, early, then

    assert ASHDALE.most_a_week == 1
    assert await store.write(story) == (1, 0, 1)


@pytest.mark.parametrize("whose", [ASHDALE, NO_CAP], ids=["with a week's limit", "without one"])
async def test_who_asked_for_fewer_gets_fewer(store: Store, whose: Organisation) -> None:
    def story(tx: Tx) -> list[int]:
        (at,) = crowd(tx, 1)
        person = apart(tx, at, 14)
        for _ in range(2):
            unasked(tx, at, person.id, MORNING)
        return [len(sent(tx, MORNING + later, whose=whose)) for later in (DAY, DAY + WEEK, 15 * DAY - HOUR, 15 * DAY)]

    assert await store.write(story) == [1, 0, 0, 1]


async def test_a_wish_is_its_persons_own_and_keeps_nothing_from_who_shares_the_phone(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[int]]:
        at, other = crowd(tx, 2)
        asha, ben = apart(tx, at, 31), member_at(tx, other)
        reach.join(tx, address_id=at, person_id=ben.id, since=MORNING)
        first = unasked(tx, at, asha.id, MORNING)
        went = [one.id for one in sent(tx, MORNING)]
        second = unasked(tx, at, ben.id, MORNING + WEEK)
        return [went[0] - first, len(went)], [one.id - second for one in sent(tx, MORNING + WEEK)]

    assert await store.write(story) == ([0, 1], [0])


async def test_what_was_tried_and_waits_again_does_not_stand_in_its_own_way(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        (at,) = crowd(tx, 1)
        row_id = unasked(tx, at, member_at(tx, at).id, MORNING)
        (one,) = claimed(tx, MORNING)
        delivery.settle(tx, {one.id: LATER}, MORNING, ASHDALE)
        return [one.id - row_id for one in claimed(tx, MORNING + HOUR)]

    assert await store.write(story) == [0]


async def test_who_wants_only_the_news_gets_it_and_nothing_else_of_that_kind(store: Store) -> None:
    """What was queued before they said so is taken back at the claim; nothing else is queued for them from then on."""

    def story(tx: Tx) -> tuple[list[str], list[str]]:
        (at,) = crowd(tx, 1)
        written_to_all(tx, "An invitation.")
        people.change(tx, member_at(tx, at).id, {"days_apart": ONLY_THE_NEWS, "digest": True})
        written_to_all(tx, "Another invitation.")
        news = gone(tx, {"en": "{council}: the news. {stop}"}, kind=BroadcastKind.DIGEST)
        went = [one.message.text for one in sent(tx, MORNING)]
        return went, [row.state for row in outbox.at_address(tx, at) if row.broadcast_id != news.id]

    went, others = await store.write(story)
    assert went == ["Ashdale Council: the news. STOP ends texts."]
    assert others == [OutState.CANCELED]


async def test_a_short_question_is_not_begun_where_it_would_have_to_wait(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        (at,) = crowd(tx, 1)
        written_to_all(tx, now=MORNING + 7 * DAY)
        sent(tx, MORNING + 7 * DAY)
        found = []
        for day in (7, 8, 13, 14):
            now = MORNING + day * DAY
            upkeep.run(tx, now, ASHDALE)
            found.append(len([row for row in outbox.at_address(tx, at) if row.broadcast_id is None]))
        return found

    assert await store.write(story) == [0, 0, 0, 1]


@pytest.mark.parametrize("queued", [True, False], ids=["it waits in the outbox", "it is let go, and due in three days"])
async def test_a_short_question_does_not_take_the_place_of_an_invitation_to_a_meeting(
    store: Store, queued: bool
) -> None:
    whose = replace(ASHDALE, approve_above=1_000)

    def story(tx: Tx) -> list[int]:
        (at,) = crowd(tx, 1)
        now = MORNING + 7 * DAY
        row = meeting_invite.begin(tx, None, a_meeting(tx, on_day="2026-12-10"), None, now, whose)
        row = rewrite(tx, None, row, replace(draft_of(row), due_at=now + 3 * DAY), now)
        row = broadcast_going.let_go(tx, None, row, now, whose)
        while queued and broadcasts.queue_more(tx, row.id, now, whose):
            pass
        found = []
        for day in (7, 8, 9):
            upkeep.run(tx, MORNING + day * DAY, whose)
            found.append(len([one for one in outbox.at_address(tx, at) if one.broadcast_id is None]))
        broadcasts.cancel(tx, row.id, MORNING + 9 * DAY)
        upkeep.run(tx, MORNING + 10 * DAY, whose)
        return [*found, len([one for one in outbox.at_address(tx, at) if one.broadcast_id is None])]

    assert await store.write(story) == [0, 0, 0, 1]


@pytest.mark.parametrize("seed", range(4))
async def test_over_two_months_nobody_gets_more_than_their_cap_whoever_shares_the_phone(
    store: Store, seed: int
) -> None:
    """Phones that several share, people with several phones, wishes that change, and more to send than may go."""
    chance = random.Random(seed)
    whose = replace(ASHDALE, most_a_week=chance.choice([1, 1, 2]))

    def two_months(tx: Tx) -> None:
        at = crowd(tx, 6)
        everybody = [member_at(tx, one) for one in at]
        for one in at[:3]:
            reach.join(tx, address_id=one, person_id=chance.choice(everybody[3:]).id, since=MORNING)
        wishes: dict[int, list[tuple[datetime, int | None]]] = defaultdict(list)
        went: list[tuple[int, int, datetime]] = []
        for hours in range(0, 62 * 24, 8):
            now = MORNING + hours * HOUR
            if chance.random() < 0.1:
                person, days = chance.choice(everybody), chance.choice([14, 31, None])
                people.change(tx, person.id, {"days_apart": days})
                wishes[person.id].append((now, days))
            for _ in range(chance.randrange(4)):
                address_id = chance.choice(at)
                person = chance.choice(reach.people_at(tx, address_id))
                unasked(tx, address_id, person.id, now, chance.choice([Priority.INVITATION, Priority.BULK]))
            rows = sent(tx, now, whose=whose)
            told = {row.id: row for one in at for row in outbox.at_address(tx, one)}
            went += [(told[one.id].address_id, told[one.id].person_id, now) for one in rows]
        assert len(went) > 20
        for place in (0, 1):
            for name in {one[place] for one in went}:
                times = [one[2] for one in went if one[place] == name]
                most = whose.most_a_week
                assert all(later - sooner >= WEEK for sooner, later in zip(times, times[most:], strict=False))
        for person_id, told_us in wishes.items():
            times = [one[2] for one in went if one[1] == person_id]
            for sooner, later in pairwise(times):
                days = next((days for since, days in reversed(told_us) if since <= later), None)
                assert days is None or later - sooner >= days * DAY

    await store.write(two_months)


async def test_must_wait_says_what_would_become_of_a_text(store: Store) -> None:
    def story(tx: Tx) -> list[bool]:
        (at,) = crowd(tx, 1)
        person = member_at(tx, at)
        before = caps.must_wait(tx, at, person.id, MORNING, ASHDALE)
        unasked(tx, at, person.id, MORNING)
        sent(tx, MORNING)
        times = (MORNING + HOUR, MORNING + WEEK)
        return [before, *(caps.must_wait(tx, at, person.id, now, ASHDALE) for now in times)]

    assert await store.write(story) == [False, True, False]
