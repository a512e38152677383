"""What somebody says to what they were told by letter or on the phone is typed in where that is."""

from __future__ import annotations

from bank import commitment_changes, telling, telling_calls
from storage import commitments, people, tasks, tellings
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.tasks import TaskKind
from tests.bank import leaflet, promised
from tests.console.desk import Browser, Console
from tests.console.test_tasks import acts, rung_person, the_task


async def is_rung(console: Console, sam: Browser) -> Record:
    """Dorothy said that bills are hard to read, and is to hear what becomes of it; the commitment."""
    dorothy = await rung_person(console)

    def work(tx: Tx) -> Record:
        by = leaflet.again(tx, sam.staff.id)
        row = promised.promised(tx, by)
        commitments.add_source(tx, commitment_id=row.id, person_id=dorothy.id, at=console.clock())
        telling_row = {"commitment_id": row.id, "person_id": dorothy.id, "event": "promised", "part": "said"}
        tx.execute(tellings.tellings.insert().values(token="t1", state="waiting", at=console.clock(), **telling_row))
        telling.tell(tx, console.clock(), console.organisation, dorothy.id)
        return row

    return await console.write(work)


async def test_what_they_say_is_kept_as_if_they_had_texted_it(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    row = await is_rung(console, sam)
    here = f"/tasks/{(await the_task(console, TaskKind.LETTER)).token}"
    assert "Enter what they said to it" in (await sam.get(here)).text
    shown = (await sam.get(f"{here}/said")).text
    assert "You said our bills are hard to read." in shown
    assert "Is that what you meant?" in shown
    given = {"answer-t1": "no", "words-t1": "It was the letters", "how": "phone"}
    assert "Their answer is kept." in (await sam.post(f"{here}/said", given, f"{here}/said")).text
    replies = await console.read(lambda tx: _replies(tx, row.id))
    assert replies == [("not_meant", "It was the letters", sam.staff.id)]
    assert [act for act, _details in await acts(console)].count("answer_entered") == 1


async def is_done(console: Console, sam: Browser) -> Record:
    """Sam, whose promise it is, says that it is done; Dorothy is to be rung about that."""
    row = await is_rung(console, sam)

    def work(tx: Tx) -> None:
        tx.execute(tasks.tasks.delete())
        tx.execute(commitments.tellings.delete())
        by, said = leaflet.again(tx, sam.staff.id), commitments.get(tx, row.id)
        commitment_changes.done(tx, by, said, {"en": "The bills went out."}, console.clock())
        telling.tell(tx, console.clock(), console.organisation, commitments.sources(tx, row.id)[0].person_id)

    await console.write(work)
    return row


async def test_nobody_enters_that_their_own_is_kept_and_who_enters_it_is_on_record(console: Console) -> None:
    sam, olu = await console.as_(Role.COORDINATOR), await console.as_(Role.COORDINATOR, name="Olu Bell")
    row = await is_done(console, sam)
    here = f"/tasks/{(await the_task(console, TaskKind.LETTER)).token}/said"
    (telling_row,) = await console.read(lambda tx: list(tx.execute(commitments.tellings.select())))
    given = {f"answer-{telling_row.token}": "yes", "how": "phone"}
    refused = (await sam.post(here, given, here)).text
    assert "Ask a colleague to enter this yes" in refused
    assert await console.read(lambda tx: commitments.get(tx, row.id).state) == "done"
    assert "Their answer is kept." in (await olu.post(here, given, here)).text
    assert await console.read(lambda tx: commitments.get(tx, row.id).state) == "kept"
    shown = " ".join((await sam.get(f"/commitments/{row.token}")).text.split())
    assert "entered by <bdi>Olu Bell</bdi>" in shown


async def test_what_is_missing_is_said_and_nothing_typed_is_lost(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    await is_rung(console, sam)
    here = f"/tasks/{(await the_task(console, TaskKind.LETTER)).token}/said"
    shown = (await sam.post(here, {"words-t1": "It was the letters"}, here)).text
    assert "Choose how they told you" in shown
    assert "It was the letters" in shown
    assert "Choose an answer or write what they said" in (await sam.post(here, {"how": "phone"}, here)).text


async def test_a_call_that_tells_nothing_has_no_such_page(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    person = await rung_person(console)
    await console.write(
        lambda tx: telling_calls.tasks.add(
            tx, token="x1", kind="call", person_id=person.id, opened_at=console.clock(), due_at=console.clock()
        )
    )
    assert (await sam.get("/tasks/x1/said")).status_code == 404
    assert "Enter what they said to it" not in (await sam.get("/tasks/x1")).text
    assert await console.read(lambda tx: people.get(tx, person.id).name) == "Dorothy"


def _replies(tx: Tx, commitment_id: int) -> list[tuple[str, str, int]]:
    table = commitments.commitment_replies
    rows = tx.execute(table.select().where(table.c.commitment_id == commitment_id))
    return [(row.means, row.words, row.entered_by) for row in rows]
