"""The sections of the settings, and what each value in them must be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from ipaddress import ip_network
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from language.finding import Code

# What Telegram allows there (Bot API, setWebhook).
_SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{0,256}")


def _https_or_local(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError("must begin with https:// (or http:// on this machine)")
    return url.rstrip("/")


def _public(url: str) -> str:
    """Scheme, host and perhaps a port: providers are given addresses that begin with it, and Twilio signs them."""
    url = url and _https_or_local(url)
    if url and (not _is_url(url) or url.count("//") > 1):
        raise ValueError("must be a whole address, like https://heard.ashdale.example")
    split = urlsplit(url)
    if split.path or split.query or split.fragment:
        raise ValueError("must end after the name of the machine, like https://heard.ashdale.example, without a path")
    return url


def _is_url(url: str) -> bool:
    """Whether there is a machine in it, with a number as its port if there is one, and no space anywhere."""
    try:
        split = urlsplit(url)
        return bool(split.hostname) and split.port != 0 and not any(letter.isspace() for letter in url)
    except ValueError:
        return False


def _number_or_empty(number: str) -> str:
    if number and not (number.startswith("+") and number[1:].isdigit()):
        raise ValueError("must be a number with its country code and no spaces, like +447700900123")
    return number


def _database_or_empty(url: str) -> str:
    url = f"postgresql://{url.removeprefix('postgres://')}" if url.startswith("postgres://") else url
    if url and not url.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    if url.startswith("sqlite:///") and url.removeprefix("sqlite:///") in {"", ":memory:"}:
        raise ValueError("must name a file: sqlite:///path/to/heard.db")
    if url.startswith("postgresql://"):
        _reachable(url)
    return url


def _reachable(url: str) -> None:
    if url.partition("?")[0].count("@") > 1:
        raise ValueError("must have %40 in place of an @ that belongs to the password")
    try:
        _ = urlsplit(url).port
    except ValueError:
        raise ValueError("must be like postgresql://user:password@host:5432/name, with a number as its port") from None


def _bot_token(token: str) -> str:
    number, colon, rest = token.partition(":")
    if token and not (number.isdigit() and colon and rest):
        raise ValueError("must be as BotFather gave it, without quotes: digits, a colon, then letters and digits")
    return token


def _secret_token(secret: str) -> str:
    if not _SECRET_TOKEN.fullmatch(secret):
        raise ValueError("must be letters, digits, - and _ alone, 256 at most")
    return secret


def _addresses(given: tuple[str, ...]) -> tuple[str, ...]:
    for one in given:
        try:
            ip_network(one)
        except ValueError:
            raise ValueError('must be addresses or networks, like ["127.0.0.1", "10.0.0.0/24"]') from None
    return given


Url = Annotated[str, AfterValidator(_https_or_local)]
PublicUrl = Annotated[str, AfterValidator(_public)]
UrlOrEmpty = Annotated[str, AfterValidator(lambda url: url and _https_or_local(url))]
Number = Annotated[str, AfterValidator(_number_or_empty)]
DatabaseUrl = Annotated[str, AfterValidator(_database_or_empty)]
BotToken = Annotated[str, AfterValidator(_bot_token)]
SecretToken = Annotated[str, AfterValidator(_secret_token)]
Addresses = Annotated[tuple[str, ...], AfterValidator(_addresses)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


class DatabaseSettings(_Section):
    url: DatabaseUrl = Field("", repr=False)  # it may hold a password


class OrganisationSettings(_Section):
    council: str = Field(min_length=1, max_length=40)
    zone: ZoneInfo
    privacy_url: str
    emergency: str = Field(min_length=1)
    child_helpline: str
    numbers_owner: str
    numbers_checked: date
    crisis_numbers: Mapping[str, str] = {}
    out_of_hours: Number = ""
    out_of_hours_words: str = ""
    working_days: frozenset[int]
    opens: time
    closes: time
    bank_holidays: Literal["england-and-wales", "scotland", "northern-ireland"]
    care_line: str = Field(max_length=60)
    care_owner: str
    days_to_answer: int = Field(2, ge=1, le=20)
    most_a_week: int = Field(1, ge=0, le=50)
    approve_above: int = Field(100, ge=0, le=1_000_000)
    smallest_shown: int = Field(10, ge=5, le=1000)
    languages: tuple[str, ...]
    topics: Mapping[str, Mapping[str, str]]
    hard_words: Mapping[str, Mapping[str, str]] = {}
    segment_price: int = Field(24, ge=0, le=1000)
    domains: frozenset[str] = frozenset()
    must_mend: frozenset[str] = frozenset()

    @field_validator("working_days")
    @classmethod
    def _are_days(cls, days: frozenset[int]) -> frozenset[int]:
        if not days or not days <= {1, 2, 3, 4, 5, 6, 7}:
            raise ValueError("must be numbers from 1 (Monday) to 7 (Sunday), and at least one")
        return days

    @field_validator("topics")
    @classmethod
    def _have_english(cls, topics: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
        for name, wording in topics.items():
            if not wording.get("en"):
                raise ValueError(f'must have English words (en = "...") for {name}')
        return topics

    @field_validator("must_mend")
    @classmethod
    def _are_findings(cls, codes: frozenset[str]) -> frozenset[str]:
        if unknown := sorted(codes - set(Code)):
            raise ValueError(f"has {unknown[0]}, which is no finding; there are {', '.join(Code)}")
        return codes


class TwilioSettings(_Section):
    account_sid: str = ""
    auth_token: str = Field("", repr=False)
    auth_token_previous: str = Field("", repr=False)
    api_key: str = ""
    api_secret: str = Field("", repr=False)
    api_base_url: Url = "https://api.twilio.com"
    sms_from: Number = ""
    whatsapp_from: Number = ""
    messaging_service_sid: str = ""
    timeout_seconds: float = Field(10, gt=0, le=60)
    content_templates: Mapping[str, str] = {}

    @property
    def has_plain_template(self) -> bool:
        """Whether WhatsApp messages can go to somebody who last wrote more than a day ago."""
        return any(name.partition(":")[0] == "text" for name in self.content_templates)

    @property
    def on(self) -> bool:
        return bool(self.account_sid and self.auth_token)


class TelegramSettings(_Section):
    token: BotToken = Field("", repr=False)
    secret_token: SecretToken = Field("", repr=False)
    secret_token_previous: str = Field("", repr=False)
    api_base_url: Url = "https://api.telegram.org"
    timeout_seconds: float = Field(10, gt=0, le=60)
    updates: Literal["auto", "webhook", "polling"] = "auto"
    name: str = Field("", pattern=r"^[A-Za-z0-9_]{0,32}$")

    @property
    def on(self) -> bool:
        return bool(self.token)


class OneSender(_Section):
    """Nought is no limit."""

    calls_at_once: int = Field(32, ge=1, le=1000)
    per_second: float = Field(0, ge=0, le=2000)


class PaidSender(OneSender):
    """One whose messages cost something: how many pence a day, at most. The file must say it: no limit is a choice."""

    pence_a_day: int = Field(ge=0)


class PricedSender(PaidSender):
    """`price` of a message, in tenths of a penny; an SMS has organisation.segment_price."""

    price: int = Field(ge=0, le=1000)


class SenderSettings(_Section):
    sms: PaidSender
    whatsapp: PricedSender
    telegram: OneSender = OneSender()


class WatchSettings(_Section):
    heartbeat_url: UrlOrEmpty = Field("", repr=False)  # who knows it can call in our place
    heartbeat_fail_url: UrlOrEmpty = Field("", repr=False)
