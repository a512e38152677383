"""Joining by phone, on paper or face to face: nothing is kept of who did not agree, and all of who did."""

from __future__ import annotations

import httpx
import pytest

from storage import addresses, audit, consents, needs, outbox, people, reach
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Browser, Console
from tests.console.test_people import BOTH, names, somebody, with_number
from tests.console.test_person import ASHA, Fields, joined, text_of

WORDS = "Thank you. We will keep your number and answers, so we can invite you. To stop our texts, send STOP. OK?"


def filled(**more: str | list[str]) -> Fields:
    """The page as somebody fills it in who has Asha on the phone."""
    form: Fields = {
        "language": "en",
        "agreed": "yes",
        "said": "Yes, that is fine",
        "how": "phone",
        "day-day": "23",
        "day-month": "11",
        "day-year": "2026",
        "channel": "sms",
        "number": "07700 900123",
    }
    return form | more


async def count(console: Console) -> int:
    return await console.read(people.count)


async def sent(console: Console, number: str = ASHA) -> list[Record]:
    """What was put in the outbox for this number, whichever sender it is for."""

    def look(tx: Tx) -> list[Record]:
        found = addresses.find(tx, "sms", number)
        return outbox.at_address(tx, found.id) if found else []

    return await console.read(look)


async def add(sam: Browser, **more: str | list[str]) -> httpx.Response:
    return await sam.post("/people/new", filled(**more))


