"""Formats, the news and what others offer, as a colleague sees and enters them."""

from __future__ import annotations

from storage import consents, people
from storage.staff import Role
from storage.told import How
from tests.console.desk import Console
from tests.console.test_people import BOTH
from tests.console.test_person import ASHA, details_of, filled, found, joined, text_of

READ_OUT = "May we also tell you about things other organisations do?"


@BOTH
async def test_a_format_stands_on_their_page_and_beside_their_name_in_the_conversation(console: Console) -> None:
    asha = await joined(console)
    phone = console.phone(ASHA)
    await phone.says("large print please", "yes")
    sam = await console.as_(Role.COORDINATOR)
    assert "In another format In large print, by post By text" in text_of(await sam.get(f"/people/{asha.token}"))
    thread = f"/inbox/{(await phone.address()).token}"
    assert "Asked for: Large print, by post" in text_of(await sam.get(thread))
    page = text_of(await sam.post(f"/people/{asha.token}/change", filled(format="bsl")))
    assert "In another format As BSL videos By phone" in page
    assert await details_of(console, asha) == {"how": "phone", "format": ["large_print", "bsl"]}
    await sam.post(f"/people/{asha.token}/change", filled())
    assert (await found(console)).format is None
    assert "Asked for" not in text_of(await sam.get(thread))


@BOTH
async def test_what_they_agree_to_on_the_phone_is_in_the_ledger_with_how_it_was_said(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    where = f"/people/{asha.token}/change"
    assert READ_OUT in text_of(await sam.get(where)), "the words are there to be read out"
    await sam.post(where, filled(promotions="yes", digest="yes"))
    now = await found(console)
    assert (now.promotions, now.digest) == (True, True)
    page = text_of(await sam.get(f"/people/{asha.token}"))
    assert "To hear what other organisations do" in page
    assert "To get our news once a month" in page
    ledger = [one for one in await console.read(lambda tx: consents.history(tx, person_id=asha.id)) if one.how]
    assert {(one.purpose, one.given, one.shown, one.how) for one in ledger} == {
        ("promotions", True, True, How.PHONE),
        ("digest", True, True, How.PHONE),
    }
    assert all(one.entered_by == sam.staff.id for one in ledger)
    assert any(READ_OUT in one.words for one in ledger)

    await sam.post(where, filled(promotions="yes"))
    after = await console.read(lambda tx: consents.history(tx, person_id=asha.id))
    assert [(one.purpose, one.given, one.how) for one in after[len(after) - 1 :]] == [("digest", False, How.PHONE)]
    assert not (await found(console)).digest


async def test_how_often_is_shown_and_changed(console: Console) -> None:
    asha = await joined(console)
    await console.phone(ASHA).says("LESS", "1")
    sam = await console.as_(Role.COORDINATOR)
    where = f"/people/{asha.token}/change"
    assert "How often those may come Every two weeks By text" in text_of(await sam.get(f"/people/{asha.token}"))
    await sam.post(where, filled(days_apart="month"))
    assert (await found(console)).days_apart == 31
    wrong = await sam.post(where, filled(days_apart="news"))
    assert wrong.status_code == 400
    assert "Say yes to the news too" in text_of(wrong)
    await sam.post(where, filled(days_apart="news", digest="yes"))
    assert (await found(console)).digest
    await sam.post(where, filled())
    assert (await found(console)).days_apart is None


async def test_who_was_on_our_list_twice_keeps_what_was_told_last(console: Console) -> None:
    asha = await joined(console)
    await console.phone(ASHA).says("LESS", "1")
    await console.moves(days=1)
    twin = await joined(console, "+447700900456", "Asha Shah")
    await console.phone("+447700900456").says("LESS", "2", "NEWS", "yes")
    sam = await console.as_(Role.COORDINATOR)
    await sam.post(f"/people/{asha.token}/merge/{twin.token}", {"why": "She told me"})
    one, gone = [await console.read(lambda tx, id_=who.id: people.get(tx, id_)) for who in (asha, twin)]
    assert (one.days_apart, one.digest) == (31, True)
    assert (gone.days_apart, gone.digest) == (None, False)
