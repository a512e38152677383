"""An answer is taken for the question that was asked last, whoever shares the phone; what stands beside it is kept."""

from __future__ import annotations

import pytest

from bank import approvals, question_sets, replying
from flows.placed import PLACED
from flows.question_set import Kind, Question
from storage import invitations, places
from storage.approvals import Subject
from storage.schema import Record
from storage.store import Tx
from tests.bank.leaflet import hired
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone
from tests.conversations.telling import a_project, answers, interest, invites, standings, step
from tests.conversations.test_approving import Asked
from tests.conversations.test_shared_phone import both_join
from tests.conversations.test_two_invitations import PANEL, two_ask
from tests.conversations.written_to_many import knows_all

PLACE = step(PLACED, "place")
NEWS = "Would you like our news by text, once a month?\n1 Yes\n2 No"
LESS = (
    "How often may we text you? To end all our texts, send STOP.\n"
    "1 Every two weeks\n2 Once a month\n3 Only the monthly news\n4 As before"
)
WHO = sayings.who(sayings.WHO_ARE_YOU, "Asha", "Ben")
HELPS, DRIVES = "What would help you to come?", "Do you drive?\n1 Yes\n2 No"
ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


async def joins(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await knows_all(bank, phone)


async def is_invited_later(phone: Phone, bank: Bank, title: str = "Home care leaflet") -> Record:
    """A day after we asked something else, which nobody has answered."""
    await bank.later(days=1, hours=2)
    project = await a_project(bank, title)
    await invites(bank, project)
    phone.ignores_the_rest()
    return project


async def by_person(bank: Bank, phone: Phone, project: Record) -> dict[str | None, str | None]:
    """What each who shares the phone answered."""
    found = {}
    for person in await bank.members(phone):
        row = await bank.asks(lambda tx, who=person.id: invitations.to_project(tx, project.id, who))  # type: ignore[misc]  bound now, and not in the next round
        found[person.name] = row.answer if row is not None else None
    return found


async def asks_in_project(bank: Bank) -> Record:
    """A project with two questions of its own."""

    def save(tx: Tx) -> Record:
        questions = (Question(Kind.TEXT, {"en": HELPS}), Question(Kind.YES_NO, {"en": "Do you drive?"}))
        return question_sets.save(tx, hired(tx, "Sam"), None, "Coming", questions, bank.now(), bank.organisation)

    row = await bank.does(save)
    return await a_project(bank, question_set_id=row.id)


@ON_BOTH
async def test_a_yes_to_an_invitation_is_no_yes_to_the_news(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    await phone.says("NEWS")
    project = await is_invited_later(phone, bank)
    before = await bank.consents(phone)
    await phone.says("yes")
    phone.reads(PLACE, NEWS)
    assert await answers(bank, project, phone) == ["yes"]
    assert await bank.consents(phone) == before
    await phone.says("yes")
    assert ("digest", True) in await bank.consents(phone)
    phone.ignores_the_rest()


async def test_a_number_is_of_the_newest_question(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    await phone.says("LESS")
    project = await is_invited_later(phone, bank)
    await phone.says("3")
    phone.reads(interest("no"), LESS)
    assert await answers(bank, project, phone) == ["no"]
    assert (await bank.member(phone)).days_apart is None


async def test_skip_leaves_the_newest_question(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    await phone.says("LESS")
    await is_invited_later(phone, bank)
    await phone.says("SKIP")
    phone.reads(interest("later"), LESS)


async def test_what_answers_only_the_older_question_is_its_answer(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    await phone.says("CALL")
    project = await is_invited_later(phone, bank)
    await phone.says("after 4")
    assert await bank.tasks() == [("call", "after 4")]
    assert await answers(bank, project, phone) == [None]
    phone.ignores_the_rest()


async def test_where_much_hangs_on_the_older_question_it_is_asked_once_more(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    await phone.says("LESS")
    project = await is_invited_later(phone, bank)
    await phone.says("every two weeks")
    phone.reads(LESS)
    assert await answers(bank, project, phone) == [None]
    await bank.later(minutes=1)
    await phone.says("every two weeks")
    assert (await bank.member(phone)).days_apart == 14
    phone.ignores_the_rest()


async def test_a_yes_to_another_project_approves_nothing(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    asked = await Asked.of(bank, phone, subject=Subject.INVITATION)
    other = await is_invited_later(phone, bank, "Carers panel")
    await phone.says("yes")
    assert await answers(bank, other, phone) == ["yes"]
    assert await bank.asks(lambda tx: approvals.history(tx, Subject.INVITATION, asked.row.id)) == []
    assert phone.unread[-1].screen.startswith("Are these words right")
    phone.ignores_the_rest()


async def test_a_no_to_another_project_leaves_the_offered_place(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    asha = await bank.member(phone)
    choir = await a_project(bank, "Choir", places=1)
    values = {"state": "waiting", "turn": 1, "told": True, "at": bank.now(), "changed_at": bank.now()}
    await bank.does(lambda tx: places.add(tx, project_id=choir.id, person_id=asha.id, **values))
    await bank.keeps_up()
    other = await is_invited_later(phone, bank)
    await phone.says("no thanks")
    assert await answers(bank, other, phone) == ["no"]
    assert await standings(bank, choir, [phone]) == ["waiting"]
    assert "Choir" in phone.unread[-1].screen  # the offer, once more
    phone.ignores_the_rest()


async def test_a_yes_to_a_colleague_is_no_consent(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    await phone.says("NEWS")
    phone.ignores_the_rest()
    await bank.later(minutes=5)
    address = await bank.address(phone)

    def writes(tx: Tx) -> None:
        replying.write(tx, hired(tx, "Sam"), address, "May I ring you at three?", bank.now(), bank.organisation)

    await bank.does(writes)
    await bank.drains()
    phone.ignores_the_rest()
    await bank.later(minutes=5)
    before = await bank.consents(phone)
    await phone.says("yes")
    phone.reads(NEWS)
    assert await bank.consents(phone) == before
    assert ("read", None) in await bank.tasks()
    await bank.later(minutes=1)
    await phone.says("yes")
    assert ("digest", True) in await bank.consents(phone)
    phone.ignores_the_rest()


@ON_BOTH
async def test_the_second_answer_on_a_shared_phone_is_not_the_other_s(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    project = await a_project(bank)
    await invites(bank, project)
    await phone.says("yes")
    await phone.says("Asha")
    phone.ignores_the_rest()
    await phone.says("sorry, I can't do it after all")
    phone.reads(WHO)
    assert await by_person(bank, phone, project) == {"Asha": "yes", "Ben": None}
    await phone.says("Asha")
    phone.reads(interest("no"))
    assert await by_person(bank, phone, project) == {"Asha": "no", "Ben": None}


async def test_a_yes_after_the_other_s_no_is_asked_about(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    project = await a_project(bank)
    await invites(bank, project)
    for said in ("no", "Asha", "yes", "Ben"):
        phone.ignores_the_rest()
        await phone.says(said)
    phone.reads(PLACE)
    assert await by_person(bank, phone, project) == {"Asha": "no", "Ben": "yes"}
    await phone.says("actually yes I would like to")  # the same as Ben's, and Asha's change of mind
    phone.reads(WHO)
    await phone.says("Asha")
    phone.reads(PLACE)
    assert await by_person(bank, phone, project) == {"Asha": "yes", "Ben": "yes"}


async def test_a_button_on_a_shared_phone_does_not_tell_who(telegram: TelegramPhone, bank: Bank) -> None:
    await both_join(telegram)
    project = await a_project(bank)
    await invites(bank, project)
    telegram.ignores_the_rest()
    await telegram.presses("I'm interested")
    telegram.reads(WHO)
    await telegram.says("Ben")
    telegram.reads(PLACE)
    assert await by_person(bank, telegram, project) == {"Asha": None, "Ben": "yes"}


async def test_a_question_beside_an_answer_is_kept_while_we_ask_which(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    leaflet, _panel = await two_ask(phone, bank)
    await phone.says("yes, is there parking?")
    assert await bank.questions() == ["yes, is there parking?"]
    phone.ignores_the_rest()
    await phone.says("the leaflet")
    phone.reads(PLACE)
    assert await answers(bank, leaflet, phone) == ["yes"]


async def test_a_question_beside_an_answer_is_kept_while_we_ask_who(phone: Phone, bank: Bank) -> None:
    await both_join(phone)
    project = await a_project(bank)
    await invites(bank, project)
    phone.ignores_the_rest()
    await phone.says("yes, is there parking? my knee is bad")
    phone.reads(sayings.asked(), WHO)
    (question,) = await bank.open_questions()
    assert (question.words, question.project_id) == ("yes, is there parking? my knee is bad", project.id)
    await phone.says("Ben")
    phone.reads(PLACE)


async def test_a_question_alone_is_no_reason_to_ask_which(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    await two_ask(phone, bank)
    await phone.says("is there parking?")
    phone.reads(sayings.asked())
    assert await bank.questions() == ["is there parking?"]


async def test_of_one_project_only_the_newest_invitation_waits(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    project = await a_project(bank)
    await invites(bank, project)
    await bank.later(days=8)
    await invites(bank, project, PANEL)
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(PLACE)
    assert await answers(bank, project, phone) == ["yes"]


async def test_beside_another_project_it_is_offered_once(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    leaflet, panel = await two_ask(phone, bank)
    await bank.later(days=8)
    await invites(bank, leaflet)
    phone.ignores_the_rest()
    await phone.says("yes")
    assert phone.unread[-1].screen.endswith("1 Home care leaflet\n2 Carers panel")
    await phone.says("the leaflet")
    phone.ignores_the_rest()
    assert (await answers(bank, leaflet, phone), await answers(bank, panel, phone)) == (["yes"], [None])


@pytest.mark.parametrize("said", ["actually no, I can't do it", "sorry, I can't do it after all"])
async def test_a_no_in_the_middle_of_its_questions_gives_the_place_back(phone: Phone, bank: Bank, said: str) -> None:
    await joins(phone, bank)
    project = await asks_in_project(bank)
    await invites(bank, project)
    await phone.says("yes")
    phone.ignores_the_rest()
    await phone.says(said)
    phone.reads(interest("no"))
    assert await answers(bank, project, phone) == ["no"]
    assert await standings(bank, project, [phone]) == ["given_up"]


async def test_where_a_no_may_be_either_it_is_an_answer_and_is_read(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    project = await asks_in_project(bank)
    await invites(bank, project)
    await phone.says("yes")
    phone.ignores_the_rest()
    await phone.says("I can't come on Tuesdays")
    phone.reads(DRIVES)
    assert await bank.tasks() == [("read", "I can't come on Tuesdays")]
    assert await standings(bank, project, [phone]) == ["place"]


async def test_an_ordinary_no_answers_a_question_of_the_project(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    project = await asks_in_project(bank)
    await invites(bank, project)
    await phone.says("yes")
    phone.ignores_the_rest()
    await phone.says("no, nothing")
    phone.reads(DRIVES)
    await phone.says("no")
    assert await bank.tasks() == []
    assert await standings(bank, project, [phone]) == ["place"]
    phone.ignores_the_rest()


@pytest.mark.parametrize("said", ["yes but stop texting so often", "yes please but please text me less"])
async def test_fewer_texts_beside_an_answer_are_asked_about(phone: Phone, bank: Bank, said: str) -> None:
    await joins(phone, bank)
    project = await a_project(bank)
    await invites(bank, project)
    phone.ignores_the_rest()
    await phone.says(said)
    phone.reads(PLACE, LESS)
    assert await answers(bank, project, phone) == ["yes"]
    await phone.says("2")
    assert (await bank.member(phone)).days_apart == 31
    phone.ignores_the_rest()


async def test_fewer_texts_where_more_is_asked_are_read_by_a_person(phone: Phone, bank: Bank) -> None:
    await joins(phone, bank)
    await invites(bank, await asks_in_project(bank))
    phone.ignores_the_rest()
    await phone.says("yes please but please text me less")
    phone.reads(PLACE, HELPS)
    assert await bank.tasks() == [("read", "yes please but please text me less")]
