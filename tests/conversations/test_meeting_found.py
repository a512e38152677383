"""Somebody says from nowhere that they come to a meeting, or not: we find which, or ask one kind question."""

from __future__ import annotations

import pytest

from bank import asked_by_call, rsvps
from flows.meetings import WHICH_MEETING
from storage import messages_in
from storage.invitations import Answer
from storage.schema import Record
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, invites_to, rsvp, stand
from tests.conversations.phones import Phone, TextPhone, WhatsAppPhone
from tests.conversations.telling import step

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
NOTED = "Thank you for telling us. We have noted that you can't come. If that changes, just text us."
KNOWN = "Thank you. We know that you come: Carers' space, Thursday 3 December, 2pm."
WILL_BE_LATE = "Thank you for telling us. We have noted that you will be late: Carers' space, Thursday 3 December."
WHICH = sayings.numbered(
    step(WHICH_MEETING, "ask"), ["Food workshop, Tuesday 1 December", "Carers' space, Thursday 3 December"]
)


async def comes(bank: Bank, phone: Phone, *meetings: Record, said: str = "yes") -> None:
    """They have joined, and answered so to each of these."""
    await phone.joins()
    for meeting in meetings:
        await answers(bank, phone, meeting, said)
    phone.ignores_the_rest()


async def answers(bank: Bank, phone: Phone, meeting: Record, said: str) -> None:
    person = await bank.member(phone)
    now, organisation = bank.now(), bank.organisation
    await bank.does(lambda tx: rsvps.answer(tx, meeting, person, Answer(said), now, organisation))


async def is_reminded(bank: Bank, phone: Phone, on: str, day: int, month: int) -> None:
    """The reminder of it has come on that day, and nothing else is open."""
    await bank.until(day, month, 9, 30)
    if any("SKIP" in bubble.screen for bubble in phone.unread):
        await phone.says("SKIP")
    phone.ignores_the_rest()
    await bank.until(day, month, 10, 1)
    assert on in phone.unread[-1].screen
    phone.ignores_the_rest()


@ON_BOTH
@pytest.mark.parametrize(
    "said",
    ["can't make Thursday", "not coming on the 3rd", "sorry, I cant come to the carers space", "CANCEL", "not coming"],
)
async def test_a_no_from_nowhere_finds_the_only_meeting(phone: Phone, bank: Bank, said: str) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await phone.says(said)
    phone.reads(NOTED)
    assert await stand(bank, meeting, phone) == ["not_coming"]


@pytest.mark.parametrize("said", ["CANCEL", "cancel", "Cancel please"])
async def test_cancel_with_a_place_frees_the_place_and_nothing_else(sms: TextPhone, bank: Bank, said: str) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, sms, meeting)
    before = await bank.consents(sms)
    await sms.says(said)
    sms.reads(NOTED)
    assert await bank.consents(sms) == before
    assert not await bank.is_stopped(sms)
    assert await stand(bank, meeting, sms) == ["not_coming"]


@pytest.mark.parametrize("said", ["STOP", "END", "please stop texting me"])
async def test_a_stop_is_a_stop_whatever_they_come_to(sms: TextPhone, bank: Bank, said: str) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, sms, meeting)
    await sms.says(said)
    sms.ignores_the_rest()
    assert await bank.is_stopped(sms)


OFF_THE_LIST = [
    "take me off the list for Thursday",
    "Please take my name off the list for the carers space",
    "can you take me off the list for the 3rd please",
    "remove me from Thursday's list, I am ill",
]


@pytest.mark.parametrize("said", OFF_THE_LIST)
@pytest.mark.parametrize("answer", ["yes", "maybe"])
async def test_promise_12_off_the_list_of_a_meeting_is_a_no_and_no_stop(
    sms: TextPhone, bank: Bank, said: str, answer: str
) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, sms, meeting, said=answer)
    before = await bank.consents(sms)
    await sms.says(said)
    sms.reads(NOTED)
    assert await bank.consents(sms) == before
    assert not await bank.is_stopped(sms)
    assert await stand(bank, meeting, sms) == ["not_coming"]


@pytest.mark.parametrize(
    "said",
    [
        "take me off the list",
        "take me off your list please",
        "take me off the list for Friday",
        "take me off the list for Thursday and stop texting me",
        "take me off the list for Thursday. Stop texting me",
        "take me off the list for texts on Thursday",
    ],
)
async def test_promise_12_off_any_other_list_is_a_stop(sms: TextPhone, bank: Bank, said: str) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, sms, meeting)
    await sms.says(said)
    sms.ignores_the_rest()
    assert await bank.is_stopped(sms)


@pytest.mark.parametrize("said", OFF_THE_LIST[:2])
async def test_off_a_list_for_somebody_who_is_asked_to_nothing_is_a_stop(sms: TextPhone, bank: Bank, said: str) -> None:
    await a_meeting(bank)
    await sms.joins()
    await sms.says(said)
    sms.ignores_the_rest()
    assert await bank.is_stopped(sms)


