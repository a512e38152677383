"""The demo's morning: what some of its invented members wrote in the last hours, taken in by the very rules.

So the team's pages have something to show: questions, thanks, a trouble with care, a voice note, somebody who wants a
call, somebody in danger, Polish, a death in the family, and a stranger who is about to join.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import intake
from bank.organisation import Organisation
from bank.tokens import token
from bot.demo import VOICE_NOTE
from channels.media import Media
from channels.message import Channel, Incoming, Kind
from storage import messages_in
from storage.store import Store, Tx


@dataclass(frozen=True, slots=True)
class Wrote:
    """`address` is one of the demo's members', or a stranger's; `ago` in minutes."""

    address: str
    ago: int
    text: str
    channel: Channel = Channel.SMS
    media: tuple[Media, ...] = ()


_MORNING = (
    Wrote("+447700900100", 170, "Is there somewhere to park at Oak Hall? I have a blue badge"),
    Wrote("+447700900103", 155, "Thank you for the notes, they were easy to read x"),
    Wrote("+447700900102", 140, "Do you pay for a taxi if I cant manage the bus", Channel.WHATSAPP),
    Wrote("+447700900106", 122, "no carer came this morning and mum is still in bed"),
    Wrote("+447700900108", 95, "", Channel.WHATSAPP, (VOICE_NOTE,)),
    Wrote("+447700900110", 88, "my husband gets so angry now. he pushed me down last night. dont ring the house"),
    Wrote("+447700900112", 71, "could somebody ring me please, I get muddled with texts"),
    Wrote("700000009", 64, "Czy będzie tłumacz na spotkaniu?", Channel.TELEGRAM),
    Wrote("+447700900115", 52, "Me and dad would like to help with the leaflet one"),
    Wrote("+447700900118", 47, "Is there somewhere to park at Oak Hall?"),
    Wrote("+447700900190", 33, "join"),
    Wrote("+447700900190", 31, "yes"),
    Wrote("+447700900121", 20, "who is going on Thursday?"),
    Wrote("+447700900122", 9, "My dad died on Sunday. Please take him off your list"),
)
# Who has something else to think of this morning than what was said and promised before.
WRITERS = frozenset(wrote.address for wrote in _MORNING)


async def play(store: Store, now: datetime, organisation: Organisation) -> None:
    """Take it all in, once: not where anybody has written before."""
    if not await store.read(messages_in.tally):
        await store.write(lambda tx: _take(tx, now, organisation))


def _take(tx: Tx, now: datetime, organisation: Organisation) -> None:
    for wrote in _MORNING:
        incoming = Incoming(
            wrote.channel.value,
            wrote.channel,
            wrote.address,
            provider_id=token(),
            text=wrote.text,
            kind=Kind.MEDIA if wrote.media else Kind.TEXT,
            media=len(wrote.media),
            enclosed=wrote.media,
        )
        intake.take(tx, incoming, now - timedelta(minutes=wrote.ago), organisation)
