"""Left alone: no text that nobody asked for goes, or counts as asked, where it could do harm."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storage import addresses, conversations, people, supporters
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Console, Somebody
from tests.console.test_sign_ups import ASK, NUMBER, enters, robin, rows
from tests.console.test_supporters import BEN, TOLD, asked_where_she_lives, joined, links, member, names

SAFER = timedelta(days=400)


async def becomes(console: Console, somebody: Somebody, **values: Any) -> None:
    row = await somebody.address()
    await console.write(lambda tx: addresses.change(tx, row.id, values))


@pytest.mark.parametrize("how", ["held", "unsafe_until", "spam", "state"])
async def test_no_form_is_asked_about_where_the_same_number_is_left_alone_on_whatsapp(
    console: Console, how: str
) -> None:
    jo = console.phone(NUMBER, "whatsapp")
    await jo.says("hello")
    left = {"held": "danger", "unsafe_until": console.clock() + SAFER, "spam": "Adverts", "state": "stopped"}
    await becomes(console, jo, **{how: left[how]})
    await enters(await robin(console))
    await console.moves(minutes=1)
    assert ASK not in await console.phone(NUMBER).heard()
    assert [row.state for row in await rows(console)] == ["silent"]


@pytest.mark.parametrize("how", ["held", "unsafe_until", "spam"])
async def test_a_member_is_not_taken_as_asked_about_a_supporter_where_nothing_may_be_said(
    console: Console, how: str
) -> None:
    asha, sam = await joined(console), await console.as_(Role.COORDINATOR)
    await names(console, sam)
    left = {"held": "danger", "unsafe_until": console.clock() + SAFER, "spam": "Adverts"}
    await becomes(console, asha, **{how: left[how]})
    await console.moves(minutes=1)
    assert [link.state for link in await links(console)] == ["named"]


async def test_no_short_question_is_opened_where_a_text_could_do_harm(console: Console) -> None:
    asha = await joined(console)
    await becomes(console, asha, unsafe_until=console.clock() + SAFER)
    await asked_where_she_lives(console)
    row = await asha.address()

    def look(tx: Tx) -> tuple[bool, int]:
        person = people.get(tx, 1)
        return conversations.open_at(tx, row.id) is None, person.next_question

    assert await console.read(look) == (True, 2)


async def test_who_helps_is_told_when_the_hold_is_over(console: Console) -> None:
    asha, sam = await joined(console), await console.as_(Role.COORDINATOR)
    await names(console, sam)
    await console.moves(minutes=1)
    await asha.says("yes")
    person = await member(console)
    await console.write(lambda tx: people.hold(tx, [person.id], "danger"))
    await console.moves(minutes=1)
    assert await console.phone(BEN).heard() == []
    await console.write(lambda tx: people.change(tx, person.id, {"held": None}))
    await console.moves(minutes=1)
    assert await console.phone(BEN).heard() == [TOLD]
    assert await console.read(lambda tx: supporters.to_tell(tx, console.clock(), 10)) == []
