"""The phone in the browser, used without script."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import httpx
import pytest

from bank.organisation import Organisation
from console.try_page import Desk
from storage.store import Away, Store
from tests.bank.ashdale import MORNING
from tests.console.table import Table, desk_on, table_of

THIRTEEN = "?" + "&".join(f"phone=sms.many{number}" for number in range(13))
FROM_ELSEWHERE = {"data": {"at": "sms.ann2", "text": "join"}, "headers": {"sec-fetch-site": "cross-site"}}
SMS, TELEGRAM, WHATSAPP = "sms.ann2", "telegram.bob3", "whatsapp.cat4"
WELCOME = "Ashdale Council here. Help us make care better"
NUDGE = "You began to join us."


async def test_somebody_new_to_the_page_finds_one_phone_for_texts(table: Table) -> None:
    await table.open()
    [code] = table.codes
    assert re.fullmatch(r"sms\.[a-z0-9]{6}", code)
    assert table.threads == [[]]


@pytest.mark.parametrize(
    ("label", "query", "shown"),
    [
        ("no phone at all", "?phone=", []),
        ("three side by side", f"?phone={SMS}&phone={TELEGRAM}&phone={WHATSAPP}", ["SMS", "Telegram", "WhatsApp"]),
        ("two of a kind are numbered", f"?phone={SMS}&phone=sms.dan5", ["SMS", "SMS 2"]),
        ("one named twice is there once", f"?phone={SMS}&phone={SMS}", ["SMS"]),
        ("what names no phone is passed over", f"?phone=fax.ann2&phone=sms.../x&phone={SMS}", ["SMS"]),
        ("a language that we cannot write is not offered", "?phone=sms.ann2.xx", ["SMS"]),
        ("twelve at most", THIRTEEN, ["SMS", *[f"SMS {number}" for number in range(2, 13)]]),
    ],
)
async def test_the_phones_are_those_in_the_address(table: Table, label: str, query: str, shown: list[str]) -> None:
    await table.open(query)
    assert re.findall(r'<h2 id="title-[^"]+">([^<]+)</h2>', table.html) == shown, label


async def test_a_new_person_joins_by_text(table: Table) -> None:
    await table.open(f"?phone={SMS}")
    await table.says(SMS, "join", "yes", "1", "Asha")
    [thread] = table.threads
    assert [side for side, _words in thread] == ["theirs", "ours"] * 4
    assert thread[1][1].startswith(WELCOME)
    assert thread[1][1].endswith("1 Yes\n2 Tell me more\n3 No")
    assert thread[-1][1].startswith("Thank you, Asha.")
    assert "GSM-7, 1 text (155 characters)" in table.html
    assert f"phone={SMS}" in table.where
    assert table.where.endswith("#write-sms-ann2"), "back at the field, to go on writing"


async def test_nothing_written_is_nothing_sent(table: Table) -> None:
    await table.open(f"?phone={SMS}")
    await table.says(SMS, "   ")
    assert table.threads == [[]]


async def test_a_pressed_button_says_what_is_on_it_and_an_old_one_may_still_be_pressed(table: Table) -> None:
    await table.open(f"?phone={TELEGRAM}")
    await table.says(TELEGRAM, "/start")
    assert [label for _payload, label in table.buttons] == ["Yes", "Tell me more", "No"]
    [yes, *_others] = [payload for payload, _label in table.buttons]
    await table.uses("press", at=TELEGRAM, payload=yes)
    assert table.threads[0][2] == ("theirs", "Yes")
    assert "OK?" in table.threads[0][3][1]
    await table.uses("press", at=TELEGRAM, payload=yes)
    assert [words for side, words in table.threads[0] if side == "theirs"] == ["/start", "Yes", "Yes"]


async def test_a_phone_shows_choices_as_its_channel_can(table: Table) -> None:
    await table.open(f"?phone={WHATSAPP}")
    await table.says(WHATSAPP, "join")
    assert len(table.buttons) == 3
    await table.says(WHATSAPP, "yes")
    assert len(table.buttons) == 3, "WhatsApp's buttons are too short for the next choices"
    assert "1 Yes, and I am 18 or over" in table.threads[0][-1][1]
    assert "GSM-7" not in table.html


async def test_two_phones_are_two_people(table: Table) -> None:
    await table.open(f"?phone={SMS}&phone={WHATSAPP}")
    await table.says(SMS, "join")
    await table.says(WHATSAPP, "stop")
    assert [len(thread) for thread in table.threads] == [2, 2]
    assert table.threads[1][1][1].startswith("We have stopped.")


@pytest.mark.parametrize(
    ("by", "clock"),
    [
        ("1h", "Monday 23 November, 12 noon"),
        ("1d", "Tuesday 24 November, 11am"),
        ("1w", "Monday 30 November, 11am"),
        ("30d", "Wednesday 23 December, 11am"),
        ("morning", "Tuesday 24 November, 10am"),
    ],
)
async def test_time_is_moved(table: Table, by: str, clock: str) -> None:
    await table.open(f"?phone={SMS}")
    assert "Monday 23 November, 11am" in table.html
    await table.uses("move", by=by)
    assert f"It is <strong>{clock}</strong> here." in table.html


async def test_the_nudge_comes_on_its_day_however_far_time_is_moved(table: Table) -> None:
    await table.open(f"?phone={SMS}")
    await table.says(SMS, "join")
    await table.uses("move", by="1w")
    [thread] = table.threads
    assert [NUDGE in words for _side, words in thread] == [False, False, True]
    assert '<p class="day">Wednesday 25 November</p>' in table.html, "the first 10am that is a day after the question"


async def test_an_unfinished_join_is_erased_after_thirty_days(table: Table) -> None:
    await table.open(f"?phone={SMS}")
    await table.says(SMS, "join", "yes")
    await table.uses("move", by="30d")
    await table.uses("move", by="1d")
    assert [words for thread in table.threads for _side, words in thread] in (
        [],
        ["What was written here has been erased."],
    )


async def test_phones_are_added_and_put_away(table: Table) -> None:
    await table.open(f"?phone={SMS}")
    await table.uses("add", channel="telegram", language="pl")
    added = table.codes[1]
    assert re.fullmatch(r"telegram\.[a-z0-9]{6}\.pl", added)
    await table.uses("remove", at=SMS)
    assert table.codes == [added]
    await table.uses("remove", at=added)
    assert "There is no phone here yet." in table.html


@pytest.mark.parametrize(
    ("label", "code", "text", "language"),
    [
        ("the Telegram app tells its language", "telegram.ola2.pl", "/start", "pl"),
        ("no language is set", "telegram.ola2", "/start", "en"),
        ("a text has no language but its words", "sms.ola2.pl", "join", "en"),
        ("the suggested first text is Polish", "sms.ola2.pl", "Chcę dołączyć", "pl"),
    ],
)
async def test_we_answer_in_the_language_of_the_phone(
    table: Table, label: str, code: str, text: str, language: str
) -> None:
    await table.open(f"?phone={code}")
    assert f'value="{text}"' in table.html or text == "join", label
    await table.says(code, text)
    assert f'<bdi lang="{language}">Ashdale Council here.' in table.html, label


HOSTILE = '\u202e<script>alert("x")</script>\u2066 שלום & "q"'


async def test_a_persons_words_stay_in_their_bubble(table: Table) -> None:
    await table.open(f"?phone={SMS}")
    await table.says(SMS, HOSTILE)
    assert table.threads[0][0] == ("theirs", HOSTILE)
    assert "<script>alert" not in table.html


async def test_the_page_may_do_nothing_but_what_it_needs(table: Table) -> None:
    await table.open()
    assert table.headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert table.headers["cache-control"] == "no-store"
    assert "set-cookie" not in table.headers
    assert not re.search(r"<style|style=|<script>| on[a-z]+=", table.html)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', table.html)


@pytest.mark.parametrize(
    ("file", "kind"), [("try.css", "text/css"), ("try.js", "text/javascript"), ("try.svg", "image/svg+xml")]
)
async def test_its_files_come_with_it(table: Table, file: str, kind: str) -> None:
    answer = await table.client.get(f"/try/static/{file}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize(
    ("label", "action", "given", "status"),
    [
        ("another site's form", "say", FROM_ELSEWHERE, 403),
        ("a phone that is not on the page", "say", {"data": {"at": TELEGRAM, "text": "join"}}, 400),
        ("no phone", "press", {"data": {"payload": "x"}}, 400),
        ("a button that was never shown", "press", {"data": {"at": SMS, "payload": "x"}}, 400),
        ("back in time", "move", {"data": {"by": "-1d"}}, 400),
        ("no such channel", "add", {"data": {"channel": "fax"}}, 400),
        ("no such language", "add", {"data": {"channel": "sms", "language": "xx"}}, 400),
        ("not UTF-8", "say", {"content": b"at=sms.ann2&text=%ff"}, 400),
        ("far too long", "say", {"data": {"at": SMS, "text": "a" * 70_000}}, 413),
    ],
)
async def test_what_the_page_did_not_make_is_refused(
    table: Table, label: str, action: str, given: dict[str, Any], status: int
) -> None:
    answer = await table.client.post(f"/try/{action}?phone={SMS}", **given)
    assert answer.status_code == status, label
    await table.open(f"?phone={SMS}")
    assert table.threads == [[]], label


@pytest.fixture
def away(lite_store: Store, ashdale: Organisation) -> Desk:
    class GoneStore:
        async def read(self, _work: object) -> None:
            raise Away("gone")

    async def deliver(_request: object) -> None:
        raise Away("gone")

    return replace(desk_on(lite_store, ashdale, MORNING), store=GoneStore(), deliver=deliver)


async def test_a_database_that_is_away_is_said_plainly(away: Desk) -> None:
    async with table_of(away) as table:
        looked = await table.client.get(f"/try/?phone={SMS}")
        wrote = await table.client.post(f"/try/say?phone={SMS}", data={"at": SMS, "text": "join"})
    assert [_told(looked), _told(wrote)] == [
        (503, "The database cannot be reached. Please try again in a minute.\n")
    ] * 2


def _told(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.text
