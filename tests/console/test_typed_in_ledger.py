"""What a colleague typed in of somebody's words: the ledger says who did, and how those words came to us."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bank import intake, supporters
from bank.colleague import known
from channels.message import Channel, Incoming, Kind
from storage import consents, people, staff
from storage import supporters as links
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.supporters import Help
from storage.told import How
from tests.console.desk import Browser, Console, Somebody
from tests.console.test_people import BOTH
from tests.console.test_person import ASHA, found, joined, text_of
from tests.console.test_thread import hidden


def _note(tx: Tx, phone: Somebody, console: Console, name: str) -> None:
    incoming = Incoming(f"try-{phone.channel}", Channel(phone.channel), phone.number, name, kind=Kind.MEDIA, media=1)
    intake.take(tx, incoming, console.clock(), console.organisation)


async def types_in(console: Console, sam: Browser, phone: Somebody, words: str, kind: str = "voice") -> str:
    """They send something without words; a colleague puts it into words. Returns the page after it."""
    await console.write(lambda tx: _note(tx, phone, console, f"{kind} {words}"))
    here = f"/inbox/{(await phone.address()).token}"
    name = hidden((await sam.get(here)).text, "message")
    done = await sam.post(f"{here}/typed-in", {"message": name, "heard": words, "kind": kind})
    await console.house.drain()
    return text_of(done)


async def ledger(console: Console, person: Record) -> list[Record]:
    return await console.read(lambda tx: consents.history(tx, person_id=person.id))


@BOTH
@pytest.mark.parametrize(
    ("words", "purpose", "kind", "how", "shown"),
    [
        ("STOP", "messages", "voice", "voice_note", "By voice note"),
        ("STOP", "messages", "picture", "picture", "In a picture"),
        ("LEAVE", "bank", "voice", "voice_note", "By voice note"),
    ],
)
async def test_the_entry_says_who_typed_it_and_how_it_came(
    console: Console, words: str, purpose: str, kind: str, how: str, shown: str
) -> None:
    person, phone = await joined(console), console.phone(ASHA)
    sam = await console.as_(Role.COORDINATOR)
    await types_in(console, sam, phone, words, kind)
    entry = (await ledger(console, person))[-1]
    assert (entry.purpose, entry.given, entry.words) == (purpose, False, words)
    assert (entry.entered_by, entry.how) == (sam.staff.id, how)
    assert entry.message_id is not None
    page = text_of(await sam.get(f"/people/{person.token}"))
    assert f"Took it back They said: {words} {shown}, Monday 23 November 2026, entered by Sam Field" in page


async def test_their_own_text_is_nobody_elses(console: Console) -> None:
    person, phone = await joined(console), console.phone(ASHA)
    await phone.says("STOP")
    entry = (await ledger(console, person))[-1]
    assert (entry.given, entry.entered_by, entry.how) == (False, None, None)


@pytest.mark.parametrize("words", ["START", "JOIN"])
async def test_what_gives_consent_is_not_entered_for_anybody(console: Console, words: str) -> None:
    person, phone = await joined(console), console.phone(ASHA)
    sam = await console.as_(Role.COORDINATOR)
    await phone.says("STOP")
    before = await ledger(console, person)
    await types_in(console, sam, phone, words)
    assert await ledger(console, person) == before
    assert (await phone.address()).state == "stopped"


@pytest.mark.parametrize(("how", "shown"), [(How.LETTER, "By letter"), (How.PHONE, "By phone")])
async def test_leaving_and_coming_back_by_letter_or_by_phone(console: Console, how: How, shown: str) -> None:
    person = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    where = f"/people/{person.token}"
    page = text_of(await sam.post(f"{where}/leave", {"said": "Off, please", "how": how}))
    assert f"They said: Off, please {shown}, Monday 23 November 2026, entered by Sam Field" in page
    page = text_of(await sam.post(f"{where}/back", {"said": "On again", "how": how}))
    assert f"They said: On again {shown}" in page
    assert {entry.how for entry in (await ledger(console, person))[-2:]} == {how}


async def test_the_end_of_a_help_told_by_phone_says_so(console: Console) -> None:
    person, phone = await joined(console), console.phone(ASHA)
    sam = await console.as_(Role.COORDINATOR)

    def agreed(tx: Tx) -> None:
        colleague = known(tx, staff.get(tx, sam.staff.id))
        link = supporters.name(tx, colleague, person, "Ben", "+447700900412", Help.BOTH, console.clock())
        assert link is not None
        supporters.told_yes(tx, colleague, link, How.PHONE, "Yes", console.clock(), console.organisation)

    await console.write(agreed)
    await phone.says("MY HELPERS")
    (link,) = await console.read(lambda tx: links.of(tx, person.id))
    await sam.post(f"/people/{person.token}/answer/open", {"answer": link.token, "how": "phone"})
    entry = (await ledger(console, person))[-1]
    assert (entry.purpose, entry.given, entry.entered_by, entry.how) == ("supporter", False, sam.staff.id, "phone")


async def test_what_a_voice_note_told_us_says_so_too(console: Console) -> None:
    person, phone = await joined(console), console.phone(ASHA)
    week_ago = console.clock() - timedelta(days=8)
    due = {"next_question": 0, "asked_at": week_ago, "joined_at": week_ago}
    await console.write(lambda tx: people.change(tx, person.id, due))
    await console.moves(minutes=1)
    sam = await console.as_(Role.COORDINATOR)
    await types_in(console, sam, phone, "yes")
    assert (await found(console)).looks_after == "yes"
    page = text_of(await sam.get(f"/people/{person.token}"))
    assert "By voice note, Monday 23 November 2026, entered by Sam Field" in page