@BOTH
async def test_who_joins_by_phone_is_a_member_with_the_words_on_record(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    page = text_of(await sam.get("/people/new"))
    assert WORDS in page
    assert "1 Yes, and I am 18 or over" in page

    told: Fields = {"name": "Asha", "place": "NG5 2AB", "topics": ["home_care"], "needs": "Large print"}
    answer = await add(sam, **told)
    page = text_of(answer)
    assert "They are on our list." in page
    assert "Joined on Monday 23 November 2026, with help" in page
    assert "Large print" in page
    assert (
        f"We read to them: {WORDS} 1 Yes, and I am 18 or over 2 Tell me more 3 No They said: Yes, that is fine" in page
    )
    assert "By phone, Monday 23 November 2026, entered by Sam Field" in page
    assert names((await sam.post("/people", {"helped": "yes"})).text) == ["Asha"]

    (text,) = await sent(console)
    assert text.text.startswith("Ashdale Council here. You told us that you want to join")
    assert "send STOP" in text.text
    assert "?" not in text.text


async def test_the_words_are_read_in_their_language_and_kept_in_it(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    page = await sam.get("/people/new?language=pl")
    assert WORDS not in page.text
    await add(sam, language="pl", name="Ewa")

    def look(tx: Tx) -> tuple[str, str, str, bool]:
        found = addresses.find(tx, "sms", ASHA)
        assert found is not None
        entry = consents.history(tx, address_id=found.id)[0]
        return entry.language, entry.words, found.language, entry.shown

    language, words, written_in, shown = await console.read(look)
    assert (language, written_in, shown) == ("pl", "pl", True)
    assert words.split("\n")[0] in text_of(page)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"agreed": "no"}, "They must agree before we keep anything. Nothing was kept"),
        ({"agreed": "young"}, "They need to be 18 to join. Nothing was kept. Thank them for telling you."),
        ({"said": ""}, "Enter what they said"),
        ({"number": "123"}, "Enter a whole phone number"),
        ({"number": "020 7946 0123"}, "Texts go to UK mobiles only"),
        ({"channel": "post", "number": ""}, "Enter where letters go"),
        ({"channel": ""}, "Choose how we are to reach them"),
        ({"day-day": "24"}, "Enter a day within the last 6 months"),
        ({"day-day": "2"}, "What somebody only said must be entered within a week"),
        ({"place": "?"}, "Enter the first half of a postcode, or a town"),
        ({"support": "gold"}, "Choose one of the answers"),
        ({"language": "xx"}, "Choose their language"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_kept(console: Console, wrong: Fields, said: str) -> None:
    sam = await console.as_(Role.COORDINATOR)
    answer = await add(sam, **({"name": "Asha Typed"} | wrong))
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert 'value="Asha Typed"' in answer.text, "what was typed is still there"
    assert await count(console) == 0
    assert await sent(console) == []
    assert await console.read(lambda tx: addresses.find(tx, "sms", ASHA)) is None


async def test_who_does_not_text_is_rung_and_gets_no_text(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    page = text_of(await add(sam, channel="phone", number="020 7946 0123", post="1 Oak Lane", name="Ben"))
    assert "We ring them A number that ends 123" in page
    assert "We write letters A postal address is kept" in page
    assert "Oak Lane" not in page
    assert await console.read(lambda tx: tx.execute(outbox.messages_out.select()).first()) is None
    ben = await console.read(lambda tx: people.reached_by(tx, "+442079460123"))
    assert ben[0].contact == {"phone": "+442079460123", "post": "1 Oak Lane"}
    shown = text_of(await sam.post(f"/people/{ben[0].token}/reveal", {"why": "To ring him"}))
    assert "020 7946 0123" in shown
    assert "1 Oak Lane" in shown

    where = f"/people/{ben[0].token}"
    assert "Training" in text_of(await sam.post(f"{where}/answer/support", {"answer": "training", "how": "phone"}))
    assert "Left" in text_of(await sam.post(f"{where}/leave", {"said": "No more", "how": "paper"}))
    await console.moves(days=15)
    gone = await console.read(lambda tx: people.get(tx, ben[0].id))
    assert (gone.state, gone.contact, gone.contact_key) == (PersonState.ERASED, None, None)
    entries = await console.read(lambda tx: consents.history(tx, person_id=ben[0].id))
    assert [(entry.given, entry.answer) for entry in entries] == [(True, None), (False, None)]
    assert entries[0].words.startswith(WORDS), "what they agreed to stays on record"


async def test_paper_is_entered_with_the_day_that_it_says(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    old: Fields = {"how": "paper", "day-day": "2", "said": "Ticked yes, and signed"}
    page = text_of(await add(sam, **old))
    assert "Joined on Monday 2 November 2026" in page
    assert "On paper, Monday 2 November 2026, entered by Sam Field" in page


@BOTH
async def test_somebody_known_at_that_number_is_not_added_twice(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    answer = await add(sam, name="Asha")
    assert answer.status_code == 400
    assert "Somebody is on our list with that number already" in text_of(answer)
    assert f'href="/people/{asha.token}"' in answer.text
    assert await count(console) == 1

    page = text_of(await add(sam, name="Ben", shares="yes"))
    assert "ends 123. 1 more person uses it." in page
    assert await count(console) == 2


async def test_who_may_not_be_seen_is_not_named(console: Console) -> None:
    asha = await somebody(console, "Asha", held="danger")
    await with_number(console, asha, ASHA)
    sam = await console.as_(Role.COORDINATOR)
    answer = await add(sam, name="Ben")
    assert "Somebody is on our list with that number already" in text_of(answer)
    assert asha.token not in answer.text
    assert "Asha" not in answer.text


async def test_a_number_that_stopped_us_is_not_texted_because_somebody_rang(console: Console) -> None:
    await console.phone(ASHA).says("STOP")
    sam = await console.as_(Role.COORDINATOR)
    answer = await add(sam, name="Asha")
    assert "That number told us to stop" in text_of(answer)
    assert await count(console) == 0


async def test_a_stranger_who_had_begun_to_join_joins_once(console: Console) -> None:
    phone = console.phone(ASHA)
    await phone.says("JOIN", "1")
    sam = await console.as_(Role.COORDINATOR)
    await add(sam, name="Asha")
    row = await phone.address()
    assert row.erase_at is None
    await phone.says("1")
    assert await count(console) == 1
    assert [one.name for one in await console.read(lambda tx: reach.people_at(tx, row.id))] == ["Asha"]


async def test_no_text_goes_where_it_could_do_harm(console: Console) -> None:
    phone = console.phone(ASHA)
    await phone.says("hello")
    row = await phone.address()
    await console.write(lambda tx: addresses.change(tx, row.id, {"held": "danger"}))
    lea = await console.as_(Role.SAFEGUARDING_LEAD)
    before = len(await sent(console))
    await add(lea, name="Asha")
    assert len(await sent(console)) == before


async def test_who_was_added_and_by_whom_is_on_record(console: Console) -> None:
    sam = await console.as_(Role.COORDINATOR)
    await add(sam, name="Asha", needs="Large print")
    rows = await console.read(lambda tx: [(row.act, row.staff_id) for row in audit.everything(tx)])
    assert ("person_added", sam.staff.id) in rows
    (asha,) = await console.read(lambda tx: reach.people_at(tx, 1))
    (need,) = await console.read(lambda tx: needs.of(tx, asha.id))
    assert (need.entered_by, need.how) == (sam.staff.id, "phone")
