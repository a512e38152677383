"""A bank that has promised a few things, beside a running demo: `python -m tests.journeys.promising` in its folder.

It prints where the page of the group that scrutinises us is, and the page of a project.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bank import promises_group, promises_month
from bank.organisation import Organisation
from bank.tokens import token
from bot.house import open_house
from bot.settings import load
from storage import groups, projects
from storage.commitments import What
from storage.groups import GroupKind
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from tests.bank import leaflet
from tests.bank.on_record import BILLS, done, happens, kept, moved, promised

_NOW = datetime.now(UTC)
ONLY_ENGLISH = {name: {"en": wording["en"]} for name, wording in BILLS.items()}


def _days(number: int) -> datetime:
    return _NOW + timedelta(days=number)


def _on(number: int) -> str:
    return _days(number).date().isoformat()


def promise(tx: Tx, organisation: Organisation) -> list[str]:
    """One of each kind of standing, some of them only in English."""
    by = leaflet.hired(tx, "Ada Administrator", Role.ADMINISTRATOR)
    project = leaflet.opened(tx, by, leaflet.member(tx, "Halina Green"))
    projects.change(tx, project.id, {"ledger_public": True})

    def one(due: int, words: object = BILLS) -> Record:
        return promised(tx, _days(-70), project_id=project.id, due_on=_on(due), words=words)

    kept(tx, one(-5), _days(-6), _days(-5))
    kept(tx, one(-9, ONLY_ENGLISH), _days(-6), _days(-5))
    done(tx, one(-2), _days(-3))
    moved(tx, one(-1), _on(30), _days(-4), {"en": "The printer closed.", "pl": "Drukarnia nie działa."})
    happens(tx, one(9, ONLY_ENGLISH), What.STOPPED, _days(-4), why={"en": "The law has changed."})
    one(-3)
    one(20)
    promised(tx, _days(-70), words=ONLY_ENGLISH, due_on=_on(12))
    group = groups.add(tx, token=token(), kind=GroupKind.HAND, name="Our Voice", made_at=_NOW)
    promises_month.choose(tx, by, group.token, _NOW, organisation)
    link = promises_group.link(tx, organisation).removeprefix(organisation.public_url)
    return [link, f"/promises/project/{project.token}"]


async def main() -> None:
    async with open_house(load()) as house:
        print(*await house.store.write(lambda tx: promise(tx, house.organisation)))


if __name__ == "__main__":
    asyncio.run(main())
