"""A member names by text who helps them: whoever it is gets one text, which asks for their own yes or no."""

from __future__ import annotations

import pytest

from storage import addresses, conversations, supporters
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Console, Somebody
from tests.console.test_people import BOTH
from tests.console.test_person import text_of
from tests.console.test_supporters import ASHA, BEN, joined, links, member, names

NOBODY_YET = "Nobody helps you with our texts. Would you like somebody to?"
WILL_ASK = "Thank you. We will ask Ben, once. To end this, text MY HELPERS."
ASKED_BEN = (
    "Ashdale Council here. Asha says you help them. STOP ends texts. "
    "May we text you about their meetings, and for answers?"
)
SAID_YES = "Ashdale Council here. Ben said yes, and can help with our texts. To end this, text MY HELPERS."
SAID_NO = "Ashdale Council here. The person you named said no. We will not text them."


async def asks(console: Console, *said: str, number: str = "07700 900 412") -> tuple[Somebody, Somebody]:
    """Asha names Ben, up to her own yes."""
    asha = await joined(console)
    await console.moves(minutes=2)
    await asha.says(*(said or ("MY HELPERS",)), "yes", "Ben", number, "3", "yes")
    return asha, console.phone(BEN)


async def states(console: Console) -> list[tuple[str, str | None, str | None]]:
    return [(link.state, link.name, link.number) for link in await links(console)]


async def at(console: Console, number: str) -> Record | None:
    return await console.read(lambda tx: addresses.find(tx, "sms", number))


@BOTH
async def test_a_member_names_somebody_and_both_say_yes(console: Console) -> None:
    asha = await joined(console)
    await asha.says("MY HELPERS")
    assert (await asha.heard())[-1] == NOBODY_YET
    await asha.says("yes", "Ben", "it is 07700 900 412", "both")
    assert (await asha.heard())[-1].startswith("Ashdale Council here. STOP ends texts. May we text Ben too")
    await console.moves(minutes=1)
    assert await at(console, BEN) is None, "nothing goes before the member's own yes"
    await asha.says("yes")
    assert (await asha.heard())[-1] == WILL_ASK
    await console.moves(minutes=1)
    ben = console.phone(BEN)
    assert await ben.heard() == [ASKED_BEN]
    sam, person = await console.as_(Role.COORDINATOR), await member(console)
    page = text_of(await sam.get(f"/people/{person.token}"))
    assert "they agreed, and their helper has not answered yet" in page
    await ben.says("yes")
    assert (await ben.heard())[-1] == "Thank you. We will tell Asha. To end this, send STOP."
    await console.moves(minutes=1)
    assert (await asha.heard())[-1] == SAID_YES
    assert [state for state, _name, _number in await states(console)] == ["agreed"]
    page = text_of(await sam.get(f"/people/{person.token}"))
    assert "To have somebody help them with our texts Agreed" in page


async def test_through_the_menu_too(console: Console) -> None:
    asha, ben = await asks(console, "MENU", "7")
    assert (await asha.heard())[-1] == WILL_ASK
    await console.moves(minutes=1)
    assert await ben.heard() == [ASKED_BEN]


@pytest.mark.parametrize("reply", ["no", "STOP", "LEAVE"])
async def test_a_no_of_theirs_is_kept_and_their_number_is_not(console: Console, reply: str) -> None:
    asha, ben = await asks(console)
    await console.moves(minutes=1)
    await ben.says(reply)
    assert await states(console) == [("refused", None, None)]
    await console.moves(minutes=1)
    assert (await asha.heard())[-1] == SAID_NO
    for _day in range(31):
        await console.moves(days=1)
    assert len(await ben.heard()) == 2
    assert (await ben.address()).address is None


async def test_silence_is_no_yes_and_there_is_one_text_only(console: Console) -> None:
    asha, ben = await asks(console)
    for _day in range(16):
        await console.moves(days=1)
    assert await ben.heard() == [ASKED_BEN]
    assert await states(console) == [("refused", None, None)]
    assert SAID_NO not in await asha.heard()


async def test_the_members_no_names_nobody(console: Console) -> None:
    asha = await joined(console)
    await asha.says("MY HELPERS", "yes", "Ben", "07700900412", "1", "no")
    assert (await asha.heard())[-1] == "That is fine. We will not text them. Nothing has changed."
    await console.moves(days=1)
    assert await at(console, BEN) is None
    assert await states(console) == [("refused", None, None)]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("+48 512 345 678", "We can only text a UK mobile."),
        ("07700 900 411", "That is the number of this phone."),
    ],
)
async def test_a_number_that_cannot_be_is_asked_for_again(console: Console, number: str, says: str) -> None:
    asha = await joined(console)
    await asha.says("MY HELPERS", "yes", "Ben", number)
    assert (await asha.heard())[-1].startswith(says)
    await asha.says("07700 900 412")
    assert (await asha.heard())[-1] == "What may they do for you?"


async def test_one_number_is_texted_once_a_month_whoever_names_it(console: Console) -> None:
    _asha, ben = await asks(console)
    await console.moves(minutes=1)
    await ben.says("no")
    cass = await joined(console, "+447700900413", "Cass")
    await cass.says("MY HELPERS", "yes", "Ben", "07700900412", "3", "yes")
    assert (await cass.heard())[-1] == WILL_ASK, "nobody finds out what another was told"
    await console.moves(days=1)
    assert len(await ben.heard()) == 2


async def test_a_number_that_stopped_us_gets_nothing_and_nobody_finds_out(console: Console) -> None:
    await console.phone(BEN).says("STOP")
    asha, ben = await asks(console)
    assert (await asha.heard())[-1] == WILL_ASK
    await console.moves(days=1)
    assert len(await ben.heard()) == 1
    assert (await ben.address()).state == "stopped"


async def test_whom_a_colleague_named_already_is_that_one(console: Console) -> None:
    await joined(console)
    await names(console, await console.as_(Role.COORDINATOR))
    asha = console.phone(ASHA)
    await asha.says("MY HELPERS", "yes", "Benny", "07700900412", "3", "yes")
    await console.moves(minutes=1)
    assert [state for state, _name, _number in await states(console)] == ["invited"]


async def test_the_member_takes_it_back_before_they_answer(console: Console) -> None:
    asha, ben = await asks(console)
    await console.moves(minutes=1)
    await asha.says("MY HELPERS", "1")
    assert (await asha.heard())[-1] == "Thank you. They will not help with your texts any more."
    await ben.says("yes")
    assert [link.state for link in await links(console)] == ["ended"]


async def test_one_more_and_no_more_than_three_in_a_month(console: Console) -> None:
    asha, _ben = await asks(console)
    for number in ("07700900414", "07700900415"):
        await console.moves(minutes=2)
        await asha.says("MY HELPERS", str(len(await links(console)) + 2), "Cy", number, "1", "yes")
    assert len(await links(console)) == 3
    await console.moves(minutes=2)
    await asha.says("MY HELPERS", "5")
    assert (await asha.heard())[-1].startswith("You have named several people.")


async def test_a_stranger_names_nobody(console: Console) -> None:
    phone = console.phone("+447700900419")
    await phone.says("MY HELPERS")
    assert (await phone.heard())[-1] == "Nobody has joined with this phone. To join us, text JOIN."

    def none(tx: Tx) -> bool:
        found = addresses.find(tx, "sms", phone.number)
        return (
            found is not None
            and conversations.open_at(tx, found.id) is None
            and supporters.to_ask(tx, console.clock(), 9) == []
        )

    assert await console.read(none)
