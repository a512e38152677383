"""STORY: somebody tells theirs over days, reads it back, and says for each use by itself whether it may be used."""

from __future__ import annotations

import pytest

from bank import stories
from storage import moving, people
from storage import stories as kept
from storage.people import PersonState
from storage.store import Tx
from storage.stories import StoryState
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone
from tests.conversations.stories_told import FIRST, SECOND, agreed, parts, said, state, story, tells, tells_all

BACK = f"1. {FIRST}\n2. {SECOND}"


async def test_a_story_is_told_read_back_and_agreed_to_use_by_use(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("STORY")
    sms.reads(said("about"), said("tell"))
    await sms.says(FIRST)
    sms.reads(said("kept"))
    await sms.says(SECOND)
    sms.reads_nothing()  # who tells it in many texts is not thanked for each
    await sms.says("That's all")
    sms.reads(BACK, said("right"))
    assert await state(bank, sms) is StoryState.READ_BACK
    await sms.says("yes")
    sms.reads(said("yours"), said("web"))
    await sms.says("1")
    sms.reads(said("training"))
    await sms.says("without my name")
    sms.reads(said("report"))
    await sms.says("no")
    sms.reads(said("thanks"))
    assert await state(bank, sms) is StoryState.TOLD
    assert await agreed(bank, sms) == {"web": "name", "training": "no_name"}


async def test_it_may_be_told_over_weeks_with_one_kind_nudge(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await bank.later(days=6)
    sms.reads_nothing()
    await bank.later(days=2)
    nudge = "Ashdale Council: you began to tell us your story, and we have kept it. STOP ends texts."
    (screen,) = [bubble.screen for bubble in sms.unread if nudge in bubble.screen]
    assert screen.endswith("Go on with your story here. When that is all, text DONE.")
    sms.ignores_the_rest()
    await sms.says(SECOND)
    sms.reads(said("kept"))
    assert await parts(bank, sms) == [FIRST, SECOND]


async def test_nothing_is_lost_when_it_lapses(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await bank.later(days=40)
    sms.ignores_the_rest()
    assert await parts(bank, sms) == [FIRST]
    await sms.says("tell my story")
    sms.reads(said("go_on"))
    await sms.says(SECOND)
    await sms.says("done")
    sms.reads(said("kept"), BACK, said("right"))


async def test_silence_agrees_to_nothing(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms)
    await sms.says("DONE")
    await sms.says("1")
    await bank.later(days=40)
    sms.ignores_the_rest()
    assert (await state(bank, sms), await agreed(bank, sms)) == (StoryState.TOLD, {})


@pytest.mark.parametrize("reply", ["yes", "ok", "sure", "go on then", "probably"])
async def test_a_yes_that_does_not_say_with_which_name_is_asked_back(sms: TextPhone, bank: Bank, reply: str) -> None:
    await sms.joins()
    await tells(sms)
    for answer in ("DONE", "yes", reply):
        await sms.says(answer)
    sms.ignores_the_rest()
    assert await agreed(bank, sms) == {}


async def test_a_use_that_is_skipped_is_not_agreed_to(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms, "SKIP", "2", "SKIP")
    assert await agreed(bank, sms) == {"training": "first_name"}


async def test_the_exact_words_that_were_shown_are_kept(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells_all(sms)
    row = await story(bank, sms)
    uses = await bank.asks(lambda tx: kept.uses(tx, [row.id]))
    assert [(one.use, one.named, one.words) for one in uses] == [
        ("web", "name", said("web")),
        ("training", "no_name", said("training")),
        ("report", "not", said("report")),
    ]
    assert all(one.message_id is not None for one in uses)


async def test_who_agrees_to_nothing_is_thanked_all_the_same(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms)
    for reply in ("DONE", "yes", "4", "no", "No"):
        await sms.says(reply)
    assert sms.unread.pop().screen == said("for_us")
    sms.ignores_the_rest()
    assert await agreed(bank, sms) == {}


async def test_a_part_is_told_as_it_should_be(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms)
    await sms.says("DONE")
    await sms.says("no")
    await sms.says("1")
    await sms.says("9")
    await sms.says("2")
    await sms.says("We waited three years.")
    sms.reads(
        BACK,
        said("right"),
        said("change"),
        said("which"),
        f"There is no part with that number.\n{said('which')}",
        said("new_words"),
        f"1. {FIRST}\n2. We waited three years.",
        said("right"),
    )
    assert await parts(bank, sms) == [FIRST, "We waited three years."]


async def test_it_is_told_anew(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms)
    for reply in ("DONE", "change it", "Tell it anew", "It was all quite different.", "that is all"):
        await sms.says(reply)
    assert [bubble.screen for bubble in sms.unread][-2:] == ["It was all quite different.", said("right")]
    sms.ignores_the_rest()


async def test_its_end_may_stand_under_the_last_part(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    await sms.says(f"{SECOND} That's all, thank you")
    sms.reads(BACK, said("right"))
    assert await parts(bank, sms) == [FIRST, SECOND]


async def test_who_has_told_nothing_is_asked_once_more(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("my story")
    await sms.says("DONE")
    nothing = "You have not told us anything yet.\nTell us your story here. When that is all, text DONE."
    sms.reads(said("about"), said("tell"), nothing)
    await sms.says("SKIP")
    sms.reads(said("later"))


async def test_a_story_that_is_told_in_the_very_first_text_is_kept(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    first = f"I'd like to tell you my story. {FIRST} We had to find out for ourselves."
    await sms.says(first)
    sms.reads(said("about"), said("tell"))
    assert await parts(bank, sms) == [first]


async def test_a_long_one_is_read_by_a_person(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, *("We went to the sea that summer, and it was a good time for us all. " * 5 for _ in range(6)))
    await sms.says("DONE")
    sms.reads(said("not_here"))
    await sms.says("1")
    sms.reads(said("ring"))
    assert await bank.kinds_of_tasks() == ["call"]
    assert await agreed(bank, sms) == {}


async def test_or_in_a_letter(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, *("We went to the sea that summer, and it was a good time for us all. " * 5 for _ in range(6)))
    await sms.says("DONE")
    await sms.says("2")
    sms.reads(said("not_here"), said("write"))
    assert await bank.kinds_of_tasks() == ["letter"]


async def test_more_than_we_can_keep_is_told_kindly(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    await tells(telegram, *("word " * 400 for _ in range(3)))
    assert telegram.all[-2].screen == said("full")
    assert telegram.all[-1].screen == said("not_here")
    assert stories.count_words(await story(bank, telegram)) == 1200


async def test_it_is_not_read_back_where_it_was_not_told(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await tells(sms, FIRST)
    other = bank.phone("whatsapp")
    await other.joins()
    await joins_them(bank, sms, other)
    await other.says("STORY")
    await other.says("DONE")
    other.reads(said("go_on"), said("not_here"))


async def joins_them(bank: Bank, one: Phone, other: Phone) -> None:
    """The two phones are one person's."""
    keeps, goes = await bank.member(one), await bank.member(other)

    def work(tx: Tx) -> None:
        moving.everything(tx, goes.id, keeps.id, bank.now())
        people.change(tx, goes.id, {"state": PersonState.ERASED})

    await bank.does(work)


async def test_a_correction_on_telegram_corrects_that_part(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    await tells(telegram, "My sun was born deaf.", SECOND)
    await telegram.edits("My son was born deaf.", message=-2)
    assert await parts(bank, telegram) == ["My son was born deaf.", SECOND]


async def test_who_has_not_joined_is_asked_to_join_first(sms: TextPhone, bank: Bank) -> None:
    await sms.says("I want to tell my story")
    sms.reads(said("join_first"), sayings.WELCOME)
    assert await bank.nobody_is_known()


async def test_everybody_in_a_shared_phone_has_their_own(sms: TextPhone, bank: Bank) -> None:
    for reply in ("JOIN", "1", "1", "Asha", "JOIN", "yes", "somebody else", "yes", "Ben"):
        await sms.says(reply)
    sms.ignores_the_rest()
    await sms.says("STORY")
    assert "Asha" in sms.unread[-1].screen
    sms.ignores_the_rest()
    await sms.says("1")
    sms.reads(said("about"), said("tell"))
