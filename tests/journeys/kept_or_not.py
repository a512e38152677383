"""Time passes over what was promised: it is late, moved, done, still not done, and kept by the word of who said it."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from tests.bank.printed import text_of
from tests.journeys.listening import Listening, got_one, names_in
from tests.journeys.promised_to_them import BILLS, HOURS, PHONE, TEXTED
from tests.journeys.space import narrow

_STAFF = ("Ada", "Olu", "Lead", "Second")
_ANSWERED = {"en": "Somebody answers the phone at weekends now", "pl": "W weekendy ktoś teraz odbiera telefon"}
_ENGLISH = ("You said", "We will")


async def one_is_late(told: Listening) -> None:
    ada = told.ada
    await told.until("2026-12-07 09:29")
    assert "Ada" not in told.got()
    await told.until("2026-12-07 09:30")
    (text,) = told.got()["Ada"]
    assert "Bills that are easy to read" in text
    assert not names_in(text)
    await ada.comes_in()
    await ada.opens("/")
    late = ada.page.locator("main tbody tr", has_text="This promise is late")
    assert BILLS.title in await late.inner_text()
    assert await late.locator(".govuk-tag--red").count() == 1
    await ada.is_sound()
    await ada.is_pictured("commitment-late-today")


async def its_day_is_moved(told: Listening) -> None:
    ada = told.ada
    await ada.follows("This promise is late: do it, or move its day and say why")
    assert "Late" in await ada.page.locator("#state").inner_text()
    await ada.follows("Move it to another day")
    await ada.is_sound()
    await ada.fills(due__day="18", due__month="12", due__year="2026")
    await ada.fills(why__en="the printer closed", why__pl="drukarnia nie działa")
    await ada.presses("Move it, and tell them")
    assert "It was late once. That stays on record." in await ada.reads()


async def the_other_is_done(told: Listening) -> None:
    """Both are told in one text: that a day is moved, and that the other is done, which two are asked."""
    ada = told.ada
    await told.says_it_is_done(PHONE.title, _ANSWERED)
    await told.time_passes(minutes=61)
    first = told.got()
    assert all("18 December" in text or "18 grudnia" in text for texts in first.values() for text in texts), first
    await told.tells("Eve", "yes")
    assert (await told.stand())[PHONE.title] == "kept"
    await told.tells("Dev", "still not fixed. Nobody answered on Saturday")
    await told.time_passes(minutes=1)
    got = told.got()
    assert (await told.stand())[PHONE.title] == "open"
    assert any("A weekend phone" in text for text in got["Ada"]), got
    assert not any(names_in(text) for text in got["Ada"]), "no names, and nobody's words"
    await ada.comes_in()
    await ada.opens("/")
    assert "Those who said it say that this is not done: see to it" in await ada.reads()
    told.got()
    await told.until("2026-12-10 12:00")
    got_one(first | told.got(), TEXTED)


async def both_are_done_and_kept(told: Listening) -> None:
    await told.until("2026-12-18 10:00")
    await told.ada.comes_in()
    await told.says_it_is_done(PHONE.title, _ANSWERED)
    await told.says_it_is_done(BILLS.title, {"en": "The new bills went out", "pl": "Nowe rachunki są wysłane"})
    told.got()
    await told.time_passes(minutes=61)
    got_one(told.got(), TEXTED)
    await told.all_say({"Dev": "yes", "Bea": "yes", "Łucja": "tak"})
    assert await told.stand() == {BILLS.title: "kept", PHONE.title: "kept", HOURS.title: "cannot"}, told.got()


async def what_happened(told: Listening) -> None:
    told.got()
    await told.tells("Bea", "WHAT HAPPENED")
    (text,) = told.got()["Bea"]
    assert "Bills that are easy to read: done" in text
    assert "A weekend phone" in text


async def who_scrutinises_and_everybody_may_read_it(told: Listening) -> None:
    """The group's page, by a link that nobody guesses, and the project's, published by its team."""
    ada = told.ada
    await ada.comes_in()
    await ada.opens(f"{told.project}/promises")
    await ada.is_sound()
    await ada.presses("Put it on a page for everybody")
    await ada.is_sound()
    # None by its day, two late, one moved; and one with words that nobody read yet, which only the group sees.
    pages = {await told.group_page(): "0 2 1 1", f"/promises{told.project.replace('/projects', '/project')}": "0 2 1 0"}
    for where, figures in pages.items():
        await ada.opens(where)
        await ada.is_sound()
        await narrow(ada, f"promises{where.count('/')}")
        read = await ada.reads()
        assert not names_in(read, _STAFF), read
        assert "that's not what I meant" not in read
        assert read.count("Kept, but late, say the people who asked for it.") == 2, read
        assert f"All so far {figures}" in read, read
        assert "You said our bills are hard to read. We will rewrite them with carers" in read, read
        assert "We can't, because there are too few carers in the morning." in read, read


async def the_report_opens(told: Listening) -> None:
    ada = told.ada
    await told.goes_to("/feedback")
    for name in ("PDF", "Word"):
        async with ada.page.expect_download() as waiting:
            await ada.page.get_by_role("link", name=f"The meeting report ({name}").click()
        file = Path(await (await waiting.value).path())
        read = text_of(file.read_bytes()) if name == "PDF" else "\n".join(one.text for one in Document(file).paragraphs)
        assert "Listening space" in read
        assert "We will rewrite them with carers" in " ".join(read.split()), read
        assert not names_in(read)
