"""What was promised, on pages that open without a login: for the group that scrutinises it, and a project's for all."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bank import promises_month
from bank.tokens import token
from console.app import PAGES
from storage import audit, commitments, groups, projects
from storage.commitments import CommitmentState, What, commitment_changes
from storage.groups import GroupKind
from storage.projects import ProjectState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet, printed
from tests.bank.ashdale import MORNING
from tests.bank.on_record import BILLS, done, draft, happens, kept, moved, number, on, promised, reply
from tests.console.desk import Console
from tests.house_rules.test_routes import Inline, filled, token_of

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


def titled(title: str) -> dict[str, Any]:
    return {**BILLS, "title": {"en": title}}


@pytest.fixture
async def link(console: Console) -> str:
    """The path of the group's page."""

    def work(tx: Tx) -> str:
        by = leaflet.hired(tx, "Ada Administrator", Role.ADMINISTRATOR)
        row = groups.add(tx, token=token(), kind=GroupKind.HAND, name="Our Voice", made_at=MORNING)
        promises_month.choose(tx, by, row.token, MORNING, console.organisation)
        return str(promises_month.promises_group.link(tx, console.organisation))

    return (await console.write(work)).removeprefix(console.house.settings.public_url)


async def page(console: Console, path: str, status: int = 200) -> str:
    answer = await console.client().get(path)
    assert answer.status_code == status
    return unescape(answer.text)


async def on_record(console: Console, about: str | None = None) -> list[Any]:
    """What the audit says of each act about that."""

    def work(tx: Tx) -> list[Any]:
        return [audit.opened(tx, one.details) for one in audit.everything(tx) if one.about == about and one.details]

    return await console.read(work)


def a_project(tx: Tx, **more: Any) -> Record:
    row = leaflet.opened(tx, leaflet.hired(tx, f"Sam {token()}"), leaflet.member(tx, "Halina Green"))
    return projects.change(tx, row.id, {"ledger_public": True, **more})


@both
async def test_the_group_sees_how_all_of_it_stands_and_nobody_s_name(console: Console, link: str) -> None:
    def work(tx: Tx) -> None:
        project = a_project(tx, ledger_public=False)
        sam, asha = leaflet.hired(tx, "Sam Owner"), leaflet.member(tx, "Asha Green")
        own = {"owner_id": sam.id, "created_by": sam.id, "project_id": project.id}
        kept(tx, promised(tx, words=titled("Kept one"), **own), on(20), on(21))
        row = promised(tx, words=titled("Late one"), due_on="2026-11-20", owner_id=sam.id)
        moved(tx, promised(tx, words=titled("Moved one"), **own), "2026-12-18", on(20), {"en": "The printer closed."})
        done(tx, promised(tx, words=titled("Done one")), on(20))
        reply(tx, row, asha.id, on(21), "It is still not done, says Asha")

    await console.write(work)
    text = await page(console, link)
    for said in (
        "Kept, say the people who asked for it.",
        "It is late.",
        "Done, we say. The people who asked for it have not told us if it is.",
        "Somebody wrote back about this. Nobody has read it yet.",
        "Friday 27 November 2026",
        "Friday 18 December 2026",
        "The printer closed.",
        "You said our bills are hard to read. We will rewrite them with carers.",
        "Home care leaflet",
        "Nobody can change this page.",
    ):
        assert said in text
    assert [one for one in ("Sam", "Asha", "Halina", "still not done") if one in text] == []
    headings = re.findall(r'<h2 class="govuk-heading-l">([^<]+)<', text)
    assert headings == [
        "In numbers",
        "Late now",
        "Done, we say",
        "To be done, by another day than the first",
        "Kept",
        "Take part, or ask",
    ]


async def test_what_is_a_draft_or_waits_is_on_no_page(console: Console, link: str) -> None:
    def work(tx: Tx) -> str:
        project = a_project(tx)
        draft(tx, words=titled("Only a draft"), project_id=project.id)
        waits = draft(tx, words=titled("Not agreed"), project_id=project.id, state=CommitmentState.WAITING)
        happens(tx, waits, What.ASKED, on(3))
        return str(project.token)

    project = await console.write(work)
    for path in (link, f"/promises/project/{project}", f"/promises/project/{project}/feed.xml"):
        text = await page(console, path)
        assert "Only a draft" not in text
        assert "Not agreed" not in text
    assert "Nothing was promised here yet." in await page(console, link)


