"""Somebody of the team, in a dialogue: what they press on the pages is done by the same functions of the bank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bank import colleague as colleagues
from bank import handling, replying, thread, typed_in
from bank.colleague import Colleague
from bank.thread import Thread
from bank.tokens import token
from storage import staff
from storage.staff import Role, StaffState
from storage.store import Tx
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone

T = TypeVar("T")


@dataclass
class Somebody:
    """A colleague at the console of this bank."""

    bank: Bank
    known: Colleague

    @classmethod
    async def at(cls, bank: Bank, name: str = "Priya", *roles: Role) -> Somebody:
        def hire(tx: Tx) -> Colleague:
            login = name.casefold()
            state = StaffState.ACTIVE
            row = staff.add(tx, token=token(), name=name, login=login, state=state, last_step=0, created_at=bank.now())
            staff.give(tx, row.id, roles or (Role.COORDINATOR,))
            return colleagues.known(tx, row)

        return cls(bank, await bank.does(hire))

    async def takes_over(self, phone: Phone) -> None:
        await self._does(phone, lambda tx, about: handling.take_over(tx, self.known, about, self.bank.now()))

    async def hands_back(self, phone: Phone) -> None:
        now, organisation = self.bank.now(), self.bank.organisation
        await self._does(phone, lambda tx, about: handling.hand_back(tx, self.known, about, now, organisation))

    async def marks_as_spam(self, phone: Phone, why: str = "It sells loans.") -> None:
        await self._does(phone, lambda tx, about: handling.mark_spam(tx, self.known, about, why, self.bank.now()))

    async def writes(self, phone: Phone, words: str) -> None:
        now, organisation = self.bank.now(), self.bank.organisation

        def answer(tx: Tx, about: Thread) -> None:
            read_to = thread.read_to(tx, about)
            replying.answer(tx, self.known, about, words, now, organisation, seen="", read_to=read_to)

        await self._does(phone, answer)

    async def types_in(self, phone: Phone, words: str, kind: str = typed_in.VOICE) -> None:
        now, organisation = self.bank.now(), self.bank.organisation

        def type_in(tx: Tx, about: Thread) -> Any:
            (name, _row), *_more = typed_in.waiting(tx, about)
            typed_in.type_in(tx, self.known, about, name, kind, words, now, organisation)

        await self._does(phone, type_in)

    async def sees(self, phone: Phone) -> bool:
        address = await self.bank.address(phone)
        return await self.bank.asks(lambda tx: thread.find(tx, self.known, address.token)) is not None

    async def _does(self, phone: Phone, work: Callable[[Tx, Thread], T]) -> T:
        address = await self.bank.address(phone)

        def do(tx: Tx) -> T:
            about = thread.find(tx, self.known, address.token)
            assert about is not None
            return work(tx, about)

        done = await self.bank.does(do)
        await self.bank.drains()
        return done
