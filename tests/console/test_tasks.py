"""Tasks: calls and letters for people who do not text, and the rest: taken, handed on, put off, and done."""

from __future__ import annotations

import re

import pytest

from bank import audit
from bank.audit import Act
from bank.tokens import token
from storage import addresses, people, reach, staff, tasks
from storage import audit as audit_rows
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.tasks import TaskKind
from tests.console.desk import Console, Somebody
from tests.console.read import said

ASHA = "+447700900511"
LATER = {"day": "3", "month": "12", "year": "2026"}


def day(name: str, **other: str) -> dict[str, str]:
    return {f"{name}-{part}": value for part, value in (LATER | other).items()}


async def wants_a_call(console: Console) -> Somebody:
    asha = console.phone(ASHA)
    await asha.says("JOIN", "1", "1", "Asha", "CALL", "after 4 please")
    return asha


async def the_task(console: Console, kind: TaskKind = TaskKind.CALL) -> Record:
    """The newest of this kind, open or closed."""
    found = await console.read(lambda tx: tx.execute(tasks.tasks.select().where(tasks.tasks.c.kind == kind)).all())
    return found[-1]


async def rung_person(console: Console) -> Record:
    """A member who does not text: a number to ring, and where letters go."""
    contact = {"phone": "+447700900599", "post": "1 Mill Lane\nAshdale"}
    return await console.write(
        lambda tx: people.add(
            tx,
            token=token(),
            state=PersonState.MEMBER,
            name="Dorothy",
            language="en",
            contact=contact,
            joined_at=console.clock(),
        )
    )


async def acts(console: Console) -> list[tuple[str, dict[str, object]]]:
    rows = await console.read(lambda tx: tx.execute(audit_rows.audit.select().order_by(audit_rows.audit.c.id)).all())
    return [(row.act, row.details or {}) for row in rows]


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_a_call_from_today_to_a_result_that_is_kept(console: Console) -> None:
    await wants_a_call(console)
    sam, call = await console.as_(Role.COORDINATOR), await the_task(console)
    path = f"/tasks/{call.token}"
    today = (await sam.get("/")).text
    assert f'href="{path}"' in today
    page = (await sam.get(path)).text
    assert "Ring them" in page
    assert "after 4 please" in page
    assert "511" not in said(page)
    assert "Read the conversation" in page
    assert "Open their page" in page

    assert "Say why you need it" in (await sam.post(f"{path}/number", {"why": ""})).text
    shown = await sam.post(f"{path}/number", {"why": "To ring back"})
    assert "07700 900511" in shown.text
    assert "511" not in str(shown.url)
    assert "07700" not in (await sam.get(path)).text, "it is shown once"

    assert "It is yours now." in (await sam.post(f"{path}/take")).text
    assert "Ring them" in (await sam.get("/tasks?show=mine")).text
    again = {"came": "no_answer", **day("again")}
    assert "It will be tried again on that day." in (await sam.post(f"{path}/result", again)).text
    assert "Sam Field</bdi> got no answer" in (await sam.get(path)).text

    assert "Write what came of it" in (await sam.post(f"{path}/result", {"came": "spoke"})).text
    spoke = {"came": "spoke", "result": "She would like to come to Oak Hall"}
    assert "what came of it is kept" in (await sam.post(f"{path}/result", spoke)).text
    assert path not in (await sam.get("/")).text
    assert path not in (await sam.get("/tasks")).text
    assert path in (await sam.get("/tasks?show=done")).text
    closed = await the_task(console)
    assert (closed.result, closed.closed_by) == ("She would like to come to Oak Hall", sam.staff.id)
    assert "She would like to come" in (await sam.get(path)).text

    told = await acts(console)
    assert (Act.SAW_NUMBER, {"why": "To ring back"}) in told
    assert any(act == Act.TASK_CHANGED and details.get("assigned_to") == ["", "Sam Field"] for act, details in told)
    moved = [details["due_at"] for act, details in told if act == Act.TASK_CHANGED and "due_at" in details]
    assert moved == [[call.due_at.isoformat(), "2026-12-03T17:00:00+00:00"]]
    assert any(act == Act.TASK_CLOSED for act, _details in told)
    assert (await console.read(audit.verify))[1] is None


