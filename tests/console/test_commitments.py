"""Commitments at the console: written after a meeting, approved, promised, moved, done, and what people wrote back."""

from __future__ import annotations

from typing import Any

import pytest

from bank import commitment_changes
from bank.tokens import token
from storage import audit as audit_rows
from storage import commitments as kept
from storage import meetings, people, staff, who_said
from storage.commitments import CommitmentState, commitment_replies
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet, promised
from tests.bank.ashdale import MORNING
from tests.console.desk import Browser, Console
from tests.console.read import said, shown

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
Form = dict[str, str | list[str]]
DUE: Form = {"due-day": "29", "due-month": "1", "due-year": "2027"}
FORM: Form = {
    "title-en": "Bills that are easy to read",
    "title-pl": "Proste rachunki",
    "heard-en": "our bills are hard to read",
    "heard-pl": "rachunki są niejasne",
    "kind": "will",
    "will-en": "rewrite them with carers",
    **DUE,
}
DONE = {"en": "The new bills went out in January."}


async def the_one(console: Console) -> Record:
    (row,) = await console.read(lambda tx: kept.in_states(tx, list(CommitmentState)))
    return row


async def written(console: Console, sam: Browser, **other: str | list[str]) -> str:
    """Sam wrote it; the address of its page."""
    answer = await sam.post("/commitments/new", {**FORM, "owner": sam.staff.token, **other}, page="/commitments/new")
    assert "It is kept as a draft." in answer.text, said(answer.text)
    return f"/commitments/{(await the_one(console)).token}"


async def in_force(console: Console, sam: Browser, *names: str, **more: Any) -> tuple[str, list[Record]]:
    """It is promised to those of these who said it: the first."""

    def story(tx: Tx) -> tuple[str, list[Record]]:
        meeting, came = promised.space(tx, *names)
        row = promised.promised(tx, leaflet.again(tx, sam.staff.id), meeting, *came[:1], **more)
        return f"/commitments/{row.token}", came

    return await console.write(story)


async def acts(console: Console) -> list[str]:
    return [row.act for row in await console.read(lambda tx: list(audit_rows.everything(tx)))]


