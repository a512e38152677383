"""The demo: an invented council's bank with 60 invented members, and fake providers for their phones."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bank.organisation import Organisation
from bank.tokens import token
from bot.our_numbers import DEMO
from bot.settings import Settings
from channels.fakes.telegram import FakeTelegram
from channels.fakes.tone import CONTENT_TYPE, tone
from channels.fakes.twilio import FakeTwilio
from channels.fakes.twilio_media import path_of
from channels.media import Media
from channels.message import Channel
from storage import addresses, codes, consents, interests, needs, people, reach
from storage.addresses import AddressState
from storage.consents import Purpose
from storage.interests import InterestKind
from storage.people import PersonState
from storage.schema import Record
from storage.store import Store, Tx

MEMBERS = 60
_FIRST_MEMBER = 447700900100
_ACCOUNT = "AC" + "0" * 32
# What a member has sent by WhatsApp lies at the fake Twilio, in the same place whenever that is started.
VOICE_NOTE = Media(path_of(_ACCOUNT, 1), CONTENT_TYPE)
_NAMES = tuple(
    re.findall(
        r"\w+",
        "Asha Ben Carys Dawid Ewa Farah Gwen Hamid Ines Jarek Kath Leroy Maggie Nadia Olu Precious Quentin Rukhsana "
        "Sandeep Tomasz Una Viktor Winnie Xia Yasmin Zofia Arthur Beata Colin Dorothy Errol Fiona Gurpreet Halina "
        "Ibrahim Joyce Kuldip Lorna Marek Noor Oksana Pawel Queenie Ravi Stella Tadeusz Ursula Vera Wendy Yusuf "
        "Zainab Alfie Bernadette Chidi Doreen Elsie Frank Grazyna Hope Ivy",
    )
)
_POLISH = frozenset(
    {"Dawid", "Ewa", "Jarek", "Tomasz", "Zofia", "Beata", "Halina", "Marek", "Pawel", "Tadeusz", "Grazyna"}
)
_DISTRICTS = ("AS1", "AS2", "AS3", "AS4", "AS5", "AS7", "AS9")
_NEEDS = (
    "Large print, please",
    "A BSL interpreter",
    "A room on the ground floor",
    "Somewhere quiet to sit",
    "Notes after the meeting",
    "A hearing loop",
    "Meetings after 10am, because of buses",
)
_SKILLS = ("Baking", "Good with forms", "I was a nurse", "Drawing", "I speak Polish and English", "Listening")
_WAYS = ("in_person", "online", "phone", "post", "message")
_CODES = (
    ("OAK", "Poster at Oak Hall", None),
    ("ROBIN", "Ashdale Carers, at their coffee mornings", None),
    ("POLSKA", "Leaflet at the Polish library", "pl"),
)
_AGREED = (
    "Thank you. We will keep your number and answers, so we can invite you. To stop our texts, send STOP. OK?\n"
    "1 Yes, and I am 18 or over\n2 Tell me more\n3 No"
)


def fill(tx: Tx, organisation: Organisation, now: datetime) -> int:
    """Fill an empty bank. Returns how many members were made; 0 when there was anybody."""
    if people.count(tx):
        return 0
    chance = random.Random(1906)
    code_ids = [_code(tx, name, label, language, now) for name, label, language in _CODES]
    for number in range(MEMBERS):
        _member(tx, number, chance, organisation, code_ids, now)
    return MEMBERS


def _code(tx: Tx, name: str, label: str, language: str | None, now: datetime) -> int:
    return codes.add(tx, code=name, label=label, language=language, created_at=now - timedelta(days=400))


def _member(
    tx: Tx, number: int, chance: random.Random, organisation: Organisation, code_ids: list[int], now: datetime
) -> None:
    name = _NAMES[number]
    language = "pl" if name in _POLISH and "pl" in organisation.catalogs.languages else "en"
    joined_at = now - timedelta(days=chance.randint(8, 300), minutes=chance.randint(0, 600))
    code_id = chance.choice([*code_ids, None])
    person = people.add(
        tx,
        token=token(),
        state=PersonState.MEMBER,
        name=name,
        language=language,
        code_id=code_id,
        joined_at=joined_at,
        demo=True,
        looks_after=chance.choice(["yes", "no", None]),
        district=chance.choice([*_DISTRICTS, None]),
        skills=chance.choice([*_SKILLS, None, None]),
        asked_at=now - timedelta(days=chance.randint(0, 6)),
    )
    if code_id is not None:
        codes.count_start(tx, code_id)
        codes.count_join(tx, code_id)
    _reached(tx, person.id, number, language, joined_at)
    _told(tx, person.id, chance, organisation, joined_at)


def phone(number: int) -> tuple[Channel, str]:
    """Every third member uses WhatsApp, every fifth Telegram, the rest SMS."""
    channel = Channel.TELEGRAM if number % 5 == 4 else Channel.WHATSAPP if number % 3 == 2 else Channel.SMS
    return channel, str(700_000_000 + number) if channel is Channel.TELEGRAM else f"+{_FIRST_MEMBER + number}"


def member(tx: Tx, number: int) -> Record | None:
    """The invented member of that number, the first being 0."""
    address = addresses.find(tx, *phone(number))
    return next(iter(reach.people_at(tx, address.id)), None) if address is not None else None


def _reached(tx: Tx, person_id: int, number: int, language: str, joined_at: datetime) -> None:
    channel, address = phone(number)
    address_id = addresses.add(
        tx,
        token=token(),
        channel=channel,
        sender=channel.value,
        address=address,
        address_key=addresses.key_of(channel, address),
        state=AddressState.OPEN,
        language=language,
        last_in_at=joined_at,
        created_at=joined_at,
    )
    reach.join(tx, address_id=address_id, person_id=person_id, since=joined_at)
    consents.record(
        tx,
        Purpose.BANK,
        Purpose.MESSAGES,
        person_id=person_id,
        address_id=address_id,
        given=True,
        words=_AGREED,
        shown=True,
        language="en",
        at=joined_at,
    )


def _told(tx: Tx, person_id: int, chance: random.Random, organisation: Organisation, at: datetime) -> None:
    topics = [topic.id for topic in organisation.topics]
    interests.choose(tx, person_id, InterestKind.TOPIC, chance.sample(topics, chance.randint(0, len(topics))))
    interests.choose(tx, person_id, InterestKind.WAY, chance.sample(_WAYS, chance.randint(0, 3)))
    if chance.random() < 0.4:
        needs.add(tx, person_id=person_id, words=chance.choice(_NEEDS), at=at)


@asynccontextmanager
async def fake_providers(settings: Settings) -> AsyncIterator[Settings]:
    """Start fake providers in this process, and give the settings with which the demo speaks to them."""
    secret = token()
    twilio = FakeTwilio(_ACCOUNT, secret)
    twilio.media.keep(tone(), VOICE_NOTE.kind, 1)
    bot_token = f"1:{token()}"
    telegram = FakeTelegram(bot_token)
    twilio_url, telegram_url = await twilio.start(), await telegram.start()
    pointed = settings.model_copy(
        update={
            "demo": "on",
            "twilio": settings.twilio.model_copy(
                update={
                    "account_sid": _ACCOUNT,
                    "auth_token": secret,
                    "api_base_url": twilio_url,
                    "sms_from": DEMO.sms,
                    "whatsapp_from": DEMO.whatsapp,
                }
            ),
            "telegram": settings.telegram.model_copy(
                update={"token": bot_token, "api_base_url": telegram_url, "updates": "polling", "name": DEMO.telegram}
            ),
        }
    )
    try:
        yield pointed
    finally:
        await telegram.stop()
        await twilio.stop()


async def fill_if_empty(store: Store, organisation: Organisation, now: datetime) -> int:
    """Fill an empty database with the demo bank."""
    return await store.write(lambda tx: fill(tx, organisation, now))
