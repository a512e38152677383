"""Projects at the console: written, checked, led by two, opened, agreed together, and finished."""

from __future__ import annotations

import pytest

from bank import approvals
from bank.broadcast_draft import approval_words
from bank.project_facts import said
from storage import approvals as entries
from storage import askings, broadcasts, people, projects, staff
from storage import audit as audit_rows
from storage.addresses import HELD_FOR_DANGER
from storage.approvals import Post, Subject
from storage.broadcasts import BroadcastKind, BroadcastState
from storage.projects import ProjectState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet
from tests.console.desk import Browser, Console

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
FORM: dict[str, str | list[str]] = {
    "title-en": "Home care leaflet",
    "title-pl": "Ulotka o opiece",
    "aim-en": "We will write a leaflet that is easy to read.",
    "involves-en": "You read drafts and tell us what to change.",
    "time-en": "Two hours, three times",
    "payment-en": "£20 for each meeting",
    "place-en": "Oak Hall, by Aldi",
    "kind": "group",
    "rung": "co_design",
    "paid": "yes",
    "payment": "20",
    "ways": ["in_person", "online"],
    "districts": "as1, AS2",
    "places": "6",
    "places_by": "draw",
    "decided-day": "1",
    "decided-month": "12",
    "decided-year": "2026",
    "starts-day": "3",
    "starts-month": "12",
    "starts-year": "2026",
    "ends-day": "26",
    "ends-month": "2",
    "ends-year": "2027",
    "code": "leaflet",
    "public": "yes",
}


async def the_project(console: Console) -> Record:
    """The newest, whatever its state."""
    return (await console.read(lambda tx: projects.in_states(tx, list(ProjectState))))[0]


async def written(console: Console, sam: Browser, **other: str) -> str:
    """Sam wrote the leaflet; the address of its page."""
    answer = await sam.post("/projects/new", {**FORM, **other}, page="/projects/new")
    assert "The project is kept." in answer.text
    return f"/projects/{(await the_project(console)).token}"


async def member(console: Console, name: str = "Asha") -> Record:
    return await console.write(lambda tx: leaflet.member(tx, name))


async def led(console: Console, sam: Browser, **other: str) -> tuple[str, Record]:
    """The leaflet, led by Sam and a member."""
    here, asha = await written(console, sam, **other), await member(console)
    named = {"staff": sam.staff.token, "person": f"https://heard.test/people/{asha.token}"}
    assert "The change is kept." in (await sam.post(f"{here}/team/chairs", named)).text
    return here, asha


async def acts(console: Console) -> list[str]:
    rows = await console.read(lambda tx: list(audit_rows.everything(tx)))
    return [row.act for row in rows]


