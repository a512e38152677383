"""Voice notes, pictures and files, from the phone of who sent them to the ears of a colleague, over real sockets."""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bank import erasure
from bank.audit import Act
from bank.media import OTHER, kind_of
from bot import demo, demo_morning, web
from bot.house import open_house
from bot.settings import load
from channels.fakes.tone import tone
from console.door import HEADERS
from console.media import given
from storage import addresses, reach, staff
from storage.media import media
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bot.town import AUTH_TOKEN, BOT_TOKEN, OUR_WHATSAPP, Town, fake_telegram, fake_twilio, settled_in
from tests.console.desk import Browser, Console, StillNow, console_of
from tests.console.test_thread import acts, told

ASHA, BEN, CARYS = "+447700900111", "+447700900112", 700_900_113
CRY = "my husband hits me"
NOTE = tone(0.1)
PICTURE = b"\x89PNG\r\n\x1a\n and so on"


class Bank(Console):
    """The console of a town."""

    town: Town

    async def shows(self, content: bytes, kind: str, number: str = ASHA, text: str = "") -> None:
        """Somebody sends it by WhatsApp."""
        webhook = f"{self.town.url}/webhooks/twilio/message"
        ours = f"whatsapp:{OUR_WHATSAPP}"
        answer = await self.town.twilio.person_shows(
            f"whatsapp:{number}", content, kind, to=ours, text=text, webhook_url=webhook
        )
        assert answer.status == 200
        await self.house.drain()

    async def says(self, text: str, number: str = ASHA) -> None:
        webhook = f"{self.town.url}/webhooks/twilio/message"
        ours = f"whatsapp:{OUR_WHATSAPP}"
        await self.town.twilio.person_sends(f"whatsapp:{number}", text, to=ours, webhook_url=webhook)
        await self.house.drain()

    async def here(self, number: str = ASHA, channel: str = "whatsapp") -> str:
        """The address of their thread."""
        found = await self.read(lambda tx: addresses.find(tx, channel, number))
        assert found is not None
        return f"/inbox/{found.token}"

    async def pieces(self) -> list[Record]:
        return await self.read(lambda tx: list(tx.execute(select(media).order_by(media.c.id))))


@pytest.fixture
async def bank(tmp_path: Path) -> AsyncIterator[Bank]:
    async with settled_in(tmp_path, fake_twilio(), fake_telegram(), HEARD_LOG_LEVEL="debug") as town:
        opened = Bank(town.house, town.now, web.app(town.house))  # type: ignore[arg-type]
        opened.town = town
        async with opened:
            yield opened


def where(page: str) -> str:
    """The address of what can be opened on this page; of one alone."""
    (found,) = set(re.findall(r'(?:src|href)="(/inbox/[^"]+/media/[^"]+)"', page))
    return str(found)


async def opened(bank: Bank, browser: Browser, here: str = "") -> httpx.Response:
    return await browser.get(where((await browser.get(here or await bank.here())).text))


async def test_a_voice_note_is_heard_in_the_thread_and_while_it_is_typed_in(bank: Bank) -> None:
    await bank.shows(NOTE, "audio/ogg; codecs=opus")
    sam = await bank.as_(Role.COORDINATOR)
    here = await bank.here()
    page = await sam.get(here)
    assert "They sent a voice note, without words." in page.text
    said, form = page.text.split("Put into words what came by WhatsApp")
    for part in (said, form):
        assert re.search(r'<audio [^>]*controls preload="none" src="/inbox/[^"]+" aria-label="Voice note of ', part)
        assert "Download the voice note" in part
    assert len(set(re.findall(r' id="((?:said|typing)-[^"]+)"', page.text))) == 2
    assert "media-src 'self'" in page.headers["content-security-policy"]
    assert bank.town.twilio.media.asked == [], "nothing is fetched before somebody presses"
    assert await acts(bank, Act.SAW_MEDIA) == []
    heard = await sam.get(where(page.text))
    assert (heard.status_code, heard.content) == (200, NOTE)
    assert [one.signed_in for one in bank.town.twilio.media.asked] == [True, False]


