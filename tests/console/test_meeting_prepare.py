"""The preparation page of a meeting, and its papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from console import assets
from storage import audit, people
from storage.meetings import MeetingState, Way
from storage.rsvps import RsvpState
from storage.staff import Role
from storage.store import Tx
from tests.bank import well_attended
from tests.bank.printed import pictures, sizes, tags_of, text_of, title_of, type_sizes
from tests.console.desk import Console
from tests.console.meeting_pages import carers_space
from tests.console.read import shown


async def looks(console: Console) -> list[object]:
    """What was looked at, as the audit has it."""

    def look(tx: Tx) -> list[object]:
        rows = [one for one in audit.everything(tx) if one.act == "saw_meeting"]
        return [audit.opened(tx, one.details)["what"] for one in rows]

    return await console.read(look)


async def pdf(console: Console, row_token: str, paper: str, *roles: Role) -> bytes:
    sam = await console.as_(*(roles or [Role.COORDINATOR]))
    answer = await sam.get(f"/meetings/{row_token}/prepare/{paper}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'attachment; filename="heard-meeting-2026-12-03-{paper}.pdf"'
    return answer.content


async def test_one_page_tells_all_that_whoever_holds_it_has_to_know(console: Console) -> None:
    row = await carers_space(console)
    sam = await console.as_(Role.COORDINATOR)
    page = await shown(sam, f"/meetings/{row.token}/prepare")
    for told in (
        "Thursday 3 December, 2pm to 4pm",
        "Oak Hall, Station Road, by Aldi",
        "In the room, and so for food and drink: 7",
        "2 members, 2 guests, 1 personal assistant or support worker, 2 who lead it",
        "BSL interpreter Asha Begum BSL interpreter Arranged. We told them: Jo comes with you.",
        "What to tell whoever makes the food no nuts",
        "Who comes: 3",
        "Comes late: about half past two",
        "In line for a place: 1 Dawid Number 1 in line",
        "Not sure yet: 1 Erin We ask them again: 10am, Monday 30 November",
    ):
        assert told in page, told
    assert "Femi" not in page, "who cannot come is a number"
    assert "near the door" not in page, "what is not needed any more is not arranged"
    assert await looks(console) == ["page"]


async def test_the_page_leads_to_all_its_papers(console: Console) -> None:
    row = await carers_space(console)
    sam = await console.as_(Role.COORDINATOR)
    text = (await sam.get(f"/meetings/{row.token}/prepare")).text
    papers = re.findall(r'href="([^"]+)" type="application/pdf"', text)
    assert [one.rpartition("/")[2] for one in papers] == ["preparation", "sign-in", "badges", "co-chair"]
    for paper in papers:
        assert (await sam.get(paper)).content.startswith(b"%PDF")
    assert await looks(console) == ["page", *(f"{one.rpartition('/')[2]} pdf" for one in papers)]


async def test_the_same_is_there_as_pdf_in_letters_that_are_read_standing(console: Console) -> None:
    row = await carers_space(console)
    made = await pdf(console, row.token, "preparation")
    text = text_of(made)
    for told in ("Asha Begum", "no nuts", "Brings 2 guests", "food and drink: 7", "Number 1 in line", "We told them"):
        assert told in text, told
    assert sizes(made) == {(210, 297)}
    assert min(type_sizes(made)) >= 14
    assert (title_of(made), tags_of(made)[0]) == ("Carers' space", "P")
    assert "H1" in tags_of(made)


async def test_badges_have_first_names_in_large_letters_and_nothing_else_of_anybody(console: Console) -> None:
    row = await carers_space(console)
    made = await pdf(console, row.token, "badges")
    text = text_of(made)
    for name in ("Asha", "Carys", "Grace", "Ashdale Council"):
        assert name in text
    for unseen in ("Begum", "Ben", "Dawid", "BSL", "nuts", "assistant", "late"):
        assert unseen not in text, unseen
    assert max(type_sizes(made)) >= 40
    assert text.count("Carers' space") == 8, "four with names, two for guests, and two more"


async def test_a_title_that_our_font_cannot_print_is_left_out_and_no_question_mark_stands_for_it(
    console: Console,
) -> None:
    row = await carers_space(console, words={"title": {"en": "照护者 space ☕"}})
    for paper in ("preparation", "co-chair", "sign-in"):
        text = text_of(await pdf(console, row.token, paper))
        assert text.startswith("Our meeting") or "Our meeting" in text, paper
        assert "?" not in text.partition("Thursday")[0], paper
        assert "Thursday 3 December" in text
    badges = text_of(await pdf(console, row.token, "badges"))
    assert "Asha" in badges
    assert "?" not in badges
    assert "space" not in badges
    chinese = await console.write(lambda tx: well_attended.comes(tx, row, "照护", way=Way.IN_PERSON, guests=1))
    assert "A guest of ?" not in text_of(await pdf(console, row.token, "sign-in")), chinese.id


async def test_two_of_one_name_are_told_apart_on_their_badges(console: Console) -> None:
    row = await carers_space(console)
    await console.write(lambda tx: well_attended.comes(tx, row, "Asha Khan", way=Way.IN_PERSON))
    await console.write(lambda tx: well_attended.comes(tx, row, "Mrs Okafor", way=Way.IN_PERSON))
    text = text_of(await pdf(console, row.token, "badges"))
    for name in ("Asha B.", "Asha K.", "Mrs Okafor"):
        assert name in text


async def test_the_sign_in_sheet_has_names_and_lines_and_tells_nothing_of_anybody(console: Console) -> None:
    row = await carers_space(console)
    made = await pdf(console, row.token, "sign-in")
    text = text_of(made)
    assert "Asha Begum A guest of Asha Begum A guest of Asha Begum Carys" in text
    assert "Not on the list?" in text
    for unseen in ("Ben", "Dawid", "BSL", "nuts", "assistant", "food", "077"):
        assert unseen not in text, unseen


async def test_the_sign_in_sheet_goes_on_over_pages_with_its_headings(console: Console) -> None:
    row = await carers_space(console)

    def many(tx: Tx) -> None:
        for number in range(60):
            well_attended.comes(tx, row, f"Member Number {number:02}", way=Way.IN_PERSON)

    await console.write(many)
    made = await pdf(console, row.token, "sign-in")
    text = text_of(made)
    pages = len(pictures(made, "sign-in"))
    assert pages >= 4
    assert text.count("I am here") == pages
    assert f"Page {pages} of {pages}" in text
    assert all(f"Member Number {number:02}" in text for number in range(60))


async def test_what_the_font_cannot_print_stops_no_paper(console: Console) -> None:
    row = await carers_space(console)

    def strange(tx: Tx) -> None:
        well_attended.comes(tx, row, "أمينة", way=Way.IN_PERSON, note="I come 😊 with a cake", late=True)

    await console.write(strange)
    text = text_of(await pdf(console, row.token, "preparation"))
    assert "Comes late: I come with a cake" in text
    assert (await pdf(console, row.token, "badges")).startswith(b"%PDF")
    assert (await pdf(console, row.token, "sign-in")).startswith(b"%PDF")


async def test_a_name_of_any_length_and_a_draft_without_a_title_are_printed_too(console: Console) -> None:
    row = await console.write(lambda tx: well_attended.meeting(tx, title="", state=MeetingState.DRAFT))
    await console.write(lambda tx: well_attended.comes(tx, row, "Wolfeschlegelstein" * 90, guests=1))
    assert "A meeting without a title" in text_of(await pdf(console, row.token, "preparation"))
    for paper in ("badges", "sign-in", "co-chair"):
        assert len(pictures(await pdf(console, row.token, paper), paper)) == 1


async def test_the_member_who_leads_it_sees_what_is_arranged_and_names_where_agreed(console: Console) -> None:
    row = await carers_space(console)
    sam = await console.as_(Role.COORDINATOR)
    page = await shown(sam, f"/meetings/{row.token}/prepare?for=co-chair")
    made = await pdf(console, row.token, "co-chair")
    for text in (page, text_of(made)):
        for told in ("BSL interpreter 1 arranged", "Food 1 to be arranged", "food and drink: 7", "Asha Begum"):
            assert told in text, told
        for unseen in ("Ben", "Carys", "Dawid", "Erin", "nuts", "half past two", "Jo comes"):
            assert unseen not in text, unseen
    assert await looks(console) == ["co-chair", "co-chair pdf"]


async def test_somebody_in_danger_is_on_no_page_and_no_paper(console: Console) -> None:
    row = await carers_space(console)
    await console.write(lambda tx: people.change(tx, well_attended.named(tx, "Carys").id, {"held": "danger"}))
    sam = await console.as_(Role.COORDINATOR)
    page = await shown(sam, f"/meetings/{row.token}/prepare")
    assert "Carys" not in page
    assert "1 more is not shown to you. The numbers have them all." in page
    for paper in ("preparation", "badges", "sign-in", "co-chair"):
        assert "Carys" not in text_of(await pdf(console, row.token, paper)), paper
    assert "Carys" in text_of(await pdf(console, row.token, "badges", Role.SAFEGUARDING_LEAD))


async def test_nobody_signs_in_where_all_are_online(console: Console) -> None:
    row = await console.write(lambda tx: well_attended.meeting(tx, way=Way.ONLINE))
    sam = await console.as_(Role.COORDINATOR)
    assert "Name badges" not in (await sam.get(f"/meetings/{row.token}/prepare")).text
    assert (await sam.get(f"/meetings/{row.token}/prepare/badges")).status_code == 404


@pytest.mark.parametrize(("role", "status"), [(Role.VIEWER, 200), (Role.PARTNER, 404)])
async def test_who_may_read_meetings_may_prepare_them(console: Console, role: Role, status: int) -> None:
    row = await carers_space(console)
    somebody = await console.as_(role)
    for path in ("", "?for=co-chair", "/badges"):
        assert (await somebody.get(f"/meetings/{row.token}/prepare{path}")).status_code == status
    assert (await somebody.get(f"/meetings/{row.token}/prepare/mug")).status_code == 404


@pytest.fixture
def without_fonts() -> Iterator[None]:
    with patch.object(assets, "file", side_effect=assets.NotBuilt):
        yield


async def test_where_the_fonts_are_not_there_it_says_what_to_do(console: Console, without_fonts: None) -> None:
    row = await carers_space(console)
    sam = await console.as_(Role.COORDINATOR)
    answer = await sam.get(f"/meetings/{row.token}/prepare/badges")
    assert (answer.status_code, "python -m console.build" in answer.text) == (409, True)


async def test_a_meeting_that_nobody_answered_has_a_page_and_papers_too(console: Console) -> None:
    row = await console.write(well_attended.meeting)
    await console.write(lambda tx: well_attended.comes(tx, row, "Femi", RsvpState.NOT_COMING))
    sam = await console.as_(Role.COORDINATOR)
    assert "Nobody has said yes yet." in await shown(sam, f"/meetings/{row.token}/prepare")
    for paper in ("preparation", "badges", "sign-in", "co-chair"):
        assert (await sam.get(f"/meetings/{row.token}/prepare/{paper}")).content.startswith(b"%PDF")
