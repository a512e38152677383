"""The bank's voice: what is said becomes a row in the outbox, its words fixed in one language."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from bank.tokens import token
from flows.engine import Saying
from language.wording import Catalogs
from storage import outbox
from storage.outbox import OutState, Priority
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message in the words of one language: its text, and its choices as id and label."""

    text: str
    options: tuple[tuple[str, str], ...] = ()
    one_line: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a message goes, and what it belongs to. `expires` counts from now."""

    address_id: int
    sender: str
    language: str
    person_id: int | None = None
    conversation_id: int | None = None
    answers_id: int | None = None
    priority: Priority = Priority.REPLY
    last_word: bool = False
    expires: timedelta | None = None


def speak(saying: Saying, catalogs: Catalogs, language: str, facts: Mapping[str, Any]) -> Spoken:
    """Render a saying. Several-choice questions carry their numbers in the text, as buttons cannot."""
    if saying.meant:
        meant = ", ".join(catalogs.render(words, language, facts) for words in saying.meant)
        facts = ChainMap({"meant": meant}, cast("MutableMapping[str, Any]", facts))  # only ever read
    text = "\n".join(catalogs.render(words, language, facts) for words in saying.words)
    shown = tuple(
        (offer.id, catalogs.render(offer.label, language, facts)) for offer in saying.offers if offer.label is not None
    )
    if not saying.many:
        return Spoken(text, shown, saying.one_line)
    lines = (f"{number} {label}" for number, (_id, label) in enumerate(shown, 1))
    return Spoken("\n".join((text, *lines)))


def queue(
    tx: Tx, envelope: Envelope, wording: str, spoken: Spoken, now: datetime, payloads: Mapping[str, str] | None = None
) -> int:
    """Put the message in the outbox; `payloads` gives what each choice's button carries. Returns the row's id."""
    named = payloads or {}
    options = [[named.get(id_, id_), label] for id_, label in spoken.options]
    return outbox.queue(
        tx,
        token=token(),
        address_id=envelope.address_id,
        person_id=envelope.person_id,
        conversation_id=envelope.conversation_id,
        answers_id=envelope.answers_id,
        sender=envelope.sender,
        priority=envelope.priority,
        wording=wording,
        language=envelope.language,
        text=spoken.text,
        options=options or None,
        one_line=spoken.one_line,
        last_word=envelope.last_word,
        state=OutState.QUEUED,
        due_at=now,
        expires_at=now + envelope.expires if envelope.expires else None,
        created_at=now,
    )
