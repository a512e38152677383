"""A person's page, and what a colleague enters for them: changes, answers, pauses, leaving and coming back."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from console.app import PAGES
from storage import (
    addresses,
    audit,
    consents,
    conversations,
    interests,
    messages_in,
    needs,
    people,
    reach,
    supporters,
    told,
)
from storage.interests import InterestKind
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Browser, Console
from tests.console.test_people import BOTH, names, somebody, with_number

Fields = dict[str, str | list[str]]
ASHA = "+447700900123"
POSTED = {one.where for one in PAGES if "POST" in one.methods}
BY_PHONE: Fields = {"how": "phone"}


def text_of(answer: httpx.Response) -> str:
    """What is read on the page, in one line."""
    main = answer.text.partition('id="main-content">')[2].partition("</main>")[0]
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
    return re.sub(r" ([.,])", r"\1", words)


async def joined(console: Console, number: str = ASHA, name: str = "Asha") -> Record:
    """Somebody who joined by text."""
    await console.phone(number).says("JOIN", "1", "1", name)
    return await found(console, number)


async def found(console: Console, number: str = ASHA) -> Record:
    def look(tx: Tx) -> Record:
        address = addresses.find(tx, "sms", number)
        assert address is not None
        return reach.people_at(tx, address.id)[-1]

    return await console.read(look)


async def acts(console: Console, person: Record) -> list[str]:
    rows = await console.read(lambda tx: [row for row in audit.everything(tx) if row.person_id == person.id])
    return [row.act for row in rows]


async def details_of(console: Console, person: Record) -> dict[str, object]:
    """What the audit says of the newest change."""

    def newest(tx: Tx) -> dict[str, object]:
        rows = [row for row in audit.everything(tx) if row.person_id == person.id and row.act == "person_changed"]
        opened: dict[str, object] = audit.opened(tx, rows[-1].details)
        return opened

    return await console.read(newest)


async def test_the_page_shows_what_they_told_us_with_when_and_how(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    page = text_of(await sam.get(f"/people/{asha.token}"))

    assert "Member Joined on Monday 23 November 2026" in page
    assert "What we call them Asha By text, Monday 23 November 2026. Read the conversation" in page
    assert "Their area Not told" in page
    assert "ends 123" in page
    assert "0900123" not in page.replace(" ", "")
    assert "They were shown: Thank you. We will keep your number and answers" in page
    assert "To be written to Agreed" in page
    assert await acts(console, asha) == ["saw_person"]


async def test_a_number_is_shown_to_who_says_why_and_that_is_on_record(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    assert (await sam.post(f"/people/{asha.token}/reveal", {"why": " "})).status_code == 400
    page = await sam.post(f"/people/{asha.token}/reveal", {"why": "To ring her back"})
    assert "07700 900123" in text_of(page)
    assert "07700" not in text_of(await sam.get(f"/people/{asha.token}"))

    def why(tx: Tx) -> object:
        row = next(row for row in audit.everything(tx) if row.act == "saw_number")
        return row.staff_id, row.person_id, audit.opened(tx, row.details)

    assert await console.read(why) == (sam.staff.id, asha.id, {"why": "To ring her back"})


async def test_a_viewer_sees_no_way_to_reach_them_and_changes_nothing(console: Console) -> None:
    asha = await joined(console)
    val = await console.as_(Role.VIEWER)
    page = await val.get(f"/people/{asha.token}")
    assert page.status_code == 200
    assert "ends 123" not in page.text
    assert "/inbox/" not in page.text
    for doing in ("reveal", "needs", "change", "answer", "pause", "leave", "back", "note", "merge", "split"):
        assert (await val.get(f"/people/{asha.token}/{doing}")).status_code == 404, doing
        refused = 404 if f"/people/{{token}}/{doing}" in POSTED else 405  # what takes no form takes none from anybody
        assert (await val.post(f"/people/{asha.token}/{doing}", BY_PHONE)).status_code == refused, doing
    assert (await val.get("/people/new")).status_code == 404
    partner = await console.as_(Role.PARTNER)
    for path in ("/people", f"/people/{asha.token}"):
        assert (await partner.get(path)).status_code == 404


async def test_nobody_sees_their_own_page(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    from storage import staff  # noqa: PLC0415  beside its one use

    await console.write(lambda tx: staff.change(tx, sam.staff.id, {"person_id": asha.id}))
    assert (await sam.get(f"/people/{asha.token}")).status_code == 404
    assert names((await sam.get("/people")).text) == []


async def test_what_to_arrange_is_added_and_taken_off(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    where = f"/people/{asha.token}/needs"
    assert (await sam.post(where, {"words": "", **BY_PHONE})).status_code == 400
    page = await sam.post(where, {"words": "A hearing loop", **BY_PHONE})
    assert "What to arrange A hearing loop By phone, Monday 23 November 2026, entered by Sam Field" in text_of(page)

    name = re.search(r'name="need" value="(\w+)"', page.text)
    assert name
    sure = await sam.post(f"{where}/remove", {"need": name[1]})
    assert "A hearing loop" in text_of(sure)
    assert await console.read(lambda tx: needs.count(tx, asha.id)) == 1, "asked first"
    page = await sam.post(f"{where}/remove", {"need": name[1], "sure": "yes", "how": "in_person"})
    assert "They have not told us of anything to arrange" in text_of(page)
    assert await details_of(console, asha) == {"how": "in_person", "needs": ["A hearing loop", None]}


def filled(**more: str | list[str]) -> Fields:
    return {"name": "Asha", "language": "en", "how": "phone", **more}


@BOTH
async def test_a_change_is_kept_with_before_and_after_and_who_entered_it(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    form = filled(name="Aisha", place="ng5 2ab", topics=["home_care"], ways=["online", "post"], looks_after="yes")
    page = text_of(await sam.post(f"/people/{asha.token}/change", form))
    assert "The changes are kept." in page
    assert "What we call them Aisha By phone, Monday 23 November 2026, entered by Sam Field" in page
    assert await details_of(console, asha) == {
        "how": "phone",
        "name": ["Asha", "Aisha"],
        "place": [None, "NG5"],
        "topics": [None, ["home_care"]],
        "ways": [None, ["online", "post"]],
        "looks_after": [None, "yes"],
    }
    now = await found(console)
    assert (now.name, now.district, now.looks_after) == ("Aisha", "NG5", "yes")

    await sam.post(f"/people/{asha.token}/change", filled(name="Aisha", ways=["online", "post"]))
    assert (await details_of(console, asha)).keys() == {"how", "place", "topics", "looks_after"}, "taken back"
    assert await console.read(lambda tx: interests.of(tx, asha.id, InterestKind.TOPIC)) == []


async def test_a_mistake_in_a_change_keeps_what_was_typed(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    page = await sam.post(f"/people/{asha.token}/change", {**filled(name="Aisha", place="?", language="xx"), "how": ""})
    assert page.status_code == 400
    for said in ("Choose how they told you", "Enter the first half of a postcode", "Choose one of the answers"):
        assert said in text_of(page)
    assert 'value="Aisha"' in page.text
    assert (await found(console)).name == "Asha"


@BOTH
async def test_an_answer_by_phone_is_kept_with_who_entered_it(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    assert "What are you good at" in text_of(await sam.get(f"/people/{asha.token}/answer"))
    where = f"/people/{asha.token}/answer"
    assert (await sam.post(f"{where}/support", {"answer": "yes please", **BY_PHONE})).status_code == 400
    page = text_of(await sam.post(f"{where}/support", {"answer": "training", **BY_PHONE}))
    assert "Training By phone, Monday 23 November 2026, entered by Sam Field" in page
    await sam.post(f"{where}/needs", {"answer": "Large print", **BY_PHONE})
    await sam.post(f"{where}/place", {"answer": "NG7 1AA", **BY_PHONE})
    now = await found(console)
    assert (now.support, now.district) == ("training", "NG7")
    assert (await sam.get(f"{where}/nothing")).status_code == 404


@BOTH
async def test_an_answer_to_the_open_question_moves_the_conversation_on(console: Console) -> None:
    asha = await joined(console)
    await console.moves(days=8)
    phone = console.phone(ASHA)
    assert "Do you look after someone" in (await phone.heard())[-1]
    sam = await console.as_(Role.COORDINATOR)
    assert "We are asking them this now" in text_of(await sam.get(f"/people/{asha.token}/answer"))
    await sam.post(f"/people/{asha.token}/answer/open", {"answer": "yes", **BY_PHONE})
    await console.house.drain()

    def after(tx: Tx) -> tuple[object, ...]:
        address = addresses.find(tx, "sms", ASHA)
        assert address is not None
        last = messages_in.at_address(tx, address.id)[-1]
        source = told.of(tx, asha.id)["looks_after"]
        return conversations.open_at(tx, address.id), last.text, last.entered_by, last.disposition, source.how

    assert await console.read(after) == (None, "Yes", sam.staff.id, "flow", "phone")
    assert (await found(console)).looks_after == "yes"
    assert "It helps us ask you about the right things" in (await phone.heard())[-1]


async def test_a_pause_holds_our_questions_and_ends(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    where = f"/people/{asha.token}/pause"
    wrong: Fields = {"what": "until", "day-day": "31", "day-month": "2", "day-year": "2027", **BY_PHONE}
    assert "Enter the day from which" in text_of(await sam.post(where, wrong))
    past = wrong | {"day-day": "1", "day-month": "2", "day-year": "2026"}
    assert "Enter a day after today" in text_of(await sam.post(where, past))
    page = await sam.post(where, wrong | {"day-day": "1"})
    assert "Paused Until Monday 1 February 2027" in text_of(page)
    await console.moves(days=30)
    assert len(await console.phone(ASHA).heard()) == 4, "nothing was asked"
    sam = await console.as_(Role.COORDINATOR)
    assert "Paused" not in text_of(await sam.post(where, {"what": "end", **BY_PHONE}))
    assert "Paused Until they say" in text_of(await sam.post(where, {"what": "until_told", **BY_PHONE}))


@BOTH
async def test_leaving_by_phone_is_leaving(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    where = f"/people/{asha.token}"
    assert (await sam.post(f"{where}/leave", BY_PHONE)).status_code == 400
    page = text_of(await sam.post(f"{where}/leave", {"said": "Take me off please", **BY_PHONE}))
    assert "Left What we hold is deleted on Monday 7 December" in page
    assert "They said: Take me off please By phone, Monday 23 November 2026, entered by Sam Field" in page
    assert names((await sam.get("/people")).text) == []
    await console.house.drain()
    assert "We have taken you off our list" in (await console.phone(ASHA).heard())[-1]
    row = await console.phone(ASHA).address()
    assert row.state == "stopped"

    back = text_of(await sam.post(f"{where}/back", {"said": "I changed my mind", "how": "in_person"}))
    assert "Member" in back
    row = await console.phone(ASHA).address()
    assert (row.state, row.erase_at) == ("open", None)
    assert names((await sam.get("/people")).text) == ["Asha"]
    assert (await sam.get(f"{where}/back")).status_code == 404, "they have not left"

    await sam.post(f"{where}/leave", {"said": "No, off", **BY_PHONE})
    await console.moves(days=15)
    sam = await console.as_(Role.COORDINATOR)
    assert (await sam.get(where)).status_code == 404
    entries = await console.read(lambda tx: consents.history(tx, person_id=asha.id))
    assert [entry.words for entry in entries if entry.entered_by] == ["STOP", "", ""], "of their words, the word meant"


async def test_a_stop_stays_in_force_when_they_are_brought_back(console: Console) -> None:
    asha = await joined(console)
    await console.phone(ASHA).says("STOP")
    sam = await console.as_(Role.COORDINATOR)
    await sam.post(f"/people/{asha.token}/leave", {"said": "Off", **BY_PHONE})
    await sam.post(f"/people/{asha.token}/back", {"said": "On", **BY_PHONE})
    assert (await console.phone(ASHA).address()).state == "stopped"


async def test_a_note_is_kept_for_colleagues(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    page = await sam.post(f"/people/{asha.token}/note", {"words": "Rings back after 3"})
    assert "Rings back after 3 Sam Field, Monday 23 November 2026" in text_of(page)


HOSTILE = ("<script>alert(1)</script>", "\u202egnorw\u202c \u2067Asha", "=cmd()|' /C calc'!A0", "\U0001f600" * 300)


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_name_and_words_are_only_words_everywhere(console: Console, name: str) -> None:
    long = name[:500]
    asha = await somebody(console, name, skills=name, place=name, contact={"post": name})
    ben = await somebody(console, "Ben")
    await with_number(console, asha, ASHA)
    now = console.clock()

    def tells(tx: Tx) -> None:
        needs.add(tx, person_id=asha.id, words=long, at=now)
        consents.record(tx, consents.Purpose.BANK, person_id=asha.id, given=True, words=name, language="en", at=now)

    await console.write(tells)
    sam = await console.as_(Role.COORDINATOR)
    await sam.post(f"/people/{asha.token}/note", {"words": name})
    pages = ["/people", *(f"/people/{asha.token}{end}" for end in _PAGES), f"/people/{ben.token}/merge/{asha.token}"]
    for path in pages:
        await _is_calm(sam, path, name)
    shown = await sam.post(f"/people/{asha.token}/reveal", {"why": name})
    assert "<script>alert" not in shown.text
    kept = filled(name=name, place=name, skills=name)
    if len(name) < 200:  # a line is no longer than that
        assert (await sam.post(f"/people/{asha.token}/change", kept)).status_code == 200
        assert await _standing(console, asha) == (name, name, name), "what was not changed is as it was"
    wrong = await sam.post(f"/people/{asha.token}/change", {"name": name, "place": name})
    assert "<script>alert" not in wrong.text


async def _standing(console: Console, person: Record) -> tuple[str, str, str]:
    now = await console.read(lambda tx: people.get(tx, person.id))
    return now.name, now.place, now.skills


async def test_every_page_about_somebody_says_once_who_saw_whom(console: Console) -> None:
    asha, ben = await joined(console), await somebody(console, "Ben")
    sam = await console.as_(Role.COORDINATOR, Role.ADMINISTRATOR)
    await sam.post(
        f"/people/{asha.token}/supporters/new",
        {"called": "Bo", "number": "07700 900124", "helps": "both"},
        page=f"/people/{asha.token}",
    )
    (link,) = await console.read(lambda tx: supporters.of(tx, asha.id))
    names = {"other": ben.token, "link": link.token, "question": "skills"}
    pages = [one.where for one in PAGES if one.where.startswith("/people/{token}") and "GET" in one.methods]
    wrong = []
    for where in pages:
        left = {"state": PersonState.LEFT if where.endswith("/back") else PersonState.MEMBER}
        await console.write(lambda tx, left=left: people.change(tx, asha.id, left))
        path = re.sub(r"\{(\w+)\}", lambda part: {"token": asha.token, **names}[part[1]], where)
        before = len(await acts(console, asha))
        assert (await sam.get(path)).status_code == 200, path
        if (await acts(console, asha))[before:] != ["saw_person"]:
            wrong.append(where)
    assert len(pages) > 13
    assert wrong == []
    before = len(await acts(console, asha))
    await console.write(lambda tx: people.change(tx, asha.id, {"state": PersonState.MEMBER}))
    await sam.get(f"/audit?person={asha.token}")
    assert (await acts(console, asha))[before:] == ["saw_audit"]


_PAGES = (
    "",
    "/reveal",
    "/needs",
    "/change",
    "/answer",
    "/answer/skills",
    "/pause",
    "/leave",
    "/note",
    "/merge",
    "/split",
)


async def _is_calm(sam: Browser, path: str, name: str) -> None:
    answer = await sam.get(path)
    assert answer.status_code == 200, path
    assert "<script>alert" not in answer.text, path
    said = unescape(re.sub(r"<bdi[^>]*>.*?</bdi>", "", answer.text, flags=re.DOTALL))
    if "\u202e" in name:  # what turns the direction of writing stays between <bdi>, and in the fields of forms
        beside = re.sub(r'<textarea.*?</textarea>|value="[^"]*"|aria-label="[^"]*"', "", said, flags=re.DOTALL)
        assert "\u202e" not in beside, path


async def test_looking_for_nobody_says_no_more_than_for_somebody_hidden(console: Console) -> None:
    held = await somebody(console, "Asha", held="danger")
    erased = await somebody(console, "Ben", state=PersonState.ERASED)
    sam = await console.as_(Role.COORDINATOR)
    told = {(await sam.get(f"/people/{one}")).text for one in (held.token, erased.token, "AAAAAAAAAAAAAAAA")}
    assert len({re.sub(r'value="[^"]+"', "", text) for text in told}) == 1
    assert await console.read(lambda tx: people.by_token(tx, erased.token)) is None


async def test_every_page_that_shows_what_is_kept_of_somebody_is_on_record(console: Console) -> None:
    asha, ben = await somebody(console, "Asha"), await somebody(console, "Ben")
    sam = await console.as_(Role.COORDINATOR)
    for path in ("change", "split", "supporters", f"merge/{ben.token}"):
        await sam.get(f"/people/{asha.token}/{path}")
    rows = await console.read(lambda tx: [row.person_id for row in audit.everything(tx) if row.act == "saw_person"])
    assert rows == [asha.id] * 4 + [ben.id]
