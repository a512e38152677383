"""Yes, but: the yes is kept, and all that stands beside it is carried on."""

from __future__ import annotations

import pytest

from storage import arrangements
from storage.meetings import Way
from storage.schema import Record
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting, coming, invites_to, noted, rsvp, said
from tests.conversations.phones import Phone

ARRANGED = "We will tell you when we have arranged what you need."


async def is_asked(phone: Phone, bank: Bank, **meeting: object) -> Record:
    await phone.joins()
    row = await a_meeting(bank, **meeting)
    await invites_to(bank, row)
    phone.ignores_the_rest()
    return row


async def arranged(bank: Bank, meeting: Record) -> list[str]:
    return [row.kind for row in await bank.asks(lambda tx: arrangements.in_meeting(tx, meeting.id))]


@pytest.mark.parametrize("words", ["yes but late", "running 10 mins late", "yes but I won't be there til half 2"])
async def test_they_come_late(phone: Phone, bank: Bank, words: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says(words)
    phone.reads(noted(), "You come late.")
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.late, row.early, row.note) == ("coming", True, False, words)


@pytest.mark.parametrize("words", ["can only stay an hour", "yes but I have to leave at 3", "yes, need to leave early"])
async def test_they_leave_early(phone: Phone, bank: Bank, words: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says(words)
    phone.reads(noted(), "You leave early.")
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.late, row.early, row.note) == ("coming", False, True, words)


@pytest.mark.parametrize("words", ["can I join online", "yes if it's on zoom", "yes but online pls"])
async def test_online_is_an_answer_where_one_may_join_so(phone: Phone, bank: Bank, words: str) -> None:
    meeting = await is_asked(phone, bank, way=Way.HYBRID)
    await phone.says(words)
    phone.reads(noted("link_later"))
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.way) == ("coming", Way.ONLINE)
    assert await bank.questions() == []


async def test_online_where_nobody_can_is_a_question_for_a_person(phone: Phone, bank: Bank) -> None:
    await is_asked(phone, bank)
    await phone.says("can I join online?")
    phone.reads(f"{sayings.WILL_ANSWER}\n{said('ask')}")
    assert await bank.questions() == ["can I join online?"]


async def test_who_would_join_online_keeps_their_yes_and_a_person_reads_it(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("yes, I will join online")
    phone.reads(noted())
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.note) == ("coming", "yes, I will join online")
    assert await bank.tasks() == [("read", "yes, I will join online")]


@pytest.mark.parametrize(
    ("words", "guests"), [("me and my mum", 1), ("2 of us", 1), ("+1", 1), ("yes bringing my two kids", 2)]
)
async def test_who_comes_along_is_counted(phone: Phone, bank: Bank, words: str, guests: int) -> None:
    meeting = await is_asked(phone, bank, guests=True)
    await phone.says(words)
    more = "One guest comes with you." if guests == 1 else f"{guests} guests come with you."
    phone.reads(noted(), more)
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.guests) == ("coming", guests)


async def test_just_me_is_not_asked_again(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, guests=True)
    await phone.says("yes, just me")
    phone.reads(noted())
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.guests == 0


@pytest.mark.parametrize("words", ["bringing my PA", "yes with my PA", "can I bring my carer?"])
async def test_an_assistant_is_arranged_for_and_takes_no_place_of_a_guest(phone: Phone, bank: Bank, words: str) -> None:
    meeting = await is_asked(phone, bank, guests=False)
    await phone.says(words)
    phone.reads(noted(), ARRANGED)
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.guests) == ("coming", 0)
    assert await arranged(bank, meeting) == ["assistant"]
    assert await bank.questions() == []


