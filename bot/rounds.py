"""Rounds: upkeep, each kind in a work of its own, so that what is broken somewhere holds up nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import fields
from datetime import datetime

import structlog

from bank import upkeep
from bank.chore import Chore
from bank.organisation import Organisation
from bank.upkeep import CHORES, Done
from storage.store import Away, Store, Tx

log = structlog.get_logger()

_MOST = 100  # of each kind in one round
_MOST_ROUNDS = 1_000  # one after the other: enough for all that a bank of any size has due at once


async def go(store: Store, now: datetime, organisation: Organisation, chores: Sequence[Chore] = CHORES) -> Done:
    """Do what is due. What cannot be done is logged by the error's name and left out. Raises Away."""
    done = Done()
    for chore in await store.read(lambda tx: [one for one in chores if _may_be_due(tx, one, now, organisation)]):
        done = _both(done, await _do(store, chore, now, organisation))
    return done


async def to_the_end(
    store: Store,
    now: Callable[[], datetime],
    organisation: Callable[[], Organisation],
    send: Callable[[], Awaitable[None]],
    chores: Sequence[Chore] = CHORES,
    most: int = _MOST_ROUNDS,
) -> None:
    """One round after the other, each followed by `send`, until nothing is due. Raises Away.

    What is due for ever is left after so many rounds, and logged by name.
    """
    for _round in range(most):
        done = await go(store, now(), organisation(), chores)
        await send()
        if not done:
            return
    goes_on = await store.read(lambda tx: [one for one in chores if _may_be_due(tx, one, now(), organisation())])
    log.error("upkeep_goes_on", rounds=most, chores=[one.called for one in goes_on])


def _may_be_due(tx: Tx, chore: Chore, now: datetime, organisation: Organisation) -> bool:
    """Whether it is anybody's turn. Most of the time it is nobody's: all are looked at together, and nothing waits."""
    try:
        return bool(chore.turns(tx, now, organisation, 1))
    except Exception:  # noqa: BLE001  in a work of its own it fails alone, and is told
        return True


async def _do(store: Store, chore: Chore, now: datetime, organisation: Organisation) -> Done:
    try:
        return await store.write(lambda tx: upkeep.run(tx, now, organisation, _MOST, (chore,)))
    except Away:
        raise
    except Exception as error:  # noqa: BLE001  one row of them is bad: the others have a right to their turn
        log.error("upkeep_one_by_one", chore=chore.counts_as, error=type(error).__name__)
        return Done(**{chore.counts_as: await _one_by_one(store, chore, now, organisation)})


async def _one_by_one(store: Store, chore: Chore, now: datetime, organisation: Organisation) -> int:
    done = 0
    for row_id in await store.read(lambda tx: chore.turns(tx, now, organisation, _MOST)):
        try:
            done += await store.write(lambda tx, one=row_id: chore.run_one(tx, now, organisation, _MOST, one))  # type: ignore[misc]
        except Away:
            raise
        except Exception as error:  # noqa: BLE001  this row waits for somebody who mends it
            log.error("upkeep_row_left_out", chore=chore.counts_as, row=row_id, error=type(error).__name__)
    return done


def _both(one: Done, other: Done) -> Done:
    return Done(**{field.name: getattr(one, field.name) + getattr(other, field.name) for field in fields(Done)})