async def test_what_is_given_out_can_do_nothing_in_a_browser(bank: Bank) -> None:
    await bank.shows(NOTE, "audio/ogg")
    heard = await opened(bank, await bank.as_(Role.COORDINATOR))
    expected = dict(HEADERS) | {
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Type": "audio/ogg",
        "Content-Disposition": 'inline; filename="voice-note.ogg"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    assert {name: heard.headers.get(name) for name in expected} == expected


async def test_a_picture_waits_for_a_press(bank: Bank) -> None:
    await bank.shows(PICTURE, "image/png", text="My ramp")
    sam = await bank.as_(Role.COORDINATOR)
    page = (await sam.get(await bank.here())).text
    assert "They sent a picture with it." in page
    hidden = re.search(r"<details [^>]*>\s*<summary.+?Show the picture.+?</summary>(.+?)</details>", page, re.DOTALL)
    assert hidden is not None
    assert '<img class="heard-media__picture" loading="lazy" src="/inbox/' in hidden[1]
    assert page.count("<img") == 1
    seen = await sam.get(where(page))
    assert (seen.content, seen.headers["content-type"]) == (PICTURE, "image/png")


STRANGE = ["text/html", "image/svg+xml", "application/javascript", "text/plain", "audio/ogg, text/html", "x" * 500, ""]


@pytest.mark.parametrize("kind", STRANGE, ids=[str(number) for number in range(len(STRANGE))])
async def test_anything_else_is_a_file_to_save(bank: Bank, kind: str) -> None:
    await bank.shows(b"<script>alert(1)</script>", kind)
    sam = await bank.as_(Role.COORDINATOR)
    page = (await sam.get(await bank.here())).text
    assert "Download the file" in page
    assert "Nobody has checked it for viruses." in page
    assert "<audio" not in page
    saved = await sam.get(where(page))
    assert saved.headers["content-type"] == OTHER
    assert saved.headers["content-disposition"] == 'attachment; filename="file.bin"'
    assert saved.headers["x-content-type-options"] == "nosniff"


async def test_a_pdf_is_saved_and_a_video_waits_for_a_press(bank: Bank) -> None:
    await bank.shows(b"%PDF-1.7", "application/pdf")
    await bank.shows(b"ftyp", "video/3gpp", BEN)
    sam = await bank.as_(Role.COORDINATOR)
    saved = await opened(bank, sam)
    assert saved.headers["content-type"] == "application/pdf"
    assert saved.headers["content-disposition"] == 'attachment; filename="document.pdf"'
    page = (await sam.get(await bank.here(BEN))).text
    assert re.search(r"<summary.+?Show the video.+?</summary>.+?<video [^>]*controls preload=\"none\"", page, re.DOTALL)


async def test_a_telegram_voice_note(bank: Bank) -> None:
    telegram = bank.town.telegram
    id_ = telegram.files.keep(NOTE, "oga")
    assert bank.house.channels.telegram is not None
    await bank.house.channels.telegram.service.set_webhook()
    voice = {"file_id": id_, "file_unique_id": "b", "duration": 1}
    await telegram.person(CARYS, "Carys").sends(voice=voice)
    await telegram.settled()
    sam = await bank.as_(Role.COORDINATOR)
    heard = await opened(bank, sam, await bank.here(str(CARYS), "telegram"))
    assert (heard.content, heard.headers["content-type"]) == (NOTE, "audio/ogg")


async def test_whoever_opens_it_is_in_the_audit(bank: Bank) -> None:
    await bank.shows(NOTE, "audio/ogg")
    sam = await bank.as_(Role.COORDINATOR)
    await opened(bank, sam)
    (row,) = await acts(bank, Act.SAW_MEDIA)
    assert (row.staff_id, f"/inbox/{row.about}") == (sam.staff.id, await bank.here())
    assert await told(bank, row) == {"kind": "audio/ogg"}
    lead = await bank.as_(Role.SAFEGUARDING_LEAD)
    assert "opened a voice note, a picture or a file of" in (await lead.get("/audit")).text


@pytest.mark.parametrize("role", [None, *Role])
async def test_who_may_read_the_thread_may_open_it_and_nobody_else(bank: Bank, role: Role | None) -> None:
    await bank.shows(NOTE, "audio/ogg")
    here = await bank.here()
    (piece,) = await bank.pieces()
    somebody = await bank.as_(*([role] if role else []))
    page, heard = await somebody.get(here), await somebody.get(f"{here}/media/{piece.token}")
    assert page.status_code == heard.status_code
    assert (heard.content == NOTE) == (page.status_code == 200)


async def test_nobody_opens_it_without_signing_in(bank: Bank) -> None:
    await bank.shows(NOTE, "audio/ogg")
    (piece,) = await bank.pieces()
    nobody = bank.client()
    nobody.follow_redirects = False
    answer = await nobody.get(f"{await bank.here()}/media/{piece.token}")
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")
    assert bank.town.twilio.media.asked == []


async def test_where_somebody_may_be_in_danger_only_a_lead_hears_it(bank: Bank) -> None:
    await bank.shows(NOTE, "audio/ogg")
    sam, lead = await bank.as_(Role.COORDINATOR), await bank.as_(Role.SAFEGUARDING_LEAD)
    path = where((await sam.get(await bank.here())).text)
    await bank.says(CRY)
    assert (await sam.get(path)).status_code == 404
    assert bank.town.twilio.media.asked == []
    assert (await lead.get(path)).content == NOTE
    concern = re.search(r'href="(/safeguarding/[^"/]{8,})"', (await lead.get("/safeguarding")).text)
    assert concern is not None
    assert f'src="{path}"' in (await lead.get(concern[1])).text


async def test_nobody_hears_what_is_in_their_own_thread(bank: Bank) -> None:
    for text in ("JOIN", "1", "1", "Asha"):
        await bank.says(text)
    await bank.shows(NOTE, "audio/ogg")
    lead = await bank.as_(Role.SAFEGUARDING_LEAD)
    path = where((await lead.get(await bank.here())).text)

    def is_asha(tx: Tx) -> None:
        there = addresses.find(tx, "whatsapp", ASHA)
        assert there is not None
        staff.change(tx, lead.staff.id, {"person_id": reach.people_at(tx, there.id)[0].id})

    await bank.write(is_asha)
    assert (await lead.get(path)).status_code == 404
    assert bank.town.twilio.media.asked == []


async def test_a_piece_of_one_thread_is_not_in_another(bank: Bank) -> None:
    await bank.shows(NOTE, "audio/ogg")
    await bank.shows(PICTURE, "image/png", BEN)
    _, of_ben = await bank.pieces()
    sam = await bank.as_(Role.COORDINATOR)
    assert (await sam.get(f"{await bank.here()}/media/{of_ben.token}")).status_code == 404
    assert (await sam.get(f"{await bank.here(BEN)}/media/{of_ben.token}")).status_code == 200


async def test_why_it_cannot_be_opened_is_said_in_plain_words(bank: Bank) -> None:
    await bank.shows(NOTE, "audio/ogg")
    sam = await bank.as_(Role.COORDINATOR)
    (piece,) = await bank.pieces()
    bank.town.twilio.media.lose(piece.place)
    gone = await opened(bank, sam)
    assert gone.status_code == 410
    assert "The provider does not have it" in gone.text
    assert f'href="{await bank.here()}">Back to the conversation' in gone.text
    bank.town.twilio.media.leads_to = "https://example.org/"
    await bank.shows(NOTE, "audio/ogg", BEN)
    elsewhere = await opened(bank, sam, await bank.here(BEN))
    assert elsewhere.status_code == 502
    assert "It does not lie with the provider that it came from" in elsewhere.text
    await bank.town.twilio.stop()
    away = await opened(bank, sam)
    assert away.status_code == 502
    assert "The provider could not be reached." in away.text


async def test_a_channel_that_is_off_by_now(bank: Bank) -> None:
    await bank.shows(NOTE, "audio/ogg")
    await bank.write(lambda tx: tx.execute(media.update().values(sender="carrier-pigeon")))
    answer = await opened(bank, await bank.as_(Role.COORDINATOR))
    assert answer.status_code == 503
    assert "is not connected here" in answer.text


async def test_what_lies_elsewhere_is_counted_and_cannot_be_opened(bank: Bank) -> None:
    named = {"NumMedia": "1", "MediaUrl0": "https://example.org/a.ogg", "MediaContentType0": "audio/ogg"}
    await bank.town.texts(ASHA, "", **named)
    page = (await (await bank.as_(Role.COORDINATOR)).get(await bank.here(channel="sms"))).text
    assert "They sent a voice note, a picture or a file, without words." in page
    assert "/media/" not in page
    assert await bank.pieces() == []


async def test_where_it_lies_is_sealed_and_goes_with_the_words(bank: Bank) -> None:
    await bank.shows(NOTE, "audio/ogg")
    await bank.shows(PICTURE, "image/png", BEN)
    place = (await bank.pieces())[0].place
    raw = await bank.read(lambda tx: tx.exec_driver_sql("SELECT place FROM media").scalars().all())
    assert all(place.encode() not in bytes(one) for one in raw)
    asha = await bank.read(lambda tx: addresses.find(tx, "whatsapp", ASHA))
    assert asha is not None
    await bank.write(lambda tx: erasure.erase_address(tx, asha.id, bank.clock()))
    assert [one.kind for one in await bank.pieces()] == ["image/png"]


PARTS = [
    ("", 200, b"0123456789", None),
    ("bytes=0-", 206, b"0123456789", "bytes 0-9/10"),
    ("bytes=0-1", 206, b"01", "bytes 0-1/10"),
    ("bytes=4-99", 206, b"456789", "bytes 4-9/10"),
    ("bytes=-3", 206, b"789", "bytes 7-9/10"),
    ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
    ("bytes=10-", 416, b"", "bytes */10"),
    ("bytes=5-2", 416, b"", "bytes */10"),
    ("bytes=-0", 416, b"", "bytes */10"),
    ("bytes=-", 200, b"0123456789", None),
    ("bytes=0-1,4-5", 200, b"0123456789", None),
    ("lines=0-1", 200, b"0123456789", None),
    ("bytes=" + "9" * 40 + "-", 200, b"0123456789", None),
]


@pytest.mark.parametrize(("wanted", "status", "body", "which"), PARTS, ids=[row[0][:20] or "all" for row in PARTS])
def test_a_part_of_it(wanted: str, status: int, body: bytes, which: str | None) -> None:
    answer = given("audio/ogg", b"0123456789", wanted)
    assert (answer.status_code, answer.body, answer.headers.get("content-range")) == (status, body, which)
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


def test_nothing_at_all_has_no_parts() -> None:
    assert given("audio/ogg", b"", "bytes=0-").status_code == 416
    assert given("audio/ogg", b"").status_code == 200


def test_a_kind_is_one_of_ours_however_it_is_written() -> None:
    said = (
        "Audio/OGG; codecs=opus",
        "audio/x-wav",
        "image/jpg",
        " image/png ",
        "text/html",
        "image/png,text/html",
        "a/b\r\nc: d",
        "",
    )
    assert [kind_of(one) for one in said] == [
        "audio/ogg",
        "audio/wav",
        "image/jpeg",
        "image/png",
        OTHER,
        OTHER,
        OTHER,
        OTHER,
    ]


@pytest.fixture
def library_logs(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


async def test_no_log_tells_of_it(
    bank: Bank, library_logs: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with capture_logs() as ours:
        await bank.shows(NOTE, "audio/ogg")
        sam = await bank.as_(Role.COORDINATOR)
        path = where((await sam.get(await bank.here())).text)
        assert (await sam.get(path)).content == NOTE
        (piece,) = await bank.pieces()
        bank.town.twilio.media.lose(piece.place)
        assert (await sam.get(path)).status_code == 410
    printed = capsys.readouterr()
    # httpx is the test's own browser.
    theirs = "\n".join(
        one.getMessage() for one in library_logs.records if not one.name.startswith(("httpx", "httpcore"))
    )
    everything = f"{ours}{printed.out}{printed.err}{theirs}"
    for needle in (piece.token, piece.place, "/Media/", AUTH_TOKEN, BOT_TOKEN, "/stored"):
        assert needle not in everything, needle


async def test_the_demos_voice_note_can_be_heard_after_a_new_start_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HEARD_DEMO", "on")
    for start in range(2):
        async with demo.fake_providers(load()) as settings, open_house(settings, StillNow()) as house:
            await demo.fill_if_empty(house.store, house.organisation, house.now())
            await demo_morning.play(house.store, house.now(), house.organisation)
            async with console_of(house) as console:
                assert await console.read(lambda tx: tx.execute(select(func.count()).select_from(media)).scalar()) == 1
                console._numbers = itertools.count(10 * start)
                sam = await console.as_(Role.COORDINATOR)
                found = await console.read(lambda tx: addresses.find(tx, "whatsapp", "+447700900108"))
                assert found is not None
                heard = await sam.get(where((await sam.get(f"/inbox/{found.token}")).text))
                assert (heard.content, heard.headers["content-type"]) == (tone(), "audio/wav")
