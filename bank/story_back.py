"""A story read back: in texts that fit, at the address where it was told, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from channels.message import Channel
from flows.story import STORY
from language.sms import length
from storage import addresses, conversations, reach
from storage.schema import Record
from storage.store import Tx

# A text is two segments at most; a message elsewhere has room for more. A story of more of them is read by a person.
_SEGMENTS, _ROOM = 2, 1_500
_MOST = 4


def is_for_a_person(tx: Tx, row: Record, address_id: int | None) -> bool:
    """It is too long to be read back in this chat, or some of it was told elsewhere: others may hold this phone."""
    if address_id is None or row.entered_by is not None or _told_elsewhere(tx, row, address_id):
        return True
    return len(pieces(row, addresses.get(tx, address_id).channel)) > _MOST


def _told_elsewhere(tx: Tx, row: Record, address_id: int) -> bool:
    others = (one.id for one in reach.addresses_of(tx, row.person_id) if one.id != address_id)
    told = (conversations.last_of(tx, one, STORY.name) for one in others)
    return any(one is not None and one.opened_at >= row.begun_at - STORY.lapse_after for one in told)


def pieces(row: Record, channel: str) -> list[str]:
    """Its words as messages of that channel, each part with its number where there are several."""
    numbered = (f"{number}. {part}" for number, part in enumerate(row.parts, 1))
    return list(_cut("\n".join(numbered if len(row.parts) > 1 else row.parts), channel))


def _cut(text: str, channel: str) -> Iterator[str]:
    held = ""
    for word in text.split(" "):
        longer = f"{held} {word}" if held else word
        if held and not _fits(longer, channel):
            yield held
            longer = word
        held = longer
    if held:
        yield held


def _fits(text: str, channel: str) -> bool:
    return length(text).segments <= _SEGMENTS if channel == Channel.SMS else len(text) <= _ROOM
