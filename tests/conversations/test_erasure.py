"""Erasure: after the days of grace no word of theirs is left, on a phone of their own or on one they shared."""

from __future__ import annotations

import pytest

from bank import erasure
from storage import people, tasks
from storage.media import media
from storage.people import PersonState
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.test_who_writes import both_join

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


async def close_all(bank: Bank) -> None:
    for task in await bank.open_tasks():
        await bank.does(lambda tx, one=task.id: tasks.close(tx, one, bank.now()))


@ON_BOTH
async def test_promise_29_who_shared_a_phone_is_erased_whole_and_the_other_stays(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    for reply in ("MY DETAILS", "Asha", "yes", "my son Darren needs a ramp", "MY DETAILS", "Ben", "yes", "LEAVE"):
        await phone.says(reply)
    await phone.says("Asha")
    await close_all(bank)
    await bank.later(days=20)
    phone.ignores_the_rest()
    assert await bank.remembers("Asha") == []
    assert await bank.remembers("Darren") == []
    assert (await bank.member(phone)).name == "Ben"
    assert {"people", "messages_out", "messages_in"} <= set(await bank.remembers("Ben"))
    assert (await bank.address(phone)).address == phone.address


@ON_BOTH
async def test_of_what_they_wrote_to_withdraw_the_word_remains(phone: Phone, bank: Bank) -> None:
    await phone.joins("Zebedee")
    await phone.says("START")
    await phone.says("take me off your list. Zebedee lives at Oak Road")
    await phone.says("delete my details")
    phone.ignores_the_rest()
    agreed = (await bank.ledger(phone))[0].words
    await bank.later(days=15)
    assert await bank.remembers("Zebedee") == []
    assert await bank.remembers("Oak Road") == []
    ledger = await bank.ledger(phone)
    assert [(entry.given, entry.words) for entry in ledger] == [
        (True, agreed),
        (True, agreed),
        (False, "STOP"),
        (False, "LEAVE"),
    ]
    assert agreed == sayings.AGREE


async def test_a_stranger_who_stopped_leaves_no_words(sms: TextPhone, bank: Bank) -> None:
    await sms.says("stop texting me, Darren is at Oak Road")
    sms.ignores_the_rest()
    await close_all(bank)
    await bank.later(days=31)
    assert await bank.remembers("Darren") == []


@ON_BOTH
async def test_where_a_picture_lies_is_erased_with_the_words(phone: Phone, bank: Bank) -> None:
    await phone.joins("Zebedee")
    await phone.sends_a_picture("my ramp")
    assert await bank.count(media) == 1
    await phone.says("LEAVE")
    phone.ignores_the_rest()
    await close_all(bank)
    await bank.later(days=13)
    assert await bank.count(media) == 1
    await bank.later(days=2)
    assert await bank.remembers("my ramp") == []
    assert await bank.count(media) == 0


@ON_BOTH
async def test_who_shares_a_phone_keeps_their_own_picture(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    await phone.says("LEAVE")
    await phone.says("Asha")
    await close_all(bank)
    await bank.later(days=20)
    await phone.sends_a_picture("my ramp")
    phone.ignores_the_rest()
    await bank.later(days=20)
    phone.ignores_the_rest()
    assert await bank.count(media) == 1


async def test_a_stranger_who_never_joins_leaves_no_picture(phone: Phone, bank: Bank) -> None:
    await phone.sends_a_picture()
    phone.ignores_the_rest()
    await close_all(bank)
    await bank.later(days=31)
    assert await bank.count(media) == 0


@ON_BOTH
async def test_where_somebody_may_be_in_danger_the_picture_stays(phone: Phone, bank: Bank) -> None:
    await phone.joins("Zebedee")
    await phone.sends_a_picture("my arm")
    await phone.says("he hits me")
    await phone.says("LEAVE")
    phone.ignores_the_rest()
    await close_all(bank)
    await bank.later(days=60)
    assert "messages_in" in await bank.remembers("my arm")
    assert await bank.count(media) == 1


async def test_what_a_person_has_still_to_do_keeps_it_a_week_more(sms: TextPhone, bank: Bank) -> None:
    await sms.joins("Zebedee")
    for reply in ("CALL", "after 6, Oak Road", "LEAVE"):
        await sms.says(reply)
    sms.ignores_the_rest()
    await bank.later(days=15)
    assert "tasks" in await bank.remembers("Oak Road")
    assert await bank.asks(lambda tx: people.count(tx, PersonState.ERASED)) == 0
    await close_all(bank)
    await bank.later(days=7)
    assert await bank.remembers("Oak Road") == []
    assert await bank.remembers("Zebedee") == []


async def test_what_waits_for_ben_does_not_keep_asha(sms: TextPhone, bank: Bank) -> None:
    await both_join(sms)
    for reply in ("LEAVE", "Asha", "CALL", "after 6 please"):
        await sms.says(reply)
    sms.ignores_the_rest()
    await bank.later(days=15)
    sms.ignores_the_rest()
    assert await bank.remembers("Asha") == []
    assert ("call", "after 6 please") in await bank.tasks()


async def test_join_within_the_days_of_grace_finds_what_they_had_told(phone: Phone, bank: Bank) -> None:
    await phone.joins("Asha")
    await bank.tells(phone, place="NG5 1AB")
    await phone.says("LEAVE")
    await bank.later(days=13)
    for reply in ("JOIN", "yes", "yes", "SKIP"):
        await phone.says(reply)
    phone.reads(sayings.left(), sayings.WELCOME, sayings.AGREE, sayings.NAME, sayings.NAMELESS)
    person = await bank.member(phone)
    assert (person.name, person.district) == ("Asha", "NG5")
    assert await bank.count(people.people) == 1
    assert (await bank.consents(phone))[-2:] == [("bank", True), ("messages", True)]
    await bank.later(days=2)
    assert (await bank.member(phone)).name == "Asha"


@pytest.mark.parametrize("word", ["MENU", "HELP", "MY DETAILS", "CALL", "PAUSE"])
async def test_after_leave_other_words_are_kept_and_nothing_is_shown(sms: TextPhone, bank: Bank, word: str) -> None:
    await sms.joins("Asha")
    await sms.says("LEAVE")
    await sms.says(word)
    sms.reads(sayings.left())
    assert await bank.kinds_of_tasks() == ["read"]
    for reply in ("JOIN", "yes", "yes", "SKIP"):
        await sms.says(reply)
    sms.reads(sayings.WELCOME, sayings.AGREE, sayings.NAME, sayings.NAMELESS)


async def test_what_could_not_be_read_is_kept_for_thirty_days(bank: Bank) -> None:
    await bank.does(
        lambda tx: erasure.dead_letters.keep(tx, source="sms", raw="who knows", problem="Poison", at=bank.now())
    )
    await bank.later(days=29)
    assert await bank.remembers("who knows") == ["dead_letters"]
    await bank.later(days=2)
    assert await bank.remembers("who knows") == []
