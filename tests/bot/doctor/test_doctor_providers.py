"""`heard doctor` and the providers: sign-ins, numbers, what is to be pasted, updates, and clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.doctor import at_twilio
from channels.fakes.fault import Drop
from channels.fakes.telegram import FakeTelegram
from channels.fakes.twilio import FakeTwilio
from channels.transport import Answer, Transport
from tests.bot.doctor.installation import AUTH_TOKEN, BOT, SECRET, TEXTS, Given, examined, said

# Twilio


class Noting(Transport):
    """Keeps what came back."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Answer] = []

    async def call(self, *arguments: Any, **more: Any) -> Answer:
        self.answers.append(await super().call(*arguments, **more))
        return self.answers[-1]


async def test_twilio_is_well(given: Given, twilio: FakeTwilio) -> None:
    settings = given(**{**TEXTS, "TWILIO__API_BASE_URL": twilio.url})
    findings = await examined(settings)
    assert not [finding for finding in findings if finding.well is False]
    assert said(findings, "Twilio", well=True).strip() == "Twilio accepts the auth token."
    assert "agrees with 127.0.0.1" in said(findings, "Clock", well=True)


async def test_what_is_pasted_at_twilio(given: Given, twilio: FakeTwilio) -> None:
    findings = await examined(given(**{**TEXTS, "TWILIO__API_BASE_URL": twilio.url}))
    pasted = said(findings, "Twilio's webhooks", well=None)
    assert "https://heard.oakshire.test/webhooks/twilio/message#rc=3&rp=5xx,ct,rt" in pasted
    assert "https://heard.oakshire.test/webhooks/twilio/status#rc=3&rp=5xx,ct,rt" in pasted
    assert "https://heard.oakshire.test/webhooks/twilio/voice#rc=3&rp=5xx,ct,rt" in pasted


VOICE = "https://heard.oakshire.test/webhooks/twilio/voice#rc=3&rp=5xx,ct,rt"


@pytest.mark.parametrize(
    ("label", "bought", "well", "sentence"),
    [
        ("ours", {"voice_url": VOICE, "voice_method": "POST"}, True, "hears who we are"),
        ("without what makes it try again", {"voice_url": VOICE[:-18], "voice_method": "POST"}, True, "hears who"),
        ("by GET", {"voice_url": VOICE, "voice_method": "GET"}, False, "does not reach us"),
        ("Twilio's own", {"voice_url": "https://demo.twilio.com/", "voice_method": "POST"}, False, "not reach us"),
        ("an application", {"voice_url": VOICE, "voice_method": "POST", "trunk_sid": "TK1"}, False, "reach"),
        ("none", {"voice_url": "", "voice_method": "POST"}, False, "hears nothing"),
        ("not this account's", None, None, "not among the numbers"),
    ],
)
async def test_who_rings_our_number(
    given: Given, twilio: FakeTwilio, label: str, bought: dict[str, str] | None, well: bool | None, sentence: str
) -> None:
    number = f"+44{10**9}"
    twilio.account.bought = [{"phone_number": number, **bought}] if bought else []
    findings = await examined(given(**{**TEXTS, "TWILIO__API_BASE_URL": twilio.url, "TWILIO__SMS_FROM": number}))
    assert sentence in said(findings, "Calls", well=well), label


TEXTED = "https://heard.oakshire.test/webhooks/twilio/message#rc=3&rp=5xx,ct,rt"


@pytest.mark.parametrize(
    ("label", "bought", "well", "sentence"),
    [
        ("ours", {"sms_url": TEXTED}, True, "gives us what people text"),
        ("an old name of ours", {"sms_url": TEXTED.replace("heard.", "bank.")}, False, "another address than ours"),
        ("by http", {"sms_url": TEXTED.replace("https", "http")}, False, "another address than ours"),
        ("an application", {"sms_url": TEXTED, "sms_application_sid": "AP1"}, False, "another address than ours"),
        ("none", {"sms_url": ""}, False, "to nobody"),
    ],
)
async def test_where_twilio_gives_texts(
    given: Given, twilio: FakeTwilio, label: str, bought: dict[str, str], well: bool, sentence: str
) -> None:
    number = f"+44{10**9}"
    twilio.account.bought = [{"phone_number": number, **bought}]
    variables = {**TEXTS, "TWILIO__API_BASE_URL": twilio.url, "TWILIO__SMS_FROM": number}
    findings = await examined(given(**{**variables, "TWILIO__MESSAGING_SERVICE_SID": ""}))
    assert sentence in said(findings, "Texts", well=well), label
    findings = await examined(given(**variables))
    assert not [finding for finding in findings if finding.name == "Texts"], "a service has an address of its own"