@both
async def test_the_link_opens_without_a_login_and_nothing_of_it_is_kept_or_listed(console: Console, link: str) -> None:
    answer = await console.client().get(link)
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    assert "<script" not in answer.text
    assert "<form" not in answer.text
    looked = Inline()
    looked.feed(answer.text)
    assert looked.found == []


@pytest.mark.parametrize("odd", ["nobody", "x" * 16, "a%00b", "%ff%fe", "%F0%9F%98%80", "x" * 300])
async def test_another_link_leads_nowhere(console: Console, link: str, odd: str) -> None:
    assert link
    for path in (f"/promises/{odd}", f"/promises/{odd}/paper", f"/promises/project/{odd}"):
        assert "There is nothing here now" in await page(console, path, 404)


async def test_there_is_no_page_before_a_group_is_chosen_and_none_after(console: Console, link: str) -> None:
    admin = await console.as_(Role.ADMINISTRATOR)
    await admin.post("/settings/promises", {"group": ""})
    await page(console, link, 404)
    assert link not in (await admin.get("/settings/promises")).text


async def test_a_new_link_ends_the_old_one(console: Console, link: str) -> None:
    admin = await console.as_(Role.ADMINISTRATOR)
    answer = await admin.post("/settings/promises/link", {})
    found = re.search(r'id="link" href="[^"]*?(/promises/[^"]+)"', answer.text)
    assert found is not None
    assert found[1] != link
    await page(console, link, 404)
    await page(console, found[1])
    assert {"promises_page": "renewed"} in await on_record(console)


async def test_an_administrator_says_which_group_it_is_and_no_other_is_taken(console: Console) -> None:
    admin = await console.as_(Role.ADMINISTRATOR)
    row = await console.write(
        lambda tx: groups.add(tx, token=token(), kind=GroupKind.HAND, name="Our Voice", made_at=MORNING)
    )
    refused = await admin.post("/settings/promises", {"group": "nobody"})
    assert refused.status_code == 400
    assert "Choose one of your groups, or none" in refused.text
    text = (await admin.post("/settings/promises", {"group": row.token})).text
    assert re.search(rf'value="{row.token}" selected', text)
    assert "/promises/" in text
    coordinator = await console.as_(Role.COORDINATOR)
    assert (await coordinator.get("/settings/promises")).status_code == 404


async def test_a_group_that_is_taken_away_scrutinises_all_the_same(console: Console, link: str) -> None:
    def close(tx: Tx) -> str:
        (row,) = groups.in_use(tx)
        groups.change(tx, row.id, {"closed_at": MORNING})
        return str(row.token)

    row = await console.write(close)
    await page(console, link)
    admin = await console.as_(Role.ADMINISTRATOR)
    assert f'value="{row}" selected' in (await admin.get("/settings/promises")).text


async def test_no_form_of_ours_takes_a_promise_away_or_changes_a_word_of_it(console: Console, link: str) -> None:
    """Every form there is, sent about a promise by somebody who may do everything."""

    def work(tx: Tx) -> tuple[Record, Record]:
        project = a_project(tx)
        row = promised(tx, project_id=project.id)
        return project, moved(tx, row, "2026-12-18", on(20), {"en": "The printer closed."})

    project, row = await console.write(work)
    group = await console.read(lambda tx: groups.in_use(tx)[0].token)
    before, shown = await console.read(number), await page(console, link)
    everybody = await console.as_(*Role)
    form = {"form_token": await token_of(everybody), "title": "X", "title-en": "Something else", "heard-en": "Nothing"}
    form |= {"will-en": "Less", "first_on": "2027-05-07", "due": "2027-05-07", "public": "yes", "delete": "yes"}
    form["group"] = group
    for one in PAGES:
        if "POST" in one.methods and ("{token}" in one.where or "promise" in one.where) and "/link" not in one.where:
            about = project.token if one.where.startswith("/projects/") else row.token
            await everybody.client.post(filled(one.where, about), data=form)
    after = await console.read(lambda tx: commitments.get(tx, row.id))
    assert {name: after.words[name] for name in BILLS} == BILLS
    assert after.first_on == "2026-11-27"
    now = await console.read(number)
    assert now[0] == before[0]
    assert now[1] >= before[1]
    again = await page(console, link)
    for said in ("Plain bills", "Friday 27 November 2026", "Friday 18 December 2026", "The printer closed."):
        assert said in shown
        assert said in again


