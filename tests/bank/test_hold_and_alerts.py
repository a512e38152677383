"""Nobody in danger is missed: whom an alert goes on to, and how far a hold reaches when our list changes."""

from __future__ import annotations

from datetime import timedelta

from bank import alarms, alerting, concerns, erasure, helping, merging, team
from bank.tokens import token
from storage import addresses, alerts, audit, people, reach, staff, supporters, tasks
from storage import concerns as stored
from storage.oneself import NOBODY
from storage.people import PersonState
from storage.staff import Role
from storage.store import Store, Tx
from storage.supporters import Help, LinkState
from storage.tasks import TaskKind
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bank.test_concerns import CRY, OFFICE, as_colleague, cried, hired

_PHONE = {"alert_channel": "sms", "alert_address": "+447700900941"}


async def test_promise_15_a_lead_on_shift_without_a_phone_keeps_nobody_waiting(store: Store) -> None:
    def story(tx: Tx) -> None:
        hired(tx, "Sol", OFFICE)
        mo = hired(tx, "Mo")
        staff.change(tx, mo.id, _PHONE)
        _asha, concern = cried(tx)
        assert alerting.climb(tx, MORNING, ASHDALE, concern.id) > 0
        assert [one.staff_id for one in alerts.about(tx, concern.id) if one.message_id] == [mo.id]

    await store.write(story)


async def test_what_came_from_nowhere_we_know_of_is_done_with_the_concern_and_erased_in_time(store: Store) -> None:
    def story(tx: Tx) -> None:
        priya = as_colleague(tx, hired(tx, "Priya"))
        for _ in range(2):
            alarms.not_taken_in(tx, Somebody().writes(CRY), MORNING, ASHDALE)
        first, second = stored.unreleased(tx, NOBODY, 10)
        concerns.release(tx, first, priya, "He is safe now", MORNING, ASHDALE)
        (task,) = looking.open_tasks(tx)
        assert task.token == concerns.task_of(second), "the other one is still open"
        later = MORNING + timedelta(days=29)
        erasure.erase_dead_letters(tx, later)
        assert CRY in (stored.get(tx, first.id).why or "")
        erasure.erase_dead_letters(tx, later + timedelta(days=2))
        row, done = stored.get(tx, first.id), tasks.called(tx, concerns.task_of(first))
        assert (row.why, row.reason) == (None, None)
        assert done is not None
        assert (done.words, done.closed_at) == (None, MORNING)
        assert CRY in (stored.get(tx, second.id).why or ""), "what is open keeps every word"
        said = [audit.opened(tx, one.details) for one in audit.everything(tx) if one.details]
        assert "He is safe now" not in str(said)
        assert erasure.erase_dead_letters(tx, later + timedelta(days=2)) == 0

    await store.write(story)


async def test_promise_15_what_a_lead_had_in_hand_who_is_none_any_more_is_alerted_anew(store: Store) -> None:
    def story(tx: Tx) -> None:
        boss = as_colleague(tx, hired(tx, "Vic", role=Role.ADMINISTRATOR))
        sol, priya = hired(tx, "Sol", OFFICE), hired(tx, "Priya", OFFICE)
        _asha, first = cried(tx)
        _ben, second = cried(tx)
        concerns.take(tx, first, sol.id, MORNING)
        concerns.take(tx, second, priya.id, MORNING)
        assert stored.to_alert(tx, MORNING, 10) == []
        (one,) = [one for one in team.everyone(tx) if one.row.id == sol.id]
        team.close(tx, boss, one, MORNING)
        assert stored.to_alert(tx, MORNING, 10) == [first.id]
        (other,) = [one for one in team.everyone(tx) if one.row.id == priya.id]
        team.change_roles(tx, boss, other, [Role.COORDINATOR], MORNING)
        assert stored.to_alert(tx, MORNING, 10) == [first.id, second.id]

    await store.write(story)


async def test_who_becomes_one_with_somebody_held_is_held_on_every_phone_until_let_go(store: Store) -> None:
    def story(tx: Tx) -> None:
        priya = as_colleague(tx, hired(tx, "Priya"))
        asha, concern = cried(tx)
        twin = Somebody()
        twin.joins(tx)
        (gone,), (keep,) = (reach.people_at(tx, one.here(tx).id) for one in (asha, twin))
        merging.merge(tx, priya, keep, gone, "The same person", MORNING, ASHDALE)
        assert twin.here(tx).held == "danger"
        assert stored.open_at(tx, twin.here(tx).id) is not None
        concerns.release(tx, stored.get(tx, concern.id), priya, "She is safe", MORNING, ASHDALE)
        assert (twin.here(tx).held, asha.here(tx).held) == (None, None)
        assert people.get(tx, keep.id).held is None

    await store.write(story)


async def test_what_was_done_for_somebody_without_a_phone_of_ours_is_erased_with_them(store: Store) -> None:
    def story(tx: Tx) -> None:
        jo = people.add(
            tx, token=token(), name="Jo", state=PersonState.LEFT, language="en", joined_at=MORNING, erase_at=MORNING
        )
        about = {"kind": TaskKind.CALL, "person_id": jo.id, "words": "Ring Jo", "result": "Jo has a dog"}
        task = tasks.add(tx, token=token(), opened_at=MORNING, due_at=MORNING, **about)
        assert not erasure.erase_person(tx, jo.id, MORNING), "somebody has still to ring"
        tasks.close(tx, task, MORNING)
        assert erasure.erase_person(tx, jo.id, MORNING)
        row = tasks.get(tx, task)
        assert (row.words, row.result, row.person_id) == (None, None, None)

    await store.write(story)


async def test_who_helped_somebody_and_may_be_in_danger_keeps_every_word(store: Store) -> None:
    def story(tx: Tx) -> None:
        asha, ben = Somebody(), Somebody()
        asha.joins(tx)
        ben.says(tx, "Hello there")
        (person,) = reach.people_at(tx, asha.here(tx).id)
        agreed = {"state": LinkState.AGREED, "address_id": ben.here(tx).id, "helps": Help.BOTH, "name": "Ben"}
        supporters.add(tx, token=token(), person_id=person.id, named_at=MORNING, **agreed)
        assert helping.may_tell(tx, person.id, helping.Matter.MEETING)
        ben.says(tx, CRY)
        concern = stored.open_at(tx, ben.here(tx).id)
        assert concern is not None
        people.change(tx, person.id, {"state": PersonState.LEFT, "erase_at": MORNING})
        erasure.erase_person(tx, person.id, MORNING)
        assert CRY in {one.text for one in stored.messages(tx, concern.id, 10)}
        assert addresses.get(tx, ben.here(tx).id).held == "danger"

    await store.write(story)
