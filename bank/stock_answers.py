"""Stock answers: words to start an answer from. Whoever changes one is on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.tokens import token
from language.normal import safe
from storage import stock_answers
from storage.schema import Record
from storage.store import Tx

MOST_ASKS = 20


def add(
    tx: Tx,
    colleague: Colleague,
    title: str,
    words: Mapping[str, str],
    now: datetime,
    *,
    is_safe: bool,
    asks: Sequence[str] = (),
) -> Record:
    """Keep a new one. `words` is language to text; `is_safe` says that nobody need look before it is given.

    `asks` are questions that it answers, as people ask them.
    """
    row = stock_answers.add(
        tx,
        token=token(),
        title=safe(title),
        words=_kept(words),
        safe=is_safe,
        asks=_asked(asks),
        created_at=now,
        closed_at=None,
    )
    told = {"title": ["", row.title], "words": [{}, row.words], "safe": [False, is_safe], "asks": [[], row.asks]}
    _record(tx, colleague, row, now, **told)
    return row


def change(
    tx: Tx,
    colleague: Colleague,
    row: Record,
    title: str,
    words: Mapping[str, str],
    now: datetime,
    *,
    is_safe: bool,
    asks: Sequence[str] = (),
) -> Record:
    """Write these instead."""
    values = {"title": safe(title), "words": _kept(words), "safe": is_safe, "asks": _asked(asks)}
    changed = stock_answers.change(tx, row.id, values)
    told = {name: [getattr(row, name), getattr(changed, name)] for name in values}
    _record(tx, colleague, row, now, **{name: pair for name, pair in told.items() if pair[0] != pair[1]})
    return changed


def take_away(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> None:
    """Nobody starts from it any more."""
    stock_answers.change(tx, row.id, {"closed_at": now})
    _record(tx, colleague, row, now, in_use=[True, False])


def offered(tx: Tx, language: str) -> list[tuple[str, str, str]]:
    """Token, title and words of each that has words in this language."""
    return [(row.token, row.title, row.words[language]) for row in stock_answers.in_use(tx) if row.words.get(language)]


def _kept(words: Mapping[str, str]) -> dict[str, str]:
    return {language: safe(text).strip() for language, text in words.items() if text.strip()}


def _asked(asks: Sequence[str]) -> list[str]:
    return [kept for one in asks[:MOST_ASKS] if (kept := safe(one).strip())]


def _record(tx: Tx, colleague: Colleague, row: Record, now: datetime, **details: Any) -> None:
    audit.record(tx, now, Act.STOCK_ANSWER_CHANGED, colleague.id, about=row.token, **details)
