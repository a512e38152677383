"""Building a question set without code or script, trying it on a phone, and what people answered."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import func, select

from bank import audit as record
from bank import question_sets, talk
from bank.tokens import token
from flows.question_set import Question, name_of
from storage import addresses, audit, messages_in, outbox, people, projects, reach
from storage import question_sets as stored
from storage.people import Part
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Browser, Console, Somebody

ASHA, BEN, CLEO, DEE = (f"+4477009001{number}" for number in (23, 24, 25, 26))
ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
NEW = "/question-sets/new"
BETTER, HOURS, WHEN = "What would make it better?", "How many hours a week?", "When suits you best?"
FORM = {
    "name": "About the leaflet",
    "count": "3",
    "version": "0",
    "q1-kind": "text",
    "q1-words-en": BETTER,
    "q1-skip": "yes",
    "q2-kind": "number",
    "q2-words-en": HOURS,
    "q3-kind": "one",
    "q3-words-en": WHEN,
    "q3-choices-en": "Mornings\nAfternoons",
}


async def press(sam: Browser, what: str, page: str = NEW, **more: str | list[str]) -> Response:
    return await sam.post(page, {**FORM, **more, "press": what}, page=page)


def asked(page: str) -> list[str]:
    """The questions in the form, in English, in their order."""
    found = re.findall(r'<textarea[^>]*name="q\d+-words-en"[^>]*>([^<]*)</textarea>', page)
    return [html.unescape(one) for one in found]


def thread(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'heard-thread__words"[^>]*>([^<]*)</p>', page)]


def field(page: str, name: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(rf'name="{name}" value="([^"]*)"', page)]


async def saved(console: Console, sam: Browser, **more: str) -> Record:
    answer = await press(sam, "save", **more)
    assert "It is kept as a new version." in answer.text, re.findall(
        r"govuk-error-message[^/]*/span>[^<]*", answer.text
    )
    name = answer.url.path.rpartition("/")[2]
    row = await console.read(lambda tx: stored.newest(tx, name))
    assert row is not None
    return row


async def test_an_empty_form_asks_for_what_is_missing_and_keeps_what_is_there(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    assert "There is none yet." in (await sam.get("/question-sets")).text
    form = {"name": "", "count": "1", "q1-kind": "several", "q1-words-pl": "Kiedy?", "press": "save"}
    answer = await sam.post(NEW, form, page=NEW)
    assert answer.status_code == 400
    for mistake in ("Enter a name for it", "Write it in English", "Give 2 to 9 choices, one a line."):
        assert mistake in html.unescape(answer.text)
    for where in ("name", "q1-words-en", "q1-choices-en"):
        assert f'href="#{where}"' in answer.text
        assert f'id="{where}"' in answer.text
    assert "Kiedy?" in answer.text
    assert '<option value="several" selected>' in answer.text
    assert await console.read(stored.in_use) == []


async def test_questions_are_added_moved_and_removed_by_buttons_with_everything_kept(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    page = (await press(sam, "add")).text
    assert asked(page) == [BETTER, HOURS, WHEN, ""]
    assert field(page, "count") == ["4"]
    assert asked((await press(sam, "up-3")).text) == [BETTER, WHEN, HOURS]
    moved = (await press(sam, "down-1")).text
    assert asked(moved) == [HOURS, BETTER, WHEN]
    assert re.search(r'name="q2-skip"[^>]*checked', moved)
    assert not re.search(r'name="q1-skip"[^>]*checked', moved)
    removed = (await press(sam, "remove-2")).text
    assert asked(removed) == [BETTER, WHEN]
    assert ">Mornings\nAfternoons</textarea>" in removed
    assert 'value="About the leaflet"' in removed
    for odd in ("up-1", "down-3", "remove-9", "up-x", "up-" + "9" * 4500, "nothing", ""):
        assert asked((await press(sam, odd)).text) == [BETTER, HOURS, WHEN]
    assert await console.read(stored.in_use) == []


COLOURS = {"count": "1", "q1-kind": "one", "q1-words-en": "Which colour?", "q1-words-pl": "Jaki kolor?"}


@pytest.mark.parametrize(
    ("english", "polish", "where"),
    [
        ("Red\nGreen\nBlue", "Czerwony\n\nNiebieski", "pl"),
        ("Red\nGreen\nBlue", "Czerwony\nZielony", "pl"),
        ("Red\nGreen", "Czerwony\nZielony\nNiebieski", "en"),
        ("Red\n\nBlue", "Czerwony\nZielony\nNiebieski", "en"),
        ("Red\n\nBlue", "Czerwony\nNiebieski", "en"),
    ],
)
async def test_a_choice_belongs_to_its_line_in_every_language(
    console: Console, english: str, polish: str, where: str
) -> None:
    sam = await console.as_(Role.COORDINATOR)
    page = await press(sam, "check", **COLOURS, **{"q1-choices-en": english, "q1-choices-pl": polish})
    assert page.status_code == 400
    assert f'href="#q1-choices-{where}">Write every choice in ' in page.text
    assert f">{polish}</textarea>" in page.text, "what was written stays as it was"


async def test_empty_lines_in_no_language_s_way_are_no_choices(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    lines = {"q1-choices-en": "Red\n\nBlue\n\n", "q1-choices-pl": "Czerwony\n\nNiebieski"}
    row = await saved(console, sam, **COLOURS, **lines)
    (question,) = question_sets.asked_by(row).questions
    assert question.choices == ({"en": "Red", "pl": "Czerwony"}, {"en": "Blue", "pl": "Niebieski"})


async def test_no_more_than_twenty_questions_whatever_is_sent(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    assert len(asked((await press(sam, "add", count="20")).text)) == 20
    assert len(asked((await press(sam, "add", count="999999")).text)) == 20
    assert asked((await press(sam, "add", count="many")).text) == [""]


async def test_findings_stand_beside_their_question(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    hard = {"q1-words-en": "What shall we utilise?", "q3-choices-en": "No texts\nAfternoons"}
    answer = await press(sam, "check", **hard)
    assert answer.status_code == 400
    page = html.unescape(answer.text)
    assert re.search(r'id="q1-words-en-error"[^>]*>\s*<span[^>]*>Error:</span> It says "utilise"', page)
    assert re.search(r'id="q3-choices-en-error"[^>]*>\s*<span[^>]*>Error:</span> Written back, "No texts"', page)
    assert "People may skip this one, and it does not say so." in page
    assert (await press(sam, "save", **hard)).status_code == 400
    assert await console.read(stored.in_use) == []
    fine = await press(sam, "check")
    assert fine.status_code == 200
    assert "Nothing needs to be mended." in fine.text
    assert 'id="q1-words-en-notes"' in fine.text


@ON_BOTH
async def test_each_change_is_a_new_version_and_the_old_one_stays(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    first = await saved(console, sam)
    page = f"/question-sets/{first.token}"
    assert asked((await sam.get(page)).text) == [BETTER, HOURS, WHEN]
    answer = await press(sam, "save", page, version="1", **{"q2-words-en": "How many hours?"})
    assert "Version 2" in answer.text
    second = await console.read(lambda tx: stored.newest(tx, first.token))
    assert second is not None
    assert (second.version, second.id != first.id) == (2, True)
    before = await console.read(lambda tx: question_sets.find(tx, name_of(first.id), "en"))
    assert before is not None
    assert before.version == 1
    assert before.steps["q2"].text.text == HOURS  # type: ignore[union-attr]  it is a question
    late = await press(sam, "save", page, version="1")
    assert late.status_code == 400
    assert "Somebody saved another version while you wrote." in late.text
    acts = await console.read(lambda tx: [row.act for row in tx.execute(select(audit.audit))])
    assert acts.count(record.Act.QUESTION_SET_CHANGED) == 2


@ON_BOTH
async def test_projects_ask_the_newest_version_and_a_closed_set_not_at_all(console: Console) -> None:
    sam, about, other = await console.as_(Role.COORDINATOR), await project(console), await project(console)
    first = await saved(console, sam)
    await console.write(lambda tx: projects.change(tx, about.id, {"question_set_id": first.id}))
    page = f"/question-sets/{first.token}"
    await press(sam, "save", page, version="1", **{"q2-words-en": "How many hours?"})
    second = await console.read(lambda tx: stored.newest(tx, first.token))
    assert second is not None
    assert (await console.read(lambda tx: projects.get(tx, about.id))).question_set_id == second.id != first.id
    assert (await console.read(lambda tx: projects.get(tx, other.id))).question_set_id is None
    await sam.post(f"{page}/close", {}, page="/question-sets")
    assert (await console.read(lambda tx: projects.get(tx, about.id))).question_set_id is None


async def test_a_copy_begins_from_it_and_a_closed_one_is_gone(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    row = await saved(console, sam)
    assert f"{NEW}?from={row.token}" in (await sam.get("/question-sets")).text
    copy = (await sam.get(f"{NEW}?from={row.token}")).text
    assert 'value="Copy of About the leaflet"' in copy
    assert asked(copy) == [BETTER, HOURS, WHEN]
    closed = await sam.post(f"/question-sets/{row.token}/close", {}, page="/question-sets")
    assert "The question set is closed." in closed.text
    assert "There is none yet." in closed.text
    assert (await sam.get(f"/question-sets/{row.token}")).status_code == 404
    assert (await sam.get(f"{NEW}?from={row.token}")).status_code == 404
    assert (await press(sam, "save", f"/question-sets/{row.token}")).status_code == 404
    assert (await sam.get(f"/question-sets/{row.token}/answers")).status_code == 200


async def test_it_is_walked_on_a_phone_and_nothing_is_kept_of_it(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)

    def rows(tx: Tx) -> list[int]:
        tables = (stored.set_answers, messages_in.messages_in, outbox.messages_out)
        return [tx.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]

    page = (await press(sam, "try")).text
    assert thread(page) == [BETTER]
    said = [BETTER]
    for reply, answers in (
        ("bigger letters", [HOURS]),
        ("not 3", ["Just to check. Did you mean: 3?\n1 Yes\n2 No"]),
        ("no", [HOURS]),
        ("back", [BETTER]),
        ("SKIP", [HOURS]),
        ("twenty", [f"{WHEN}\n1 Mornings\n2 Afternoons"]),
        (
            "in the afternoon",
            ["Thank you for your answers. The people who asked will read them.", "This is the end."],
        ),
    ):
        page = (
            await press(sam, "send", **{"try-on": "yes", "replies": field(page, "replies"), "try-text": reply})
        ).text
        said += [reply, *answers]
        assert [one.partition(" Their answers")[0] for one in thread(page)] == said
    assert 'name="try-text"' not in page
    assert asked(page) == [BETTER, HOURS, WHEN]
    assert await console.read(rows) == [0, 0, 0]


async def test_buttons_on_whatsapp_another_language_and_the_key_that_sends(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    polish = {"q1-kind": "yes_no", "q1-words-pl": "Czy chcesz?", "count": "1", "q1-skip": ""}
    phone = {"try-channel": "whatsapp", "try-language": "pl", "try-on": "yes"}
    page = (await press(sam, "try", **polish, **phone)).text
    assert thread(page) == ["Czy chcesz?"]
    assert 'value="pick-yes"' in page
    page = (await press(sam, "pick-yes", **polish, **phone)).text
    assert thread(page)[:2] == ["Czy chcesz?", "Tak"]
    assert field(page, "replies") == ["b:yes"]
    page = (await press(sam, "enter", **polish, **phone, **{"try-text": "tak"})).text
    assert field(page, "replies") == ["t:tak"]
    page = (await press(sam, "enter", **polish, **phone, replies="t:nie")).text
    assert field(page, "replies") == ["t:nie"]
    page = (await press(sam, "pick-c9", **polish, **phone)).text
    assert "This button is of an earlier question." in page


@pytest.mark.parametrize(
    ("reply", "note"),
    [
        ("STOP", "Heard knows this word itself"),
        ("HELP", "Heard knows this word itself"),
        ("he hits me", "Somebody may be in danger"),
    ],
)
async def test_what_works_anywhere_is_told_on_the_phone(console: Console, reply: str, note: str) -> None:
    sam = await console.as_(Role.COORDINATOR)
    page = (await press(sam, "send", **{"try-on": "yes", "try-text": reply})).text
    assert note in thread(page)[-1]
    assert ('name="try-text"' in page) == (reply == "HELP")


async def test_a_phone_needs_questions_that_can_be_asked(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    answer = await press(sam, "try", **{"q3-choices-en": "Mornings"})
    assert answer.status_code == 400
    assert thread(answer.text) == []


async def member(console: Console, number: str, name: str) -> Somebody:
    phone = console.phone(number)
    await phone.says("JOIN", "1", "1", name)
    return phone


async def person(console: Console, phone: Somebody) -> Record:
    here = await phone.address()
    [found] = await console.read(lambda tx: reach.people_at(tx, here.id))
    return found


async def project(console: Console, title: str = "The leaflet") -> Record:
    now = console.clock()
    values = {
        "token": token(),
        "kind": ProjectKind.PROJECT,
        "state": ProjectState.OPEN,
        "words": {"title": {"en": title}},
        "rung": Rung.CO_DESIGN,
        "ways": [],
        "topics": [],
        "districts": [],
        "places_by": PlacesBy.FIRST,
        "created_at": now,
        "changed_at": now,
    }
    return await console.write(lambda tx: projects.add(tx, **values))


async def answers(console: Console, row: Record, about: Record, whose: Record, **values: object) -> None:
    now = console.clock()

    def keep(tx: Tx) -> None:
        for question, value in values.items():
            stored.answer(
                tx,
                set_id=row.id,
                project_id=about.id,
                person_id=whose.id,
                question=question,
                value=value,
                message_id=None,
                entered_by=None,
                at=now,
            )

    await console.write(keep)


@ON_BOTH
async def test_figures_are_of_members_and_words_of_those_who_may_be_seen(console: Console) -> None:
    sam, lee = await console.as_(Role.COORDINATOR), await project(console)
    row = await saved(console, sam)
    asha, ben, cleo, dee = [
        await person(console, await member(console, number, name))
        for number, name in ((ASHA, "Asha"), (BEN, "Ben"), (CLEO, "Cleo"), (DEE, "Dee"))
    ]
    await answers(console, row, lee, asha, q1="Bigger letters", q2="20", q3="c1")
    await answers(console, row, lee, ben, q1="Fewer words", q2="2.5", q3="c1")
    await answers(console, row, lee, cleo, q1="Held words", q3="c2")
    await answers(console, row, lee, dee, q1="Staff words", q2="99", q3="c2")
    await console.write(lambda tx: people.change(tx, cleo.id, {"held": "danger"}))
    await console.write(lambda tx: people.change(tx, dee.id, {"part": Part.STAFF}))
    home = f"/question-sets/{row.token}/answers"
    assert "The leaflet" in (await sam.get(home)).text
    page = (await sam.get(f"{home}?project={lee.token}")).text
    assert "Bigger letters" in page
    assert f'href="/people/{asha.token}"' in page
    assert "Held words" not in page
    assert "Staff words" not in page
    assert "1 more is not shown here." in page
    cells = re.findall(r'<bdi dir="auto">([^<]*)</bdi></th><td[^>]*>(\d+)</td>', page)
    assert cells == [("2.5", "1"), ("20", "1"), ("Mornings", "2"), ("Afternoons", "1")]
    lead = await console.as_(Role.SAFEGUARDING_LEAD)
    assert "Held words" not in (await lead.get(f"{home}?project={lee.token}")).text
    seen = await console.read(
        lambda tx: [one for one in tx.execute(select(audit.audit)) if one.act == record.Act.SAW_ANSWERS]
    )
    assert [(one.about, one.details) for one in seen] == [(row.token, {"project": lee.token})] * 2
    for nowhere in (f"{home}?project=nobody", f"{home}?project=none&question=9", "/question-sets/nobody/answers"):
        assert (await sam.get(nowhere)).status_code == 404


@ON_BOTH
async def test_a_question_that_stayed_is_one_in_all_versions_and_the_newest_answer_counts(console: Console) -> None:
    sam, about = await console.as_(Role.COORDINATOR), await project(console)
    row = await saved(console, sam)
    asha = await person(console, await member(console, ASHA, "Asha"))
    ben = await person(console, await member(console, BEN, "Ben"))
    await answers(console, row, about, asha, q2="20", q3="c1")
    await answers(console, row, about, ben, q3="c1")
    console.clock.move(timedelta(minutes=5))  # type: ignore[arg-type]  a clock of the test
    page = f"/question-sets/{row.token}"
    swapped = {"q2-kind": "one", "q2-words-en": WHEN, "q2-choices-en": "Mornings\nAfternoons", "count": "2"}
    await press(sam, "save", page, version="1", **swapped)
    newer = await console.read(lambda tx: stored.newest(tx, row.token))
    assert newer is not None
    await answers(console, newer, about, asha, q2="c2")
    shown = (await sam.get(f"{page}/answers?project={about.token}")).text
    headings = re.findall(r'id="question-\d+"><bdi dir="auto">([^<]*)</bdi>', shown)
    assert headings == [BETTER, WHEN, HOURS]
    assert "Not asked any more" in shown
    cells = re.findall(r'<bdi dir="auto">([^<]*)</bdi></th><td[^>]*>(\d+)</td>', shown)
    assert cells == [("Mornings", "1"), ("Afternoons", "1"), ("20", "1")]


async def test_many_words_are_shown_a_page_at_a_time(console: Console) -> None:
    sam, about = await console.as_(Role.COORDINATOR), await project(console)
    row = await saved(console, sam)
    asha = await person(console, await member(console, ASHA, "Asha"))
    kept = {name: getattr(asha, name) for name in ("state", "language", "joined_at", "part")}
    for number in range(60):
        other = await console.write(lambda tx: people.add(tx, token=token(), **kept))
        await answers(console, row, about, other, q1=f"Thing {number:02}")
    home = f"/question-sets/{row.token}/answers?project={about.token}"
    first = (await sam.get(home)).text
    assert first.count("heard-thread__words") == 5
    assert "See all 60 answers" in first
    one = (await sam.get(f"{home}&question=1")).text
    two = (await sam.get(f"{home}&question=1&page=2")).text
    assert (one.count("heard-thread__words"), two.count("heard-thread__words")) == (50, 10)
    assert "Thing 59" in one
    assert "Thing 00" in two


async def test_only_those_who_work_with_people_open_it(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    row = await saved(console, sam)
    for role in (Role.VIEWER, Role.PARTNER):
        other = await console.as_(role)
        for page in ("/question-sets", NEW, f"/question-sets/{row.token}", f"/question-sets/{row.token}/answers"):
            assert (await other.get(page)).status_code == 404


@ON_BOTH
async def test_what_a_member_answers_by_text_stands_in_the_figures(console: Console) -> None:
    sam, about = await console.as_(Role.COORDINATOR), await project(console)
    row = await saved(console, sam)
    phone = await member(console, ASHA, "Asha")
    here = await phone.address()
    now, organisation = console.clock(), console.organisation

    def begin(tx: Tx) -> None:
        from_us = addresses.get(tx, here.id)
        visit = talk.Visit(tx, now, organisation, from_us, reach.people_at(tx, here.id))
        visit.is_with(visit.people[0])
        talk.open_flow(visit, name_of(row.id), {"project": about.token})

    await console.write(begin)
    await console.house.drain()
    await phone.says("Bigger letters please", "about 20 hours", "the afternoon")
    assert (await phone.heard())[-1] == "Thank you for your answers. The people who asked will read them."
    page = (await sam.get(f"/question-sets/{row.token}/answers?project={about.token}")).text
    assert "Bigger letters please" in page
    cells = re.findall(r'<bdi dir="auto">([^<]*)</bdi></th><td[^>]*>(\d+)</td>', page)
    assert cells == [("20", "1"), ("Mornings", "0"), ("Afternoons", "1")]


FEEDBACK = {
    "name": "After the art group",
    "count": "2",
    "version": "0",
    "q1-kind": "rating",
    "q1-words-en": "How was it? 1 (bad) to 5 (very good)",
    "q1-means": "how",
    "q2-kind": "rung",
    "q2-words-en": "How much say did you have?",
    "q2-means": "rung",
}


@ON_BOTH
async def test_a_rating_and_how_much_say_need_no_choices_and_say_what_they_are_about(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    answer = await sam.post(NEW, {**FEEDBACK, "press": "save"}, page=NEW)
    assert "It is kept as a new version." in answer.text
    row = await console.read(lambda tx: stored.newest(tx, answer.url.path.rpartition("/")[2]))
    assert row is not None
    kept = question_sets.asked_by(row).questions
    assert [(one.kind.value, one.means.value, one.choices) for one in kept] == [
        ("rating", "how", ()),
        ("rung", "rung", ()),
    ]
    again = (await sam.get(f"/question-sets/{row.token}")).text
    assert 'value="how" selected' in again
    tried = await sam.post(NEW, {**FEEDBACK, "press": "send", "try-on": "yes", "try-text": "brilliant"}, page=NEW)
    assert "7 We decided it together" in html.unescape(tried.text)


async def test_what_is_about_nothing_that_we_know_is_about_something_else(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    row = await saved(console, sam, **{"q1-means": "weather"})
    assert {one.means.value for one in question_sets.asked_by(row).questions} == {""}


def test_what_was_kept_before_questions_said_what_they_are_about_is_read() -> None:
    kept = {"kind": "text", "words": {"en": BETTER}, "choices": [], "may_skip": True}
    assert Question.from_json(kept).means == ""


async def test_ours_are_looked_at_and_copied_and_stay_as_they_are(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    page = (await sam.get("/question-sets")).text
    assert "There is none yet." in page
    assert "After a meeting" in page
    at = "/question-sets/standard-meeting"
    ours = (await sam.get(at)).text
    assert "It stays as it is" in ours
    assert "How was it? Reply 1 (bad) to 5 (very good), or just say it." in asked(ours)
    assert "Did you feel heard?" in asked((await sam.get("/question-sets/new?from=standard-meeting")).text)
    for refused in (at, f"{at}/close"):
        assert (await sam.post(refused, {**FORM, "press": "save"}, page=at)).status_code == 404
    await sam.get("/question-sets")
    versions = await console.read(lambda tx: stored.versions(tx, "standard-meeting"))
    assert [(row.version, row.standard, row.closed_at) for row in versions] == [(1, "meeting", None)]
