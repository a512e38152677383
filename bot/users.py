"""The team and the audit from the command line: beside the running service, and when nobody can sign in any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bank import audit, team, ways_in
from bot import data_folder, keys
from bot.settings import Settings, SettingsMistake
from language.dates import moment
from language.wording import SOURCE_LANGUAGE
from storage import migrate, staff
from storage.staff import Role
from storage.store import Store, Tx, open_store

T = TypeVar("T")


def add(settings: Settings, console: Console, name: str, login: str, roles: Sequence[str]) -> None:
    """Raises SettingsMistake: no such role, or the sign-in name is taken or is none."""
    known = [role.value for role in Role]
    if unknown := [role for role in roles if role not in known]:
        raise SettingsMistake(f"--role is one of {', '.join(known)}, not {unknown[0]}.")
    if not name.strip() or not ways_in.may_be_login(login):
        raise SettingsMistake("--name is their name, and --login has 2 to 40 letters and numbers, like sam.field.")
    now = datetime.now(UTC)
    given = [Role(role) for role in roles]
    invited = _run(settings, lambda tx: ways_in.invite(tx, None, name, login, given, now))
    if invited is None:
        raise SettingsMistake(f"Somebody on the team has the sign-in name {login} already. Choose another --login.")
    _tell(settings, console, invited[0].name, invited[1], now)


def renew(settings: Settings, console: Console, login: str) -> None:
    """Raises SettingsMistake: nobody has this sign-in name."""
    now = datetime.now(UTC)

    def work(tx: Tx) -> tuple[str, str] | None:
        row = staff.called(tx, login.strip().casefold())
        return None if row is None else (row.name, ways_in.renew(tx, None, row.id, now))

    renewed = _run(settings, work)
    if renewed is None:
        raise SettingsMistake(f"Nobody has the sign-in name {login}. See: heard user list.")
    _tell(settings, console, *renewed, now)


def _tell(settings: Settings, console: Console, name: str, link: str, now: datetime) -> None:
    zone = settings.organisation.zone
    until = moment((now + ways_in.LASTS).astimezone(zone), now.astimezone(zone), SOURCE_LANGUAGE)
    console.print(f"{name} comes in here, once, until {until}:", markup=False, highlight=False)
    console.print(f"{settings.public_url}/welcome/{link}", markup=False, highlight=False, soft_wrap=True)


def show(settings: Settings, console: Console) -> None:
    """Print who is or was on the team."""
    table = Table("name", "sign-in name", "roles", "state", title=f"Heard, {settings.organisation.council}")
    for member in _run(settings, team.everyone):
        table.add_row(Text(member.row.name), Text(member.row.login), ", ".join(member.roles), member.row.state)
    console.print(table)


def verify(settings: Settings, console: Console) -> int:
    """Returns 1 where a row was changed, taken out, put in or cut off at the end, else 0."""
    count, wrong = _run(settings, audit.verify)
    if wrong is not None:
        console.print(f"The audit is not whole: {wrong}. The {count:,} rows before that fit together.", markup=False)
        return 1
    console.print(f"The audit is whole: {count:,} rows, and each fits to the one before it.", markup=False)
    return 0


def _run(settings: Settings, work: Callable[[Tx], T]) -> T:
    async def run() -> T:
        async with _opened(settings) as store:
            return await store.write(work)

    return asyncio.run(run())


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Store]:
    """The store alone. Raises WrongKeys, KeysUnusable, Away, DatabaseNewer."""
    ring = data_folder.ready(settings)
    migrate.upgrade(settings.database_url, ring)
    store = open_store(settings.database_url, ring)
    try:
        await keys.prove(store)
        yield store
    finally:
        await store.close()