async def test_off_the_list_while_something_else_is_asked(sms: TextPhone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, sms, meeting)
    await bank.puts_question(sms, "looks_after")
    await sms.says("take me off the list for Thursday")
    sms.reads(NOTED, sayings.LOOKS_AFTER)
    assert not await bank.is_stopped(sms)
    assert await stand(bank, meeting, sms) == ["not_coming"]


@pytest.mark.parametrize("open_too", [False, True])
@pytest.mark.parametrize(
    "said",
    [
        "can someone else have my place",
        "give my place to someone else",
        "Please give my place to somebody else",
        "let someone else have my spot",
        "someone else can have my place",
    ],
)
async def test_promise_12_giving_the_place_away_does_not_ask_about_stopping(
    sms: TextPhone, bank: Bank, said: str, open_too: bool
) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, sms, meeting)
    if open_too:
        await bank.puts_question(sms, "looks_after")
    await sms.says(said)
    sms.reads(NOTED, *([sayings.LOOKS_AFTER] if open_too else []))
    assert await stand(bank, meeting, sms) == ["not_coming"]


@pytest.mark.parametrize("said", ["don't give my place to someone else", "will you give my place to someone else?"])
async def test_who_fears_for_their_place_keeps_it(sms: TextPhone, bank: Bank, said: str) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, sms, meeting)
    await sms.says(said)
    sms.ignores_the_rest()
    assert await stand(bank, meeting, sms) == ["coming"]


