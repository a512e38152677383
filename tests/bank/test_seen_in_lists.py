"""Lists hold what a colleague may see, however much stands before it that they may not."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, text

from bank import task_list, threads, today, trouble
from bank.task_list import A_PAGE, Which
from bank.tokens import token
from storage import addresses, name_parts, people, reach
from storage.addresses import addresses as all_addresses
from storage.people import PersonState
from storage.people import people as all_people
from storage.reach import reach as all_reach
from storage.staff import Role
from storage.store import Store, Tx
from storage.tasks import TaskKind, tasks
from storage.threads import Show
from tests.bank.ashdale import ASHDALE, MORNING, Somebody
from tests.bank.test_threads import hired

MANY = 1_100
HOUR = timedelta(hours=1)


def raised(tx: Tx, somebody: Somebody, kind: TaskKind, times: int, hours: int) -> None:
    here = somebody.here(tx)
    (person,) = reach.people_at(tx, here.id)
    row = {"kind": kind, "address_id": here.id, "person_id": person.id, "opened_at": MORNING}
    due_at = MORNING + hours * HOUR
    tx.execute(insert(tasks), [{**row, "token": token(), "due_at": due_at} for _ in range(times)])


async def test_a_task_is_listed_behind_a_thousand_that_they_may_not_see(store: Store) -> None:
    def write(tx: Tx) -> None:
        sam, lead = hired(tx, Role.COORDINATOR), hired(tx, Role.SAFEGUARDING_LEAD)
        held, ben = Somebody(), Somebody()
        held.joins(tx)
        ben.joins(tx)
        raised(tx, held, TaskKind.CALL, MANY, 1)
        raised(tx, ben, TaskKind.CALL, 1, 9)
        addresses.change(tx, held.here(tx).id, {"held": "danger"})
        found, more = task_list.listed(tx, sam, Which.ALL, 1, MORNING, ASHDALE)
        assert (len(found), more) == (1, False)
        assert [row.href for row in today.rows(tx, sam, MORNING, ASHDALE)] == [f"/tasks/{found[0].token}"]
        last, _more = task_list.listed(tx, lead, Which.ALL, MANY // A_PAGE + 1, MORNING, ASHDALE)
        assert last[-1].token == found[0].token

    await store.write(write)


async def test_what_is_unread_is_on_today_behind_a_thousand_calls(lite_store: Store) -> None:
    def write(tx: Tx) -> None:
        sam, asha, ben = hired(tx, Role.COORDINATOR), Somebody(), Somebody()
        asha.joins(tx)
        raised(tx, asha, TaskKind.CALL, MANY, -9)
        ben.says(tx, "a parcel came for you")
        assert today.rows(tx, sam, MORNING, ASHDALE)[0].href == f"/inbox/{ben.here(tx).token}"

    await lite_store.write(write)


def _namesakes(tx: Tx, count: int, **values: object) -> list[int]:
    """People called Asha, each with a phone."""
    made = []
    for _ in range(count):
        person = people.add(
            tx, token=token(), state=PersonState.MEMBER, name="Asha", language="en", joined_at=MORNING, **values
        )
        name_parts.keep(tx, person.id, "Asha")
        address_id = addresses.add(
            tx,
            token=token(),
            channel="sms",
            sender="sms",
            address="+447700900999",
            address_key=token(),
            state="open",
            last_in_at=MORNING,
            created_at=MORNING,
        )
        reach.join(tx, address_id=address_id, person_id=person.id, since=MORNING)
        made.append(address_id)
    return made


async def test_a_name_is_found_behind_all_those_that_are_held(store: Store) -> None:
    def write(tx: Tx) -> None:
        sam = hired(tx, Role.COORDINATOR)
        (seen,) = _namesakes(tx, 1)
        _namesakes(tx, threads.MOST_FOUND + 5, held="danger")
        assert [row.token for row in threads.with_name(tx, sam, "asha")] == [addresses.get(tx, seen).token]

    await store.write(write)


async def test_a_lost_address_is_shown_behind_a_hundred_that_are_held(lite_store: Store) -> None:
    def write(tx: Tx) -> None:
        sam = hired(tx, Role.COORDINATOR)
        for offset, held, count in ((0, None, 1), (1, "danger", 120)):
            for address_id in _namesakes(tx, count, held=held):
                at = MORNING + offset * timedelta(minutes=1)
                addresses.change(tx, address_id, {"state": "dead", "unreachable_at": at})
        assert len(trouble.rows(tx, sam, MORNING + HOUR, ASHDALE)) == 1

    await lite_store.write(write)


async def test_the_inbox_is_read_by_index_before_postgresql_has_counted_anything(
    fresh_postgres_store: Store,
) -> None:
    """It took 390,000 looks at a page of memory with 300 people, and a hundred times that with ten times as many."""

    def write(tx: Tx) -> None:
        made = range(1, 301)
        when = [MORNING + timedelta(minutes=number) for number in made]
        person = {"state": "member", "language": "en", "joined_at": MORNING}
        tx.execute(insert(all_people), [{**person, "id": number, "token": token()} for number in made])
        place = {"channel": "sms", "sender": "sms", "state": "open", "created_at": MORNING}
        rows = [
            {**place, "id": number, "token": token(), "address_key": token(), "last_in_at": at}
            for number, at in zip(made, when, strict=True)
        ]
        tx.execute(insert(all_addresses), rows)
        tx.execute(insert(all_reach), [{"address_id": one, "person_id": one, "since": MORNING} for one in made])
        task = {"kind": "read", "opened_at": MORNING, "due_at": MORNING}
        tx.execute(insert(tasks), [{**task, "token": token(), "address_id": one, "person_id": one} for one in made])

    def looks(tx: Tx, show: Show) -> int:
        """Pages of memory that this transaction looked at for one page of the inbox."""
        sam = hired(tx, Role.COORDINATOR)
        before = _touched(tx)
        assert len(threads.listed(tx, sam, show).rows) == threads.A_PAGE
        return _touched(tx) - before

    await fresh_postgres_store.write(write)
    for show in (Show.ALL, Show.UNREAD):
        assert await fresh_postgres_store.write(lambda tx, show=show: looks(tx, show)) < 30_000  # type: ignore[misc]


def _touched(tx: Tx) -> int:
    fetched = (
        "select sum(pg_stat_get_xact_blocks_fetched(oid)) from pg_class where relnamespace = 'public'::regnamespace"
    )
    return int(tx.execute(text(fetched)).scalar_one())
