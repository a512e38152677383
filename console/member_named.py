"""A member named on a page: who leads something; on a form by the address of their page, which not all may open."""

from __future__ import annotations

from bank import people
from console.page import Asked
from console.who import READERS
from storage import people as kept
from storage.schema import Record
from storage.store import Tx


def hint(asked: Asked) -> str:
    """How to name them, for whoever fills in the form."""
    if asked.colleague.may(*READERS):
        return "Open their page under People, copy its address, and put it here."
    return "You can leave it as it is, or empty it. A coordinator can choose another member."


def refusal(asked: Asked) -> str:
    """What to do where nobody is named so."""
    if asked.colleague.may(*READERS):
        return "Open a member's page under People, copy its address, and put it here"
    return "Put back what was here, or leave it empty. A coordinator can choose another member"


def member_chair(asked: Asked, tx: Tx, row: Record) -> Record | None:
    """The member who leads a project or a meeting, where this colleague may see them; the look is recorded."""
    if row.member_chair is None:
        return None
    person = people.seen(tx, asked.colleague, kept.get(tx, row.member_chair).token)
    if person is not None:
        people.looked(tx, asked.colleague, person, asked.now)
    return person
