"""Threads: who sees what, what belongs together, and that nothing anybody wrote is without somebody to read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bank import handling, replying, rota, thread, threads, today, waiting
from bank.colleague import Colleague
from bank.replying import CannotWrite
from bank.tokens import token
from channels.message import Channel, Kind
from storage import addresses, people, reach, staff, tasks
from storage import threads as stored
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from storage.threads import Among, Show
from tests.bank.ashdale import ASHDALE, MORNING, Somebody

HOUR = timedelta(hours=1)
MANY_KINDS = (
    ("words that fit nothing", ("a parcel came for you",), {}),
    ("a question", ("what does it cost me to come?",), {}),
    ("a picture", ("",), {"kind": Kind.MEDIA, "media": 1}),
    ("a place", ("",), {"kind": Kind.LOCATION}),
    ("danger", ("my son hits me every day",), {}),
    ("a death", ("my husband died last week",), {}),
    ("a wrong number", ("wrong number, I am not Asha",), {}),
    ("a language that we do not write", ("do you speak Urdu?",), {}),
    ("a call", ("CALL",), {}),
    ("trouble with care", ("my carer never comes on time",), {}),
    ("two answers that we did not understand", ("JOIN", "purple", "elephants"), {}),
    ("somebody young", ("JOIN", "1", "I am 15"), {}),
    ("words after STOP", ("STOP", "actually, one more thing"), {}),
    ("what somebody else wrote", ("a parcel came for you",), {"forwarded": True}),
    ("a machine that says more", ("I am out of the office. Call Ben about the bins.",), {}),
)


def hired(tx: Tx, *roles: Role, name: str = "Sam") -> Colleague:
    row = staff.add(
        tx, token=token(), name=name, login=token(), state=StaffState.ACTIVE, last_step=0, created_at=MORNING
    )
    staff.give(tx, row.id, roles)
    return Colleague(row.id, row.token, row.name, staff.roles_of(tx, row.id))


def tokens(tx: Tx, colleague: Colleague, show: Show = Show.ALL) -> list[str]:
    return [row.token for row in threads.listed(tx, colleague, show).rows]


def shares(tx: Tx, one: Somebody, other: Somebody) -> None:
    """From now on the second phone reaches the first one's person too."""
    (person, *_) = reach.people_at(tx, one.here(tx).id)
    reach.join(tx, address_id=other.here(tx).id, person_id=person.id, since=MORNING)


def opened(tx: Tx, colleague: Colleague, somebody: Somebody) -> set[int]:
    found = thread.find(tx, colleague, somebody.here(tx).token)
    assert found is not None
    return set(found.ids)


async def test_one_person_one_thread_however_it_is_reached(store: Store) -> None:
    """Asha has a phone and a tablet; the phone is Ben's too, and Ben has one of his own."""

    def look(tx: Tx) -> None:
        phone, tablet, own = Somebody(), Somebody(), Somebody()
        for minutes, one in enumerate((phone, tablet, own)):
            one.joins(tx, MORNING + timedelta(minutes=5 * minutes))
        shares(tx, tablet, phone)
        shares(tx, own, phone)
        sam = hired(tx, Role.COORDINATOR)
        every = {one.here(tx).id for one in (phone, tablet, own)}
        for one in (phone, tablet, own):
            assert opened(tx, sam, one) == every
        assert own.here(tx).token in tokens(tx, sam), "the last written from"
        assert phone.here(tx).token not in tokens(tx, sam)
        phone.says(tx, "a parcel came for you", now=MORNING + timedelta(minutes=1))
        assert phone.here(tx).token in tokens(tx, sam, Show.UNREAD), "what waits shows, wherever it came"

    await store.write(look)


async def test_what_is_held_is_seen_through_no_other_address(store: Store) -> None:
    def look(tx: Tx) -> None:
        phone, tablet, own = Somebody(), Somebody(), Somebody()
        for one in (phone, tablet, own):
            one.joins(tx)
        shares(tx, tablet, phone)
        shares(tx, own, phone)
        sam, lead = hired(tx, Role.COORDINATOR), hired(tx, Role.SAFEGUARDING_LEAD)
        (person,) = reach.people_at(tx, own.here(tx).id)
        people.change(tx, person.id, {"held": "danger"})
        assert thread.find(tx, sam, own.here(tx).token) is None
        assert thread.find(tx, sam, phone.here(tx).token) is None, "it reaches them too"
        assert opened(tx, sam, tablet) == {tablet.here(tx).id}
        assert opened(tx, lead, tablet) == {one.here(tx).id for one in (phone, tablet, own)}
        assert tokens(tx, sam) == [tablet.here(tx).token]
        with pytest.raises(CannotWrite, match="Only a safeguarding lead"):
            replying.write(tx, sam, own.here(tx), "Hello", MORNING, ASHDALE)
        assert replying.write(tx, lead, own.here(tx), "Hello", MORNING, ASHDALE)

    await store.write(look)


@pytest.mark.parametrize(("label", "texts", "more"), MANY_KINDS, ids=[label for label, *_ in MANY_KINDS])
async def test_promise_14_whatever_they_write_somebody_has_it_to_read(
    lite_store: Store, label: str, texts: tuple[str, ...], more: dict[str, object]
) -> None:
    """What no flow consumed is in a list of somebody's, and on their Today, until they have read it."""

    def write(tx: Tx) -> None:
        somebody = Somebody()
        somebody.says(tx, *texts, **more)
        sam, lead = hired(tx, Role.COORDINATOR), hired(tx, Role.SAFEGUARDING_LEAD)
        here = somebody.here(tx)
        waits = [*stored.open_tasks(tx, [here.id]), *stored.open_questions(tx, [here.id])]
        assert waits, f"{label}: nobody has to do anything"
        has = [one for one in (sam, lead) if here.token in tokens(tx, one, Show.UNREAD)]
        assert has, f"{label}: in nobody's list"
        assert all(today.rows(tx, one, MORNING, ASHDALE) for one in has)

    await lite_store.write(write)