@pytest.mark.parametrize(
    "said", ["I can't make it any earlier", "I cant come any sooner", "can't get there any earlier"]
)
async def test_not_any_earlier_is_no_no(phone: Phone, bank: Bank, said: str) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await phone.says(said)
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_not_any_earlier_is_no_answer_to_an_invitation(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await phone.joins()
    await bank.later(days=1)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    await phone.says("I can't make it any earlier")
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == [None]


async def test_cancel_without_a_place_is_what_it_was(sms: TextPhone, bank: Bank) -> None:
    await a_meeting(bank)
    await sms.joins()
    await sms.says("CANCEL")
    sms.reads(sayings.STOPPED)


@ON_BOTH
async def test_where_two_fit_we_ask_which_and_keep_the_answer(phone: Phone, bank: Bank) -> None:
    space = await a_meeting(bank)
    food = await a_meeting(bank, "Food workshop", on_day="2026-12-01")
    await comes(bank, phone, space, food)
    await phone.says("CANCEL")
    phone.reads(WHICH)
    assert await stand(bank, space, phone) == ["coming"]
    await phone.says("the food one")
    phone.reads(NOTED)
    assert (await stand(bank, space, phone), await stand(bank, food, phone)) == (["coming"], ["not_coming"])


@pytest.mark.parametrize("said", ["can't make Thursday", "cant come to the carers space", "not coming on the 3rd"])
async def test_where_two_fit_the_day_or_the_name_tells_which(phone: Phone, bank: Bank, said: str) -> None:
    space = await a_meeting(bank)
    food = await a_meeting(bank, "Food workshop", on_day="2026-12-01")
    await comes(bank, phone, space, food)
    await phone.says(said)
    phone.reads(NOTED)
    assert (await stand(bank, space, phone), await stand(bank, food, phone)) == (["not_coming"], ["coming"])


async def test_the_one_we_reminded_them_of_last_is_meant(phone: Phone, bank: Bank) -> None:
    space = await a_meeting(bank)
    food = await a_meeting(bank, "Food workshop", on_day="2026-12-01")
    await comes(bank, phone, space, food)
    await is_reminded(bank, phone, "Tuesday 1 December", 30, 11)
    await phone.says("sorry can't come")
    phone.reads(NOTED)
    assert (await stand(bank, space, phone), await stand(bank, food, phone)) == (["coming"], ["not_coming"])


async def test_a_bare_no_to_a_reminder_is_understood(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await is_reminded(bank, phone, "Thursday 3 December", 2, 12)
    await phone.says("sorry no")
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["not_coming"]


async def test_a_bare_yes_to_a_reminder_asks_nothing_again(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank, guests=True)
    await comes(bank, phone, meeting)
    await is_reminded(bank, phone, "Thursday 3 December", 2, 12)
    await phone.says("yes")
    phone.reads(KNOWN)
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_a_message_that_quotes_the_reminder(bank: Bank) -> None:
    phone = bank.phone("whatsapp")
    assert isinstance(phone, WhatsAppPhone)
    space = await a_meeting(bank)
    food = await a_meeting(bank, "Food workshop", on_day="2026-12-01")
    await comes(bank, phone, space, food)
    await is_reminded(bank, phone, "Tuesday 1 December", 30, 11)
    (other,) = [row for row in await bank.said(phone) if "on Thursday 3 December" in (row.text or "")]
    await phone.says("can't come", OriginalRepliedMessageSid=other.provider_id)
    phone.reads(NOTED)
    assert (await stand(bank, space, phone), await stand(bank, food, phone)) == (["not_coming"], ["coming"])


async def test_a_no_to_a_reminder_is_not_meant_for_an_older_question(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await bank.until(1, 12, 12)
    await bank.puts_question(phone, "looks_after")
    await bank.until(2, 12, 10, 1)
    phone.ignores_the_rest()
    await phone.says("sorry, no")
    phone.reads(NOTED, sayings.LOOKS_AFTER)
    assert await stand(bank, meeting, phone) == ["not_coming"]


async def test_who_said_no_can_come_after_all(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting, said="no")
    await phone.says("I can come after all")
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_late_days_before_is_noted_with_their_yes(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await phone.says("I'll be a bit late on Thursday")
    phone.reads(WILL_BE_LATE)
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.late) == ("coming", True)


@pytest.mark.parametrize(
    "said",
    [
        "Thursday was lovely",
        "my son can't come on Thursday",
        "my hospital appointment is on Thursday",
        "can't make Friday",
        "the taxi is not coming",
        "I am not sure what to think of all this",
    ],
)
async def test_what_only_names_a_day_is_read_by_a_person(phone: Phone, bank: Bank, said: str) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await phone.says(said)
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]
    assert await bank.kinds_of_tasks() or await bank.questions()


async def test_an_open_question_is_answered_first(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await bank.puts_question(phone, "looks_after")
    await phone.says("no")
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_beside_an_open_question_the_day_tells_that_it_is_about_the_meeting(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await bank.puts_question(phone, "looks_after")
    await phone.says("can't make Thursday")
    phone.reads(NOTED, sayings.LOOKS_AFTER)
    assert await stand(bank, meeting, phone) == ["not_coming"]


async def test_free_words_that_we_asked_for_are_not_taken(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await bank.puts_question(phone, "needs")
    await phone.says("I can't make Thursday mornings")
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["coming"]


async def test_on_a_shared_phone_we_ask_who_cannot_come(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await phone.joins("Asha")
    for reply in ("JOIN", "yes", "somebody else", "yes", "Ben"):
        await phone.says(reply)
    asha, ben = await bank.members(phone)
    now, organisation = bank.now(), bank.organisation
    for one in (asha, ben):
        await bank.does(lambda tx, who=one: rsvps.answer(tx, meeting, who, Answer.YES, now, organisation))  # type: ignore[misc]  bound now, and not in the next round
    phone.ignores_the_rest()
    await phone.says("can't make Thursday")
    phone.reads(sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben"))
    await phone.says("Ben")
    phone.reads(NOTED)
    states = {one.name: await bank.asks(lambda tx, who=one: rsvps.stands(tx, meeting, who.id)) for one in (asha, ben)}  # type: ignore[misc]  bound now, and not in the next round
    assert {name: row.state for name, row in states.items() if row is not None} == {
        "Asha": "coming",
        "Ben": "not_coming",
    }


@pytest.mark.parametrize(
    ("said", "state"), [("I can come on Thursday", "coming"), ("can't make Thursday", "not_coming")]
)
async def test_who_was_asked_by_a_call_may_answer_by_text(phone: Phone, bank: Bank, said: str, state: str) -> None:
    meeting = await a_meeting(bank)
    await phone.joins()
    person = await bank.member(phone)
    now = bank.now()
    words = "Ask whether they can come."
    await bank.does(lambda tx: asked_by_call.about_meeting(tx, meeting, person, words, now, now))
    assert await bank.kinds_of_tasks() == ["call"]
    await phone.says(said)
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == [state]
    assert await bank.open_tasks() == []


async def test_in_polish(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await phone.says("po polsku")
    phone.ignores_the_rest()
    await phone.says("nie mogę w czwartek")
    phone.ignores_the_rest()
    assert await stand(bank, meeting, phone) == ["not_coming"]


@pytest.mark.parametrize("said", ["wypiszcie mnie z listy na czwartek", "oddajcie moje miejsce komuś innemu"])
async def test_promise_12_in_polish(sms: TextPhone, bank: Bank, said: str) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, sms, meeting)
    await sms.says("po polsku")
    sms.ignores_the_rest()
    await sms.says(said)
    sms.ignores_the_rest()
    assert not await bank.is_stopped(sms)
    assert await stand(bank, meeting, sms) == ["not_coming"]


async def test_every_message_met_one_disposition(phone: Phone, bank: Bank) -> None:
    meeting = await a_meeting(bank)
    await comes(bank, phone, meeting)
    await phone.says("can't make Thursday")
    phone.ignores_the_rest()
    tally = await bank.asks(messages_in.tally)
    assert None not in tally
