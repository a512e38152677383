"""`make soak`: 100,000 spoilt texts, read and taken in. `python -m bench.reading.soak [--texts N] [--seed N] [--show]`.

Each is read after a question of each kind in turn: nothing may be raised. Each is taken in by the bank's own intake, on
SQLite, somewhere in a conversation: nothing may be raised, and consent may not change without the words for it.
Exits with 1 when anything did. What is printed of a text is its number and how it was made, and with --show the text.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path

from bank import intake
from bank.organisation import Organisation
from bench.reading.may import may_change
from bench.reading.spoilt import Spoilt, spoilt
from bot import settings as settings_file
from bot.house import organisation_of
from channels.message import Channel, Incoming
from language.reading import Option, Question
from language.understand import understand
from storage import addresses, consents, conversations, migrate
from storage.keys import KeyRing
from storage.store import Store, Tx, open_store

MORNING = datetime(2026, 11, 23, 11, tzinfo=UTC)
EACH_SAYS = 6  # texts of one person, three hours apart, so that none of them is a flood
APART = timedelta(hours=3)
DAYS = (Option("a", "Tuesday 1 December"), Option("b", "Friday 4 December"), Option("c", "Neither"))
QUESTIONS = (
    *(Question(kind) for kind in ("rsvp", "yes_no", "rating", "open", "name", "place", "words", "time", "count")),
    *(Question(kind, DAYS) for kind in ("choice", "choices")),
)
# How far somebody has come before the texts begin.
BEGINNINGS = (
    (),
    ("JOIN",),
    ("JOIN", "1"),
    ("JOIN", "1", "ok"),
    ("JOIN", "1", "1"),
    ("JOIN", "1", "1", "Asha"),
    ("JOIN", "1", "1", "Asha", "MENU", "1"),
    ("JOIN", "1", "1", "Asha", "MENU", "2"),
    ("CALL",),
    ("JOIN", "1", "1", "Asha", "STOP"),
)


@dataclass(slots=True)
class Found:
    """What went wrong, by its name and where; `examples` has the texts."""

    texts: int = 0
    raised: Counter[str] = field(default_factory=Counter)
    unmeant: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def note(self, counter: Counter[str], what: str, one: Spoilt) -> None:
        counter[what] += 1
        self.examples.append(f"{what} [{', '.join(reply.meaning for reply in one.made_from)}] {one.text!a}")


@dataclass(slots=True)
class Person:
    """One phone, which says one thing after another."""

    address: str
    organisation: Organisation
    now: datetime = MORNING
    messages: int = 0

    def says(self, tx: Tx, text: str) -> None:
        self.messages += 1
        self.now += APART
        id_ = f"{self.address}-{self.messages}"
        incoming = Incoming(sender="sms", channel=Channel.SMS, address=self.address, provider_id=id_, text=text)
        intake.take(tx, incoming, self.now, self.organisation)

    def changes(self, tx: Tx, one: Spoilt) -> list[str]:
        """Take this in; the changes of consent that it had no words for."""
        here = addresses.find(tx, Channel.SMS, self.address)
        before = len(consents.history(tx, address_id=here.id)) if here else 0
        standing = conversations.open_at(tx, here.id) if here else None
        self.says(tx, one.text)
        here = addresses.find(tx, Channel.SMS, self.address)
        new = consents.history(tx, address_id=here.id)[before:] if here else []
        where = f"{standing.flow}.{standing.step}" if standing else "nothing"
        return [
            f"{'given' if entry.given else 'withdrawn'} at {where}"
            for entry in new
            if not may_change(one, standing, given=entry.given)
        ]


async def soak(texts: int, seed: int) -> Found:
    found = Found()
    questions, beginnings = cycle(QUESTIONS), cycle(BEGINNINGS)
    with tempfile.TemporaryDirectory() as folder:
        store = _fresh_store(Path(folder))
        organisation = organisation_of(settings_file.load().model_copy(update={"demo": "on"}))
        for number, some in enumerate(_groups(spoilt(texts, seed)), 1):
            for one in some:
                _read(one, next(questions), found)
            await _taken_in(store, Person(f"+4476{number:08}", organisation), next(beginnings), some, found)
            if number % 500 == 0:
                print(
                    f"{found.texts} texts, {found.raised.total()} raised, {found.unmeant.total()} unmeant", flush=True
                )
        await store.close()
    return found


def _fresh_store(folder: Path) -> Store:
    keys, url = KeyRing.ephemeral(), f"sqlite:///{folder / 'soak.db'}"
    (folder / "soak.db").touch()
    migrate.upgrade(url, keys)
    return open_store(url, keys)


def _groups(texts: Iterator[Spoilt]) -> Iterator[list[Spoilt]]:
    some: list[Spoilt] = []
    for one in texts:
        some.append(one)
        if len(some) == EACH_SAYS:
            yield some
            some = []
    if some:
        yield some


def _read(one: Spoilt, question: Question, found: Found) -> None:
    found.texts += 1
    try:
        understand(question, one.text, one.language)
    except Exception as error:  # noqa: BLE001  whatever it is, it is what we look for
        found.note(found.raised, f"{type(error).__name__} reading {question.read}", one)


async def _taken_in(store: Store, person: Person, beginning: tuple[str, ...], some: list[Spoilt], found: Found) -> None:
    def begin(tx: Tx) -> None:
        for text in beginning:
            person.says(tx, text)

    await store.write(begin)
    for one in some:
        try:
            for change in await store.write(partial(person.changes, one=one)):
                found.note(found.unmeant, change, one)
        except Exception as error:  # noqa: BLE001  see above
            found.note(found.raised, f"{type(error).__name__} taking in", one)


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--texts", type=int, default=100_000)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--show", action="store_true", help="show the texts that did it")
    told = given.parse_args()
    began = time.perf_counter()
    found = asyncio.run(soak(told.texts, told.seed))
    print(f"{found.texts} texts in {time.perf_counter() - began:.0f} s, seed {told.seed}")
    print(f"raised: {dict(found.raised) or 'nothing'}")
    print(f"consent changed without the words for it: {dict(found.unmeant) or 'never'}")
    for line in found.examples if told.show else []:
        print(line)
    raise SystemExit(1 if found.examples else 0)


if __name__ == "__main__":
    main()
