"""Somebody rings the number that is for texts: whole calls, over real sockets, as Twilio leads them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from bank import calls
from bot import voice
from bot.settings import ROOT
from channels.fakes.signature import sign
from channels.fakes.twilio_call import Call
from flows import aloud
from flows.tone import message_tone, tone
from language.wording import Catalogs, Words
from storage import addresses
from storage.messages_in import tally
from storage.schema import Record
from storage.store import Away, Store
from storage.tasks import TaskKind
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bot.town import ACCOUNT, AUTH_TOKEN, OUR_NUMBER, Town, fake_telegram, fake_twilio, settled_in

ASHA, ANONYMOUS = "+447700900101", "anonymous"
# The library's own example: those from drama are none to it.
LANDLINE = phonenumbers.format_number(
    phonenumbers.example_number_for_type("GB", PhoneNumberType.FIXED_LINE), PhoneNumberFormat.E164
)


async def rings(town: Town, number: str, *keys: str | None) -> Call:
    return await town.twilio.person_rings(number, *keys, to=OUR_NUMBER, voice_url=f"{town.url}/webhooks/twilio/voice")


async def to_ring(town: Town) -> list[Record]:
    return [one for one in await town.house.store.read(looking.open_tasks) if one.kind == TaskKind.CALL]


async def test_who_presses_nothing_hears_it_twice_and_goodbye(town: Town) -> None:
    call = await rings(town, ASHA)
    said = call.said()
    assert said.startswith("Hello. This is Ashdale Council. This number is for texts.")
    assert "If you are in danger, ring 9 9 9 now." in said
    assert said.count("press 1. We will ring you back by 5pm, Tuesday 24 November.") == 2
    assert said.endswith("Thank you for ringing. Goodbye.")
    assert (call.waits, call.ended) == (2, "hangup")
    assert await town.house.store.read(looking.open_tasks) == []


async def test_a_british_voice_says_it(town: Town) -> None:
    call = await rings(town, ASHA)
    assert {(piece.voice, piece.language) for piece in call.heard} == {("Polly.Amy", "en-GB")}


async def test_who_presses_1_is_rung_back_the_next_working_day(town: Town) -> None:
    call = await rings(town, ASHA, "1")
    assert call.said().endswith(
        "Thank you. A person will ring you back by 5pm, Tuesday 24 November. "
        "If you are in danger, ring 9 9 9 now. Thank you for ringing. Goodbye."
    )
    (item,) = await to_ring(town)
    assert item.due_at == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert item.person_id is None
    assert "ask who they are" in item.words
    assert ASHA not in item.words, "the number is the address's, and shown only when it is asked for"
    address = await town.house.store.read(lambda tx: addresses.get(tx, item.address_id))
    assert (address.address, address.erase_at is not None) == (ASHA, True)


async def test_it_is_noted_on_the_second_hearing_too(town: Town) -> None:
    call = await rings(town, ASHA, None, "1")
    assert (call.waits, len(await to_ring(town))) == (2, 1)


async def test_on_a_friday_evening_monday_is_promised(town: Town) -> None:
    town.now.move(days=4, hours=8)
    call = await rings(town, ASHA, "1")
    assert "by 5pm, Monday 30 November" in call.said()
    assert (await to_ring(town))[0].due_at == datetime(2026, 11, 30, 17, tzinfo=UTC)


async def test_once_a_caller_and_day(town: Town) -> None:
    for _ in range(3):
        assert "ring you back by" in (await rings(town, ASHA, "1")).said()
    assert len(await to_ring(town)) == 1
    await rings(town, "+447700900102", "1")
    assert len(await to_ring(town)) == 2
    town.now.move(days=1)
    await rings(town, ASHA, "1")
    assert len(await to_ring(town)) == 3


async def test_another_key_is_asked_about_once_more(town: Town) -> None:
    call = await rings(town, ASHA, "5", "1")
    assert (call.waits, len(await to_ring(town))) == (2, 1)
    call = await rings(town, "+447700900102", *"5#55")
    assert (call.waits, call.ended) == (2, "hangup")
    assert call.said().endswith("Goodbye.")


@pytest.mark.parametrize("number", [ANONYMOUS, "", "+266696687"])
async def test_a_hidden_number_is_told_to_text_or_to_ring_the_care_line(town: Town, number: str) -> None:
    call = await rings(town, number, "1")
    assert (
        "We cannot see your number, so we cannot ring you back. "
        "Please text us, or ring 0 3 0 6 9, 9 9 0 1 0 0, 8am to 6pm." in call.said()
    )
    assert "9 9 9" in call.said()
    assert (call.waits, call.ended) == (0, "hangup")
    assert await town.house.store.read(looking.open_tasks) == []


async def test_without_a_care_line_they_are_told_to_text(tmp_path: Path) -> None:
    silent = {"HEARD_ORGANISATION__CARE_LINE": ""}
    async with settled_in(tmp_path, fake_twilio(), fake_telegram(), **silent) as town:
        call = await rings(town, ANONYMOUS)
        assert "Please text us. Thank you for ringing. Goodbye." in call.said()


async def test_a_dear_number_is_not_rung(town: Town) -> None:
    call = await rings(town, "+449098790101", "1")
    assert "cannot ring you back" in call.said()
    assert await town.house.store.read(looking.open_tasks) == []


async def test_a_landline_may_ring_and_is_known_for_one(town: Town) -> None:
    await rings(town, LANDLINE, "1")
    found = await town.house.store.read(lambda tx: addresses.find(tx, "sms", LANDLINE))
    assert found is not None
    assert found.landline


async def test_a_member_hears_what_everybody_hears_and_nothing_of_theirs_changes(town: Town) -> None:
    """The number can be forged."""
    for text in ("JOIN", "1", "1", "Zuleika", "STOP"):
        await town.texts(ASHA, text)
        await town.house.drain()
    before = await town.house.store.read(lambda tx: addresses.find(tx, "sms", ASHA))
    sent, took = len(await town.heard(ASHA)), await town.house.store.read(tally)
    theirs, strangers = await rings(town, ASHA, "1"), await rings(town, "+447700900102", "1")
    assert [piece.text for piece in theirs.heard] == [piece.text for piece in strangers.heard]
    assert "Zuleika" not in theirs.said()
    assert await town.house.store.read(lambda tx: addresses.find(tx, "sms", ASHA)) == before
    assert (len(await town.heard(ASHA)), await town.house.store.read(tally)) == (sent, took)
    mine = next(one for one in await to_ring(town) if one.address_id == before.id)
    assert mine.person_id is not None


async def test_whoever_rings_them_back_is_told_to_take_care(town: Town) -> None:
    await town.texts(ASHA, "my husband hits me")
    await town.texts(ASHA, "2")
    await rings(town, ASHA, "1")
    (item,) = await to_ring(town)
    assert "Ask the safeguarding lead before you ring." in item.words


async def test_somebody_who_rings_again_and_again_hears_what_matters_most(town: Town) -> None:
    for _ in range(voice.MOST_OF_ONE):
        assert "press 1" in (await rings(town, ASHA)).said()
    call = await rings(town, ASHA, "1")
    assert call.said().startswith("If you are in danger, ring 9 9 9 now. You have rung us several times.")
    assert call.waits == 0
    assert "press 1" in (await rings(town, "+447700900102")).said(), "nobody else is kept out"
    town.now.move(hours=2)
    assert "press 1" in (await rings(town, ASHA)).said()


async def test_a_machine_that_rings_without_end_finds_us_busy(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice, "MOST_OF_ALL", 3)
    ended = [(await rings(town, ANONYMOUS)).ended for _ in range(5)]
    assert ended == ["hangup"] * 3 + ["busy"] * 2
    town.now.move(minutes=2)
    assert (await rings(town, ANONYMOUS)).ended == "hangup"


async def test_while_the_database_is_away_nothing_is_promised(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(_store: Store, _work: object) -> None:
        raise Away("gone")

    monkeypatch.setattr(type(town.house.store), "write", gone)
    call = await rings(town, ASHA, "1")
    end = call.said().partition("Tuesday 24 November. ")[2]
    assert end.startswith("Sorry, that did not work. Please text us, or ring again later.")
    assert "9 9 9" in end


async def posts(town: Town, token: str = AUTH_TOKEN, method: str = "POST", **more: str) -> tuple[int, str]:
    """The status and the content type of an answer."""
    url = f"{town.url}/webhooks/twilio/voice"
    form = {"CallSid": "CA" + "1" * 32, "AccountSid": ACCOUNT, "From": ASHA, "To": OUR_NUMBER, **more}
    headers = {"X-Twilio-Signature": sign(token, url, list(form.items()))}
    async with aiohttp.ClientSession() as session, session.request(method, url, data=form, headers=headers) as answer:
        return answer.status, answer.content_type


async def test_only_twilio_is_answered_and_in_xml(town: Town) -> None:
    assert await posts(town) == (200, "text/xml")
    assert await posts(town, CallSid="", Digits="1") == (200, "text/xml"), "genuine, and no call that we know of"
    assert (await posts(town, token="another"))[0] == 403
    assert (await posts(town, AccountSid="AC" + "6" * 32, Digits="1"))[0] == 403
    assert (await posts(town, method="GET"))[0] in {404, 405}
    assert await town.house.store.read(looking.open_tasks) == []


@pytest.fixture
def catalogs() -> Catalogs:
    return Catalogs.load(ROOT / "locales")


WORDS = {name: words for name, words in vars(aloud).items() if isinstance(words, Words)}


@pytest.mark.parametrize("name", WORDS)
def test_every_word_of_it_is_plain_in_every_language(name: str, catalogs: Catalogs) -> None:
    for language in catalogs.languages:
        form = catalogs.render(WORDS[name], language, {place: f"{{{place}}}" for place in WORDS[name].places})
        assert not [*tone(form, language), *message_tone(form, language)], (language, form)
        if language != "en":
            assert catalogs.differs(WORDS[name], language) or language == "en_GB@simple", language


def test_each_language_has_its_say() -> None:
    """As it is in the demo, where every language is on."""
    answer = calls.greet(ASHA, MORNING, ASHDALE)
    assert [said.language for said in answer.asks[0]] == ["en", "pl"]
    assert "9 9 9" in answer.asks[0][1].text
    assert "24 listopada" in answer.asks[0][1].text
