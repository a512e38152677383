"""Places: first come, a fair draw, or chosen; everybody is told; a place given back goes to the next in line."""

from __future__ import annotations

from typing import Any

import pytest

from bank import place_news, places
from flows.everywhere import PROJECT_CLOSED
from flows.placed import OFFER, PLACE_NEWS, PLACED
from storage import people, projects
from storage.people import Part
from storage.places import PlaceState
from storage.projects import PlacesBy
from storage.schema import Record
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.colleagues import Somebody
from tests.conversations.gathering import all_say, forget, so_many
from tests.conversations.phones import Phone
from tests.conversations.telling import a_project, answers, closes, interest, invites, standings, step

PLACE = step(PLACED, "place")
BY = "Wednesday 25 November, 5pm"
ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
A_PLACE_IS_FREE = step(OFFER, "ask", offer_by=BY)
GIVEN_BACK = interest("given_back")


async def crowd(bank: Bank, number: int, **project: Any) -> tuple[Record, list[Phone]]:
    """So many members on phones, each invited to one project."""
    phones = await so_many(bank, number)
    row = await a_project(bank, **project)
    await invites(bank, row)
    forget(phones)
    return row, phones


async def test_first_come(bank: Bank) -> None:
    project, phones = await crowd(bank, 3, places=1)
    await all_say(phones)
    phones[0].reads(PLACE)
    phones[1].reads(step(PLACED, "waiting", place_number="1"))
    phones[2].reads(step(PLACED, "waiting", place_number="2"))
    assert await standings(bank, project, phones) == ["place", "waiting", "waiting"]


@ON_BOTH
async def test_a_place_given_back_is_offered_to_the_next_in_line(bank: Bank) -> None:
    project, phones = await crowd(bank, 3, places=1)
    await all_say(phones)
    forget(phones)
    await phones[0].says("sorry, cant make it")
    phones[0].reads(GIVEN_BACK)
    await bank.keeps_up()
    phones[1].reads(A_PLACE_IS_FREE)
    phones[2].reads_nothing()
    await phones[1].says("yes please")
    phones[1].reads(PLACE)
    assert await standings(bank, project, phones) == ["given_up", "place", "waiting"]


async def test_not_now_after_a_yes_gives_the_place_back_too(bank: Bank) -> None:
    project, phones = await crowd(bank, 3, places=1)
    await all_say(phones)
    forget(phones)
    await all_say(phones[:2], "not now")
    phones[0].reads(GIVEN_BACK)
    phones[1].reads(interest("later"))
    await bank.keeps_up()
    phones[2].reads(A_PLACE_IS_FREE)
    assert await standings(bank, project, phones) == ["given_up", "given_up", "waiting"]
    assert await answers(bank, project, *phones) == ["later", "later", "yes"]


async def test_a_yes_to_what_has_closed_since_they_heard_more_is_no_place(bank: Bank) -> None:
    project, (phone,) = await crowd(bank, 1)
    await phone.says("tell me more")
    phone.ignores_the_rest()
    await closes(bank, project)
    await phone.says("yes")
    phone.reads(PROJECT_CLOSED.text)
    assert await standings(bank, project, [phone]) == [None]
    assert await answers(bank, project, phone) == [None]


async def test_a_place_offered_in_what_has_closed_is_no_place(bank: Bank) -> None:
    project, phones = await crowd(bank, 2, places=1)
    await all_say(phones)
    await phones[0].says("no")
    await bank.keeps_up()
    forget(phones)
    await closes(bank, project)
    await phones[1].says("yes")
    phones[1].reads(PROJECT_CLOSED.text)
    assert await standings(bank, project, phones) == ["given_up", "waiting"]


async def test_who_does_not_answer_in_time_lets_the_next_have_it(bank: Bank) -> None:
    project, phones = await crowd(bank, 3, places=1)
    await all_say(phones)
    await phones[0].says("no")
    forget(phones)
    await bank.keeps_up()
    phones[1].reads(A_PLACE_IS_FREE)
    await bank.until(25, 11, 17, 30)
    phones[2].reads(step(OFFER, "ask", offer_by="Friday 27 November, 5pm"))
    await phones[1].says("yes")
    phones[1].reads(step(PLACED, "waiting", place_number="1"))
    await phones[2].says("no")
    phones[2].reads(step(OFFER, "no"))
    await bank.keeps_up()
    assert phones[1].unread[-1].screen.startswith("Ashdale Council: a place is free.")
    forget(phones)
    assert await standings(bank, project, phones) == ["given_up", "waiting", "given_up"]


