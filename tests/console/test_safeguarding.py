"""The safeguarding pages: for leads alone, and never about themselves."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from storage import alerts, audit, reach, staff
from storage import concerns as stored
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Browser, Console, Somebody

LEAD = Role.SAFEGUARDING_LEAD
CRY = "my husband hits me"
NUMBER, LEADS_NUMBER = "+447700900123", "+447700900950"
_OPEN = re.compile(r'href="(/safeguarding/[A-Za-z0-9_-]{8,})"')


async def member(console: Console, name: str = "Asha") -> Somebody:
    asha = console.phone(NUMBER)
    await asha.says("JOIN", "1", "1", name)
    return asha


async def opened(lead: Browser) -> str:
    """The address of the one concern on their page."""
    (found,) = dict.fromkeys(_OPEN.findall((await lead.get("/safeguarding")).text))
    return str(found)


def words_of(page: httpx.Response) -> str:
    """What a person reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


async def told(console: Console, act: str) -> list[Any]:
    """What the audit tells of each such act; None where it tells no more than that it was."""

    def read(tx: Tx) -> list[Any]:
        rows = [row for row in audit.everything(tx) if row.act == act]
        return [audit.opened(tx, row.details) if row.details else None for row in rows]

    return await console.read(read)


async def test_a_concern_from_the_words_to_letting_it_go(console: Console) -> None:
    priya = await console.as_(LEAD, name="Priya Nair")
    asha = await member(console)
    await asha.says(CRY)
    assert "Somebody may be in danger: take it" in words_of(await priya.get("/"))
    where = await opened(priya)
    page = words_of(await priya.get(where))
    assert CRY in page
    assert "Nobody has taken it yet." in page
    assert "Asha" in page
    assert NUMBER[-3:] in page
    assert "900123" not in page

    page = words_of(await priya.post(f"{where}/take", page=where))
    assert "It is yours." in page
    assert "Taken by Priya Nair" in page

    to = {"to": (await asha.address()).token}
    page = words_of(await priya.post(f"{where}/write", {**to, "words": "This is Priya. Can we talk?"}, page=where))
    assert "Your message is on its way." in page
    await console.house.drain()
    assert (await asha.heard())[-1] == "This is Priya. Can we talk?"

    await asha.says("yes at 3", "MENU")
    assert (await asha.heard())[-1] == "This is Priya. Can we talk?"
    page = words_of(await priya.get(where))
    assert "yes at 3" in page

    page = words_of(await priya.post(f"{where}/note", {"note": "Rang her at 3."}, page=where))
    assert "Rang her at 3." in page

    page = words_of(await priya.post(f"{where}/release", {"reason": "She is with her sister"}, page=where))
    assert "Nothing is held any longer." in page
    assert "Let go" in words_of(await priya.get("/safeguarding"))
    await asha.says("HELP")
    assert "This is Priya" not in (await asha.heard())[-1]


@pytest.mark.parametrize("role", [one for one in Role if one is not LEAD])
async def test_promise_15_nobody_else_finds_out_that_it_exists(console: Console, role: Role) -> None:
    lead = await console.as_(LEAD, name="Priya Nair")
    asha = await member(console)
    await asha.says(CRY)
    where = await opened(lead)
    somebody = await console.as_(role)
    for path in ("/safeguarding", where, f"/inbox/{(await asha.address()).token}"):
        assert (await somebody.get(path)).status_code == 404, path
    for press in ("take", "write", "note", "reveal", "judge", "safe", "release"):
        assert (await somebody.post(f"{where}/{press}", {"reason": "x"})).status_code == 404, press
    assert CRY not in (await somebody.get("/")).text
    rota = await somebody.get("/safeguarding/rota")
    assert rota.status_code == (200 if role is Role.ADMINISTRATOR else 404)


async def test_promise_15_a_lead_never_sees_what_is_about_herself(console: Console) -> None:
    priya, sol = await console.as_(LEAD, name="Priya"), await console.as_(LEAD, name="Sol")
    asha = await member(console, "Priya")
    await asha.says(CRY)
    where = await opened(sol)
    (concern_id,) = await console.read(lambda tx: stored.to_alert(tx, console.clock(), 10))
    person_id = (await console.read(lambda tx: stored.get(tx, concern_id))).person_id
    await console.write(lambda tx: staff.change(tx, priya.staff.id, {"person_id": person_id}))
    assert _OPEN.findall((await priya.get("/safeguarding")).text) == []
    assert (await priya.get(where)).status_code == 404
    assert (await priya.post(f"{where}/release", {"reason": "nothing in it"})).status_code == 404
    assert "may be in danger: take it" not in words_of(await priya.get("/"))


