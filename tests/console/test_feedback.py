"""Feedback in the console: figures with charts beside tables, words, themes, commitments, the report and the text."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import docx
import pytest
from sqlalchemy import select

from bank.audit import Act
from flows.felt import FELT
from storage import audit, broadcasts, themes
from storage.feedback import feedback_themes
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import answered, leaflet, well_attended
from tests.bank.printed import tags_of, text_of
from tests.console.desk import Browser, Console
from tests.console.read import said, shown

_GOOD = {"q1": "5", "q2": "yes", "q3": "Tea {number}", "q5": ["c1"]}


async def _meeting(console: Console, good: int = 0, **about: Any) -> Record:
    """A carers' space that is over, of which so many said that it was good; none: sixty, each rating as often."""

    def story(tx: Tx) -> Record:
        row = answered.meeting(tx)
        asked = answered.asked_about(tx, row, **about)
        if good:
            answered.many(tx, asked, good, _GOOD, named=not about.get("anonymous"))
        else:
            answered.spread(tx, asked)
        well_attended.comes(tx, row, "Asha", RsvpState.COMING, came=True)
        return row

    return await console.write(story)


def _at(row: Record) -> str:
    return f"/meetings/{row.token}/feedback"


def _boxes(page: str) -> list[str]:
    return re.findall(r'name="answer" type="checkbox" value="([^"]+)"', page)


async def _theme(browser: Browser, name: str) -> Record:
    await browser.post("/feedback/themes", {"name-en": name}, page="/feedback/themes")
    rows: list[Record] = await browser.console.read(themes.every)
    return rows[-1]


async def test_a_meeting_tells_how_it_was_with_a_table_beside_every_chart(console: Console) -> None:
    row, sam = await _meeting(console), await console.as_(Role.COORDINATOR)
    page = (await sam.get(_at(row))).text
    assert "5 (best) 10 4 10 3 10 2 10 1 (worst) 10" in said(page)
    assert "In the middle: 3 of 5" in said(page)
    assert "Yes 35 No 25" in said(page)
    assert "None under 10 is shown" in said(page)
    assert page.count('class="heard-chart"') <= page.count('<table class="govuk-table"')
    assert page.count('class="heard-chart"') == 2
    assert not re.search(r"<style|style=|<svg[^>]*onload|<script[^>]*>[^<]", page.partition("<main")[2])


async def test_words_are_read_with_names_and_lead_to_the_person(console: Console) -> None:
    row = await _meeting(console, 1)
    coordinator, of_nothing = await console.as_(Role.COORDINATOR), await console.as_(Role.PARTNER)
    page = (await coordinator.get(_at(row))).text
    assert "Tea 1" in page
    assert "Member 1" in page
    assert (await of_nothing.get(_at(row))).status_code == 404


async def test_each_look_is_on_record(console: Console) -> None:
    row, sam = await _meeting(console), await console.as_(Role.COORDINATOR)
    await sam.get(_at(row))
    rows = await console.read(lambda tx: tx.execute(select(audit.audit)).all())
    assert (Act.SAW_ANSWERS, row.token) in {(one.act, one.about) for one in rows}


async def test_answers_without_a_name_of_a_small_meeting_are_not_read(console: Console) -> None:
    row, sam = await _meeting(console, 5, anonymous=True), await console.as_(Role.COORDINATOR)
    page = await shown(sam, _at(row))
    assert "Tea" not in page
    assert "Words without a name are shown once at least 10 people gave some" in page
    assert not re.search(r"\b5 (more )?answers", page)


async def test_an_answer_is_tagged_with_a_theme_and_the_theme_is_counted(console: Console) -> None:
    row, sam = await _meeting(console), await console.as_(Role.COORDINATOR)
    tea = await _theme(sam, "Tea")
    boxes = _boxes((await sam.get(_at(row))).text)
    assert len(boxes) == 60
    await sam.post(_at(row), {"answer": boxes[:20], "theme": tea.token, "press": "tag"}, page=_at(row))
    assert "Tea 20" in await shown(sam, _at(row))
    await sam.post(_at(row), {"answer": boxes[:20], "theme": tea.token, "press": "untag"}, page=_at(row))
    assert "Tea Not shown" in await shown(sam, _at(row))


