"""Join codes: an administrator adds one, gives it to a partner, and the partner sees what came of it."""

from __future__ import annotations

import pytest

from bank import join_codes
from bank.join_codes import JoinCode
from storage import audit as audit_rows
from storage.staff import Role
from storage.store import Tx
from tests.console.desk import Console

_AT = "/settings/codes"
OAK = {"code": "oak-hall", "label": "Poster at Oak Hall"}


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


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({**OAK, "code": "x"}, "Enter 2 to 20 letters"),
        ({**OAK, "code": "two words"}, "Enter 2 to 20 letters"),
        ({**OAK, "code": "Oak-hall", "label": "Another"}, "There is a code like this already"),
        ({**OAK, "label": ""}, "Say where people find it"),
        ({**OAK, "code": "elm", "partner": "nobody"}, "Choose somebody who is a partner"),
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
