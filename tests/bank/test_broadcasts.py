"""One message for many: everybody who may be written to has exactly one row, at one address, in words of their own."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest

from bank import broadcasts
from channels.message import Channel
from storage import addresses, outbox, people, reach
from storage import broadcasts as kept
from storage.broadcasts import BroadcastState
from storage.keys import KeyRing
from storage.outbox import OutState
from storage.people import PersonState
from storage.schema import Record
from storage.store import Store, Tx, open_store
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bank.members import begun, claimed, crowd, written_to_all
from tests.bank.posting import joined
from tests.bank.several_ways import reached_by

MEMBERS, AT_ONCE = 120, 7


class PowerCut(Exception):
    """The process dies in the middle of a work: nothing of it is kept."""


def rows_of(tx: Tx, broadcast_id: int) -> list[Record]:
    rows = outbox.messages_out.select().where(outbox.messages_out.c.broadcast_id == broadcast_id)
    return list(tx.execute(rows.order_by(outbox.messages_out.c.id)))


async def test_everybody_has_exactly_one_row_though_two_processes_queue_it_and_die_in_the_middle(
    store: Store, database_url: str, keys: KeyRing
) -> None:
    other = open_store(database_url, keys)
    works = Counter[str]()

    def work(tx: Tx) -> bool:
        more = broadcasts.queue_more(tx, news, MORNING, ASHDALE, AT_ONCE)
        works["news_id"] += 1
        if works["news_id"] % 3 == 0:
            raise PowerCut
        return more

    async def queues(whose: Store) -> None:
        more = True
        while more:
            try:
                more = await whose.write(work)
            except PowerCut:
                continue

    try:
        everybody = await store.write(lambda tx: crowd(tx, MEMBERS))
        news = await store.write(lambda tx: begun(tx, {"en": "News."}, MORNING))
        await asyncio.gather(queues(store), queues(other))
    finally:
        await other.close()
    rows = await store.read(lambda tx: rows_of(tx, news))
    assert Counter(row.address_id for row in rows) == Counter(everybody)
    assert len({row.person_id for row in rows}) == len({row.token for row in rows}) == MEMBERS
    assert (await store.read(lambda tx: kept.get(tx, news))).state == BroadcastState.GOING


async def test_it_goes_to_the_one_address_that_they_last_wrote_from(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        one = reached_by(tx, Channel.WHATSAPP, Channel.SMS, Channel.TELEGRAM)
        another = reached_by(tx, Channel.TELEGRAM, Channel.SMS)
        another[1].says(tx, "thanks", now=MORNING.replace(hour=12))
        never = reached_by(tx, Channel.SMS, Channel.WHATSAPP)
        addresses.change(tx, never[0].here(tx).id, {"last_in_at": None})
        expected = [one[0], another[1], never[1]]
        found = {row.address_id for row in rows_of(tx, written_to_all(tx))}
        return sorted(found ^ {phone.here(tx).id for phone in expected})

    assert await store.write(story) == []


async def test_where_that_one_is_closed_it_goes_to_the_next(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        whatsapp, _text = reached_by(tx, Channel.WHATSAPP, Channel.SMS)
        whatsapp.says(tx, "STOP")
        return [row.sender for row in rows_of(tx, written_to_all(tx))]

    assert await store.write(story) == ["sms"]


async def test_two_members_on_one_phone_have_a_row_each(store: Store) -> None:
    def story(tx: Tx) -> list[int]:
        asha = joined(tx)
        asha.says(tx, "JOIN", "yes", "somebody else", "yes", "Ben")
        here = asha.here(tx).id
        both = {person.id for person in reach.people_at(tx, here)}
        assert len(both) == 2
        rows = rows_of(tx, written_to_all(tx))
        return sorted(both ^ {row.person_id for row in rows})

    assert await store.write(story) == []


Leave = Callable[[Tx, Somebody], object]


def on_the_person(state: PersonState) -> Leave:
    return lambda tx, asha: people.change(tx, reach.people_at(tx, asha.here(tx).id)[0].id, {"state": state})


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(lambda tx, asha: asha.says(tx, "STOP"), id="they said STOP"),
        pytest.param(lambda tx, asha: asha.says(tx, "LEAVE"), id="they said LEAVE"),
        pytest.param(on_the_person(PersonState.LEFT), id="they have left"),
        pytest.param(on_the_person(PersonState.ERASED), id="they are erased"),
        pytest.param(lambda tx, asha: addresses.change(tx, asha.here(tx).id, {"state": "blocked"}), id="they block us"),
    ],
)
async def test_who_may_not_be_written_to_has_no_row(store: Store, leave: Leave) -> None:
    def story(tx: Tx) -> list[bool]:
        asha, ben, stranger = joined(tx), joined(tx), Somebody()
        stranger.says(tx, "HELP")
        leave(tx, asha)
        return [row.address_id == ben.here(tx).id for row in rows_of(tx, written_to_all(tx))]

    assert await store.write(story) == [True]


WORDS = {"en": "News.", "pl": "Wiadomości."}
EASIER = {"en_GB@simple": "Easy news."}


@pytest.mark.parametrize(
    ("language", "plain", "words", "said"),
    [
        pytest.param("en", False, WORDS, "News.", id="English"),
        pytest.param("pl", False, WORDS, "Wiadomości.", id="Polish"),
        pytest.param("pl", False, {"en": "News."}, "News.", id="Polish that nobody wrote"),
        pytest.param("cy", False, WORDS, "News.", id="a language that we do not write"),
        pytest.param("en", True, WORDS | EASIER, "Easy news.", id="easier words"),
        pytest.param("en", True, WORDS, "News.", id="easier words that nobody wrote"),
        pytest.param("pl", True, WORDS | EASIER, "Wiadomości.", id="easier words in a language without a twin"),
        pytest.param("en", False, WORDS | EASIER, "News.", id="easier words that nobody asked for"),
        pytest.param("en_GB@simple", False, WORDS, "News.", id="a twin falls back to its language"),
        pytest.param("pl@simple", False, WORDS, "Wiadomości.", id="another twin, too"),
    ],
)
async def test_everybody_reads_it_in_their_own_words(
    lite_store: Store, language: str, plain: bool, words: dict[str, str], said: str
) -> None:
    def story(tx: Tx) -> tuple[list[str], list[str | None]]:
        (address_id,) = crowd(tx, 1, language=language)
        addresses.change(tx, address_id, {"plain": plain})
        news = begun(tx, words, MORNING)
        while broadcasts.queue_more(tx, news, MORNING, ASHDALE):
            pass
        went = [one.message.text for one in claimed(tx)]
        return went, [row.text for row in rows_of(tx, news)]

    assert await lite_store.write(story) == ([said], [said])


async def test_the_language_of_the_phone_goes_before_the_person_s(store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        (address_id,) = crowd(tx, 1, language="en")
        addresses.change(tx, address_id, {"language": "pl"})
        news = begun(tx, WORDS, MORNING)
        while broadcasts.queue_more(tx, news, MORNING, ASHDALE):
            pass
        return [one.message.text for one in claimed(tx)]

    assert await store.write(story) == ["Wiadomości."]


async def test_what_waits_holds_no_words_until_it_is_claimed(store: Store) -> None:
    """The words are in one place; a row has them once they were sent, and they can always be told."""

    def story(tx: Tx) -> list[tuple[str, bool]]:
        crowd(tx, 3)
        news = written_to_all(tx)
        claimed(tx, limit=1)
        return [(row.state, row.text is None) for row in rows_of(tx, news)]

    waiting = (OutState.QUEUED.value, True)
    assert await store.write(story) == [("sending", False), waiting, waiting]
