"""A bank and a phone for each dialogue."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator, Generator, Iterator
from zlib import crc32
from zoneinfo import ZoneInfo

import pytest

from bank.organisation import Organisation, Topic
from bot.channels_on import measure
from bot.settings import ROOT
from channels.telegram.adapter import TelegramAdapter
from channels.transport import Transport
from channels.twilio import TwilioAdapter
from language.wording import Catalogs
from storage.store import Store
from tests.conftest import Fresh
from tests.conversations import letters
from tests.conversations.banks import Bank
from tests.conversations.moving_clock import MovingClock
from tests.conversations.phones import Phone, TelegramPhone, TextPhone

CHANNELS = ["sms", "whatsapp", "telegram"]
ON_EVERY_CHANNEL = {"test_joining", "test_agreement", "test_stop_and_start", "test_promise_3_repeats"}


@pytest.fixture(scope="session")
def organisation() -> Organisation:
    """Ashdale Council, as the shipped settings describe it."""
    own = tomllib.loads((ROOT / "settings.toml").read_text(encoding="utf-8"))["organisation"]
    return Organisation(
        council=own["council"],
        zone=ZoneInfo(own["zone"]),
        emergency=own["emergency"],
        child_helpline=own["child_helpline"],
        privacy_url=own["privacy_url"],
        topics=tuple(Topic(name, wording) for name, wording in own["topics"].items()),
        catalogs=Catalogs.load(ROOT / "locales"),
    )


@pytest.fixture(scope="session")
def twilio() -> TwilioAdapter:
    return TwilioAdapter(letters.TWILIO, Transport(), measure)


@pytest.fixture(scope="session")
def telegram_bot() -> TelegramAdapter:
    return TelegramAdapter(letters.TELEGRAM, Transport())


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """SQLite, and where a dialogue asks for both, PostgreSQL as well."""
    fresh: Fresh = request.getfixturevalue(f"fresh_{getattr(request, 'param', 'sqlite')}")
    with fresh() as url:
        yield url


_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_failed] = report.failed
    return report


@pytest.fixture
async def bank(
    request: pytest.FixtureRequest,
    store: Store,
    organisation: Organisation,
    twilio: TwilioAdapter,
    telegram_bot: TelegramAdapter,
) -> AsyncIterator[Bank]:
    """A bank that nobody has written to. In the end nothing said to anybody may have gone unread."""
    opened = Bank(store, organisation, MovingClock(), twilio, telegram_bot)
    yield opened
    if request.node.stash[_failed]:
        return
    await opened.is_in_order()
    for phone in opened.phones:
        phone.reads_nothing()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The dialogues that everything rests on are held on every channel; each of the others on one of them."""
    if "phone" not in metafunc.fixturenames:
        return
    every = metafunc.module.__name__.rpartition(".")[2] in ON_EVERY_CHANNEL
    one = CHANNELS[crc32(metafunc.definition.name.encode()) % len(CHANNELS)]
    metafunc.parametrize("phone", CHANNELS if every else [one], indirect=True)


@pytest.fixture
def phone(request: pytest.FixtureRequest, bank: Bank) -> Phone:
    """A stranger's phone."""
    return bank.phone(request.param)


@pytest.fixture
def sms(bank: Bank) -> TextPhone:
    found = bank.phone("sms")
    assert isinstance(found, TextPhone)
    return found


@pytest.fixture
def telegram(bank: Bank) -> TelegramPhone:
    found = bank.phone("telegram")
    assert isinstance(found, TelegramPhone)
    return found
