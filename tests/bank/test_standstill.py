"""Nothing stays stuck: whatever stands where nothing would ever move it is moved, or brought to a person, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bank import broadcasts, delivery, upkeep
from storage import addresses, conversations, messages_in, outbox, reach, supporters
from storage import concerns as concerns_kept
from storage.broadcasts import BroadcastState
from storage.broadcasts import change as change_broadcast
from storage.messages_in import Disposition
from storage.outbox import OutState, Priority
from storage.store import Store, Tx
from storage.supporters import Help, LinkState
from storage.tasks import TaskKind
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all
from tests.bank.members import begun
from tests.bank.posting import UNKNOWN, claim, joined, tell

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def spoil(tx: Tx, table: Any, row_id: int, **values: Any) -> None:
    tx.execute(update(table).where(table.c.id == row_id).values(values))


def swept(tx: Tx, after: timedelta) -> list[int]:
    """What two ticks moved."""
    return [upkeep.run(tx, MORNING + after + timedelta(seconds=tick), ASHDALE).unstuck for tick in (0, 20)]


def open_conversation(tx: Tx, asha: Somebody) -> Any:
    found = conversations.open_at(tx, asha.here(tx).id)
    assert found is not None
    return found


async def test_a_conversation_without_an_end_lapses_one_day(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], int]:
        asha = Somebody()
        asha.says(tx, "JOIN")
        send_all(tx)
        row = open_conversation(tx, asha)
        spoil(tx, conversations.conversations, row.conversation_id, lapses_at=None)
        moved = swept(tx, MINUTE)
        return moved, upkeep.run(tx, MORNING + 60 * DAY, ASHDALE).lapsed

    assert await store.write(story) == ([1, 0], 1)


async def test_what_waited_for_a_conversation_that_ended_is_asked_once_more(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[str]]:
        asha = Somebody()
        asha.says(tx, "JOIN", "1")
        send_all(tx)
        waits = open_conversation(tx, asha)
        asha.says(tx, "CALL")
        send_all(tx)
        top = open_conversation(tx, asha)
        assert top.conversation_id != waits.conversation_id
        conversations.end(tx, top.conversation_id, "lapsed")
        said = len(asha.heard(tx))
        moved = swept(tx, HOUR)
        upkeep.run(tx, MORNING + 2 * HOUR, ASHDALE)
        assert open_conversation(tx, asha).conversation_id == waits.conversation_id
        return moved, [row.wording for row in asha.heard(tx)[said:]]

    moved, said = await store.write(story)
    assert (moved, said) == ([1, 0], ["join.nudge"])


async def test_what_waits_behind_an_open_conversation_is_left_alone(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        asha = Somebody()
        asha.says(tx, "JOIN", "1", "CALL")
        return swept(tx, MINUTE)

    assert await store.write(story) == [0, 0]


async def test_a_concern_that_nobody_is_told_of_is_told_of(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], bool]:
        asha = joined(tx)
        asha.says(tx, "I am not safe at home")
        (concern_id,) = concerns_kept.to_alert(tx, MORNING + HOUR, 10)
        concerns_kept.change(tx, concern_id, {"alert_at": None})
        moved = swept(tx, HOUR)
        return moved, concerns_kept.get(tx, concern_id).alert_at is not None

    assert await store.write(story) == ([1, 0], True)


async def test_a_hold_that_no_lead_could_let_go_is_brought_to_one(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[str]]:
        asha = joined(tx)
        addresses.change(tx, asha.here(tx).id, {"held": addresses.HELD_FOR_DANGER})
        moved = swept(tx, MINUTE)
        concern = concerns_kept.open_at(tx, asha.here(tx).id)
        assert concern is not None
        return moved, [concern.why]

    moved, (why,) = await store.write(story)
    assert (moved, "no concern about it was open" in why) == ([1, 0], True)


async def test_a_message_of_which_nothing_became_is_read_by_a_person(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], dict[str | None, int], list[str], list[int]]:
        asha = joined(tx)
        before = swept(tx, 3 * MINUTE)
        asha.says(tx, "thank you", now=MORNING + 4 * MINUTE)
        last = messages_in.at_address(tx, asha.here(tx).id)[-1]
        spoil(tx, messages_in.messages_in, last.id, disposition=None)
        early = swept(tx, 5 * MINUTE)
        moved = swept(tx, 10 * MINUTE)
        assert messages_in.at_address(tx, asha.here(tx).id)[-1].disposition == Disposition.INBOX
        return before + early, messages_in.tally(tx), [task.kind for task in looking.open_tasks(tx)], moved

    before, tally, open_items, moved = await store.write(story)
    assert (before, moved, open_items, None in tally) == ([0] * 4, [1, 0], [TaskKind.READ], False)


def reply_lost(tx: Tx) -> Somebody:
    asha = joined(tx)
    tell(tx, asha, "Thank you.")
    lose(tx)
    return asha


def lose(tx: Tx) -> None:
    delivery.settle(tx, dict.fromkeys(claim(tx), UNKNOWN), MORNING, ASHDALE)


async def test_a_reply_that_may_be_lost_is_shown_to_a_person_ten_minutes_later(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[int], list[str]]:
        reply_lost(tx)
        return swept(tx, 9 * MINUTE), swept(tx, 10 * MINUTE), [task.kind for task in looking.open_tasks(tx)]

    assert await store.write(story) == ([0, 0], [1, 0], [TaskKind.READ])


async def test_it_is_not_where_they_wrote_since_nor_where_nobody_waits_for_it(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        asha = reply_lost(tx)
        asha.says(tx, "ha ha", now=MORNING + 5 * MINUTE)
        tell(tx, joined(tx), "What do you like?", Priority.INVITATION)
        lose(tx)
        return swept(tx, 20 * MINUTE)

    assert await store.write(story) == [0, 0]


async def test_what_never_ends_and_never_goes_is_given_up_in_the_end(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[int], str]:
        asha = joined(tx)
        row_id = tell(tx, asha, "Hello")
        return swept(tx, 27 * DAY), swept(tx, 28 * DAY + HOUR), outbox.get(tx, row_id).state

    assert await store.write(story) == ([0, 0], [1, 0], OutState.EXPIRED)


def a_held_broadcast(tx: Tx, **more: Any) -> tuple[int, list[int]]:
    for _ in range(3):
        joined(tx)
    broadcast = begun(tx, {"en": "Ashdale Council: hello."}, MORNING, **more)
    while broadcasts.queue_more(tx, broadcast, MORNING, ASHDALE):
        pass
    table = outbox.messages_out
    rows = table.select().with_only_columns(table.c.id).where(table.c.broadcast_id == broadcast)
    ids = list(tx.execute(rows).scalars())
    for row_id in ids:
        spoil(tx, table, row_id, state=OutState.HELD)
    change_broadcast(tx, broadcast, {"state": BroadcastState.HELD})
    return broadcast, ids


async def test_what_is_held_goes_on_with_its_broadcast_and_not_before(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[int], set[str]]:
        broadcast, ids = a_held_broadcast(tx)
        held = swept(tx, MINUTE)
        change_broadcast(tx, broadcast, {"state": BroadcastState.GOING})
        return held, swept(tx, 2 * MINUTE), {outbox.get(tx, one).state for one in ids}

    assert await store.write(story) == ([0, 0], [3, 0], {OutState.QUEUED})


async def test_what_is_held_past_its_time_is_given_up(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], set[str]]:
        _broadcast, ids = a_held_broadcast(tx, expires=2 * DAY)
        return swept(tx, 3 * DAY), {outbox.get(tx, one).state for one in ids}

    assert await store.write(story) == ([3, 0], {OutState.EXPIRED})


@pytest.mark.parametrize(("days", "state"), [(179, LinkState.NAMED), (181, LinkState.REFUSED)])
async def test_a_number_that_waits_for_a_member_who_cannot_be_asked_goes(
    store: Store, days: int, state: LinkState
) -> None:
    def story(tx: Tx) -> tuple[str, str | None]:
        asha = joined(tx)
        asha.says(tx, "STOP")
        person = reach.people_at(tx, asha.here(tx).id)[0]
        named = supporters.add(
            tx,
            token="a-token",
            person_id=person.id,
            name="Ben",
            number="+447700900188",
            helps=Help.REMINDERS,
            state=LinkState.NAMED,
            named_at=MORNING,
        )
        upkeep.run(tx, MORNING + days * DAY, ASHDALE)
        link = supporters.get(tx, named.id)
        return link.state, link.number

    found = await store.write(story)
    assert found == (state, "+447700900188" if state is LinkState.NAMED else None)


@pytest.mark.parametrize("text", ["JOIN", "hello", "I am not safe at home", "CALL", "STOP"])
async def test_nothing_that_goes_its_way_is_moved(store: Store, text: str) -> None:
    """What is as it should be stands for these looks as if it were not there."""

    def story(tx: Tx) -> list[int]:
        asha = joined(tx)
        asha.says(tx, text)
        send_all(tx)
        return [*swept(tx, MINUTE), *swept(tx, HOUR), *swept(tx, DAY)]

    assert await store.write(story) == [0] * 6