@both
async def test_it_is_written_after_a_meeting_by_who_said_it(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    meeting, (asha, _ben) = await console.write(lambda tx: promised.space(tx, "Asha", "Ben"))
    at = f"/commitments/new?meeting={meeting.token}"
    assert "Asha Ben" in await shown(sam, at)
    assert "saw_meeting" in await acts(console)
    here = await written(console, sam, meeting=meeting.token, people=[asha.token])
    page = await shown(sam, here)
    for told in (
        "Draft",
        (
            "Ashdale Council: you said our bills are hard to read. We will rewrite them with carers by "
            "Friday 29 January. STOP ends texts. Is that what you meant?"
        ),
        "Friday 29 January 2027",
        "Said at Listening space , Thursday 3 December 2026, by Asha",
        "A second person of the team: has not said yet",
        "Sam Field",
    ):
        assert told in page, told
    row = await the_one(console)
    assert (row.meeting_id, row.state) == (meeting.id, "draft")
    assert await console.read(lambda tx: who_said.known(tx, row.id)) == {asha.id}
    assert {"commitment_added", "saw_commitment"} <= set(await acts(console))


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"title-en": ""}, "Enter a short title"),
        ({"title-en": "x" * 41}, "This must be 40 characters or fewer"),
        ({"kind": "perhaps"}, "Choose whether you will do it"),
        ({"due-day": "31", "due-month": "2"}, "Enter a real date, such as 29 1 2027"),
        ({"due-day": "20", "due-month": "11", "due-year": "2026"}, "The date must be in the future"),
        ({"due-day": "30"}, "Nobody of ours works on Saturday 30 January"),
        ({"people": ["somebody"]}, "Choose among those who came"),
        ({"answers": ["99:q1"]}, "One of these answers is not there any more"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(console: Console, other: Form, says: str) -> None:
    sam = await console.as_(Role.COORDINATOR)
    answer = await sam.post("/commitments/new", {**FORM, **other}, page="/commitments/new")
    assert answer.status_code == 400
    assert says in said(answer.text)
    assert "rewrite them with carers" in answer.text
    assert await console.read(lambda tx: kept.in_states(tx, list(CommitmentState))) == []


async def test_the_words_are_looked_at_first(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    form: Form = {**FORM, "will-en": "utilise plain words with carers", "press": "look"}
    page = said((await sam.post("/commitments/new", form, page="/commitments/new")).text)
    assert "We will utilise plain words with carers by Friday 29 January." in page
    assert "To make it plainer" in page
    assert await console.read(lambda tx: kept.in_states(tx, list(CommitmentState))) == []


@both
async def test_both_co_chairs_say_yes_and_it_is_promised(console: Console) -> None:
    sam, olu = await console.as_(Role.COORDINATOR), await console.as_(Role.COORDINATOR, name="Olu")
    asha = await console.write(leaflet.member)
    project = await console.write(lambda tx: leaflet.led(tx, leaflet.again(tx, sam.staff.id), asha))
    here = await written(console, sam, project=project.token)
    assert "They are asked." in (await sam.post(f"{here}/ask")).text
    assert "Say yes or no to what we will do" in (await sam.get("/")).text
    page = (await sam.get(here)).text
    links = [part.partition('"')[0] for part in page.split('href="/approvals/')[1:]]
    assert len(links) == 2
    assert "See what was asked of the co-chair of the team</a>, 11am" in page
    approvals = [(one, await shown(sam, f"/approvals/{one}")) for one in links]
    assert all("We will rewrite them with carers by Friday 29 January." in text for _one, text in approvals)
    for one, text in approvals:
        who, day = (sam, {}) if "co-chair of the team" in text else (olu, {"on-day": "23", "on-month": "11"})
        more: Form = {**day, **({"on-year": "2026"} if day else {})}
        assert "The answer is kept." in (await who.post(f"/approvals/{one}", {"given": "yes", **more})).text
    await console.moves(minutes=1)
    assert (await the_one(console)).state == "open"
    assert "Promised" in await shown(sam, here)
    assert "Ask the" not in await shown(sam, here)


async def test_what_is_missing_is_told_before_anybody_is_asked(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await written(console, sam, **{"heard-en": "", "due-day": "", "due-month": "", "due-year": "", "owner": ""})
    page = await shown(sam, here)
    assert "Before it can be promised" in page
    for lacks in ("Enter what you heard", "Choose who sees to it", "Enter by when"):
        assert lacks in page
    assert "Nobody is asked yet" in (await sam.post(f"{here}/ask")).text


async def test_a_change_while_it_is_asked_about_asks_anew(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await written(console, sam)
    await sam.post(f"{here}/ask")
    assert "they are asked anew" in await shown(sam, f"{here}/change")
    form: Form = {**FORM, "owner": sam.staff.token, "will-en": "rewrite all of them"}
    assert "is asked anew" in (await sam.post(f"{here}/change", form)).text
    form["title-en"] = "x" * 41
    assert (await sam.post(f"{here}/change", form)).status_code == 400
    assert "It is a draft again" in (await sam.post(f"{here}/take-back")).text
    assert (await the_one(console)).words["will"]["en"] == "rewrite all of them"


async def test_a_draft_is_thrown_away_unless_somebody_was_asked_about_it(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await written(console, sam)
    assert "Throw the draft away" in await shown(sam, here)
    assert "The draft is thrown away" in (await sam.post(f"{here}/remove")).text
    assert (await sam.get(here)).status_code == 404
    here = await written(console, sam)
    await sam.post(f"{here}/ask")
    await sam.post(f"{here}/take-back")
    assert "Throw the draft away" not in await shown(sam, here)
    assert "Somebody has changed it in the meantime" in (await sam.post(f"{here}/remove")).text
    assert (await the_one(console)).state == "draft"


@both
async def test_a_promise_is_moved_handed_over_done_and_its_story_stays(console: Console) -> None:
    sam, olu = await console.as_(Role.COORDINATOR), await console.as_(Role.COORDINATOR, name="Olu Ade")
    here, _came = await in_force(console, sam, "Asha", "Ben")
    assert "2 people are told." in await shown(sam, f"{here}/move")
    later: Form = {"due-day": "12", "due-month": "2", "due-year": "2027", "why-en": "The printer is ill"}
    assert "Enter by when" in said((await sam.post(f"{here}/move", {"why-en": "ill"})).text)
    assert "Say why the day is moved" in said((await sam.post(f"{here}/move", {**later, "why-en": ""})).text)
    assert "The new day is kept." in (await sam.post(f"{here}/move", later)).text
    assert "It is changed who sees to it." in (await sam.post(f"{here}/owner", {"owner": olu.staff.token})).text
    done = "1 of them is asked whether it is done."
    assert done in await shown(sam, f"{here}/done")
    assert "Say what was done" in said((await sam.post(f"{here}/done", {})).text)
    assert "It is kept as done." in (await sam.post(f"{here}/done", {"outcome-en": DONE["en"]})).text
    page = await shown(sam, here)
    for told in (
        "Moved to another day : from Friday 29 January 2027 to Friday 12 February 2027",
        "The printer is ill",
        "Given to somebody else : from Sam Field to Olu Ade",
        "Done, we say",
        "The new bills went out in January.",
        "In numbers of people",
    ):
        assert told in page, told
    assert (await sam.get(f"{here}/move")).status_code == 404
    assert (await sam.get(f"{here}/change")).status_code == 404


async def test_it_is_stopped_with_why(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here, _came = await in_force(console, sam, "Asha")
    look = await sam.post(f"{here}/stop", {"why-en": "We utilised it all", "press": "look"})
    assert "To make it plainer" in look.text
    assert "It is stopped." in (await sam.post(f"{here}/stop", {"why-en": "There is no money for it"})).text
    assert "There is no money for it" in await shown(sam, here)
    assert (await the_one(console)).state == "stopped"


async def test_what_people_wrote_back_is_read_and_answered(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here, (asha,) = await in_force(console, sam, "Asha")

    def writes(tx: Tx) -> None:
        (row,) = kept.in_states(tx, [CommitmentState.OPEN])
        reply: dict[str, Any] = {"token": token(), "commitment_id": row.id, "person_id": asha.id, "at": MORNING}
        tx.execute(commitment_replies.insert().values(means="not_meant", words="not the bills, the letters", **reply))

    await console.write(writes)
    page = await sam.get(here)
    assert "not the bills, the letters" in page.text
    assert "It is not what they meant" in page.text
    press = page.text.partition("/replies/")[2].partition("/seen")[0]
    assert "It is noted that you have read it." in (await sam.post(f"{here}/replies/{press}/seen")).text
    assert "Read by Sam Field" in await shown(sam, here)
    assert (await sam.post(f"{here}/replies/none/seen")).status_code == 404
    await console.write(lambda tx: people.change(tx, asha.id, {"held": "danger"}))
    assert "not the bills" not in (await sam.get(here)).text


async def test_who_may_see_and_write(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    asha = await console.write(leaflet.member)
    project = await console.write(lambda tx: leaflet.led(tx, leaflet.again(tx, sam.staff.id), asha))
    here, _came = await in_force(console, sam, "Ben", project=project.token)
    viewer, partner = await console.as_(Role.VIEWER), await console.as_(Role.PARTNER)
    chair, other = await console.as_(Role.PARTNER, name="Chair"), await console.as_(Role.PARTNER, name="Other")
    await console.write(lambda tx: staff.give(tx, chair.staff.id, [Role.CO_CHAIR], project.token))
    await console.write(lambda tx: staff.give(tx, other.staff.id, [Role.CO_CHAIR], "another"))
    page = await shown(viewer, here)
    assert "by somebody whom you cannot see" in page
    assert "Ben" not in page
    assert "It is done" not in page
    for who, status in ((viewer, 404), (partner, 404), (other, 404), (chair, 200)):
        assert (await who.get(f"{here}/done")).status_code == status
    for who, status in ((partner, 404), (other, 404), (chair, 200)):
        assert (await who.get(here)).status_code == status
    assert (await chair.get(f"/commitments/new?project={project.token}")).status_code == 200
    for who in (chair, viewer, partner, other):
        assert (await who.get("/commitments/new")).url.path == "/commitments"
    for who in (viewer, partner, other):
        assert (await who.get(f"/commitments/new?project={project.token}")).status_code == 404
    form: Form = {**FORM, "owner": sam.staff.token}
    assert (await chair.post("/commitments/new", form)).status_code == 404
    assert "It is kept as a draft." in (await chair.post("/commitments/new", {**form, "project": project.token})).text
    assert "Bills that are easy to read" in await shown(chair, "/commitments")
    assert "Bills that are easy to read" not in await shown(other, "/commitments")


async def test_the_list_is_narrowed(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here, _came = await in_force(console, sam, "Asha")
    title = "Bills that are easy to read"
    assert title in await shown(sam, "/commitments")
    assert title in await shown(sam, f"/commitments?owner={sam.staff.token}")
    for elsewhere in ("?show=drafts", "?show=kept", "?late=yes"):
        assert title not in await shown(sam, f"/commitments{elsewhere}")
    await console.moves(days=70)
    olu = await console.as_(Role.COORDINATOR, name="Olu")  # Sam's session is over by now
    for late in ("?late=yes", "?show=all"):
        assert f"{title} Friday 29 January 2027 Sam Field Late" in await shown(olu, f"/commitments{late}")
    assert "This promise is late" in (await olu.get("/")).text

    def becomes(tx: Tx) -> None:
        row, by = kept.by_token(tx, here.rpartition("/")[2]), leaflet.again(tx, sam.staff.id)
        assert row is not None
        commitment_changes.done(tx, by, row, DONE, console.clock())

    await console.write(becomes)
    assert "It was late once." in await shown(olu, here)


async def test_a_meeting_and_a_project_show_theirs(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    project = await console.write(lambda tx: leaflet.opened(tx, leaflet.again(tx, sam.staff.id), leaflet.member(tx)))
    here, _came = await in_force(console, sam, "Asha", project=project.token)
    meeting = await console.read(lambda tx: meetings.get(tx, kept.get(tx, 1).meeting_id))
    for at in (f"/meetings/{meeting.token}", f"/projects/{project.token}"):
        page = (await sam.get(at)).text
        assert f'href="{here}"' in page
        assert "Write what you will do" in page
    end = await shown(sam, f"/projects/{project.token}/end")
    assert "What you promised goes on" in end
    assert "1 promise of it is not settled." in end
    answer = await sam.post(f"/projects/{project.token}/end", {"why": "Nobody took part"})
    assert "The project is finished." in answer.text
    row = await the_one(console)
    assert row.state == "open"  # it is chased as before
    await console.moves(days=70)
    assert (await the_one(console)).nagged_at is not None