def test_no_setting_has_words_for_it_and_its_pages_take_nothing_but_a_group_and_a_press() -> None:
    theirs = {one.where: set(one.methods) for one in PAGES if "promises" in one.where}
    assert theirs == {
        "/settings/promises": {"GET", "POST"},
        "/settings/promises/link": {"POST"},
        "/projects/{token}/promises": {"GET", "POST"},
        "/projects/{token}/promises/paper": {"GET"},
    }


@both
async def test_what_is_on_record_is_only_ever_added_to(console: Console) -> None:
    """Nothing changes what happened to a promise, and one that was ever more than a draft cannot be deleted."""
    from pathlib import Path  # noqa: PLC0415  for this look at our own sources alone

    root = Path(__file__).parents[2]
    written = {path: path.read_text() for room in ("storage", "bank", "console") for path in (root / room).glob("*.py")}
    for path, source in written.items():
        assert not re.search(r"\bupdate\(\s*commitment_changes\b", source)
        assert path.name == "commitments.py" or not re.search(r"\bdelete\(\s*commitment(?:s|_changes)\b", source)

    def all_that_is_kept(tx: Tx) -> list[list[Record]]:
        tables = (commitments.commitments, commitments.commitment_sources, commitment_changes)
        return [list(tx.execute(select(table).order_by(table.c.id))) for table in tables]

    def work(tx: Tx) -> None:
        thrown_away = draft(tx)
        for state in set(CommitmentState) - {CommitmentState.DRAFT}:
            happens(tx, draft(tx, state=state), What.MOVED, on(3), before="2026-11-27", after="2026-11-28")
        before = all_that_is_kept(tx)
        for row in before[0]:
            commitments.remove(tx, row.id)
        assert [row for row in before[0] if row.id != thrown_away.id] == all_that_is_kept(tx)[0]
        assert before[1:] == all_that_is_kept(tx)[1:]

    await console.write(work)


@both
async def test_a_published_project_is_on_a_page_for_everybody(console: Console) -> None:
    def work(tx: Tx) -> str:
        project = a_project(tx)
        row = kept(tx, promised(tx, project_id=project.id), on(20), on(21))
        promised(tx, words=titled("Of another project"))
        reply(tx, row, leaflet.member(tx, "Asha Green").id, on(22))
        return str(project.token)

    project = await console.write(work)
    answer = await console.client().get(f"/promises/project/{project}")
    text = unescape(answer.text)
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert "set-cookie" not in answer.headers
    assert "<script" not in text
    assert "<form" not in text
    assert "Kept, say the people who asked for it." in text
    assert "Do you want to take part, or ask about this?" in text
    assert 'href="/join' in text
    hidden = ("Of another project", "Asha", "Halina", "wrote back", "Sam")
    assert [one for one in hidden if one in text] == []


@pytest.mark.parametrize("hidden", [{"ledger_public": False}, {"state": ProjectState.DRAFT}], ids=str)
async def test_of_a_project_that_is_not_published_there_is_nothing(console: Console, hidden: dict[str, Any]) -> None:
    def work(tx: Tx) -> str:
        project = a_project(tx, **hidden)
        promised(tx, project_id=project.id)
        return str(project.token)

    project = await console.write(work)
    there, nowhere = [await page(console, f"/promises/project/{one}", 404) for one in (project, "nobody")]
    assert there.replace(project, "nobody") == nowhere
    await page(console, f"/promises/project/{project}/feed.xml", 404)


async def test_a_press_publishes_it_and_another_takes_it_off_and_both_are_on_record(console: Console) -> None:
    project = await console.write(lambda tx: a_project(tx, ledger_public=False))
    here = f"/projects/{project.token}/promises"
    coordinator = await console.as_(Role.COORDINATOR)
    assert "Put it on a page for everybody" in (await coordinator.get(here)).text
    assert f"{here}" in (await coordinator.get(f"/projects/{project.token}")).text
    for press, status in (("yes", 200), ("no", 404)):
        await coordinator.post(here, {"public": press})
        await page(console, f"/promises/project/{project.token}", status)
    assert (await on_record(console, project.token))[-2:] == [
        {"ledger_public": [False, True]},
        {"ledger_public": [True, False]},
    ]


