"""Safeguarding leads of a dialogue: on the rota, each with a phone of their own, and what they press in the console."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time

from bank import colleague, concern_list, concerns, replying
from bank.colleague import Colleague
from bank.concern_list import Portrait
from bank.tokens import token
from storage import concerns as stored
from storage import shifts, staff
from storage.schema import Record
from storage.shifts import Times
from storage.staff import Role, StaffState
from storage.store import Tx
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone

OFFICE = Times(frozenset(range(5)), time(9), time(18))
ALWAYS = Times(frozenset(range(7)), time(), time(), holidays=True)
PAGES = "https://heard.test"


@dataclass
class Lead:
    """Somebody of the team who is a safeguarding lead. `phone` is their own."""

    bank: Bank
    row: Record
    phone: Phone

    def reads_an_alert(self, number: int, of: int) -> str:
        """One alert came to their phone, without a name or a word of anybody's. Returns its code."""
        (bubble,) = self.phone.unread
        self.phone.unread.clear()
        nth = {1: "1st", 2: "2nd", 3: "3rd"}.get(number, f"{number}th")
        found = re.fullmatch(
            rf"Heard: somebody may be in danger\. Please open {PAGES}/safeguarding and take it\. "
            rf"{nth} of {of} alerts\. Or reply TAKEN (\d{{7}}) in the next 10 minutes\.",
            bubble.screen,
        )
        assert found is not None, bubble.screen
        return found[1]

    async def as_colleague(self) -> Colleague:
        return await self.bank.asks(lambda tx: colleague.known(tx, staff.get(tx, self.row.id)))

    async def sees(self) -> list[str]:
        """Tokens of the concerns on their page."""
        me = await self.as_colleague()
        shown = await self.bank.asks(lambda tx: concern_list.overview(tx, me, self.bank.now()))
        return [one.token for one in [*shown.open, *shown.released]]

    async def opens(self) -> Portrait:
        """The one concern that there is for them."""
        (name,) = await self.sees()
        me = await self.as_colleague()
        shown = await self.bank.does(lambda tx: concern_list.look(tx, me, name, self.bank.now()))
        assert shown is not None
        return shown

    async def takes(self) -> None:
        concern = (await self.opens()).concern
        await self.bank.does(lambda tx: concerns.take(tx, concern, self.row.id, self.bank.now()))

    async def lets_go(self, reason: str = "She is safe with her sister.") -> None:
        me, concern, now = await self.as_colleague(), (await self.opens()).concern, self.bank.now()
        await self.bank.does(lambda tx: concerns.release(tx, concern, me, reason, now, self.bank.organisation))

    async def writes(self, words: str) -> None:
        """To where the concern began. Raises CannotWrite."""
        me, concern, now = await self.as_colleague(), (await self.opens()).concern, self.bank.now()

        def write(tx: Tx) -> None:
            address = stored.addresses_of(tx, concern.id)[0]
            replying.write(tx, me, address, words, now, self.bank.organisation)

        await self.bank.does(write)
        await self.bank.drains()

    async def says_unsafe(self, *, unsafe: bool) -> None:
        me, concern, now = await self.as_colleague(), (await self.opens()).concern, self.bank.now()

        def change(tx: Tx) -> None:
            (address,) = stored.addresses_of(tx, concern.id)
            concerns.say_unsafe(tx, concern, address, me, now, unsafe=unsafe)

        await self.bank.does(change)


async def hire(bank: Bank, name: str, *roles: Role, times: Times | None = None, phone: Phone | None = None) -> Lead:
    """Somebody new on the team: a lead unless it is said what else, on the rota where `times` are given."""
    bank.organisation = replace(bank.organisation, public_url=PAGES)
    own = phone or bank.phone("sms")

    def add(tx: Tx) -> Record:
        row = staff.add(
            tx,
            token=token(),
            name=name,
            login=name.casefold(),
            state=StaffState.ACTIVE,
            alert_channel=own.channel,
            alert_address=own.address,
            last_step=0,
            created_at=bank.now(),
        )
        staff.give(tx, row.id, roles or (Role.SAFEGUARDING_LEAD,))
        if times is not None:
            shifts.add(tx, token(), row.id, times)
        return row

    return Lead(bank, await bank.does(add), own)
