"""Feedback without a name: people are told so first, nothing that they wrote is kept with them, and danger still is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from storage.conversations import conversations
from storage.feedback import feedback, feedback_answers
from storage.media import media
from storage.messages_in import messages_in
from storage.outbox import messages_out
from storage.schema import Record
from tests.conversations.banks import Bank
from tests.conversations.gathering import a_meeting
from tests.conversations.looking_back import CHANGE, GOOD, HEARD, HELLO, HOW, LAST_WORDS, NEEDS, given, ticked
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.reminded import coming

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
NO_NAME = "We will not keep your name with this, unless someone is in danger."
FEW = "Only a few people came, so they may guess who said what."


async def asked(bank: Bank, phone: Phone, *, anonymous: bool = True) -> Record:
    """Whoever has this phone was at a meeting, and is asked how it was."""
    meeting = await a_meeting(bank, anonymous=anonymous)
    await coming(bank, phone, meeting)
    await bank.until(3, 12, 16)
    phone.ignores_the_rest()
    await ticked(bank, meeting, [phone])
    await bank.until(3, 12, 18)
    return meeting


async def kept(bank: Bank) -> list[tuple[int | None, Any, str | None, dict[str, Any]]]:
    """Each response: whose, when, its open token, and what was said."""
    rows = await bank.asks(lambda tx: list(tx.execute(select(feedback))))
    answers = await bank.asks(lambda tx: list(tx.execute(select(feedback_answers))))
    said = {row.id: {one.question: one.value for one in answers if one.feedback_id == row.id} for row in rows}
    return [(row.person_id, row.at, row.open_token, said[row.id]) for row in rows]


async def words_of(bank: Bank) -> str:
    """All that is kept in words beside the responses: what came in, what we said, and what conversations remember."""
    texts: list[Any] = []
    for table, columns in (
        (messages_in, ("text", "raw", "reading")),
        (messages_out, ("text", "options")),
        (conversations, ("memory",)),
    ):
        rows = await bank.asks(lambda tx, one=table: list(tx.execute(select(one))))
        texts += [getattr(row, name) for row in rows for name in columns]
    return json.dumps([one for one in texts if one], default=str)


@ON_BOTH
async def test_the_honest_sentence_first_and_then_nothing_is_kept_with_them(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    sms.reads(f"{HELLO}\n{NO_NAME}\n{FEW}\n{HOW}")
    for answer, question in (
        ("rubbish tbh", HEARD),
        ("not really", GOOD),
        ("the pink biscuits", CHANGE),
        ("my manager Zofia shouting", NEEDS),
        ("no", LAST_WORDS),
    ):
        await sms.says(answer)
        sms.reads(question)
    ((person_id, at, open_token, said),) = await kept(bank)
    assert (person_id, at, open_token) == (None, None, None)
    assert said == {"q1": "1", "q2": "c3", "q3": "the pink biscuits", "q4": "my manager Zofia shouting", "q5": "no"}
    everything = await words_of(bank)
    assert not [word for word in ("rubbish", "biscuits", "Zofia", "not really") if word in everything]
    assert await bank.kinds_of_tasks() == []
    await bank.is_in_order()


async def test_while_it_is_given_the_conversation_knows_a_token_and_no_answer(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    sms.ignores_the_rest()
    await sms.says("4")
    ((person_id, _at, open_token, said),) = await kept(bank)
    assert (person_id, said) == (None, {"q1": "4"})
    rows = await bank.asks(lambda tx: list(tx.execute(select(conversations).where(conversations.c.state == "open"))))
    (row,) = rows
    assert row.memory["answers"]["feedback"] == open_token
    assert not [name for name in row.memory["answers"] if name.startswith("q")]
    sms.ignores_the_rest()


async def test_what_is_unclear_is_asked_once_more_and_then_left(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    sms.ignores_the_rest()
    await sms.says("wobble wobble")
    assert "wobble" not in sms.all[-1].screen
    sms.ignores_the_rest()
    await sms.says("flibber")
    sms.reads(HEARD)
    assert await bank.kinds_of_tasks() == []
    assert "wobble" not in await words_of(bank)
    assert "flibber" not in await words_of(bank)


async def test_a_question_beside_an_answer_is_to_be_asked_again(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    sms.ignores_the_rest()
    await sms.says("5, when is the next one?")
    sms.reads(f"If you asked us something, please ask again after this. We need to know who asks.\n{HEARD}")
    assert "next one" not in await words_of(bank)


async def test_danger_is_kept_with_who_wrote_it(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    sms.ignores_the_rest()
    await sms.says("he hits me every night")
    assert "he hits me every night" in await words_of(bank)
    assert "safeguarding" in await bank.kinds_of_tasks()
    sms.ignores_the_rest()


@pytest.mark.parametrize("wish", ["can this be anonymous please", "without my name", "dont use my name", "ANONYMOUS"])
async def test_who_asks_for_it_in_the_middle_loses_their_name_from_what_they_said(
    bank: Bank, sms: TextPhone, wish: str
) -> None:
    meeting = await asked(bank, sms, anonymous=False)
    sms.ignores_the_rest()
    await sms.says("2")
    await sms.says("no")
    await sms.says("the purple curtains")
    sms.ignores_the_rest()
    await sms.says(wish)
    sms.reads(f"OK. {NO_NAME} We take it off what you said so far too.\n{FEW}\n{CHANGE}")
    assert await given(bank, meeting, sms) is None
    ((person_id, _at, _token, said),) = await kept(bank)
    assert (person_id, said) == (None, {"q1": "2", "q2": "c3", "q3": "the purple curtains"})
    assert "curtains" not in await words_of(bank)
    await sms.says("more chairs")
    sms.reads(NEEDS)
    await sms.says("yes")
    sms.reads(LAST_WORDS)
    ((_person, _at, open_token, said),) = await kept(bank)
    assert (open_token, said["q4"], said["q5"]) == (None, "more chairs", "yes")


async def test_left_unfinished_it_counts_and_cannot_be_found(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    sms.ignores_the_rest()
    await sms.says("3")
    await bank.until(20, 12, 12)
    ((_person, _at, open_token, said),) = await kept(bank)
    assert (open_token, said) == (None, {"q1": "3"})
    sms.ignores_the_rest()


async def test_stop_and_help_work_as_ever(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    sms.ignores_the_rest()
    await sms.says("STOP")
    assert "We have stopped" in sms.all[-1].screen
    sms.ignores_the_rest()


@ON_BOTH
async def test_each_night_they_are_written_anew_in_no_order(bank: Bank) -> None:
    meeting = await a_meeting(bank, anonymous=True)
    phones = [bank.phone("sms") for _ in range(3)]
    for phone in phones:
        await coming(bank, phone, meeting)
    await bank.until(3, 12, 16)
    await ticked(bank, meeting, phones)
    await bank.until(3, 12, 18)
    for number, phone in enumerate(phones, 1):
        phone.ignores_the_rest()
        for answer in (str(number), "1", "skip", "skip", "yes"):
            await phone.says(answer)
        phone.ignores_the_rest()
    before = sorted(map(str, await kept(bank)))
    await bank.until(4, 12, 12)
    assert sorted(map(str, await kept(bank))) == before
    if await bank.asks(lambda tx: tx.dialect.name) == "postgresql":
        numbers = await bank.asks(lambda tx: set(tx.exec_driver_sql("SELECT xmin::text FROM feedback").scalars()))
        assert len(numbers) == 1
    places = await bank.asks(lambda tx: list(tx.execute(select(feedback.c.id)).scalars()))
    assert places == sorted(places)


async def test_what_came_with_it_goes_too(bank: Bank, sms: TextPhone) -> None:
    await asked(bank, sms)
    await sms.sends_a_picture("4 and this is the room")
    assert await bank.count(media) == 0
    sms.ignores_the_rest()
