"""Meetings at the console: written, checked, opened, changed after a second look, drafted again, and cancelled."""

from __future__ import annotations

import re

import pytest

from bank import meetings as bank_meetings
from console.meetings import A_PAGE
from storage import audit as audit_rows
from storage import meetings, people, question_sets, rsvps, staff
from storage.addresses import HELD_FOR_DANGER
from storage.meetings import MeetingState
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests import looking
from tests.bank import leaflet, space, well_attended
from tests.console.desk import Browser, Console
from tests.console.meeting_pages import carers_space
from tests.console.read import said as text_of

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
_SEEN = re.compile(r'name="seen" value="([^"]*)"')
_STANDING = re.compile(r'name="standing" value="([^"]*)"')
FORM: dict[str, str | list[str]] = {
    "title-en": "Carers' space",
    "title-pl": "Spotkanie opiekunów",
    "agenda-en": "Tea and talk. A guest tells us about money.",
    "place-en": "Oak Hall, Station Road",
    "find-en": "by Aldi",
    "expenses-en": "We pay your fares.",
    "kind": "space",
    "way": "in_person",
    "on_day-day": "3",
    "on_day-month": "12",
    "on_day-year": "2026",
    "at_time": "2pm",
    "until": "4pm",
    "capacity": "20",
    "guests": "yes",
    "repeats": "monthly_weekday",
    "plan": "usual",
}


async def the_meetings(console: Console) -> list[Record]:
    """All of them, the earliest first."""
    return await console.read(lambda tx: meetings.in_states(tx, list(MeetingState)))


async def written(console: Console, sam: Browser, **other: str) -> str:
    """Sam wrote the carers' space; the address of its page."""
    answer = await sam.post("/meetings/new", {**FORM, **other}, page="/meetings/new")
    assert "The meeting is kept." in answer.text
    newest = max(await the_meetings(console), key=lambda row: int(row.id))
    return f"/meetings/{newest.token}"


async def opened(console: Console, sam: Browser, *states: RsvpState) -> str:
    """It is open, and people stand so in it."""
    here = await written(console, sam)
    assert "It is open." in (await sam.post(f"{here}/open")).text
    (row,) = await the_meetings(console)
    for turn, state in enumerate(states, 1):
        await console.write(
            lambda tx, turn=turn, state=state: space.stands(tx, row, leaflet.member(tx, f"P{turn}"), state, turn)
        )
    return here


async def owed(console: Console) -> list[str]:
    """What those who come are owed, or have been told."""
    (row,) = await the_meetings(console)
    found = await console.read(lambda tx: looking.reminders_of(tx, row.id))
    return sorted({one.step for one in found} & {"changed", "moved", "canceled"})


def seen(page: str) -> str:
    found = _SEEN.search(page)
    assert found is not None
    return found[1]


async def acts(console: Console) -> list[str]:
    rows = await console.read(lambda tx: list(audit_rows.everything(tx)))
    return [row.act for row in rows]


