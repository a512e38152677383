"""What the documents say is there: every setting, variable, file, command and web address that they name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from bot import settings as settings_module
from bot.command import cli
from bot.settings import PREFIX
from tests.house_rules.rooms import ROOMS, ROOT, documents, files
from tests.house_rules.test_routes import OPEN

DOCUMENTS = documents()
# Made when Heard is set up or runs, and not part of what is handed out.
MADE_LATER = ("var/", ".venv/", "keys/")
# Made by whoever follows a recipe.
MADE_BY_A_RECIPE = re.compile(r"^New file, \*\*(\S+)\*\*:$", re.MULTILINE)
# settings.toml shows these as tables whose keys are the reader's own.
OPEN_TABLES = frozenset(
    {"organisation.crisis_numbers", "organisation.hard_words", "organisation.topics", "twilio.content_templates"}
)
COMMAND = re.compile(r"(?<![\w/.-])(?:\.venv/bin/)?heard ((?:[a-z]+)(?: upgrade)?)")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/[\w.-]*|[\w-]+\.(?:toml|md|txt|py|json)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED_VARIABLE = re.compile(r"HEARD_[A-Z][A-Z_]*[A-Z]")


def keys(table: dict[str, object], before: str = "") -> Iterator[str]:
    for name, value in table.items():
        path = f"{before}{name}"
        if isinstance(value, dict) and path not in OPEN_TABLES:
            yield from keys(value, f"{path}.")
        else:
            yield path


def ticked(document: Path) -> list[str]:
    """What stands between backticks, and in blocks of code."""
    text = document.read_text()
    blocks = re.findall(r"^ *```\w*\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    plain = re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)
    return [*re.findall(r"`([^`\n]+)`", plain), *(line.strip() for block in blocks for line in block.splitlines())]


def mentions(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    return [
        (document.name, found) for document in DOCUMENTS for span in ticked(document) for found in pattern.findall(span)
    ]


def test_settings_toml_lists_every_setting_and_no_other() -> None:
    listed = set(keys(tomllib.loads((ROOT / "settings.toml").read_text())))
    assert listed == set(settings_module.names())


def test_every_setting_has_a_comment() -> None:
    """Above it or above the run of settings that it stands in."""
    lines = (ROOT / "settings.toml").read_text().splitlines()
    runs = re.split(r"\n\s*\n", "\n".join(lines))
    assert not [run for run in runs if "=" in run and not re.search(r"^#", run, re.MULTILINE)]


def test_settings_toml_holds_no_secret() -> None:
    loaded = tomllib.loads((ROOT / "settings.toml").read_text())
    secrets = re.compile("token|key|secret|sid")
    assert not [
        f"{section}.{name}"
        for section in ("twilio", "telegram")
        for name, value in loaded[section].items()
        if secrets.search(name) and value
    ]


def test_every_variable_that_is_named_exists() -> None:
    places = [*DOCUMENTS, ROOT / "settings.toml", *files(*ROOMS)]
    known = {
        PREFIX + path.replace(".", "__").upper() for path in settings_module.names()
    } | settings_module._ABOUT_SETTINGS
    named = {(path.name, name) for path in places for name in NAMED_VARIABLE.findall(path.read_text())}
    assert named
    assert not sorted((place, name) for place, name in named if name not in known)


def test_every_command_that_is_named_exists() -> None:
    group = typer.main.get_command(cli)
    known = set(group.commands) | {"db upgrade"}  # type: ignore[attr-defined]
    named = mentions(COMMAND)
    assert {"doctor", "status", "db upgrade"} <= {name for _document, name in named}
    assert not [(document, name) for document, name in named if name not in known]


def test_every_command_is_in_the_readme() -> None:
    group = typer.main.get_command(cli)
    named = {name.partition(" ")[0] for document, name in mentions(COMMAND) if document == "README.md"}
    assert set(group.commands) <= named  # type: ignore[attr-defined]


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = mentions(re.compile(r"(?<!\w)make ([a-z-]+)"))
    assert {"run", "test"} <= {name for _document, name in named}
    assert not [(document, name) for document, name in named if name not in targets]


def test_every_file_that_is_named_exists() -> None:
    """Files by their path from the checkout; a bare name may be anywhere in the house."""
    house = {path.name for path in files(*ROOMS, "tests", "docs", suffixes=(".py", ".toml", ".md"))}
    house |= {path.name for path in ROOT.iterdir()} | {"keys.json"}
    made = {name for document in DOCUMENTS for name in MADE_BY_A_RECIPE.findall(document.read_text())}
    missing = []
    for document, name in mentions(PATH):
        if name.startswith(MADE_LATER) or name in made or not _is_ours(name):
            continue
        if not ((ROOT / name).exists() or ("/" not in name and name in house)):
            missing.append((document, name))
    assert not missing


def _is_ours(name: str) -> bool:
    return "/" not in name or name.partition("/")[0] in {*ROOMS, "tests", "docs", "bench", "locales"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = [target.partition("#")[0] for target in LINK.findall(document.read_text()) if "://" not in target]
    assert not [target for target in targets if not (document.parent / target).exists()]


def test_every_web_address_that_is_named_is_served() -> None:
    addresses = mentions(
        re.compile(r"(?:https://heard\.oakshire\.example|^)(/(?:webhooks/[\w/]+|healthz|readyz|metrics|try))")
    )
    assert {"/webhooks/twilio/message", "/healthz"} <= {address for _document, address in addresses}
    assert not [(document, address) for document, address in addresses if address not in OPEN]


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text())
    assert listed == sorted(path.name for path in folder.glob("0*.md"))


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_says_what_it_should(path: Path) -> None:
    text = path.read_text()
    for part in ("The question.", "What was tried.", "What was chosen.", "What would change our mind."):
        assert f"**{part}**" in text


@pytest.mark.parametrize("name", ["connect-sms", "connect-whatsapp", "connect-telegram"])
def test_a_guide_has_ten_steps(name: str) -> None:
    text = (ROOT / "docs" / f"{name}.md").read_text()
    assert re.findall(r"^(\d+)\. ", text, re.MULTILINE) == [str(number) for number in range(1, 11)]
