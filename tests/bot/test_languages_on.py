"""A language that nobody has signed off is not switched on for real people; in the demo every one is on."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from bot import command, house, settings, translations
from bot.settings import ROOT, SettingsMistake

BOT = {"HEARD_TELEGRAM__TOKEN": "1:a-bot", "HEARD_TELEGRAM__UPDATES": "polling"}
SIGNED = '"X-Signed-Off: agreement (Ewa K, 3 May 2026), danger (Ewa K), stop (Ewa K)\\n"'
NOTHING = '"X-Signed-Off: nothing\\n"'


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("HEARD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HEARD_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def locales(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the shipped catalogs, to sign."""
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    monkeypatch.setattr(house, "ROOT", tmp_path)
    return tmp_path / "locales"


def sign(locales: Path, language: str, line: str) -> None:
    file = locales / language / "messages.po"
    text = file.read_text(encoding="utf-8")
    assert NOTHING in text
    file.write_text(text.replace(NOTHING, line), encoding="utf-8")


def languages(monkeypatch: pytest.MonkeyPatch, asked: str | None = None, **real: str) -> tuple[str, ...]:
    for name, value in {**real, **({"HEARD_ORGANISATION__LANGUAGES": asked} if asked else {})}.items():
        monkeypatch.setenv(name, value)
    return house.organisation_of(settings.load()).catalogs.languages


def test_in_the_demo_every_language_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert languages(monkeypatch) == ("en", *translations.languages())


def test_as_shipped_only_english_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert languages(monkeypatch, **BOT) == ("en",)


@pytest.mark.parametrize(
    ("label", "asked", "says"),
    [
        ("unsigned", '["en", "pl"]', '"pl", and nobody has signed off these words in it: agreement, danger, stop.'),
        ("easy words too", '["en_GB@simple"]', '"en_GB@simple", and nobody has signed off'),
        ("no catalog", '["en", "xx"]', '"xx", which has no catalog'),
    ],
)
def test_a_language_nobody_signed_is_refused(
    label: str, asked: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsMistake) as refused:
        languages(monkeypatch, asked, **BOT)
    assert says in str(refused.value), label
    assert "HEARD_ORGANISATION__LANGUAGES" in str(refused.value)


def test_one_word_that_is_not_signed_is_enough(monkeypatch: pytest.MonkeyPatch, locales: Path) -> None:
    sign(locales, "pl", '"X-Signed-Off: agreement (Ewa K, 3 May 2026), stop\\n"')
    with pytest.raises(SettingsMistake, match=r"these words in it: danger\."):
        languages(monkeypatch, '["pl"]', **BOT)


def test_what_is_signed_is_on_and_nothing_else(monkeypatch: pytest.MonkeyPatch, locales: Path) -> None:
    sign(locales, "pl", SIGNED)
    assert languages(monkeypatch, '["pl"]', **BOT) == ("en", "pl")


def test_the_start_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, value in {**BOT, "HEARD_ORGANISATION__LANGUAGES": '["pl"]', "HEARD_PORT": "18917"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["heard", "run"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == command.MISTAKE
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith('organisation.languages (HEARD_ORGANISATION__LANGUAGES) names "pl"')
    assert not (tmp_path / "data").exists()