async def test_while_it_is_offered_nobody_else_gets_it(bank: Bank) -> None:
    project, phones = await crowd(bank, 3, places=1)
    await all_say(phones[:2])
    await phones[0].says("no")
    await bank.keeps_up()
    forget(phones)
    await phones[2].says("yes")
    phones[2].reads(step(PLACED, "waiting", place_number="1"))
    assert await standings(bank, project, phones) == ["given_up", "waiting", "waiting"]


async def test_offers_go_in_the_hours_in_which_texts_go(bank: Bank) -> None:
    _project, phones = await crowd(bank, 2, places=1)
    await all_say(phones)
    forget(phones)
    await bank.until(23, 11, 20)
    forget(phones)
    await phones[0].says("no")
    phones[0].reads(GIVEN_BACK)
    await bank.keeps_up()
    phones[1].reads_nothing()
    await bank.until(24, 11, 9, 1)
    phones[1].reads(step(OFFER, "ask", offer_by="Thursday 26 November, 5pm"))


@ON_BOTH
async def test_a_fair_draw_is_told_to_all_before_and_after(bank: Bank) -> None:
    project, phones = await crowd(bank, 4, places=2, places_by=PlacesBy.DRAW, decided_on="2026-11-30")
    await all_say(phones)
    for phone in phones:
        phone.reads(step(PLACED, "draw", decided_on="by Monday 30 November"))
    robin = (await Somebody.at(bank)).known
    drawn = await bank.does(lambda tx: places.draw(tx, robin, project, bank.now(), "a seed"))
    await bank.keeps_up()
    ids = [(await bank.member(phone)).id for phone in phones]
    assert sorted((*drawn.placed, *drawn.waiting)) == sorted(ids)
    for phone, person_id in zip(phones, ids, strict=True):
        told = {"drawn": "4", "places_in_all": "2"}
        if person_id in drawn.placed:
            phone.reads(step(PLACE_NEWS, "won", **told))
        else:
            turn = str(drawn.waiting.index(person_id) + 1)
            phone.reads(step(PLACE_NEWS, "drawn", place_number=turn, **told))


async def test_a_draw_can_be_held_again_by_anybody_with_its_seed(bank: Bank) -> None:
    project, phones = await crowd(bank, 4, places=2, places_by=PlacesBy.DRAW)
    await all_say(phones)
    forget(phones)
    robin = (await Somebody.at(bank)).known
    drawn = await bank.does(lambda tx: places.draw(tx, robin, project, bank.now()))
    seed = (await bank.asks(lambda tx: projects.get(tx, project.id))).draw_seed
    named = {(person := await bank.member(phone)).token: person.id for phone in phones}
    assert [named[one] for one in places.order(seed, named)] == [*drawn.placed, *drawn.waiting]
    await bank.keeps_up()
    forget(phones)


async def test_staff_and_partners_are_never_drawn(bank: Bank) -> None:
    project, phones = await crowd(bank, 2, places=2, places_by=PlacesBy.DRAW)
    staff = await bank.member(phones[0])
    await bank.does(lambda tx: people.change(tx, staff.id, {"part": Part.STAFF}))
    await all_say(phones)
    phones[0].reads(step(PLACED, "noted"))
    phones[1].ignores_the_rest()
    assert await standings(bank, project, phones) == [None, "interested"]


