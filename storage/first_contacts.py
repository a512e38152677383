"""First contacts: who came to the door by a text, by a paper form or with a colleague, and who came in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, func, select

from storage.addresses import addresses
from storage.consents import Purpose, consents
from storage.messages_in import Disposition, messages_in
from storage.schema import Record
from storage.sign_ups import SignUpState, sign_ups
from storage.store import Tx


def by_text(tx: Tx, begins: datetime, ends: datetime) -> list[Record]:
    """Addresses that a first message brought in that time.

    Each has `id`, `channel`, `language`, who joined there (`person_id`, `joined`), and after how many texts (`texts`;
    0: not by a text). A machine that wrote, a phone of ours and what is no business of ours are left out.
    """
    brought = and_(
        messages_in.c.address_id == addresses.c.id,
        messages_in.c.received_at == addresses.c.created_at,
        messages_in.c.disposition != Disposition.AUTOMATIC,
    )
    first = (
        select(addresses.c.id, addresses.c.channel, addresses.c.language)
        .where(addresses.c.created_at >= begins, addresses.c.created_at < ends)
        .where(addresses.c.ours.is_(None), addresses.c.spam.is_(None), select(1).where(brought).exists())
        .cte("first")
    )
    agreed = (
        select(consents.c.address_id, func.min(consents.c.id).label("id"))
        .join(first, first.c.id == consents.c.address_id)
        .where(consents.c.purpose == Purpose.BANK, consents.c.given)
        .group_by(consents.c.address_id)
        .cte("agreed")
    )
    texts = (
        select(func.count())
        .select_from(messages_in)
        .where(messages_in.c.address_id == first.c.id, messages_in.c.id <= consents.c.message_id)
        .correlate(first, consents)
        .scalar_subquery()
    )
    found = (
        select(first, consents.c.person_id, consents.c.id.is_not(None).label("joined"), texts.label("texts"))
        .outerjoin(agreed, agreed.c.address_id == first.c.id)
        .outerjoin(consents, consents.c.id == agreed.c.id)
    )
    return list(tx.execute(found).all())


def by_form(tx: Tx, begins: datetime, ends: datetime) -> list[Record]:
    """Paper forms of partners' about which we asked in that time: `id`, `person_id`, and whether they `joined`."""
    found = select(sign_ups.c.id, sign_ups.c.person_id, (sign_ups.c.state == SignUpState.AGREED).label("joined"))
    return list(tx.execute(found.where(sign_ups.c.asked_at >= begins, sign_ups.c.asked_at < ends)))


def with_a_colleague(tx: Tx, begins: datetime, ends: datetime) -> list[int]:
    """Ids of people who joined in that time by phone, on paper or face to face, and not by a list of many."""
    found = select(consents.c.person_id).where(
        consents.c.purpose == Purpose.BANK,
        consents.c.given,
        consents.c.answer.is_not(None),
        consents.c.at >= begins,
        consents.c.at < ends,
    )
    return list(tx.execute(found.distinct()).scalars())
