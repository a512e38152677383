"""Whoever does not text is rung, or gets a letter: a colleague reads out what it is about and enters the answer."""

from __future__ import annotations

from typing import Any

import pytest

from bank import invited_tasks
from bank.audit import Act
from bank.invitations import Came, CannotEnter
from bank.tokens import token
from storage import audit, invitations, people, places
from storage.people import PersonState
from storage.schema import Record
from storage.tasks import TaskKind
from storage.told import How
from tests import looking
from tests.conversations.banks import Bank
from tests.conversations.colleagues import Somebody
from tests.conversations.telling import a_project, asks_all, closes, invites


async def dorothy(bank: Bank) -> Record:
    """A member who has a telephone, and does not text."""
    known: dict[str, Any] = {"token": token(), "state": PersonState.MEMBER, "name": "Dorothy", "language": "en"}
    number = "+447700900599"
    rung = {"contact": {"phone": number}, "contact_key": people.contact_key(number)}
    return await bank.does(lambda tx: people.add(tx, **known, **rung, joined_at=bank.now()))


async def the_call(bank: Bank) -> Record:
    """The newest that is to be made."""
    return (await bank.asks(lambda tx: [row for row in looking.open_tasks(tx) if row.kind == TaskKind.CALL]))[-1]


async def enters(bank: Bank, answer: str, how: How = How.PHONE) -> Came:
    task, priya = await the_call(bank), await Somebody.at(bank, f"Priya {token()}")
    return await bank.does(lambda tx: invited_tasks.enter(tx, priya.known, task, answer, how, bank.now()))


@pytest.mark.parametrize(("answer", "came"), [("yes", "place"), ("no", "noted"), ("later", "noted")])
async def test_the_answer_counts_as_any_other(bank: Bank, answer: str, came: str) -> None:
    person, project = await dorothy(bank), await a_project(bank)
    await invites(bank, project)
    assert await enters(bank, answer) == came
    kept = await bank.asks(lambda tx: invitations.to_project(tx, project.id, person.id))
    assert kept is not None
    assert (kept.answer, kept.how, kept.message_id) == (answer, "phone", None)
    assert kept.entered_by is not None
    last = (await bank.asks(lambda tx: list(audit.everything(tx))))[-1]
    assert (last.act, last.person_id) == (Act.ANSWER_ENTERED, person.id)


async def test_the_page_reads_the_project_out_with_care_about_pay(bank: Bank) -> None:
    await dorothy(bank)
    await invites(bank, await a_project(bank))
    task = await the_call(bank)
    found = await bank.asks(lambda tx: invited_tasks.of_task(tx, task, bank.now(), bank.organisation))
    assert found is not None
    assert ("Where", "Oak Hall, by Aldi") in found.told
    assert ("Pay", "You get 25 pounds each time.") in found.told
    assert found.caution == invited_tasks.CAUTION


async def test_who_rings_late_hears_that_they_are_in_line(bank: Bank) -> None:
    await dorothy(bank)
    project = await a_project(bank, places=1)
    phone = bank.phone("sms")
    await phone.joins()
    await invites(bank, project)
    await phone.says("yes")
    phone.ignores_the_rest()
    assert await enters(bank, "yes") is Came.WAITING


@pytest.mark.parametrize("answer", ["no", "later"])
async def test_they_change_their_mind_by_phone(bank: Bank, answer: str) -> None:
    person, project = await dorothy(bank), await a_project(bank, places=1)
    await invites(bank, project)
    await enters(bank, "yes")
    await enters(bank, answer)
    row = await bank.asks(lambda tx: places.of(tx, project.id, person.id))
    assert row is not None
    assert row.state == "given_up"


async def test_a_yes_to_what_has_closed_is_not_kept(bank: Bank) -> None:
    person, project = await dorothy(bank), await a_project(bank)
    await invites(bank, project)
    await closes(bank, project)
    with pytest.raises(CannotEnter):
        await enters(bank, "yes")
    kept = await bank.asks(lambda tx: invitations.to_project(tx, project.id, person.id))
    assert kept is not None
    assert kept.answer is None


async def test_a_choice_of_the_coordinator_s_own(bank: Bank) -> None:
    person = await dorothy(bank)
    row = await asks_all(bank, "When suits you? STOP ends texts.", "Monday", "Tuesday")
    with pytest.raises(CannotEnter):
        await enters(bank, "yes")
    assert await enters(bank, "c2") is Came.NOTED
    kept = await bank.asks(lambda tx: invitations.of(tx, row.id, person.id))
    assert kept is not None
    assert kept.answer == "c2"
