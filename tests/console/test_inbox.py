"""The inbox, as somebody of the team sees it: who wrote, in which list, and finding them again."""

from __future__ import annotations

import re

import pytest

from bank.threads import A_PAGE
from storage import people, reach, staff
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Browser, Console, Somebody

ASHA, BEN = "+447700900101", "+447700900102"
CRY = "my son hits me every day"


async def joined(console: Console, number: str, name: str, channel: str = "sms") -> Somebody:
    phone = console.phone(number, channel)
    await phone.says("JOIN", "1", "1", name)
    return phone


def rows(page: str) -> list[str]:
    """Who is in the list, from the top."""
    return re.findall(r"<th scope=\"row\".*?<bdi>(.*?)</bdi>", page, re.DOTALL)


async def listed(browser: Browser, show: str = "unread", after: str = "") -> list[str]:
    answer = await browser.get(f"/inbox?show={show}&after={after}")
    assert answer.status_code == 200
    return rows(answer.text)


async def found(browser: Browser, by: str, wanted: str, show: str = "all") -> list[str]:
    form: dict[str, str | list[str]] = {"by": by, "wanted": wanted, "show": show}
    answer = await browser.post("/inbox/search", form, page="/inbox/search")
    assert answer.status_code == 200, answer.text
    assert str(answer.url).endswith("/inbox/search"), "what was looked for stands in no address"
    return rows(answer.text)


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_who_wrote_last_is_on_top_and_what_waits_is_to_do(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await console.moves(minutes=5)
    await joined(console, BEN, "Ben")
    sam = await console.as_(Role.COORDINATOR)
    assert await listed(sam, "all") == ["Ben", "Asha"]
    assert await listed(sam) == [], "nothing waits for a person"

    await console.moves(minutes=5)
    await asha.says("a parcel came for you")
    assert await listed(sam, "all") == ["Asha", "Ben"]
    assert await listed(sam) == ["Asha"]
    assert "Thank you. A person will read this by" in (await sam.get("/inbox?show=all")).text, "the last words, ours"


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_all_channels_of_a_person_are_one_thread(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await console.moves(minutes=5)
    telegram = await joined(console, "7101", "Asha", "telegram")
    here, there = await asha.address(), await telegram.address()

    def join(tx: Tx) -> None:
        (person,) = reach.people_at(tx, here.id)
        (other,) = reach.people_at(tx, there.id)
        reach.cut(tx, other.id)
        people.change(tx, other.id, {"state": "erased"})
        reach.join(tx, address_id=there.id, person_id=person.id, since=console.clock())

    await console.write(join)
    sam = await console.as_(Role.COORDINATOR)
    page = (await sam.get("/inbox?show=all")).text
    assert rows(page) == ["Asha"]
    assert "Telegram, SMS" in page
    for token in (here.token, there.token):
        thread = (await sam.get(f"/inbox/{token}")).text
        assert "SMS, ends 101" in thread
        assert thread.count("heard-thread__message--theirs") == 8, "whichever of the two is opened"


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_a_held_thread_is_in_the_lists_of_leads_alone(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says(CRY)
    sam, lead = await console.as_(Role.COORDINATOR), await console.as_(Role.SAFEGUARDING_LEAD)
    assert await listed(sam, "all") == await listed(sam) == await listed(sam, "held") == []
    assert await listed(lead, "held") == await listed(lead, "all") == ["Asha"]
    assert "Held" not in (await sam.get("/inbox")).text, "not even the list's name"
    for by, wanted in (("name", "Asha"), ("number", ASHA), ("words", "hits")):
        assert await found(sam, by, wanted) == []
        assert await found(lead, by, wanted) == ["Asha"]
    address = await asha.address()
    assert (await sam.get(f"/inbox/{address.token}")).status_code == 404
    assert (await sam.get(f"/inbox/{address.token}/latest")).status_code == 404
    assert (await lead.get(f"/inbox/{address.token}")).status_code == 200


async def test_nobody_sees_a_thread_about_themselves(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    lead, sam = await console.as_(Role.SAFEGUARDING_LEAD), await console.as_(Role.COORDINATOR)
    address = await asha.address()

    def is_asha(tx: Tx) -> None:
        staff.change(tx, lead.staff.id, {"person_id": reach.people_at(tx, address.id)[0].id})

    await console.write(is_asha)
    assert await listed(lead, "all") == await found(lead, "name", "Asha") == await found(lead, "words", "Asha") == []
    assert (await lead.get(f"/inbox/{address.token}")).status_code == 404
    assert await listed(sam, "all") == ["Asha"]


async def test_mine_waiting_and_spam(console: Console) -> None:
    asha, ben = await joined(console, ASHA, "Asha"), await joined(console, BEN, "Ben")
    sam = await console.as_(Role.COORDINATOR)
    await asha.says("PAUSE")
    assert await listed(sam, "waiting") == ["Asha"], "we asked her for how long"
    assert await listed(sam, "mine") == []
    here = f"/inbox/{(await asha.address()).token}"
    await sam.post(f"{here}/assign", {"me": "yes"}, page=here)
    assert await listed(sam, "mine") == ["Asha"]
    there = f"/inbox/{(await ben.address()).token}"
    await sam.post(f"{there}/spam", {"why": "It sells loans."}, page=there)
    assert await listed(sam, "all") == ["Asha"]
    assert await listed(sam, "spam") == ["Ben"]


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_pages_go_on_where_the_one_before_ended(console: Console) -> None:
    numbers = range(200, 200 + A_PAGE + 3)
    for number in numbers:
        await console.phone(f"+447700900{number}").says(f"parcel {number}")
    sam = await console.as_(Role.COORDINATOR)
    first = (await sam.get("/inbox?show=all")).text
    after = re.search(r'href="/inbox\?show=all&amp;after=([^"]+)" rel="next"', first)
    assert after is not None
    second = (await sam.get(f"/inbox?show=all&after={after[1]}")).text
    assert (len(rows(first)), len(rows(second))) == (A_PAGE, 3)
    tokens = re.findall(r'href="/inbox/([\w-]{16})"', first + second)
    assert len(set(tokens)) == len(numbers)
    assert 'rel="next"' not in second


async def test_they_are_found_by_name_by_number_and_by_words(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha Begum")
    await joined(console, BEN, "Ben")
    await asha.says("the LIFT in our block is broken")
    sam = await console.as_(Role.COORDINATOR)
    assert await found(sam, "name", "begu") == ["Asha Begum"]
    assert await found(sam, "number", "07700 900101") == ["Asha Begum"]
    assert await found(sam, "number", "07700 90010") == [], "a number is found whole"
    assert await found(sam, "words", "lift broken") == ["Asha Begum"]
    assert await found(sam, "words", "lift", "mine") == [], "in that list only"
    page = (await sam.post("/inbox/search", {"by": "words", "wanted": "lift"}, page="/inbox/search")).text
    assert "latest 5,000 messages" in page
    assert (await sam.post("/inbox/search", {"by": "name", "wanted": ""}, page="/inbox/search")).status_code == 400


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_words_are_found_by_the_days_on_which_they_came(console: Console) -> None:
    """It is Monday 23 November; Ben writes on Tuesday."""
    await (await joined(console, ASHA, "Asha")).says("the lift is broken")
    await console.moves(hours=24)
    await (await joined(console, BEN, "Ben")).says("the lift is mended")
    sam = await console.as_(Role.COORDINATOR)

    async def lift(**days: str) -> list[str]:
        parts = {f"{name}-{part}": one for name, on in days.items() for part, one in _parts(on)}
        form: dict[str, str | list[str]] = {"by": "words", "wanted": "lift", "show": "all", **parts}
        return rows((await sam.post("/inbox/search", form, page="/inbox/search")).text)

    assert await lift() == ["Ben", "Asha"]
    assert await lift(since="24 11 2026") == ["Ben"]
    assert await lift(until="23 11 2026") == ["Asha"]
    assert await lift(since="23 11 2026", until="24 11 2026") == ["Ben", "Asha"]
    assert await lift(until="22 11 2026") == []
    wrong: dict[str, str | list[str]] = {"by": "words", "wanted": "lift", "since-day": "31", "since-month": "2"}
    answer = await sam.post("/inbox/search", wrong, page="/inbox/search")
    assert (answer.status_code, "Enter a real date" in answer.text) == (400, True)


def _parts(on: str) -> list[tuple[str, str]]:
    return list(zip(("day", "month", "year"), on.split(), strict=True))


async def test_a_taken_over_thread_is_mine_and_each_list_holds_its_own(console: Console) -> None:
    asha, ben = await joined(console, ASHA, "Asha"), await joined(console, BEN, "Ben")
    sam, lead = await console.as_(Role.COORDINATOR), await console.as_(Role.SAFEGUARDING_LEAD)
    here = f"/inbox/{(await asha.address()).token}"
    await sam.post(f"{here}/take-over", page=here)
    assert await listed(sam, "mine") == ["Asha"]
    assert await listed(lead, "mine") == []
    await ben.says("a parcel came for you")
    assert await listed(sam, "unread") == ["Ben"]
    await ben.says("PAUSE")
    assert await listed(sam, "waiting") == ["Ben"]
    await ben.says(CRY)
    assert await listed(lead, "held") == ["Ben"]
    assert await listed(sam, "unread") == await listed(sam, "waiting") == []


async def test_new_messages_show_without_a_reload(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    sam = await console.as_(Role.COORDINATOR)
    page = (await sam.get("/inbox?show=all")).text
    renew = re.search(r'hx-get="([^"]+)" hx-trigger="every 8s"', page)
    assert renew is not None
    path = renew[1].replace("&amp;", "&")
    assert (await sam.get(path)).status_code == 204, "nothing is new, and nothing is swapped"
    await asha.says("a parcel came for you")
    part = await sam.get(path)
    assert rows(part.text) == ["Asha"]
    assert "To do" in part.text
    assert "<html" not in part.text


async def test_what_people_call_themselves_and_write_stays_text(console: Console) -> None:
    evil = "<script>alert(1)</script>"
    asha = await joined(console, ASHA, "Asha")
    address = await asha.address()
    await console.write(lambda tx: people.change(tx, reach.people_at(tx, address.id)[0].id, {"name": evil}))
    await asha.says(f"{evil} \u202e =1+1 <img src=x onerror=alert(1)>")
    sam = await console.as_(Role.COORDINATOR)
    for path in ("/inbox", f"/inbox/{address.token}", f"/inbox/{address.token}/answer"):
        page = (await sam.get(path)).text
        assert "&lt;script&gt;" in page
        assert evil not in page
        assert "<img src=x" not in page


async def test_words_meant_to_hurt_wait_for_a_press(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says("fuck off you lot")
    sam = await console.as_(Role.COORDINATOR)
    assert "fuck off" not in (await sam.get("/inbox?show=all")).text
    page = (await sam.get(f"/inbox/{(await asha.address()).token}")).text
    hidden = re.search(r"<details[^>]*>(?:(?!</details>).)*fuck off(?:(?!</details>).)*</details>", page, re.DOTALL)
    assert hidden is not None
    ben = await joined(console, BEN, "Ben")
    await ben.says("why do you cunts never answer?")
    page = (await sam.get(f"/inbox/{(await ben.address()).token}")).text
    assert page.count("cunts") == page.count("This may be meant to hurt") >= 1, "wherever it stands"


async def test_who_is_no_coordinator_has_no_inbox(console: Console) -> None:
    for role in (Role.PARTNER, Role.VIEWER):
        browser = await console.as_(role)
        assert (await browser.get("/inbox")).status_code == 404


async def test_a_viewer_is_told_of_nothing_to_do(console: Console) -> None:
    asha = await joined(console, ASHA, "Asha")
    await asha.says("a parcel came for you")
    assert "Asha" in (await (await console.as_(Role.COORDINATOR)).get("/")).text
    today = (await (await console.as_(Role.VIEWER, name="Vic")).get("/")).text
    assert "Nothing needs a person now." in today
    assert "Asha" not in today
