"""Audiences in the console: written down without code, counted before they are kept, and told back in one sentence."""

from __future__ import annotations

import re

from bank.audience import Rule
from console import audience_fields
from console.forms import Form
from storage import audiences, audit, interests, people
from storage.interests import InterestKind
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Browser, Console
from tests.console.test_people import BOTH, somebody
from tests.console.test_person import Fields, joined, text_of

MONEY: Fields = {"topics": "money", "districts": "as1, AS2", "name": "Money people"}


async def two_members(console: Console) -> Record:
    """Asha, who texts and cares about money, and somebody who is written letters."""
    asha = await joined(console)

    def tell(tx: Tx) -> None:
        people.change(tx, asha.id, {"district": "AS1"})
        interests.choose(tx, asha.id, InterestKind.TOPIC, ["money"])

    await console.write(tell)
    await somebody(console, "Bo", contact={"post": "1 Mill Lane"}, district="AS2")
    return asha


async def kept(console: Console, browser: Browser, form: Fields) -> Record:
    await browser.post("/audiences/new", {**form, "do": "keep"})
    return (await console.read(audiences.in_use))[0]


@BOTH
async def test_it_is_counted_before_it_is_kept(console: Console) -> None:
    await two_members(console)
    sam = await console.as_(Role.COORDINATOR)
    page = await sam.post("/audiences/new", {"districts": "AS1, AS2", "do": "count"})
    assert page.status_code == 200
    for said in (
        "People in AS1 or AS2",
        "This is 2 people just now. We reach 2 of them.",
        "1 person gets a text: 1 in",
    ):
        assert said in text_of(page)
    assert "1 person gets a letter" in text_of(page)
    assert "Nobody is left out." in text_of(page)
    assert 'value="AS1, AS2"' in page.text, "what was typed stays"
    assert await console.read(audiences.in_use) == []

    page = await sam.post("/audiences/new", {**MONEY, "do": "keep"})
    assert "The audience is kept." in text_of(page)
    assert "in AS1 or AS2" in text_of(page)
    assert "This is 1 person just now. We reach 1 of them." in text_of(page)
    page = await sam.get("/audiences")
    assert "Money people" in text_of(page)
    assert "People who chose" in text_of(page)


@BOTH
async def test_it_says_who_is_left_out_and_why(console: Console) -> None:
    asha = await two_members(console)
    await console.write(lambda tx: people.change(tx, asha.id, {"held": "bereavement"}))
    await somebody(console, "Cy")
    sam = await console.as_(Role.COORDINATOR)
    said = text_of(await sam.post("/audiences/new", {"do": "count"}))
    assert "All members" in said
    assert "This is 3 people just now. We reach 1 of them." in said
    assert "2 people cannot be texted just now" in said
    assert "held" not in said, "of three people it would be known who"
    lead = await console.as_(Role.COORDINATOR, Role.SAFEGUARDING_LEAD, name="Alex Moor")
    said = text_of(await lead.post("/audiences/new", {"do": "count"}))
    assert "1 person is held: a person of ours must look first" in said
    assert "1 person has no way that we can reach them" in said


@BOTH
async def test_it_is_changed_and_taken_away(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    row = await kept(console, sam, MONEY)
    page = await sam.get(f"/audiences/{row.token}/change")
    assert re.search(r'value="money"[^>]*checked', page.text)
    assert 'value="AS1, AS2"' in page.text
    form: Fields = {"name": "Care", "not-topics": "money", "roles": "carer"}
    page = await sam.post(f"/audiences/{row.token}/change", {**form, "do": "count"})
    assert "Carers, but not those who chose" in text_of(page)
    assert not re.search(r'name="topics"[^>]*checked', page.text)
    page = await sam.post(f"/audiences/{row.token}/change", {**form, "do": "keep"})
    assert "Carers, but not those who chose" in text_of(page)
    page = await sam.post(f"/audiences/{row.token}/close")
    assert "The audience is taken away." in text_of(page)
    assert "There is none yet." in text_of(page)
    for path in ("", "/change"):
        assert (await sam.get(f"/audiences/{row.token}{path}")).status_code == 404
    acts = [line.act for line in await console.read(audit.everything)]
    assert acts.count("audience_changed") == 3
    assert acts.count("searched") >= 3, "whoever counts people is on record"


@BOTH
async def test_mistakes_are_said_in_plain_words(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    for form, said in (
        ({"do": "keep"}, "Enter a name for it"),
        ({"do": "count", "districts": "somewhere"}, "Enter the first half of each postcode"),
        ({"do": "count", "not-districts": "AS1; AS2"}, "Enter the first half of each postcode"),
        ({"do": "count", "topics": "ethnicity"}, "Choose from the list"),
        ({"do": "count", "groups": "nothing"}, "Choose from the list"),
    ):
        page = await sam.post("/audiences/new", form)
        assert page.status_code == 400
        assert said in text_of(page)
    assert await console.read(audiences.in_use) == []


@BOTH
async def test_it_is_for_those_who_may_write_to_people(console: Console) -> None:
    for role in (Role.VIEWER, Role.PARTNER):
        browser = await console.as_(role)
        for path in ("/audiences", "/audiences/new", "/groups", "/groups/new", "/groups/new/rule"):
            assert (await browser.get(path)).status_code == 404


@BOTH
async def test_what_a_kept_rule_names_stays_though_it_is_not_used_any_more(console: Console) -> None:
    rule = Rule(topics=("bees",), groups=("gone",), not_asked_to=("a",), without=Rule(asked_to=("b",)))

    def look(tx: Tx) -> Rule:
        offered = audience_fields.choices(tx, console.organisation, rule)
        chosen = audience_fields.chosen(rule)
        return audience_fields.read(Form({name: list(values) for name, values in chosen.items()}), offered)

    again = await console.read(look)
    assert again == Rule(topics=("bees",), groups=("gone",), without=Rule(asked_to=("b", "a")))


@BOTH
async def test_who_left_is_in_no_audience(console: Console) -> None:
    asha = await two_members(console)
    await console.write(lambda tx: people.change(tx, asha.id, {"state": PersonState.LEFT}))
    sam = await console.as_(Role.COORDINATOR)
    assert "This is 1 person just now." in text_of(await sam.post("/audiences/new", {"do": "count"}))
