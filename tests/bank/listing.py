"""Lists of people as a coordinator brings them in: a file, what its columns hold, the check, and the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from sqlalchemy import select

from bank import colleague as colleagues
from bank import importing, spreadsheet
from bank.colleague import Colleague
from bank.imported import Line
from bank.importing import Plan
from bank.organisation import Organisation
from bank.tokens import token
from bot import transfers
from bot.house import House
from storage import staff
from storage import transfers as kept
from storage.people import people
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING

T = TypeVar("T")


@dataclass
class Desk:
    """A coordinator, and what a house has that lists need. `store` may be one that goes away."""

    store: Store
    known: Colleague
    organisation: Organisation = ASHDALE
    time: datetime = MORNING
    names: list[str] = field(default_factory=list)

    @classmethod
    async def of(cls, store: Store, *roles: Role) -> Desk:
        def hire(tx: Tx) -> Colleague:
            row = staff.add(
                tx, token=token(), name="Priya", login="priya", state=StaffState.ACTIVE, last_step=0, created_at=MORNING
            )
            staff.give(tx, row.id, roles or (Role.COORDINATOR,))
            return colleagues.known(tx, row)

        return cls(store, await store.write(hire))

    def now(self) -> datetime:
        return self.time

    async def does(self, work: Callable[[Tx], T]) -> T:
        return await self.store.write(work)

    async def goes_on(self, row: Record) -> None:
        """A worker does what is to be done about it."""
        await transfers.go_on(cast("House", self), row.id)

    async def checks(self, *lines: str, name: str = "list.csv", **about: Any) -> Record:
        """Bring in these lines, the headings first, and have them checked; how it stands then."""
        sheet = spreadsheet.read("\n".join(lines).encode())
        row = await self.does(lambda tx: importing.upload(tx, self.known, name, sheet, self.time))
        return await self.checks_again(row, **about)

    async def checks_again(self, row: Record, **about: Any) -> Record:
        mapping = about.pop("mapping", row.asked["guess"])
        given = replace(Plan(mapping, "paper", MORNING.date(), "The form of 2026", "en"), **about)
        assert await self.does(lambda tx: importing.begin_check(tx, row, given, self.time))
        await self.goes_on(row)
        return await self.stands(row)

    async def adds(self, row: Record, *, perhaps: bool = False) -> Record:
        assert await self.does(lambda tx: importing.run(tx, self.known, row, self.time, add_perhaps=perhaps))
        await self.goes_on(row)
        return await self.stands(row)

    async def stands(self, row: Record) -> Record:
        found = await self.store.read(lambda tx: kept.find(tx, row.id))
        assert found is not None
        return found

    async def brings_in(self, *lines: str, **about: Any) -> Record:
        return await self.adds(await self.checks(*lines, **about))

    async def people(self) -> list[Record]:
        return await self.store.read(lambda tx: list(tx.execute(select(people).order_by(people.c.id))))

    def later(self, **by: float) -> None:
        self.time += timedelta(**by)


def lines_of(row: Record) -> list[Line]:
    return importing.shown(row)


def added(row: Record) -> int:
    return int(row.report["counts"]["added"])
