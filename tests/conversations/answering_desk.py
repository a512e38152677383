"""Somebody of the team at their desk, who answers what people ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bank import answers, questions
from bank.answers import Outcome
from bank.colleague import Colleague, known
from bank.questions import seer
from bank.tokens import token
from storage import question_list, staff
from storage.question_list import Part
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx
from tests.conversations.banks import Bank
from tests.conversations.moving_clock import MONDAY


def hire(tx: Tx, *roles: Role, **more: Any) -> Colleague:
    """Somebody new on the team; a coordinator unless told otherwise."""
    login = token()
    row = staff.add(
        tx,
        token=token(),
        name="Sam Field",
        login=login,
        state=StaffState.ACTIVE,
        last_step=0,
        created_at=MONDAY,
        **more,
    )
    staff.give(tx, row.id, roles or [Role.COORDINATOR])
    return known(tx, row)


@dataclass
class Desk:
    """Somebody of the team at their desk."""

    bank: Bank
    who: Colleague

    async def finds(self, words: str) -> Record:
        rows = await self.bank.asks(lambda tx: question_list.page(tx, Part.OPEN, seer(self.who), 50))
        return next(row for row in rows if row.words == words)

    async def answers(self, words: str | Mapping[str, str], *asked: str) -> Outcome:
        """Send one answer to these questions; in English unless told otherwise."""
        said = {"en": words} if isinstance(words, str) else words
        chosen = [await self.finds(one) for one in asked]
        now, organisation = self.bank.now(), self.bank.organisation
        done = await self.bank.does(lambda tx: answers.answer(tx, self.who, chosen, said, now, organisation))
        await self.bank.drains()
        return done

    async def does_not_know(self, asked: str, until: date) -> str:
        row, now, organisation = await self.finds(asked), self.bank.now(), self.bank.organisation
        why_not = await self.bank.does(lambda tx: answers.put_off(tx, self.who, row, until, now, organisation))
        await self.bank.drains()
        return why_not

    async def sees_today(self) -> list[tuple[str, bool]]:
        now, organisation = self.bank.now(), self.bank.organisation
        rows = await self.bank.asks(lambda tx: questions.rows(tx, self.who, now, organisation))
        return [(row.todo, row.overdue) for row in rows]
