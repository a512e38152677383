"""The audit's page: who may read it, what it says, what it hides, and that looking at it is in it."""

from __future__ import annotations

import pytest

from bank import audit, concern_list, concerns
from bank.audit import Act
from bank.colleague import known
from bank.looking_back import AT_ONCE
from storage import addresses, people, reach
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Browser, Console

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
NUMBER = "+447700900123"


async def asha_of(console: Console) -> tuple[Record, Record]:
    """Somebody who joined, and her address."""
    asha = console.phone(NUMBER)
    await asha.says("JOIN", "1", "1", "Asha")
    at = await asha.address()
    [person] = await console.read(lambda tx: reach.people_at(tx, at.id))
    return person, at


async def told(console: Console, by: Browser, person: Record, at: Record) -> None:
    """What colleagues did, some of it in her conversation."""
    now = console.clock()

    def work(tx: Tx) -> None:
        audit.record(tx, now, Act.SAW_PERSON, by.staff.id, person_id=person.id)
        audit.record(tx, now, Act.PERSON_CHANGED, by.staff.id, person_id=person.id, name=["Asha", "Aisha"])
        audit.record(tx, now, Act.WROTE, by.staff.id, person_id=person.id, about=at.token, text="Words between them")
        audit.record(tx, now, Act.CONCERN_TAKEN, by.staff.id, person_id=person.id, why="Words of a lead")

    await console.write(work)


@both
async def test_it_says_who_did_what_to_whom_and_from_what_to_what(console: Console) -> None:
    lead = await console.as_(Role.SAFEGUARDING_LEAD, name="Priya Nair")
    person, at = await asha_of(console)
    await told(console, lead, person, at)
    page = (await lead.get("/audit")).text
    assert "Priya Nair</bdi> looked at the page of" in page
    assert f'href="/people/{person.token}"' in page
    assert "<bdi>Asha</bdi>" in page
    assert "Aisha" in page
    assert NUMBER[-6:] not in page


async def test_looking_at_it_is_in_it(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR, name="Alex Moor")
    person, _ = await asha_of(console)
    await alex.get(f"/audit?person={person.token}")
    assert "Alex Moor</bdi> looked at the audit" in (await alex.get("/audit")).text
    assert "Alex Moor</bdi> looked at the audit" in (await alex.get(f"/audit?person={person.token}")).text
    assert await console.read(audit.verify) == (4, None)


async def test_it_is_narrowed_to_a_colleague_an_act_or_a_person(console: Console) -> None:
    lead = await console.as_(Role.SAFEGUARDING_LEAD, name="Priya Nair")
    alex = await console.as_(Role.ADMINISTRATOR, name="Alex Moor")
    person, at = await asha_of(console)
    await told(console, lead, person, at)
    await alex.get("/audit")

    theirs = (await lead.get(f"/audit?who={alex.staff.token}")).text
    assert "Alex Moor</bdi> looked at the audit" in theirs
    assert "Words between them" not in theirs
    acts = (await lead.get("/audit?act=person_changed")).text
    assert "Aisha" in acts
    assert "Words between them" not in acts
    hers = (await lead.get(f"/audit?person={person.token}")).text
    assert "Words between them" in hers
    assert "Only what was done to" in hers
    for nobody in ("/audit?who=nobody", "/audit?person=nobody"):
        assert (await lead.get(nobody)).status_code == 404
    assert (await lead.get("/audit?act=nonsense&page=x")).status_code == 200