async def test_an_answer_that_the_page_does_not_show_cannot_be_tagged(console: Console) -> None:
    row, other, sam = await _meeting(console, 1), await _meeting(console, 1), await console.as_(Role.COORDINATOR)
    tea = await _theme(sam, "Tea")
    boxes = _boxes((await sam.get(_at(other))).text)
    wrong = await sam.post(_at(row), {"answer": boxes, "theme": tea.token, "press": "tag"}, page=_at(row))
    assert wrong.status_code == 404
    assert not await console.read(lambda tx: tx.execute(select(feedback_themes)).all())


async def test_who_only_reads_cannot_tag(console: Console) -> None:
    row, viewer = await _meeting(console, 1), await console.as_(Role.VIEWER)
    page = (await viewer.get(_at(row))).text
    assert not _boxes(page)
    assert (await viewer.post(_at(row), {"answer": "1:q3", "press": "promise"})).status_code == 404


async def test_chosen_answers_become_a_commitment_of_the_meeting(console: Console) -> None:
    row, sam = await _meeting(console, 2), await console.as_(Role.COORDINATOR)
    boxes = _boxes((await sam.get(_at(row))).text)
    sam.client.follow_redirects = False
    gone = await sam.post(_at(row), {"answer": boxes, "press": "promise"}, page=_at(row))
    assert gone.headers["location"] == f"/commitments/new?meeting={row.token}&answers={boxes[0]},{boxes[1]}"


async def test_who_chose_no_answer_is_told_so_and_keeps_the_page(console: Console) -> None:
    row, sam = await _meeting(console, 2), await console.as_(Role.COORDINATOR)
    for at in (_at(row), f"/feedback/kinds/{row.kind}"):
        page = said((await sam.post(at, {"press": "promise"}, page=at)).text)
        assert "Choose the answers first" in page
        assert "Tea 1" in page


async def test_whoever_hands_the_report_on_is_told_to_read_it_first(console: Console) -> None:
    row, sam = await _meeting(console), await console.as_(Role.COORDINATOR)
    assert "read it before you hand it on" in await shown(sam, _at(row))


