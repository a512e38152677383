"""Another way: what cannot arrive at one address goes to the next that they agreed to, once, and never in circles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bank import alarms, delivery, upkeep
from bank.limits import Limits
from bank.visit import ABOUT_DANGER
from channels.message import Accepted, Channel, Concern, Receipt, Status
from storage import addresses, consents, conversations, outbox, people, reach
from storage.consents import Purpose
from storage.messages_in import Disposition
from storage.outbox import Priority
from storage.schema import Record
from storage.store import Store, Tx
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, send_all
from tests.bank.members import claimed
from tests.bank.posting import joined, problem, refused, tell
from tests.bank.several_ways import instead_of, newest, reached_by

SMS, WHATSAPP, TELEGRAM = Channel.SMS, Channel.WHATSAPP, Channel.TELEGRAM
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
NO_TEMPLATE = Limits(outside_window=False)
Lose = Callable[[Tx, int, Concern], None]


def refused_at_once(tx: Tx, row_id: int, concern: Concern) -> None:
    delivery.settle(tx, {row_id: refused(concern)}, MORNING, ASHDALE)


def told_later(tx: Tx, row_id: int, concern: Concern) -> None:
    delivery.settle(tx, {row_id: Accepted(f"SM-{row_id}")}, MORNING, ASHDALE)
    receipt(tx, row_id, Status.FAILED, concern)


def receipt(tx: Tx, row_id: int, status: Status, concern: Concern | None = None) -> None:
    why = problem(concern) if concern else None
    delivery.take_receipt(tx, Receipt("any", f"SM-{row_id}", status, problem=why), MORNING, ASHDALE)


def went(tx: Tx, *senders: str) -> list[int]:
    """Claim what is due of these senders, without an answer to the calls."""
    return [one.id for sender in senders for one in claimed(tx, sender=sender)]


by_both = pytest.mark.parametrize("lose", [refused_at_once, told_later], ids=["by the answer", "by a receipt"])


@by_both
@pytest.mark.parametrize("concern", [Concern.ADDRESS, Concern.BLOCKED, Concern.WINDOW])
async def test_what_one_address_cannot_take_goes_to_the_next(store: Store, lose: Lose, concern: Concern) -> None:
    def story(tx: Tx) -> tuple[str, list[tuple[str | None, str]]]:
        text, whatsapp = reached_by(tx, SMS, WHATSAPP)
        row_id = tell(tx, text, "an answer")
        assert went(tx, "sms", "whatsapp") == [row_id]
        lose(tx, row_id, concern)
        other = [(one.message.address, one.message.text) for one in claimed(tx, sender="whatsapp")]
        assert [row.address_id for row in instead_of(tx, row_id)] == [whatsapp.here(tx).id]
        return newest(tx, text).state, [(address == whatsapp.address and "whatsapp", said) for address, said in other]

    assert await store.write(story) == ("failed", [("whatsapp", "an answer")])


@by_both
@pytest.mark.parametrize("concern", [Concern.CONSENT, Concern.CONTENT, Concern.CONFIGURATION])
async def test_what_they_do_not_want_and_what_is_our_own_fault_goes_nowhere_else(
    store: Store, lose: Lose, concern: Concern
) -> None:
    def story(tx: Tx) -> list[int]:
        text, _whatsapp = reached_by(tx, SMS, WHATSAPP)
        row_id = tell(tx, text, "an answer")
        went(tx, "sms")
        lose(tx, row_id, concern)
        return went(tx, "sms", "whatsapp")

    assert await store.write(story) == []


@by_both
@pytest.mark.parametrize("concern", [Concern.ADDRESS, Concern.BLOCKED])
async def test_what_waits_behind_it_goes_the_same_way_in_its_order(store: Store, lose: Lose, concern: Concern) -> None:
    def story(tx: Tx) -> tuple[list[int], list[str]]:
        text, _whatsapp = reached_by(tx, SMS, WHATSAPP)
        first, second = tell(tx, text, "first"), tell(tx, text, "second")
        went(tx, "sms")
        tell(tx, text, "third")
        lose(tx, first, concern)
        lose(tx, second, concern)  # it was claimed with the first
        stays = went(tx, "sms")
        return stays, [one.message.text for one in claimed(tx, sender="whatsapp")]

    stays, elsewhere = await store.write(story)
    assert stays == []
    assert sorted(elsewhere) == ["first", "second", "third"]
    assert elsewhere[0] == "first"


async def test_the_phone_is_off_and_the_message_goes_where_it_can(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, str]:
        text, whatsapp = reached_by(tx, SMS, WHATSAPP)
        row_id = tell(tx, text, "an answer")
        went(tx, "sms")
        told_later(tx, row_id, Concern.TEMPORARY)
        return len(went(tx, "whatsapp")), newest(tx, whatsapp).text

    assert await store.write(story) == (1, "an answer")


async def test_a_chain_tries_each_address_once_and_ends(store: Store) -> None:
    """Each may be open again the next moment, and it never goes back."""

    def with_three(tx: Tx) -> list[str]:
        text, *_others = reached_by(tx, SMS, WHATSAPP, TELEGRAM)
        tried: list[str] = []
        tell(tx, text, "an answer")
        for _ in range(6):
            for sender in ("sms", "whatsapp", "telegram"):
                for row_id in went(tx, sender):
                    tried.append(sender)
                    told_later(tx, row_id, Concern.TEMPORARY)
        return tried

    assert await store.write(with_three) == ["sms", "whatsapp", "telegram"]


def stopped(tx: Tx, phone: Somebody) -> None:
    phone.says(tx, "STOP")
    send_all(tx, phone.channel)


def withdrawn(tx: Tx, phone: Somebody) -> None:
    entry = {"given": False, "words": "No texts.", "language": "en", "at": MORNING}
    consents.record(tx, Purpose.MESSAGES, address_id=phone.here(tx).id, **entry)


def on_the_address(**values: object) -> Callable[[Tx, Somebody], None]:
    return lambda tx, phone: addresses.change(tx, phone.here(tx).id, values)


SHUT = [
    pytest.param(stopped, id="they sent STOP there"),
    pytest.param(withdrawn, id="they withdrew it there"),
    pytest.param(on_the_address(state="dead"), id="nobody is reached there"),
    pytest.param(on_the_address(held="danger"), id="somebody may be in danger there"),
    pytest.param(on_the_address(unsafe_until=MORNING + WEEK), id="a text could do harm there"),
    pytest.param(on_the_address(spam="It sells loans."), id="it is spam"),
    pytest.param(on_the_address(window_until=MORNING), id="they wrote more than a day ago there"),
]


@pytest.mark.parametrize("shut", SHUT)
async def test_without_their_agreement_it_goes_nowhere_else(store: Store, shut: Callable[[Tx, Somebody], None]) -> None:
    def story(tx: Tx) -> list[int]:
        text, whatsapp = reached_by(tx, SMS, WHATSAPP)
        shut(tx, whatsapp)
        row_id = tell(tx, text, "an answer")
        went(tx, "sms")
        refused_at_once(tx, row_id, Concern.ADDRESS)
        return [row.id for row in instead_of(tx, row_id)]

    assert await store.write(story) == []


async def test_an_address_that_somebody_typed_in_is_no_agreement(store: Store) -> None:
    """It is on our list, and nobody has agreed to anything there."""

    def story(tx: Tx) -> list[int]:
        asha, other = joined(tx), Somebody(channel=TELEGRAM, address="70099")
        other.says(tx, "thanks")
        person = reach.people_at(tx, asha.here(tx).id)[0]
        reach.join(tx, address_id=other.here(tx).id, person_id=person.id, since=MORNING)
        row_id = tell(tx, asha, "an answer")
        went(tx, "sms")
        refused_at_once(tx, row_id, Concern.ADDRESS)
        return [row.id for row in instead_of(tx, row_id)]

    assert await store.write(story) == []


async def test_of_several_it_goes_where_they_last_wrote_from(store: Store) -> None:
    """An address from which they never wrote comes last, on both databases."""

    def story(tx: Tx) -> str:
        text, whatsapp, telegram = reached_by(tx, SMS, WHATSAPP, TELEGRAM)
        addresses.change(tx, whatsapp.here(tx).id, {"last_in_at": None})
        row_id = tell(tx, text, "an answer")
        went(tx, "sms")
        refused_at_once(tx, row_id, Concern.ADDRESS)
        (row,) = instead_of(tx, row_id)
        assert row.address_id == telegram.here(tx).id
        return str(row.sender)

    assert await store.write(story) == "telegram"


def asked(tx: Tx) -> tuple[Somebody, Somebody, Record]:
    """A week after they joined they are asked about them, by SMS; their other address is on Telegram."""
    text, telegram = reached_by(tx, SMS, TELEGRAM, now=MORNING - WEEK)
    upkeep.run(tx, MORNING, ASHDALE)
    question = newest(tx, text)
    assert question.wording == "looks_after.ask.text"
    assert went(tx, "sms", "telegram") == [question.id]
    return text, telegram, question


@by_both
async def test_a_question_takes_its_conversation_along_and_the_answer_finds_it(store: Store, lose: Lose) -> None:
    def story(tx: Tx) -> tuple[Disposition | None, str | None, bool]:
        text, telegram, question = asked(tx)
        lose(tx, question.id, Concern.ADDRESS)
        assert len(went(tx, "telegram")) == 1
        taken = telegram.says(tx, "yes, my mum")
        person = reach.people_at(tx, telegram.here(tx).id)[0]
        return taken.disposition, person.looks_after, conversations.open_at(tx, text.here(tx).id) is None

    assert await store.write(story) == (Disposition.FLOW, "yes", True)


async def test_a_question_does_not_go_where_another_one_is_open(store: Store) -> None:
    def story(tx: Tx) -> list[Record]:
        _text, telegram, question = asked(tx)
        telegram.says(tx, "MENU")
        refused_at_once(tx, question.id, Concern.ADDRESS)
        return instead_of(tx, question.id)

    assert await store.write(story) == []


async def test_it_arrived_after_all_and_the_answer_is_heard_where_it_did(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], Disposition | None, str | None]:
        text, _telegram, question = asked(tx)
        told_later(tx, question.id, Concern.TEMPORARY)
        receipt(tx, question.id, Status.DELIVERED)
        taken = text.says(tx, "yes, my mum")
        person = reach.people_at(tx, text.here(tx).id)[0]
        return went(tx, "telegram"), taken.disposition, person.looks_after

    assert await store.write(story) == ([], Disposition.FLOW, "yes")


async def test_what_waits_for_a_dead_address_goes_another_way_too(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str]]:
        text, _whatsapp = reached_by(tx, SMS, WHATSAPP)
        first = tell(tx, text, "one")
        went(tx, "sms")
        tell(tx, text, "two")
        refused_at_once(tx, first, Concern.ADDRESS)
        left = [one.message.text for one in claimed(tx, sender="sms")]
        return left, [one.message.text for one in claimed(tx, sender="whatsapp")]

    assert await store.write(story) == ([], ["one", "two"])


CRY = "I am not safe at home"


def alarmed(tx: Tx) -> bool:
    return alarms.NOT_HEARD in [task.words for task in looking.open_tasks(tx)]


@by_both
async def test_what_is_about_danger_never_goes_elsewhere_and_a_person_is_told(store: Store, lose: Lose) -> None:
    def story(tx: Tx) -> tuple[list[Record], bool]:
        text, _whatsapp = reached_by(tx, SMS, WHATSAPP)
        text.says(tx, CRY)
        answer = newest(tx, text)
        assert answer.wording.startswith(ABOUT_DANGER)
        went(tx, "sms")
        lose(tx, answer.id, Concern.ADDRESS)
        return instead_of(tx, answer.id), alarmed(tx)

    assert await store.write(story) == ([], True)


async def test_nor_what_waits_behind_what_was_blocked(store: Store) -> None:
    def story(tx: Tx) -> tuple[str, list[Record], bool]:
        text, _whatsapp = reached_by(tx, SMS, WHATSAPP)
        first = tell(tx, text, "an answer")
        went(tx, "sms")
        text.says(tx, CRY)
        answer = newest(tx, text)
        refused_at_once(tx, first, Concern.BLOCKED)
        return outbox.get(tx, answer.id).state, instead_of(tx, answer.id), alarmed(tx)

    assert await store.write(story) == ("failed", [], True)


async def test_nor_where_the_window_has_closed_before_it_is_sent(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[Record], list[Record], bool]:
        whatsapp, text = reached_by(tx, WHATSAPP, SMS)
        whatsapp.says(tx, CRY)
        addresses.change(tx, text.here(tx).id, {"held": None})  # even if a lead had let that one go
        answer = newest(tx, whatsapp)
        addresses.change(tx, whatsapp.here(tx).id, {"window_until": MORNING})
        assert claimed(tx, sender="whatsapp", own=NO_TEMPLATE) == []
        return instead_of(tx, answer.id), claimed(tx), alarmed(tx)

    assert await store.write(story) == ([], [], True)


async def test_the_last_word_after_stop_is_said_there_or_nowhere(store: Store) -> None:
    def story(tx: Tx) -> list[Record]:
        text, _whatsapp = reached_by(tx, SMS, WHATSAPP)
        text.says(tx, "STOP")
        last = newest(tx, text)
        assert went(tx, "sms") == [last.id]
        refused_at_once(tx, last.id, Concern.ADDRESS)
        return instead_of(tx, last.id)

    assert await store.write(story) == []


def phone_is_off(tx: Tx) -> tuple[Somebody, int]:
    asha = joined(tx)
    row_id = tell(tx, asha, "an answer")
    went(tx, "sms")
    told_later(tx, row_id, Concern.TEMPORARY)
    return asha, row_id


async def test_with_no_other_way_it_goes_once_more_after_an_hour(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str], list[str]]:
        phone_is_off(tx)
        early = claimed(tx, MORNING + HOUR - timedelta(seconds=1))
        (again,) = claimed(tx, MORNING + HOUR)
        told_later(tx, again.id, Concern.TEMPORARY)
        late = claimed(tx, MORNING + WEEK)
        return [one.message.text for one in early], [again.message.text], [one.message.text for one in late]

    assert await store.write(story) == ([], ["an answer"], [])


async def test_it_is_not_said_twice_where_it_was_delivered_after_all(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str]]:
        asha, row_id = phone_is_off(tx)
        receipt(tx, row_id, Status.DELIVERED)
        late = claimed(tx, MORNING + HOUR)
        return [one.message.text for one in late], asha.states(tx)[-2:]

    assert await store.write(story) == ([], ["delivered", "canceled"])


async def test_what_would_be_too_late_does_not_go_another_way(store: Store) -> None:
    def story(tx: Tx) -> list[Record]:
        text, _whatsapp = reached_by(tx, SMS, WHATSAPP)
        row_id = tell(tx, text, "today at two", expires=HOUR)
        went(tx, "sms")
        delivery.settle(tx, {row_id: refused(Concern.ADDRESS)}, MORNING + HOUR, ASHDALE)
        return instead_of(tx, row_id)

    assert await store.write(story) == []


async def test_who_has_left_gets_nothing_another_way(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        text, whatsapp = reached_by(tx, SMS, WHATSAPP)
        row_id = tell(tx, text, "an invitation", Priority.INVITATION)
        went(tx, "sms")
        people.change(tx, reach.people_at(tx, whatsapp.here(tx).id)[0].id, {"state": "left"})
        refused_at_once(tx, row_id, Concern.ADDRESS)
        return went(tx, "sms", "whatsapp")

    assert await store.write(story) == []