async def test_the_second_to_press_is_told_and_takes_it_over_only_by_saying_so(console: Console) -> None:
    priya, sol = await console.as_(LEAD, name="Priya"), await console.as_(LEAD, name="Sol")
    asha = await member(console)
    await asha.says(CRY)
    where = await opened(priya)
    await priya.post(f"{where}/take", page=where)
    page = words_of(await sol.post(f"{where}/take", page=where))
    assert "Somebody has taken it already." in page
    assert "Taken by Priya" in page
    page = words_of(await sol.post(f"{where}/take", {"over": "yes"}, page=where))
    assert "Taken by Sol" in page


async def test_the_number_is_shown_once_and_why_is_kept(console: Console) -> None:
    priya = await console.as_(LEAD)
    asha = await member(console)
    await asha.says(CRY)
    where = await opened(priya)
    refused = await priya.post(f"{where}/reveal", {"why": ""}, page=where)
    assert refused.status_code == 400
    assert "Say why you need the number" in refused.text
    shown = words_of(await priya.post(f"{where}/reveal", {"why": "To ring her now"}, page=where))
    assert "07700 900123" in shown
    assert "07700 900123" not in words_of(await priya.get(where))
    assert await told(console, "saw_number") == [{"why": "To ring her now"}]
    assert len(await told(console, "saw_thread")) >= 2


async def test_not_safe_to_text(console: Console) -> None:
    priya = await console.as_(LEAD)
    asha = await member(console)
    await asha.says(CRY)
    where = await opened(priya)
    to = {"to": (await asha.address()).token}
    page = words_of(await priya.post(f"{where}/safe", {**to, "unsafe": "yes"}, page=where))
    assert "Not safe to text" in page
    refused = await priya.post(f"{where}/write", {**to, "words": "Hello"}, page=where)
    assert refused.status_code == 400
    assert "Hello" in refused.text  # what was typed is still there
    await console.house.drain()
    assert "Hello" not in await asha.heard()
    await priya.post(f"{where}/safe", {**to, "unsafe": "no"}, page=where)
    assert "on its way" in words_of(await priya.post(f"{where}/write", {**to, "words": "Hello"}, page=where))


async def test_readings_are_marked_and_counted(console: Console) -> None:
    priya = await console.as_(LEAD)
    asha = await member(console)
    await asha.says(CRY)
    where = await opened(priya)
    (message,) = re.findall(r'name="message" value="([^"]+)"', (await priya.get(where)).text)
    page = words_of(await priya.post(f"{where}/judge", {"message": message, "mark": "wrong"}, page=where))
    assert "Marked wrong" in page
    page = words_of(await priya.get("/safeguarding"))
    assert "Messages read as danger 1 Marked right 0 Marked wrong 1 Danger that was missed 0" in page
    assert (await priya.post(f"{where}/judge", {"message": message, "mark": "missed"}, page=where)).status_code == 404


async def test_who_was_alerted_and_what_became_of_it(console: Console) -> None:
    priya = await console.as_(LEAD, name="Priya Nair")
    given = {"alert_channel": "sms", "alert_address": LEADS_NUMBER}
    await console.write(lambda tx: staff.change(tx, priya.staff.id, given))
    asha = await member(console)
    await asha.says(CRY)
    await console.moves(seconds=5)
    (text,) = await console.phone(LEADS_NUMBER).heard()
    assert text.startswith("Heard: somebody may be in danger. Please open ")
    assert "Asha" not in text
    where = await opened(priya)
    assert "1 Priya Nair" in words_of(await priya.get(where))
    await console.moves(minutes=15)
    assert len(await console.phone(LEADS_NUMBER).heard()) == 2
    await priya.post(f"{where}/take", page=where)
    await console.moves(hours=2)
    assert len(await console.phone(LEADS_NUMBER).heard()) == 2
    rows = await console.read(lambda tx: alerts.about(tx, 1))
    assert [row.code for row in rows] == [None, None]