async def test_themes_are_named_renamed_and_closed(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    tea = await _theme(sam, "Tea")
    at = f"/feedback/themes/{tea.token}"
    again = await sam.post("/feedback/themes", {"name-en": "tea"}, page="/feedback/themes")
    assert "There is a theme of that name already" in said(again.text)
    empty = await sam.post("/feedback/themes", {"name-en": " "}, page="/feedback/themes")
    assert "Enter a name in English" in said(empty.text)
    await sam.post(at, {"name-en": "Drinks", "name-pl": "Napoje"}, page=at)
    await sam.post(at, {"name-en": "Drinks", "press": "close"}, page=at)
    assert "Drinks Closed" in await shown(sam, "/feedback/themes")
    await sam.post(at, {"name-en": "Drinks", "press": "open"}, page=at)
    assert "Closed" not in await shown(sam, "/feedback/themes")


async def test_all_meetings_are_told_by_kind_and_by_month_and_lead_to_the_words(console: Console) -> None:
    row, sam = await _meeting(console), await console.as_(Role.COORDINATOR)
    page = await shown(sam, "/feedback")
    assert "Carers' space 60 3 of 5" in page
    assert "December 2026 60 3 of 5" in page
    assert "Tea" not in page
    assert "Tea 5-1" in await shown(sam, f"/feedback/kinds/{row.kind}")
    assert (await sam.get("/feedback/kinds/none")).status_code == 404


async def test_what_people_say_of_the_bank_has_a_page_of_its_own(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)

    def story(tx: Tx) -> None:
        answered.says(tx, answered.asked_about(tx), {"q3": "Good texts"}, answered.member(tx, "Asha"))

    await console.write(story)
    where = re.search(r'href="(/feedback/sets/[^"]+)"', (await sam.get("/feedback")).text)
    assert where is not None
    assert "Good texts" in await shown(sam, where[1])


async def test_a_project_shows_the_say_that_was_promised_beside_what_it_felt_like(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)

    def story(tx: Tx) -> Record:
        project = leaflet.opened(tx, leaflet.hired(tx, "Kim"), leaflet.member(tx, "Grace"))
        asked = answered.asked_about(tx, project=project, questions=answered.EVALUATION)
        for rung in FELT:
            answered.many(tx, asked, 20, {"q1": rung, "q2": "All of it"})
        return project

    project = await console.write(story)
    page = await shown(sam, f"/projects/{project.token}/feedback")
    assert "How much say was promised: You help plan it from the start. We run it." in page
    assert f"{FELT['co_design'].text} 20" in page
    assert f"{FELT['consultation'].text} 20" in page
    assert "Nobody was asked about its meetings yet" in await shown(
        sam, f"/projects/{project.token}/feedback?show=meetings"
    )


def _text_of_word(file: bytes) -> str:
    opened = docx.Document(io.BytesIO(file))
    cells = [" ".join(cell.text for cell in row.cells) for table in opened.tables for row in table.rows]
    return " ".join([*(one.text for one in opened.paragraphs), *cells])


@pytest.mark.parametrize(("name", "read"), [("pdf", text_of), ("docx", _text_of_word)])
async def test_one_press_makes_the_report_of_a_meeting(
    console: Console, name: str, read: Callable[[bytes], str]
) -> None:
    row, sam = await _meeting(console), await console.as_(Role.COORDINATOR)
    made = await sam.get(f"{_at(row)}/report.{name}")
    assert made.headers["content-disposition"] == f'attachment; filename="heard-meeting-2026-12-03-feedback.{name}"'
    told = read(made.content)
    for expected in (
        "Carers' space",
        "Thursday 3 December",
        "Came 1",
        "5 (best) 10",
        "“Tea ",
        "Nothing is promised yet",
    ):
        assert expected in told
    assert "Member" not in told
    assert (await sam.get(f"{_at(row)}/report.odt")).status_code == 404


async def test_the_report_on_paper_is_tagged(console: Console) -> None:
    row, sam = await _meeting(console), await console.as_(Role.COORDINATOR)
    tags = tags_of((await sam.get(f"{_at(row)}/report.pdf")).content)
    assert tags[0] in {"H1", "P"}
    assert {"H1", "H2", "P"} <= set(tags)


async def test_those_who_came_are_told_in_three_texts_at_most_as_a_broadcast_that_is_not_sent_yet(
    console: Console,
) -> None:
    row, sam = await _meeting(console), await console.as_(Role.COORDINATOR)
    page = await shown(sam, f"{_at(row)}/tell")
    assert "thank you for coming to Carers' space, Thursday 3 December. About 60 of you told us how it was." in page
    assert {int(size) for size in re.findall(r"(\d) texts? for each person", page)} <= {1, 2, 3}
    await sam.post(f"{_at(row)}/tell", page=f"{_at(row)}/tell")
    (draft,) = await console.read(lambda tx: tx.execute(select(broadcasts.broadcasts)).all())
    assert (draft.state, draft.rule, draft.kind) == ("draft", {"came_to": [row.token]}, "message")
    assert draft.words["en"].startswith("{council}: thank you for coming")
    assert draft.words["en"].endswith("{stop}")


async def test_nothing_is_told_where_nobody_was_asked(console: Console) -> None:
    row, sam = await console.write(answered.meeting), await console.as_(Role.COORDINATOR)
    assert "Nobody was asked yet how it was" in await shown(sam, _at(row))
    refused = await sam.post(f"{_at(row)}/tell", page=f"{_at(row)}/tell")
    assert "There is nothing to tell" in said(refused.text)
    assert "How it was" in await shown(sam, f"/meetings/{row.token}")
