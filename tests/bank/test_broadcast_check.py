"""The check before a broadcast goes: its words, whom it reaches, when it goes, who has to say yes, what to mend."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bank import approvals, broadcast_going, groups
from bank.broadcast_check import Check, check, preview
from bank.broadcast_draft import approval_words, draft_of, rewrite
from bank.broadcast_words import values_of
from bank.lacking import NotYet
from channels.message import Channel
from language.finding import Code
from storage import broadcasts as kept
from storage import groups as kept_groups
from storage import reach
from storage.approvals import How, Post, Subject
from storage.broadcasts import BroadcastKind, BroadcastState, WhenCapped
from storage.picking import Left, Way
from storage.staff import Role
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import crowd
from tests.bank.writing import FREELY, WORDS, gone, let_go, manner, texts, written

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLAIN = {"en": "{council}: we meet on Tuesday 24 November at 2pm. {stop}"}
TWO = ({"en": "Morning"}, {"en": "Night"})


def checked(tx: Tx, words: dict[str, str], people: int = 1, **more: Any) -> Check:
    crowd(tx, people)
    return check(tx, written(tx, words, **more), MORNING, FREELY, manners=manner)


async def test_good_words_need_no_mending(store: Store) -> None:
    def story(tx: Tx) -> None:
        found = checked(tx, WORDS)
        assert (found.mend, found.ready, found.goes_at) == ((), True, MORNING)
        assert found.readings["en"].text.startswith("Ashdale Council: hello Asha.")
        assert found.readings["en"].nameless.startswith("Ashdale Council: hello. We meet")
        assert not [one for one in found.readings["en"].findings if one.code in {Code.NO_SENDER, Code.NO_STOP}]

    await store.write(story)


@pytest.mark.parametrize(
    ("words", "more", "says"),
    [
        ({"pl": "{council}: hej. {stop}"}, {}, "Write it in English, for everybody who has no other language."),
        ({"en": "{council}: hello."}, {}, "en: Nobody asked for it, and it does not say STOP."),
        ({"en": "Hello. {stop}"}, {}, "en: Nobody asked for it, and its first words do not say who is writing."),
        (PLAIN | {"en": PLAIN["en"] + " {nmae}"}, {}, "en: There is no {nmae}."),
        (PLAIN | {"en": PLAIN["en"] + " {aim}"}, {}, "en: {aim} is about a project."),
        (PLAIN | {"en": PLAIN["en"] + " }"}, {}, "en: A brace stands alone."),
        (PLAIN | {"en": "{council}: " + "We are here. " * 200 + "{stop}"}, {}, "en: it has "),
        (PLAIN, {"choices": TWO[:1]}, "Write 2 to 9 choices, or none."),
        (PLAIN, {"choices": TWO * 5}, "Write 2 to 9 choices, or none."),
        (PLAIN, {"choices": (TWO[0], {"pl": "Noc"})}, "Write choice 2 in English."),
        (PLAIN, {"choices": (TWO[0], {"en": "w" * 25})}, "en: choice 2 has 25 characters."),
        (PLAIN, {"choices": (TWO[0], {"en": "{name}"})}, "en: choice 2 has a brace in it."),
        (PLAIN, {"parts": ({"pl": "Więcej"},)}, "Write part 1 in English."),
        (PLAIN, {"formats": {"bsl": "ashdale"}}, "Enter the address of a page"),
        (PLAIN, {"formats": {"morse": "https://ashdale.example"}}, "There is no format morse."),
        (PLAIN, {"kind": BroadcastKind.INVITATION}, "Choose the project that it is about."),
        (PLAIN, {"kind": BroadcastKind.OUTCOME}, "Choose the project that it is about."),
        (PLAIN, {"rule": {"districts": ["ZZ9"]}}, "It reaches nobody. Choose again whom it is for."),
        (PLAIN, {"due_at": MORNING + 9 * HOUR, "expires": 2 * HOUR}, "It is of no use any more when the first may go."),
        (PLAIN, {"spread": 120, "expires": HOUR}, "It is of no use any more before the last of them get it."),
        (PLAIN, {"spread": 60 * 24 * 8}, "Spread it over a week at most."),
    ],
)
async def test_what_must_be_mended_is_said_and_holds_it_back(
    lite_store: Store, words: dict[str, str], more: dict[str, Any], says: str
) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 1)
        row = written(tx, words, **more)
        found = check(tx, row, MORNING, FREELY, manners=manner)
        assert any(one.startswith(says) for one in found.mend), found.mend
        with pytest.raises(NotYet) as refused:
            broadcast_going.let_go(tx, None, row, MORNING, FREELY)
        assert set(refused.value.reasons) == set(found.mend)
        assert kept.get(tx, row.id).state == BroadcastState.DRAFT

    await lite_store.write(story)


async def test_a_project_s_name_for_itself_says_who_writes(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        project = leaflet.opened(tx, leaflet.hired(tx, "Sam"), None, leaflet.but(sender={"en": "Carers Space"}))
        found = checked(tx, {"en": "{sender}: help us with {project}. {stop}"}, project=project.id)
        assert found.mend == ()
        assert found.readings["en"].text == "Carers Space: help us with Home care leaflet. STOP ends texts."

    await lite_store.write(story)


async def test_languages_that_people_read_and_nobody_wrote_are_counted(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 3, language="ur")
        crowd(tx, 2, language="pl")
        found = checked(tx, WORDS)
        assert found.unwritten == {"ur": 3}
        assert "3 read Urdu, in which nobody wrote it: they get it in English." in found.notes

    await store.write(story)


async def test_it_says_whom_it_reaches_how_and_why_not(store: Store) -> None:
    def story(tx: Tx) -> None:
        crowd(tx, 2, "whatsapp")
        crowd(tx, 1, paused_until=MORNING + DAY)
        leaflet.member(tx, "Gwen", contact={"post": "1 High Street"})
        found = checked(tx, WORDS).preview
        assert found.ways == {Way.SMS: 1, Way.WHATSAPP: 2, Way.LETTER: 1}
        assert found.left == {Left.PAUSED: 1}

    await store.write(story)


async def test_what_would_go_at_night_waits_for_the_morning_and_it_says_so(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        found = checked(tx, WORDS, due_at=MORNING + 9 * HOUR)
        assert found.goes_at.astimezone(FREELY.zone).hour == 9
        assert found.notes[0].startswith("Nothing that people did not ask for goes at that time.")

    await lite_store.write(story)


async def test_a_crowd_needs_a_second_person_s_yes_to_exactly_these_words(store: Store) -> None:
    few = replace(ASHDALE, approve_above=3, most_a_week=0)

    def story(tx: Tx) -> None:
        crowd(tx, 4)
        sam, olu = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu", Role.APPROVER)
        row = written(tx)
        assert check(tx, row, MORNING, few).missing == (Post.SECOND,)
        with pytest.raises(NotYet) as refused:
            broadcast_going.let_go(tx, sam, row, MORNING, few)
        assert refused.value.reasons == ("A second person has to say yes to it first.",)
        assert len(broadcast_going.ask_approval(tx, sam, row, MORNING, few)) == 1
        row = kept.get(tx, row.id)
        assert row.state == BroadcastState.WAITING
        says_yes(tx, olu.id, row.id, approval_words(tx, row, few))
        assert check(tx, row, MORNING, few).ready
        row = rewrite(tx, sam, row, replace(draft_of(row), words={"en": PLAIN["en"]}), MORNING)
        assert check(tx, row, MORNING, few).missing == (Post.SECOND,)
        says_yes(tx, olu.id, row.id, approval_words(tx, row, few))
        assert let_go(tx, row, whose=few).state == BroadcastState.GOING

    await store.write(story)


def says_yes(tx: Tx, staff_id: int, row_id: int, words: str) -> None:
    approvals.record(tx, Subject.BROADCAST, row_id, words, Post.SECOND, True, How.CONSOLE, MORNING, staff_id=staff_id)


async def test_whom_it_is_for_is_part_of_what_is_approved_and_its_time_is_not(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        row = written(tx)
        before = approval_words(tx, row, ASHDALE)
        row = rewrite(tx, None, row, replace(draft_of(row), due_at=MORNING + DAY, spread=10), MORNING)
        assert approval_words(tx, row, ASHDALE) == before
        row = rewrite(tx, None, row, replace(draft_of(row), rule={"topics": ["money"]}), MORNING)
        assert approval_words(tx, row, ASHDALE) != before

    await lite_store.write(story)


async def test_each_phone_is_shown_as_it_will_look(lite_store: Store) -> None:
    def story(tx: Tx) -> None:
        row = written(tx, {"en": "{council}: when, {name}? {stop}"}, choices=TWO)
        values = values_of(FREELY, None, "en") | {"name": "Asha"}
        for channel in Channel:
            message = preview(row, FREELY, "cy", channel, values)
            assert message.text == "Ashdale Council: when, Asha? STOP ends texts."
            assert [option.label for option in message.options] == ["Morning", "Night"]
            assert message.channel is channel

    await lite_store.write(story)


@pytest.mark.parametrize(
    "other", [{"kind": BroadcastKind.DIGEST}, {"project": 1}, {"when_capped": WhenCapped.LEAVE_OUT}]
)
async def test_as_what_it_goes_is_part_of_what_is_approved(lite_store: Store, other: dict[str, Any]) -> None:
    def story(tx: Tx) -> bool:
        leaflet.led(tx, leaflet.hired(tx, "Sam"), None)
        row = written(tx, {"en": "We meet on Tuesday."})
        before = approval_words(tx, row, ASHDALE)
        return approval_words(tx, rewrite(tx, None, row, replace(draft_of(row), **other), MORNING), ASHDALE) != before

    assert await lite_store.write(story)


@pytest.mark.parametrize(
    ("above", "then", "now", "missing"),
    [
        (3, 10, 12, ()),
        (3, 10, 13, (Post.SECOND,)),
        (10, 10, 11, (Post.SECOND,)),  # at ten nobody had to say it
        (10, 12, 9, ()),
    ],
)
async def test_a_yes_is_to_about_so_many_people(
    store: Store, above: int, then: int, now: int, missing: tuple[Post, ...]
) -> None:
    few = replace(ASHDALE, approve_above=above, most_a_week=0)

    def story(tx: Tx) -> tuple[Post, ...]:
        people_ids = [reach.people_at(tx, one)[0].id for one in crowd(tx, max(then, now))]
        sam, olu = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu", Role.APPROVER)
        group = groups.add(tx, sam, "Lunch club", MORNING)
        kept_groups.put_in(tx, group.id, people_ids[:then], MORNING, sam.id)
        row = written(tx, rule={"groups": [group.token]})
        says_yes(tx, olu.id, row.id, approval_words(tx, row, few))
        kept_groups.put_in(tx, group.id, people_ids[then:now], MORNING, sam.id)
        for one in people_ids[now:then]:
            kept_groups.take_out(tx, group.id, one)
        found = check(tx, row, MORNING, few)
        assert found.said[Post.SECOND] is (None if missing else True)
        return found.missing

    assert await store.write(story) == missing


async def test_who_gets_it_later_is_told_before_it_goes(store: Store) -> None:
    """They had their text of the week already: it waits for them, or leaves them out, as was chosen."""

    def story(tx: Tx) -> tuple[tuple[str, ...], dict[Left, int]]:
        crowd(tx, 3)
        gone(tx)
        texts(tx)
        weekly = replace(FREELY, most_a_week=1)
        waits = check(tx, written(tx), MORNING, weekly, manners=manner)
        left = check(tx, written(tx, when_capped=WhenCapped.LEAVE_OUT), MORNING, weekly, manners=manner)
        assert waits.preview.reached == 3
        return waits.notes, dict(left.preview.left)

    notes, left = await store.write(story)
    assert "3 of them have had as many texts this week as they agreed to, and will get it later." in notes
    assert left == {Left.CAP: 3}
