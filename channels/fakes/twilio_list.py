"""The list of messages: filters and pages (Twilio docs, "Messages resource: read multiple")."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from urllib.parse import urlencode

from channels.fakes.book import Book, Entry
from channels.fakes.twilio_message import MessageWriter

_MOST, _USUAL = 1000, 50
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

_DATES = ("DateSent", "DateSent>", "DateSent<")


class UnknownFilter(ValueError):
    """A filter that the list does not have, or a value that it cannot read."""


@dataclass(frozen=True, slots=True)
class _When:
    """One filter by date: from `start` on, before `end`."""

    start: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        return self.start <= at < self.end


def list_page(books: Iterable[Book], query: Mapping[str, str], path: str, writer: MessageWriter) -> str:
    """One page of the messages in the books, newest first, as JSON. Raises UnknownFilter."""
    number, size, token = _paging(query)
    entries = _after(token, _matching(books, query))
    found = list(islice(entries, size))
    more = next(entries, None) is not None
    kept = {name: value for name, value in query.items() if name not in {"Page", "PageToken"}}
    following = {**kept, "PageSize": size, "Page": number + 1, "PageToken": f"PA{found[-1].id}"} if more else None
    return writer.write_page(
        found,
        page=number,
        size=size,
        this=f"{path}?{urlencode(query)}",
        first=f"{path}?{urlencode({**kept, 'PageSize': size, 'Page': 0})}",
        following=f"{path}?{urlencode(following)}" if following else None,
    )


def _paging(query: Mapping[str, str]) -> tuple[int, int, str | None]:
    try:
        size = int(query.get("PageSize", _USUAL))
        return int(query.get("Page", 0)), max(1, min(size, _MOST)), query.get("PageToken")
    except ValueError:
        raise UnknownFilter("PageSize and Page are numbers") from None


def _matching(books: Iterable[Book], query: Mapping[str, str]) -> Iterator[Entry]:
    to, sender = query.get("To"), query.get("From")
    whens = _whens(query)
    parts = [reversed(book.to(to) if to else book.accepted) for book in books]
    for entry in heapq.merge(*parts, key=lambda entry: entry.at, reverse=True):
        if (sender is None or entry.from_ == sender) and all(when.holds(entry.at) for when in whens):
            yield entry


def _whens(query: Mapping[str, str]) -> list[_When]:
    unknown = set(query) - {"To", "From", "PageSize", "Page", "PageToken", *_DATES}
    if unknown:
        raise UnknownFilter(f"unknown: {sorted(unknown)}")
    return [_when(name, query[name]) for name in _DATES if name in query]


def _when(name: str, value: str) -> _When:
    try:
        start = datetime.fromisoformat(value)
    except ValueError:
        raise UnknownFilter(f"{name} is no date") from None
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    if name == "DateSent":  # the whole day, also where the library has made an instant of it
        start = start.replace(hour=0, minute=0, second=0, microsecond=0)
    a_day = name == "DateSent" or len(value) == len("2026-01-31")
    end = start + (timedelta(days=1) if a_day else timedelta(seconds=1))
    return _When(_FIRST if name.endswith("<") else start, _LAST if name.endswith(">") else end)


def _after(token: str | None, entries: Iterator[Entry]) -> Iterator[Entry]:
    if token is None:
        return entries
    for entry in entries:
        if token == f"PA{entry.id}":
            break
    return entries
