"""NEWS: our news once a month, for those who want it; MORE brings the rest of it, part by part."""

from __future__ import annotations

import pytest

from storage import broadcasts, consents, told
from storage.broadcasts import BroadcastKind, BroadcastState
from storage.store import Tx
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone
from tests.conversations.written_to_many import NEWS, knows_all, sends, sends_news

FIRST, SECOND = "The leaflet is in every library.", "Thank you, {name}, for reading it with us."
WENT_ON, ENDED = f"{FIRST}\n{sayings.NEWS_GOES_ON}", f"Thank you, Asha, for reading it with us.\n{sayings.NEWS_ENDS}"


async def ledger(bank: Bank, phone: Phone) -> list[tuple[str, bool, bool, str]]:
    """What they agreed to besides joining, and took back."""
    person = await bank.member(phone)
    entries = await bank.asks(lambda tx: consents.history(tx, person_id=person.id))
    return [(one.purpose, one.given, one.shown, one.words) for one in entries if one.purpose == "digest"]


async def wants_news(phone: Phone) -> None:
    await phone.joins()
    await knows_all(phone.bank, phone)
    for said in ("NEWS", "yes"):
        await phone.says(said)
    phone.ignores_the_rest()


async def test_a_yes_is_kept_with_the_words_that_were_shown(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("send me the news")
    await phone.says("1")
    phone.reads(sayings.NEWS_WANTED, sayings.NEWS_BEGUN)
    person = await bank.member(phone)
    assert person.digest
    assert await ledger(bank, phone) == [("digest", True, True, sayings.NEWS_WANTED)]
    assert "digest" in await bank.asks(lambda tx: told.of(tx, person.id))


async def test_a_no_agrees_to_nothing(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await phone.says("NEWS")
    await phone.says("no thanks")
    phone.reads(sayings.NEWS_WANTED, sayings.NO_NEWS)
    assert not (await bank.member(phone)).digest
    assert await ledger(bank, phone) == []


async def test_asked_again_we_say_how_it_stands_and_it_may_end(phone: Phone, bank: Bank) -> None:
    await wants_news(phone)
    await phone.says("news")
    await phone.says("no")
    phone.reads(sayings.NEWS_GO_ON, sayings.NEWS_OVER)
    assert not (await bank.member(phone)).digest
    assert (await ledger(bank, phone))[1:] == [("digest", False, False, "no")]


async def test_to_go_on_changes_nothing(phone: Phone, bank: Bank) -> None:
    await wants_news(phone)
    await phone.says("news")
    await phone.says("yes")
    phone.reads(sayings.NEWS_GO_ON, sayings.NEWS_BEGUN)
    assert len(await ledger(bank, phone)) == 1


@pytest.mark.parametrize("said", ["STOP NEWS", "please stop the news", "no more news please"])
async def test_stop_news_ends_the_news_and_nothing_else(sms: TextPhone, bank: Bank, said: str) -> None:
    await wants_news(sms)
    await sms.says(said)
    sms.reads(sayings.NEWS_OVER)
    assert not await bank.is_stopped(sms)
    assert (await ledger(bank, sms))[1:] == [("digest", False, False, said)]
    await sms.says(said)
    sms.reads(sayings.NO_NEWS)


@pytest.mark.parametrize("said", ["STOP", "stop all", "STOP. No more news", "stop texting me news"])
async def test_a_stop_is_a_stop(sms: TextPhone, bank: Bank, said: str) -> None:
    await wants_news(sms)
    await sms.says(said)
    sms.reads(sayings.STOPPED)
    assert await bank.is_stopped(sms)


async def test_news_of_a_stranger_keeps_nothing(sms: TextPhone, bank: Bank) -> None:
    await sms.says("NEWS")
    sms.reads(sayings.NOBODY_JOINED)
    assert await bank.nobody_is_known()


async def test_news_goes_to_those_who_want_it_and_more_brings_the_rest(phone: Phone, bank: Bank) -> None:
    other = bank.phone("sms")
    await other.joins("Ben")
    await wants_news(phone)
    await sends_news(bank, FIRST, SECOND)
    phone.reads(NEWS)
    other.reads_nothing()
    await phone.says("MORE")
    phone.reads(WENT_ON)
    await phone.says("more please")
    phone.reads(ENDED)
    await phone.says("read more")
    phone.reads(sayings.NEWS_ENDS)
    assert await bank.tasks() == []


async def test_more_is_for_thirty_days(sms: TextPhone, bank: Bank) -> None:
    await wants_news(sms)
    await sends_news(bank, FIRST, SECOND)
    await sms.says("more")
    sms.ignores_the_rest()
    await bank.later(days=29)
    await sms.says("more")
    sms.reads(ENDED)
    await bank.later(days=2)
    await sms.says("more")
    sms.reads(sayings.kept("5pm"))


async def test_the_next_news_begins_anew(sms: TextPhone, bank: Bank) -> None:
    await wants_news(sms)
    await sends_news(bank, FIRST, SECOND)
    await sms.says("more")
    await bank.later(days=28)
    await sends_news(bank, "Something new.")
    await sms.says("more")
    sms.reads(NEWS, WENT_ON, NEWS, f"Something new.\n{sayings.NEWS_ENDS}")


async def test_without_news_more_is_kept_for_a_person(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("more")
    sms.reads(sayings.kept())


async def test_where_a_question_hears_more_it_is_its_answer(sms: TextPhone, bank: Bank) -> None:
    await wants_news(sms)
    await sends_news(bank, FIRST)
    sms.ignores_the_rest()
    await sms.says("JOIN")
    await sms.says("tell me more")
    sms.reads(sayings.WELCOME, sayings.ABOUT)


async def test_any_other_question_comes_again_after_it(sms: TextPhone, bank: Bank) -> None:
    await wants_news(sms)
    await sends_news(bank, FIRST)
    sms.ignores_the_rest()
    await sms.says("TIMES")
    await sms.says("more")
    sms.reads(sayings.WHEN_TO_TEXT, f"{FIRST}\n{sayings.NEWS_ENDS}", sayings.WHEN_TO_TEXT)


async def test_news_that_was_taken_back_has_no_more(sms: TextPhone, bank: Bank) -> None:
    await wants_news(sms)
    broadcast_id = await sends_news(bank, FIRST)
    sms.ignores_the_rest()

    def take_back(tx: Tx) -> None:
        broadcasts.change(tx, broadcast_id, {"state": BroadcastState.CANCELED})

    await bank.does(take_back)
    await sms.says("more")
    sms.reads(sayings.kept())


async def test_the_rest_comes_in_their_language(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    for said in ("po polsku", "nowości", "tak"):
        await telegram.says(said)
    telegram.ignores_the_rest()
    news = "Ashdale Council: mamy nową ulotkę. STOP kończy SMS-y. Aby czytać dalej, napisz WIĘCEJ."
    part = {"en": FIRST, "pl": "Ulotka jest w każdej bibliotece."}
    await sends(bank, NEWS, BroadcastKind.DIGEST, words={"en": NEWS, "pl": news}, parts=[part])
    await telegram.says("więcej")
    first, rest = (bubble.screen for bubble in telegram.unread)
    telegram.ignores_the_rest()
    assert first == news
    assert rest.startswith("Ulotka jest w każdej bibliotece.\n")
    assert sayings.NEWS_ENDS not in rest


async def test_the_news_takes_its_place_in_the_week(sms: TextPhone, bank: Bank) -> None:
    await wants_news(sms)
    await sends_news(bank, FIRST)
    sms.reads(NEWS)
    await sends_news(bank, FIRST, text="Ashdale Council: more news. STOP ends texts.")
    await bank.later(days=6)
    sms.reads_nothing()
    await bank.later(days=1)
    sms.reads("Ashdale Council: more news. STOP ends texts.")
