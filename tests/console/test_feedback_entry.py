"""How it was, asked of somebody who does not text: a call or a letter, and a page to type in what they say."""

from __future__ import annotations

import re

import pytest

from bank import feedback_asking
from storage import feedback, meetings, people, reminders, rsvps, tasks
from storage.changing import changed
from storage.reminders import ReminderState, Step
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests import looking
from tests.bank import well_attended
from tests.bank.ashdale import ASHDALE
from tests.console.desk import Browser, Console
from tests.console.meeting_pages import carers_space, goes_by
from tests.console.read import said, shown
from tests.console.test_meeting_attend import ticks

BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
SAID = {"q1": "5", "q2": "c2", "q3": "the tea", "q4": "", "q5": "no", "how": "phone"}


async def it_was(console: Console, *names: str, **more: object) -> tuple[Browser, Record]:
    """The day after the carers' space; these came."""
    row = await carers_space(console)
    if more:
        row = await console.write(lambda tx: meetings.change(tx, row.id, more))
    await goes_by(console, row)
    sam = await console.as_(Role.COORDINATOR)
    await ticks(sam, f"/meetings/{row.token}/attend", *names)
    return sam, row


async def named(console: Console, name: str) -> Record:
    return await console.read(lambda tx: well_attended.named(tx, name))


async def told(console: Console, row: Record) -> list[tuple[int | None, bool, dict[str, object]]]:
    """Each answer to the round of this meeting: whose, whether it is finished, and what."""

    def look(tx: Tx) -> list[tuple[int | None, bool, dict[str, object]]]:
        asked = feedback.of_meeting(tx, row.id)
        found = looking.responses(tx, [asked.id]) if asked is not None else []
        return [(one.person_id, one.finished, feedback.answers_of(tx, one.id)) for one in found]

    return await console.read(look)


@BOTH
async def test_what_they_say_is_read_out_and_typed_in(console: Console) -> None:
    sam, row = await it_was(console, "Asha Begum")
    asha = await named(console, "Asha Begum")
    at = f"/meetings/{row.token}/feedback/enter/{asha.token}"
    assert f'href="{at}"' in (await sam.get(f"/meetings/{row.token}/attend")).text
    page = await shown(sam, at)
    for asked in ("How was it? Reply 1 (bad) to 5 (very good), or just say it.", "In part", "5 (very good)"):
        assert asked in page
    kept = await sam.post(at, SAID, page=at)
    assert "What they said is kept." in said(kept.text)
    assert await told(console, row) == [(asha.id, True, {"q1": "5", "q2": "c2", "q3": "the tea", "q5": "no"})]
    rsvp = await console.read(lambda tx: rsvps.of(tx, row.id, asha.id))
    assert rsvp is not None
    assert rsvp.had_needs == "no"
    given = await console.read(lambda tx: looking.responses(tx, [_round(tx, row).id])[0])
    assert (given.entered_by, given.how) == (sam.staff.id, "phone")
    assert (await sam.get(at)).status_code == 404  # it is told


async def test_nothing_is_typed_in_once_nobody_is_asked_any_more(console: Console) -> None:
    """What is said without a name counts then: one more would be told by the difference."""
    sam, row = await it_was(console, "Asha Begum", anonymous=True)
    at = f"/meetings/{row.token}/feedback/enter/{(await named(console, 'Asha Begum')).token}"
    await sam.get(at)
    over = {"closes_at": row.ends_at}
    await console.write(lambda tx: changed(tx, feedback.feedback_rounds, _round(tx, row).id, over))
    assert (await sam.get(at)).status_code == 404


def _round(tx: Tx, row: Record) -> Record:
    found = feedback.of_meeting(tx, row.id)
    assert found is not None
    return found


async def test_nothing_typed_is_lost_where_something_is_missing(console: Console) -> None:
    sam, row = await it_was(console, "Asha Begum")
    at = f"/meetings/{row.token}/feedback/enter/{(await named(console, 'Asha Begum')).token}"
    answer = await sam.post(at, {**SAID, "how": ""}, page=at)
    assert (answer.status_code, "Choose how they told you" in answer.text) == (400, True)
    assert "the tea</textarea>" in answer.text
    nothing = await sam.post(at, {"how": "phone"}, page=at)
    assert "Enter their answer to one question at least" in nothing.text
    odd = await sam.post(at, {**SAID, "q1": "9"}, page=at)
    assert "Choose one of these answers" in odd.text
    assert await told(console, row) == []


async def test_without_names_nobody_stands_beside_it(console: Console) -> None:
    sam, row = await it_was(console, "Asha Begum", anonymous=True)
    asha = await named(console, "Asha Begum")
    at = f"/meetings/{row.token}/feedback/enter/{asha.token}"
    assert "we will not keep your name with this, unless someone is in danger" in await shown(sam, at)
    await sam.post(at, SAID, page=at)
    ((person_id, _finished, answers),) = await told(console, row)
    assert (person_id, answers) == (None, {"q1": "5", "q2": "c2", "q3": "the tea", "q5": "no"})
    given = await console.read(lambda tx: looking.responses(tx, [_round(tx, row).id])[0])
    assert (given.entered_by, given.how, given.at, given.open_token) == (None, None, None, None)
    rsvp = await console.read(lambda tx: rsvps.of(tx, row.id, asha.id))
    assert rsvp is not None
    assert rsvp.had_needs is None


async def test_who_was_not_there_or_may_not_be_seen_is_not_asked(console: Console) -> None:
    sam, row = await it_was(console, "Asha Begum")
    ben, asha = await named(console, "Ben"), await named(console, "Asha Begum")
    assert (await sam.get(f"/meetings/{row.token}/feedback/enter/{ben.token}")).status_code == 404
    await console.write(lambda tx: people.change(tx, asha.id, {"held": "danger"}))
    assert (await sam.get(f"/meetings/{row.token}/feedback/enter/{asha.token}")).status_code == 404
    viewer = await console.as_(Role.VIEWER)
    assert (await viewer.get(f"/meetings/{row.token}/feedback/enter/{asha.token}")).status_code == 404


async def test_who_does_not_text_is_written_to_and_the_letter_leads_to_the_page(console: Console) -> None:
    sam, row = await it_was(console, "Asha Begum")
    asha = await named(console, "Asha Begum")

    def ask(tx: Tx) -> Record | None:
        people.change(tx, asha.id, {"contact": "12 Oak Lane, Ashdale"})
        when = {"starts_at": row.starts_at, "due_at": console.clock(), "at": console.clock()}
        which = {"meeting_id": row.id, "person_id": asha.id, "step": Step.FEEDBACK}
        reminders.put(tx, **which, **when, state=ReminderState.PLANNED)
        (planned,) = [one for one in reminders.of(tx, row.id, asha.id) if one.step == Step.FEEDBACK]
        feedback_asking.ask(tx, console.clock(), ASHDALE, planned)
        return next(iter(tasks.open_of(tx, asha.id)), None)

    task = await console.write(ask)
    assert task is not None
    page = (await sam.get(f"/tasks/{task.token}")).text
    assert "Print this and send it to them: how was it?" in said(page)
    (at,) = re.findall(r'href="(/meetings/[^"]+/feedback/enter/[^"]+)"', page)
    await sam.post(at, SAID, page=at)
    closed = await console.read(lambda tx: tasks.get(tx, task.id))
    assert (closed.closed_by, closed.result) == (sam.staff.id, "What they said is entered.")
