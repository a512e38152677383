"""A call or a letter that asks about a project: what to read out stands on its page, and so does the answer."""

from __future__ import annotations

from datetime import timedelta

from bank import broadcast_draft, broadcasts
from bank.broadcast_draft import Draft
from bank.tokens import token
from storage import broadcasts as kept
from storage import projects
from storage.broadcasts import BroadcastKind, BroadcastState
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.tasks import TaskKind
from tests.console.desk import Console
from tests.console.test_tasks import rung_person, the_task


def invites(tx: Tx, console: Console) -> Record:
    """A project with one place, and a message to every member that asks whether they are interested."""
    now = console.clock()
    about = {"title": "Home care leaflet", "aim": "A leaflet that is easy to read", "time": "2 hours"}
    project = projects.add(
        tx,
        token=token(),
        kind=ProjectKind.PROJECT,
        state=ProjectState.OPEN,
        words={name: {"en": text} for name, text in about.items()},
        paid=True,
        payment=2500,
        rung=Rung.CO_DESIGN,
        ways=["phone"],
        topics=[],
        districts=[],
        places=1,
        places_by=PlacesBy.FIRST,
        created_at=now,
        changed_at=now,
    )
    draft = Draft("Invitation", {"en": "Would you like to help?"}, BroadcastKind.INVITATION, project.id)
    row = broadcast_draft.write(tx, None, draft, now - timedelta(minutes=1))
    kept.change(tx, row.id, {"state": BroadcastState.QUEUEING})
    while broadcasts.queue_more(tx, row.id, now, console.organisation):
        pass
    return project


async def test_their_answer_is_kept_and_the_page_says_what_to_tell_them(console: Console) -> None:
    await rung_person(console)
    await console.write(lambda tx: invites(tx, console))
    sam = await console.as_(Role.COORDINATOR)
    here = f"/tasks/{(await the_task(console, TaskKind.LETTER)).token}"
    shown = (await sam.get(here)).text
    assert "Home care leaflet" in shown
    assert "Pay may change their benefits." in shown
    shown = (await sam.post(f"{here}/answer", {"answer": "yes", "how": "letter"}, here)).text
    assert "They have a place. Tell them, and what comes next." in shown
    assert "They answered: Yes, they are interested." in shown
    task = await the_task(console, TaskKind.LETTER)
    assert (task.closed_by, task.result) == (sam.staff.id, "They answered: Yes, they are interested.")
    assert "Home care leaflet" not in (await sam.get("/tasks")).text, "nobody has it to do any more"


async def test_what_is_missing_is_said_in_plain_words(console: Console) -> None:
    await rung_person(console)
    await console.write(lambda tx: invites(tx, console))
    sam = await console.as_(Role.COORDINATOR)
    here = f"/tasks/{(await the_task(console, TaskKind.LETTER)).token}"
    shown = (await sam.post(f"{here}/answer", {}, here)).text
    assert "Choose their answer" in shown
    assert "Choose how they told you" in shown
