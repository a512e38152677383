"""What the documents say a proxy lets through: all that people outside are sent to, and nothing of the team's."""

from __future__ import annotations

import re

import pytest

from tests.house_rules.rooms import ROOT
from tests.house_rules.test_routes import ONLY_DEMO, OPEN, PAGES

# Open without a login, and yet for the team or for who looks after the machine.
INSIDE = {"/healthz", "/readyz", "/metrics", "/sign-in", "/sign-in/code", "/sign-out", "/welcome/{link}"}
PUBLIC = sorted(set(OPEN) - INSIDE - ONLY_DEMO)
README = (ROOT / "README.md").read_text()
TOKEN = re.compile(r"\{\w+\}")


def by_caddy(path: str) -> bool:
    patterns = re.findall(r"@public path (.*)", README)[0].split()
    return any(path.startswith(one[:-1]) if one.endswith("*") else path == one for one in patterns)


def by_nginx(path: str) -> bool:
    return re.search(re.findall(r"location ~ (\S+) \{\n *proxy_pass", README)[0], path) is not None


def by_the_table(path: str) -> bool:
    row = re.findall(r"\| public to the whole world \| (.*) \|", (ROOT / "docs" / "deployment.md").read_text())[0]
    return f"/{path.split('/')[1]}" in [one.rstrip("/") for one in re.findall(r"`(/\S+)`", row)]


@pytest.mark.parametrize("path", PUBLIC)
def test_what_people_are_sent_to_is_let_through(path: str) -> None:
    path = TOKEN.sub("token", path) + ("/style.css" if path == "/assets" else "")
    assert by_caddy(path)
    assert by_nginx(path)
    assert by_the_table(path)


@pytest.mark.parametrize("path", sorted({*INSIDE, *(one.where for one in PAGES)}))
def test_what_is_the_teams_is_not(path: str) -> None:
    path = TOKEN.sub("token", path)
    assert not by_caddy(path)
    assert not by_nginx(path)
