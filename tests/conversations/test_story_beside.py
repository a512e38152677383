"""A story is open for days: what people text in between for something else goes there, and what they tell stays."""

from __future__ import annotations

import pytest

from storage.concerns import concerns
from storage.schema import Record
from tests.conversations import gathering, sayings
from tests.conversations.banks import Bank
from tests.conversations.colleagues import Somebody
from tests.conversations.gathering import a_meeting, invites_to, noted
from tests.conversations.phones import TextPhone
from tests.conversations.stories_told import FIRST, SECOND, agreed, parts, said, state, tells

SORRY = "Sorry to hear that. Shall we pass this on to a person here?\n1 Yes\n2 No"
LONG = (
    "They kept ringing me about the money. I told the man to stop. He would not, and so my sister had to go there "
    "herself and speak to the manager about it"
)


async def is_asked(bank: Bank, sms: TextPhone, meeting: Record) -> None:
    """The invitation reaches them, a day after we last asked them anything."""
    await bank.later(days=1, hours=1)
    sms.ignores_the_rest()
    await invites_to(bank, meeting)
    (bubble,) = sms.unread
    assert bubble.screen.startswith(gathering.INVITATION)
    sms.ignores_the_rest()


async def test_stop_is_stop(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says("STOP")
    sms.reads(sayings.STOPPED)
    assert await bank.is_stopped(sms)
    assert await parts(bank, sms) == [FIRST]


async def test_stop_inside_what_they_tell_stops_nothing(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says(LONG)
    sms.reads_nothing()
    assert await parts(bank, sms) == [FIRST, LONG]
    assert not await bank.is_stopped(sms)


async def test_a_plea_in_the_middle_of_what_they_tell_is_asked_back(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    told = (
        "Every week a letter came and every week I cried over it. Stop texting me I said. "
        "They laughed at that too, all of them."
    )
    await sms.says(told)
    sms.reads("Do you want us to stop texting you?\n1 Yes, stop\n2 No")
    assert await parts(bank, sms) == [FIRST, told]
    await sms.says("no")
    sms.reads("That is fine. We will go on as before.", said("kept"))


async def test_a_stop_under_a_long_part_is_a_stop(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says(f"{LONG}.\nSTOP")
    sms.reads(sayings.STOPPED)
    assert await bank.is_stopped(sms)


@pytest.mark.parametrize("word", ["MEETINGS", "CALL", "MENU", "HELP", "PROJECTS", "MY DETAILS"])
async def test_our_words_work_and_are_no_part_of_it(sms: TextPhone, bank: Bank, word: str) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says(word)
    assert sms.unread
    sms.ignores_the_rest()
    assert await parts(bank, sms) == [FIRST]


async def test_after_a_call_is_asked_for_the_story_goes_on(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says("CALL")
    await sms.says("mornings")
    sms.ignores_the_rest()
    await sms.says(SECOND)
    sms.ignores_the_rest()
    assert await parts(bank, sms) == [FIRST, SECOND]


@pytest.mark.parametrize("answer", ["yes", "1", "Yes I'd love to come", "I can come on Thursday"])
async def test_an_answer_to_a_later_invitation_goes_there(sms: TextPhone, bank: Bank, answer: str) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    meeting = await a_meeting(bank)
    await is_asked(bank, sms, meeting)
    await sms.says(answer)
    sms.reads(noted(), said("kept"))
    assert await gathering.stand(bank, meeting, sms) == ["coming"]
    assert await parts(bank, sms) == [FIRST]


async def test_a_part_told_after_an_invitation_is_a_part(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    meeting = await a_meeting(bank)
    await is_asked(bank, sms, meeting)
    await sms.says(SECOND)
    assert await parts(bank, sms) == [FIRST, SECOND]
    assert await gathering.stand(bank, meeting, sms) == [None]
    sms.reads(said("kept"))


async def test_a_meeting_that_is_named_is_given_up(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    meeting = await a_meeting(bank)
    await invites_to(bank, meeting)
    await sms.says("yes")
    await tells(sms, FIRST)
    await bank.later(hours=1)
    await sms.says("Sorry, I can't come to the carers' space on Thursday")
    sms.ignores_the_rest()
    assert await gathering.stand(bank, meeting, sms) == ["not_coming"]
    assert await parts(bank, sms) == [FIRST]


async def test_a_question_is_kept_for_a_person_and_is_no_part(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says("How long can it be?")
    sms.reads("Thank you for asking. We will answer by Wednesday 25 November.")
    assert await bank.questions() == ["How long can it be?"]
    assert await parts(bank, sms) == [FIRST]


async def test_a_question_at_the_end_of_a_long_part_is_kept_as_both(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    told = f"{LONG}. Who can I ask about that?"
    await sms.says(told)
    sms.ignores_the_rest()
    assert (await parts(bank, sms), await bank.questions()) == ([FIRST, told], [told])


@pytest.mark.parametrize("little", ["thanks", "Thank you x", "👍", "ok"])
async def test_thanks_are_no_part(sms: TextPhone, bank: Bank, little: str) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says(little)
    sms.reads_nothing()
    assert await parts(bank, sms) == [FIRST]


async def test_danger_in_a_story_goes_the_way_of_danger(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says("Some nights I think about it and I want to kill myself")
    assert "Is it safe to text you back?" in sms.unread[-1].screen
    sms.ignores_the_rest()
    assert await bank.count(concerns) == 1


async def test_a_death_in_a_story_is_met_gently_and_a_person_reads_it(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says("My mum died in March.")
    sms.reads(said("sorry"))
    assert await bank.tasks() == [("bereavement", "My mum died in March.")]
    await bank.later(days=10)
    sms.reads_nothing()  # should it be the teller who died, nobody is reminded of a story
    assert await parts(bank, sms) == [FIRST, "My mum died in March."]


async def test_trouble_of_today_gets_its_offer_and_stays_in_the_story(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says("My carer is always late and I am fed up with it")
    sms.reads(SORRY)
    await sms.says("yes")
    assert "A person will read this by" in sms.unread[0].screen
    sms.ignores_the_rest()
    assert "care" in await bank.kinds_of_tasks()
    assert await parts(bank, sms) == [FIRST, "My carer is always late and I am fed up with it"]


async def test_a_yes_to_a_use_counts_only_where_it_was_asked_last(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms)
    await sms.says("DONE")
    meeting = await a_meeting(bank)
    await is_asked(bank, sms, meeting)
    await sms.says("yes")
    sms.ignores_the_rest()
    assert await gathering.stand(bank, meeting, sms) == ["coming"]
    assert await state(bank, sms) == "read_back"
    assert await agreed(bank, sms) == {}


async def test_a_part_in_a_voice_note_is_typed_in_and_agrees_to_nothing(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    priya = await Somebody.at(bank)
    await sms.sends_a_picture()
    await priya.types_in(sms, SECOND)
    sms.ignores_the_rest()
    assert await parts(bank, sms) == [FIRST, SECOND]
    for reply in ("DONE", "yes"):
        await sms.says(reply)
    await sms.sends_a_picture()
    sms.ignores_the_rest()
    await priya.types_in(sms, "with my name")
    sms.ignores_the_rest()
    assert await agreed(bank, sms) == {}


async def test_who_goes_back_answers_again(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms)
    for reply in ("DONE", "yes", "1"):
        await sms.says(reply)
    sms.ignores_the_rest()
    await sms.says("BACK")
    sms.reads(said("web"))
    await sms.says("no")
    sms.reads(said("training"))
    assert await agreed(bank, sms) == {}
