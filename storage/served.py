"""Who is served, and how: the language, the channel and the help of each person, for figures about all of them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import case, select

from storage.addresses import addresses
from storage.people import Part, people
from storage.reach import reach
from storage.store import Tx
from storage.supporters import LinkState, supporters

BY_CALL, BY_LETTER = "call", "letter"


def members(tx: Tx) -> Iterator[tuple[int, str, bool, str | None]]:
    """Of everybody who is or was a member, neither staff nor partner.

    Each has an id, a language, whether somebody helped them to join, and how they are reached where they do not text.
    """
    otherwise = case((people.c.contact_key.is_not(None), BY_CALL), (people.c.contact.is_not(None), BY_LETTER))
    found = select(people.c.id, people.c.language, people.c.joined_how.is_not(None), otherwise)
    for row in tx.execute(found.where(people.c.part == Part.MEMBER, people.c.merged_into.is_(None))).all():
        yield row[0], row[1], row[2], row[3]


def channels(tx: Tx) -> dict[int, str]:
    """By person: where they last wrote from."""
    here = select(reach.c.person_id, addresses.c.channel).join(addresses, addresses.c.id == reach.c.address_id)
    rows = tx.execute(here.order_by(addresses.c.last_in_at.nulls_first(), addresses.c.id)).all()
    return {row[0]: row[1] for row in rows}


def helped(tx: Tx) -> set[int]:
    """Ids of members whom somebody helps with our texts."""
    return set(tx.execute(select(supporters.c.person_id).where(supporters.c.state == LinkState.AGREED)).scalars())
