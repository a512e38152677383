"""Questions: whatever somebody asks waits for a person, and they are told once, truly, by when it is answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bank import answers, asked_questions
from bank.answers import CannotAnswer
from bank.tokens import token
from flows import everywhere
from storage import addresses, people, staff, stock_answers, tasks
from storage.questions import QuestionState
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx
from storage.tasks import TaskKind
from tests.conversations import sayings
from tests.conversations.answering_desk import Desk, hire
from tests.conversations.banks import Bank
from tests.conversations.moving_clock import MONDAY
from tests.conversations.phones import Phone, TextPhone
from tests.conversations.steps import ASKING, stand_at

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
PARKING = "is there parking at the town hall?"


@pytest.fixture
async def desk(bank: Bank) -> Desk:
    return Desk(bank, await bank.does(hire))


def answered(words: str) -> str:
    return f"Ashdale Council here, about your question: {words}"


@ON_BOTH
@pytest.mark.parametrize("step", ["the first question", "the agreement"])
async def test_inside_a_yes_the_yes_counts_and_the_promise_goes_with_the_next_question(
    sms: TextPhone, bank: Bank, desk: Desk, step: str
) -> None:
    stands = await stand_at(step, sms, bank)
    await sms.says("yes please, do I get paid?")
    sms.reads(f"{sayings.WILL_ANSWER}\n{stands.onward}")
    row = await desk.finds("yes please, do I get paid?")
    assert (row.asked, row.state, row.language) == (
        {"the first question": "join.welcome", "the agreement": "join.agree"}[step],
        "open",
        "en",
    )
    assert row.due_at == row.promised_until
    await desk.answers("Yes. We pay 15 pounds an hour.", "yes please, do I get paid?")
    sms.reads(answered("Yes. We pay 15 pounds an hour."))
    assert await bank.questions() == []


async def test_from_nowhere(phone: Phone, bank: Bank, desk: Desk) -> None:
    await phone.joins()
    await phone.says(PARKING)
    phone.reads(sayings.asked())
    assert await bank.tasks() == []
    assert (await bank.dispositions(phone))[-1] == "question"
    row = await desk.finds(PARKING)
    assert (row.name, row.asked, row.owner_id) == ("Asha", None, None)
    assert await desk.sees_today() == [("Answer their question", False)]


async def test_a_stranger_may_ask_too(sms: TextPhone, bank: Bank) -> None:
    await sms.says(PARKING)
    sms.reads(sayings.asked())
    assert await bank.questions() == [PARKING]


@pytest.mark.parametrize(
    ("day", "month", "hour", "by"),
    [
        (23, 11, 12, "Wednesday 25 November"),
        (23, 11, 23, "Wednesday 25 November"),
        (26, 11, 12, "Monday 30 November"),
        (27, 11, 16, "Tuesday 1 December"),
        (28, 11, 12, "Tuesday 1 December"),
        (24, 12, 12, "Wednesday 30 December"),
    ],
)
async def test_the_day_is_true_whenever_they_ask(
    sms: TextPhone, bank: Bank, day: int, month: int, hour: int, by: str
) -> None:
    bank.now.move(bank.now.until(day, month, hour))
    await sms.says(PARKING)
    sms.reads(sayings.asked(by))


async def test_twice_the_same_is_one_question_and_one_promise(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    await sms.says(PARKING)
    await sms.says("Is there parking at the town hall")
    sms.reads(sayings.asked())
    assert await bank.questions() == [PARKING]
    assert (await desk.finds(PARKING)).times == 2
    assert await bank.dispositions(sms) == ["question", "question"]


async def test_another_question_is_another_row_and_no_second_promise(sms: TextPhone, bank: Bank) -> None:
    await sms.says(PARKING)
    await sms.says("does the 23 bus stop there?")
    sms.reads(sayings.asked())
    assert await bank.questions() == [PARKING, "does the 23 bus stop there?"]


async def test_within_the_promise_the_yes_goes_on_without_it(sms: TextPhone, bank: Bank) -> None:
    await sms.says("JOIN")
    await sms.says("what number bus goes to the town hall")
    await sms.says("yes, and is there parking?")
    sms.reads(sayings.WELCOME, f"{sayings.WILL_ANSWER}\n{sayings.WANTS}", sayings.AGREE)
    assert len(await bank.questions()) == 2


async def test_once_the_promise_has_passed_they_are_told_again_and_it_stays_overdue(
    sms: TextPhone, bank: Bank, desk: Desk
) -> None:
    await sms.says(PARKING)
    await bank.until(26, 11, 10)
    await sms.says(PARKING)
    sms.reads(sayings.asked(), sayings.asked("Monday 30 November"))
    assert await desk.sees_today() == [("Answer their question", True)]


async def test_in_polish(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    await sms.says("Czy jest parking przy ratuszu?")
    (asked,) = [bubble.screen for bubble in sms.unread]
    assert "środa 25 listopada" in asked
    sms.ignores_the_rest()
    assert (await desk.finds("Czy jest parking przy ratuszu?")).language == "pl"
    with pytest.raises(CannotAnswer):
        await desk.answers("Yes, behind it.", "Czy jest parking przy ratuszu?")
    await desk.answers({"pl": "Tak, za ratuszem."}, "Czy jest parking przy ratuszu?")
    assert sms.unread[-1].screen.endswith(" Tak, za ratuszem.")
    assert sms.unread[-1].message.language == "pl"
    sms.ignores_the_rest()


@ON_BOTH
async def test_not_known_yet_comes_back_by_itself_on_its_day(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    await sms.says(PARKING)
    sms.reads(sayings.asked())
    await desk.does_not_know(PARKING, date(2026, 12, 3))
    sms.reads(everywhere.NOT_KNOWN_YET.text.format(council="Ashdale Council", answer_by="Thursday 3 December"))
    assert await desk.sees_today() == []
    await bank.until(3, 12, 8)
    assert await desk.sees_today() == []
    await bank.until(3, 12, 9, 1)
    assert await desk.sees_today() == [("Answer their question", False)]
    await bank.until(3, 12, 17, 1)
    assert await desk.sees_today() == [("Answer their question", True)]
    sms.reads_nothing()


@pytest.mark.parametrize(
    ("until", "wrong"),
    [
        (date(2026, 11, 23), "in the future"),
        (date(2026, 11, 22), "in the future"),
        (date(2026, 11, 28), "your team works"),
        (date(2026, 12, 25), "your team works"),
        (date(2028, 12, 1), "within a year"),
        (date(2026, 11, 24), None),
    ],
)
async def test_the_new_day_is_a_working_day_to_come(bank: Bank, until: date, wrong: str | None) -> None:
    said = answers.why_not_then(until, bank.now(), bank.organisation)
    assert (wrong in said) if wrong and said else said is wrong


async def test_one_answer_for_three_each_in_their_language(bank: Bank, desk: Desk) -> None:
    asha, ben, ewa = (bank.phone("sms") for _ in range(3))
    await asha.says(PARKING)
    await ben.says("Is there any parking at the town hall?")
    await ewa.says("Czy jest parking przy ratuszu?")
    for phone in (asha, ben, ewa):
        phone.ignores_the_rest()
    first = await desk.finds(PARKING)
    near = await bank.asks(lambda tx: answers.similar(tx, desk.who, first))
    assert [row.words for row in near] == ["Is there any parking at the town hall?"]
    done = await desk.answers(
        "Yes, behind it.", PARKING, "Is there any parking at the town hall?", "Czy jest parking przy ratuszu?"
    )
    assert [draft.why_not for draft in done.left] == [answers.NOT_IN_THEIR_LANGUAGE]
    asha.reads(answered("Yes, behind it."))
    ben.reads(answered("Yes, behind it."))
    ewa.reads_nothing()
    assert await bank.questions() == ["Czy jest parking przy ratuszu?"]


async def test_two_of_the_same_phone_get_one_text(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    await sms.says(PARKING)
    await sms.says("and is the parking free?")
    sms.ignores_the_rest()
    await desk.answers("Yes, and it is free.", PARKING, "and is the parking free?")
    sms.reads(answered("Yes, and it is free."))
    assert await bank.questions() == []


@ON_BOTH
async def test_after_stop_the_answer_becomes_a_call(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    await sms.joins()
    await sms.says(PARKING)
    await sms.says("STOP")
    sms.reads(sayings.asked(), sayings.STOPPED)
    row = await desk.finds(PARKING)
    with pytest.raises(CannotAnswer, match="STOP"):
        await desk.answers("Yes, behind it.", PARKING)
    now, organisation = bank.now(), bank.organisation
    await bank.does(
        lambda tx: answers.hand_over(tx, desk.who, row, "Yes, behind it.", TaskKind.CALL, now, organisation)
    )
    await bank.drains()
    sms.reads_nothing()
    assert await bank.tasks() == [("call", f"They asked: {PARKING}\nThe answer: Yes, behind it.")]
    assert await bank.questions() == []


async def test_asked_after_stop_it_is_kept_and_nothing_is_said(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    await sms.joins()
    await sms.says("STOP")
    await sms.says("why did you have my number?")
    sms.reads(sayings.STOPPED)
    assert (await desk.finds("why did you have my number?")).promised_until is None


async def test_where_a_text_could_do_harm_nothing_goes_and_no_task_is_offered(
    sms: TextPhone, bank: Bank, desk: Desk
) -> None:
    await sms.says(PARKING)
    sms.ignores_the_rest()
    here = await bank.address(sms)
    until = bank.now() + timedelta(days=28)
    await bank.does(lambda tx: addresses.change(tx, here.id, {"unsafe_until": until}))
    now, organisation = bank.now(), bank.organisation
    row = await desk.finds(PARKING)
    seen = await bank.asks(lambda tx: asked_questions.look(tx, desk.who, row, "", now, organisation))
    assert (seen.draft.goes, seen.otherwise) == (False, False)


async def test_an_answer_that_was_stopped_on_its_way_brings_the_question_back(
    sms: TextPhone, bank: Bank, desk: Desk
) -> None:
    await sms.says(PARKING)
    sms.ignores_the_rest()
    now, organisation, row = bank.now(), bank.organisation, await desk.finds(PARKING)
    await bank.does(lambda tx: answers.answer(tx, desk.who, [row], {"en": "Yes."}, now, organisation))
    await bank.takes_in(sms.writes("STOP"))
    await bank.drains()
    assert await bank.questions() == []
    await bank.keeps_up()
    assert (await desk.finds(PARKING)).lost
    sms.ignores_the_rest()


@ON_BOTH
async def test_late_ones_climb_to_administrators(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    owner = await bank.does(hire)
    boss = Desk(bank, await bank.does(lambda tx: hire(tx, Role.ADMINISTRATOR)))
    await sms.joins()
    here = await bank.address(sms)
    await bank.does(lambda tx: addresses.change(tx, here.id, {"assigned_to": owner.id}))
    await sms.says(PARKING)
    sms.ignores_the_rest()
    theirs = Desk(bank, owner)
    assert await theirs.sees_today() == [("Answer their question", False)]
    assert await boss.sees_today() == await desk.sees_today() == []
    await bank.until(25, 11, 17, 1)
    assert await theirs.sees_today() == [("Answer their question", True)]
    assert await boss.sees_today() == []
    await bank.until(26, 11, 16, 59)
    assert await boss.sees_today() == []
    await bank.until(26, 11, 17, 1)
    assert await boss.sees_today() == [("Answer their question", True)]
    assert await desk.sees_today() == []
    sms.ignores_the_rest()


async def test_it_is_everybodys_once_its_owner_has_left_the_team(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    owner = await bank.does(hire)
    await sms.joins()
    here = await bank.address(sms)
    await bank.does(lambda tx: addresses.change(tx, here.id, {"assigned_to": owner.id}))
    await sms.says(PARKING)
    sms.ignores_the_rest()
    await bank.does(lambda tx: staff.change(tx, owner.id, {"state": StaffState.CLOSED}))
    assert await desk.sees_today() == [("Answer their question", False)]


async def test_nobody_answers_their_own_question(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    person, here = await bank.member(sms), await bank.address(sms)
    own = Desk(bank, await bank.does(lambda tx: hire(tx, Role.COORDINATOR, person_id=person.id)))
    await bank.does(lambda tx: addresses.change(tx, here.id, {"assigned_to": own.who.id}))
    await sms.says(PARKING)
    sms.ignores_the_rest()
    assert (await bank.open_questions())[0].owner_id is None
    assert await own.sees_today() == []


async def test_held_for_danger_it_is_the_leads(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    lead = Desk(bank, await bank.does(lambda tx: hire(tx, Role.SAFEGUARDING_LEAD)))
    await sms.joins()
    await sms.says(PARKING)
    sms.ignores_the_rest()
    person = await bank.member(sms)
    await bank.does(lambda tx: people.change(tx, person.id, {"held": "danger"}))
    assert await desk.sees_today() == []
    assert await lead.sees_today() == [("Answer their question", False)]


async def test_care_that_went_wrong_with_a_question_has_both(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("my carer never came and nobody rang, what happens now?")
    sms.ignores_the_rest()
    kinds, asked = await bank.kinds_of_tasks(), await bank.questions()
    assert asked == ["my carer never came and nobody rang, what happens now?"]
    assert set(kinds) <= {"read", "care"}


def stock(tx: Tx, *, safe: bool = True) -> Record:
    words = {"en": "Yes. There is free parking behind the town hall.", "pl": "Tak. Parking jest za ratuszem."}
    asks = [PARKING, "Czy jest parking przy ratuszu?"]
    return stock_answers.add(tx, token=token(), title="Parking", words=words, safe=safe, asks=asks, created_at=MONDAY)


AUTOMATIC = (
    "Yes. There is free parking behind the town hall.\n"
    "This is an automatic answer. A person will read your message too."
)


@ON_BOTH
async def test_a_safe_stock_answer_goes_at_once_and_a_person_checks_it(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    await bank.does(stock)
    await sms.says("Hi, is there parking at the town hall")
    sms.reads(AUTOMATIC)
    assert await desk.sees_today() == [("Check an automatic answer", False)]
    row = await desk.finds("Hi, is there parking at the town hall")
    assert (row.state, row.promised_until) == ("automatic", None)
    now = bank.now()
    await bank.does(lambda tx: answers.was_right(tx, desk.who, row, now))
    assert await bank.questions() == []


async def test_inside_a_yes_it_goes_before_the_next_question(sms: TextPhone, bank: Bank) -> None:
    await bank.does(stock)
    await sms.says("JOIN")
    await sms.says("Yes. Is there parking at the town hall?")
    sms.reads(sayings.WELCOME, AUTOMATIC, sayings.AGREE)


async def test_asked_again_after_an_automatic_answer_a_person_answers(sms: TextPhone, bank: Bank, desk: Desk) -> None:
    await bank.does(stock)
    await sms.says(PARKING)
    await sms.says(PARKING)
    sms.reads(AUTOMATIC, sayings.asked())
    assert (await desk.finds(PARKING)).state == QuestionState.OPEN


@pytest.mark.parametrize(
    "said",
    [
        "is there parking for blue badges at the town hall?",
        "where is the parking at the town hall?",
        "is there no parking at the town hall?",
        "is there parking at the library?",
    ],
)
async def test_what_is_only_like_it_waits_for_a_person(sms: TextPhone, bank: Bank, said: str) -> None:
    await bank.does(stock)
    await sms.says(said)
    sms.reads(sayings.asked())
    assert await bank.questions() == [said]


async def test_what_is_not_marked_safe_is_never_given(sms: TextPhone, bank: Bank) -> None:
    await bank.does(lambda tx: stock(tx, safe=False))
    await sms.says(PARKING)
    sms.reads(sayings.asked())


async def test_no_automatic_answer_to_somebody_who_is_held(sms: TextPhone, bank: Bank) -> None:
    await bank.does(stock)
    await sms.joins()
    person = await bank.member(sms)
    await bank.does(lambda tx: people.change(tx, person.id, {"held": "danger"}))
    await sms.says(PARKING)
    assert AUTOMATIC not in [bubble.screen for bubble in sms.unread]
    sms.ignores_the_rest()
    assert await bank.questions() == [PARKING]


@ON_BOTH
async def test_erasure_waits_for_an_open_question_and_then_takes_its_words(
    sms: TextPhone, bank: Bank, desk: Desk
) -> None:
    await sms.joins("Zebedee")
    await sms.says("will you ring my son Darren?")
    await sms.says("LEAVE")
    sms.ignores_the_rest()
    await bank.later(days=15)
    assert "questions" in await bank.remembers("Darren")
    row, now = await desk.finds("will you ring my son Darren?"), bank.now()
    await bank.does(lambda tx: answers.close(tx, desk.who, row, "Darren was rung", now))
    for task in await bank.open_tasks():
        await bank.does(lambda tx, one=task.id: tasks.close(tx, one, bank.now()))
    await bank.later(days=8)
    assert await bank.remembers("Darren") == []


@pytest.mark.parametrize("step", ASKING)
async def test_at_every_step_a_question_becomes_a_row(phone: Phone, bank: Bank, step: str) -> None:
    await stand_at(step, phone, bank)
    await phone.says("what time do you open on Saturdays?")
    assert any("We will answer by" in bubble.screen for bubble in phone.unread)
    phone.ignores_the_rest()
    (row,) = await bank.open_questions()
    assert row.words == "what time do you open on Saturdays?"
    assert row.asked


async def test_asked_while_somebody_may_be_in_danger_the_leads_have_it_and_nothing_is_promised(
    sms: TextPhone, bank: Bank, desk: Desk
) -> None:
    lead = Desk(bank, await bank.does(lambda tx: hire(tx, Role.SAFEGUARDING_LEAD)))
    await sms.joins()
    await sms.says("he hits me")
    await sms.says("yes. what happens next?")
    assert not any("We will answer" in bubble.screen for bubble in sms.unread)
    sms.ignores_the_rest()
    assert await bank.questions() == ["yes. what happens next?"]
    assert await desk.sees_today() == []
    assert await lead.sees_today() == [("Answer their question", False)]