async def test_a_number_without_an_account(given: Given) -> None:
    found = said(await examined(given(TWILIO__SMS_FROM="+447700900123")), "Twilio", well=False)
    assert "no account" in found
    assert "twilio.account_sid" in found


async def test_without_a_number_there_are_no_calls(given: Given, twilio: FakeTwilio) -> None:
    findings = await examined(given(**{**TEXTS, "TWILIO__API_BASE_URL": twilio.url}))
    assert not [finding for finding in findings if finding.name == "Calls"]


async def test_the_words_for_advanced_opt_out(given: Given) -> None:
    words = said(await examined(given(**TEXTS)), "Advanced Opt-Out", well=None)
    assert "STOP (en): We have stopped. Oakshire Council will not text you again." in words
    assert "START (en): Welcome back. Oakshire Council" in words
    assert "HELP (en): Oakshire Council here." in words
    assert "Take out YES" in words
    assert "{" not in words


async def test_without_a_messaging_service_there_is_no_advanced_opt_out(given: Given) -> None:
    settings = given(**{**TEXTS, "TWILIO__MESSAGING_SERVICE_SID": "", "TWILIO__SMS_FROM": "+447700900123"})
    findings = await examined(settings)
    assert "none is set" in said(findings, "Advanced Opt-Out", well=None)
    assert "a number from films" in said(findings, "Sender", well=False)


@pytest.mark.parametrize(
    ("label", "number", "well", "sentence"),
    [
        ("none at all", "", False, "No number to send from is set"),
        ("half a number", "+44770", False, "is no whole number"),
        ("from films", "+447700900123", False, "a number from films"),
        ("from abroad", "+15005550006", None, "is not a UK number"),
        ("whole", f"+44{10**9}", True, "is a whole number"),
    ],
)
async def test_the_number_we_send_from(given: Given, label: str, number: str, well: bool | None, sentence: str) -> None:
    settings = given(**{**TEXTS, "TWILIO__MESSAGING_SERVICE_SID": "", "TWILIO__SMS_FROM": number})
    assert sentence in said(await examined(settings), "Sender", well=well), label


@pytest.mark.parametrize(
    ("label", "key", "secret", "token", "wrong_of"),
    [
        ("both right", "SK1", "a-secret-of-the-key", AUTH_TOKEN, []),
        ("the key's secret wrong", "SK1", "another", AUTH_TOKEN, ["the sign-in that sends"]),
        ("the auth token wrong", "SK1", "a-secret-of-the-key", "another", ["the auth token"]),
        ("no key, and the token wrong", "", "", "another", ["the auth token"]),
    ],
)
async def test_both_sign_ins_are_tried(
    given: Given, twilio: FakeTwilio, label: str, key: str, secret: str, token: str, wrong_of: list[str]
) -> None:
    settings = given(
        **{
            **TEXTS,
            "TWILIO__API_BASE_URL": twilio.url,
            "TWILIO__API_KEY": key,
            "TWILIO__API_SECRET": secret,
            "TWILIO__AUTH_TOKEN": token,
        }
    )
    refused = said(await examined(settings), "Twilio", well=False)
    assert [what for what in ("the sign-in that sends", "the auth token") if f"accept {what}" in refused] == wrong_of
    assert ("Check the account SID, token and API key." in refused) is bool(wrong_of), label


async def test_no_message_of_anybody_is_fetched(given: Given, twilio: FakeTwilio) -> None:
    await twilio.person_sends("+447700900123", "Private", to="+447700900999")
    await at_twilio.look(given(**{**TEXTS, "TWILIO__API_BASE_URL": twilio.url}), noting := Noting())
    await noting.close()
    assert [answer.status for answer in noting.answers] == [200]
    assert b"Private" not in noting.answers[0].body


async def test_twilio_away(given: Given) -> None:
    assert "cannot be reached" in said(await examined(given(**TEXTS)), "Twilio", well=False)


async def test_twilio_that_does_not_answer(given: Given, twilio: FakeTwilio) -> None:
    twilio.list_script.always(Drop())
    findings = await examined(given(**{**TEXTS, "TWILIO__API_BASE_URL": twilio.url}))
    assert "did not answer" in said(findings, "Twilio", well=False)


