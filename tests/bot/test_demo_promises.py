"""What was said, promised and told in the demo: every page of it has something to show, and nothing goes out of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bank import commitment_today, feedback_shown, promises_group, story_uses, telling, upkeep
from bank.colleague import Colleague, known
from bank.commitment_late import is_late, today
from bank.suppression import Hidden, Shown
from bot import demo, demo_feedback, demo_meetings, demo_morning, demo_projects, demo_promises, demo_story, team
from storage import commitments, feedback, meetings, outbox, projects, staff, stories
from storage.commitments import CommitmentState, tellings
from storage.meetings import MeetingKind, MeetingState
from storage.outbox import OutState
from storage.schema import Record
from storage.store import Store, Tx
from storage.stories import Use
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, number_of

# The demo is made by the same statements as all else: that PostgreSQL takes them is seen once.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def invented(store: Store, now: datetime = MORNING, times: int = 1) -> None:
    """The whole of the demo, as it is made before anything is served."""
    await demo.fill_if_empty(store, ASHDALE, now)
    await demo_morning.play(store, now, ASHDALE)
    await team.invent(store, now)
    for _ in range(times):
        for one in (demo_projects, demo_meetings, demo_feedback, demo_promises, demo_story):
            await one.invent(store, now, ASHDALE)


def called(tx: Tx, login: str) -> Colleague:
    row = staff.called(tx, login)
    assert row is not None
    return known(tx, row)


def meeting(tx: Tx, kind: MeetingKind) -> Record:
    return next(one for one in meetings.in_states(tx, [MeetingState.OVER]) if one.kind == kind)


async def test_two_meetings_were_told_of_with_and_without_names(store: Store) -> None:
    await invented(store)

    def look(tx: Tx) -> tuple[feedback_shown.Outcome, feedback_shown.Outcome]:
        priya = called(tx, "priya")
        found = [
            feedback_shown.of_meeting(tx, priya, meeting(tx, kind), MORNING, ASHDALE)
            for kind in (MeetingKind.LISTENING, MeetingKind.MEETING)
        ]
        assert found[0] is not None
        assert found[1] is not None
        return found[0].outcome(), found[1].outcome()

    space, forum = await store.write(look)
    assert (space.asked, space.answered, forum.asked, forum.answered) == (39, Shown(35), 36, Shown(35))
    assert [count for _label, count in space.questions[1].told.counts] == [Shown(15), Shown(10), Shown(10)]
    assert any(one.name for one in space.questions[2].said)
    assert forum.questions[2].said
    assert not any(one.token or one.name or one.at for asked in forum.questions for one in asked.said)
    assert isinstance(forum.questions[0].told.counts[4][1], Hidden)
    assert len(space.themes) == 3


@ON_ONE
async def test_of_four_promises_one_is_kept_one_late_one_open_and_one_cannot_be(store: Store) -> None:
    await invented(store, times=2)

    def look(tx: Tx) -> tuple[dict[str, tuple[str, bool]], list[str], str, bool]:
        on = today(MORNING, ASHDALE)
        rows = commitments.in_states(tx, list(CommitmentState))
        stand = {row.words["title"]["en"]: (row.state, is_late(row, on)) for row in rows}
        to_do = commitment_today.rows(tx, called(tx, "priya"), MORNING, ASHDALE)
        public = projects.get(tx, rows[0].project_id).ledger_public
        return stand, [one.todo for one in to_do], promises_group.link(tx, ASHDALE), public

    stand, to_do, link, public = await store.read(look)
    assert stand == {
        "A weekend phone": ("kept", False),
        "Bills that are easy to read": ("open", True),
        "The hour of each visit": ("cannot", False),
        "The same carers each week": ("open", False),
    }
    assert to_do == [
        "This promise is late: do it, or move its day and say why",
        "Somebody wrote back about what you promised: read it",
    ]
    assert link
    assert public


@ON_ONE
@pytest.mark.parametrize("days", [0, 5, 31])
async def test_everybody_was_told_long_ago_and_nothing_more_goes_out_by_itself(store: Store, days: int) -> None:
    now = MORNING + timedelta(days=days)
    await invented(store, now)

    def look(tx: Tx) -> tuple[set[str], set[str], set[str]]:
        telling_states = set(tx.execute(select(tellings.c.state)).scalars())
        assert telling.to_tell(tx, now + timedelta(days=30), ASHDALE, 100) == []
        told = outbox.messages_out.c.wording.like("told.%")
        states = set(tx.execute(select(outbox.messages_out.c.state).where(told)).scalars())
        before = set(tx.execute(select(outbox.messages_out.c.wording)).scalars())
        upkeep.run(tx, now, ASHDALE)
        after = set(tx.execute(select(outbox.messages_out.c.wording)).scalars())
        return telling_states, states, after - before

    assert await store.write(look) == ({"told"}, {OutState.ACCEPTED}, {"alert.danger"})


@ON_ONE
async def test_a_phone_at_try_shows_what_its_owner_was_told(store: Store) -> None:
    await invented(store)

    def look(tx: Tx) -> list[str]:
        person = demo.member(tx, 1)
        assert person is not None
        found = select(outbox.messages_out).where(outbox.messages_out.c.person_id == person.id)
        return [row.wording for row in tx.execute(found.order_by(outbox.messages_out.c.id))]

    assert await store.read(look) == [
        "told.listed.text",
        "told.done_others.text",
        "told.which_meant.text",
        "told.noted.text",
    ]


@ON_ONE
async def test_a_story_is_used_for_what_was_agreed(store: Store) -> None:
    await invented(store, times=2)

    def look(tx: Tx) -> tuple[dict[Use, str], list[str], int]:
        (row,) = stories.page(tx, 10, 0)
        told = stories.by_token(tx, row.token)
        assert told is not None
        held = {use: named.value for use, named in story_uses.holds(tx, told).items()}
        return held, [one.use for one in stories.places(tx, [row.id])], number_of(tx, stories.stories)

    assert await store.read(look) == ({Use.WEB: "first_name", Use.TRAINING: "no_name"}, ["web", "training"], 1)


@ON_ONE
async def test_what_was_said_without_a_name_leads_to_nobody(store: Store) -> None:
    await invented(store)

    def look(tx: Tx) -> list[tuple[int | None, datetime | None, str | None]]:
        about = feedback.of_meeting(tx, meeting(tx, MeetingKind.MEETING).id)
        assert about is not None
        return [(one.person_id, one.at, one.open_token) for one in looking.responses(tx, [about.id])]

    assert set(await store.read(look)) == {(None, None, None)}
