"""Approvals: who has to say yes to what, who may, and that it is about the words as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bank import approvals, erasure, merging, project_team, project_today, terms
from bank.approvals import NotTheirs
from bank.broadcast_draft import approval_words
from storage import approvals as entries
from storage import askings, broadcasts, people, projects, tasks
from storage import audit as audit_rows
from storage.approvals import How, Post, Subject
from storage.broadcasts import BroadcastKind
from storage.people import PersonState
from storage.staff import Role
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE, MORNING, Somebody

FEW = replace(ASHDALE, approve_above=100)
MESSAGE, INVITATION = BroadcastKind.MESSAGE, BroadcastKind.INVITATION
SECOND, STAFF, MEMBER = Post.SECOND, Post.STAFF_CHAIR, Post.MEMBER_CHAIR
both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@pytest.mark.parametrize(
    ("kind", "count", "promotes", "led", "posts"),
    [
        (MESSAGE, 100, False, True, []),
        (MESSAGE, 101, False, True, [SECOND]),
        (MESSAGE, 1, True, True, [SECOND]),
        (INVITATION, 1, False, True, [STAFF, MEMBER]),
        (INVITATION, 101, False, True, [SECOND, STAFF, MEMBER]),
        (INVITATION, 1, False, False, [STAFF]),  # why there is only one is on record
    ],
)
async def test_who_has_to_say_yes(
    lite_store: Store, kind: BroadcastKind, count: int, promotes: bool, led: bool, posts: list[Post]
) -> None:
    def story(tx: Tx) -> list[Post]:
        sam = leaflet.hired(tx, "Sam")
        project = leaflet.led(tx, sam, leaflet.member(tx) if led else None)
        row = leaflet.broadcast(tx, sam, project, kind, promotion=promotes)
        return approvals.needed(tx, row, count, FEW)

    assert await lite_store.write(story) == posts


@both
async def test_a_yes_is_to_the_words_as_they_were(store: Store) -> None:
    def story(tx: Tx) -> list[bool | None]:
        sam, olu = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu", Role.APPROVER)
        row = leaflet.broadcast(tx, sam, None, MESSAGE)

        def said(words: str) -> bool | None:
            return approvals.standing(tx, Subject.BROADCAST, row.id, words)[SECOND]

        def says(given: bool) -> None:
            at = (Subject.BROADCAST, row.id, "Come on Thursday")
            approvals.record(tx, *at, SECOND, given, How.CONSOLE, MORNING, staff_id=olu.id)

        told = [said("Come on Thursday")]
        says(True)
        told += [said("Come on Thursday"), said("Come on Friday")]
        says(False)
        return [*told, said("Come on Thursday")]

    assert await store.write(story) == [None, True, None, False]


async def test_nobody_is_the_second_person_for_what_they_wrote(lite_store: Store) -> None:
    def story(tx: Tx) -> list[str]:
        sam, olu = leaflet.hired(tx, "Sam", Role.APPROVER), leaflet.hired(tx, "Olu")
        row = leaflet.broadcast(tx, sam, None, MESSAGE)
        refused = []
        for who in (sam, olu):  # Olu is no approver
            with pytest.raises(NotTheirs):
                approvals.record(
                    tx, Subject.BROADCAST, row.id, "Come", SECOND, True, How.CONSOLE, MORNING, staff_id=who.id
                )
            refused.append(who.name)
        return refused

    assert await lite_store.write(story) == ["Sam", "Olu"]


async def test_only_who_leads_the_project_says_it_as_its_co_chair(lite_store: Store) -> None:
    def story(tx: Tx) -> dict[Post, bool | None]:
        sam, olu, asha, ben = (
            leaflet.hired(tx, "Sam"),
            leaflet.hired(tx, "Olu", Role.APPROVER, Role.CO_CHAIR),
            leaflet.member(tx),
            leaflet.member(tx, "Ben"),
        )
        row = leaflet.broadcast(tx, olu, leaflet.led(tx, sam, asha), INVITATION)
        at = (Subject.INVITATION, row.id, "Come")
        with pytest.raises(NotTheirs):
            approvals.record(tx, *at, STAFF, True, How.CONSOLE, MORNING, staff_id=olu.id)
        with pytest.raises(NotTheirs):
            approvals.record(tx, *at, MEMBER, True, How.TEXT, MORNING, person_id=ben.id)
        with pytest.raises(NotTheirs):
            approvals.record(tx, *at, MEMBER, True, How.CONSOLE, MORNING, staff_id=sam.id)
        approvals.record(tx, *at, STAFF, True, How.CONSOLE, MORNING, staff_id=sam.id)
        approvals.record(tx, *at, MEMBER, True, How.TEXT, MORNING, person_id=asha.id)
        assert approvals.posts_of(tx, leaflet.again(tx, sam.id), Subject.INVITATION, row.id) == [SECOND, STAFF]
        assert approvals.posts_of(tx, olu, Subject.INVITATION, row.id) == []
        return approvals.standing(tx, *at)

    assert await lite_store.write(story) == {SECOND: None, STAFF: True, MEMBER: True}


async def test_what_was_said_on_print_is_entered_by_a_colleague_with_its_day(lite_store: Store) -> None:
    def story(tx: Tx) -> tuple[str, int, bool, list[str]]:
        sam, olu, asha = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu"), leaflet.member(tx)
        row = leaflet.agreement(tx, olu, leaflet.led(tx, sam, asha))
        before = MORNING - timedelta(days=3)
        given: Any = {"person_id": asha.id, "entered_by": sam.id, "given_at": before, "note": "With a cup of tea"}
        at = (Subject.TERMS, row.id, terms.exact(row))
        approvals.record(tx, *at, MEMBER, True, How.PRINT, MORNING, **given)
        (entry,) = entries.of(tx, Subject.TERMS, row.id)
        acts = [(one.act, one.staff_id == sam.id) for one in audit_rows.everything(tx) if one.about == row.token]
        return entry.how, entry.entered_by - sam.id, entry.at == before, [act for act, by_sam in acts if by_sam]

    assert await lite_store.write(story) == ("print", 0, True, ["approved"])


async def test_who_wrote_it_does_not_enter_that_the_member_said_yes(lite_store: Store) -> None:
    def story(tx: Tx) -> list[bool]:
        sam, olu, asha = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu"), leaflet.member(tx)
        row = leaflet.agreement(tx, sam, leaflet.led(tx, sam, asha))
        at = (Subject.TERMS, row.id, terms.exact(row))
        with pytest.raises(NotTheirs):
            approvals.record(tx, *at, MEMBER, True, How.PRINT, MORNING, person_id=asha.id, entered_by=sam.id)
        return [approvals.may_enter(tx, who, Subject.TERMS, row.id) for who in (sam, olu)]

    assert await lite_store.write(story) == [False, True]


@both
async def test_terms_are_agreed_when_both_said_yes_to_the_newest(store: Store) -> None:
    def story(tx: Tx) -> list[list[bool]]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        project = leaflet.led(tx, sam, asha)
        row = leaflet.agreement(tx, sam, project)

        def agreed() -> list[bool]:
            return [one.is_agreed for one in terms.versions(tx, project, Subject.TERMS)]

        told = [agreed()]
        at = (Subject.TERMS, row.id, terms.exact(row))
        approvals.record(tx, *at, STAFF, True, How.CONSOLE, MORNING, staff_id=sam.id)
        told.append(agreed())
        approvals.record(tx, *at, MEMBER, True, How.TEXT, MORNING, person_id=asha.id)
        told.append(agreed())
        leaflet.agreement(tx, sam, project, "We meet on Mondays.")
        return [*told, agreed()]

    assert await store.write(story) == [[False], [False], [True], [False, True]]


async def test_who_is_asked_finds_it_on_today_until_they_answer(store: Store) -> None:
    def story(tx: Tx) -> list[list[str]]:
        sam, olu = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu", Role.APPROVER)
        row = leaflet.broadcast(tx, sam, None, MESSAGE)
        at = (Subject.BROADCAST, row.id, approval_words(tx, row, ASHDALE))
        approvals.ask(tx, sam, *at, [SECOND], MORNING, ASHDALE)

        def todo() -> list[str]:
            found = [project_today.rows(tx, who, MORNING, ASHDALE) for who in (sam, olu)]
            return [one.todo for rows in found for one in rows]

        told = [todo()]
        approvals.record(tx, *at, SECOND, True, How.CONSOLE, MORNING, staff_id=olu.id)
        return [*told, todo()]

    assert await store.write(story) == [["Say yes or no to a message"], []]


async def test_what_was_changed_since_is_asked_of_nobody(lite_store: Store) -> None:
    def story(tx: Tx) -> list[list[str]]:
        sam, olu = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu", Role.APPROVER)
        project = leaflet.led(tx, olu, None)
        row = leaflet.broadcast(tx, sam, None, MESSAGE)
        words = approval_words(tx, row, ASHDALE)
        approvals.ask(tx, sam, Subject.BROADCAST, row.id, words, [SECOND], MORNING, ASHDALE)
        version = leaflet.agreement(tx, sam, project)
        terms.ask(tx, sam, project, version, MORNING, ASHDALE)

        def todo() -> list[str]:
            return sorted(one.todo for one in project_today.rows(tx, olu, MORNING, ASHDALE))

        told = [todo()]
        broadcasts.change(tx, row.id, {"words": {"en": "Come on Friday"}})
        told.append(todo())
        leaflet.agreement(tx, sam, project, "We meet on Mondays.")
        return [*told, todo()]

    message, agreed = "Say yes or no to a message", "Say yes or no to what we agreed to do"
    assert await lite_store.write(story) == [[message, agreed], [agreed], []]


async def test_what_is_asked_anew_is_not_asked_twice(lite_store: Store) -> None:
    """Nor of somebody who does not lead the project any more."""

    def story(tx: Tx) -> list[list[str]]:
        sam, asha, ben = leaflet.hired(tx, "Sam"), leaflet.member(tx), leaflet.member(tx, "Ben")
        project = leaflet.led(tx, sam, asha)
        row = leaflet.broadcast(tx, sam, project, INVITATION)

        def waiting() -> list[str]:
            return [one.words for one in askings.open_of(tx, Subject.INVITATION, row.id)]

        told = []
        for words in ("Come on Thursday", "Come on Friday"):
            approvals.ask(tx, sam, Subject.INVITATION, row.id, words, [STAFF, MEMBER], MORNING, ASHDALE)
            told.append(waiting())
        old = (Subject.INVITATION, row.id, "Come on Thursday")
        approvals.record(tx, *old, MEMBER, True, How.TEXT, MORNING, person_id=asha.id)
        told.append(waiting())
        project_team.name_chairs(tx, sam, project, sam.token, ben.token, "", MORNING)
        told.append(waiting())
        (new,) = approvals.ask(tx, None, Subject.INVITATION, row.id, "Come on Friday", [MEMBER], MORNING, ASHDALE)
        return [*told, ["Ben" if new.person_id == ben.id else ""]]

    thursday, friday = "Come on Thursday", "Come on Friday"
    assert await lite_store.write(story) == [[thursday] * 2, [friday] * 2, [friday] * 2, [friday], ["Ben"]]


@pytest.mark.parametrize(("texts", "length", "prints"), [(True, 100, False), (True, 900, True), (False, 100, True)])
async def test_what_cannot_be_read_on_their_phone_is_printed_for_them(
    lite_store: Store, texts: bool, length: int, prints: bool
) -> None:
    def story(tx: Tx) -> bool:
        sam = leaflet.hired(tx, "Sam")
        phone = Somebody()
        if texts:
            phone.joins(tx)
        person = _newest(tx) if texts else leaflet.member(tx)
        project = leaflet.led(tx, sam, person)
        row = leaflet.agreement(tx, sam, project, "w " * (length // 2))
        terms.ask(tx, sam, project, row, MORNING, ASHDALE)
        return "print" in tasks.open_count(tx)

    assert await lite_store.write(story) == prints


def _newest(tx: Tx) -> Any:
    return tx.execute(people.people.select().order_by(people.people.c.id.desc())).first()


async def test_where_they_do_not_answer_somebody_asks_them_another_way(lite_store: Store) -> None:
    def story(tx: Tx) -> list[list[str]]:
        sam, olu, asha = leaflet.hired(tx, "Sam"), leaflet.hired(tx, "Olu"), leaflet.member(tx)
        project = leaflet.led(tx, sam, asha)
        row = leaflet.agreement(tx, sam, project)
        approvals.ask(tx, olu, Subject.TERMS, row.id, terms.exact(row), [MEMBER], MORNING, ASHDALE)

        def todo(days: int) -> list[list[str]]:
            now = MORNING + timedelta(days=days)
            return [[one.todo for one in project_today.rows(tx, who, now, ASHDALE)] for who in (sam, olu)]

        return todo(0) + todo(7)

    another = ["Their co-chair has not answered about what we agreed to do: ask them another way"]
    assert await lite_store.write(story) == [[], [], another, another]


async def test_a_reason_stands_for_the_one_that_is_missing_and_not_for_who_left(lite_store: Store) -> None:
    def story(tx: Tx) -> list[Post]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = leaflet.broadcast(tx, sam, leaflet.led(tx, sam, asha), INVITATION)
        people.change(tx, asha.id, {"state": PersonState.LEFT})
        return approvals.needed(tx, row, 1, FEW)

    assert await lite_store.write(story) == [STAFF, MEMBER]


@both
async def test_what_somebody_wrote_goes_when_they_are_erased_and_their_no_stays(store: Store) -> None:
    def story(tx: Tx) -> tuple[str | None, bool, list[bool]]:
        sam, asha = leaflet.hired(tx, "Sam"), leaflet.member(tx)
        row = leaflet.agreement(tx, sam, leaflet.led(tx, sam, asha))
        at = (Subject.TERMS, row.id, terms.exact(row))
        approvals.record(tx, *at, MEMBER, False, How.TEXT, MORNING, person_id=asha.id, note="My mum is ill on Mondays")
        assert erasure.erase_person(tx, asha.id, MORNING)
        (entry,) = entries.of(tx, Subject.TERMS, row.id)
        return entry.note, entry.given, [one.is_agreed for one in terms.versions(tx, _project(tx, row), Subject.TERMS)]

    assert await store.write(story) == (None, False, [False])


@both
async def test_of_two_who_are_one_the_one_leads_it_and_said_what_both_said(store: Store) -> None:
    def story(tx: Tx) -> tuple[bool, bool | None]:
        sam, asha, again = leaflet.hired(tx, "Sam"), leaflet.member(tx), leaflet.member(tx, "Asha K")
        row = leaflet.agreement(tx, sam, leaflet.led(tx, sam, again))
        at = (Subject.TERMS, row.id, terms.exact(row))
        approvals.record(tx, *at, MEMBER, True, How.TEXT, MORNING, person_id=again.id)
        merging.merge(tx, sam, asha, again, "The same number", MORNING, ASHDALE)
        return _project(tx, row).member_chair == asha.id, approvals.standing(tx, *at)[MEMBER]

    assert await store.write(story) == (True, True)


def _project(tx: Tx, row: Any) -> Any:
    return projects.get(tx, row.project_id)
