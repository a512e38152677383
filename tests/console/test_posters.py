"""Posters, forms and cards in the console: beside each join code, and of a project."""

from __future__ import annotations

import re
from html import unescape

import pytest

from storage import audit as audit_rows
from storage.staff import Role
from tests.bank.printed import text_of
from tests.console.desk import Console
from tests.console.test_public_pages import LEAFLET, MANAGER, plan

OAK = {"code": "oak", "label": "Poster at Oak Hall"}


async def acts(console: Console) -> list[str]:
    return [row.act for row in await console.read(lambda tx: list(audit_rows.everything(tx)))]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("poster?size=a4&language=en", "heard-oak-poster-a4-en.pdf"),
        ("poster?size=a5&language=pl", "heard-oak-poster-a5-pl.pdf"),
        ("form?language=en_GB@simple", "heard-oak-form-a4-en-gb-simple.pdf"),
        ("cards", "heard-oak-cards-a4-en.pdf"),
    ],
)
async def test_an_administrator_prints_what_carries_a_code(console: Console, path: str, name: str) -> None:
    admin = await console.as_(Role.ADMINISTRATOR)
    await admin.post("/settings/codes", OAK)
    answer = await admin.get(f"/settings/codes/OAK/{path}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert "OAK" in text_of(answer.content)
    assert (await acts(console))[-1] == "poster_made"


async def test_the_links_to_print_are_beside_each_code(console: Console) -> None:
    admin = await console.as_(Role.ADMINISTRATOR)
    await admin.post("/settings/codes", OAK)
    text = unescape((await admin.get("/settings/codes")).text)
    for href in re.findall(r'href="(/settings/codes/OAK/[^"]+)"', text):
        assert (await admin.get(href)).headers["content-type"] == "application/pdf"
    assert text.count('type="application/pdf"') == 4 * len(console.organisation.catalogs.languages)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("ELM/poster", 404, "There is no join code like that."),
        ("OAK/poster?language=cy", 409, "We do not write in that language here."),
        ("OAK/form?size=a5", 409, "made for A4 only"),
        ("OAK/mug", 404, "Page not found"),
    ],
)
async def test_what_cannot_be_printed_says_why(console: Console, path: str, status: int, says: str) -> None:
    admin = await console.as_(Role.ADMINISTRATOR)
    await admin.post("/settings/codes", OAK)
    answer = await admin.get(f"/settings/codes/{path}")
    assert (answer.status_code, says in answer.text) == (status, True)
    assert "poster_made" not in await acts(console)


async def test_a_coordinator_prints_the_poster_of_a_project(console: Console) -> None:
    leaflet = await console.write(lambda tx: plan(tx, LEAFLET, "LEAFLET"))
    coordinator = await console.as_(Role.COORDINATOR)
    answer = await coordinator.get(f"/projects/{leaflet}/poster?language=pl")
    assert answer.headers["content-disposition"] == 'attachment; filename="heard-leaflet-poster-a4-pl.pdf"'
    assert "Napiszmy na nowo ulotkę" in text_of(answer.content)
    manager = await console.write(lambda tx: plan(tx, MANAGER))
    refused = await coordinator.get(f"/projects/{manager}/poster")
    assert (refused.status_code, "no word to text yet" in refused.text) == (409, True)
    viewer = await console.as_(Role.VIEWER)
    assert (await viewer.get(f"/projects/{leaflet}/poster")).status_code == 404
