"""A yes or a no that names a meeting is for that one, whichever question is open; that is asked again afterwards."""

from __future__ import annotations

import pytest

from bank import meeting_news, rsvps, wall_time
from storage import meetings
from storage import rsvps as kept
from storage.invitations import Answer
from storage.schema import Record
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to, noted, said, stand
from tests.conversations.looking_back import HOW
from tests.conversations.phones import Phone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
FOOD = {"meeting": "Food workshop", "day": "Tuesday 8 December", "time": "10am"}


async def asked_again(phone: Phone, bank: Bank, title: str = "Food workshop", **more: str) -> tuple[Record, Record]:
    """They were not sure about the carers' space, and are asked again; in the same minute they are asked to another."""
    await phone.joins()
    space = await a_meeting(bank)
    await invites_to(bank, space)
    for reply in ("not sure", "1", "SKIP"):
        await phone.says(reply)
    other = await a_meeting(bank, title, **{"on_day": "2026-12-08", "at_time": "10:00", **more})
    await bank.until(1, 12, 10, 30)
    await invites_to(bank, other)
    assert any("you were not sure about this" in bubble.screen for bubble in phone.unread)
    phone.ignores_the_rest()
    return space, other


@ON_BOTH
@pytest.mark.parametrize(
    "words",
    [
        "yes, Food workshop",
        "yes to the food workshop",
        "Food workshop yes",
        "Food workshop: yes please!",
        "yes I can come to the food workshop",
        "yes to the food one",
        "yes Tuesday",
        "yes to the 8th",
        "yes to the 10am",
    ],
)
async def test_a_yes_that_names_the_other_is_for_the_other(phone: Phone, bank: Bank, words: str) -> None:
    space, food = await asked_again(phone, bank)
    await phone.says(words)
    assert [bubble.screen for bubble in phone.unread][:1] == [noted(**FOOD)]
    assert "you were not sure about this" in phone.unread[-1].screen
    phone.ignores_the_rest()
    assert (await stand(bank, food, phone), await stand(bank, space, phone)) == (["coming"], ["maybe"])
    await phone.says("yes")
    assert phone.unread[0].screen == noted()  # and nothing is arranged for them
    phone.ignores_the_rest()
    assert await stand(bank, space, phone) == ["coming"]


@pytest.mark.parametrize("words", ["yes, carers space", "Carers' space yes", "yes to Thursday"])
async def test_the_open_one_may_be_named_too(phone: Phone, bank: Bank, words: str) -> None:
    """Though another was asked to since."""
    space, food = await asked_again(phone, bank)
    await bank.until(1, 12, 11)
    await invites_to(bank, food)
    phone.ignores_the_rest()
    await phone.says(words)
    phone.ignores_the_rest()
    assert (await stand(bank, space, phone), await stand(bank, food, phone)) == (["coming"], [None])


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("no to the food workshop", "not_coming"),
        ("I can't come to the food workshop", "not_coming"),
        ("not sure about the food workshop", "maybe"),
        ("can't make Tuesday", "not_coming"),
        ("no thanks to the food workshop, it is too early", "not_coming"),
    ],
)
async def test_so_is_a_no_and_a_not_sure(phone: Phone, bank: Bank, words: str, answer: str) -> None:
    space, food = await asked_again(phone, bank)
    await phone.says(words)
    phone.ignores_the_rest()
    assert (await stand(bank, food, phone), await stand(bank, space, phone)) == ([answer], ["maybe"])


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Food workshop", "yes"),
        ("Food workshop", "yes, I only eat halal food"),
        ("Sure start", "yes sure"),
        ("Coming together", "yes I'm coming"),
        ("Coffee morning", "good morning, yes"),
        ("Thanks for caring", "yes thanks"),
        ("Wheelchair group", "yes, wheelchair"),
        ("Online forum", "yes please"),
        ("Friends and family", "yes with friends"),
        ("Time to talk", "yes, I will be there in time"),
        ("Transport panel", "yes but I need transport"),
        ("Young people", "yes I can come"),
    ],
)
async def test_an_ordinary_word_of_an_answer_names_nothing(phone: Phone, bank: Bank, title: str, words: str) -> None:
    space, other = await asked_again(phone, bank, title)
    await phone.says(words)
    phone.ignores_the_rest()
    assert (await stand(bank, space, phone), await stand(bank, other, phone)) == (["coming"], [None])


@pytest.mark.parametrize("words", ["maybe, I will know on Tuesday", "I'm not sure until Tuesday"])
async def test_a_day_by_which_they_know_names_no_meeting(phone: Phone, bank: Bank, words: str) -> None:
    space, food = await asked_again(phone, bank)
    await phone.says(words)
    phone.ignores_the_rest()
    assert (await stand(bank, space, phone), await stand(bank, food, phone)) == (["maybe"], [None])


