"""Texts and WhatsApp: does Twilio know us, are our numbers right, and what is to be pasted at Twilio."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

from bank.organisation import Organisation
from bot.channels_on import twilio_account
from bot.doctor.finding import Finding, fine, note, wrong
from bot.doctor.twilio_words import own_words
from bot.house import organisation_of
from bot.settings import Settings
from channels.transport import NoAnswer, NotSent, Transport
from channels.twilio import webhook_addresses
from channels.twilio.problems import NOT_SENT, problem

NAME, SENDER, TEMPLATES, PASTE, TEXTS, CALLS = "Twilio", "Sender", "WhatsApp", "Twilio's webhooks", "Texts", "Calls"
_SECONDS = 5.0
_WHERE = "At Twilio: your number or Messaging Service, then its messaging settings. Calls: your number, then Voice."
# Nothing was sent on that day, so that no person's message is fetched to see whether we may fetch any.
_NO_MESSAGES = "PageSize=1&DateSent=2000-01-01"
_FILMS = "+447700900"  # Ofcom keeps 07700 900000 to 900999 for drama: nobody's phone
_E164 = re.compile(r"\+[1-9][0-9]{7,14}\Z", re.ASCII)  # ITU-T E.164: 15 digits at most
_TEMPLATE = re.compile(r"(?:text|quick-reply-[1-3]|list-picker-(?:[2-9]|10))(?::[a-z]{2,3}(?:-\w+)?)?\Z", re.ASCII)
_CONTENT_SID = re.compile(r"HX[0-9a-f]{32}\Z", re.ASCII)


async def look(settings: Settings, transport: Transport, organisation: Organisation | None = None) -> list[Finding]:
    """`organisation` is as its team has it; without it, as the file has it."""
    own = settings.twilio
    if not own.on and (own.sms_from or own.whatsapp_from or own.messaging_service_sid):
        advice = "Set twilio.account_sid and twilio.auth_token too: docs/connect-sms.md."
        return [wrong(NAME, "A number to send from is set, and no account. So texts and WhatsApp are off.", advice)]
    if not own.on:
        return [note(NAME, "Texts and WhatsApp are off.", "To connect them: docs/connect-sms.md.")]
    return [
        *await _signed_in(settings, transport),
        *_senders(settings),
        *_templates(settings),
        *_to_paste(settings),
        *await _at_the_number(settings, transport),
        *own_words(settings, organisation or organisation_of(settings)),
    ]


async def _signed_in(settings: Settings, transport: Transport) -> list[Finding]:
    """The pair that sends, and, where that is an API key, the auth token too: webhooks are signed with it."""
    account = twilio_account(settings)
    pairs = {"the sign-in that sends": account.sign_in, "the auth token": (account.account_sid, account.auth_token)}
    if account.sign_in == pairs["the auth token"]:
        del pairs["the sign-in that sends"]
    url = f"{account.api_base_url}/2010-04-01/Accounts/{account.account_sid}/Messages.json?{_NO_MESSAGES}"
    return [await _asked(transport, url, what, pair) for what, pair in pairs.items()]


async def _asked(transport: Transport, url: str, what: str, pair: tuple[str, str]) -> Finding:
    try:
        answer = await transport.call("GET", url, headers=_signing(pair), timeout=_SECONDS)
    except NotSent:
        return wrong(NAME, "Twilio cannot be reached.", problem(NOT_SENT).sentence)
    except NoAnswer:
        return wrong(
            NAME, "Twilio did not answer within 5 seconds.", "Try again. If it goes on, look at Twilio's status page."
        )
    if answer.status == 200:
        return fine(NAME, f"Twilio accepts {what}.")
    return wrong(NAME, f"Twilio does not accept {what} ({answer.status}).", _advice(answer.status, answer.body))


def _signing(pair: tuple[str, str]) -> dict[str, str]:
    return {"authorization": f"Basic {b64encode(':'.join(pair).encode()).decode()}"}


def _advice(status: int, body: bytes) -> str:
    try:
        code = json.loads(body)["code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        code = status
    return problem(str(code)).sentence


def _senders(settings: Settings) -> list[Finding]:
    own = settings.twilio
    numbers = {"sms_from": own.sms_from, "whatsapp_from": own.whatsapp_from}
    found = [_number(name, number) for name, number in numbers.items() if number]
    if own.messaging_service_sid:
        sentence = "A Messaging Service sends. People must be able to answer, so it may hold numbers only."
        found.append(note(SENDER, sentence, "Take any sender of letters, such as COUNCIL, out of its pool at Twilio."))
    if not found:
        advice = "Set twilio.sms_from, twilio.whatsapp_from or twilio.messaging_service_sid."
        return [wrong(SENDER, "No number to send from is set, so texts and WhatsApp are off.", advice)]
    return found


def _number(name: str, number: str) -> Finding:
    if not _E164.match(number):
        return wrong(SENDER, f"twilio.{name} is no whole number.", "Write it with its country code: +44, then no zero.")
    if number.startswith(_FILMS):
        return wrong(SENDER, f"twilio.{name} is a number from films.", "Put in the number that you bought at Twilio.")
    if not number.startswith("+44") and name == "sms_from":
        return note(SENDER, f"twilio.{name} is not a UK number. UK networks stop many texts from abroad.")
    return fine(SENDER, f"twilio.{name} is a whole number, with its country code.")


def _templates(settings: Settings) -> list[Finding]:
    own = settings.twilio
    if not own.whatsapp_from:
        return []
    if not own.content_templates:
        sentence = "No templates are set, so choices go as numbered lines. That works."
        return [note(TEMPLATES, sentence, "For buttons: docs/connect-whatsapp.md.")]
    odd = sorted(
        name for name, sid in own.content_templates.items() if not (_TEMPLATE.match(name) and _CONTENT_SID.match(sid))
    )
    if odd:
        advice = 'Names are like "quick-reply-3", values are "HX" and 32 digits or letters a to f.'
        return [wrong(TEMPLATES, f"These templates cannot be used: {', '.join(odd)}.", advice)]
    return [fine(TEMPLATES, f"Templates are set: {', '.join(sorted(own.content_templates))}.")]


def _to_paste(settings: Settings) -> list[Finding]:
    if not settings.public_url.startswith("https://") or "@" in settings.public_url:
        return []
    addresses = webhook_addresses(settings.public_url)
    lines = (
        f"A message comes in (POST): {addresses['message']}",
        f"Status callback (POST):    {addresses['status']}",
        f"A call comes in (POST):    {addresses['voice']}",
    )
    sentence = "Paste these whole. What follows # makes Twilio try again when we are away for a moment."
    return [note(PASTE, sentence, _WHERE, lines)]


async def _at_the_number(settings: Settings, transport: Transport) -> list[Finding]:
    """What Twilio does with whoever texts or rings our number. Where it cannot be asked, another finding says why."""
    number = settings.twilio.sms_from
    if not number or not settings.public_url.startswith("https://"):
        return []
    account = twilio_account(settings)
    numbers = f"{account.api_base_url}/2010-04-01/Accounts/{account.account_sid}/IncomingPhoneNumbers.json"
    pair = account.account_sid, account.auth_token
    try:
        answer = await transport.call(
            "GET", f"{numbers}?{urlencode({'PhoneNumber': number})}", headers=_signing(pair), timeout=_SECONDS
        )
        found = json.loads(answer.body)["incoming_phone_numbers"] if answer.status == 200 else None
    except (NotSent, NoAnswer, ValueError, KeyError, TypeError, RecursionError):
        found = None
    if not found:
        strange = note(CALLS, "twilio.sms_from is not among the numbers of this account.", "See whose number it is.")
        return [] if found is None else [strange]
    ours = webhook_addresses(settings.public_url)
    # A Messaging Service has an address of its own for what comes in.
    texts = [] if settings.twilio.messaging_service_sid else [_taken_in(found[0], ours["message"])]
    return [*texts, _answered(found[0], ours["voice"])]


def _taken_in(one: dict[str, Any], ours: str) -> Finding:
    url = one.get("sms_url") or ""
    if not one.get("sms_application_sid") and _same(url, ours):
        return fine(TEXTS, "Twilio gives us what people text to our number.")
    sentence = "Twilio gives texts to another address than ours." if url else "Twilio gives texts to nobody."
    advice = "At Twilio: your number, Messaging, A message comes in. Paste the address above, with POST. "
    return wrong(TEXTS, sentence, f"{advice}Or is public_url (HEARD_PUBLIC_URL) wrong? Both must be the same.")


def _same(url: str, ours: str) -> bool:
    return url.partition("#")[0] == ours.partition("#")[0]


def _answered(one: dict[str, Any], ours: str) -> Finding:
    url, method = one.get("voice_url") or "", one.get("voice_method") or ""
    elsewhere = one.get("voice_application_sid") or one.get("trunk_sid")
    if not elsewhere and _same(url, ours) and method.upper() == "POST":
        return fine(CALLS, "Who rings our number hears who we are, and can ask us to ring back.")
    sentence = "Who rings our number does not reach us." if url or elsewhere else "Who rings our number hears nothing."
    return wrong(CALLS, sentence, "At Twilio: your number, Voice, A call comes in. Paste the address above, with POST.")
