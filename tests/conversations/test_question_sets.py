"""What coordinators ask: members answer in their own words, as they would answer us."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bank import audit, erasure, merging, question_sets, talk
from bank.colleague import Colleague
from bank.tokens import token
from bank.visit import Visit
from flows.question_set import THANK_YOU, Kind, Question, name_of
from storage import addresses, people, projects, reach, staff
from storage import question_sets as stored
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
BETTER = "What would make the leaflet better? Or text SKIP."
HOURS, MEET = "How many hours a week do you care for somebody?", "Would you like to meet other carers?"
WHEN = "When suits you best?\n1 Mornings\n2 Afternoons\n3 Evenings"
USES = "What do you use now? Send numbers, like 1 3.\n1 Day centre\n2 Care at home\n3 Transport"
BETTER_PL, HOURS_PL = "Co poprawić w ulotce? Albo wyślij POMIŃ.", "Ile godzin tygodniowo?"
QUESTIONS = (
    Question(Kind.TEXT, {"en": BETTER, "pl": BETTER_PL}, may_skip=True),
    Question(Kind.NUMBER, {"en": HOURS, "pl": HOURS_PL}),
    Question(
        Kind.ONE,
        {"en": "When suits you best?", "pl": "Kiedy najlepiej?"},
        (
            {"en": "Mornings", "pl": "Rano"},
            {"en": "Afternoons", "pl": "Po południu"},
            {"en": "Evenings", "pl": "Wieczorem"},
        ),
    ),
    Question(
        Kind.SEVERAL,
        {"en": "What do you use now? Send numbers, like 1 3.", "pl": "Z czego korzystasz? Wyślij numery, np. 1 3."},
        (
            {"en": "Day centre", "pl": "Dom dzienny"},
            {"en": "Care at home", "pl": "Opieka w domu"},
            {"en": "Transport", "pl": "Transport"},
        ),
    ),
    Question(Kind.YES_NO, {"en": MEET, "pl": "Czy chcesz poznać innych opiekunów?"}),
)
THANKS = sayings._words(THANK_YOU)


async def colleague(bank: Bank) -> Colleague:
    login, now = token(), bank.now()
    values = {"name": "Sam Field", "login": login, "state": StaffState.ACTIVE, "last_step": 0, "created_at": now}
    row = await bank.does(lambda tx: staff.add(tx, token=token(), **values))
    return Colleague(row.id, row.token, row.name, frozenset({(Role.COORDINATOR, "")}))


async def kept(bank: Bank, *questions: Question, after: Record | None = None) -> Record:
    """A set with these questions, or the next version of the one that is given."""
    sam, now = await colleague(bank), bank.now()
    name = after.token if after is not None else None
    return await bank.does(
        lambda tx: question_sets.save(tx, sam, name, "The leaflet", questions or QUESTIONS, now, bank.organisation)
    )


async def is_asked(bank: Bank, phone: Phone, row: Record, **answers: Any) -> None:
    """The first question reaches the phone."""
    here, now = await bank.address(phone), bank.now()

    def begin(tx: Tx) -> None:
        visit = Visit(tx, now, bank.organisation, addresses.get(tx, here.id), reach.people_at(tx, here.id))
        visit.speaks = here.language or "en"
        visit.is_with(visit.people[0] if visit.people else None)
        talk.open_flow(visit, name_of(row.id), answers)

    await bank.does(begin)
    await bank.drains()


async def told(bank: Bank, *, everything: bool = False) -> Any:
    """What is kept, by question; with `everything` whole rows."""
    rows = await bank.asks(lambda tx: list(tx.execute(select(stored.set_answers).order_by(stored.set_answers.c.id))))
    return rows if everything else {row.question: row.value for row in rows}


async def a_project(bank: Bank) -> Record:
    now = bank.now()
    values = {
        "token": token(),
        "kind": ProjectKind.PROJECT,
        "state": ProjectState.OPEN,
        "words": {"title": {"en": "The leaflet"}},
        "rung": Rung.CO_DESIGN,
        "ways": [],
        "topics": [],
        "districts": [],
        "places_by": PlacesBy.FIRST,
        "created_at": now,
        "changed_at": now,
    }
    return await bank.does(lambda tx: projects.add(tx, **values))


@ON_BOTH
async def test_each_kind_is_answered_in_their_own_words(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    row, project = await kept(bank), await a_project(bank)
    await is_asked(bank, sms, row, project=project.token)
    for question, answer in (
        (BETTER, "bigger letters, and less of it"),
        (HOURS, "about twenty five"),
        (WHEN, "in the evening"),
        (USES, "day centre and transport"),
        (f"{MEET}\n1 Yes\n2 No", "yes please"),
    ):
        sms.reads(question)
        await sms.says(answer)
    sms.reads(THANKS)
    rows = await told(bank, everything=True)
    assert {one.question: one.value for one in rows} == {
        "q1": "bigger letters, and less of it",
        "q2": "25",
        "q3": "c3",
        "q4": ["c1", "c3"],
        "q5": "yes",
    }
    asha = await bank.member(sms)
    assert {(one.set_id, one.project_id, one.person_id, one.entered_by) for one in rows} == {
        (row.id, project.id, asha.id, None)
    }
    assert [one.message_id for one in rows] == [one.id for one in (await bank.heard(sms))[-5:]]


async def test_the_same_in_polish(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins("Ewa")
    await telegram.says("polski")
    telegram.ignores_the_rest()
    await is_asked(bank, telegram, await kept(bank))
    for answer in ("większe litery", "około 20", "wieczorem", "2", "tak"):
        await telegram.says(answer)
    polish = bank.organisation.catalogs.render(THANK_YOU, "pl", {})
    assert polish != THANKS
    telegram.reads(
        BETTER_PL,
        HOURS_PL,
        "Kiedy najlepiej?\n1 Rano\n2 Po południu\n3 Wieczorem",
        "Z czego korzystasz? Wyślij numery, np. 1 3.\n1 Dom dzienny\n2 Opieka w domu\n3 Transport",
        "Czy chcesz poznać innych opiekunów?\n1 Tak\n2 Nie",
        polish,
    )
    assert await told(bank) == {"q1": "większe litery", "q2": "20", "q3": "c3", "q4": ["c2"], "q5": "yes"}


async def test_a_doubtful_number_is_asked_back(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await is_asked(bank, phone, await kept(bank, QUESTIONS[1]))
    phone.reads(HOURS)
    await phone.says("more than 20")
    phone.reads(sayings.check("20"))
    await phone.says("no")
    phone.reads(HOURS)
    await phone.says("30")
    phone.reads(THANKS)
    assert await told(bank) == {"q1": "30"}


async def test_a_reply_that_is_no_number_is_helped(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await is_asked(bank, phone, await kept(bank, QUESTIONS[1]))
    phone.reads(HOURS)
    await phone.says("it depends")
    phone.reads(f"Please reply with a number, like 3. Or text CALL, to talk to a person.\n{HOURS}")
    await phone.says("four")
    phone.reads(THANKS)
    assert await told(bank) == {"q1": "4"}


async def test_two_misses_bring_a_person(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await is_asked(bank, phone, await kept(bank, QUESTIONS[1]))
    await phone.says("it depends on the day")
    await phone.says("on how my mum slept")
    assert phone.unread[-1].screen == sayings.PERSON_WILL_READ
    phone.ignores_the_rest()
    assert await bank.kinds_of_tasks() == ["read"]
    assert await told(bank) == {}


async def test_skip_where_it_may_be_and_back_to_change_an_answer(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await is_asked(bank, phone, await kept(bank, *QUESTIONS[:3]))
    phone.reads(BETTER)
    await phone.says("SKIP")
    phone.reads(HOURS)
    await phone.says("skip")
    phone.reads(f"{sayings.NEEDED}\n{HOURS}")
    await phone.says("5")
    phone.reads(WHEN)
    await phone.says("back")
    phone.reads(HOURS)
    await phone.says("6")
    phone.reads(WHEN)
    await phone.says("1")
    phone.reads(THANKS)
    assert await told(bank) == {"q2": "6", "q3": "c1"}


async def test_a_question_beside_the_answer_loses_neither(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await is_asked(bank, phone, await kept(bank, *QUESTIONS[2:]))
    phone.reads(WHEN)
    await phone.says("Mornings. Is there parking?")
    phone.reads(f"{sayings.WILL_ANSWER}\n{USES}")
    assert await told(bank) == {"q1": "c1"}
    assert await bank.questions() == ["Mornings. Is there parking?"]


async def test_stop_in_the_middle_is_obeyed_and_what_was_told_stays(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await is_asked(bank, phone, await kept(bank))
    await phone.says("bigger letters")
    phone.ignores_the_rest()
    await phone.says("STOP")
    phone.reads(sayings.STOPPED)
    assert await bank.is_stopped(phone)
    assert await told(bank) == {"q1": "bigger letters"}


async def test_a_version_saved_in_the_middle_changes_nothing_for_who_has_begun(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    first = await kept(bank, *QUESTIONS[:2])
    await is_asked(bank, phone, first)
    phone.reads(BETTER)
    second = await kept(bank, QUESTIONS[4], after=first)
    sam, now = await colleague(bank), bank.now()
    await bank.does(lambda tx: question_sets.close(tx, sam, second, now))
    await phone.says("bigger letters")
    phone.reads(HOURS)
    await phone.says("4")
    phone.reads(THANKS)
    assert {row.set_id for row in await told(bank, everything=True)} == {first.id}
    assert (second.token, second.version) == (first.token, 2)
    assert (await bank.asks(audit.verify))[1] is None


async def test_help_does_not_lose_the_question(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await is_asked(bank, phone, await kept(bank))
    phone.reads(BETTER)
    await phone.says("HELP")
    phone.reads(sayings.HELP)
    await phone.says("bigger letters")
    phone.reads(HOURS)


async def test_nothing_is_kept_of_somebody_who_is_no_member(phone: Phone, bank: Bank) -> None:
    await phone.says("hello")
    phone.ignores_the_rest()
    await is_asked(bank, phone, await kept(bank, *QUESTIONS[:2]))
    await phone.says("bigger letters")
    await phone.says("7")
    assert phone.unread[-1].screen == THANKS
    phone.ignores_the_rest()
    assert await told(bank) == {}


@ON_BOTH
async def test_what_they_answered_goes_when_they_are_erased(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await is_asked(bank, sms, await kept(bank, *QUESTIONS[:2]))
    await sms.says("bigger letters")
    await sms.says("7")
    sms.ignores_the_rest()
    person, now = await bank.member(sms), bank.now()
    assert await bank.does(lambda tx: erasure.erase_person(tx, person.id, now))
    assert await told(bank) == {}
    assert await bank.remembers("bigger letters") == []


@ON_BOTH
async def test_of_two_who_are_one_the_newer_answer_stays(bank: Bank) -> None:
    row = await kept(bank, *QUESTIONS[:2])
    phones = [bank.phone("sms"), bank.phone("sms")]
    for phone, hours in zip(phones, ("7", "9"), strict=True):
        await phone.joins()
        await is_asked(bank, phone, row)
        await phone.says(f"letters {hours}")
        await phone.says(hours)
        phone.ignores_the_rest()
    [keep, gone] = [await bank.member(phone) for phone in phones]
    sam, now = await colleague(bank), bank.now()
    await bank.does(lambda tx: merging.merge(tx, sam, keep, gone, "the same", now, bank.organisation))
    rows = await told(bank, everything=True)
    assert [(one.person_id, one.question, one.value) for one in rows] == [
        (keep.id, "q1", "letters 9"),
        (keep.id, "q2", "9"),
    ]
    assert (await bank.asks(lambda tx: people.get(tx, gone.id))).merged_into == keep.id