async def test_the_rota_is_kept_by_leads_and_administrators(console: Console) -> None:
    priya, alex = await console.as_(LEAD, name="Priya"), await console.as_(Role.ADMINISTRATOR, name="Alex")
    rota = "/safeguarding/rota"
    shift = {"who": priya.staff.token, "days": ["0", "1", "2", "3", "4"], "begins": "9am", "ends": "5.30pm"}
    page = words_of(await alex.post(rota, dict(shift), page=rota))
    assert "The rota is changed." in page
    assert "Monday to Friday, 9am to 5.30pm" in page
    assert "On call now" in page
    await alex.post(rota, {**shift, "days": ["4"], "begins": "10pm", "ends": "6am", "holidays": "yes"}, page=rota)
    page = await priya.get(rota)
    assert "Friday, 10pm to 6am the next day, bank holidays too" in words_of(page)
    first, second = dict.fromkeys(re.findall(r'href="(/safeguarding/rota/[A-Za-z0-9_-]{8,})"', page.text))
    await priya.post(f"{second}/earlier", page=rota)
    text = words_of(await priya.get(rota))
    assert text.index("Friday, 10pm") < text.index("Monday to Friday")
    await priya.post(first, {"days": "6", "begins": "noon", "ends": "noon"}, page=first)
    assert "Sunday, from 12 noon, 24 hours" in words_of(await priya.get(rota))
    await priya.post(f"{second}/off", page=rota)
    assert "Friday, 10pm" not in words_of(await priya.get(rota))
    assert len(await told(console, "setting_changed")) == 5


@pytest.mark.parametrize(
    ("form", "mistake"),
    [
        ({"who": "", "days": "0", "begins": "9am", "ends": "5pm"}, "Choose a safeguarding lead"),
        ({"begins": "9am", "ends": "5pm"}, "Choose at least one day"),
        ({"days": "0", "begins": "9", "ends": "5pm"}, "Enter a time, like 9am or 5.30pm"),
    ],
)
async def test_a_shift_that_is_none(console: Console, form: dict[str, str | list[str]], mistake: str) -> None:
    priya = await console.as_(LEAD)
    page = await priya.post("/safeguarding/rota", {"who": priya.staff.token, **form}, page="/safeguarding/rota")
    assert page.status_code == 400
    assert mistake in page.text


async def test_the_out_of_hours_number_and_what_is_agreed(console: Console) -> None:
    priya = await console.as_(LEAD)
    where = "/safeguarding/rota/out-of-hours"
    agreed = "They ring the lead on duty."
    form: dict[str, str | list[str]] = {"out_of_hours": "07700 900955", "out_of_hours_words": agreed}
    page = words_of(await priya.post(where, form, page="/safeguarding/rota"))
    assert agreed in page
    assert console.organisation.out_of_hours == "+447700900955"
    refused = await priya.post(where, {"out_of_hours": "soon"}, page="/safeguarding/rota")
    assert refused.status_code == 400


async def test_promise_15_crisis_numbers_that_nobody_checked_are_warned_about(console: Console) -> None:
    priya = await console.as_(LEAD)
    assert "Nobody has checked these numbers" not in words_of(await priya.get("/safeguarding"))
    console.clock.move(timedelta(days=120))
    priya = await console.as_(LEAD)
    assert "Nobody has checked these numbers" in words_of(await priya.get("/safeguarding"))
    assert "Check the numbers that we give in a crisis" in words_of(await priya.get("/"))


async def given(console: Console, who: Browser, number: str) -> None:
    """They are alerted on this phone."""
    phone = {"alert_channel": "sms", "alert_address": number}
    await console.write(lambda tx: staff.change(tx, who.staff.id, phone))


async def test_promise_15_where_no_lead_may_be_told_every_administrator_is(console: Console) -> None:
    """The only lead with a phone is whom it comes from. Who is alerted may hand it on, and read nothing."""
    priya, sol = await console.as_(LEAD, name="Priya"), await console.as_(LEAD, name="Sol")
    alex, mo = await console.as_(Role.ADMINISTRATOR, name="Alex"), await console.as_(Role.ADMINISTRATOR, name="Mo")
    await given(console, priya, NUMBER)
    await given(console, alex, "+447700900951")
    await given(console, mo, "+447700900952")
    asha, alexes, mos = await member(console), console.phone("+447700900951"), console.phone("+447700900952")
    await asha.says(CRY)
    before = len(await asha.heard())
    await console.moves(seconds=5)
    (text,), (other,) = await alexes.heard(), await mos.heard()
    for one in (text, other):
        assert one.startswith("Heard: somebody may be in danger. No lead can be alerted. Please open ")
        assert "Asha" not in one
    assert len(await asha.heard()) == before, "she is not told of herself"
    await console.moves(minutes=15)
    assert (len(await alexes.heard()), len(await mos.heard())) == (2, 2)

    code = re.search(r"TAKEN (\d{7})", (await alexes.heard())[-1])
    assert code is not None
    await alexes.says(f"TAKEN {code[1]}")
    assert "hand it to a lead" in (await alexes.heard())[-1]
    assert len(await told(console, "concern_alerted")) == 4
    assert await told(console, "concern_taken") == [{"how": "text"}]

    today = words_of(await alex.get("/"))
    assert "Safeguarding Somebody may be in danger, and no lead can be alerted: hand it to somebody" in today
    assert "nobody can be alerted" not in today
    hand = "/safeguarding/hand"
    page = await alex.get(hand)
    assert "Asha" not in page.text
    assert CRY not in page.text
    assert re.findall(r'<option value="([^"]+)"', page.text) == [sol.staff.token], "not to whom it is about"
    concern = re.findall(r'name="concern" value="([^"]+)"', page.text)[0]
    for path in ("/safeguarding", f"/safeguarding/{concern}", f"/inbox/{(await asha.address()).token}"):
        assert (await alex.get(path)).status_code == 404, path
    to = {"concern": concern, "to": priya.staff.token}
    assert (await alex.post(hand, dict(to), page=hand)).status_code == 400
    await given(console, sol, LEADS_NUMBER)
    assert (await alex.post(hand, dict(to), page=hand)).status_code == 400, "a lead can be alerted again"


