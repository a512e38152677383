"""One thread: what was said on it, and what a colleague does there."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest

from bank import delivery, intake, rota
from bank.audit import Act
from channels.message import Channel, Concern, Incoming, Kind, Problem, Receipt, Status
from storage import addresses, audit, messages_in, needs, outbox, reach
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests import looking
from tests.console.desk import Browser, Console, Somebody
from tests.console.read import shown
from tests.console.test_inbox import ASHA, CRY, joined, listed

LIFT = "the lift in our block is broken"
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


async def page_of(phone: Somebody) -> str:
    return f"/inbox/{(await phone.address()).token}"


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None, name
    return found[1]


async def presses(browser: Browser, here: str, what: str, **form: str) -> httpx.Response:
    return await browser.post(f"{here}/{what}", dict(form), page=here)


async def writes(browser: Browser, here: str, words: str, box: str = "", press: str = "send") -> httpx.Response:
    """Fill in the answer box as the page `box` has it, else as it is now."""
    box = box or (await browser.get(f"{here}/answer")).text
    fields = {name: hidden(box, name) for name in ("seen", "to", "language", "read_to")}
    return await browser.post(f"{here}/answer", {**fields, "words": words, "press": press}, page=here)


async def acts(console: Console, act: Act) -> list[Record]:
    return await console.read(lambda tx: [row for row in audit.everything(tx) if row.act == act])


async def told(console: Console, row: Record) -> dict[str, object]:
    """The details of a row of the audit."""
    return dict(await console.read(lambda tx: audit.opened(tx, row.details)))


async def todo(console: Console) -> list[str]:
    return await console.read(lambda tx: [row.kind for row in looking.open_tasks(tx)])


@BOTH
async def test_both_sides_are_shown_and_the_look_is_recorded(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says(LIFT)
    sam = await console.as_(Role.COORDINATOR)
    page = (await sam.get(await page_of(asha))).text
    for words in (
        LIFT,
        "Would you like to join?\n1 Yes\n2 Tell me more\n3 No",
        "SMS, ends 101",
        "Read what they wrote",
    ):
        assert words in page
    assert "It was kept for a person to read." in page
    assert "Exit this page" in page
    assert ASHA not in page, "numbers are shown by a press of their own"
    (row,) = await acts(console, Act.SAW_THREAD)
    assert row.staff_id == sam.staff.id
    assert row.person_id is not None


@BOTH
async def test_what_renews_itself_is_a_look_when_it_shows_something(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    sam, priya = await console.as_(Role.COORDINATOR), await console.as_(Role.COORDINATOR, name="Priya")
    here = await page_of(asha)
    by_hand = await priya.get(f"{here}/latest")
    assert "Would you like to join?" in by_hand.text
    assert [row.staff_id for row in await acts(console, Act.SAW_THREAD)] == [priya.staff.id]

    renew = _renews((await sam.get(here)).text)
    seen = await acts(console, Act.SAW_THREAD)
    assert (await sam.get(renew)).status_code == 204
    assert await acts(console, Act.SAW_THREAD) == seen, "nothing was shown"
    await asha.says(LIFT)
    assert LIFT in (await sam.get(renew)).text
    assert [row.staff_id for row in await acts(console, Act.SAW_THREAD)] == [priya.staff.id, sam.staff.id, sam.staff.id]


async def test_what_to_arrange_is_always_on_the_page(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    address = await asha.address()

    def add(tx: Tx) -> None:
        (person,) = reach.people_at(tx, address.id)
        needs.add(tx, person_id=person.id, words="A room without steps", message_id=None, at=console.clock())

    await console.write(add)
    sam = await console.as_(Role.COORDINATOR)
    for path in ("", "/answer", "?page=2"):
        assert "A room without steps" in (await sam.get(f"/inbox/{address.token}{path}")).text


async def test_a_text_that_did_not_arrive_says_why_in_plain_words(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    address = await asha.address()

    def fails(tx: Tx) -> None:
        row = outbox.at_address(tx, address.id)[-1]
        outbox.advance(tx, row.id, {"sender": "sms"})
        gone = Problem("30005", Concern.ADDRESS, "")
        receipt = Receipt("sms", row.provider_id, Status.FAILED, row.token, gone)
        delivery.take_receipt(tx, receipt, console.clock(), console.organisation)

    await console.write(fails)
    sam = await console.as_(Role.COORDINATOR)
    page = (await sam.get(f"{await page_of(asha)}/answer")).text
    assert "Not delivered: This number is not in use. Ask the person for a new one." in page
    assert "This number or account is not in use any more. Look for another way to reach them." in page


@BOTH
async def test_reading_closes_what_waited(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says(LIFT)
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    page = (await sam.get(here)).text
    answer = await presses(sam, here, "done", task=hidden(page, "task"), read_to=hidden(page, "read_to"))
    assert "That is done." in answer.text
    assert await todo(console) == []
    (row,) = await acts(console, Act.TASK_CLOSED)
    assert row.staff_id == sam.staff.id
    assert (await told(console, row))["kind"] == "read"


async def test_what_came_since_the_page_was_opened_is_not_read(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says(LIFT)
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    page = (await sam.get(here)).text
    await asha.says("it was new last year")
    answer = await presses(sam, here, "done", task=hidden(page, "task"), read_to=hidden(page, "read_to"))
    assert answer.status_code == 400
    assert "They have written again since you opened this page." in answer.text
    assert await todo(console) == ["read"]


@BOTH
async def test_an_answer_is_looked_at_then_sent_and_closes_what_waited(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says(LIFT)
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    words = "Sam at Ashdale Council here. We will utilise a new lift from Monday."
    look = await writes(sam, here, words, press="preview")
    assert "1 text (GSM-7" in look.text
    assert "2.4 pence" in look.text
    assert "utilise" in look.text.split("What would make it plainer")[1], "advice, which holds nothing back"
    assert await todo(console) == ["read"], "nothing has gone"

    sent = await writes(sam, here, words)
    assert "Your message is on its way." in sent.text
    assert (await asha.heard())[-1:] == [words] or await _after_draining(console, asha) == words
    assert await todo(console) == []
    (row,) = await acts(console, Act.WROTE)
    assert row.staff_id == sam.staff.id
    assert words not in str(await told(console, row))
    assert "Sam Field" in (await sam.get(here)).text, "who wrote it"


async def _after_draining(console: Console, phone: Somebody) -> str:
    await console.house.drain()
    return (await phone.heard())[-1]


async def test_a_mistake_keeps_what_was_typed(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    empty = await writes(sam, here, " ")
    assert empty.status_code == 400
    assert "Write your message" in empty.text
    long = "long " * 400
    refused = await writes(sam, here, long)
    assert refused.status_code == 400
    assert long.strip() in refused.text


@BOTH
async def test_two_people_answering_one_person_are_warned(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says(LIFT)
    priya, sam = await console.as_(Role.COORDINATOR, name="Priya"), await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    await presses(priya, here, "answer/writing")
    assert "<bdi>Priya</bdi> is writing to them now." in (await sam.get(here)).text
    assert "is writing to them now" not in (await priya.get(here)).text
    box = (await sam.get(f"{here}/answer")).text
    assert "<bdi>Priya</bdi> is writing to them now." in box

    await writes(priya, here, "Priya at Ashdale Council here. We will mend it.")
    warned = await writes(sam, here, "Sam here. What is your address?", box)
    assert "Somebody has answered since you opened this page" in warned.text
    assert "We will mend it." in warned.text
    assert "Send anyway" in warned.text
    assert "Sam here. What is your address?" in warned.text, "what was typed is still there"
    assert "What is your address?" not in str(await _all_said(console, asha))
    await writes(sam, here, "Sam here. What is your address?", warned.text)
    assert "What is your address?" in str(await _all_said(console, asha))


@BOTH
async def test_both_who_write_are_told_of_each_other_without_a_reload(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    priya, sam = await console.as_(Role.COORDINATOR, name="Priya"), await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    renew = [_renews((await one.get(f"{here}/answer")).text) for one in (priya, sam)]
    for one in (priya, sam):
        assert (await presses(one, here, "answer/writing")).status_code == 204
    told = [(await one.get(path)).text for one, path in zip((priya, sam), renew, strict=True)]
    assert "<bdi>Sam Field</bdi> is writing to them now." in told[0]
    assert "<bdi>Priya</bdi> is writing to them now." in told[1]
    assert f'name="warned" value="{sam.staff.token}"' in told[0], "Priya has read it, and may send all the same"


def _renews(html: str) -> str:
    """Where the page asks for what is new."""
    found = re.search(r'<div id="said" hx-get="([^"]+)" hx-trigger="every 8s"', html)
    assert found is not None
    return found[1].replace("&amp;", "&")


async def test_without_a_script_they_are_told_when_they_look_or_send(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    priya, sam = await console.as_(Role.COORDINATOR, name="Priya"), await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    assert "is writing" not in (await writes(priya, here, "Priya here.", press="preview")).text
    assert "<bdi>Priya</bdi> is writing to them now." in (await writes(sam, here, "Sam here.", press="preview")).text
    held = await writes(priya, here, "Priya here.")
    assert "Yours has not gone: somebody else is writing to them too" in held.text
    assert "<bdi>Sam Field</bdi> is writing to them now." in held.text
    assert "Priya here." not in await _all_said(console, asha)
    fields = {name: hidden(held.text, name) for name in ("seen", "to", "read_to", "warned")}
    await priya.post(f"{here}/answer", {**fields, "words": "Priya here.", "press": "send"}, page=here)
    assert "Priya here." in await _all_said(console, asha)


async def test_a_page_that_is_only_opened_tells_nobody_that_somebody_writes(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    priya, sam = await console.as_(Role.COORDINATOR, name="Priya"), await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    box = (await priya.get(f"{here}/answer")).text
    await priya.get(f"{here}/latest?answering=1")
    assert "is writing to them now" not in (await sam.get(here)).text
    assert f'hx-post="{here}/answer/writing" hx-trigger="input throttle:20s"' in box


async def _all_said(console: Console, phone: Somebody) -> list[str]:
    address = await phone.address()
    return await console.read(lambda tx: [row.text for row in outbox.at_address(tx, address.id)])


async def test_the_warning_ends_by_itself_and_is_kept_up_by_typing(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    priya, sam = await console.as_(Role.COORDINATOR, name="Priya"), await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    await presses(priya, here, "answer/writing")
    console.clock.move(timedelta(seconds=110))
    await presses(priya, here, "answer/writing")
    console.clock.move(timedelta(seconds=110))
    assert "is writing to them now" in (await sam.get(here)).text
    console.clock.move(timedelta(seconds=20))
    assert "is writing to them now" not in (await sam.get(here)).text
    await presses(priya, here, "answer/writing")
    await presses(priya, here, "answer/cancel")
    assert "is writing to them now" not in (await sam.get(here)).text


async def test_new_messages_come_into_the_page_and_the_box_stays_out_of_it(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    page = (await sam.get(f"{here}/answer")).text
    renew = re.search(r'<div id="said" hx-get="([^"]+)" hx-trigger="every 8s"', page)
    assert renew is not None
    path = renew[1].replace("&amp;", "&")
    assert (await sam.get(path)).status_code == 204
    await asha.says(LIFT)
    part = (await sam.get(path)).text
    assert LIFT in part
    assert "<textarea" not in part
    assert 'data-draft="answer-' in page


@pytest.mark.parametrize(
    ("label", "values", "why"),
    [
        ("stopped", {"state": "stopped"}, "They sent STOP"),
        ("dead", {"state": "dead"}, "not in use any more"),
        ("blocked", {"state": "blocked"}, "They have blocked our messages"),
        ("landline", {"landline": True}, "This is a landline"),
        ("erased", {"address": None}, "has been erased"),
        ("spam", {"spam": "loans"}, "marked as spam"),
    ],
)
async def test_where_nothing_may_go_it_says_what_to_do_instead(
    console: Console, label: str, values: dict[str, object], why: str
) -> None:
    asha = await joined(console, ASHA, "Asha")
    address = await asha.address()
    await console.write(lambda tx: addresses.change(tx, address.id, values))
    sam = await console.as_(Role.COORDINATOR)
    here = f"/inbox/{address.token}"
    assert why in (await sam.get(f"{here}/answer")).text, label
    said = len(await _all_said(console, asha))
    refused = await writes(sam, here, "Sam at Ashdale Council here.")
    assert refused.status_code == 400
    assert why in refused.text
    assert len(await _all_said(console, asha)) == said


async def test_whatsapp_takes_an_answer_for_a_day(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha", "whatsapp")
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    assert "over 24 hours" not in (await sam.get(f"{here}/answer")).text
    console.clock.move(timedelta(hours=24))
    sam = await console.as_(Role.COORDINATOR)
    assert "It is over 24 hours since they wrote" in (await sam.get(f"{here}/answer")).text
    assert (await writes(sam, here, "Sam at Ashdale Council here.")).status_code == 400


async def test_unsafe_means_nothing_at_all(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says(CRY, "2")
    lead = await console.as_(Role.SAFEGUARDING_LEAD)
    here = await page_of(asha)
    assert "They told us that a text could do harm" in (await lead.get(f"{here}/answer")).text
    said = len(await _all_said(console, asha))
    assert (await writes(lead, here, "Are you all right?")).status_code == 400
    assert len(await _all_said(console, asha)) == said


async def test_at_night_what_answers_nobody_waits_for_the_morning(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    console.clock.move(timedelta(hours=36))
    now = console.clock()
    assert not rota.may_text(now, console.organisation)
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    assert "It goes at 9am, Wednesday 25 November" in (await sam.get(f"{here}/answer")).text
    await writes(sam, here, "Sam at Ashdale Council here. Is your lift mended?")
    await console.house.drain()
    assert "mended" not in str(await asha.heard())
    await console.moves(hours=10.5)
    assert "mended" in (await asha.heard())[-1]


async def test_an_answer_to_who_wrote_today_goes_at_night_too(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    console.clock.move(timedelta(hours=11))
    await asha.says(LIFT)
    sam = await console.as_(Role.COORDINATOR)
    await writes(sam, await page_of(asha), "Sam at Ashdale Council here. Ring 999 if somebody is stuck.")
    await console.house.drain()
    assert "stuck" in (await asha.heard())[-1]


@BOTH
async def test_take_over_and_hand_back(console: Console) -> None:
    asha = console.phone(ASHA)
    await asha.says("JOIN")
    sam, priya = await console.as_(Role.COORDINATOR), await console.as_(Role.COORDINATOR, name="Priya")
    here = await page_of(asha)
    await presses(sam, here, "take-over")
    await asha.says("yes")
    assert len(await asha.heard()) == 1, "the flow is silent"
    assert await listed(sam) == ["Somebody we have no name for"] == await listed(sam, "mine")
    clash = await presses(priya, here, "take-over")
    assert clash.status_code == 400
    assert "Sam Field has taken this over. Hand it back first." in clash.text
    done = await presses(priya, here, "hand-back")
    assert "Heard answers here again." in done.text
    await console.house.drain()
    assert (await asha.heard())[-1].startswith("Ashdale Council here. Help us make care better")
    assert [len(await acts(console, act)) for act in (Act.THREAD_TAKEN, Act.THREAD_HANDED_BACK)] == [1, 1]


async def test_assign_to_somebody_who_may_see_it(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    sam = await console.as_(Role.COORDINATOR)
    priya = await console.as_(Role.COORDINATOR, name="Priya")
    viewer = await console.as_(Role.VIEWER, name="Vic")
    here = await page_of(asha)
    assert "Vic" not in await shown(sam, here)
    assert (await presses(sam, here, "assign", to=viewer.staff.token)).status_code == 400
    assert "Looked after by: <bdi>Priya</bdi>" in (await presses(sam, here, "assign", to=priya.staff.token)).text
    (row,) = await acts(console, Act.THREAD_ASSIGNED)
    assert await told(console, row) == {"assigned_to": ["", "Priya"]}


async def test_a_note_is_for_colleagues(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    assert (await presses(sam, here, "note", note="")).status_code == 400
    page = (await presses(sam, here, "note", note="Her sister <Meena> helps.")).text
    assert "Her sister &lt;Meena&gt; helps." in page
    assert "Sam Field, to colleagues" in page
    assert "Meena" not in str(await _all_said(console, asha))
    assert len(await acts(console, Act.NOTED)) == 1


async def test_spam_needs_a_reason_and_can_be_undone(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says(LIFT)
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    assert (await presses(sam, here, "spam", why="")).status_code == 400
    await presses(sam, here, "spam", why="It sells loans.")
    assert await todo(console) == []
    heard = len(await asha.heard())
    await asha.says("loans", "MENU")
    assert len(await asha.heard()) == heard
    assert "It sells loans." in (await sam.get(here)).text
    await presses(sam, here, "not-spam")
    await asha.says("MENU")
    assert len(await asha.heard()) == heard + 1
    assert [len(await acts(console, act)) for act in (Act.SPAM_MARKED, Act.SPAM_UNMARKED)] == [1, 1]


async def test_a_held_thread_is_never_spam(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says(CRY)
    lead = await console.as_(Role.SAFEGUARDING_LEAD)
    here = await page_of(asha)
    assert "Mark as spam" not in (await lead.get(here)).text
    assert (await presses(lead, here, "spam", why="no")).status_code == 400
    assert (await asha.address()).spam is None


@BOTH
async def test_this_may_be_danger(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says("a parcel came for me")
    sam, lead = await console.as_(Role.COORDINATOR), await console.as_(Role.SAFEGUARDING_LEAD)
    here = await page_of(asha)
    assert (await presses(sam, here, "danger", danger="")).status_code == 400
    done = await presses(sam, here, "danger", danger="She hides from somebody.")
    assert "A safeguarding lead has been told." in done.text
    assert (await sam.get(here)).status_code == 404
    assert (await lead.get(here)).status_code == 200
    assert (await asha.address()).held == "danger"


def _voice_note(tx: Tx, phone: Somebody, console: Console) -> None:
    incoming = Incoming(f"try-{phone.channel}", Channel(phone.channel), phone.number, "note1", kind=Kind.MEDIA, media=1)
    intake.take(tx, incoming, console.clock(), console.organisation)


@BOTH
async def test_a_voice_note_is_put_into_words(console: Console) -> None:
    asha = console.phone(ASHA)
    await asha.says("JOIN", "1", "1")
    await console.write(lambda tx: _voice_note(tx, asha, console))
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    page = (await sam.get(here)).text
    assert "They sent a voice note, a picture or a file, without words." in page
    name = hidden(page, "message")
    assert (await presses(sam, here, "typed-in", message=name, heard="Asha")).status_code == 400, "which of the two?"
    done = await presses(sam, here, "typed-in", message=name, heard="Asha", kind="voice")
    assert "Your words are kept." in done.text
    assert "Sam Field typed this in" in done.text
    await console.house.drain()
    heard = await asha.heard()
    assert '"Asha"\nIf that is wrong' in heard[-2]
    assert heard[-1].startswith("Thank you, Asha.")
    again = await presses(sam, here, "typed-in", message=name, heard="Ben", kind="voice")
    assert "Somebody has typed this in already." in again.text
    assert len(await acts(console, Act.TYPED_IN)) == 1


async def test_danger_in_a_voice_note_goes_to_the_leads(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await console.write(lambda tx: _voice_note(tx, asha, console))
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    name = hidden((await sam.get(here)).text, "message")
    done = await presses(sam, here, "typed-in", message=name, heard=CRY, kind="voice")
    assert "A safeguarding lead has been told." in done.text
    assert (await sam.get(here)).status_code == 404
    assert "hits me" not in str(await _all_said(console, asha))


async def test_earlier_messages_are_on_pages_of_their_own(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    for number in range(60):
        await console.moves(minutes=5)
        await asha.says(f"parcel number {number}.")
    sam = await console.as_(Role.COORDINATOR)
    here = await page_of(asha)
    first = (await sam.get(here)).text
    assert "parcel number 59." in first
    assert "parcel number 3." not in first
    assert f'href="{here}?page=2"' in first
    address = await asha.address()
    all_in = await console.read(lambda tx: len(messages_in.at_address(tx, address.id)))
    pages = [first, *[(await sam.get(f"{here}?page={number}")).text for number in (2, 3)]]
    assert sum(page.count("heard-thread__message--theirs") for page in pages) == all_in
    for nonsense in ("0", "-1", "x", "99999999999999999999", "9999"):
        assert (await sam.get(f"{here}?page={nonsense}")).status_code == 200


async def test_who_wrote_is_said_where_several_share_a_phone(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says("JOIN", "1", "2", "1", "Meena")
    address = await asha.address()
    sam = await console.as_(Role.COORDINATOR)
    page = (await sam.get(f"/inbox/{address.token}")).text
    assert '<h1 class="govuk-heading-xl"><bdi>Asha and Meena</bdi></h1>' in page
    assert '<bdi class="heard-thread__who">Asha</bdi>' in page
    assert '<bdi class="heard-thread__who">Meena</bdi>' in page


async def test_stock_answers_start_an_answer(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    sam = await console.as_(Role.COORDINATOR)
    home = "/inbox/stock-answers"
    assert (await sam.post(f"{home}/new", {"title": "Fares"}, page=home)).status_code == 400
    form: dict[str, str | list[str]] = {
        "title": "Fares",
        "words-en": "We pay your fares.",
        "words-pl": "Zwracamy koszty.",
    }
    assert "Fares" in (await sam.post(f"{home}/new", form, page=home)).text
    token = re.findall(rf'href="{home}/([\w-]{{16}})"', (await sam.get(home)).text)[0]
    changed = {**form, "words-en": "We pay your bus fares.", "safe": "yes"}
    assert "Yes, it is safe" in (await sam.post(f"{home}/{token}", changed, page=home)).text
    here = await page_of(asha)
    box = (await sam.get(f"{here}/answer")).text
    fields = {name: hidden(box, name) for name in ("seen", "to", "language")}
    started = await sam.post(f"{here}/answer", {**fields, "press": "start", "stock": token}, page=here)
    assert "We pay your bus fares.</textarea>" in started.text
    await sam.post(f"{home}/{token}/take-away", page=home)
    assert "There is none yet." in (await sam.get(home)).text
    assert (await sam.get(f"{home}/{token}")).status_code == 404
    assert len(await acts(console, Act.STOCK_ANSWER_CHANGED)) == 3
