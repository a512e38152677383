"""Sign-ups: a partner types in paper forms, and each person joins by their own yes only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bank import audit, sign_in
from bank import sign_ups as sign_up_rules
from bank.colleague import known
from bank.paper import Paper
from console.door import COOKIE
from storage import addresses, consents, interests, needs, people, reach, sign_ups, staff, told
from storage.addresses import AddressState
from storage.interests import InterestKind
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.tasks import TaskKind
from tests import looking
from tests.console.desk import Browser, Console, Somebody
from tests.console.read import shown

NUMBER = "+447700900321"
ASK = (
    "Ashdale Council here. Robin Hill of Ashdale Carers told us you want to join us, to make care better. "
    "STOP ends texts. Is that right?"
)
AGREE = "Thank you. We will keep your number and answers, so we can invite you. To stop our texts, send STOP. OK?"
JOINED = (
    "You have joined. Thank you. We text once a week at most. To talk to a person, text CALL. "
    "To see what you can do, text MENU."
)
NO = "That is fine. We will not text you again. If you change your mind, text JOIN."


def form(row: int = 1, **other: str | list[str]) -> dict[str, str | list[str]]:
    """One paper form, as it is typed into that row."""
    typed: dict[str, str | list[str]] = {
        "name": "Jo",
        "number": "07700 900 321",
        "language": "en",
        "district": "ng5 1aa",
        "topics": ["carers", "money"],
        "needs": "Large print",
        "signed": "20/11/2026",
        "is_adult": "yes",
    }
    return {f"{field}_{row}": value for field, value in (typed | other).items()}


async def robin(console: Console) -> Browser:
    return await console.as_(Role.PARTNER, name="Robin Hill of Ashdale Carers")


async def back(console: Console, partner: Browser) -> Browser:
    """The same partner signs in anew: a session is short."""
    session = await console.write(lambda tx: sign_in.come_in(tx, partner.staff.id, console.clock()))
    partner.client.cookies.set(COOKIE, session, domain="heard.test")
    return partner


async def enters(partner: Browser, **other: str | list[str]) -> str:
    """The partner enters one form; returns the page after it."""
    return (await partner.post("/sign-ups/new", form(**other))).text


async def members(console: Console, number: str = NUMBER) -> list[Record]:
    def look(tx: Tx) -> list[Record]:
        found = addresses.find(tx, "sms", number)
        here = reach.people_at(tx, found.id) if found else []
        return [person for person in here if person.state == PersonState.MEMBER]

    return await console.read(look)


async def rows(console: Console) -> list[Record]:
    return list(await console.read(lambda tx: tx.execute(sign_ups.sign_ups.select()).all()))


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_a_paper_form_becomes_a_member_by_their_own_yes(console: Console) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    assert "What you entered is kept." in await enters(partner)
    assert await members(console) == [], "nobody joins by what somebody else typed"

    await console.moves(minutes=1)
    assert await jo.heard() == [ASK]
    await jo.says("yes")
    assert (await jo.heard())[1:] == [AGREE]
    assert await members(console) == []
    await jo.says("1")
    assert (await jo.heard())[2:] == [JOINED]

    (person,) = await members(console)
    assert (person.name, person.district, person.language) == ("Jo", "NG5", "en")
    assert await console.read(lambda tx: interests.of(tx, person.id, InterestKind.TOPIC)) == ["carers", "money"]
    (need,) = await console.read(lambda tx: needs.of(tx, person.id))
    assert (need.words, need.entered_by, need.how) == ("Large print", partner.staff.id, "paper")
    assert (await console.read(lambda tx: told.of(tx, person.id)))["name"].entered_by == partner.staff.id
    ledger = await console.read(lambda tx: consents.history(tx, person_id=person.id))
    assert [(entry.purpose, entry.given) for entry in ledger] == [("bank", True), ("messages", True)]
    assert AGREE in ledger[0].words

    (row,) = await rows(console)
    assert (row.state, row.number, row.told, row.person_id) == ("agreed", None, None, person.id)
    page = await shown(partner, "/sign-ups")
    assert "Jo" not in page
    assert "fewer than 10 have joined" in page


async def test_a_home_question_comes_before_the_end_and_more_may_be_asked(console: Console) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    await enters(partner)
    await console.moves(minutes=1)
    await jo.says("tell me more")
    assert "You choose what to take part in." in (await jo.heard())[-1]
    await jo.says("JOIN")
    assert (await jo.heard())[-1] == AGREE
    await jo.says("no")
    assert (await jo.heard())[-1] == NO
    assert await members(console) == []


@pytest.mark.parametrize(
    ("reply", "answer"), [("No thanks", NO), ("STOP", "We have stopped."), ("LEAVE", "We have taken")]
)
async def test_no_erases_what_was_typed_at_once(console: Console, reply: str, answer: str) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    await enters(partner)
    await console.moves(minutes=1)
    await jo.says(reply)
    assert (await jo.heard())[-1].startswith(answer)
    (row,) = await rows(console)
    assert (row.state, row.number, row.told) == ("gone", None, None)
    assert "None." in (await partner.get("/sign-ups")).text
    await console.moves(days=3)
    assert len(await jo.heard()) == 2


async def test_somebody_under_18_is_told_so_and_nothing_of_theirs_is_kept(console: Console) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    await enters(partner)
    await console.moves(minutes=1)
    await jo.says("I'm only 15")
    assert "You need to be 18 to join" in (await jo.heard())[-1]
    assert (await rows(console))[0].told is None
    assert [task.kind for task in await console.read(looking.open_tasks)] == [TaskKind.UNDER_18]


async def test_silence_gets_no_second_text_and_is_erased_after_30_days(console: Console) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    await enters(partner)
    for _day in range(29):
        await console.moves(days=1)
    assert await jo.heard() == [ASK]
    assert "Jo" in (await (await back(console, partner)).get("/sign-ups")).text
    await console.moves(days=2)
    (row,) = await rows(console)
    assert (row.state, row.number, row.number_key, row.told) == ("gone", None, None, None)
    assert "None." in (await (await back(console, partner)).get("/sign-ups")).text
    found = await console.read(lambda tx: addresses.find(tx, "sms", NUMBER))
    assert found is not None
    assert found.address is None


async def test_one_text_for_each_number_in_30_days_whoever_enters_it(console: Console) -> None:
    first, second, jo = await robin(console), await console.as_(Role.PARTNER, name="Oak Hall"), console.phone(NUMBER)
    await enters(first)
    await console.moves(minutes=1)
    assert "What you entered is kept." in await enters(second, name="Joanna", number="00447700900321")
    await console.moves(minutes=1)
    assert await jo.heard() == [ASK]
    assert "Waiting for them" in (await second.get("/sign-ups")).text
    await jo.says("no")
    await console.moves(days=20)
    await enters(await back(console, first))
    await console.moves(minutes=1)
    assert len(await jo.heard()) == 2, "a no is remembered, though what was typed is erased"
    await console.moves(days=11)
    await enters(await back(console, second), name="Joanna")
    await console.moves(minutes=1)
    assert len(await jo.heard()) == 3


async def test_a_partner_cannot_find_out_who_is_a_member_or_has_stopped_us(console: Console) -> None:
    partner = await robin(console)
    member, stopped, stranger = (console.phone(f"+44770090032{digit}") for digit in "456")
    await member.says("JOIN", "1", "1", "Asha")
    await stopped.says("STOP")
    pages = [await enters(partner, number=phone.number) for phone in (member, stopped, stranger)]
    await console.moves(minutes=1)
    page = (await partner.get("/sign-ups")).text
    assert page.count("Waiting for them") == 3
    assert ["What you entered is kept." in text for text in pages] == [True] * 3
    assert (await member.heard())[-1].startswith("Thank you, Asha.")
    assert (await stopped.heard())[-1].startswith("We have stopped.")
    assert len(await stranger.heard()) == 1
    (task,) = await console.read(looking.open_tasks)
    assert task.kind == TaskKind.SIGN_UP
    await console.moves(days=29)
    assert (await (await back(console, partner)).get("/sign-ups")).text.count("Waiting for them") == 3


async def test_a_page_of_ten_is_shown_again_whole_with_mistakes_beside_the_fields(console: Console) -> None:
    partner = await robin(console)
    page = (await partner.get("/sign-ups/batch")).text
    assert page.count("First name") == 10
    given = form(1) | form(2, number="020 7946 0000") | form(3, name="", number="07700 900 322", is_adult="")
    given |= form(4, number="+48 512 345 678") | form(
        5, number="07700 900 321", signed="3 12 2026", district="Oak Hall"
    )
    answer = await partner.post("/sign-ups/batch", given)
    assert answer.status_code == 400
    said = answer.text
    for field, mistake in (
        ("number_2", "Enter a UK mobile number."),
        ("name_3", "Enter their first name"),
        ("is_adult_3", "They must be 18 or over"),
        ("number_4", "Enter a UK mobile number."),
        ("signed_5", "must not be in the future"),
        ("district_5", "Enter the first half of the postcode"),
    ):
        assert f'href="#{field}"' in said
        assert f'id="{field}"' in said
        assert said.count(mistake) >= 2, "on top, and beside the field"
    for typed in ("07700 900 321", "020 7946 0000", "+48 512 345 678", "3 12 2026", "Large print", "Oak Hall"):
        assert typed in said, "nothing that was typed is lost"
    assert await rows(console) == []

    mended = form(1) | form(2, number="07700 900 322") | form(7, number="07700 900 321")
    assert "You gave this number in form 1 too." in (await partner.post("/sign-ups/batch", mended)).text
    mended = form(1) | form(2, number="07700 900 322") | form(7, number="07700 900 323")
    assert "What you entered is kept." in (await partner.post("/sign-ups/batch", mended)).text
    assert len(await rows(console)) == 3
    assert "You have entered this number already." in await enters(partner)


async def test_a_partner_corrects_or_takes_back_only_its_own(console: Console) -> None:
    partner, other, jo = await robin(console), await console.as_(Role.PARTNER, name="Oak Hall"), console.phone(NUMBER)
    await enters(partner)
    await console.moves(minutes=1)
    (row,) = await rows(console)
    path = f"/sign-ups/{row.token}"
    page = (await partner.get(path)).text
    assert "07700" not in page
    assert "It ends 321." in page
    for answer in (await other.get(path), await other.post(path, {"name": "X"}), await other.post(f"{path}/take-back")):
        assert answer.status_code == 404
    assert NUMBER[-3:] not in (await other.get("/sign-ups")).text

    changed = {field.removesuffix("_1"): value for field, value in form(name="Joanna", number="").items()}
    assert "The form is changed." in (await partner.post(path, changed)).text
    assert "Joanna" in (await partner.get("/sign-ups")).text
    assert await jo.heard() == [ASK]

    await partner.post(path, changed | {"number": "07700 900 322"})
    await console.moves(minutes=1)
    assert await console.phone("+447700900322").heard() == [ASK]
    await jo.says("yes")
    assert await members(console) == [], "it was the wrong number: its yes joins nobody"

    new = next(one for one in await rows(console) if one.state == "asked")
    assert "The form is taken back" in (await partner.post(f"/sign-ups/{new.token}/take-back")).text
    assert [one.told for one in await rows(console)] == [None, None]
    await console.moves(days=31)
    assert (await console.read(audit.verify))[1] is None


async def test_a_partner_may_enter_so_many_in_a_day_and_all_of_them_so_many_texts(console: Console) -> None:
    partner = await robin(console)
    most = console.organisation.most_sign_ups

    def fill(tx: Tx) -> None:
        for number in range(most - 1):
            sign_ups.add(tx, token=f"t{number}", staff_id=partner.staff.id, state="gone", entered_at=console.clock())

    await console.write(fill)
    two = form(1) | form(2, number="07700 900 322")
    said = (await partner.post("/sign-ups/batch", two)).text
    assert "You can enter 1 more today." in said
    assert "07700 900 322" in said
    await enters(partner)
    assert "as many as you can today" in (await partner.get("/sign-ups")).text
    await console.moves(days=1)
    assert f"You can enter {most} more today." in (await (await back(console, partner)).get("/sign-ups")).text


async def test_no_more_texts_in_a_day_than_the_setting_says_and_the_others_go_tomorrow(console: Console) -> None:
    partner, most = await robin(console), console.organisation.most_sign_ups_in_all

    def fill(tx: Tx) -> None:
        for number in range(most - 1):
            sign_ups.add(
                tx,
                token=f"t{number}",
                staff_id=partner.staff.id,
                state="gone",
                entered_at=console.clock() - timedelta(days=1),
                asked_at=console.clock(),
            )

    await console.write(fill)
    jo, ann = console.phone(NUMBER), console.phone("+447700900322")
    await enters(partner)
    await enters(partner, number=ann.number)
    await console.moves(minutes=1)
    assert await jo.heard() == [ASK]
    await console.moves(minutes=1)
    assert await console.read(lambda tx: addresses.find(tx, "sms", ann.number)) is None
    await console.moves(days=1)
    assert await ann.heard() == [ASK]


async def test_texts_wait_for_the_morning(console: Console) -> None:
    jo = console.phone(NUMBER)
    await console.moves(hours=9)
    partner = await robin(console)
    await enters(partner)
    await console.moves(hours=1)
    assert await console.read(lambda tx: addresses.find(tx, "sms", NUMBER)) is None
    await console.moves(hours=13)
    assert await jo.heard() == [ASK]


async def test_somebody_who_began_to_join_is_not_asked_twice_over(console: Console) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    await jo.says("JOIN")
    await enters(partner)
    await console.moves(minutes=1)
    await jo.says("yes", "1")
    assert (await jo.heard())[1:] == [ASK, AGREE, JOINED]
    assert len(await members(console)) == 1


async def test_only_partners_open_the_pages_and_a_partner_opens_no_other(console: Console) -> None:
    coordinator, partner = await console.as_(Role.COORDINATOR), await robin(console)
    assert (await coordinator.get("/sign-ups")).status_code == 404
    for path in ("/people", "/inbox", "/tasks"):
        assert (await partner.get(path)).status_code == 404


async def test_an_address_that_was_stopped_stays_so(console: Console) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    await jo.says("STOP")
    await enters(partner)
    await console.moves(days=1)
    found = await jo.address()
    assert found.state == AddressState.STOPPED
    assert await console.read(people.count) == 0
    assert await console.read(staff.count) == 1


async def test_a_members_form_goes_from_the_list_no_sooner_than_a_strangers(console: Console) -> None:
    partner, member = await robin(console), console.phone(NUMBER)
    await member.says("JOIN", "1", "1", "Asha")
    await console.moves(hours=12)
    for number in (NUMBER, "+447700900322"):
        await enters(await back(console, partner), number=number)
    await console.moves(hours=12)
    found = await rows(console)
    assert [row.state for row in found] == ["silent", "asked"]
    assert len({row.erase_at for row in found}) == 1


async def stays_silent(console: Console, partner: Browser, phone: Somebody, **other: str) -> None:
    """What is entered for that phone is kept as any is, and not one text goes there."""
    before = await phone.heard()
    assert "What you entered is kept." in await enters(partner, **other)
    for _day in range(3):
        await console.moves(days=1)
    assert await phone.heard() == before
    assert [row.state for row in await rows(console)] == ["silent"]


@pytest.mark.parametrize("typed", ["+44 (0) 7700 900321", "0044 7700 900-321", "447700900321", "7700 900321"])
async def test_one_number_is_one_number_however_it_is_typed(console: Console, typed: str) -> None:
    first, second, jo = await robin(console), await console.as_(Role.PARTNER, name="Oak Hall"), console.phone(NUMBER)
    await enters(first)
    await enters(second, number=typed)
    for _minute in range(3):
        await console.moves(minutes=1)
    assert await jo.heard() == [ASK]
    assert sorted(row.state for row in await rows(console)) == ["asked", "silent"]


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
async def test_a_members_number_gets_no_text_by_whatever_channel_they_joined(console: Console, channel: str) -> None:
    partner, member = await robin(console), console.phone(NUMBER, channel)
    await member.says("JOIN", "1", "1", "Asha")
    await stays_silent(console, partner, member)
    assert await console.phone(NUMBER).heard() == ([] if channel == "whatsapp" else await member.heard())


async def test_somebody_whom_we_ring_at_that_number_gets_no_text(console: Console) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    rung = {"contact": {"phone": NUMBER}, "contact_key": people.contact_key(NUMBER), "joined_at": console.clock()}
    kept = {"token": "rung", "state": PersonState.MEMBER, "language": "en", "name": "Ann", **rung}
    await console.write(lambda tx: people.add(tx, **kept))
    await stays_silent(console, partner, jo)


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
async def test_a_number_that_stopped_us_on_one_channel_gets_no_text(console: Console, channel: str) -> None:
    partner, jo = await robin(console), console.phone(NUMBER, channel)
    await jo.says("STOP")
    await stays_silent(console, partner, jo)


async def test_somebody_who_may_be_in_danger_gets_no_text(console: Console) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    await jo.says("he hits me and I am scared")
    await stays_silent(console, partner, jo)


async def test_a_number_that_told_us_it_is_the_wrong_person_gets_no_text(console: Console) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    await jo.says("Sorry, wrong number")
    await stays_silent(console, partner, jo)


async def test_a_number_that_says_wrong_person_to_the_text_gets_no_other_from_another_partner(console: Console) -> None:
    partner, jo = await robin(console), console.phone(NUMBER)
    await enters(partner)
    await console.moves(minutes=1)
    await jo.says("wrong number")
    for _day in range(32):
        await console.moves(days=1)
    before = await jo.heard()
    other = await console.as_(Role.PARTNER, name="Oak Hall")
    await enters(other)
    await console.moves(minutes=1)
    assert await jo.heard() == before


async def test_a_colleagues_own_phone_gets_no_text(console: Console) -> None:
    partner, phone = await robin(console), console.phone(NUMBER)
    alex = await console.as_(Role.ADMINISTRATOR, name="Alex Moor")
    await alex.post(f"/team/{alex.staff.token}/alerts", {"channel": "sms", "number": NUMBER})
    await console.moves(minutes=1)
    await stays_silent(console, partner, phone)


async def test_two_who_send_the_same_form_at_once_enter_it_once(console: Console) -> None:
    partner = await robin(console)
    paper = Paper("Jo", NUMBER, "en", "NG5", (), "", console.clock().date())
    who = await console.read(lambda tx: known(tx, staff.get(tx, partner.staff.id)))
    for _press in range(2):
        now = console.clock()
        await console.write(lambda tx, at=now: sign_up_rules.enter(tx, who, [paper], at, console.organisation))  # type: ignore[misc]
    assert len(await rows(console)) == 1