async def test_promise_14_what_comes_while_somebody_answers_or_after_they_read_waits_anew(lite_store: Store) -> None:
    def write(tx: Tx) -> None:
        somebody = Somebody()
        sam = hired(tx, Role.COORDINATOR)
        somebody.says(tx, "a parcel came for you")
        about = _about(tx, sam, somebody)
        handling.take_over(tx, sam, about, MORNING)
        assert handling.has_read(tx, sam, about, MORNING, read_to=thread.read_to(tx, about), because="read")
        assert tokens(tx, sam, Show.UNREAD) == []
        read = thread.read_to(tx, about)
        somebody.says(tx, "yes")
        assert tokens(tx, sam, Show.UNREAD) == [somebody.here(tx).token]
        about = _about(tx, sam, somebody)
        assert not handling.has_read(tx, sam, about, MORNING, read_to=read, because="read")
        assert tokens(tx, sam, Show.UNREAD) == [somebody.here(tx).token], "they had not seen it"

    await lite_store.write(write)


def _about(tx: Tx, colleague: Colleague, somebody: Somebody) -> thread.Thread:
    found = thread.find(tx, colleague, somebody.here(tx).token)
    assert found is not None
    return found


async def test_unread_for_a_working_hour_is_overdue(lite_store: Store) -> None:
    def write(tx: Tx) -> None:
        sam = hired(tx, Role.COORDINATOR)
        Somebody().says(tx, "a parcel came for you")
        for minutes, overdue in ((0, False), (59, False), (60, True)):
            (row,) = waiting.rows(tx, sam, MORNING + timedelta(minutes=minutes), ASHDALE)
            assert row.overdue is overdue, minutes

    await lite_store.write(write)


@pytest.mark.parametrize(
    ("since", "passed"),
    [
        (datetime(2026, 11, 23, 11, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC)),
        (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), datetime(2026, 11, 24, 9, 30, tzinfo=UTC)),
        (datetime(2026, 11, 27, 16, 55, tzinfo=UTC), datetime(2026, 11, 30, 9, 55, tzinfo=UTC)),
        (datetime(2026, 11, 28, 3, 0, tzinfo=UTC), datetime(2026, 11, 30, 10, 0, tzinfo=UTC)),
        (datetime(2026, 12, 24, 16, 30, tzinfo=UTC), datetime(2026, 12, 29, 9, 30, tzinfo=UTC)),
    ],
)
def test_working_time_passes_while_we_are_open(since: datetime, passed: datetime) -> None:
    assert rota.after_working(since, HOUR, ASHDALE) == passed


async def test_a_message_without_a_thread_is_read_by_itself(lite_store: Store) -> None:
    def write(tx: Tx) -> None:
        sam = hired(tx, Role.COORDINATOR)
        name = token()
        tasks.add(tx, token=name, kind="read", words="a parcel", opened_at=MORNING, due_at=MORNING + HOUR)
        (row,) = waiting.rows(tx, sam, MORNING, ASHDALE)
        assert row.href == f"/inbox/alone/{name}"
        item = waiting.alone(tx, sam, name, MORNING)
        assert item is not None
        assert item.words == "a parcel"
        assert waiting.close_alone(tx, sam, name, MORNING)
        assert waiting.rows(tx, sam, MORNING, ASHDALE) == []

    await lite_store.write(write)


async def test_words_are_looked_for_in_the_latest_messages_alone(
    lite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "MOST_SEARCHED", 3)

    def write(tx: Tx) -> None:
        sam, one, other = hired(tx, Role.COORDINATOR), Somebody(), Somebody()
        one.says(tx, "a blue parcel")
        other.says(tx, "rain", "rain", "a red parcel")
        assert [row.token for row in threads.with_words(tx, sam, "parcel", Among())] == [other.here(tx).token]

    await lite_store.write(write)


async def test_a_hand_over_at_night_waits_for_the_morning(lite_store: Store) -> None:
    """Whoever did not write today is not asked again in the middle of the night."""

    def write(tx: Tx) -> None:
        sam, somebody = hired(tx, Role.COORDINATOR), Somebody()
        somebody.says(tx, "JOIN")
        handling.take_over(tx, sam, _about(tx, sam, somebody), MORNING)
        night = MORNING + timedelta(hours=36)
        handling.hand_back(tx, sam, _about(tx, sam, somebody), night, ASHDALE)
        assert _last(somebody.heard(tx)).priority > 1

    await lite_store.write(write)


async def test_nothing_is_asked_again_where_nothing_may_go(lite_store: Store) -> None:
    def write(tx: Tx) -> None:
        sam = hired(tx, Role.SAFEGUARDING_LEAD)
        for values in ({"held": "danger"}, {"unsafe_until": MORNING + HOUR}, {"spam": "loans"}):
            somebody = Somebody()
            somebody.says(tx, "JOIN")
            addresses.change(tx, somebody.here(tx).id, values)
            said = len(somebody.heard(tx))
            handling.hand_back(tx, sam, _about(tx, sam, somebody), MORNING, ASHDALE)
            assert len(somebody.heard(tx)) == said, values
        late = Somebody(channel=Channel.WHATSAPP)
        late.says(tx, "JOIN")
        handling.hand_back(tx, sam, _about(tx, sam, late), MORNING + 25 * HOUR, ASHDALE)
        assert len(late.heard(tx)) == 1, "WhatsApp takes nothing after a day"

    await lite_store.write(write)


def _last(rows: list[Record]) -> Record:
    return rows[-1]