@pytest.mark.parametrize(
    ("words", "kind", "as_put"),
    [
        ("yes but wheelchair", "step_free", "wheelchair"),
        ("Yes. I need large print", "large_print", "I need large print"),
        ("yes but I need a taxi", "transport", "I need a taxi"),
    ],
)
async def test_what_they_need_is_to_be_arranged(phone: Phone, bank: Bank, words: str, kind: str, as_put: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says(words)
    phone.reads(noted(), ARRANGED)
    (row,) = await bank.asks(lambda tx: arrangements.in_meeting(tx, meeting.id))
    assert (row.kind, row.words) == (kind, as_put)


async def test_what_we_have_to_ask_back_loses_nothing_beside_it(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("count me in but I need a taxi")
    phone.reads(sayings.check("Yes"))
    await phone.says("yes")
    phone.reads(noted(), ARRANGED)
    assert await arranged(bank, meeting) == ["transport"]


async def test_a_question_beside_a_yes_goes_to_a_person_with_the_meeting(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("yes, can my neighbour use the photos from last time?")
    phone.reads(sayings.WILL_ANSWER, noted())
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.state == "coming"
    (asked,) = await bank.open_questions()
    assert asked.meeting_id == meeting.id


@pytest.mark.parametrize("words", ["ILL COME BUT WHO SITS WITH TED", "yes but who picks me up"])
async def test_a_question_inside_a_yes_without_a_mark_goes_to_a_person(phone: Phone, bank: Bank, words: str) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says(words)
    phone.reads(sayings.WILL_ANSWER, noted())
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.state == "coming"
    assert await bank.questions() == [words]


async def test_what_only_sounds_like_a_question_is_a_plain_yes(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank)
    await phone.says("yes but what a week")
    phone.reads(noted())
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert row.state == "coming"
    assert await bank.questions() == []


async def test_more_that_they_say_later_is_kept_with_their_yes(phone: Phone, bank: Bank) -> None:
    meeting = await is_asked(phone, bank, guests=True)
    await phone.says("yes, just me")
    phone.ignores_the_rest()
    await phone.says("yes, bringing my sister")
    phone.reads(noted(), "One guest comes with you.")
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.guests) == ("coming", 1)


async def test_what_we_have_down_is_repeated_back_only_where_there_is_something(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await bank.tells(phone, needs="large print please")
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(coming("still", to_check="large print"))
    await phone.says("yes")
    phone.reads(noted(), ARRANGED)
    await phone.says("no")
    await phone.says("I can come after all")
    phone.reads(said("no"), noted(), ARRANGED)
    assert await arranged(bank, meeting) == ["large_print"]


async def test_what_is_not_right_any_more_is_told_in_their_words(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await bank.tells(phone, needs="large print please")
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    phone.ignores_the_rest()
    await phone.says("yes")
    await phone.says("no")
    phone.reads(coming("still", to_check="large print"), coming("what"))
    await phone.says("I need a BSL interpreter too")
    phone.reads(noted(), ARRANGED)
    assert sorted(await arranged(bank, meeting)) == ["bsl", "large_print"]


@pytest.mark.parametrize(
    ("words", "guests"), [("just my PA", 0), ("me and my PA", 0), ("my two daughters and my PA", 2), ("my sister", 1)]
)
async def test_whoever_supports_them_takes_no_place_and_is_arranged_for(
    phone: Phone, bank: Bank, words: str, guests: int
) -> None:
    meeting = await is_asked(phone, bank, guests=True)
    await phone.says("yes")
    phone.reads(coming("how_many"))
    await phone.says(words)
    assert "We have noted that you come" in phone.unread[0].screen
    phone.ignores_the_rest()
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.guests) == ("coming", guests)
    assert await arranged(bank, meeting) == (["assistant"] if "PA" in words else [])


async def test_a_number_that_we_did_not_understand_is_asked_for_with_a_number(phone: Phone, bank: Bank) -> None:
    await is_asked(phone, bank, guests=True)
    await phone.says("yes")
    phone.ignores_the_rest()
    await phone.says("a few maybe")
    phone.reads("Please text a number, like 2.\nFor just you, text 0. How many people will you bring?")


@pytest.mark.parametrize("words", ["1 carer", "my carer", "just my carer"])
async def test_their_own_carer_is_no_guest_where_we_ask_how_many(phone: Phone, bank: Bank, words: str) -> None:
    meeting = await is_asked(phone, bank, guests=True)
    await phone.says("yes")
    phone.ignores_the_rest()
    await phone.says(words)
    phone.ignores_the_rest()
    row = await rsvp(bank, meeting, phone)
    assert row is not None
    assert (row.state, row.guests) == ("coming", 0)
    assert await arranged(bank, meeting) == ["assistant"]