async def test_chosen_and_kindly_refused(bank: Bank) -> None:
    project, phones = await crowd(bank, 3, places=1, places_by=PlacesBy.CHOSEN)
    await all_say(phones)
    for phone in phones:
        phone.reads(step(PLACED, "choose", decided_on="soon"))
    robin = (await Somebody.at(bank)).known
    ids = [(await bank.member(phone)).id for phone in phones]
    await bank.does(lambda tx: places.choose(tx, robin, project, [ids[1]], bank.now(), [ids[2]], ids))
    await bank.keeps_up()
    phones[0].reads(step(PLACE_NEWS, "sorry"))
    phones[1].reads(step(PLACE_NEWS, "got"))
    phones[2].reads(step(PLACE_NEWS, "in_line", place_number="1"))
    assert await standings(bank, project, phones) == ["not_chosen", "place", "waiting"]


async def test_who_was_not_chosen_and_says_yes_again_is_noted(bank: Bank) -> None:
    project, (phone,) = await crowd(bank, 1, places=3, places_by=PlacesBy.CHOSEN, decided_on="2026-12-01")
    await phone.says("yes")
    robin, person = (await Somebody.at(bank)).known, await bank.member(phone)
    await bank.does(lambda tx: places.choose(tx, robin, project, [], bank.now(), shown=[person.id]))
    await bank.keeps_up()
    phone.ignores_the_rest()
    await phone.says("yes")
    phone.reads(step(PLACED, "noted"))
    assert await standings(bank, project, [phone]) == ["interested"]


async def test_news_of_a_place_arrives_though_they_paused_and_had_their_text_of_the_week(bank: Bank) -> None:
    project, (phone,) = await crowd(bank, 1, places=1, places_by=PlacesBy.CHOSEN)
    await phone.says("yes")
    await phone.says("PAUSE")
    await phone.says("two weeks")
    phone.ignores_the_rest()
    robin, person = (await Somebody.at(bank)).known, await bank.member(phone)
    await bank.until(23, 11, 20)
    await bank.does(lambda tx: places.choose(tx, robin, project, [person.id], bank.now()))
    await bank.keeps_up()
    phone.reads_nothing()
    await bank.until(24, 11, 9, 1)
    phone.reads(step(PLACE_NEWS, "got"))


@ON_BOTH
async def test_who_leaves_frees_their_place(bank: Bank) -> None:
    _project, phones = await crowd(bank, 2, places=1)
    await all_say(phones)
    forget(phones)
    await phones[0].says("LEAVE")
    phones[0].reads(sayings.left())
    await bank.keeps_up()
    phones[1].reads(A_PLACE_IS_FREE)


async def test_who_stops_our_texts_is_rung_about_their_place(bank: Bank) -> None:
    project, phones = await crowd(bank, 2, places=1)
    await all_say(phones)
    forget(phones)
    await phones[0].says("STOP")
    phones[0].reads(sayings.STOPPED)
    await bank.keeps_up()
    phones[1].reads_nothing()
    (task,) = await bank.tasks()
    assert task == (
        "call",
        "They stopped our texts, and have a place in: Home care leaflet. Ask whether they still want it.",
    )
    assert await standings(bank, project, phones) == ["place", "waiting"]


async def test_whoever_cannot_be_texted_is_rung_with_the_offer(bank: Bank) -> None:
    project, phones = await crowd(bank, 2, places=1)
    await all_say(phones)
    await phones[1].says("STOP")
    await phones[0].says("no")
    forget(phones)
    await bank.keeps_up()
    (task,) = await bank.tasks()
    assert task[0] == "call"
    assert (task[1] or "").startswith("A place is free in: Home care leaflet.")
    row = (await bank.asks(lambda tx: places.places.in_project(tx, project.id, PlaceState.WAITING)))[0]
    assert row.offered_until is not None


@ON_BOTH
async def test_a_place_that_nobody_waits_for_is_shown_on_today(bank: Bank) -> None:
    project, (phone,) = await crowd(bank, 1, places=1)
    robin = (await Somebody.at(bank)).known

    async def shown() -> list[str]:
        rows = await bank.asks(lambda tx: place_news.rows(tx, robin, bank.now(), bank.organisation))
        return [f"{row.todo} {row.href}" for row in rows]

    await phone.says("yes")
    assert await shown() == []
    await phone.says("sorry no")
    phone.ignores_the_rest()
    assert await shown() == [f"A place is free again: Home care leaflet /projects/{project.token}/places"]
    await phone.says("yes")
    phone.ignores_the_rest()
    assert await shown() == []