async def test_only_a_lead_reads_of_danger(console: Console) -> None:
    lead = await console.as_(Role.SAFEGUARDING_LEAD)
    alex = await console.as_(Role.ADMINISTRATOR)
    person, at = await asha_of(console)
    await told(console, lead, person, at)
    before = (await alex.get("/audit")).text
    assert "Words of a lead" not in before
    assert "concern" not in before
    assert "Words between them" in before

    def hold(tx: Tx) -> None:
        people.change(tx, person.id, {"held": "danger"})
        addresses.change(tx, at.id, {"held": "danger"})

    await console.write(hold)
    held = (await alex.get(f"/audit?person={person.token}")).text
    assert "Words between them" not in held, "as the conversation itself"
    assert "person changed" in held, "that it was done stays"
    assert "Aisha" not in held, "the page of the person is hidden, and so is what it said"
    assert held.count("Hidden while there is a concern") == 1
    both_of_them = (await lead.get(f"/audit?person={person.token}")).text
    assert "Words between them" in both_of_them
    assert "Words of a lead" in both_of_them
    assert "Aisha" in both_of_them
    assert "Hidden while" not in both_of_them


@both
async def test_it_comes_a_page_at_a_time(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    now = console.clock()

    def many(tx: Tx) -> None:
        for number in range(AT_ONCE):
            audit.record(tx, now, Act.SEARCHED, alex.staff.id, by=f"way {number:03}")

    await console.write(many)
    first = (await alex.get("/audit")).text
    assert f"way {AT_ONCE - 1:03}" in first
    assert "way 000" in first
    assert "page=2" in first, "the sign-in itself"
    second = (await alex.get("/audit?page=2")).text
    assert "signed in" in second
    assert "page=3" not in second
    assert "Nothing here" in (await alex.get("/audit?page=999999")).text


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.SAFEGUARDING_LEAD}])
async def test_nobody_else_reads_it(console: Console, role: Role) -> None:
    somebody = await console.as_(role)
    assert (await somebody.get("/audit")).status_code == 404
    assert "/audit" not in (await somebody.get("/account")).text


async def test_why_a_lead_saw_a_number_is_read_by_leads_alone(console: Console) -> None:
    lead, alex = await console.as_(Role.SAFEGUARDING_LEAD), await console.as_(Role.ADMINISTRATOR)
    await console.phone(NUMBER).says("JOIN", "1", "1", "Asha", "I am not safe at home")
    [concern] = await console.read(lambda tx: concern_list.overview(tx, known(tx, lead.staff), console.clock()).open)
    here = f"/safeguarding/{concern.token}"
    await lead.post(f"{here}/reveal", {"why": "Words of a lead"}, page=here)
    assert "Words of a lead" in (await lead.get("/audit")).text
    assert "Words of a lead" not in (await alex.get("/audit")).text


async def test_a_look_at_a_concern_without_a_thread_is_read_by_leads_alone(console: Console) -> None:
    lead, alex = await console.as_(Role.SAFEGUARDING_LEAD), await console.as_(Role.ADMINISTRATOR)
    await console.write(lambda tx: concerns.raise_alone(tx, None, "I am not safe at home", console.clock()))
    [concern] = await console.read(lambda tx: concern_list.overview(tx, known(tx, lead.staff), console.clock()).open)
    await lead.get(f"/safeguarding/{concern.token}")
    said = "</bdi> read the conversation with"
    assert said in (await lead.get("/audit")).text
    assert said not in (await alex.get("/audit")).text


async def test_what_a_merging_changed_is_hidden_under_both_names(console: Console) -> None:
    lead, alex = await console.as_(Role.SAFEGUARDING_LEAD), await console.as_(Role.ADMINISTRATOR)
    person, _ = await asha_of(console)
    now = console.clock()

    def work(tx: Tx) -> None:
        gone = people.add(tx, token="gone", state="erased", language="en", joined_at=now)
        audit.record(tx, now, Act.PERSON_MERGED, lead.staff.id, person_id=gone.id, about=person.token, why="both at W1")
        people.change(tx, person.id, {"held": "danger"})

    await console.write(work)
    assert "both at W1" in (await lead.get("/audit")).text
    assert "both at W1" not in (await alex.get("/audit")).text


async def test_what_was_searched_for_is_not_in_it(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    await alex.post("/inbox/search", {"by": "number", "wanted": NUMBER}, page="/inbox/search")
    page = (await alex.get("/audit")).text
    assert "</bdi> searched" in page
    assert NUMBER[-6:] not in page
