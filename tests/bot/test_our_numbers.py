"""Where people write to us, as posters and public pages show it: only what is on, and the demo's in the demo."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bank.our_numbers import OurNumbers
from bot import settings as settings_file
from bot.our_numbers import DEMO, our_numbers

TWILIO = {"HEARD_TWILIO__ACCOUNT_SID": "AC" + "0" * 32, "HEARD_TWILIO__AUTH_TOKEN": "invented"}
SMS = {"HEARD_TWILIO__SMS_FROM": "+447700900123"}
WHATSAPP = {"HEARD_TWILIO__WHATSAPP_FROM": "+447700900124"}
NAME = {"HEARD_TELEGRAM__NAME": "AshdaleBot"}
TELEGRAM = {"HEARD_TELEGRAM__TOKEN": "1:invented"}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], OurNumbers]:
    def show(own: dict[str, str]) -> OurNumbers:
        for name, value in own.items():
            monkeypatch.setenv(name, value)
        return our_numbers(settings_file.load())

    return show


@pytest.mark.parametrize(
    ("own", "numbers"),
    [
        ({}, DEMO),
        (TWILIO | SMS, OurNumbers(sms="+447700900123")),
        (TWILIO | SMS | WHATSAPP, OurNumbers("+447700900123", "+447700900124")),
        (TELEGRAM | NAME, OurNumbers(telegram="AshdaleBot")),
        (TWILIO | SMS | NAME, OurNumbers(sms="+447700900123")),
        (TELEGRAM, OurNumbers()),
        (TELEGRAM | SMS, OurNumbers()),
    ],
)
def test_what_is_on_is_shown(
    shown: Callable[[dict[str, str]], OurNumbers], own: dict[str, str], numbers: OurNumbers
) -> None:
    assert shown(own) == numbers


@pytest.mark.parametrize("name", ["@AshdaleBot", "t.me/AshdaleBot", "x" * 40])
def test_a_bots_name_is_only_the_name(shown: Callable[[dict[str, str]], OurNumbers], name: str) -> None:
    with pytest.raises(settings_file.SettingsMistake, match=r"telegram\.name"):
        shown(TELEGRAM | {"HEARD_TELEGRAM__NAME": name})