async def test_a_letter_for_somebody_who_does_not_text(console: Console) -> None:
    sam, dorothy = await console.as_(Role.COORDINATOR), await rung_person(console)
    path = f"/people/{dorothy.token}/tasks/new"
    assert "Add a call or a letter" in (await sam.get(f"/people/{dorothy.token}")).text
    wrong = (await sam.post(path, {"kind": "tea", "words": "", **day("until", year="2025")})).text
    for mistake in ("Choose what is to be done", "Say what it is about", "The date must be in the future"):
        assert mistake in wrong
    form = {"kind": "letter", "words": "Invite her to Oak Hall", **day("until")}
    assert "It is on the list of tasks." in (await sam.post(path, form)).text
    letter = await the_task(console, TaskKind.LETTER)
    assert "Write them a letter" in (await sam.get("/tasks?show=letters")).text
    assert "There are none." in (await sam.get("/tasks?show=calls")).text
    shown = (await sam.post(f"/tasks/{letter.token}/number", {"why": "To write"})).text
    assert "1 Mill Lane" in shown
    assert "07700 900599" in shown
    done = (await sam.post(f"/tasks/{letter.token}/result", {"result": "Posted"})).text
    assert "what came of it is kept" in done
    assert (await the_task(console, TaskKind.LETTER)).result == "Posted"


async def test_a_task_is_handed_to_somebody_who_may_see_it(console: Console) -> None:
    await wants_a_call(console)
    sam, alex = await console.as_(Role.COORDINATOR), await console.as_(Role.COORDINATOR, name="Alex Moor")
    viewer = await console.as_(Role.VIEWER, name="Vic")
    call = await the_task(console)
    path = f"/tasks/{call.token}"
    asha = await console.read(lambda tx: reach.people_at(tx, call.address_id)[0])
    own = await console.as_(Role.COORDINATOR, name="Asha Herself")
    await console.write(lambda tx: staff.change(tx, own.staff.id, {"person_id": asha.id}))
    page = (await sam.get(path)).text
    assert "Alex Moor" in page
    assert "Vic" not in said(page)
    for nobody in (viewer.staff.token, own.staff.token, "x"):
        refused = await sam.post(f"{path}/hand", {"to": nobody})
        assert "Choose a colleague who may see this task" in refused.text
        assert refused.status_code == 400
    assert (
        "They will find it"
        in (await sam.post(f"{path}/hand", {"to": alex.staff.token, "hand_words": "She speaks Polish"})).text
    )
    assert "Ring them" in (await alex.get("/tasks?show=mine")).text
    assert "There are none." in (await sam.get("/tasks?show=mine")).text
    assert "handed it to Alex Moor" in (await alex.get(path)).text
    assert (await own.get(path)).status_code == 404, "nobody sees a task about themselves"
    assert "There are none." in (await own.get("/tasks")).text
    assert (await viewer.get("/tasks")).status_code == 404


async def test_another_day_needs_a_reason(console: Console) -> None:
    await wants_a_call(console)
    sam, call = await console.as_(Role.COORDINATOR), await the_task(console)
    path = f"/tasks/{call.token}"
    said = (await sam.post(f"{path}/put-off", day("until", month="13"))).text
    assert "Enter a real date" in said
    assert "Say why it needs another day" in said
    given = {**day("until"), "put_off_why": "She is in hospital until then"}
    assert "The new day is kept." in (await sam.post(f"{path}/put-off", given)).text
    page = (await sam.get(path)).text
    assert "gave it another day" in page
    assert "She is in hospital until then" in page
    assert "Thursday 3 December" in page


async def test_what_is_late_says_so(console: Console) -> None:
    await wants_a_call(console)
    await console.moves(days=3)
    sam, call = await console.as_(Role.COORDINATOR), await the_task(console)
    assert "Overdue" in (await sam.get("/tasks")).text
    assert "Overdue" in (await sam.get(f"/tasks/{call.token}")).text


async def test_what_is_done_twice_is_done_once(console: Console) -> None:
    await wants_a_call(console)
    sam, call = await console.as_(Role.COORDINATOR), await the_task(console)
    path = f"/tasks/{call.token}"
    await sam.post(f"{path}/result", {"came": "spoke", "result": "First"})
    await sam.post(f"{path}/result", {"came": "spoke", "result": "Second"})
    for name in ("take", "put-off", "hand"):
        await sam.post(f"{path}/{name}", {**day("until"), "put_off_why": "x", "to": sam.staff.token})
    closed = await the_task(console)
    assert (closed.result, closed.assigned_to) == ("First", None)


