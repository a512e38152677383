"""Quiet hours over two years, everybody's and a person's own: none goes outside, and none waits longer than it must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bank import quiet, voice
from bank.quiet import Own
from bank.voice import Envelope, Spoken
from storage import reach
from storage.outbox import Priority
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE
from tests.bank.members import claimed, crowd
from tests.bank.posting import tell
from tests.bank.test_promise_8_replies_overtake import a_stranger
from tests.bank.test_promise_19_rota import CLOCK_CHANGES, END, HOLIDAYS, LONDON, START, every_quarter_hour

SECOND, QUARTER, DAY = timedelta(seconds=1), timedelta(minutes=15), timedelta(days=1)
# What somebody told us, in minutes after midnight, and the times on the wall between which a text may go then.
HOURS = [
    pytest.param(None, None, time(9), time(19), id="everybody's"),
    pytest.param(10 * 60, 12 * 60 + 30, time(10), time(12, 30), id="the late morning"),
    pytest.param(17 * 60 + 15, None, time(17, 15), time(19), id="after work"),
    pytest.param(None, 9 * 60 + 15, time(9), time(9, 15), id="a quarter of an hour"),
    pytest.param(0, 24 * 60, time(9), time(19), id="always, which is everybody's"),
    pytest.param(20 * 60, 22 * 60, time(9), time(19), id="when nobody gets any, which is everybody's"),
    pytest.param(15 * 60, 11 * 60, time(9), time(19), id="the wrong way round, which is everybody's"),
]


def is_quiet(now: datetime, begins: time, ends: time) -> bool:
    wall = now.astimezone(LONDON)
    return wall.weekday() == 6 or wall.date() in HOLIDAYS or not begins <= wall.time() < ends


def special(now: datetime) -> bool:
    """Within two days of a clock change, a Sunday or a bank holiday; and at noon of every day."""
    day = now.astimezone(LONDON).date()
    return day in SPECIAL or now.time() == time(12)


SPECIAL: set[date] = {day + ahead * DAY for day in (*CLOCK_CHANGES, *HOLIDAYS) for ahead in range(-2, 3)} | {
    (START + number * DAY).date() for number in range((END - START).days) if (START + number * DAY).weekday() == 6
}


@pytest.mark.parametrize(("text_from", "text_until", "begins", "ends"), HOURS)
def test_promise_19_no_moment_is_wrong_and_none_waits_longer_than_it_must(
    text_from: int | None, text_until: int | None, begins: time, ends: time
) -> None:
    own, quarters = Own.of(text_from, text_until), list(every_quarter_hour())
    opens = None
    for now in reversed(quarters):
        silent = is_quiet(now, begins, ends)
        opens = opens if silent else now
        if opens is None or not special(now):
            continue
        assert quiet.may(now, ASHDALE, own) is not silent, now
        assert quiet.next_time(now, ASHDALE, own) == opens, now


@pytest.mark.parametrize("day", CLOCK_CHANGES)
def test_promise_19_hours_are_those_on_the_wall_to_the_second(day: date) -> None:
    own = Own.of(10 * 60, 16 * 60)
    for around in (day - DAY, day + 2 * DAY):
        opens, closes = (datetime.combine(around, time(hour), LONDON).astimezone(UTC) for hour in (10, 16))
        assert [quiet.may(at, ASHDALE, own) for at in (opens - SECOND, opens)] == [False, True]
        assert [quiet.may(at, ASHDALE, own) for at in (closes - SECOND, closes)] == [True, False]
        assert quiet.next_time(opens - timedelta(hours=9), ASHDALE, own) == opens


def moments() -> Iterator[datetime]:
    """Nights, evenings and days around both clock changes, Easter and Christmas."""
    days = (*CLOCK_CHANGES[:2], date(2026, 12, 26))
    for day in days:
        for ahead, hour in ((-1, 18), (-1, 20), (0, 1), (0, 12), (1, 8), (1, 9), (1, 11)):
            yield datetime.combine(day + ahead * DAY, time(hour, 30), LONDON).astimezone(UTC)


WANTED = [(None, None, time(9), time(19)), (600, 750, time(10), time(12, 30)), (1035, None, time(17, 15), time(19))]


def opening(now: datetime, begins: time, ends: time) -> datetime:
    while is_quiet(now, begins, ends):
        now += QUARTER
    return now


async def test_promise_19_what_nobody_asked_for_is_claimed_in_its_hours_and_answers_at_any_time(store: Store) -> None:
    def one_moment(tx: Tx, now: datetime) -> None:
        for text_from, text_until, begins, ends in WANTED:
            (address_id,) = crowd(tx, 1, text_from=text_from, text_until=text_until)
            row_id = news_for(tx, address_id, now)
            answer = tell(tx, a_stranger(tx), "an answer")
            expected = opening(now, begins, ends)
            went = [one.id for one in claimed(tx, now)]
            assert answer in went, now
            assert (row_id in went) is (expected == now), now
            if expected > now:
                assert claimed(tx, expected - SECOND) == [], (now, expected)
                assert [one.id for one in claimed(tx, expected)] == [row_id], (now, expected)

    for now in moments():
        await store.write(lambda tx, at=now: one_moment(tx, at))  # type: ignore[misc]


def news_for(tx: Tx, address_id: int, now: datetime) -> int:
    (person,) = reach.people_at(tx, address_id)
    envelope = Envelope(address_id, "sms", "en", person_id=person.id, priority=Priority.BULK)
    return voice.queue(tx, envelope, "test.text", Spoken("News."), now)


@pytest.mark.parametrize("priority", [Priority.REPLY, Priority.SAFETY])
async def test_promise_19_a_person_s_own_hours_keep_no_answer_back(store: Store, priority: Priority) -> None:
    def story(tx: Tx) -> bool:
        asha = a_stranger(tx)
        row_id = tell(tx, asha, "an answer", priority)
        night = datetime(2026, 12, 25, 2, 30, tzinfo=UTC)
        return [one.id for one in claimed(tx, night)] == [row_id]

    assert await store.write(story)
