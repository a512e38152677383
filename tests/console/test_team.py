"""The team: added by a link, given roles, alerted, linked to their own record, and let go."""

from __future__ import annotations

import re

import pytest

from bank.audit import Act
from bank.audit import verify as is_whole
from console.door import COOKIE
from storage import reach, staff
from storage.audit import audit
from storage.schema import Record
from storage.staff import Role
from tests.console.arriving import PHRASE, SECRETS, hired, sent, settled, signed_in
from tests.console.desk import Browser, Console

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
NEW = {"name": "Priya Nair", "login": "Priya", "roles": ["coordinator", "safeguarding_lead"]}


async def rows(console: Console, act: Act) -> list[Record]:
    return await console.read(
        lambda tx: list(tx.execute(audit.select().where(audit.c.act == act).order_by(audit.c.id)))
    )


async def called(console: Console, login: str) -> Record:
    found = await console.read(lambda tx: staff.called(tx, login))
    assert found is not None
    return found


async def added(alex: Browser) -> str:
    """Add Priya, and read her link off the page."""
    page = await alex.post("/team/add", NEW, page="/team/add")
    found = re.search(r"/welcome/([\w-]{43})", page.text)
    assert found, page.text
    return found[1]


@both
async def test_somebody_is_added_and_comes_in_by_their_link(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR, name="Alex Moor")
    link = await added(alex)
    assert "Not come in yet" in (await alex.get("/team")).text

    SECRETS["priya"] = await settled(console, console.client(), link)
    assert (await console.client().get(f"/welcome/{link}")).status_code == 404, "good once"
    priya = await signed_in(console, "priya")
    assert "Safeguarding lead" in (await priya.get("/account")).text
    assert link not in (await alex.get("/team")).text
    [told] = await rows(console, Act.STAFF_INVITED)
    assert told.staff_id == alex.staff.id
    assert told.details == {"roles": [[], ["coordinator", "safeguarding_lead"]]}
    assert await console.read(is_whole) == (4, None)