async def test_a_number_in_their_words_is_masked_until_it_is_asked_for(console: Console) -> None:
    asha = console.phone("700000123", "telegram")
    await asha.says("JOIN", "1", "1", "Asha", "CALL", "07700 900 577", "after 4")
    sam, call = await console.as_(Role.COORDINATOR), await the_task(console)
    page = (await sam.get(f"/tasks/{call.token}")).text
    assert "a number that ends 577" in page
    assert not re.search(r"7700 ?900 ?577", page)
    shown = (await sam.post(f"/tasks/{call.token}/number", {"why": "To ring back"})).text
    assert "07700 900577" in shown
    assert "700000123" not in shown, "a chat's name is no number to ring"


async def test_where_somebody_may_be_in_danger_only_a_lead_sees_the_task(console: Console) -> None:
    asha = await wants_a_call(console)
    sam, lead = await console.as_(Role.COORDINATOR), await console.as_(Role.SAFEGUARDING_LEAD, name="Lee")
    call = await the_task(console)
    await asha.says("he hits me and I am scared")
    path = f"/tasks/{call.token}"
    assert (await sam.get(path)).status_code == 404
    assert (await sam.post(f"{path}/number", {"why": "x"})).status_code == 404
    assert "There are none." in (await sam.get("/tasks")).text
    assert (await lead.get(path)).status_code == 200


async def test_danger_and_questions_have_rooms_of_their_own(console: Console) -> None:
    def raise_them(tx: Tx) -> list[str]:
        names = []
        for kind in (TaskKind.SAFEGUARDING, TaskKind.QUESTION, TaskKind.READ):
            names.append(token())
            tasks.add(tx, token=names[-1], kind=kind, opened_at=console.clock(), due_at=console.clock())
        return names

    names, lead = await console.write(raise_them), await console.as_(Role.SAFEGUARDING_LEAD)
    assert "There are none." in (await lead.get("/tasks")).text
    assert [(await lead.get(f"/tasks/{name}")).status_code for name in names] == [404] * 3


async def test_a_long_list_has_pages(console: Console) -> None:
    def raise_many(tx: Tx) -> None:
        for _number in range(60):
            tasks.add(tx, token=token(), kind=TaskKind.LANGUAGE, opened_at=console.clock(), due_at=console.clock())

    await console.write(raise_many)
    sam = await console.as_(Role.COORDINATOR)
    first, second = (await sam.get("/tasks")).text, (await sam.get("/tasks?show=all&page=2")).text
    assert (first.count('href="/tasks/'), second.count('href="/tasks/')) == (50, 10)
    assert "Next page" in first
    assert "Page before" in second


async def test_an_erased_person_leaves_no_words_in_a_task(console: Console) -> None:
    asha = await wants_a_call(console)
    sam, call = await console.as_(Role.COORDINATOR), await the_task(console)
    await sam.post(f"/tasks/{call.token}/result", {"came": "spoke", "result": "Her son was there"})
    await asha.says("LEAVE")
    await console.moves(days=15)
    erased = await the_task(console)
    assert (erased.words, erased.result, erased.history, erased.person_id) == (None, None, None, None)
    assert (await console.read(lambda tx: addresses.find(tx, "sms", ASHA))) is not None


async def test_a_call_to_somebody_in_danger_is_on_today_for_leads_alone(console: Console) -> None:
    person, sam = await rung_person(console), await console.as_(Role.COORDINATOR)
    lead = await console.as_(Role.SAFEGUARDING_LEAD)
    form = {"kind": "call", "words": "Ask about the bus", **day("until")}
    await sam.post(f"/people/{person.token}/tasks/new", form)
    here = f"/tasks/{(await the_task(console)).token}"
    assert here in (await sam.get("/")).text
    await console.write(lambda tx: people.change(tx, person.id, {"held": "danger"}))
    for path in ("/", "/tasks"):
        assert here not in (await sam.get(path)).text
        assert here in (await lead.get(path)).text
