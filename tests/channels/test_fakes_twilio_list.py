"""The fake Twilio's list: filters, pages, and one message alone."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import aiohttp
import pytest

from channels.fakes.book import Entry
from channels.fakes.clock import HandClock
from channels.fakes.fault import Drop, ServerError
from channels.fakes.twilio import FakeTwilio

ACCOUNT = "AC" + "0" * 32
OURS, ASHA, BEN = "+447700900999", "+447700900123", "+447700900124"
HEADERS = {"Authorization": f"Basic {b64encode(f'{ACCOUNT}:secret'.encode()).decode()}"}
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"


def entry(number: int, to: str, day: int, hour: int = 9) -> Entry:
    return Entry(
        f"SM{number:032}", to, OURS, f"Text {number}", {"From": OURS}, datetime(2026, 11, day, hour, tzinfo=UTC)
    )


@pytest.fixture
async def fake():
    fake = FakeTwilio(ACCOUNT, "secret", clock=HandClock())
    for number, (to, day) in enumerate([(ASHA, 1), (BEN, 1), (ASHA, 2), (ASHA, 3), (BEN, 4)]):
        fake.book.add(entry(number, to, day))
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def get(fake):
    async with aiohttp.ClientSession(headers=HEADERS) as session:

        async def get(path: str, **query: str):
            async with session.get(fake.url + path, params=query) as response:
                return response.status, await response.json()

        yield get


FILTERS = [
    ("all, newest first", {}, [4, 3, 2, 1, 0]),
    ("to", {"To": ASHA}, [3, 2, 0]),
    ("to nobody", {"To": OURS}, []),
    ("from", {"From": OURS, "To": BEN}, [4, 1]),
    ("on a day", {"DateSent": "2026-11-01"}, [1, 0]),
    ("from a day on", {"DateSent>": "2026-11-03"}, [4, 3]),
    ("up to a day", {"DateSent<": "2026-11-02"}, [2, 1, 0]),
    ("between", {"DateSent>": "2026-11-02", "DateSent<": "2026-11-03"}, [3, 2]),
    ("from an instant on", {"DateSent>": "2026-11-03T09:00:01Z"}, [4]),
    ("up to an instant", {"DateSent<": "2026-11-02T09:00:00Z"}, [2, 1, 0]),
    ("to, from a day on", {"To": ASHA, "DateSent>": "2026-11-02"}, [3, 2]),
]


@pytest.mark.parametrize(("_label", "query", "expected"), FILTERS, ids=[row[0] for row in FILTERS])
async def test_filters(get, _label, query, expected):
    _, page = await get(f"{PATH}.json", **query)
    assert [int(message["sid"][2:]) for message in page["messages"]] == expected
    assert page["next_page_uri"] is None


async def test_pages_follow_one_another_though_more_arrive(fake, get):
    sids, uri = [], f"{PATH}.json?PageSize=2"
    while uri:
        _, page = await get(uri)
        sids += [int(message["sid"][2:]) for message in page["messages"]]
        uri = page["next_page_uri"]
        fake.book.add(entry(100 + len(sids), ASHA, 5))
    assert sids == [4, 3, 2, 1, 0]
    assert (page["page"], page["page_size"], page["start"], page["end"]) == (2, 2, 4, 4)


async def test_what_people_wrote_is_in_it(fake, get):
    await fake.person_sends(ASHA, "Yes", to=OURS)
    _, page = await get(f"{PATH}.json", To=OURS)
    [message] = page["messages"]
    assert (message["direction"], message["status"], message["body"]) == ("inbound", "received", "Yes")
    assert message["date_sent"] == "Mon, 30 Nov 2026 09:00:00 +0000"


@pytest.mark.parametrize("query", [{"Status": "sent"}, {"DateSent": "yesterday"}, {"PageSize": "many"}])
async def test_what_it_cannot_do_is_refused(get, query):
    status, _ = await get(f"{PATH}.json", **query)
    assert status == 400


async def test_one_message(fake, get):
    status, message = await get(f"{PATH}/SM{3:032}.json")
    assert (status, message["body"], message["status"]) == (200, "Text 3", "queued")
    status, error = await get(f"{PATH}/SM{9:032}.json")
    assert (status, error["code"]) == (404, 20404)


async def test_the_list_can_fail_too(fake, get):
    fake.list_script.on(1, ServerError()).on(2, Drop())
    assert (await get(f"{PATH}.json"))[0] == 500
    # aiohttp's client repeats a GET by itself once when a kept connection is closed under it
    assert (await get(f"{PATH}.json"))[0] == 200
    assert fake.list_script.calls == 3
