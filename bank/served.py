"""Served: how each person is served, by which figures about all of them are looked at for whoever they serve worst."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from bank.told_facts import language_name
from channels.called import CALLED
from storage import served
from storage.store import Tx

UNKNOWN = ""
_CHANNELS = {
    **{channel.value: name for channel, name in CALLED.items()},
    "sms": "Texts (SMS)",
    served.BY_CALL: "Calls",
    served.BY_LETTER: "Letters",
}


class Trait(StrEnum):
    """What people have in common."""

    LANGUAGE = "language"
    CHANNEL = "channel"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Served:
    """How one person is served. `language` and `channel` are empty where nobody knows."""

    language: str
    channel: str
    helped: bool

    def groups(self) -> Iterable[tuple[Trait, str]]:
        """The groups that they are in, each as people call it."""
        if self.language:
            yield Trait.LANGUAGE, called(self.language)
        if self.channel:
            yield Trait.CHANNEL, channel_name(self.channel)
        yield Trait.HELP, "With help" if self.helped else "Without help"


@dataclass(frozen=True, slots=True)
class Everybody:
    """All who are or were members, by id. Staff and partners are none of them."""

    by_id: Mapping[int, Served] = field(default_factory=dict)

    def who(self, person_id: int | None, address_id: int, language: str | None, channel: str) -> Who | None:
        """Whoever wrote from there; None where they are no member, but one of us or a partner.

        `language` is the address's own.
        """
        if person_id is None:
            return Who(-address_id, Served(language or UNKNOWN, channel, helped=False))
        return self.person(person_id)

    def person(self, person_id: int) -> Who | None:
        known = self.by_id.get(person_id)
        return Who(person_id, known) if known is not None else None


@dataclass(frozen=True, slots=True)
class Who:
    """A person, by id; below 0: an address of which we know nobody."""

    id: int
    served: Served


def look(tx: Tx) -> Everybody:
    """Everybody, in three queries."""
    channels, helped = served.channels(tx), served.helped(tx)
    alike: dict[tuple[str, str, bool], Served] = {}
    found: dict[int, Served] = {}
    for person_id, language, joined_with_help, otherwise in served.members(tx):
        told = language, channels.get(person_id) or otherwise or UNKNOWN, joined_with_help or person_id in helped
        found[person_id] = alike.get(told) or alike.setdefault(told, Served(told[0], told[1], helped=told[2]))
    return Everybody(found)


@lru_cache(maxsize=256)
def called(language: str) -> str:
    """The language's name: thousands of people speak the same few."""
    return language_name(language)


def channel_name(channel: str) -> str:
    """As people call it."""
    return _CHANNELS.get(channel, channel)
