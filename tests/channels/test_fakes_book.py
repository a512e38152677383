"""The book: what it finds, what it forgets, how it lets a test wait."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from channels.fakes.book import Book, Entry, Mark

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def entry(number: int, to: str = "+447700900001") -> Entry:
    return Entry(f"SM{number}", to, "+447700900999", f"Text {number}", {}, AT)


def test_it_finds_by_destination_and_id_as_it_grows():
    book = Book()
    book.add(entry(1))
    assert [found.id for found in book.to("+447700900001")] == ["SM1"]
    book.add(entry(2))
    book.add(entry(3, "+447700900002"))
    assert [found.id for found in book.to("+447700900001")] == ["SM1", "SM2"]
    assert book.last("+447700900001").text == "Text 2"
    assert book.find("SM3") is book.accepted[2]
    assert book.find("SM4") is None
    assert len(book) == book.count == 3
    with pytest.raises(LookupError):
        book.last("+447700900003")


def test_it_keeps_the_newest_and_counts_all():
    book = Book(keep=10)
    for number in range(100):
        book.add(entry(number))
        assert book.last("+447700900001").id == f"SM{number}"
    assert book.count == 100
    assert 10 <= len(book) <= 13
    assert [found.id for found in book][-10:] == [f"SM{number}" for number in range(90, 100)]
    assert list(book.to("+447700900001")) == list(book.accepted)
    assert book.find("SM1") is None


async def test_those_who_wait_are_woken_by_entries_and_marks():
    book = Book()
    two = asyncio.create_task(book.wait_for(lambda book: len(book) == 2))
    failed = asyncio.create_task(book.wait_for(lambda book: any(found.status == "failed" for found in book)))
    await asyncio.sleep(0)
    book.add(entry(1))
    await asyncio.sleep(0)
    assert not two.done()
    book.add(entry(2))
    await two
    assert not failed.done()
    book.mark(book.accepted[0], Mark("failed", 30003, AT))
    await failed


async def test_waiting_in_vain_ends():
    with pytest.raises(TimeoutError):
        await Book().wait_for(lambda book: len(book) == 1, timeout=0.01)