@both
async def test_a_project_is_written_and_everything_is_kept(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await written(console, sam)
    page = (await sam.get(here)).text
    for told in (
        "Home care leaflet",
        "Ulotka o opiece",
        "Oak Hall, by Aldi",
        "LEAFLET",
        "AS1, AS2",
        "6. By a fair draw",
    ):
        assert told in page
    row = await the_project(console)
    assert (row.state, row.payment, row.ways, row.decided_on) == ("draft", 2000, ["in_person", "online"], "2026-12-01")
    assert row.words["title"] == {"en": "Home care leaflet", "pl": "Ulotka o opiece"}
    assert "Home care leaflet" in (await sam.get("/projects?show=drafts")).text
    assert "Home care leaflet" not in (await sam.get("/projects")).text
    assert "project_added" in await acts(console)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"title-en": ""}, "Enter a title"),
        ({"kind": "party"}, "Choose what kind of work it is"),
        ({"payment": "lots"}, "Enter an amount in pounds"),
        ({"payment": "1e9"}, "Enter an amount in pounds"),
        ({"places": "0"}, "Enter a whole number, such as 6"),
        ({"districts": "Ashdale"}, "Enter the first halves of postcodes"),
        ({"ends-day": "31"}, "Enter a real date"),
        ({"code": "x"}, "Enter 2 to 20 letters, numbers or hyphens"),
        ({"aim-en": "x" * 301}, "This must be 300 characters or fewer"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_kept(console: Console, other: dict[str, str], says: str) -> None:
    sam = await console.as_(Role.COORDINATOR)
    answer = await sam.post("/projects/new", {**FORM, **other}, page="/projects/new")
    assert answer.status_code == 400
    assert says in answer.text
    assert await console.read(lambda tx: projects.in_states(tx, list(ProjectState))) == []


async def test_two_projects_do_not_have_one_word(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    await written(console, sam)
    answer = await sam.post("/projects/new", {**FORM, "title-en": "Another"}, page="/projects/new")
    assert "Another project or poster has this word" in answer.text
    assert said(await the_project(console), "title", "en") == "Home care leaflet"


async def test_what_would_make_words_plainer_stands_beside_them(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    hard = {"aim-en": "We will utilise co-production to commission services.", "press": "look"}
    page = (await sam.post("/projects/new", {**FORM, **hard}, page="/projects/new")).text
    assert "To make it plainer" in page
    assert "use" in page
    assert "We will utilise co-production" in page  # what was typed is still there
    here = await written(console, sam, **{"aim-en": hard["aim-en"]})
    assert "Aim, in English" in (await sam.get(here)).text
    assert "To make it plainer" in (await sam.get(f"{here}/change")).text


async def test_it_opens_when_nothing_is_missing(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await written(console, sam, **{"time-en": ""})
    page = (await sam.post(f"{here}/open")).text
    assert "It cannot be open yet" in page
    assert "Enter how much time it takes" in page
    assert "Name two co-chairs: one of the team, and one member" in page
    assert (await the_project(console)).state == "draft"
    await sam.post(f"{here}/change", {**FORM})
    asha = await member(console)
    await sam.post(f"{here}/team/chairs", {"staff": sam.staff.token, "person": asha.token})
    assert "It is changed where the project stands." in (await sam.post(f"{here}/open")).text
    assert "Home care leaflet" in (await sam.get("/projects")).text
    again = await sam.post(f"{here}/open")
    assert "Somebody has changed it in the meantime" in again.text
    assert "Under way" in (await sam.post(f"{here}/begin")).text
    assert "Open it again" in (await sam.get(here)).text


async def test_what_is_open_cannot_be_made_unfit(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here, _asha = await led(console, sam)
    await sam.post(f"{here}/open")
    answer = await sam.post(f"{here}/change", {**FORM, "aim-en": "One. Two."})
    assert answer.status_code == 400
    assert "The aim must be one sentence" in answer.text
    assert "easy to read" in (await the_project(console)).words["aim"]["en"]


async def test_who_leads_it_is_named_or_a_reason_is(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await written(console, sam)
    answer = await sam.post(f"{here}/team/chairs", {"staff": sam.staff.token, "person": ""})
    assert "Name two co-chairs, or say why there is only one" in answer.text
    answer = await sam.post(f"{here}/team/chairs", {"staff": sam.staff.token, "person": "nobody", "why": "x"})
    assert "Open a member" in answer.text
    await sam.post(f"{here}/team/chairs", {"staff": sam.staff.token, "why": "She is ill until spring"})
    assert "She is ill until spring" in (await sam.get(here)).text


async def test_a_co_chair_who_may_not_be_seen_stays_where_the_field_is_left_empty(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here, asha = await led(console, sam)
    await console.write(lambda tx: people.change(tx, asha.id, {"held": HELD_FOR_DANGER}))
    assert "Asha" not in (await sam.get(f"{here}/team")).text
    kept = await sam.post(f"{here}/team/chairs", {"staff": sam.staff.token, "person": "", "why": "Only me"})
    assert "The change is kept." in kept.text
    assert (await the_project(console)).member_chair == asha.id
    await console.write(lambda tx: people.change(tx, asha.id, {"held": None}))
    await sam.post(f"{here}/team/chairs", {"staff": sam.staff.token, "person": "", "why": "She is ill"})
    assert (await the_project(console)).member_chair is None


async def test_only_who_leads_it_or_an_administrator_changes_who_does(console: Console) -> None:
    sam, olu = await console.as_(Role.COORDINATOR), await console.as_(Role.COORDINATOR, name="Olu Ade")
    here, asha = await led(console, sam)
    named = {"staff": olu.staff.token, "person": asha.token}
    assert (await olu.post(f"{here}/team/chairs", named)).status_code == 404
    roles = {"colleague": olu.staff.token, "roles": ["approver"]}
    assert (await olu.post(f"{here}/team/roles", roles)).status_code == 404
    assert "Keep the co-chairs" not in (await olu.get(f"{here}/team")).text
    assert "The change is kept." in (await sam.post(f"{here}/team/roles", roles)).text
    token = (await the_project(console)).token
    assert (Role.APPROVER, token) in await console.read(lambda tx: staff.roles_of(tx, olu.staff.id))
    alex = await console.as_(Role.ADMINISTRATOR, name="Alex Moor")
    assert "The change is kept." in (await alex.post(f"{here}/team/chairs", named)).text
    assert (Role.CO_CHAIR, token) in await console.read(lambda tx: staff.roles_of(tx, olu.staff.id))
    assert await console.read(lambda tx: staff.roles_of(tx, sam.staff.id)) == {(Role.COORDINATOR, "")}


async def test_who_has_a_role_for_one_project_sees_that_one_alone(console: Console) -> None:
    sam, viv = await console.as_(Role.COORDINATOR), await console.as_(name="Viv Stone")
    here, _asha = await led(console, sam)
    other = await written(console, sam, **{"title-en": "Another one", "code": ""})
    assert (await viv.get(here)).status_code == 404
    await sam.post(f"{here}/team/roles", {"colleague": viv.staff.token, "roles": ["viewer"]})
    first = (await viv.get("/")).text
    assert "Projects" in first  # it is the first page that is theirs
    listed = (await viv.get("/projects?show=drafts")).text
    assert "Home care leaflet" in listed
    assert "Another one" not in listed
    assert "Add a project" not in listed
    assert (await viv.get(here)).status_code == 200
    assert (await viv.get(other)).status_code == 404
    assert (await viv.get(f"{here}/change")).status_code == 404
    assert (await viv.post(f"{here}/open")).status_code == 404
    partner = await console.as_(Role.PARTNER, name="Robin Hill")
    assert (await partner.get(here)).status_code == 404


@both
async def test_who_is_of_one_project_is_led_to_no_members_page(console: Console) -> None:
    olu = await console.as_(name="Olu Reed")
    asha = await console.write(leaflet.member)
    project = await console.write(lambda tx: leaflet.led(tx, leaflet.again(tx, olu.staff.id), asha))
    await console.write(lambda tx: staff.give(tx, olu.staff.id, [Role.CO_CHAIR], project.token))
    here = f"/projects/{project.token}"
    for at, name in (("", "Asha"), ("/team", "Asha")):
        page = await olu.get(f"{here}{at}")
        assert page.status_code == 200
        assert name in page.text, at
        assert '<a class="govuk-link" href="/people/' not in page.text, at
        assert "under People" not in page.text
    refused = await olu.post(f"{here}/team/chairs", {"person": "nobody", "staff": olu.staff.token}, f"{here}/team")
    assert "Put back what was here, or leave it empty." in refused.text


async def test_terms_are_written_asked_about_and_agreed(console: Console) -> None:
    """The colleague says yes here, and the member on print: one who did not write it enters it with its day."""
    sam = await console.as_(Role.COORDINATOR)
    here, _asha = await led(console, sam)
    assert "Nothing is written yet." in (await sam.get(f"{here}/terms")).text
    empty = await sam.post(f"{here}/terms/terms", {"words-en": ""})
    assert "Enter the words in English" in empty.text
    await sam.post(f"{here}/terms/terms", {"words-en": "We meet on Thursdays.", "words-pl": "W czwartki."})
    page = (await sam.get(f"{here}/terms")).text
    assert "Not agreed yet" in page
    assert "The co-chairs are asked." in (await sam.post(f"{here}/terms/terms/ask")).text
    today = (await sam.get("/")).text
    assert "Say yes or no to what we agreed to do" in today
    mine, hers = await console.read(lambda tx: askings.waiting(tx, 10))
    assert (mine.post, hers.post) == (Post.STAFF_CHAIR, Post.MEMBER_CHAIR)
    assert "We meet on Thursdays." in (await sam.get(f"/approvals/{mine.token}")).text
    assert "The answer is kept." in (await sam.post(f"/approvals/{mine.token}", {"given": "yes"})).text
    assert "You wrote it. A colleague enters what they said." in (await sam.get(f"/approvals/{hers.token}")).text
    on = {"on-day": "20", "on-month": "11", "on-year": "2026"}
    mine_again = await sam.post(f"/approvals/{hers.token}", {"given": "yes", **on})
    assert "This is not yours to say" in mine_again.text
    olu = await console.as_(Role.COORDINATOR, name="Olu Reed")
    late = await olu.post(
        f"/approvals/{hers.token}", {"given": "yes", "on-day": "1", "on-month": "1", "on-year": "2030"}
    )
    assert "The day must not be to come" in late.text
    assert "The answer is kept." in (await olu.post(f"/approvals/{hers.token}", {"given": "yes", **on})).text
    page = (await sam.get(f"{here}/terms")).text
    assert "Not agreed yet" not in page
    assert "on print, Friday 20 November" in page
    await sam.post(f"{here}/terms/terms", {"words-en": "We meet on Mondays."})
    page = (await sam.get(f"{here}/terms")).text
    assert "Not agreed yet" in page
    assert "Version 1 of what we agreed to do" in page
    assert {"terms_added", "approved", "saw_person"} <= set(await acts(console))


async def test_a_no_says_what_should_change(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here, _asha = await led(console, sam)
    await sam.post(f"{here}/terms/agenda", {"words-en": "1. Tea"})
    await sam.post(f"{here}/terms/agenda/ask")
    mine, _hers = await console.read(lambda tx: askings.waiting(tx, 10))
    assert "Say what should change" in (await sam.post(f"/approvals/{mine.token}", {"given": "no"})).text
    await sam.post(f"/approvals/{mine.token}", {"given": "no", "note": "More time for questions"})
    page = (await sam.get(f"{here}/terms")).text
    assert "More time for questions" in page
    assert "This is answered" in (await sam.get(f"/approvals/{mine.token}")).text
    (entry,) = await console.read(lambda tx: entries.of(tx, Subject.AGENDA, mine.subject_id))
    assert (entry.given, entry.how) == (False, "console")


async def test_nobody_says_yes_as_the_second_person_to_their_own_message(console: Console) -> None:
    sam, olu = await console.as_(Role.APPROVER), await console.as_(Role.APPROVER, name="Olu Ade")

    def ask(tx: Tx) -> Record:
        by = leaflet.again(tx, sam.staff.id)
        row = leaflet.broadcast(tx, by, None, BroadcastKind.MESSAGE)
        at = (Subject.BROADCAST, row.id, approval_words(tx, row, console.organisation))
        return approvals.ask(tx, by, *at, [Post.SECOND], console.clock(), console.organisation)[0]

    asking = await console.write(ask)
    assert "Somebody else has to say this." in (await sam.get(f"/approvals/{asking.token}")).text
    assert "not yours to say" in (await sam.post(f"/approvals/{asking.token}", {"given": "yes"})).text
    assert "The answer is kept." in (await olu.post(f"/approvals/{asking.token}", {"given": "yes"})).text


async def test_promise_39_the_page_asks_for_the_outcome_or_a_reason(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here, _asha = await led(console, sam)
    assert (await sam.get(f"{here}/end")).status_code == 404  # nobody has heard of it yet
    await sam.post(f"{here}/open")
    answer = await sam.post(f"{here}/end", {"why": ""})
    assert answer.status_code == 400
    assert "Nobody was told yet what came of it" in answer.text
    assert (await the_project(console)).state == "open"
    await sam.post(f"{here}/end", {"why": "The committee decides in May"})
    page = await sam.get(f"{here}/end")
    assert "how much say it felt like" in page.text
    asked = await sam.post(f"{here}/end/ask", {"anonymous": "yes"}, page=f"{here}/end")
    assert "Those who took part are asked" in asked.text
    assert "how much say it felt like" not in (await sam.get(f"{here}/end")).text
    again = await sam.post(f"{here}/end/ask", {}, page=f"{here}/end")
    assert "Those who took part are asked already" in again.text
    assert "The committee decides in May" in (await sam.get(here)).text
    assert "Nobody was told yet" in (await sam.post(f"{here}/end")).text

    def tell(tx: Tx) -> None:
        by, row = leaflet.again(tx, sam.staff.id), projects.in_states(tx, [ProjectState.FINISHED])[0]
        told = leaflet.broadcast(tx, by, row, BroadcastKind.OUTCOME)
        broadcasts.change(tx, told.id, {"state": BroadcastState.GOING, "let_go_at": console.clock()})

    await console.write(tell)
    assert "The project is finished." in (await sam.post(f"{here}/end")).text
    assert (await the_project(console)).state == "told"


async def test_odd_words_are_shown_and_never_run(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    odd = '<b onclick="x">Leaf\u202elet</b>'
    here = await written(console, sam, **{"title-en": odd, "aim-en": "{name} <script>"})
    for path in (here, f"{here}/change", f"{here}/team", f"{here}/terms", "/projects?show=drafts"):
        page = (await sam.get(path)).text
        assert "<script>" not in page
        assert '<b onclick="x">' not in page
