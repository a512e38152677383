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
    ({"HEARD_PUBLIC_URL": "https://https://heard.ashdale.example"}, "must be a whole address"),
    ({"HEARD_PUBLIC_URL": "https://heard.ashdale .example"}, "must be a whole address"),
    ({"HEARD_PUBLIC_URL": "https://heard.ashdale.example:8o"}, "must be a whole address"),
    ({"HEARD_PUBLIC_URL": "https://heard.ashdale.example/webhooks/twilio/message"}, "without a path"),
    ({"HEARD_PUBLIC_URL": "https://heard.ashdale.example/#rc=3"}, "without a path"),
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
    ({"HEARD_DATABASE__URL": "sqlite:///"}, "must name a file"),
    ({"HEARD_DATABASE__URL": "postgresql://heard:hush@127.0.0.1:port/heard"}, "a number as its port"),
    ({"HEARD_DATABASE__URL": "postgresql://heard:hu@sh@127.0.0.1/heard"}, "%40"),
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
    ({"HEARD_TWILIO__API_SECRET": "hush"}, "HEARD_TWILIO__API_KEY"),
    ({"HEARD_TWILIO__API_KEY": "SK1", "HEARD_TWILIO__API_SECRET": "hush"}, "HEARD_TWILIO__ACCOUNT_SID"),
    ({"HEARD_TWILIO__ACCOUNT_SID": "hush", "HEARD_TWILIO__AUTH_TOKEN": "AC1"}, "begins with AC"),
    ({"HEARD_TELEGRAM__TOKEN": "hush"}, "as BotFather gave it"),
    ({"HEARD_TELEGRAM__SECRET_TOKEN": "two words hush"}, "HEARD_TELEGRAM__SECRET_TOKEN"),
    ({"HEARD_TELEGRAM__UPDATES": "sometimes"}, "HEARD_TELEGRAM__UPDATES"),
    ({"HEARD_TELEGRAM__TOKEN": "1:hush", "HEARD_TELEGRAM__UPDATES": "webhook"}, "HEARD_TELEGRAM__SECRET_TOKEN"),
    (
        {"HEARD_TELEGRAM__TOKEN": "1:hush", "HEARD_TELEGRAM__SECRET_TOKEN": "hush"}
        | {"HEARD_TELEGRAM__UPDATES": "webhook", "HEARD_PUBLIC_URL": "http://heard.ashdale.example"},
        "Telegram calls no other",
    ),
    ({"HEARD_TELEGRAM__TOKEN": "1:hush", "HEARD_DEMO": "on"}, "demo"),
    ({"HEARD_SENDER__SMS__CALLS_AT_ONCE": "0"}, "HEARD_SENDER__SMS__CALLS_AT_ONCE"),
    ({"HEARD_PROT": "8000"}, "HEARD_PROT"),
    ({"HEARD_TWILIO__ACOUNT_SID": "AC1"}, "Did you mean HEARD_TWILIO__ACCOUNT_SID?"),
    ({"HEARD_TWILLIO__ACCOUNT_SID": "AC1"}, "Did you mean HEARD_TWILIO__ACCOUNT_SID?"),
    ({"HEARD_NONSENSE": "hush"}, "The settings are listed in settings.toml."),
    ({"HEARD_DATABASE_URL": "sqlite:///heard.db"}, "HEARD_DATABASE_URL"),
    ({"HEARD_SETTINGS": "/no/such/settings.toml"}, "/no/such/settings.toml"),
    ({"HEARD_SECRETS_DIR": "/no/such/folder"}, "/no/such/folder"),
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
        ("port = 8000", "port = ", "settings.toml, line 11"),
        ("port = 8000", "port = 8000\nport = 8000", "settings.toml, line 12: this name was given before"),
        ('token = ""', "token = hush", "this cannot be read"),
        ("[sender.sms]", "[sendr.sms]", "sendr"),
        ("pence_a_day = 5000", "", "sender.sms.pence_a_day (HEARD_SENDER__SMS__PENCE_A_DAY) is missing"),
        ("[watch]", '[watch]\nsms_from = ""', "watch.sms_from is not a setting of Heard, and twilio.sms_from is."),
        ('council = "Ashdale Council"', "council = 5", "must be text between straight quotes"),
        ('languages = ["en"]', 'languages = "en"', "must be a list in square brackets"),
        ("working_days = [1,", 'working_days = ["Mon",', "HEARD_ORGANISATION__WORKING_DAYS) must be a whole number"),
        ("Europe/London", "London", "must be a time zone, like Europe/London"),
        ("Ashdale", "Ashd\udcf4le", "not written in UTF-8"),
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
    file.write_text(SHIPPED.replace(before, after), encoding="utf-8", errors="surrogateescape")
    monkeypatch.setenv("HEARD_SETTINGS", str(file))
    said = refusal(monkeypatch, capsys)
    assert names in said
    assert "hush" not in said


def refusal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What `heard db upgrade` says when it refuses."""
    monkeypatch.setattr(sys, "argv", ["heard", "db", "upgrade"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == command.MISTAKE
    said = capsys.readouterr()
    assert said.out == ""
    sentence = said.err.removesuffix("\n")
    assert sentence.endswith((".", "?"))
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


def test_what_slips_in_at_the_ends_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line's end in a secret's file, a space after a pasted token, a mark that Windows puts before a file."""
    (tmp_path / "heard_telegram__token").write_text("1:hush\n", encoding="utf-8")
    (tmp_path / "settings.toml").write_text(SHIPPED, encoding="utf-8-sig")
    monkeypatch.setenv("HEARD_SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("HEARD_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("HEARD_TELEGRAM__SECRET_TOKEN", "hush ")
    monkeypatch.setenv("HEARD_PUBLIC_URL", " https://heard.ashdale.example/ ")
    loaded = load()
    assert (loaded.telegram.token, loaded.telegram.secret_token) == ("1:hush", "hush")
    assert loaded.public_url == "https://heard.ashdale.example"


def test_a_relative_folder_is_in_heards_own_whatever_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEARD_DATA_DIR", "var")
    assert load().data_dir == ROOT / "var"
    assert load().sqlite_file == (ROOT / "var").resolve() / "heard.db"
    monkeypatch.setenv("HEARD_DATABASE__URL", "sqlite:///rows.db")
    assert load().database_url == f"sqlite:///{ROOT / 'rows.db'}"


def test_what_others_call_a_postgresql_address_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_DATABASE__URL", "postgres://heard:hush@db/heard")
    assert load().database_url == "postgresql://heard:hush@db/heard"
    assert not load().is_sqlite


def test_settings_never_show_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = {"TWILIO__ACCOUNT_SID": "AC1", "TWILIO__API_KEY": "SK1"} | dict.fromkeys(
        ("TWILIO__AUTH_TOKEN", "TWILIO__AUTH_TOKEN_PREVIOUS", "TWILIO__API_SECRET"), "hush"
    )
    telegram = dict.fromkeys(("TELEGRAM__SECRET_TOKEN", "TELEGRAM__SECRET_TOKEN_PREVIOUS"), "hush")
    telegram["TELEGRAM__TOKEN"] = "1:hush"
    for name, value in {**secret, **telegram, "DATABASE__URL": "postgresql://heard:hush@db/heard"}.items():
        monkeypatch.setenv(f"HEARD_{name}", value)
    assert "hush" not in repr(load())
