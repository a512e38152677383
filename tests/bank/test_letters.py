"""Letters: what could not be taken in is taken in later, once, and nobody is surprised by an answer to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bank import audit, hold, letters, today, upkeep
from bank.audit import Act
from bank.colleague import Colleague
from bank.intake import Taken
from channels.message import Channel, Incoming, Reachability, Receipt, Status
from storage import audit as audit_rows
from storage import concerns as concerns_kept
from storage import conversations, dead_letters, messages_in, outbox, tasks
from storage.addresses import AddressState
from storage.dead_letters import LetterKind
from storage.messages_in import Disposition
from storage.staff import EVERYWHERE, Role
from storage.store import Store, Tx
from storage.tasks import TaskKind
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all
from tests.bank.posting import joined

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CRY = "I am not safe at home"


def lost(tx: Tx, event: Incoming, at: datetime = MORNING) -> int:
    """It becomes a dead letter, and a person is asked to read it, as the receiver does."""
    letter = letters.keep(tx, event.sender, "{}", "ZeroDivisionError", at, "/here", event)
    assert letter is not None
    letters.ask_a_person(tx, letter, event, at, ASHDALE)
    return letter


def mended(tx: Tx, letter: int, event: Incoming, now: datetime) -> Taken:
    taken = letters.take_in(tx, letter, [event], now, ASHDALE)
    assert taken is not None
    return taken[0]


def to_do(tx: Tx) -> list[str]:
    return [task.kind for task in looking.open_tasks(tx)]


def administrator() -> Colleague:
    return Colleague(1, "token", "Ada", frozenset({(Role.ADMINISTRATOR, EVERYWHERE)}))


async def test_what_is_mended_soon_is_answered_and_nobody_need_read_it(store: Store) -> None:
    def story(tx: Tx) -> tuple[Taken, list[str], list[str], int]:
        asha = Somebody()
        event = asha.writes("JOIN")
        letter = lost(tx, event)
        taken = mended(tx, letter, event, MORNING + HOUR)
        return taken, [row.wording for row in asha.heard(tx)], to_do(tx), dead_letters.count(tx)

    taken, heard, open_items, left = await store.write(story)
    assert (taken.disposition, heard, open_items, left) == (Disposition.WORD, ["join.welcome.text"], [], 0)


async def test_what_a_person_must_read_is_asked_for_once_and_due_as_before(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], bool, bool]:
        asha = joined(tx)
        event = asha.writes("my bus was late")
        letter = lost(tx, event, MORNING + MINUTE)
        (asked,) = looking.open_tasks(tx)
        mended(tx, letter, event, MORNING + HOUR)
        (anew,) = looking.open_tasks(tx)
        return to_do(tx), anew.due_at == asked.due_at, anew.message_id is not None

    assert await store.write(story) == ([TaskKind.READ], True, True)


async def test_two_days_later_it_is_kept_for_a_person_and_nobody_is_answered(store: Store) -> None:
    def story(tx: Tx) -> tuple[Taken, int, list[str], bool]:
        asha = joined(tx)
        before = len(asha.heard(tx))
        event = asha.writes("JOIN")
        letter = lost(tx, event, MORNING + MINUTE)
        taken = mended(tx, letter, event, MORNING + 2 * DAY)
        (item,) = looking.open_tasks(tx)
        return taken, len(asha.heard(tx)) - before, to_do(tx), item.message_id is not None

    taken, said, open_items, linked = await store.write(story)
    assert (taken.disposition, said, open_items, linked) == (Disposition.INBOX, 0, [TaskKind.READ], False)


async def test_an_old_yes_does_not_answer_a_newer_question(store: Store) -> None:
    """They wrote again, and were asked the next thing: the letter is for a person."""

    def story(tx: Tx) -> tuple[Taken, str, int]:
        asha = Somebody()
        asha.says(tx, "JOIN")
        send_all(tx)
        event = asha.writes("1")
        letter = lost(tx, event, MORNING + MINUTE)
        asha.says(tx, "2", now=MORNING + 2 * MINUTE)
        stands = conversations.open_at(tx, asha.here(tx).id)
        said = len(asha.heard(tx))
        taken = mended(tx, letter, event, MORNING + 5 * MINUTE)
        after = conversations.open_at(tx, asha.here(tx).id)
        assert stands is not None
        assert after is not None
        return taken, "moved" if stands.step != after.step else "stands", len(asha.heard(tx)) - said

    taken, stands, said = await store.write(story)
    assert (taken.disposition, stands, said) == (Disposition.INBOX, "stands", 0)


async def test_what_somebody_has_read_meanwhile_is_not_asked_for_again(store: Store) -> None:
    def story(tx: Tx) -> tuple[Taken, list[str]]:
        asha = joined(tx)
        event = asha.writes("my bus was late")
        letter = lost(tx, event, MORNING + MINUTE)
        tasks.close(tx, looking.open_tasks(tx)[0].id, MORNING + 2 * MINUTE)
        return mended(tx, letter, event, MORNING + HOUR), to_do(tx)

    taken, open_items = await store.write(story)
    assert (taken.disposition, open_items) == (Disposition.INBOX, [])


@pytest.mark.parametrize(
    ("since", "state"), [(None, AddressState.STOPPED), ("START", AddressState.OPEN), ("hello", AddressState.STOPPED)]
)
async def test_a_late_stop_is_obeyed_in_silence_unless_they_agreed_anew(
    store: Store, since: str | None, state: AddressState
) -> None:
    def story(tx: Tx) -> tuple[str, int]:
        asha = joined(tx)
        event = asha.writes("STOP")
        letter = lost(tx, event, MORNING + MINUTE)
        if since == "START":
            asha.says(tx, "STOP", "START", now=MORNING + HOUR)
        elif since:
            asha.says(tx, since, now=MORNING + HOUR)
        said = len(asha.heard(tx))
        mended(tx, letter, event, MORNING + 2 * DAY)
        return asha.here(tx).state, len(asha.heard(tx)) - said

    assert await store.write(story) == (state, 0)


@pytest.mark.parametrize("known", [True, False])
async def test_danger_is_raised_once_and_answered_within_the_day(store: Store, known: bool) -> None:
    def story(tx: Tx) -> tuple[int, int, list[str], str | None]:
        asha = joined(tx) if known else Somebody()
        event = asha.writes(CRY)
        letter = lost(tx, event, MORNING + MINUTE)
        raised = len(concerns_kept.to_alert(tx, MORNING + HOUR, 10))
        mended(tx, letter, event, MORNING + HOUR)
        said = [row.wording for row in asha.heard(tx) if row.wording.startswith("safety.")]
        assert to_do(tx) == [TaskKind.SAFEGUARDING]
        return raised, len(concerns_kept.to_alert(tx, MORNING + HOUR, 10)), said, asha.here(tx).held

    raised, then, said, held = await store.write(story)
    assert (raised, then, len(said), held) == (1, 1, 1, "danger")


async def test_two_cries_of_one_person_get_one_answer(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        asha = joined(tx)
        cries = [asha.writes(CRY), asha.writes("he hits me")]
        kept = [lost(tx, event, MORNING + (number + 1) * MINUTE) for number, event in enumerate(cries)]
        for letter, event in zip(kept, cries, strict=True):
            mended(tx, letter, event, MORNING + HOUR)
        return [row.wording for row in asha.heard(tx) if row.wording.startswith("safety.")]

    assert len(await store.write(story)) == 1


@pytest.mark.parametrize("days", [0, 2])
async def test_where_a_text_could_do_harm_nothing_goes_however_late_we_hear_of_it(store: Store, days: int) -> None:
    def story(tx: Tx) -> tuple[int, bool]:
        asha = joined(tx)
        said = len(asha.heard(tx))
        event = asha.writes("he hits me. dont text me back, he reads my phone")
        letter = lost(tx, event, MORNING + MINUTE)
        mended(tx, letter, event, MORNING + HOUR + days * DAY)
        return len(asha.heard(tx)) - said, asha.here(tx).unsafe_until is not None

    assert await store.write(story) == (0, True)


async def test_danger_of_two_days_ago_is_raised_once_and_not_answered(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, list[str]]:
        asha = joined(tx)
        said = len(asha.heard(tx))
        event = asha.writes(CRY)
        letter = lost(tx, event, MORNING + MINUTE)
        mended(tx, letter, event, MORNING + 2 * DAY)
        return len(concerns_kept.to_alert(tx, MORNING + 2 * DAY, 10)), len(asha.heard(tx)) - said, to_do(tx)

    assert await store.write(story) == (1, 0, [TaskKind.SAFEGUARDING])


async def test_danger_that_a_lead_has_let_go_is_not_raised_anew(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], list[str], str | None]:
        asha = joined(tx)
        event = asha.writes(CRY)
        letter = lost(tx, event, MORNING + MINUTE)
        (concern,) = concerns_kept.to_alert(tx, MORNING + HOUR, 10)
        concerns_kept.change(tx, concern, {"released_at": MORNING + HOUR, "alert_at": None})
        hold.end(tx, concern, MORNING + HOUR, ASHDALE)
        taken = mended(tx, letter, event, MORNING + 90 * MINUTE)
        assert taken.disposition is Disposition.HELD
        return concerns_kept.to_alert(tx, MORNING + DAY, 10), to_do(tx), asha.here(tx).held

    assert await store.write(story) == ([], [], None)


async def test_what_came_meanwhile_by_another_way_has_no_second_effect(store: Store) -> None:
    def story(tx: Tx) -> tuple[bool, int, int]:
        asha = Somebody()
        event = asha.writes("JOIN")
        letter = lost(tx, event)
        letters.take_in(tx, letter, [event], MORNING, ASHDALE)
        other = letters.keep(tx, "twilio", "{}", "Poison", MORNING)
        assert other is not None
        taken = mended(tx, other, event, MORNING + MINUTE)
        return taken.repeat, sum(messages_in.tally(tx).values()), len(asha.heard(tx))

    assert await store.write(story) == (True, 1, 1)


async def test_one_message_is_one_letter_however_often_it_fails(store: Store) -> None:
    def story(tx: Tx) -> tuple[int | None, int, int, str]:
        event = Somebody().writes("hello", raw="{}")
        lost(tx, event)
        again = letters.keep(tx, "sms", "{}", "KeyError", MORNING + HOUR, "", event)
        (letter,) = dead_letters.listed(tx, 10)
        return again, dead_letters.count(tx), letter.tries, letter.problem

    assert await store.write(story) == (None, 1, 1, "KeyError")


async def test_what_fails_again_stays_whole(store: Store) -> None:
    event = Somebody().writes("JOIN")
    letter = await store.write(lambda tx: lost(tx, event))

    def half(tx: Tx) -> None:
        letters.take_in(tx, letter, [event, None], MORNING, ASHDALE)  # type: ignore[list-item]

    with pytest.raises(AttributeError):
        await store.write(half)
    await store.write(lambda tx: letters.failed(tx, letter, "AttributeError", MORNING + HOUR))
    (row,) = await store.read(lambda tx: dead_letters.listed(tx, 10))
    assert (row.tries, row.tried_at, row.problem) == (1, MORNING + HOUR, "AttributeError")
    assert await store.read(messages_in.tally) == {}


async def test_receipts_and_blocks_are_taken_in_too(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], str, list[str]]:
        asha = joined(tx)
        row = asha.heard(tx)[-1]
        told = Receipt("sms", "SM-later", Status.DELIVERED, token=row.token)
        letter = letters.keep(tx, "sms", "{}", "KeyError", MORNING, "/here", told)
        blocked = Reachability("sms", Channel.SMS, asha.address, "u1", open=False)
        other = letters.keep(tx, "sms", "{}", "KeyError", MORNING, "/here", blocked)
        assert letter is not None
        assert other is not None
        kinds = [one.kind for one in dead_letters.listed(tx, 10)]
        assert letters.take_in(tx, letter, [told], MORNING, ASHDALE) == []
        assert letters.take_in(tx, other, [blocked], MORNING, ASHDALE) == []
        return kinds, outbox.get(tx, row.id).state, [asha.here(tx).state]

    kinds, state, there = await store.write(story)
    assert (kinds, state, there) == ([LetterKind.RECEIPT, LetterKind.REACHABILITY], "delivered", ["blocked"])


def unread(raw: str) -> Callable[[Tx], int | None]:
    return lambda tx: letters.keep(tx, "twilio", raw, "no usable address", MORNING, "/webhooks/twilio/message")


async def test_of_what_could_not_be_read_one_item_tells_until_the_last_is_gone(store: Store) -> None:
    for number in range(3):
        await store.write(unread(f"MessageSid=SM{number}&Body=my+bus+was+late"))
    for _twice in range(2):
        await store.write(lambda tx: upkeep.run(tx, MORNING, ASHDALE))
    (item,) = await store.read(looking.open_tasks)
    assert (item.kind, "heard letters" in item.words, "bus" in item.words) == (TaskKind.READ, True, False)
    ids = [row.id for row in await store.read(lambda tx: dead_letters.listed(tx, 10))]
    for left, letter in zip((1, 1, 0), ids, strict=True):
        await store.write(lambda tx, one=letter: letters.drop(tx, one, "an old test of ours", MORNING))
        assert len(await store.read(looking.open_tasks)) == left


async def test_words_about_danger_in_what_could_not_be_read_alert_the_leads(store: Store) -> None:
    await store.write(unread("MessageSid=&Body=my+husband+hits+me&From=%2B447700900123"))
    await store.write(lambda tx: upkeep.run(tx, MORNING, ASHDALE))
    (item,) = await store.read(looking.open_tasks)
    assert item.kind == TaskKind.SAFEGUARDING
    found = await store.read(lambda tx: concerns_kept.unreleased(tx, administrator().oneself, 10))
    assert ["my husband hits me" in concern.why for concern in found] == [True]


async def test_a_look_and_a_letter_that_is_let_go_are_in_the_audit(store: Store) -> None:
    def story(tx: Tx) -> list[tuple[str, dict[str, Any]]]:
        letter = letters.keep(tx, "twilio", "Body=hello", "Poison", MORNING)
        assert letter is not None
        assert letters.look(tx, letter, MORNING).raw == "Body=hello"  # type: ignore[union-attr]
        assert letters.drop(tx, letter, "a test of ours", MORNING)
        assert not letters.drop(tx, letter, "a test of ours", MORNING)
        assert letters.look(tx, letter, MORNING) is None
        assert audit.verify(tx)[1] is None
        return [(row.act, audit_rows.opened(tx, row.details)) for row in audit_rows.everything(tx)]

    saw, dropped = await store.write(story)
    assert (dropped[0], dropped[1]["why"], dropped[1]["by"]) == (Act.LETTER_DROPPED, "a test of ours", "command line")
    assert (saw[0], saw[1]["by"]) == (Act.SAW_LETTER, "command line")
    assert not any("hello" in str(one) for one in (*dropped[1].values(), *saw[1].values()))


async def test_administrators_see_on_today_that_letters_wait(store: Store) -> None:
    def story(tx: Tx) -> list[list[str]]:
        before = [row.todo for row in today.rows(tx, administrator(), MORNING, ASHDALE) if "heard letters" in row.todo]
        letters.keep(tx, "sms", "{}", "KeyError", MORNING, "", Receipt("sms", "SM1", Status.SENT))
        after = [row.todo for row in today.rows(tx, administrator(), MORNING, ASHDALE) if "heard letters" in row.todo]
        return [before, after]

    before, after = await store.write(story)
    assert (before, len(after)) == ([], 1)