async def test_who_only_looks_does_not_publish(console: Console) -> None:
    project = await console.write(lambda tx: a_project(tx, ledger_public=False))
    viewer = await console.as_(Role.VIEWER)
    here = f"/projects/{project.token}/promises"
    assert "Put it on a page" not in (await viewer.get(here)).text
    assert (await viewer.post(here, {"public": "yes"})).status_code == 404
    await page(console, f"/promises/project/{project.token}", 404)


async def test_in_polish_what_nobody_put_into_polish_is_in_english_and_says_so(console: Console, link: str) -> None:
    def work(tx: Tx) -> None:
        promised(tx, words=titled("Only in English"))
        promised(tx)

    await console.write(work)
    text = await page(console, f"{link}?language=pl")
    assert '<html lang="pl"' in text
    assert "Proste rachunki" in text
    assert "nasze rachunki są trudne" in text
    assert re.search(r'<li id="p-[^"]+" lang="en">\s*<h3[^>]*><bdi>Only in English', text)


async def feed(console: Console, project: str) -> ET.Element:
    answer = await console.client().get(f"/promises/project/{project}/feed.xml")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    return ET.fromstring(answer.content)  # noqa: S314  our own


def entries(root: ET.Element) -> list[tuple[str | None, ...]]:
    return [
        tuple(one.findtext(f"atom:{name}", None, ATOM) for name in ("id", "title", "updated", "summary"))
        for one in root.findall("atom:entry", ATOM)
    ]


async def test_the_feed_has_an_entry_for_each_that_is_new_whenever_it_changes(console: Console) -> None:
    def work(tx: Tx) -> tuple[str, Record, Record]:
        project = a_project(tx)
        bills = promised(tx, project_id=project.id, words=titled("Bills <now> & then"))
        return str(project.token), bills, promised(tx, on(3), project_id=project.id)

    project, bills, _other = await console.write(work)
    before = entries(await feed(console, project))
    assert [one[1] for one in before] == ["Plain bills", "Bills <now> & then"]
    await console.write(lambda tx: moved(tx, bills, "2026-12-18", on(20)))
    after = entries(await feed(console, project))
    assert [one[1] for one in after] == ["Bills <now> & then", "Plain bills"]
    assert after[0][0] == before[1][0]
    assert (before[1][2], after[0][2]) == ("2026-11-02T11:00:00Z", "2026-11-20T11:00:00Z")
    assert "The day was moved." in (after[0][3] or "")


async def pdf(answer: httpx.Response) -> bytes:
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


async def test_the_group_s_page_on_paper_and_in_large_letters(console: Console, link: str) -> None:
    def work(tx: Tx) -> None:
        for turn in range(12):
            moved(tx, promised(tx, words=titled(f"Promise {turn}")), "2026-12-18", on(20), {"en": "No printer."})

    await console.write(work)
    plain, large = [await pdf(await console.client().get(f"{link}/paper{more}")) for more in ("", "?size=large")]
    assert printed.title_of(plain) == "Ashdale Council: What we promised"
    text = printed.text_of(plain)
    assert "Promise 11" in text
    assert "First day: Friday 27 November 2026" in text
    assert "Why: No printer." in text
    assert "Moved to another day: 12" in text
    assert min(printed.type_sizes(plain)) == 14
    assert 20 in printed.type_sizes(large)
    assert len(printed.pictures(large, "promises-large")) > len(printed.pictures(plain, "promises"))
    polish = printed.text_of(await pdf(await console.client().get(f"{link}/paper?language=pl")))
    assert "Promise 11" in polish
    assert "What we promised" not in polish


async def test_a_project_s_on_paper(console: Console) -> None:
    def work(tx: Tx) -> str:
        project = a_project(tx, ledger_public=False)
        promised(tx, project_id=project.id)
        return str(project.token)

    project = await console.write(work)
    viewer = await console.as_(Role.VIEWER)
    text = printed.text_of(await pdf(await viewer.get(f"/projects/{project}/promises/paper")))
    assert "Home care leaflet: What we promised" in text
    assert "We will rewrite them with carers." in text


async def test_it_is_late_the_day_after_whatever_anybody_does(console: Console, link: str) -> None:
    await console.write(promised)
    assert "It is late." not in await page(console, link)
    console.house.now.move(timedelta(days=5))  # type: ignore[attr-defined]
    assert "It is late." in await page(console, link)
