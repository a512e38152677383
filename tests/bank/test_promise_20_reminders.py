"""Each reminder goes once, within the minute; what was missed while we were down goes late if it still helps."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bank import delivery, reminders, reminding
from storage import outbox, reach
from storage.reminders import ReminderState
from storage.schema import Record
from storage.store import Store, Tx
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import crowd, sent
from tests.bank.test_promise_19_reminders import put_on
from tests.bank.test_promise_19_rota import LONDON

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
UPKEEP_SECONDS, POLL_SECONDS = 20.0, 1.0
MEETINGS = 25
THURSDAY = date(2026, 12, 3)


def comes(tx: Tx, on_day: date = THURSDAY, at: time = time(14), now: datetime = MORNING) -> tuple[Record, Record]:
    """A meeting then, and one person who comes to it, reminders planned."""
    (address_id,) = crowd(tx, 1)
    (person,) = reach.people_at(tx, address_id)
    meeting, rsvp = put_on(tx, on_day, at, person, now)
    reminders.plan(tx, meeting, rsvp, now, ASHDALE)
    return meeting, person


def goes(tx: Tx, now: datetime) -> int:
    """Upkeep looks, and the sender; how many messages went."""
    for reminder_id in reminding.to_send(tx, now, ASHDALE, 100):
        reminding.send(tx, now, ASHDALE, reminder_id)
    return len(sent(tx, now))


def london(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


async def test_promise_20_each_goes_once_and_within_the_minute(store: Store) -> None:
    """Upkeep looks every twenty seconds and the sender every second, at moments of their own."""
    chance = random.Random(20)
    waits: list[float] = []

    def one(tx: Tx) -> None:
        on_day = date(2026, 12, 1) + chance.randrange(700) * DAY
        now = datetime.combine(on_day - 20 * DAY, time(11), LONDON).astimezone(UTC)
        meeting, _person = comes(tx, on_day, time(chance.randrange(8, 21), chance.randrange(60)), now)
        planned = [row.due_at for row in looking.reminders_of(tx, meeting.id) if row.step != "feedback"]
        assert planned
        for due in sorted(set(planned)):
            assert goes(tx, due - SECOND) == 0
            looked = due + chance.random() * UPKEEP_SECONDS * SECOND
            for reminder_id in reminding.to_send(tx, looked, ASHDALE, 100):
                reminding.send(tx, looked, ASHDALE, reminder_id)
            claimed_at = looked + chance.random() * POLL_SECONDS * SECOND
            if went := len(sent(tx, claimed_at)):
                assert went == 1
                waits.append((claimed_at - due).total_seconds())
            assert goes(tx, due + MINUTE) == 0
        became = {row.state for row in looking.reminders_of(tx, meeting.id) if row.step != "feedback"}
        assert became <= {ReminderState.SENT, ReminderState.JOINED}
        rows = {row.row_id for row in looking.reminders_of(tx, meeting.id) if row.state == ReminderState.SENT}
        assert rows

    for _ in range(MEETINGS):
        await store.write(one)
    assert len(waits) >= 2 * MEETINGS
    assert max(waits) <= 60


DOWN = [
    pytest.param(london(12, 2, 10), HOUR, 1, "day sent", id="the day before, an hour late"),
    pytest.param(london(12, 2, 10), 8 * HOUR, 1, "day sent", id="the day before, back in the evening"),
    pytest.param(london(12, 3, 12), HOUR, 1, "hours sent", id="an hour before it begins"),
    pytest.param(london(12, 3, 12), 105 * MINUTE, 0, "hours late", id="a quarter of an hour before it begins"),
    pytest.param(london(12, 3, 12), 3 * HOUR, 0, "hours late", id="after it began"),
    pytest.param(london(11, 26, 10), 2 * DAY, 1, "week sent", id="two days after the one a week before"),
]


@pytest.mark.parametrize(("due", "down", "went", "became"), DOWN)
async def test_promise_20_what_was_missed_while_we_were_down(
    store: Store, due: datetime, down: timedelta, went: int, became: str
) -> None:
    def story(tx: Tx) -> tuple[int, int, list[str]]:
        meeting, _person = comes(tx)
        for row in looking.reminders_of(tx, meeting.id):
            if row.due_at < due:
                goes(tx, row.due_at)
        late = goes(tx, due + down)
        again = goes(tx, due + down + MINUTE)
        rows = looking.reminders_of(tx, meeting.id)
        return late, again, [f"{row.step} {row.why or row.state}" for row in rows if row.due_at == due]

    assert await store.write(story) == (went, 0, [became])


async def test_promise_20_what_is_missed_into_the_night_goes_in_the_morning_with_the_next(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, int, list[str]]:
        meeting, _person = comes(tx, at=time(13))
        goes(tx, london(11, 26, 10))
        night, morning = goes(tx, london(12, 2, 22)), goes(tx, london(12, 3, 9))
        later = goes(tx, london(12, 3, 11))
        steps = {row.step: row.state for row in looking.reminders_of(tx, meeting.id)}
        return night, morning, later, [steps["day"], steps["hours"]]

    assert await store.write(story) == (0, 1, 0, ["joined", "sent"])


async def test_promise_20_back_after_a_week_it_is_one_message_and_not_three(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, dict[str, str]]:
        meeting, _person = comes(tx)
        went = goes(tx, london(12, 3, 12, 30))
        return went, {row.step: row.state for row in looking.reminders_of(tx, meeting.id) if row.step != "feedback"}

    assert await store.write(story) == (1, {"week": "joined", "day": "joined", "hours": "sent"})


async def test_promise_20_what_the_sender_could_not_send_before_the_start_is_not_sent_after_it(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, dict[str, int]]:
        meeting, _person = comes(tx)
        goes(tx, london(11, 26, 10))
        goes(tx, london(12, 2, 10))
        for reminder_id in reminding.to_send(tx, london(12, 3, 12), ASHDALE, 100):
            reminding.send(tx, london(12, 3, 12), ASHDALE, reminder_id)
        late = meeting.starts_at - 15 * MINUTE
        delivery.release(tx, late, ASHDALE)
        return len(sent(tx, late)), len(sent(tx, meeting.starts_at + HOUR)), outbox.tally(tx)

    assert await store.write(story) == (0, 0, {"accepted": 2, "expired": 1})


async def test_promise_20_two_processes_that_look_at_once_send_one(store: Store) -> None:
    await store.write(comes)
    due = london(11, 26, 10)
    (reminder_id,) = await store.read(lambda tx: list(reminding.to_send(tx, due, ASHDALE, 10)))
    works = [store.write(lambda tx: reminding.send(tx, due, ASHDALE, reminder_id)) for _ in range(8)]
    done = await asyncio.gather(*works)
    assert sorted(done) == [0] * 7 + [1]
    assert await store.read(outbox.tally) == {"queued": 1}
