"""How our promises stand, once a month, to each member of the group that scrutinises them, in their words and hours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bank import preferences, promises_group, promises_month
from bank.tokens import token
from flows.about_you import QUESTIONS
from storage import groups, outbox, people, tasks
from storage.groups import GroupKind
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.tasks import TaskKind
from tests.bank import leaflet
from tests.bank.on_record import done, kept, moved, on, promised
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TelegramPhone, TextPhone

ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
URL = "https://heard.ashdale.example"
ENGLISH = (
    "Ashdale Council: what we promised, November 2026. 4 kept, 1 late, 2 moved, 1 with no answer yet. "
    "See all: {link} STOP ends texts."
)
POLISH = (
    "Ashdale Council: obietnice, listopad 2026. Dotrzymane: 4, po czasie: 1, nowy termin: 2, bez odpowiedzi: 1. "
    "Wszystko: {link} STOP to koniec SMS."
)


def november(tx: Tx) -> None:
    """Four kept, one late, two moved, one of which we say that it is done."""
    for _number in range(4):
        kept(tx, promised(tx), on(25), on(26))
    promised(tx)
    for _number in range(2):
        moved(tx, promised(tx), "2027-01-29", on(25))
    done(tx, promised(tx, due_on="2027-01-29"), on(25))


def _chosen(tx: Tx, bank: Bank, members: list[Record]) -> str:
    by = leaflet.hired(tx, "Ada Administrator", Role.ADMINISTRATOR)
    row = groups.add(tx, token=token(), kind=GroupKind.HAND, name="Our Voice", made_at=bank.now())
    groups.put_in(tx, row.id, [one.id for one in members], bank.now(), by.id)
    for one in members:  # no other short question is asked in the meantime
        people.change(tx, one.id, {"next_question": len(QUESTIONS)})
    promises_month.choose(tx, by, row.token, bank.now(), bank.organisation)
    return promises_group.link(tx, bank.organisation)


async def scrutinise(bank: Bank, *phones: Phone, **about: object) -> str:
    """These are the group; what happened in November is on record. Returns the link to the page."""
    bank.organisation = replace(bank.organisation, public_url=URL)
    members = [await bank.member(phone) for phone in phones]

    def work(tx: Tx) -> str:
        november(tx)
        for one in members:
            people.change(tx, one.id, about or {"skills": None})
        return _chosen(tx, bank, members)

    link = await bank.does(work)
    for phone in phones:
        phone.ignores_the_rest()
    return link


@ON_BOTH
async def test_on_the_first_working_day_at_ten_and_never_again_that_month(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    link = await scrutinise(bank, phone)
    await bank.until(1, 12, 9, 59)
    phone.reads_nothing()
    await bank.until(1, 12, 10, 1)
    phone.reads(ENGLISH.format(link=link))
    await bank.until(30, 12, 18)
    phone.reads_nothing()
    await bank.until(4, 1, 10, 1, year=2027)  # New Year's Day is a holiday, and 2 January a Saturday
    (text,) = [one.screen for one in phone.unread]
    phone.ignores_the_rest()
    assert text.startswith(
        "Ashdale Council: what we promised, December 2026. 0 kept, 1 late, 0 moved, 1 with no answer"
    )


async def test_in_polish(telegram: TelegramPhone, bank: Bank) -> None:
    await telegram.joins()
    await telegram.says("po polsku")
    link = await scrutinise(bank, telegram)
    await bank.until(1, 12, 10, 1)
    telegram.reads(POLISH.format(link=link))


async def test_in_easier_words(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await sms.says("easy words please")
    link = await scrutinise(bank, sms)
    await bank.until(1, 12, 10, 1)
    sms.reads(
        "Ashdale Council: what we said we will do, November 2026. 4 done, 1 late, 2 moved, 1 with no answer. "
        f"See all: {link} STOP ends texts."
    )


async def test_it_waits_for_their_hours(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    link = await scrutinise(bank, sms, text_from=14 * 60, text_until=18 * 60)
    await bank.until(1, 12, 13, 59)
    sms.reads_nothing()
    await bank.until(1, 12, 14, 1)
    sms.reads(ENGLISH.format(link=link))


async def test_where_heard_was_down_that_day_it_goes_as_soon_as_it_is_up(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    link = await scrutinise(bank, sms)
    bank.now.move(bank.now.until(3, 12, 11))  # nothing is done in between
    await bank.keeps_up()
    sms.reads(ENGLISH.format(link=link))


@ON_BOTH
async def test_who_was_told_is_not_told_again_by_a_second_look(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await scrutinise(bank, sms)
    person = await bank.member(sms)
    await bank.until(1, 12, 10, 1)
    sms.ignores_the_rest()
    for _look in range(3):
        assert await bank.does(lambda tx: promises_month.tell(tx, bank.now(), bank.organisation, person.id)) == 0
        assert await bank.does(lambda tx: promises_month.tell(tx, bank.now(), bank.organisation, 0)) == 0
    await bank.keeps_up()
    sms.reads_nothing()


async def test_who_had_a_text_this_week_gets_it_when_their_week_has_room(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    link = await scrutinise(bank, sms)
    await bank.until(27, 11, 12)
    await _had_another_text(sms, bank)
    await bank.until(1, 12, 18)
    sms.reads_nothing()
    await bank.until(4, 12, 13)
    sms.reads(ENGLISH.format(link=link))


async def _had_another_text(sms: TextPhone, bank: Bank) -> None:
    """Something that they did not ask for took the place in their week."""
    person = await bank.member(sms)

    def one_more(tx: Tx) -> None:
        address = tx.execute(outbox.messages_out.select()).first()
        assert address is not None
        outbox.queue(
            tx,
            token=token(),
            address_id=address.address_id,
            person_id=person.id,
            sender="sms",
            priority=outbox.Priority.INVITATION,
            wording="something.else",
            language="en",
            text="Something else",
            state=outbox.OutState.QUEUED,
            due_at=bank.now(),
            created_at=bank.now(),
        )

    await bank.does(one_more)
    await bank.drains()
    sms.reads("Something else")


async def test_after_stop_nothing_goes_and_nobody_rings(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await scrutinise(bank, sms)
    await sms.says("STOP")
    sms.ignores_the_rest()
    before = await bank.count(tasks.tasks)
    await bank.until(2, 12, 12)
    sms.reads_nothing()
    assert await bank.count(tasks.tasks) == before


async def test_who_is_not_in_the_group_hears_nothing_nor_who_left_it(sms: TextPhone, bank: Bank) -> None:
    other = bank.phone("sms")
    for one in (sms, other):
        await one.joins()
    await scrutinise(bank, sms)
    await sms.says("LEAVE")
    await sms.says("yes")
    person = await bank.member(other)
    await bank.does(lambda tx: people.change(tx, person.id, {"next_question": len(QUESTIONS)}))
    for one in (sms, other):
        one.ignores_the_rest()
    await bank.until(2, 12, 12)
    sms.reads_nothing()
    other.reads_nothing()


async def test_what_they_answer_is_read_by_a_person_as_anything_they_write(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await scrutinise(bank, sms)
    await bank.until(1, 12, 10, 1)
    sms.ignores_the_rest()
    await sms.says("why is one of them late?")
    sms.reads("Thank you for asking. We will answer by Thursday 3 December.")


async def test_who_does_not_text_gets_a_letter_or_a_call(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()

    def two(tx: Tx) -> list[Record]:
        joined = {"joined_at": bank.now(), "next_question": len(QUESTIONS)}
        by_post = leaflet.member(tx, "Halina", language="pl", contact="1 Mill Lane", **joined)
        by_phone = leaflet.member(tx, "Ben", ring=True, contact="01632 960001", contact_key="0163", **joined)
        return [by_post, by_phone]

    both_of_them = await bank.does(two)
    link = await scrutinise(bank, sms)
    await bank.does(
        lambda tx: groups.put_in(tx, groups.in_use(tx)[0].id, [one.id for one in both_of_them], on(1), None)
    )
    await bank.until(1, 12, 10, 1)
    await bank.until(20, 12, 12)
    sms.ignores_the_rest()
    found = await bank.asks(lambda tx: [tasks.open_of(tx, one.id) for one in both_of_them])
    ((letter,), (call,)) = found
    assert (letter.kind, call.kind) == (TaskKind.LETTER, TaskKind.CALL)
    assert POLISH.format(link=link) in letter.words
    assert ENGLISH.format(link=link) in call.words


async def test_a_group_that_is_chosen_late_hears_of_the_month_that_goes_on(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await bank.until(15, 12, 12)
    await scrutinise(bank, sms)
    await bank.until(31, 12, 18)
    sms.reads_nothing()
    await bank.until(4, 1, 10, 1, year=2027)
    (text,) = [one.screen for one in sms.unread]
    sms.ignores_the_rest()
    assert "December 2026" in text


STILL = "Ashdale Council: what we promised. Late now: {late}. See all: {link} STOP ends texts."


async def _in_a_still_november(bank: Bank, phone: Phone) -> str:
    """One promise, made in November and to be kept in December. Returns the link to the page."""
    bank.organisation = replace(bank.organisation, public_url=URL)
    person = await bank.member(phone)

    def work(tx: Tx) -> str:
        promised(tx, due_on="2026-12-03")
        return _chosen(tx, bank, [person])

    link = await bank.does(work)
    phone.ignores_the_rest()
    return link


async def test_a_month_without_a_figure_sends_no_noughts_but_what_is_late_now(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    link = await _in_a_still_november(bank, sms)
    await bank.until(27, 11, 12)
    await _had_another_text(sms, bank)
    await bank.until(3, 12, 18)
    sms.reads_nothing()
    await bank.until(4, 12, 13)  # worded when their week has room: the promise was not late on the first
    sms.reads(STILL.format(late=1, link=link))


async def test_a_month_without_a_figure_and_nothing_late_is_left_out(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    await _in_a_still_november(bank, sms)
    await bank.until(31, 12, 18)
    sms.reads_nothing()


async def test_where_nothing_was_ever_promised_nobody_is_texted(sms: TextPhone, bank: Bank) -> None:
    await sms.joins()
    person = await bank.member(sms)
    await bank.does(lambda tx: _chosen(tx, bank, [person]))
    sms.ignores_the_rest()
    await bank.until(2, 12, 12)
    sms.reads_nothing()


def test_the_group_is_no_preference_that_a_coordinator_s_page_could_hold_words_in() -> None:
    assert not [name for name in preferences.KINDS if "promise" in name]
