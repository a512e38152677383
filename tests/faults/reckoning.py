"""The reckoning: what people wrote and the provider's book, against our own rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select

from channels.fakes.book import Book
from storage.addresses import addresses
from storage.messages_in import messages_in
from storage.outbox import OutState, messages_out
from storage.store import Tx

WENT = frozenset({OutState.ACCEPTED, OutState.SENT, OutState.DELIVERED, OutState.READ})
_WAITS = (OutState.QUEUED, OutState.SENDING)


@dataclass
class Reckoning:
    """Everything that is not as it must be; each is a list of what it happened to, without a name or a number."""

    texts: int = 0
    messages: int = 0
    texts_lost: list[str] = field(default_factory=list)
    texts_undecided: list[str] = field(default_factory=list)
    replies_missing: list[str] = field(default_factory=list)
    replies_repeated: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    not_ours: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    chats: int = 0
    chats_lost: list[str] = field(default_factory=list)
    posts: int = 0
    posts_lost: list[str] = field(default_factory=list)
    posts_twice: list[str] = field(default_factory=list)
    posts_hidden: list[str] = field(default_factory=list)  # lost, and not recorded as unknown
    posts_unknown: int = 0

    @property
    def wrong(self) -> dict[str, int]:
        """What must be nothing, and is not. What Telegram lost and showed is judged by whoever counted the calls."""
        allowed = {"posts_lost", "posts_twice"}
        lists = {name: value for name, value in vars(self).items() if isinstance(value, list) and name not in allowed}
        return {name: len(value) for name, value in lists.items() if value}


def waiting(tx: Tx) -> int:
    """How many messages are not settled: those that wait, and those by Twilio of which nobody knows."""
    unknown = (messages_out.c.state == OutState.UNKNOWN) & (messages_out.c.sender != "telegram")
    rows = select(func.count()).where(messages_out.c.state.in_(_WAITS) | unknown)
    return int(tx.execute(rows).scalar_one())


def under_way(tx: Tx) -> dict[str, int]:
    """How many calls a process that died now may have had under way, by sender."""
    rows = select(messages_out.c.sender, func.count()).where(messages_out.c.state == OutState.SENDING)
    return {row[0]: row[1] for row in tx.execute(rows.group_by(messages_out.c.sender))}


def taken(tx: Tx) -> int:
    return int(tx.execute(select(func.count()).select_from(messages_in)).scalar_one())


def came_in(tx: Tx) -> list[Any]:
    """Each message that came in, with its disposition and how many replies it has."""
    answers = (
        select(messages_out.c.answers_id, func.count().label("replies"))
        .where(messages_out.c.answers_id.is_not(None))
        .group_by(messages_out.c.answers_id)
        .subquery()
    )
    columns = (
        messages_in.c.provider_key,
        messages_in.c.disposition,
        func.coalesce(answers.c.replies, 0).label("replies"),
    )
    return list(tx.execute(select(*columns).outerjoin(answers, answers.c.answers_id == messages_in.c.id)))


def went_out(tx: Tx) -> list[Any]:
    columns = (
        messages_out.c.token,
        messages_out.c.sender,
        messages_out.c.state,
        messages_out.c.wording,
    )
    return list(tx.execute(select(*columns).where(messages_out.c.sender != "telegram")))


def posted(tx: Tx) -> list[Any]:
    """What was to go by Telegram, with its words and its chat."""
    columns = (
        messages_out.c.token,
        messages_out.c.state,
        messages_out.c.text,
        addresses.c.address,
    )
    rows = select(*columns).join(addresses, addresses.c.id == messages_out.c.address_id)
    return list(tx.execute(rows.where(messages_out.c.sender == "telegram")))


def reckon_texts(told: Reckoning, inbox: Book, rows: list[Any]) -> None:
    """Every text has one row, one disposition and one reply."""
    by_key = {row.provider_key: row for row in rows}
    told.texts = len(inbox)
    for entry in inbox:
        row = by_key.get(f"sms:{entry.id}")
        if row is None:
            told.texts_lost.append(entry.text)
        elif row.disposition is None:
            told.texts_undecided.append(entry.text)
        elif row.replies != 1:
            (told.replies_missing if not row.replies else told.replies_repeated).append(f"{row.replies} {entry.text}")


def reckon_chats(told: Reckoning, written: int, rows: list[Any]) -> None:
    told.chats = written
    found = [row for row in rows if row.provider_key.startswith("telegram:")]
    told.chats_lost = ["an update"] * (written - len(found))
    told.texts_undecided += ["an update" for row in found if row.disposition is None]


def reckon_messages(told: Reckoning, book: Book, rows: list[Any]) -> None:
    """Every message was accepted once. The book names each by the token in its callback's address."""
    times = Counter(parse_qs(urlsplit(entry.parameters["StatusCallback"]).query)["t"][0] for entry in book)
    told.messages = len(rows)
    for row in rows:
        count = times.pop(row.token, 0)
        if count != 1:
            (told.twice if count else told.lost).append(f"{row.wording} {row.state}, {count} times")
        elif row.state not in WENT:
            told.unsettled.append(f"{row.wording} {row.state}")
    told.not_ours = [f"{count} times" for count in times.values()]


def reckon_posts(told: Reckoning, book: Book, rows: list[Any]) -> None:
    """On Telegram a message has no name of ours: by its chat and its words."""
    times = Counter((entry.to, entry.text) for entry in book)
    told.posts = len(rows)
    for row in rows:
        count = times.pop((row.address, row.text), 0)
        told.posts_unknown += row.state == OutState.UNKNOWN
        if count > 1:
            told.posts_twice.append(f"{row.state}, {count} times")
        elif not count:
            told.posts_lost.append(row.state)
            if row.state != OutState.UNKNOWN:
                told.posts_hidden.append(row.state)
        elif row.state not in {*WENT, OutState.UNKNOWN}:
            told.unsettled.append(f"telegram {row.state}")
    told.not_ours += [f"telegram, {count} times" for count in times.values()]
