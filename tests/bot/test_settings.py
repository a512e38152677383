"""A mistake in the settings is one plain sentence that names the key, and the command ends with 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import command
from bot.settings import ROOT, load

SHIPPED = (ROOT / "settings.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("HEARD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HEARD_DATA_DIR", str(tmp_path / "data"))


MISTAKES: list[tuple[dict[str, str], str]] = [
    ({"HEARD_PUBLIC_URL": "ftp://ashdale.example"}, "HEARD_PUBLIC_URL"),
    ({"HEARD_PORT": "0"}, "HEARD_PORT"),
    ({"HEARD_PORT": "70000"}, "HEARD_PORT"),
    ({"HEARD_PORT": "http"}, "HEARD_PORT"),
    ({"HEARD_TRUSTED_PROXIES": "10.0.0.2"}, "HEARD_TRUSTED_PROXIES"),
    ({"HEARD_TRUSTED_PROXIES": '["*"]'}, "HEARD_TRUSTED_PROXIES"),
    ({"HEARD_TRUSTED_PROXIES": '["proxy.ashdale.example"]'}, "HEARD_TRUSTED_PROXIES"),
    ({"HEARD_DEMO": "maybe"}, "HEARD_DEMO"),
    ({"HEARD_LOG_LEVEL": "loud"}, "HEARD_LOG_LEVEL"),
    ({"HEARD_DATABASE__URL": "mysql://user@host/name"}, "HEARD_DATABASE__URL"),
    ({"HEARD_DATABASE__URL": "heard.db"}, "HEARD_DATABASE__URL"),
    ({"HEARD_ORGANISATION__COUNCIL": ""}, "HEARD_ORGANISATION__COUNCIL"),
    ({"HEARD_ORGANISATION__COUNCIL": "x" * 41}, "HEARD_ORGANISATION__COUNCIL"),
    ({"HEARD_ORGANISATION__ZONE": "Europe/Lundon"}, "HEARD_ORGANISATION__ZONE"),
    ({"HEARD_ORGANISATION__WORKING_DAYS": "[0, 1]"}, "HEARD_ORGANISATION__WORKING_DAYS"),
    ({"HEARD_ORGANISATION__WORKING_DAYS": "[]"}, "HEARD_ORGANISATION__WORKING_DAYS"),
    ({"HEARD_ORGANISATION__WORKING_DAYS": "Monday"}, "HEARD_ORGANISATION__WORKING_DAYS"),
    ({"HEARD_ORGANISATION__OPENS": "nine"}, "HEARD_ORGANISATION__OPENS"),
    ({"HEARD_ORGANISATION__OPENS": "18:00"}, "HEARD_ORGANISATION__OPENS"),
    ({"HEARD_ORGANISATION__BANK_HOLIDAYS": "wales"}, "HEARD_ORGANISATION__BANK_HOLIDAYS"),
    ({"HEARD_ORGANISATION__NUMBERS_CHECKED": "yesterday"}, "HEARD_ORGANISATION__NUMBERS_CHECKED"),
    ({"HEARD_ORGANISATION__LANGUAGES": "en"}, "HEARD_ORGANISATION__LANGUAGES"),
    ({"HEARD_ORGANISATION__CARE_LINE": "x" * 61}, "HEARD_ORGANISATION__CARE_LINE"),
    ({"HEARD_ORGANISATION__TOPICS": '{"care": {"pl": "Opieka"}}'}, "HEARD_ORGANISATION__TOPICS"),
    ({"HEARD_ORGANISATION__SEGMENT_PRICE": "2.4p"}, "HEARD_ORGANISATION__SEGMENT_PRICE"),
    ({"HEARD_ORGANISATION__MUST_MEND": '["no_fun"]'}, "HEARD_ORGANISATION__MUST_MEND"),
    ({"HEARD_ORGANISATION__HARD_WORDS": '{"en": "hub"}'}, "HEARD_ORGANISATION__HARD_WORDS"),
    ({"HEARD_TWILIO__SMS_FROM": "07700 900123"}, "HEARD_TWILIO__SMS_FROM"),
    ({"HEARD_TWILIO__TIMEOUT_SECONDS": "0"}, "HEARD_TWILIO__TIMEOUT_SECONDS"),
    ({"HEARD_TWILIO__ACCOUNT_SID": "AC1"}, "HEARD_TWILIO__AUTH_TOKEN"),
    ({"HEARD_TWILIO__AUTH_TOKEN": "hush"}, "HEARD_TWILIO__ACCOUNT_SID"),
    ({"HEARD_TWILIO__API_KEY": "SK1"}, "HEARD_TWILIO__API_SECRET"),
    ({"HEARD_TELEGRAM__SECRET_TOKEN": "two words hush"}, "HEARD_TELEGRAM__SECRET_TOKEN"),
    ({"HEARD_TELEGRAM__UPDATES": "sometimes"}, "HEARD_TELEGRAM__UPDATES"),
    ({"HEARD_TELEGRAM__TOKEN": "1:hush", "HEARD_TELEGRAM__UPDATES": "webhook"}, "HEARD_TELEGRAM__SECRET_TOKEN"),
    ({"HEARD_TELEGRAM__TOKEN": "1:hush", "HEARD_DEMO": "on"}, "demo"),
    ({"HEARD_SENDER__SMS__CALLS_AT_ONCE": "0"}, "HEARD_SENDER__SMS__CALLS_AT_ONCE"),
    ({"HEARD_PROT": "8000"}, "HEARD_PROT"),
    ({"HEARD_TWILIO__ACOUNT_SID": "AC1"}, "HEARD_TWILIO__ACOUNT_SID"),
    ({"HEARD_DATABASE_URL": "sqlite:///heard.db"}, "HEARD_DATABASE_URL"),
    ({"HEARD_SETTINGS": "/no/such/settings.toml"}, "settings.toml"),
]


@pytest.mark.parametrize(("variables", "names"), MISTAKES, ids=[" ".join(one) for one, _name in MISTAKES])
def test_a_mistake_is_one_plain_sentence(
    variables: dict[str, str], names: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    said = refusal(monkeypatch, capsys)
    assert names in said
    assert "hush" not in said


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("port = 8000", "prot = 8000", "prot"),
        ("port = 8000", "", "port"),
        ('sms_from = ""', 'sms_form = ""', "twilio.sms_form"),
        ("port = 8000", 'port = "x"', "port"),
        ("port = 8000", "port = ", "settings.toml"),
        ("[sender.sms]", "[sendr.sms]", "sendr"),
    ],
)
def test_a_mistake_in_the_file_is_one_plain_sentence(
    before: str,
    after: str,
    names: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(SHIPPED.replace(before, after), encoding="utf-8")
    monkeypatch.setenv("HEARD_SETTINGS", str(file))
    assert names in refusal(monkeypatch, capsys)


def refusal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What `heard db upgrade` says when it refuses."""
    monkeypatch.setattr(sys, "argv", ["heard", "db", "upgrade"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == command.MISTAKE
    said = capsys.readouterr()
    assert said.out == ""
    sentence = said.err.removesuffix("\n")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


def test_the_command_itself_says_it(tmp_path: Path) -> None:
    wrong = {"PATH": os.environ["PATH"], "HEARD_PORT": "http", "HEARD_DATA_DIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "status"], env=wrong, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.count("\n") == 1
    assert "HEARD_PORT" in ended.stderr


def test_what_is_shipped_is_right_and_a_demo() -> None:
    loaded = load()
    assert loaded.is_demo
    assert not loaded.has_channel
    assert loaded.organisation.council == "Ashdale Council"


def test_variables_win_over_the_file_and_secrets_lie_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "heard_telegram__token").write_text("1:from-the-folder", encoding="utf-8")
    (tmp_path / "heard_telegram__secret_token").write_text("from-the-folder", encoding="utf-8")
    monkeypatch.setenv("HEARD_SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("HEARD_TELEGRAM__TOKEN", "1:from-a-variable")
    monkeypatch.setenv("HEARD_PORT", "8123")
    loaded = load()
    assert (loaded.port, loaded.telegram.token) == (8123, "1:from-a-variable")
    assert loaded.telegram.secret_token == "from-the-folder"
    assert not loaded.is_demo


def test_settings_never_show_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = {"TWILIO__ACCOUNT_SID": "AC1", "TWILIO__API_KEY": "SK1"} | dict.fromkeys(
        ("TWILIO__AUTH_TOKEN", "TWILIO__AUTH_TOKEN_PREVIOUS", "TWILIO__API_SECRET"), "hush"
    )
    telegram = dict.fromkeys(("TELEGRAM__TOKEN", "TELEGRAM__SECRET_TOKEN", "TELEGRAM__SECRET_TOKEN_PREVIOUS"), "hush")
    for name, value in {**secret, **telegram, "DATABASE__URL": "postgresql://heard:hush@db/heard"}.items():
        monkeypatch.setenv(f"HEARD_{name}", value)
    assert "hush" not in repr(load())
