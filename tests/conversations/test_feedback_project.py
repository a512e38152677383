"""At the end of a project whoever took part is asked once how it was, and how much say it felt like."""

from __future__ import annotations

import pytest

from bank import feedback_project
from bank.handling import CannotDo
from storage import feedback, places
from storage import projects as kept
from storage.places import PlaceState
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx
from tests import looking
from tests.conversations.banks import Bank
from tests.conversations.looking_back import CHANGE, GOOD, HEARD, LAST_WORDS, colleague
from tests.conversations.phones import Phone
from tests.conversations.reminded import asks_nothing_else
from tests.conversations.telling import a_project

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
HELLO = "Ashdale Council: thank you for being part of Home care leaflet. SKIP leaves a question out. STOP ends texts."
HOW = "How was it to take part? Reply 1 (bad) to 5 (very good), or just say it."
SAY = (
    "How much say did you have in it?\n1 I had no say\n2 I was taught about it\n3 I was told about it\n"
    "4 I was asked my views\n5 I helped shape it\n6 We planned it together\n7 We decided it together"
)


async def takes_part(bank: Bank, phone: Phone, project: Record, state: PlaceState = PlaceState.TOOK_PART) -> Record:
    asks_nothing_else(bank)
    await phone.joins()
    person, now = await bank.member(phone), bank.now()
    values = {"project_id": project.id, "person_id": person.id, "state": state, "turn": 1, "told": True}
    await bank.does(lambda tx: places.add(tx, **values, at=now, changed_at=now))
    return person


async def is_over(bank: Bank, *, anonymous: bool = False) -> Record:
    project = await a_project(bank)
    sam = await colleague(bank)

    def end(tx: Tx) -> Record:
        row = kept.change(tx, project.id, {"state": ProjectState.FINISHED})
        return feedback_project.ask(tx, sam, row or project, bank.now(), bank.organisation, anonymous=anonymous)

    await bank.does(end)
    return project


async def told(bank: Bank, project: Record) -> list[tuple[int | None, dict[str, object]]]:
    def look(tx: Tx) -> list[tuple[int | None, dict[str, object]]]:
        rows = looking.responses(tx, [row.id for row in feedback.of_project(tx, project.id)])
        return [(row.person_id, feedback.answers_of(tx, row.id)) for row in rows]

    return await bank.asks(look)


@ON_BOTH
async def test_how_much_say_it_felt_like(bank: Bank, sms: Phone) -> None:
    project = await is_over(bank)
    person = await takes_part(bank, sms, project)
    await bank.until(23, 11, 12)
    sms.reads(f"{HELLO}\n{HOW}")
    for answer, question in (
        ("good", SAY),
        ("we planned it together", HEARD),
        ("yes", GOOD),
        ("skip", CHANGE),
        ("more time", LAST_WORDS),
    ):
        await sms.says(answer)
        sms.reads(question)
    assert await told(bank, project) == [
        (person.id, {"q1": "4", "q2": "co_design", "q3": "c1", "q5": "more time"}),
    ]
    await bank.until(30, 11, 12)
    sms.reads_nothing()


async def test_nobody_is_asked_twice_nor_who_never_had_a_place(bank: Bank) -> None:
    project = await is_over(bank)
    silent, waited = bank.phone("sms"), bank.phone("sms")
    await takes_part(bank, silent, project)
    await takes_part(bank, waited, project, PlaceState.WAITING)
    for phone in (silent, waited):
        phone.ignores_the_rest()
    await bank.until(23, 11, 12)
    silent.reads(f"{HELLO}\n{HOW}")
    await bank.until(22, 12, 12)
    assert len([one for one in silent.unread if HOW in one.screen]) == 1  # reminded once
    silent.ignores_the_rest()
    assert HELLO not in " ".join(one.screen for one in waited.all)
    assert await told(bank, project) == []


async def test_it_is_asked_once_and_only_of_what_has_begun(bank: Bank) -> None:
    project = await is_over(bank)
    sam, now = await colleague(bank), bank.now()
    other = await a_project(bank, "Bus times")
    for row in (project, other):
        with pytest.raises(CannotDo):
            await bank.does(
                lambda tx, row=row: feedback_project.ask(tx, sam, row, now, bank.organisation, anonymous=False)
            )