async def test_mistakes_are_told_beside_their_fields_and_nothing_typed_is_lost(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    page = await alex.post("/team/add", {"name": "", "login": "a b", "roles": "king"})
    assert page.status_code == 400
    for mistake in ("Enter their name", "Enter 2 to 40 letters", "Choose what they may do", "There is a problem"):
        assert mistake in page.text
    assert 'value="a b"' in page.text
    await added(alex)
    assert "Choose another" in (await alex.post("/team/add", NEW)).text


async def test_roles_change_at_once_and_the_audit_says_from_what_to_what(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    sam = await console.as_(Role.COORDINATOR)
    assert (await sam.get("/team")).status_code == 404
    page = await alex.post(f"/team/{sam.staff.token}/roles", {"roles": ["administrator", "viewer"]})
    assert "The change is kept" in page.text
    assert (await sam.get("/team")).status_code == 200
    [told] = await rows(console, Act.STAFF_CHANGED)
    assert told.details == {"roles": [["coordinator"], ["viewer", "administrator"]]}
    assert told.about == sam.staff.token


async def test_the_first_administrator_gets_a_name(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR, name="Administrator")
    here = f"/team/{alex.staff.token}/name"
    assert "Enter their name" in (await alex.post(here, {"name": " "})).text
    assert "<bdi>Alex Moor</bdi></h1>" in (await alex.post(here, {"name": "Alex Moor"})).text
    assert [row.details for row in await rows(console, Act.STAFF_CHANGED)] == [{"name": ["Administrator", "Alex Moor"]}]


@both
async def test_the_last_administrator_stays(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    here = f"/team/{alex.staff.token}"
    assert "only administrator" in (await alex.post(f"{here}/roles", {"roles": "viewer"})).text
    assert "only administrator" in (await alex.post(f"{here}/close")).text
    assert "another administrator" in (await alex.post(f"{here}/link")).text
    assert (await alex.get("/team")).status_code == 200

    other = await console.as_(Role.ADMINISTRATOR)
    assert "only administrator" not in (await alex.post(f"{here}/roles", {"roles": "viewer"})).text
    assert (await alex.get("/team")).status_code == 404
    assert (await other.get("/team")).status_code == 200


async def test_somebody_who_left_is_out_at_once_everywhere(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    await hired(console)
    first, second = await signed_in(console, "sam"), await signed_in(console, "sam")
    sam = await called(console, "sam")
    await alex.post(f"/team/{sam.token}/close")
    for browser in (first, second):
        assert (await browser.get("/")).url.path == "/sign-in"
    answer = await sent(console.client(), "/sign-in", login="sam", pass_phrase=PHRASE)
    assert "is not right" in answer.text
    assert (await called(console, "sam")).pass_phrase is None
    [told] = await rows(console, Act.STAFF_CLOSED)
    assert told.details == {"state": ["active", "closed"]}


async def test_a_new_link_ends_the_old_pass_phrase_and_every_session(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    secret = await hired(console)
    browser = await signed_in(console, "sam")
    sam = await called(console, "sam")
    page = await alex.post(f"/team/{sam.token}/link")
    link = re.search(r"/welcome/([\w-]{43})", page.text)
    assert link
    assert (await browser.get("/")).url.path == "/sign-in"
    assert "is not right" in (await sent(console.client(), "/sign-in", login="sam", pass_phrase=PHRASE)).text
    SECRETS["sam"] = await settled(console, console.client(), link[1], "another four odd words")
    assert SECRETS["sam"] != secret
    again = await signed_in(console, "sam", "another four odd words")
    assert (await again.get("/account")).status_code == 200


@pytest.mark.parametrize(
    ("channel", "number", "says"),
    [
        ("sms", "07700 900123", "sms, ends 123"),
        ("sms", "01632 960123", "Enter a mobile number"),
        ("sms", "", "Enter a mobile number"),
        ("telegram", "123456", "must first write to us"),
        ("telegram", "07700x", "Enter a mobile number"),
        ("pigeon", "1", "Choose how to alert them"),
    ],
)
async def test_alerts_go_to_their_own_phone(console: Console, channel: str, number: str, says: str) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    page = await alex.post(f"/team/{alex.staff.token}/alerts", {"channel": channel, "number": number})
    assert says in page.text


async def test_the_number_of_an_alert_is_shown_and_recorded_masked(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    here = f"/team/{alex.staff.token}/alerts"
    page = await alex.post(here, {"channel": "sms", "number": "07700 900123"})
    assert "900123" not in page.text
    assert "900123" not in (await alex.get("/team")).text
    await alex.post(here, {"channel": "", "number": ""})
    first, second = await rows(console, Act.STAFF_CHANGED)
    assert first.details == {"alerts": ["", "sms, ends 123"]}
    assert second.details == {"alerts": ["sms, ends 123", ""]}
    row = await called(console, alex.staff.login)
    assert (row.alert_channel, row.alert_address) == (None, None)


async def test_nobody_of_the_team_reads_about_themselves(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    asha = console.phone("+447700900123")
    await asha.says("JOIN", "1", "1", "Asha")
    at = await asha.address()
    [person] = await console.read(lambda tx: reach.people_at(tx, at.id))
    here = f"/team/{alex.staff.token}/record"

    assert "Open their page under People" in (await alex.post(here, {"person": "nobody"})).text
    page = await alex.post(here, {"person": f"https://heard.test/people/{person.token}"})
    assert "Linked" in page.text
    assert "another administrator" in (await alex.post(here, {"person": ""})).text, "they would read it after that"
    assert (await alex.get(f"/audit?person={person.token}")).status_code == 404
    assert "Asha" not in (await alex.get("/audit")).text

    other = await console.as_(Role.ADMINISTRATOR)
    assert "Asha" in (await other.get("/audit")).text
    await other.post(here, {"person": ""})
    assert [row.details for row in await rows(console, Act.STAFF_CHANGED)] == [
        {"own_record": [False, True]},
        {"own_record": [True, False]},
    ]


async def test_a_token_of_nobody_is_no_page(console: Console) -> None:
    alex = await console.as_(Role.ADMINISTRATOR)
    for path in ("/team/nobody", "/team/%00", f"/team/{'x' * 200}", "/team/%F0%9F%98%80"):
        assert (await alex.get(path)).status_code == 404
        assert (await alex.post(f"{path}/close")).status_code == 404


@both
async def test_ones_own_pass_phrase_is_changed_with_the_old_one(console: Console) -> None:
    await hired(console)
    here, elsewhere = await signed_in(console, "sam"), await signed_in(console, "sam")
    page, new = "/account/pass-phrase", "another four odd words"
    wrong = await sent(here, page, old="wrong", pass_phrase=new, again=new)
    assert "not your pass phrase now" in wrong.text
    assert "15 characters" in (await sent(here, page, old=PHRASE, pass_phrase="short", again="short")).text
    before = here.cookies[COOKIE]
    done = await sent(here, page, old=PHRASE, pass_phrase=new, again=new)
    assert "Your pass phrase is changed" in done.text
    assert here.cookies[COOKIE] != before
    assert (await elsewhere.get("/")).url.path == "/sign-in"
    assert "is not right" in (await sent(console.client(), "/sign-in", login="sam", pass_phrase=PHRASE)).text
    assert (await (await signed_in(console, "sam", new)).get("/account")).status_code == 200


async def test_an_unlocked_desk_gives_nobody_many_tries(console: Console) -> None:
    await hired(console)
    here = await signed_in(console, "sam")
    page, new = "/account/pass-phrase", "another four odd words"
    for _ in range(5):
        await sent(here, page, old="wrong", pass_phrase=new, again=new)
    assert "too many tries" in (await sent(here, page, old=PHRASE, pass_phrase=new, again=new)).text


async def test_other_browsers_are_signed_out_by_one_press(console: Console) -> None:
    await hired(console)
    here, elsewhere = await signed_in(console, "sam"), await signed_in(console, "sam")
    assert "2 other browsers" in (await here.get("/account")).text  # and the one that came in by the link
    form = re.search(r'name="form_token" value="([^"]+)"', (await here.get("/account")).text)
    assert form
    done = await here.post("/account/sessions", data={"form_token": form[1]})
    assert "signed in nowhere else" in done.text
    assert (await elsewhere.get("/")).url.path == "/sign-in"
    assert (await here.get("/")).status_code == 200


async def test_a_name_of_markup_stays_a_name(console: Console) -> None:
    nasty = "<script>alert(1)</script>\"'>\u202e"
    alex = await console.as_(Role.ADMINISTRATOR, name=nasty)
    for path in ("/team", f"/team/{alex.staff.token}", "/account", "/audit"):
        page = (await alex.get(path)).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