async def test_promise_15_it_is_handed_to_a_lead_who_is_alerted_first(console: Console) -> None:
    sol, alex = await console.as_(LEAD, name="Sol"), await console.as_(Role.ADMINISTRATOR, name="Alex")
    vic = await console.as_(Role.COORDINATOR, name="Vic")
    await given(console, alex, "+447700900951")
    asha = await member(console)
    await asha.says(CRY)
    await console.moves(seconds=5)
    hand = "/safeguarding/hand"
    concern = re.findall(r'name="concern" value="([^"]+)"', (await alex.get(hand)).text)[0]
    to = {"concern": concern, "to": sol.staff.token}
    assert (await vic.post(hand, dict(to))).status_code == 404
    page = words_of(await alex.post(hand, dict(to), page=hand))
    assert "Heard goes on until a lead takes it." in page
    assert await told(console, "concern_handed") == [{"handed_to": "Sol"}]
    await given(console, sol, LEADS_NUMBER)
    await console.moves(minutes=15)
    assert len(await console.phone(LEADS_NUMBER).heard()) == 1
    where = await opened(sol)
    await sol.post(f"{where}/take", page=where)
    await alex.get("/")
    await console.moves(minutes=20)
    assert len(await console.phone("+447700900951").heard()) == 1
    assert "Nothing waits to be handed" in words_of(await alex.get(hand))


async def test_promise_15_where_nobody_at_all_can_be_alerted_today_says_so_first(console: Console) -> None:
    priya, alex = await console.as_(LEAD, name="Priya"), await console.as_(Role.ADMINISTRATOR, name="Alex")
    asha = await member(console)
    before = words_of(await alex.get("/"))
    assert "Nobody can be alerted when somebody may be in danger: see to the rota" in before
    await asha.says(CRY)
    await console.moves(seconds=5)
    page = await alex.get("/")
    first = page.text.partition("<tbody")[2].partition("</tr>")[0]
    assert "Somebody may be in danger, and nobody can be alerted: see to the rota" in first
    assert 'href="/safeguarding/rota"' in first
    assert "Asha" not in page.text
    assert "nobody can be alerted: see" not in words_of(await priya.get("/"))
    for path, who in (("/safeguarding/rota", alex), ("/safeguarding", priya)):
        assert "Nobody can be alerted: no lead has a phone" in words_of(await who.get(path))
    await given(console, priya, LEADS_NUMBER)
    assert "Only one lead can be alerted." in words_of(await alex.get("/safeguarding/rota"))
    await console.moves(minutes=1)
    assert len(await console.phone(LEADS_NUMBER).heard()) == 1, "as soon as somebody has put it right"
    assert "nobody can be alerted: see" not in words_of(await alex.get("/"))
    await given(console, alex, NUMBER)
    await given(console, priya, NUMBER)
    assert "hand it to somebody" not in words_of(await alex.get("/")), "nobody finds out what is about themselves"


async def test_what_is_about_a_lead_is_not_counted_for_them(console: Console) -> None:
    priya, asha = await console.as_(LEAD), await member(console)
    await asha.says(CRY)
    shown = words_of(await priya.get("/safeguarding"))
    here = await asha.address()
    await console.write(lambda tx: staff.change(tx, priya.staff.id, {"person_id": reach.people_at(tx, here.id)[0].id}))
    hidden = words_of(await priya.get("/safeguarding"))
    count = "Messages read as danger 1"
    assert count in shown
    assert count not in hidden
