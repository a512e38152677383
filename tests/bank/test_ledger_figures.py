"""Figures of the ledger: of all of it, of a project, and of a month, which never change once it is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bank import promise_figures, promises
from bank.promise_figures import Figures, Month, of_all, of_month
from storage.commitments import What
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE
from tests.bank.on_record import done, happens, kept, moved, on, promised, reply

NOVEMBER = Month.named("2026-11")
both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


def a_month(tx: Tx) -> None:
    """Four kept, one of them late; one late still; two moved; one of which we said it is done; one that is to come."""
    for _number in range(3):
        kept(tx, promised(tx), on(20), on(21))
    kept(tx, promised(tx), on(28), on(29))
    promised(tx)
    for _number in range(2):
        moved(tx, promised(tx), "2026-12-18", on(20))
    done(tx, promised(tx), on(27))
    promised(tx, due_on="2026-12-11")


@both
async def test_a_month_is_told_in_four_numbers(store: Store) -> None:
    def told(tx: Tx) -> Figures:
        a_month(tx)
        return of_month(promises.of_bank(tx), NOVEMBER, ASHDALE)

    assert await store.write(told) == Figures(kept=3, late=2, moved=2, unanswered=1)


async def test_what_happens_later_changes_no_month_that_is_over(store: Store) -> None:
    def told(tx: Tx) -> list[Figures]:
        a_month(tx)
        for row in list(promises.of_bank(tx).rows):
            moved(tx, row, "2027-01-29", on(1, 12))
            kept(tx, row, on(2, 12), on(3, 12))
        history = promises.of_bank(tx)
        return [of_month(history, NOVEMBER, ASHDALE), of_month(history, NOVEMBER.next, ASHDALE)]

    november, december = await store.write(told)
    assert november == Figures(kept=3, late=2, moved=2, unanswered=1)
    assert december.moved == 9
    assert december.unanswered == 0


@pytest.mark.parametrize(
    ("story", "figures"),
    [
        (lambda tx, row: moved(tx, row, "2026-12-18", on(30)), Figures(late=1, moved=1)),
        (lambda tx, row: happens(tx, row, What.STOPPED, on(30)), Figures(late=1)),
        (lambda tx, row: done(tx, row, on(30)), Figures(late=1, unanswered=1)),
        (
            lambda tx, row: done(tx, moved(tx, row, "2026-12-18", on(20)), on(28)),
            Figures(late=1, moved=1, unanswered=1),
        ),
        (lambda tx, row: moved(tx, row, "2026-12-18", on(27)), Figures(moved=1)),
        (lambda tx, row: happens(tx, row, What.STOPPED, on(27)), Figures()),
        (lambda tx, row: done(tx, row, on(27)), Figures(unanswered=1)),
    ],
)
async def test_nothing_that_is_done_about_it_on_the_last_day_of_the_month_makes_it_one_that_was_not_late(
    store: Store, story: Callable[[Tx, Record], object], figures: Figures
) -> None:
    def told(tx: Tx) -> list[Figures]:
        story(tx, promised(tx))
        history = promises.of_bank(tx)
        return [of_month(history, NOVEMBER, ASHDALE), of_all(history.at(on(1, 12), ASHDALE))]

    assert await store.write(told) == [figures, figures]


async def test_what_nobody_answered_counts_while_we_wait_and_in_the_month_in_which_we_gave_up(store: Store) -> None:
    def told(tx: Tx) -> list[int]:
        happens(tx, done(tx, promised(tx), on(27)), What.NOT_CONFIRMED, on(11, 12))
        history = promises.of_bank(tx)
        months = (NOVEMBER, NOVEMBER.next, NOVEMBER.next.next)
        return [of_month(history, one, ASHDALE).unanswered for one in months]

    assert await store.write(told) == [1, 1, 0]


async def test_a_reply_that_nobody_has_read_counts_as_unanswered(store: Store) -> None:
    def told(tx: Tx) -> list[int]:
        row, asha, sam = promised(tx, due_on="2027-03-31"), leaflet.member(tx), leaflet.hired(tx, "Sam")
        reply(tx, row, asha.id, on(20), seen_at=on(2, 12), seen_by=sam.id)
        history = promises.of_bank(tx)
        return [of_month(history, one, ASHDALE).unanswered for one in (NOVEMBER, NOVEMBER.next)]

    assert await store.write(told) == [1, 0]


async def test_each_project_has_its_own_and_the_rest_comes_last(store: Store) -> None:
    def told(tx: Tx) -> list[tuple[bool, Figures]]:
        project = leaflet.opened(tx, leaflet.hired(tx, "Sam"), leaflet.member(tx))
        kept(tx, promised(tx, project_id=project.id), on(20), on(21))
        promised(tx)
        lines = promises.of_bank(tx).at(on(28), ASHDALE)
        assert of_all(lines) == Figures(kept=1, late=1)
        return [(one.project_id == project.id, figures) for one, figures in promise_figures.by_project(lines)]

    assert await store.write(told) == [(True, Figures(kept=1)), (False, Figures(late=1))]


async def test_months_are_told_from_the_first_promise_on_and_no_more_than_twelve(store: Store) -> None:
    def told(tx: Tx) -> tuple[list[str], int]:
        assert promise_figures.by_month(promises.of_bank(tx), on(2), ASHDALE) == []
        promised(tx)
        history = promises.of_bank(tx)
        months = [str(month) for month, _figures in promise_figures.by_month(history, on(5, 1, year=2027), ASHDALE)]
        return months, len(promise_figures.by_month(history, on(5, 1, year=2029), ASHDALE))

    assert await store.write(told) == (["2026-12", "2026-11"], 12)