@both
async def test_a_meeting_is_written_and_everything_is_kept(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await written(console, sam, staff_chair=sam.staff.token)
    page = (await sam.get(here)).text
    for told in (
        "Thursday 3 December, 2pm to 4pm",
        "Spotkanie opiekunów",
        "czwartek 3 grudnia, 14.00 - 16.00",
        "Oak Hall, Station Road, by Aldi",
        "20 people",
        "Sam Field",
        "Every month, on the same weekday",
        "7 days before, at 10am",
        "2 hours before it starts",
    ):
        assert told in page
    (row,) = await the_meetings(console)
    assert (row.state, row.minutes, row.capacity, row.guests, row.plan) == ("draft", 120, 20, True, None)
    listed = (await sam.get("/meetings?show=drafts")).text
    assert "Thursday 3 December 2026, 2pm" in listed
    assert "There is nothing in this list." in (await sam.get("/meetings")).text
    assert "meeting_added" in await acts(console)
    form = (await sam.get(f"{here}/change")).text
    assert 'value="2pm"' in form
    assert 'value="4pm"' in form


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"title-en": ""}, "Enter a title"),
        ({"kind": "party"}, "Choose what kind of meeting it is"),
        ({"way": "post"}, "Choose how people come to it"),
        ({"on_day-day": "31", "on_day-month": "2"}, "Enter a real date"),
        ({"at_time": "2"}, "Enter a time, like 2pm or 2.30pm"),
        ({"until": "1pm"}, "It must end later than it starts"),
        ({"capacity": "0"}, "Enter a whole number, such as 12"),
        ({"repeats": "yearly"}, "Choose whether it comes again"),
        ({"link-en": "ask Dana"}, "Enter a web address"),
        ({"plan": "own", "week-days": "x"}, "Enter a whole number of days"),
        ({"plan": "own", "day-days": "1", "day-at": "soon"}, "Enter a time, like 10am"),
        ({"plan": "own", "hours-minutes": "9999"}, "Enter a whole number of minutes"),
        ({"member_chair": "nobody"}, "Open a member"),
        ({"staff_chair": "nobody"}, "Choose somebody who is on the team"),
        ({"title-en": "x" * 61}, "This must be 60 characters or fewer"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_kept(console: Console, other: dict[str, str], says: str) -> None:
    sam = await console.as_(Role.COORDINATOR)
    answer = await sam.post("/meetings/new", {**FORM, **other}, page="/meetings/new")
    assert answer.status_code == 400
    assert says in answer.text
    assert await the_meetings(console) == []


async def test_what_would_make_words_plainer_stands_beside_them(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    hard = {"agenda-en": "We will utilise co-production to commission services.", "press": "look"}
    page = (await sam.post("/meetings/new", {**FORM, **hard}, page="/meetings/new")).text
    assert "To make it plainer" in page
    assert await the_meetings(console) == []
    here = await written(console, sam, **{"agenda-en": hard["agenda-en"]})
    assert "What happens there, in English" in (await sam.get(here)).text


async def test_it_opens_when_nothing_is_missing(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await written(console, sam, **{"place-en": "", "on_day-day": "20", "on_day-month": "11"})
    page = (await sam.post(f"{here}/open")).text
    assert "It cannot be open yet" in page
    assert "Enter where it is" in page
    assert "Enter a day and a time that are to come" in page
    await sam.post(f"{here}/change", {**FORM})
    assert "It is open. You can invite people now." in (await sam.post(f"{here}/open")).text
    listed = (await sam.get("/meetings")).text
    assert "0 coming" in listed
    assert "Somebody has changed it in the meantime" in (await sam.post(f"{here}/open")).text


async def test_an_hour_that_is_missing_or_comes_twice_is_told_in_plain_words(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    spring = {"on_day-day": "28", "on_day-month": "3", "on_day-year": "2027", "at_time": "1.30am", "press": "look"}
    page = (await sam.post("/meetings/new", {**FORM, **spring}, page="/meetings/new")).text
    assert "The clocks go forward on Sunday 28 March, and no clock shows 1.30am then. People are told 2.30am." in page
    here = await written(console, sam, **{**spring, "on_day-day": "31", "on_day-month": "10", "press": ""})
    assert "The clocks go back on Sunday 31 October, and 1.30am comes twice." in (await sam.get(here)).text
    holiday = await written(console, sam, **{"on_day-day": "25", "until": "5pm"})
    assert "Friday 25 December is a bank holiday" in (await sam.get(holiday)).text


@both
async def test_a_large_change_is_seen_before_it_is_kept_and_then_told(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam, RsvpState.COMING, RsvpState.MAYBE, RsvpState.NOT_COMING)
    moved = {**FORM, "on_day-day": "10"}
    page = (await sam.post(f"{here}/change", moved)).text
    assert "Nothing is kept yet. This is news to 2 people" in page
    assert "asked again whether they come" in page
    assert "tell nobody" not in page
    assert "is now on Thursday 10 December at 2pm, Oak Hall, Station Road, by Aldi. Can you come?" in page
    assert (await the_meetings(console))[0].on_day == "2026-12-03"
    other = {**moved, "on_day-day": "11", "press": "tell"}
    page = (await sam.post(f"{here}/change", other)).text  # it is another day than the one that was shown
    assert "Nothing is kept yet." in page
    kept = await sam.post(f"{here}/change", {**other, "seen": seen(page)})
    assert "Everybody whom it concerns is told." in kept.text
    assert (await the_meetings(console))[0].on_day == "2026-12-11"
    assert await owed(console) == ["moved"]


async def test_a_slip_in_the_place_need_not_be_told(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam, RsvpState.COMING)
    better = {**FORM, "place-en": "Oak Hall, Station Rd"}
    page = (await sam.post(f"{here}/change", better)).text
    assert "It is the same place, better written: tell nobody" in page
    kept = await sam.post(f"{here}/change", {**better, "press": "quiet", "seen": seen(page)})
    assert "The meeting is kept." in kept.text
    assert await owed(console) == []


async def test_news_is_told_only_in_the_words_that_were_shown(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam, RsvpState.COMING)
    moved = {**FORM, "on_day-day": "10"}
    page = (await sam.post(f"{here}/change", moved)).text
    for other in (
        {"title-en": "Drop-in for carers"},
        {"title-pl": "Kawa"},
        {"way": "hybrid", "link-en": "oak.example"},
    ):
        press = {**moved, **other, "press": "tell"}
        page = (await sam.post(f"{here}/change", press)).text
        assert "Nothing is kept yet." in page, other
    assert (await the_meetings(console))[0].words["title"]["en"] == "Carers' space"
    online = {**moved, "way": "hybrid", "link-en": "elm.example", "press": "tell"}
    page = (await sam.post(f"{here}/change", online)).text
    assert "Nothing is kept yet." in page, "who joins online reads another link"
    assert (
        "Everybody whom it concerns is told." in (await sam.post(f"{here}/change", {**online, "seen": seen(page)})).text
    )


async def test_less_room_than_places_taken_is_looked_at_before_it_is_kept(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam, RsvpState.COMING, RsvpState.COMING, RsvpState.MAYBE)
    small = {**FORM, "capacity": "1"}
    page = (await sam.post(f"{here}/change", small)).text
    says = "2 places are taken already, guests included. Everybody who has one keeps it, and nobody new gets one"
    assert page.count(says) == 2, "beside the field, and in the second look"
    assert "There is less room than places that are taken" in page
    assert "and tell them" not in page
    assert (await the_meetings(console))[0].capacity == 20
    kept = await sam.post(f"{here}/change", {**small, "press": "quiet", "seen": seen(page)})
    assert "The meeting is kept." in kept.text
    assert "2 of 1" in kept.text
    assert "The meeting is kept." in (await sam.post(f"{here}/change", {**small, "agenda-en": "Tea."})).text, "once"
    page = (await sam.post(f"{here}/change", {**FORM, "capacity": "1", "on_day-day": "10"})).text
    assert "places are taken already" not in page
    roomy = await sam.post(f"{here}/change", {**FORM, "capacity": "2"})
    assert "The meeting is kept." in roomy.text
    both_of_it = {**small, "on_day-day": "10"}
    page = (await sam.post(f"{here}/change", both_of_it)).text
    assert page.count(says) == 2
    assert "This is news to 3 people" in page
    told = await sam.post(f"{here}/change", {**both_of_it, "press": "tell", "seen": seen(page)})
    assert "Everybody whom it concerns is told." in told.text


async def test_what_nobody_has_to_hear_of_is_kept_at_once(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam, RsvpState.COMING)
    kept = await sam.post(f"{here}/change", {**FORM, "agenda-en": "Tea."})
    assert "The meeting is kept." in kept.text
    page = (await sam.post(f"{here}/change", {**FORM, "place-en": ""})).text
    assert "Nothing is kept yet." in page
    refused = await sam.post(f"{here}/change", {**FORM, "place-en": "", "press": "tell", "seen": seen(page)})
    assert refused.status_code == 400
    assert "Enter where it is" in refused.text
    assert await owed(console) == []


async def test_this_meeting_has_reminders_of_its_own(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    own = {"plan": "own", "week-days": "5", "week-at": "4pm", "thanks-days": "1", "thanks-at": "11am"}
    here = await written(console, sam, **own)
    page = (await sam.get(here)).text
    assert "5 days before, at 4pm" in page
    assert "1 day after it, at 11am, thanks to those who came" in page
    (row,) = await the_meetings(console)
    assert [one["step"] for one in row.plan] == ["week", "thanks"]
    assert 'value="4pm"' in (await sam.get(f"{here}/change")).text


async def test_what_is_asked_afterwards_is_chosen_and_without_names_if_they_like(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await written(console, sam)
    assert "After a meeting" in (await sam.get(here)).text
    page = (await sam.get(f"{here}/change")).text
    assert "After a training" in page
    chosen = {**FORM, "feedback": "standard-training", "anonymous": "yes"}
    assert "The meeting is kept." in (await sam.post(f"{here}/change", chosen, page=f"{here}/change")).text
    (row,) = await the_meetings(console)
    asked = await console.read(lambda tx: question_sets.get(tx, row.feedback_set_id))
    assert asked is not None
    assert (asked.standard, row.anonymous) == ("training", True)
    assert "After a training, without names" in (await sam.get(here)).text
    again = (await sam.get(f"{here}/change")).text
    assert 'value="standard-training" selected' in again
    wrong = await sam.post(f"{here}/change", {**chosen, "feedback": "nothing"}, page=f"{here}/change")
    assert "Choose one of the question sets" in wrong.text
    like = await sam.post(f"{here}/like")
    assert like.status_code == 200
    copied = max(await the_meetings(console), key=lambda one: int(one.id))
    assert (copied.feedback_set_id, copied.anonymous) == (row.feedback_set_id, True)


async def test_one_like_it_is_a_draft_to_look_at(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam)
    page = (await sam.post(f"{here}/like")).text
    assert "This is a draft like the last one." in page
    assert "Thursday 7 January" in page
    assert "Thursday 3 December 2026" in page  # the series
    assert [row.state for row in await the_meetings(console)] == ["open", "draft"]


async def test_one_like_it_pressed_twice_leads_to_the_draft_that_is_there(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam)
    first = await sam.post(f"{here}/like")
    await console.moves(minutes=1)
    second = await sam.post(f"{here}/like", page=here)
    assert second.url.path == first.url.path
    assert "This draft was there already." in second.text
    assert len(await the_meetings(console)) == 2
    looked_at = {**FORM, "agenda-en": "Cake."}
    await sam.post(
        f"{first.url.path}/change", {**looked_at, "on_day-day": "7", "on_day-month": "1", "on_day-year": "2027"}
    )
    third = await sam.post(f"{here}/like", page=here)
    assert third.url.path != first.url.path, "somebody has looked at that one: here is one more"
    assert [row.state for row in await the_meetings(console)] == ["open", "draft", "draft"]


async def test_the_next_of_a_repeated_meeting_stands_on_today(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    await opened(console, sam)
    assert "Look at this meeting, and open it" not in (await sam.get("/")).text
    await console.moves(days=17)
    sam = await console.as_(Role.COORDINATOR)
    assert "Look at this meeting, and open it" in (await sam.get("/")).text
    assert [row.state for row in await the_meetings(console)] == ["over", "draft"]


async def test_what_somebody_else_changed_meanwhile_is_not_undone_unseen(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam)
    old = _STANDING.search((await sam.get(f"{here}/change")).text)
    assert old is not None
    parking = {**FORM, "parking-en": "Park behind the hall.", "standing": old[1]}
    assert "The meeting is kept." in (await sam.post(f"{here}/change", parking)).text
    other = {**FORM, "who-en": "About ten carers", "standing": old[1]}
    page = await sam.post(f"{here}/change", other)
    assert "Somebody has changed this meeting since you opened this page." in page.text
    assert "About ten carers" in page.text, "what they typed is there still"
    (row,) = await the_meetings(console)
    assert row.words["parking"] == {"en": "Park behind the hall."}
    new = _STANDING.search(page.text)
    assert new is not None
    assert "The meeting is kept." in (await sam.post(f"{here}/change", {**other, "standing": new[1]})).text


@both
async def test_the_words_are_seen_before_it_is_canceled(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam, RsvpState.COMING, RsvpState.WAITING)
    assert "2 people said yes or maybe, or wait for a place." in (await sam.get(f"{here}/cancel")).text
    empty = await sam.post(f"{here}/cancel", {"why-en": ""})
    assert "Enter why it is cancelled" in empty.text
    why = {"why-en": "The hall is closed.", "why-pl": "Sala jest zamknięta."}
    page = (await sam.post(f"{here}/cancel", why)).text
    assert "Carers&#39; space on Thursday 3 December. The hall is closed. Thank you" in page
    assert "Sala jest zamknięta." in page
    assert (await the_meetings(console))[0].state == "open"
    answer = await sam.post(f"{here}/cancel", {**why, "ends": "yes", "seen": seen(page)})
    assert "The meeting is cancelled. Everybody whom it concerns is told." in answer.text
    assert "The hall is closed." in answer.text
    (row,) = await the_meetings(console)
    assert (row.state, row.repeats) == ("canceled", None)
    assert await owed(console) == ["canceled"]
    assert (await sam.get(f"{here}/cancel")).status_code == 404
    assert "Carers" in (await sam.get("/meetings?show=past")).text


async def test_a_draft_is_canceled_without_a_reason(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await written(console, sam)
    assert "It is a draft." in (await sam.get(f"{here}/cancel")).text
    done = (await sam.post(f"{here}/cancel", {})).text
    assert "The meeting is cancelled. There was nobody to tell." in done
    assert (await the_meetings(console))[0].state == "canceled"
    assert "Cancelled" in (await sam.post(f"{here}/cancel", {}, here)).text, "who cancels it again finds it cancelled"


async def test_answers_stand_there_in_figures(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam, RsvpState.COMING, RsvpState.COMING, RsvpState.MAYBE)
    (row,) = await the_meetings(console)
    (one, *_others) = await console.read(lambda tx: rsvps.in_meeting(tx, row.id))
    await console.write(lambda tx: rsvps.change(tx, one.id, {"guests": 2}))
    page = (await sam.get(here)).text
    assert "2, and 2 with them" in page
    assert "4 of 20" in page
    for elsewhere in ("invite", "answers", "arrange", "prepare", "attend"):
        assert f"{here}/{elsewhere}" in page
    assert "2 coming and 2 with them, 1 not sure" in (await sam.get("/meetings")).text


async def test_what_is_over_says_how_many_came_once_it_was_ticked(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam, RsvpState.COMING, RsvpState.COMING, RsvpState.MAYBE)
    (row,) = await the_meetings(console)
    await console.write(lambda tx: bank_meetings.over(tx, row, row.ends_at))
    past = (await sam.get("/meetings?show=past")).text
    assert "2 said yes" in past
    assert "coming" not in past.partition("<table")[2]
    assert "Nobody has ticked it yet" in (await sam.get(here)).text
    (one, other, _maybe) = await console.read(lambda tx: rsvps.in_meeting(tx, row.id))
    await console.write(lambda tx: rsvps.change(tx, one.id, {"came": True}))
    await console.write(lambda tx: rsvps.change(tx, other.id, {"came": False}))
    assert "1 came" in (await sam.get("/meetings?show=past")).text
    page = text_of((await sam.get(here)).text)
    assert "Came 1 Said yes 2" in page


async def test_all_to_come_are_listed_and_the_past_ones_a_page_at_a_time(console: Console) -> None:
    sam, olu = await console.as_(Role.COORDINATOR), await console.as_(name="Olu Reed")
    asha = await console.write(leaflet.member)
    project = await console.write(lambda tx: leaflet.led(tx, leaflet.again(tx, olu.staff.id), asha))
    await console.write(lambda tx: staff.give(tx, olu.staff.id, [Role.CO_CHAIR], project.token))

    def many(tx: Tx) -> None:
        well_attended.meeting(tx, "Of the project", project_id=project.id, state=MeetingState.OVER, on_day="2026-01-05")
        for number in range(A_PAGE):
            well_attended.meeting(tx, f"Past {number}", state=MeetingState.OVER)
        for number in range(A_PAGE + 1):
            well_attended.meeting(tx, f"Coming {number}")

    await console.write(many)
    assert f"Coming {A_PAGE}" in (await sam.get("/meetings")).text
    first = (await sam.get("/meetings?show=past")).text
    assert first.count('role="rowheader"') == A_PAGE
    assert "Of the project" not in first
    assert "/meetings?show=past&amp;page=2" in first
    second = (await sam.get("/meetings?show=past&page=2")).text
    assert "Of the project" in second
    assert "Page before" in second
    assert "Next page" not in second
    for browser, at in ((sam, f"/meetings?show=past&project={project.token}"), (olu, "/meetings?show=past")):
        theirs = (await browser.get(at)).text
        assert "Of the project" in theirs, "filtered before it is counted"
        assert "Past 1" not in theirs


async def test_a_project_has_its_meetings_and_who_leads_it_leads_them(console: Console) -> None:
    sam, olu = await console.as_(Role.COORDINATOR), await console.as_(name="Olu Reed")
    asha = await console.write(leaflet.member)
    project = await console.write(lambda tx: leaflet.led(tx, leaflet.again(tx, olu.staff.id), asha))
    await console.write(lambda tx: staff.give(tx, olu.staff.id, [Role.CO_CHAIR], project.token))
    await written(console, sam, **{"title-en": "Not theirs"})
    assert f"/meetings?project={project.token}" in (await olu.get(f"/projects/{project.token}")).text
    assert (await olu.get("/meetings/new")).status_code == 404
    new = f"/projects/{project.token}/meetings/new"
    assert new in (await olu.get(f"/meetings?project={project.token}")).text
    begin = (await olu.get(new)).text
    assert "No project" not in begin
    assert f"/people/{asha.token}" in begin  # who leads the project
    answer = await olu.post(new, {**FORM, "project": "", "title-en": "Of none"}, page=new)
    assert answer.status_code == 404
    own = {**FORM, "project": project.token, "title-en": "Drafting", "member_chair": f"/people/{asha.token}"}
    assert "The meeting is kept." in (await olu.post(new, own, page=new)).text
    listed = (await olu.get(f"/meetings?show=drafts&project={project.token}")).text
    assert "Drafting" in listed
    assert "Not theirs" not in (await olu.get("/meetings?show=drafts")).text
    theirs = next(row for row in await the_meetings(console) if row.project_id is None)
    assert (await olu.get(f"/meetings/{theirs.token}")).status_code == 404
    assert "Drafting" not in (await sam.get("/meetings?show=drafts&project=none")).text.split("<h2")[0]


async def test_who_is_of_its_project_only_is_led_to_no_page_that_is_not_theirs(console: Console) -> None:
    olu = await console.as_(name="Olu Reed")
    asha = await console.write(leaflet.member)
    project = await console.write(lambda tx: leaflet.led(tx, leaflet.again(tx, olu.staff.id), asha))
    await console.write(lambda tx: staff.give(tx, olu.staff.id, [Role.CO_CHAIR], project.token))
    row = await carers_space(console, project_id=project.id)
    here = f"/meetings/{row.token}"
    for at in ("", "/change", "/answers", "/arrange", "/arrange?by=kind", "/prepare"):
        page = await olu.get(f"{here}{at}")
        assert page.status_code == 200
        assert 'href="/people/' not in page.text, at
    ben = await console.read(lambda tx: well_attended.named(tx, "Ben"))
    assert 'href="/people/' not in (await olu.get(f"{here}/answers/{ben.token}")).text


async def test_who_may_open_no_members_page_is_not_told_to(console: Console) -> None:
    olu = await console.as_(name="Olu Reed")
    asha = await console.write(leaflet.member)
    project = await console.write(lambda tx: leaflet.led(tx, leaflet.again(tx, olu.staff.id), asha))
    await console.write(lambda tx: staff.give(tx, olu.staff.id, [Role.CO_CHAIR], project.token))
    new = f"/projects/{project.token}/meetings/new"
    assert "under People" not in (await olu.get(new)).text
    nobody = await olu.post(new, {**FORM, "project": project.token, "member_chair": "nobody"}, page=new)
    assert "under People" not in nobody.text
    assert "Put back what was here, or leave it empty." in nobody.text
    row = await carers_space(console, project_id=project.id)
    change = f"/meetings/{row.token}/change"
    nobody = await olu.post(change, {**FORM, "project": project.token, "member_chair": "nobody"}, page=change)
    assert "Put back what was here, or leave it empty." in nobody.text


async def test_who_only_reads_changes_nothing(console: Console) -> None:
    sam, viv = await console.as_(Role.COORDINATOR), await console.as_(Role.VIEWER, name="Viv Stone")
    here = await opened(console, sam)
    page = (await viv.get(here)).text
    assert "Carers" in page
    for closed in ("change", "cancel", "like"):
        assert f"{here}/{closed}" not in page
        assert (await viv.post(f"{here}/{closed}", {**FORM})).status_code == 404
    assert (await viv.get("/meetings/new")).status_code == 404
    partner = await console.as_(Role.PARTNER, name="Robin Hill")
    assert (await partner.get(here)).status_code == 404


async def test_a_co_chair_who_may_not_be_seen_stays_where_the_field_is_left_empty(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    asha = await console.write(leaflet.member)
    here = await written(console, sam, member_chair=f"https://heard.test/people/{asha.token}")
    assert "saw_person" in await acts(console)
    await console.write(lambda tx: people.change(tx, asha.id, {"held": HELD_FOR_DANGER}))
    assert "Asha" not in (await sam.get(f"{here}/change")).text
    assert "A member whom you cannot see" in (await sam.get(here)).text
    await sam.post(f"{here}/change", {**FORM, "member_chair": ""})
    assert (await the_meetings(console))[0].member_chair == asha.id


async def test_where_the_clock_ended_it_nothing_is_left_to_press(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    here = await opened(console, sam)
    (row,) = await the_meetings(console)
    await console.write(lambda tx: bank_meetings.over(tx, row, row.ends_at))
    page = (await sam.get(here)).text
    assert "Over" in page
    assert f"{here}/invite" not in page
    assert f"{here}/cancel" not in page
    refused = await sam.post(f"{here}/change", {**FORM, "agenda-en": "Tea."})
    assert "Somebody has changed it in the meantime" in refused.text
