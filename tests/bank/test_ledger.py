"""The ledger: how each promise stands, by what is on record and by nothing that anybody writes about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from bank import promises, promises_told
from bank.promises import Line, Standing
from bank.saying import Saying
from storage import commitments
from storage.commitments import CommitmentKind, CommitmentState, What
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank import leaflet
from tests.bank.ashdale import ASHDALE
from tests.bank.on_record import BILLS, done, draft, happens, kept, moved, on, promised, reply

both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
WHY = {"en": "The printer closed."}


def lines(tx: Tx, now: datetime) -> list[Line]:
    return promises.of_bank(tx).at(now, ASHDALE)


def the_line(tx: Tx, now: datetime) -> Line:
    (only,) = lines(tx, now)
    return only


@pytest.mark.parametrize(
    ("story", "standing"),
    [
        (lambda _tx, _row: None, Standing.OPEN),
        (lambda tx, row: kept(tx, row, on(27), on(29)), Standing.KEPT),
        (lambda tx, row: kept(tx, row, on(28), on(29)), Standing.KEPT_LATE),
        (lambda tx, row: done(tx, row, on(20)), Standing.UNANSWERED),
        (lambda tx, row: happens(tx, done(tx, row, on(10)), What.NOT_CONFIRMED, on(24)), Standing.UNANSWERED),
        (lambda tx, row: happens(tx, row, What.STOPPED, on(20), why=WHY), Standing.STOPPED),
        (lambda tx, row: moved(tx, row, "2026-12-18", on(20), WHY), Standing.MOVED),
        (lambda tx, row: happens(tx, done(tx, row, on(20)), What.NOT_KEPT, on(21)), Standing.OPEN),
        # To keep a day that was moved is not to keep the first.
        (lambda tx, row: kept(tx, moved(tx, row, "2026-12-18", on(20)), on(28), on(29)), Standing.KEPT_LATE),
        # The day of what was done, and was not: what was done last counts.
        (
            lambda tx, row: kept(tx, happens(tx, done(tx, row, on(20)), What.NOT_KEPT, on(21)), on(28), on(29)),
            Standing.KEPT_LATE,
        ),
    ],
)
async def test_a_promise_stands_as_what_happened_to_it_says(
    store: Store, story: Callable[[Tx, Record], object], standing: Standing
) -> None:
    def told(tx: Tx) -> Standing:
        story(tx, promised(tx))
        return the_line(tx, on(27) if standing in {Standing.OPEN, Standing.UNANSWERED} else on(30)).standing

    assert await store.write(told) is standing


@both
async def test_it_is_late_the_day_after_and_moved_once_it_has_another_day(store: Store) -> None:
    def told(tx: Tx) -> list[Standing]:
        row = promised(tx)
        found = [the_line(tx, on(27, hour=23)).standing, the_line(tx, on(28, hour=1)).standing]
        moved(tx, row, "2026-12-18", on(29), WHY)
        return [*found, the_line(tx, on(30)).standing, the_line(tx, on(28, hour=12)).standing]

    assert await store.write(told) == [Standing.OPEN, Standing.LATE, Standing.MOVED, Standing.LATE]


@pytest.mark.parametrize(("day", "says"), [(27, False), (30, True)])
async def test_what_was_late_once_says_so_however_it_stands(store: Store, day: int, *, says: bool) -> None:
    def told(tx: Tx) -> list[tuple[str, ...]]:
        moved(tx, promised(tx), "2026-12-18", on(day), WHY)
        happens(tx, promised(tx), What.STOPPED, on(day), why=WHY)
        done(tx, promised(tx), on(day))
        return [promises_told.told(one, Saying(ASHDALE, "en")).how for one in lines(tx, on(1, 12))]

    assert [("It was late once." in how) for how in await store.write(told)] == [says] * 3


async def test_the_first_day_and_each_new_one_stay_with_why(store: Store) -> None:
    def told(tx: Tx) -> Line:
        row = promised(tx)
        moved(tx, moved(tx, row, "2026-12-18", on(20), WHY), "2027-01-29", on(1, 12))
        return the_line(tx, on(2, 12))

    line = await store.write(told)
    assert line.first == date(2026, 11, 27)
    assert [(one.to, one.why) for one in line.moves] == [(date(2026, 12, 18), WHY), (date(2027, 1, 29), {})]
    assert line.due == date(2027, 1, 29)


@pytest.mark.parametrize("changed", [{"due_on": "2026-12-18"}, {"due_on": "2026-12-18", "first_on": "2026-12-18"}])
async def test_a_day_that_is_written_over_after_the_fact_shows_as_moved(store: Store, changed: dict[str, str]) -> None:
    def told(tx: Tx) -> Line:
        row = promised(tx)
        commitments.change(tx, row.id, changed)
        return the_line(tx, on(28))

    line = await store.write(told)
    assert line.standing is Standing.MOVED
    assert line.first == date(2026, 11, 27)
    points = promises_told.told(line, Saying(ASHDALE, "en")).points
    assert ("Moved to", "Friday 18 December 2026") in [(one.label, one.text) for one in points]
    assert ("Why", "No reason is on record.") in [(one.label, one.text) for one in points]


async def test_a_state_that_is_written_over_changes_nothing(store: Store) -> None:
    def told(tx: Tx) -> Line:
        row = promised(tx)
        commitments.change(tx, row.id, {"state": CommitmentState.KEPT, "done_at": on(20), "settled_at": on(21)})
        return the_line(tx, on(28))

    assert (await store.write(told)).standing is Standing.LATE


@both
async def test_what_is_not_promised_is_not_there(store: Store) -> None:
    def told(tx: Tx) -> list[str]:
        draft(tx)
        happens(tx, draft(tx, state=CommitmentState.WAITING), What.ASKED, on(3))
        there = promised(tx)
        assert lines(tx, on(1)) == []
        return [one.row.token for one in lines(tx, on(30)) if one.row.token != there.token]

    assert await store.write(told) == []


async def test_what_we_cannot_do_says_why(store: Store) -> None:
    def told(tx: Tx) -> Line:
        words = {**BILLS, "why": {"en": "the law sets what is on a bill"}}
        row = draft(tx, kind=CommitmentKind.CANNOT, words=words, due_on=None)
        happens(tx, row, What.CANNOT, on(3))
        return the_line(tx, on(4))

    line = await store.write(told)
    shown = promises_told.told(line, Saying(ASHDALE, "en"))
    assert line.standing is Standing.CANNOT
    assert shown.said == "You said our bills are hard to read. We can't, because the law sets what is on a bill."
    assert shown.how == ()


@both
async def test_what_somebody_wrote_back_counts_until_it_is_read_and_its_words_are_nowhere(store: Store) -> None:
    def told(tx: Tx) -> list[tuple[bool, str]]:
        row, asha = promised(tx), leaflet.member(tx)
        sam = leaflet.hired(tx, "Sam")
        reply(tx, row, asha.id, on(5), "Asha Green says no")
        reply(tx, row, asha.id, on(3), "Asha Green", seen_at=on(4), seen_by=sam.id)
        found = [the_line(tx, at) for at in (on(4, hour=12), on(6))]
        return [(one.unread, str(promises_told.told(one, Saying(ASHDALE, "en")))) for one in found]

    (before, read), (after, unread) = await store.write(told)
    assert (before, after) == (False, True)
    assert "Somebody wrote back about this. Nobody has read it yet." in unread
    assert "Asha" not in read + unread


@pytest.mark.parametrize(
    ("language", "shown", "said"),
    [
        ("en", "en", "You said our bills are hard to read. We will rewrite them with carers."),
        ("ro", "en", "You said our bills are hard to read. We will rewrite them with carers."),
    ],
)
async def test_what_is_not_put_into_a_language_is_told_in_english(
    store: Store, language: str, shown: str, said: str
) -> None:
    line = await store.write(lambda tx: (promised(tx), the_line(tx, on(4)))[1])
    told = promises_told.told(line, Saying(replace(ASHDALE), language))
    assert (told.language, told.said) == (shown, said)


async def test_no_colleague_is_named_and_the_team_is(store: Store) -> None:
    def told(tx: Tx) -> list[str]:
        sam = leaflet.hired(tx, "Sam Owner")
        words = {"sender": {"en": "Carers Space"}}
        project = leaflet.opened(tx, sam, leaflet.member(tx), leaflet.but(**words))
        promised(tx, project_id=project.id, owner_id=sam.id, created_by=sam.id)
        promised(tx, owner_id=sam.id)
        return [str(promises_told.told(one, Saying(ASHDALE, "en"))) for one in lines(tx, on(4))]

    alone, of_project = await store.write(told)
    assert "Sam" not in alone + of_project
    assert "Ashdale Council" in alone
    assert "Carers Space" in of_project
    assert "Home care leaflet" in of_project
