"""The times of the day at which our texts suit somebody, as a colleague sees and enters them."""

from __future__ import annotations

import pytest

from bank import hours
from storage import people
from storage.schema import Record
from storage.staff import Role
from tests.console.desk import Console
from tests.console.test_people import BOTH
from tests.console.test_person import ASHA, Fields, details_of, filled, found, joined, text_of

OTHER = "+447700900456"


async def kept(console: Console, person: Record) -> str | None:
    return hours.kept(await console.read(lambda tx: people.get(tx, person.id)))


@BOTH
async def test_times_told_to_a_colleague_are_kept_shown_and_taken_back(console: Console) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    where = f"/people/{asha.token}/change"
    assert "Texts that they did not ask for Not told" in text_of(await sam.get(f"/people/{asha.token}"))
    page = text_of(await sam.post(where, filled(**{"hours-from": "5pm", "hours-until": "half past 6"})))
    assert "Texts that they did not ask for 5pm to 6.30pm By phone, Monday 23 November 2026" in page
    assert await details_of(console, asha) == {"how": "phone", "hours": [None, "17:00-18:30"]}
    now = await found(console)
    assert (now.text_from, now.text_until) == (17 * 60, 18 * 60 + 30)

    shown = (await sam.get(where)).text
    assert 'value="5pm"' in shown
    assert 'value="6.30pm"' in shown
    again = await sam.post(where, filled(**{"hours-from": "5pm", "hours-until": "6.30pm"}))
    assert "The changes are kept." not in text_of(again), "nothing changed"
    assert "Not told" in text_of(await sam.post(where, filled()))
    assert await details_of(console, asha) == {"how": "phone", "hours": ["17:00-18:30", None]}
    assert await kept(console, asha) is None


@pytest.mark.parametrize(
    ("begins", "ends", "says"),
    [
        ("5pm", "", "Enter this time too, or neither"),
        ("", "5pm", "Enter this time too, or neither"),
        ("when I can", "7pm", "Enter a time, like 9am or 5.30pm"),
        ("9.20", "7pm", "Enter a whole hour or a half hour"),
        ("8am", "12", "Enter a time from 9am to 7pm"),
        ("5pm", "9pm", "Enter a time from 9am to 7pm"),
        ("5pm", "2pm", "Enter a time that is later than the first one"),
        ("5pm", "5pm", "Enter a time that is later than the first one"),
    ],
)
async def test_what_cannot_be_kept_is_said_in_plain_words(console: Console, begins: str, ends: str, says: str) -> None:
    asha = await joined(console)
    sam = await console.as_(Role.COORDINATOR)
    page = await sam.post(f"/people/{asha.token}/change", filled(**{"hours-from": begins, "hours-until": ends}))
    assert page.status_code == 400
    assert says in text_of(page)
    assert f'value="{begins or ends}"' in page.text, "what was typed is still there"
    assert await kept(console, asha) is None


async def test_who_was_on_our_list_twice_keeps_the_times_that_were_told_last(console: Console) -> None:
    asha = await joined(console)
    await console.phone(ASHA).says("TIMES", "2")
    await console.moves(days=1)
    twin = await joined(console, OTHER, "Asha Shah")
    await console.phone(OTHER).says("TIMES", "evenings")
    sam = await console.as_(Role.COORDINATOR)
    assert "5pm to 7pm" in text_of(await sam.get(f"/people/{asha.token}/merge/{twin.token}"))
    page = text_of(await sam.post(f"/people/{asha.token}/merge/{twin.token}", {"why": "She told me"}))
    assert "Texts that they did not ask for 5pm to 7pm By text, Tuesday 24 November 2026" in page
    assert await kept(console, asha) == "17:00-19:00"
    assert await kept(console, twin) is None


async def test_times_that_somebody_else_told_from_the_phone_are_not_theirs(console: Console) -> None:
    asha = await joined(console)
    await console.phone(ASHA).says("TIMES", "2")
    sam = await console.as_(Role.COORDINATOR)
    since: Fields = {"which": "since", "day-day": "23", "day-month": "11", "day-year": "2026"}
    page = await sam.post(f"/people/{asha.token}/split", {**since, "whose": "nobody", "why": "It was Ben"})
    assert "is not theirs any more" in text_of(page)
    assert await kept(console, asha) is None