@pytest.mark.parametrize(
    ("label", "templates", "well", "sentence"),
    [
        ("none", {}, None, "numbered lines"),
        ("right", {"quick-reply-3": "HX" + "0" * 32, "list-picker-6:pl": "HX" + "a" * 32}, True, "list-picker-6:pl"),
        ("right", {"text": "HX" + "0" * 32, "text:pl": "HX" + "a" * 32}, True, "text, text:pl"),
        ("four buttons", {"quick-reply-4": "HX" + "0" * 32}, False, "quick-reply-4"),
        ("no ContentSid", {"quick-reply-2": "yes"}, False, "quick-reply-2"),
    ],
)
async def test_whatsapp_templates(
    given: Given, label: str, templates: dict[str, str], well: bool | None, sentence: str
) -> None:
    settings = given(**TEXTS, TWILIO__WHATSAPP_FROM="+447700900123")
    settings = settings.model_copy(
        update={"twilio": settings.twilio.model_copy(update={"content_templates": templates})}
    )
    assert sentence in said(await examined(settings), "WhatsApp", well=well), label


# Telegram


async def _calls_us(telegram: FakeTelegram, url: str) -> None:
    await telegram.delivery.set_webhook({"url": url, "secret_token": SECRET})


async def test_telegram_is_well_by_webhook(given: Given, telegram: FakeTelegram) -> None:
    await _calls_us(telegram, "https://heard.oakshire.test/webhooks/telegram")
    findings = await examined(given(**{**BOT, "TELEGRAM__API_BASE_URL": telegram.url}))
    assert not [finding for finding in findings if finding.well is False]
    assert "@ashdale_heard_bot" in said(findings, "Telegram", well=True)
    assert "Telegram calls us" in said(findings, "Telegram's updates", well=True)


@pytest.mark.parametrize(
    ("label", "url", "sentence"),
    [("none set", "", "does not know our address"), ("another", "https://other.test/x", "another address than ours")],
)
async def test_telegram_calls_elsewhere(
    given: Given, telegram: FakeTelegram, label: str, url: str, sentence: str
) -> None:
    if url:
        await _calls_us(telegram, url)
    findings = await examined(given(**{**BOT, "TELEGRAM__API_BASE_URL": telegram.url}))
    assert sentence in said(findings, "Telegram's updates", well=False), label


async def test_telegram_is_asked_where_it_cannot_call(given: Given, telegram: FakeTelegram) -> None:
    variables = {**BOT, "PUBLIC_URL": "http://127.0.0.1:8000", "TELEGRAM__API_BASE_URL": telegram.url}
    assert "We ask Telegram" in said(await examined(given(**variables)), "Telegram's updates", well=True)
    await _calls_us(telegram, "https://other.test/x")
    assert "calls an address instead" in said(await examined(given(**variables)), "Telegram's updates", well=False)


async def test_updates_wait_and_fail(given: Given, telegram: FakeTelegram) -> None:
    await _calls_us(telegram, "https://heard.oakshire.test/webhooks/telegram")
    await telegram.courier.stop()
    telegram.courier.webhook = None
    for number in range(51):
        await telegram.person(700_000_000 + number).says("Hello")
    settings = given(**{**BOT, "TELEGRAM__API_BASE_URL": telegram.url})
    now = datetime.now(UTC)
    telegram.courier.last_error = (now - timedelta(minutes=5), "Connection refused")
    updates = said(await examined(settings, now), "Telegram's updates", well=False)
    assert "51 updates are waiting" in updates
    assert "Connection refused" in updates
    telegram.courier.last_error = (now - timedelta(minutes=30), "Connection refused")
    assert "Connection refused" not in said(await examined(settings, now), "Telegram's updates", well=False)


async def test_a_token_that_telegram_does_not_know(given: Given, telegram: FakeTelegram) -> None:
    variables = {**BOT, "TELEGRAM__TOKEN": "123456:another", "TELEGRAM__API_BASE_URL": telegram.url}
    assert "does not know the bot's token" in said(await examined(given(**variables)), "Telegram", well=False)


async def test_telegram_away(given: Given) -> None:
    assert "could not be reached" in said(await examined(given(**BOT)), "Telegram", well=False)


async def test_a_short_secret(given: Given, telegram: FakeTelegram) -> None:
    variables = {**BOT, "TELEGRAM__API_BASE_URL": telegram.url, "TELEGRAM__SECRET_TOKEN": "short"}
    assert "is short" in said(await examined(given(**variables)), "Telegram's secret", well=False)


# The clock


@pytest.mark.parametrize(("minutes", "direction"), [(-60, "behind"), (60, "ahead of")])
async def test_a_clock_that_the_providers_contradict(
    given: Given, twilio: FakeTwilio, minutes: int, direction: str
) -> None:
    settings = given(**{**TEXTS, "TWILIO__API_BASE_URL": twilio.url})
    findings = await examined(settings, datetime.now(UTC) + timedelta(minutes=minutes))
    assert f"seconds {direction} 127.0.0.1" in said(findings, "Clock", well=False)
