"""Whose a commitment is: the colleague who sees to it, and is told on a phone of their own what it needs of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bank import voice
from bank.colleague import Colleague, known
from bank.commitment_words import title
from bank.organisation import Organisation
from bank.question_rota import Texts, phone_of, rendered
from bank.voice import Envelope, Spoken
from language.wording import SOURCE_LANGUAGE, Words
from storage import staff
from storage.outbox import Priority
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx

# Who writes them and may have one, everywhere or for one project.
WRITERS = (Role.COORDINATOR, Role.APPROVER, Role.CO_CHAIR, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)
_LASTS = timedelta(hours=8)


def everybody(tx: Tx) -> list[Record]:
    """Of the team, whoever may have one: who writes for all projects, or for one."""
    roles = staff.roles(tx)
    return [one for one in staff.active(tx) if any(role in WRITERS for role, _where in roles.get(one.id, ()))]


def able(tx: Tx, token: str) -> Record | None:
    """The colleague of this token, where they may have one."""
    return next((one for one in everybody(tx) if one.token == token), None) if token else None


def token_of(tx: Tx, row: Record) -> str | None:
    """Whose it is, as it is noted: the colleague's token."""
    return str(staff.get(tx, row.owner_id).token) if row.owner_id is not None else None


def owner_of(tx: Tx, row: Record) -> Colleague | None:
    """Whose it is, as long as they are on the team."""
    found = staff.get(tx, row.owner_id) if row.owner_id is not None else None
    return known(tx, found) if found is not None and found.state == StaffState.ACTIVE else None


def text(tx: Tx, row: Record, words: Words, values: dict[str, str], now: datetime, organisation: Organisation) -> bool:
    """Text its owner, where they have questions texted too: no name, and nobody's words. Whether a text was queued."""
    owner = owner_of(tx, row)
    texts, address = phone_of(tx, owner) if owner is not None else (Texts.NONE, None)
    if texts is Texts.NONE or address is None:
        return False
    said = rendered(organisation, words, {"commitment": title(row), **values})
    envelope = Envelope(address.id, address.sender, SOURCE_LANGUAGE, priority=Priority.INVITATION, expires=_LASTS)
    voice.queue(tx, envelope, "colleague.commitment", Spoken(said), now)
    return True
