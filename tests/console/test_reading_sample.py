"""The weekly sample: drawn by the clock on Monday, and read without a name."""

from __future__ import annotations

import pytest

from console.done import DONE
from storage import audit as audit_rows
from storage.staff import Role
from storage.store import Tx
from tests.bank import half_year
from tests.bank.half_year import at
from tests.console.desk import Console


def _acts(tx: Tx) -> list[str]:
    return [one.act for one in audit_rows.everything(tx)]


def messages(tx: Tx) -> None:
    """Of the week before: one that can be drawn, and others that cannot."""
    who, phone = half_year.member(tx, at(1, 5), name="Asha")
    week = at(11, 18)
    half_year.text(tx, phone, week, who, text="Yes, is there parking?", asked="rsvp.ask", reading=YES)
    half_year.text(tx, phone, week, who, text=None, reading=YES)  # erased
    half_year.text(tx, phone, week, who, text="unread")
    half_year.text(tx, phone, at(11, 10), who, text="the week before that", reading=YES)
    half_year.text(tx, phone, at(11, 23, 10), who, text="this week", reading=YES)
    held, his = half_year.member(tx, at(1, 5), held="danger")
    half_year.text(tx, his, week, held, text="he hits me", reading={"meaning": "crisis"})


YES = {"meaning": "yes", "value": "yes", "sure": True, "also": ["question"], "because": "yes"}


async def test_on_monday_the_clock_draws_what_may_be_read(console: Console) -> None:
    await console.write(messages)
    await console.moves(minutes=1)
    drawn = await console.read(lambda tx: half_year.drawn(tx, "2026-11-16"))
    assert len(drawn) == 1
    await console.moves(minutes=1)
    assert len(await console.read(lambda tx: half_year.drawn(tx, "2026-11-16"))) == 1
    await console.moves(days=7)
    assert len(await console.read(lambda tx: half_year.drawn(tx, "2026-11-23"))) == 1


async def test_a_message_is_read_without_a_name_and_without_our_reading(console: Console) -> None:
    await console.write(messages)
    await console.moves(minutes=1)
    reader = await console.as_(Role.COORDINATOR)
    assert "Read the weekly sample" in (await reader.get("/")).text
    shown = await reader.get("/reports/sample")
    assert "Yes, is there parking?" in shown.text
    assert "Asha" not in shown.text
    assert "because" not in shown.text
    assert "saw_sample" in await console.read(_acts)


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({"kind": "answer", "choice": "yes"}, True),
        ({"kind": "answer", "choice": "no"}, False),
        ({"kind": "question"}, True),
        ({"kind": "stop"}, False),
        ({"kind": "unclear"}, False),
    ],
)
async def test_what_a_colleague_takes_it_to_mean_is_held_against_our_reading(
    console: Console, given: dict[str, str | list[str]], right: bool
) -> None:
    await console.write(messages)
    await console.moves(minutes=1)
    reader = await console.as_(Role.COORDINATOR)
    (one,) = await console.read(lambda tx: half_year.drawn(tx, "2026-11-16"))
    done = await reader.post("/reports/sample", {"token": one.token, **given}, "/reports/sample")
    assert DONE["sample_judged"] in done.text
    (kept,) = await console.read(lambda tx: half_year.drawn(tx, "2026-11-16"))
    assert (kept.right, kept.judged_by) == (right, reader.staff.id)
    again = await reader.post("/reports/sample", {"token": one.token, **given}, "/reports/sample")
    assert "Somebody else has read that one" in again.text
    assert "There is nothing to read" in again.text


async def test_what_is_missing_is_said_beside_it(console: Console) -> None:
    await console.write(messages)
    await console.moves(minutes=1)
    reader = await console.as_(Role.COORDINATOR)
    (one,) = await console.read(lambda tx: half_year.drawn(tx, "2026-11-16"))
    nothing = await reader.post("/reports/sample", {"token": one.token}, "/reports/sample")
    assert "Choose what it means" in nothing.text
    which = await reader.post("/reports/sample", {"token": one.token, "kind": "answer"}, "/reports/sample")
    assert "Choose which answer it is" in which.text


async def test_nobody_reads_of_somebody_who_is_held_by_then(console: Console) -> None:
    await console.write(messages)
    await console.moves(minutes=1)
    reader = await console.as_(Role.COORDINATOR)
    await console.write(_hold_all)
    assert "There is nothing to read" in (await reader.get("/reports/sample")).text


def _hold_all(tx: Tx) -> None:
    tx.exec_driver_sql("UPDATE people SET held = 'danger'")