async def has_an_offer(phone: Phone, bank: Bank) -> tuple[Record, Record]:
    """A place in the carers' space is offered to them. They come to a coffee morning."""
    await phone.joins()
    space = await a_meeting(bank, capacity=1)
    coffee = await a_meeting(bank, "Coffee morning", on_day="2026-12-04", at_time="10:00")
    other = bank.phone("sms")
    await other.joins()
    for one, meeting in ((other, space), (phone, space), (phone, coffee)):
        await answers(bank, one, meeting, Answer.YES)
    await bank.until(25, 11, 10)
    phone.ignores_the_rest()
    await answers(bank, other, space, Answer.NO)
    await bank.until(25, 11, 11)
    assert "a place is free" in phone.unread[-1].screen
    phone.ignores_the_rest()
    return space, coffee


async def answers(bank: Bank, phone: Phone, meeting: Record, answer: Answer) -> None:
    person = await bank.member(phone)
    now, organisation = bank.now(), bank.organisation
    await bank.does(lambda tx: rsvps.answer(tx, meeting, person, answer, now, organisation))


@pytest.mark.parametrize(
    "words", ["no, Coffee morning", "not the coffee morning", "I can't come to the coffee morning"]
)
async def test_a_no_to_another_does_not_lose_the_place_that_is_offered(phone: Phone, bank: Bank, words: str) -> None:
    space, coffee = await has_an_offer(phone, bank)
    await phone.says(words)
    assert "a place is free" in phone.unread[-1].screen
    phone.ignores_the_rest()
    assert (await stand(bank, coffee, phone), await stand(bank, space, phone)) == (["not_coming"], ["waiting"])
    await phone.says("yes")
    phone.ignores_the_rest()
    assert await stand(bank, space, phone) == ["coming"]


async def test_a_change_of_mind_is_for_the_one_that_is_named(phone: Phone, bank: Bank) -> None:
    """Nothing is open: they answered the carers' space last, and the coffee morning before."""
    await phone.joins()
    coffee = await a_meeting(bank, "Coffee morning", on_day="2026-12-08", at_time="10:00")
    space = await a_meeting(bank)
    for meeting in (coffee, space):
        await invites_to(bank, meeting)
        await phone.says("yes" if meeting is coffee else "yes, carers space")
    phone.ignores_the_rest()
    await phone.says("SKIP")
    phone.ignores_the_rest()
    await phone.says("no, Coffee morning")
    assert phone.unread[0].screen == said("no")
    phone.ignores_the_rest()
    assert (await stand(bank, coffee, phone), await stand(bank, space, phone)) == (["not_coming"], ["coming"])


async def test_how_a_meeting_was_is_not_answered_by_a_no(phone: Phone, bank: Bank) -> None:
    """It is for the invitation that waits. Then how it was is asked again."""
    await phone.joins()
    space = await a_meeting(bank)
    await answers(bank, phone, space, Answer.YES)
    food = await a_meeting(bank, "Food workshop", on_day="2026-12-18", at_time="10:00")
    coffee = await a_meeting(bank, "Coffee morning", on_day="2026-12-17", at_time="10:00")
    await answers(bank, phone, coffee, Answer.YES)
    await invites_to(bank, food)
    person = await bank.member(phone)
    await bank.until(3, 12, 17)
    if any("SKIP" in bubble.screen for bubble in phone.unread):
        await phone.says("SKIP")
    await bank.does(lambda tx: kept.change(tx, kept.of(tx, space.id, person.id).id, {"came": True}))  # type: ignore[union-attr]  they have one
    await bank.until(4, 12, 10, 1)
    assert "thank you for coming" in phone.unread[-1].screen
    phone.ignores_the_rest()
    await phone.says("Nope")
    phone.reads(said("no"), HOW)
    assert (await stand(bank, food, phone), await stand(bank, coffee, phone)) == (["not_coming"], ["coming"])


async def test_an_answer_after_a_move_answers_what_they_were_asked_again(phone: Phone, bank: Bank) -> None:
    """Asked again as they were not sure, then asked anew as it moved: one answer is for both."""
    await phone.joins()
    space = await a_meeting(bank)
    await invites_to(bank, space)
    for reply in ("not sure", "1", "SKIP"):
        await phone.says(reply)
    await bank.until(1, 12, 10, 30)
    now, organisation = bank.now(), bank.organisation
    when = wall_time.moments("2026-12-08", "14:00", "Europe/London", 120)
    moved = await bank.does(lambda tx: meetings.change(tx, space.id, {"on_day": "2026-12-08", **when}))
    await bank.does(lambda tx: meeting_news.changed(tx, space, moved, large=True, now=now, organisation=organisation))
    await bank.until(1, 12, 11)
    phone.ignores_the_rest()
    await phone.says("yes")
    assert not any("not sure" in bubble.screen for bubble in phone.unread)
    phone.ignores_the_rest()
    await phone.says("I can't come to Tuesday any more")
    assert phone.unread[0].screen == said("no")
    phone.ignores_the_rest()
    assert await stand(bank, space, phone) == ["not_coming"]


async def test_in_polish(phone: Phone, bank: Bank) -> None:
    space, food = await asked_again(phone, bank, words={"title": {"en": "Food workshop", "pl": "Wspólne gotowanie"}})  # type: ignore[arg-type]  words in two languages
    await phone.says("polski")
    phone.ignores_the_rest()
    await phone.says("tak, wspólne gotowanie")
    phone.ignores_the_rest()
    assert (await stand(bank, food, phone), await stand(bank, space, phone)) == (["coming"], ["maybe"])
