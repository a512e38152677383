"""What the public sees: how to join, what is open, and a feed. Nothing of it is about anybody, or for members only."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import httpx
import pytest

from bank import wall_time
from bank.saying import Saying
from bank.tokens import token
from flows import public_page
from storage import codes, meetings, people, projects, rsvps, staff
from storage.meetings import MeetingKind, MeetingState, Way
from storage.people import PersonState
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.rsvps import RsvpState
from storage.staff import StaffState
from storage.store import Tx
from tests.bank.ashdale import MORNING
from tests.console.desk import Console

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LEAFLET = {
    "title": {"en": "Rewrite the home care leaflet", "pl": "Napiszmy na nowo ulotkę"},
    "aim": {"en": "A leaflet that people can use.", "pl": "Ulotka, którą rozumie każdy."},
    "involves": {"en": "You read it & tell us what is not clear."},
    "place": {"en": "Oak Hall, by Aldi", "pl": "Oak Hall, koło Aldi"},
    "sender": {"en": "Carers Space"},
}
MANAGER = {"title": {"en": "Choose a <new> manager"}, "aim": {"en": "You help to ask the questions."}}


def plan(tx: Tx, words: dict[str, Any], code: str = "", **more: Any) -> str:
    """A project, which the public may see unless it is said otherwise; its token."""
    chair = staff.add(
        tx,
        token=token(),
        name="Winifred Chair",
        login=token(),
        state=StaffState.ACTIVE,
        last_step=0,
        created_at=MORNING,
    )
    own = {"state": ProjectState.OPEN, "public": True, "paid": False} | more
    row = projects.add(
        tx,
        token=token(),
        kind=ProjectKind.PROJECT,
        words=words,
        rung=Rung.CO_DESIGN,
        ways=["in_person"],
        topics=[],
        districts=[],
        places_by=PlacesBy.FIRST,
        staff_chair=chair.id,
        one_chair_why="Nobody else yet",
        code_id=codes.add(tx, code=code, created_at=MORNING) if code else None,
        created_at=MORNING,
        changed_at=MORNING,
        **own,
    )
    return str(row.token)


@pytest.fixture
async def leaflet(console: Console) -> str:
    return await console.write(lambda tx: plan(tx, LEAFLET, "LEAFLET", starts_on="2026-12-03"))


async def page(console: Console, path: str, status: int = 200) -> str:
    answer = await console.client().get(path)
    assert answer.status_code == status
    return unescape(answer.text)


async def test_how_to_join_is_told_to_anybody(console: Console) -> None:
    text = await page(console, "/join")
    for said in ("JOIN", "07700 900999", "18 or over", "What happens next", "text LEAVE", "ashdale.example/heard"):
        assert said in text
    for link in (
        "sms:+447700900999?body=JOIN",
        "https://wa.me/447700900998?text=JOIN",
        "https://t.me/ashdale_heard_bot",
    ):
        assert f'href="{link}"' in text


async def test_its_squares_are_pictures_that_need_no_other_address(console: Console) -> None:
    """That a camera reads them is seen in a real browser."""
    text = await page(console, "/join")
    assert len(re.findall(r'<img src="data:image/svg\+xml', text)) == 3
    assert re.findall(r'src="(?!data:)', text) == []


async def test_the_public_gets_no_cookie_and_may_keep_the_page(console: Console, leaflet: str) -> None:
    for path in ("/join", "/open", f"/open/{leaflet}", "/open/feed.xml"):
        answer = await console.client().get(path)
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "public, max-age=300"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "<script" not in answer.text


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("pl", "pl"), ("en_GB@simple", "en-GB")])
async def test_the_pages_are_in_the_language_that_is_asked_for(console: Console, language: str, tag: str) -> None:
    say = Saying(console.organisation, language)
    text = await page(console, f"/join?language={language}")
    assert f'<html lang="{tag}"' in text
    assert say(public_page.NEXT_STEPS) in text
    offered = set(re.findall(r'href="/join\?language=([^"]+)" lang', text))
    assert offered == set(console.organisation.catalogs.languages) - {language}


@pytest.mark.parametrize("asked", ["cy", "x" * 300, "%00", "<script>"])
async def test_a_language_that_we_do_not_write_is_english(console: Console, asked: str) -> None:
    assert '<html lang="en"' in await page(console, f"/open?language={asked}")


async def test_what_is_open_is_told_with_its_own_word(console: Console, leaflet: str) -> None:
    await console.write(lambda tx: plan(tx, MANAGER))
    text = await page(console, "/open")
    assert "Rewrite the home care leaflet" in text
    assert "JOIN LEAFLET" in text
    raw = (await console.client().get("/open")).text
    assert "Choose a &lt;new&gt; manager" in raw
    one = await page(console, f"/open/{leaflet}")
    for said in (
        "Rewrite the home care leaflet",
        "You read it & tell us what is not clear.",
        "Oak Hall, by Aldi",
        "Thursday 3 December",
        "This is not paid.",
        "You help plan it from the start. We run it.",
        "JOIN LEAFLET",
        "07700 900999",
        "Carers Space",
    ):
        assert said in one
    assert "Winifred" not in text + one


async def test_a_page_in_polish_marks_what_is_told_in_english(console: Console, leaflet: str) -> None:
    text = await page(console, f"/open/{leaflet}?language=pl")
    assert '<html lang="pl"' in text
    assert "Napiszmy na nowo ulotkę" in text
    assert 'lang="en"><bdi>You read it & tell us' in text
    assert re.search(r'summary-list__value"><bdi>Oak Hall, koło Aldi', text)


async def test_a_project_has_no_page_in_a_language_that_it_has_no_words_in(console: Console) -> None:
    manager = await console.write(lambda tx: plan(tx, MANAGER))
    text = await page(console, f"/open/{manager}?language=pl")
    assert '<html lang="en"' in text
    assert "language=pl" not in text.partition("<footer")[2]
    listed = await page(console, "/open?language=pl")
    assert '<li lang="en">' in listed
    assert "To hear more, text this:" in listed.partition('<li lang="en">')[2]


@pytest.mark.parametrize(
    "hidden",
    [{"public": False}, *({"state": state} for state in ProjectState if state is not ProjectState.OPEN)],
    ids=str,
)
async def test_what_is_not_open_or_not_public_is_as_if_it_were_not_there(
    console: Console, hidden: dict[str, Any]
) -> None:
    secret = await console.write(lambda tx: plan(tx, LEAFLET, **hidden))
    assert "Rewrite" not in await page(console, "/open")
    assert "Rewrite" not in await page(console, "/open/feed.xml")
    there, nowhere = await page(console, f"/open/{secret}", 404), await page(console, "/open/nobody", 404)
    assert there.replace(secret, "nobody") == nowhere


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize("odd", ["%00", "a%00b", "%ff%fe", "x" * 300, "%F0%9F%98%80", "-1", "%2e%2e", "a%0Ab"])
async def test_an_odd_token_is_no_page(console: Console, odd: str) -> None:
    await page(console, f"/open/{odd}", 404)


async def test_nothing_open_is_said_kindly(console: Console) -> None:
    assert "Nothing is open just now." in await page(console, "/open")


async def feed(console: Console, language: str = "") -> tuple[httpx.Response, ET.Element]:
    answer = await console.client().get(f"/open/feed.xml{language}")
    return answer, ET.fromstring(answer.content)  # noqa: S314  our own


def found(parent: ET.Element, name: str) -> str:
    """The text of the one child of that name, which is not empty."""
    (child,) = parent.findall(f"atom:{name}", ATOM)
    assert child.text
    return child.text


async def test_the_feed_is_atom_with_all_that_it_needs(console: Console, leaflet: str) -> None:
    await console.write(lambda tx: plan(tx, {**MANAGER, "aim": {"en": "Ask\x0b & <listen>"}}))
    answer, root = await feed(console)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    url = console.house.settings.public_url
    assert found(root, "id") == f"{url}/open/feed.xml"
    assert "Ashdale Council" in found(root, "title")
    assert datetime.fromisoformat(found(root, "updated")) == MORNING
    (author,) = root.findall("atom:author", ATOM)
    assert found(author, "name") == "Ashdale Council"
    assert {link.get("rel"): link.get("href") for link in root.findall("atom:link", ATOM)} == {
        "self": f"{url}/open/feed.xml",
        "alternate": f"{url}/open",
    }
    entries = root.findall("atom:entry", ATOM)
    assert [found(one, "title") for one in entries] == ["Choose a <new> manager", "Rewrite the home care leaflet"]
    assert [found(one, "summary") for one in entries] == ["Ask & <listen>", "A leaflet that people can use."]
    assert len({found(one, "id") for one in entries}) == 2
    assert found(entries[1], "id") == f"{url}/open/{leaflet}"
    assert all(datetime.fromisoformat(found(one, "updated")) == MORNING for one in entries)


async def test_the_feed_in_polish_says_what_is_in_english(console: Console, leaflet: str) -> None:
    await console.write(lambda tx: plan(tx, MANAGER))
    _answer, root = await feed(console, "?language=pl")
    assert root.get(LANG) == "pl"
    entries = root.findall("atom:entry", ATOM)
    assert [one.get(LANG) for one in entries] == ["en", "pl"]
    assert found(entries[1], "title") == "Napiszmy na nowo ulotkę"


async def test_an_empty_feed_is_whole_too(console: Console) -> None:
    _answer, root = await feed(console)
    assert found(root, "updated")
    assert root.findall("atom:entry", ATOM) == []


def comes(tx: Tx) -> str:
    """Somebody comes to a meeting, and asked for it as a file; the token in its link."""
    when = {"on_day": "2026-12-03", "at_time": "14:00", "zone": "Europe/London", "minutes": 60}
    told = {"words": {"title": {"en": "Carers' space"}}, "way": Way.IN_PERSON}
    kind = {"token": token(), "kind": MeetingKind.SPACE, "state": MeetingState.OPEN}
    moments = wall_time.moments("2026-12-03", "14:00", "Europe/London", 60)
    meeting = meetings.add(tx, **kind, **told, **when, **moments, created_at=MORNING, changed_at=MORNING)
    somebody = {"state": PersonState.MEMBER, "name": "Halina", "language": "en", "joined_at": MORNING}
    person = people.add(tx, token=token(), **somebody)
    stands = {"state": RsvpState.COMING, "turn": 1, "at": MORNING, "changed_at": MORNING}
    about = {"meeting_id": meeting.id, "person_id": person.id, "calendar_until": meeting.ends_at}
    return str(rsvps.add(tx, token=token(), **about, **stands).token)


async def test_a_calendar_link_gives_the_file_and_nobody_s_name(console: Console) -> None:
    link = await console.write(comes)
    answer = await console.client().get(f"/calendar/{link}")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'inline; filename="meeting.ics"'
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert "SUMMARY;LANGUAGE=en:Carers' space" in answer.text
    assert "Halina" not in answer.text


@pytest.mark.parametrize("link", ["nothing", "x" * 22, "a%00b", "../../etc"])
async def test_a_calendar_link_that_is_none_says_so(console: Console, link: str) -> None:
    await console.write(comes)
    assert (await console.client().get(f"/calendar/{link}")).status_code == 404


async def test_a_calendar_link_ends(console: Console) -> None:
    link = await console.write(comes)
    console.house.now.move(timedelta(days=20))
    assert (await console.client().get(f"/calendar/{link}")).status_code == 404
