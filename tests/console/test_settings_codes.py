"""Join codes: an administrator adds one, gives it to a partner, and the partner sees what came of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bank import join_codes
from bank.join_codes import JoinCode
from storage import audit as audit_rows
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Console

_AT = "/settings/codes"
OAK = {"code": "oak-hall", "label": "Poster at Oak Hall"}


async def english_only(console: Console) -> None:
    """As it is outside the demo, where nobody has signed the other languages off."""
    living = console.house.living
    living._shipped = replace(console.organisation, catalogs=console.organisation.catalogs.only([]))
    await living.renew()


async def test_a_code_is_added_and_counts_who_comes_by_it(console: Console) -> None:
    admin = await console.as_(Role.ADMINISTRATOR)
    assert "There is no join code yet." in (await admin.get(_AT)).text
    assert "Your change is kept" in (await admin.post(_AT, OAK)).text
    await console.phone("+447700900123").says("JOIN OAK-HALL", "1", "1", "Asha")
    assert await console.read(join_codes.everyone) == [JoinCode("OAK-HALL", "Poster at Oak Hall", "", 1, 1)]


async def test_a_partner_sees_what_came_of_a_code_from_when_it_is_theirs(console: Console) -> None:
    admin, partner = await console.as_(Role.ADMINISTRATOR), await console.as_(Role.PARTNER, name="Ola Hart")
    await admin.post(_AT, OAK)
    assert "OAK-HALL" not in (await partner.get("/sign-ups")).text
    await admin.post(f"{_AT}/OAK-HALL", {"partner": partner.staff.token})
    assert "OAK-HALL" in (await partner.get("/sign-ups")).text
    await admin.post(f"{_AT}/OAK-HALL", {"partner": ""})
    assert "OAK-HALL" not in (await partner.get("/sign-ups")).text

    def told(tx: Tx) -> list[object]:
        rows = [row for row in audit_rows.everything(tx) if row.act == "setting_changed"]
        return [audit_rows.opened(tx, row.details)["partner"] for row in rows]

    token = partner.staff.token
    assert await console.read(told) == [["", ""], ["", token], [token, ""]]


async def test_whoever_comes_by_a_code_with_a_language_is_first_answered_in_it(console: Console) -> None:
    admin, ewa = await console.as_(Role.ADMINISTRATOR), console.phone("+447700900124")
    page = (await admin.post(_AT, {"code": "polska", "label": "Leaflet", "language": "pl"})).text
    assert await console.read(join_codes.everyone) == [JoinCode("POLSKA", "Leaflet", "", 0, 0, "pl")]
    assert "Polish" in page
    await ewa.says("JOIN POLSKA")
    assert "Czy chcesz dołączyć?" in (await ewa.heard())[0]
    assert (await ewa.address()).language == "pl"


async def test_the_line_for_a_poster_is_in_the_language_of_the_code(console: Console) -> None:
    admin = await console.as_(Role.ADMINISTRATOR)
    await admin.post(_AT, OAK)
    page = (await admin.post(_AT, {"code": "polska", "label": "Leaflet", "language": "pl"})).text
    assert "Text JOIN OAK-HALL to this number:" in page
    polish = join_codes.poster(JoinCode("POLSKA", "", "", 0, 0, "pl"), console.organisation)
    assert "JOIN POLSKA" in polish
    assert polish in page
    assert "Text JOIN POLSKA" not in page


async def test_a_language_that_is_not_switched_on_is_neither_offered_nor_taken_nor_used(console: Console) -> None:
    """Outside the demo only languages are on whose agreement, danger and STOP words are signed off."""
    admin, ewa = await console.as_(Role.ADMINISTRATOR), console.phone("+447700900124")
    polska = {"code": "polska", "label": "Leaflet", "language": "pl"}
    await admin.post(_AT, polska)
    await english_only(console)
    page = (await admin.get(_AT)).text
    assert "This language is not switched on, so they are answered in English." in page
    assert 'value="pl"' not in page
    assert "We have no words for a poster in Polish." in page
    assert "Choose a language that we write in" in (await admin.post(_AT, {**polska, "code": "ewa"})).text
    await ewa.says("JOIN POLSKA")
    assert "Would you like to join?" in (await ewa.heard())[0]
    assert await console.read(join_codes.everyone) == [JoinCode("POLSKA", "Leaflet", "", 1, 0, "pl")]


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({**OAK, "code": "x"}, "Enter 2 to 20 letters"),
        ({**OAK, "code": "two words"}, "Enter 2 to 20 letters"),
        ({**OAK, "code": "Oak-hall", "label": "Another"}, "There is a code like this already"),
        ({**OAK, "label": ""}, "Say where people find it"),
        ({**OAK, "code": "elm", "partner": "nobody"}, "Choose somebody who is a partner"),
        ({**OAK, "code": "elm", "language": "xx"}, "Choose a language that we write in"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_kept(console: Console, form: dict[str, str], says: str) -> None:
    admin = await console.as_(Role.ADMINISTRATOR)
    await admin.post(_AT, OAK)
    answer = await admin.post(_AT, form)
    assert answer.status_code == 400
    assert says in answer.text
    assert len(await console.read(join_codes.everyone)) == 1


async def test_a_code_goes_to_no_one_who_is_not_a_partner(console: Console) -> None:
    admin, other = await console.as_(Role.ADMINISTRATOR), await console.as_(Role.VIEWER, name="Vic Marsh")
    await admin.post(_AT, OAK)
    assert (await admin.post(f"{_AT}/OAK-HALL", {"partner": other.staff.token})).status_code == 400
    assert (await admin.post(f"{_AT}/NONE", {"partner": ""})).status_code == 400
