"""A broadcast from the first words to the phones: written, let go, filled in for each, asked, rung."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bank import broadcast_draft, broadcast_going, broadcast_trial, broadcasts, projects, voice
from bank.broadcast_draft import Draft
from bank.handling import CannotDo
from bank.lacking import NotYet
from bank.voice import Envelope, Spoken
from channels.message import Channel
from flows.broadcast_lines import STOP
from storage import addresses, invitations, people, reach, staff, tasks
from storage import broadcasts as kept
from storage.broadcasts import BroadcastKind, BroadcastState, WhenCapped
from storage.outbox import OutState, Priority, messages_out
from storage.store import Store, Tx
from storage.tasks import TaskKind
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING, send_all
from tests.bank.members import begun, claimed, crowd, sent
from tests.bank.posting import joined
from tests.bank.several_ways import reached_by
from tests.bank.writing import FREELY, gone, let_go, texts, written

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
CHOICES = ({"en": "In the morning", "pl": "Rano"}, {"en": "At night"})
ASKS = {"en": "Ashdale Council: we plan a meeting. STOP ends texts. When suits you best?"}


def rows_of(tx: Tx, broadcast_id: int) -> list[Any]:
    return list(tx.execute(select(messages_out).where(messages_out.c.broadcast_id == broadcast_id)))


def person_at(tx: Tx, address_id: int) -> Any:
    (person,) = reach.people_at(tx, address_id)
    return person


async def test_what_was_written_reads_back_and_may_be_written_anew_until_it_is_let_go(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        draft = Draft(
            " Meeting ", {"en": " Ashdale Council: hello. STOP ends texts. ", "pl": " "}, due_at=MORNING + DAY
        )
        row = broadcast_draft.write(tx, None, draft, MORNING)
        read = broadcast_draft.draft_of(row)
        assert (read.name, read.words) == ("Meeting", {"en": "Ashdale Council: hello. STOP ends texts."})
        row = broadcast_draft.rewrite(tx, None, row, replace(read, spread=30, expires=DAY), MORNING + HOUR)
        assert broadcast_draft.draft_of(row) == replace(read, spread=30, expires=DAY)
        row = broadcast_going.let_go(tx, None, row, MORNING, FREELY)
        assert (row.state, row.due_at, row.expires_at) == ("queueing", MORNING + DAY, MORNING + 2 * DAY)
        with pytest.raises(CannotDo):
            broadcast_draft.rewrite(tx, None, row, read, MORNING)
        with pytest.raises(CannotDo):
            broadcast_going.let_go(tx, None, row, MORNING, FREELY)

    await store.write(story)


async def test_one_without_a_time_is_due_when_it_is_let_go(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        row = written(tx, expires=HOUR)
        row = broadcast_draft.rewrite(tx, None, row, broadcast_draft.draft_of(row), MORNING + HOUR)
        assert broadcast_draft.draft_of(row).due_at is None
        row = let_go(tx, row, MORNING + 3 * HOUR)
        assert (row.due_at, row.expires_at) == (MORNING + 3 * HOUR, MORNING + 4 * HOUR)

    await lite_store.write(story)


async def test_each_reads_their_name_in_their_language(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1, name="Asha")
        crowd(tx, 1, name="Łucja", language="pl")
        crowd(tx, 1)
        crowd(tx, 1, name="Bartholomew-Maximilian Q of Ashdale")
        gone(tx)
        assert texts(tx) == [
            "Ashdale Council: hello Asha. We meet on Tuesday 24 November at 2pm. STOP ends texts.",
            "Ashdale Council: dzień dobry, Łucja. Spotkanie: wtorek 24 listopada, 14.00. "
            + FREELY.catalogs.render(STOP, "pl", {}),
            "Ashdale Council: hello. We meet on Tuesday 24 November at 2pm. STOP ends texts.",
            "Ashdale Council: hello. We meet on Tuesday 24 November at 2pm. STOP ends texts.",
        ]

    await store.write(story)


async def test_what_it_says_of_a_project_is_as_it_was_when_it_was_let_go(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        sam = leaflet.hired(tx, "Sam")
        project = leaflet.opened(tx, sam, None)
        gone(tx, {"en": "{council}: {project}, {place}. {stop}"}, project=project.id)
        projects.change(tx, sam, project, leaflet.but(place={"en": "Elm Hall"}), MORNING, ASHDALE)
        assert texts(tx) == ["Ashdale Council: Home care leaflet, Oak Hall, by Aldi. STOP ends texts."]

    await lite_store.write(story)


async def test_what_may_be_answered_are_buttons_that_carry_the_message_s_own_name(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        crowd(tx, 1, language="pl")
        row = gone(tx, ASKS, choices=CHOICES)
        asked = [one.message for one in sent(tx, whose=FREELY)]
        stored = {one.token: one.options for one in rows_of(tx, row.id)}
        for message in asked:
            assert [option.payload for option in message.options] == [
                f"{message.token}.ask.c1",
                f"{message.token}.ask.c2",
            ]
            assert all(len(option.payload.encode()) <= 64 for option in message.options)
            assert stored[message.token] == [[option.payload, option.label] for option in message.options]
        assert [option.label for option in asked[1].options] == ["In the morning", "At night"]
        assert invitations.answers(tx, row.id) == {None: 2}

    await store.write(story)


async def test_an_invitation_asks_whether_they_are_interested(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 2)
        project = leaflet.opened(tx, leaflet.hired(tx, "Sam"), None)
        words = {"en": "{sender}: help with {project}. {stop} Would you like to take part?"}
        row = written(tx, words, kind=BroadcastKind.INVITATION, project=project.id)
        with pytest.raises(NotYet) as refused:
            let_go(tx, row)
        assert refused.value.reasons == ("The co-chair from the team has to say yes to it first.",)
        news_id = begun(tx, words, MORNING, priority=Priority.INVITATION)
        kept.change(tx, news_id, {"kind": BroadcastKind.INVITATION, "project_id": project.id})
        while broadcasts.queue_more(tx, news_id, MORNING, FREELY):
            pass
        message = claimed(tx, whose=FREELY)[0].message
        assert [(option.payload.rpartition(".")[2], option.label) for option in message.options] == [
            ("yes", "I'm interested"),
            ("more", "Tell me more"),
            ("no", "Not for me"),
        ]
        asked = tx.execute(select(invitations.invitations)).all()
        assert {one.project_id for one in asked} == {project.id}
        assert len({one.token for one in asked}) == 2
        assert all(one.address_id is not None and one.answer is None for one in asked)

    await store.write(story)


async def test_who_does_not_text_is_rung_or_written_to_with_the_words_in_their_language(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        dawid = leaflet.member(tx, "Dawid", language="pl", contact={"phone": "+447700900301"}, contact_key="phone:x")
        gwen = leaflet.member(tx, "Gwen", contact={"post": "1 High Street"})
        row = gone(tx, ASKS | {"pl": "Ashdale Council: Kiedy? STOP ends texts."}, choices=CHOICES, expires=2 * DAY)
        found = {one.person_id: one for one in tx.execute(select(tasks.tasks)).all()}
        call, letter = found[dawid.id], found[gwen.id]
        assert (call.kind, letter.kind) == (TaskKind.CALL, TaskKind.LETTER)
        assert call.words.startswith("Ring them and say:\n\nAshdale Council: Kiedy?")
        assert call.words.endswith("Rano\nAt night\n\nEnter what they answer.")
        assert "When suits you best?" in letter.words
        assert {call.broadcast_id, letter.broadcast_id} == {row.id}
        assert call.due_at == MORNING + 2 * DAY
        asked = {one.person_id: one.task_id for one in tx.execute(select(invitations.invitations)).all()}
        assert asked[dawid.id] == call.id
        assert asked[gwen.id] == letter.id
        assert len(rows_of(tx, row.id)) == 1

    await store.write(story)


async def test_who_asked_for_another_format_is_told_where_it_is(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1, format="bsl")
        crowd(tx, 1, format="audio")
        gone(tx, {"en": "Ashdale Council: hello. STOP ends texts."}, formats={"bsl": "https://ashdale.example/signed"})
        assert texts(tx) == [
            "Ashdale Council: hello. STOP ends texts.\nIn sign language: https://ashdale.example/signed",
            "Ashdale Council: hello. STOP ends texts.",
        ]

    await store.write(story)


async def test_it_goes_evenly_over_the_time_that_it_is_spread(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 7)
        row = written(tx, spread=60)
        broadcast_going.let_go(tx, None, row, MORNING, FREELY)
        while broadcasts.queue_more(tx, row.id, MORNING, FREELY, 3):
            pass
        due = sorted(one.due_at - MORNING for one in rows_of(tx, row.id))
        assert due == [timedelta(minutes=10 * number) for number in range(7)]

    await store.write(story)


async def test_a_question_waits_while_another_of_ours_is_open_but_no_longer_than_a_day(store: Store) -> None:
    def story(tx: Tx) -> None:
        asha, ben = joined(tx), joined(tx)
        asha.says(tx, "PAUSE")  # for how long? she has not answered yet
        send_all(tx)
        gone(tx, ASKS, choices=CHOICES)
        assert went(tx, MORNING) == [ben.address]
        assert went(tx, MORNING + HOUR - SECOND) == []
        assert went(tx, MORNING + HOUR) == []
        assert went(tx, MORNING + DAY + HOUR) == [asha.address]

    await store.write(story)


def went(tx: Tx, now: Any) -> list[str]:
    return [one.message.address for one in sent(tx, now, whose=FREELY) if one.message.text.startswith("Ashdale")]


async def test_news_that_ask_nothing_do_not_wait_for_an_answer(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        asha = joined(tx)
        asha.says(tx, "PAUSE")
        send_all(tx)
        gone(tx)
        assert went(tx, MORNING) == [asha.address]

    await lite_store.write(story)


@pytest.mark.parametrize(
    ("about", "wished", "why"),
    [({"promotion": True}, "promotions", "no_promotions"), ({"kind": BroadcastKind.DIGEST}, "digest", "not_wanted")],
)
async def test_who_took_back_their_wish_for_that_kind_gets_none_of_it(
    store: Store, about: dict[str, Any], wished: str, why: str
) -> None:
    def story(tx: Tx) -> None:
        wanted, gone_off, never = (crowd(tx, 1, **wish)[0] for wish in ({wished: True}, {wished: True}, {}))
        row = broadcasts_row(tx, **about)
        people.change(tx, person_at(tx, gone_off).id, {wished: False})
        assert len(texts(tx)) == 1
        stands = {one.address_id: (one.state, one.problem) for one in rows_of(tx, row.id)}
        assert stands == {wanted: (OutState.ACCEPTED, None), gone_off: (OutState.CANCELED, why)}
        assert never not in stands
        assert broadcasts.left_out(row) == {why: 1}

    await store.write(story)


def broadcasts_row(tx: Tx, **about: Any) -> Any:
    """Let go, whoever would have to say yes to it."""
    news_id = begun(tx, {"en": "Ashdale Council: hello. STOP ends texts."}, MORNING)
    kept.change(tx, news_id, about)
    while broadcasts.queue_more(tx, news_id, MORNING, FREELY):
        pass
    return kept.get(tx, news_id)


@pytest.mark.parametrize(
    ("when_capped", "first_stands", "second_stands", "left_out"),
    [
        (WhenCapped.WAIT, ("queued", None), ("queued", None), {}),
        (WhenCapped.LEAVE_OUT, None, ("canceled", "cap"), {"cap": 1}),
    ],
)
async def test_who_had_enough_this_week_gets_it_later_or_not_at_all_as_was_chosen(
    store: Store,
    when_capped: WhenCapped,
    first_stands: tuple[str, str | None] | None,
    second_stands: tuple[str, str | None],
    left_out: dict[str, int],
) -> None:
    """One had something before this was let go, the other since."""
    once = replace(FREELY, most_a_week=1)

    def story(tx: Tx) -> None:
        first, second, third = crowd(tx, 3)
        unasked(tx, first)
        row = let_go(tx, written(tx, when_capped=when_capped), whose=once)
        unasked(tx, second)
        assert len(claimed(tx, whose=once)) == 1
        stands = {one.address_id: (one.state, one.problem) for one in rows_of(tx, row.id)}
        assert stands.get(first) == first_stands
        assert stands[second] == second_stands
        assert stands[third] == ("sending", None)
        assert broadcasts.left_out(kept.get(tx, row.id)) == left_out

    await store.write(story)


def unasked(tx: Tx, address_id: int) -> None:
    """Something that nobody asked for goes there."""
    here = addresses.get(tx, address_id)
    envelope = Envelope(address_id, here.sender, "en", person_at(tx, address_id).id, priority=Priority.INVITATION)
    voice.queue(tx, envelope, "test.text", Spoken("Hello."), MORNING)
    assert [one.message.text for one in sent(tx, limit=1, whose=FREELY)] == ["Hello."]


async def test_a_colleague_tries_it_on_a_phone_of_their_own(store: Store) -> None:
    def story(tx: Tx) -> None:
        sam = leaflet.hired(tx, "Sam")
        row = written(tx)
        with pytest.raises(CannotDo):
            broadcast_trial.test_send(tx, sam, row, MORNING, ASHDALE, "en")
        staff.change(tx, sam.id, {"alert_channel": Channel.SMS, "alert_address": "+447700900444"})
        broadcast_trial.test_send(tx, sam, row, MORNING, ASHDALE, "pl")
        (one,) = sent(tx)
        assert one.message.address == "+447700900444"
        assert one.message.text.startswith("Ashdale Council: dzień dobry, Sam.")
        assert kept.get(tx, row.id).state == BroadcastState.DRAFT
        assert rows_of(tx, row.id) == []

    await store.write(story)


async def test_whoever_of_a_person_s_ways_it_goes_each_has_it_once(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        reached_by(tx, Channel.WHATSAPP, Channel.SMS)
        row = gone(tx, ASKS, choices=CHOICES)
        assert len(rows_of(tx, row.id)) == len(tx.execute(select(invitations.invitations)).all()) == 1

    await lite_store.write(story)
