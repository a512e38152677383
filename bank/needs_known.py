"""What is known of what somebody needs at every meeting, and how it is said back to them: by kind, never why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bank.organisation import Organisation
from flows.arranged_words import NAMES
from language.arranging import kinds_in
from storage import needs
from storage.arrangements import ArrangementKind
from storage.schema import Record
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known for every meeting: its kind, as they put it, and the need that it came from."""

    kind: ArrangementKind
    words: str
    need_id: int | None


def known(tx: Tx, person: Record) -> list[Known]:
    """What is to be arranged for them at every meeting: each kind once, and all that has no kind."""
    found: dict[tuple[ArrangementKind, int | None], Known] = {}
    for need in needs.of(tx, person.id):
        for kind in map(ArrangementKind, kinds_in(need.words, person.language)):
            which = kind, need.id if kind is ArrangementKind.OTHER else None
            found.setdefault(which, Known(kind, need.words, need.id))
    return list(found.values())


def spoken(kinds: Iterable[str], language: str, organisation: Organisation) -> str:
    """These kinds as somebody who reads this language knows them, each once. Their own words are never said back."""
    return ", ".join(organisation.catalogs.render(NAMES[kind], language, {}) for kind in dict.fromkeys(kinds))
