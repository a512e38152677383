"""What the team writes to many, in a dialogue: written, let go and sent by the real parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bank import approvals, broadcast_going, broadcasts
from bank.broadcast_draft import Draft, approval_words, write
from bank.tokens import token
from flows.about_you import QUESTIONS
from storage import people, staff
from storage.approvals import How, Post
from storage.broadcasts import BroadcastKind
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone

NEWS = "Ashdale Council: our new leaflet is out. STOP ends texts. To read more, text MORE."
INVITATION = "Ashdale Council here. The hall is open to all this week. STOP ends texts."


async def knows_all(bank: Bank, phone: Phone) -> None:
    """They have been asked every short question that we have."""
    person = await bank.member(phone)
    await bank.does(lambda tx: people.change(tx, person.id, {"next_question": len(QUESTIONS)}))


async def sends(bank: Bank, text: str, kind: BroadcastKind = BroadcastKind.MESSAGE, **more: Any) -> int:
    """Everybody whom it is for gets it, as far as it may go now; its id. `more` is of the draft."""
    now, organisation = bank.now(), bank.organisation
    words = more.pop("words", {"en": text})

    def let_go(tx: Tx) -> int:
        row = write(tx, None, Draft("For this dialogue", words, kind, **more), now)
        if row.promotion:
            _approve(tx, row, bank)
        broadcast_going.let_go(tx, None, row, now, organisation)
        while broadcasts.queue_more(tx, row.id, now, organisation):
            pass
        return int(row.id)

    broadcast_id = await bank.does(let_go)
    await bank.drains()
    return broadcast_id


async def sends_news(bank: Bank, *parts: str, text: str = NEWS, **more: Any) -> int:
    """The news, with these parts for whoever texts MORE."""
    told: Sequence[dict[str, str]] = [{"en": part} for part in parts]
    return await sends(bank, text, BroadcastKind.DIGEST, parts=told, **more)


def _approve(tx: Tx, row: Record, bank: Bank) -> None:
    """A second person of the team says yes."""
    now = bank.now()
    olu = staff.add(tx, token=token(), name="Olu", login=token(), state=StaffState.ACTIVE, last_step=0, created_at=now)
    staff.give(tx, olu.id, (Role.APPROVER,))
    words = approval_words(tx, row, bank.organisation)
    subject = approvals.subject_of(row)
    approvals.record(tx, subject, row.id, words, Post.SECOND, True, How.CONSOLE, now, staff_id=olu.id)
