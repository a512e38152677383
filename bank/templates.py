"""Templates: what WhatsApp has approved, for people who last wrote to us more than a day ago.

Its words are at Twilio, and do not change. What fills its blanks is chosen here. WhatsApp tells nobody when it approves
one or changes its mind, so it is asked again and again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.to_do import Row, Urgency
from bank.tokens import token
from channels.message import Template
from storage import templates
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.templates import TemplateState

MESSAGE = "message"
# What may fill a blank, and what it is called.
FILLS: Mapping[str, str] = {
    MESSAGE: "The words of the message",
    "name": "The person's name",
    "council": "Who we are",
    "project": "The project's title",
    "sender": "The name that the project writes under",
}
# What nobody may send any more, or never could.
_NOT_FIT = frozenset({TemplateState.REJECTED, TemplateState.PAUSED, TemplateState.DISABLED})
_SID = re.compile(r"HX[0-9a-fA-F]{32}\Z")
_BLANK = re.compile(r"\{\{(\w{1,20})\}\}")


class NotTold(Exception):
    """Twilio did not say what there is."""


class Kept(Exception):
    """We have this one already."""


@dataclass(frozen=True, slots=True)
class Found:
    """A template as the provider has it. `words` has its blanks as {{1}}; the rest is what WhatsApp says of it."""

    sid: str
    name: str
    language: str
    words: str
    state: str
    category: str = ""
    reason: str = ""


def is_sid(text: str) -> bool:
    """Whether it is a name that Twilio gives to a template."""
    return _SID.fullmatch(text) is not None


def blanks(words: str) -> list[str]:
    """The names of its blanks, each once, as they come."""
    return list(dict.fromkeys(_BLANK.findall(words)))


def mistakes(words: str, fills: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with what fills each blank, by the blank's name."""
    found = {blank: "Choose what goes here" for blank in blanks(words) if fills.get(blank) not in FILLS}
    if not found and MESSAGE not in fills.values():
        first = next(iter(blanks(words)), "")
        found[first] = "One blank must hold the words of the message"
    return found


def add(tx: Tx, colleague: Colleague, found: Found, fills: Mapping[str, str], now: datetime) -> Record:
    """Keep it, with what fills each of its blanks. Raises Kept."""
    if (before := templates.by_sid(tx, found.sid)) is not None:
        if before.closed_at is None:
            raise Kept
        templates.change(tx, before.id, {"closed_at": None, "blanks": dict(fills)})
        row = before
    else:
        named = {"name": found.name, "language": found.language, "words": found.words, "blanks": dict(fills)}
        row = templates.add(
            tx,
            token=token(),
            content_sid=found.sid,
            **named,
            state=TemplateState.UNKNOWN,
            made_by=colleague.id,
            made_at=now,
        )
    note(tx, row, found, now)
    audit.record(tx, now, Act.TEMPLATE_CHANGED, colleague.id, about=row.token, in_use=[False, True])
    return row


def take_away(tx: Tx, colleague: Colleague, row: Record, now: datetime) -> None:
    """Nothing is sent as this one any more."""
    templates.change(tx, row.id, {"closed_at": now})
    audit.record(tx, now, Act.TEMPLATE_CHANGED, colleague.id, about=row.token, in_use=[True, False])


def note(tx: Tx, row: Record, found: Found, now: datetime) -> bool:
    """What WhatsApp says of it now. Whether that has changed."""
    state = state_of(found.state)
    told = {"state": state, "category": found.category[:64] or None, "reason": found.reason or None, "checked_at": now}
    templates.change(tx, row.id, told)
    return bool(row.state != state)


def state_of(said: str) -> TemplateState:
    """What the provider says, in a word that we know."""
    known = {state.value for state in TemplateState}
    return TemplateState(said.casefold()) if said.casefold() in known else TemplateState.UNKNOWN


def in_language(tx: Tx, language: str) -> list[Record]:
    """Those that may be chosen for a message in this language, whatever WhatsApp says of them."""
    return [row for row in templates.in_use(tx) if _base(row.language) == _base(language)]


def approved(tx: Tx, chosen: Mapping[str, str]) -> dict[str, Record]:
    """Of those that were chosen (language to token), the ones that may be sent now, by the language's first part."""
    tokens = {name: _base(language) for language, name in chosen.items()}
    usable = [row for row in templates.in_use(tx) if row.token in tokens and row.state == TemplateState.APPROVED]
    return {tokens[row.token]: row for row in usable}


def filled(row: Record, values: Mapping[str, str]) -> Template | None:
    """The template with its blanks filled; None where there is nothing for one: WhatsApp takes no empty blank."""
    given = {blank: values.get(fill, "") for blank, fill in row.blanks.items()}
    if not all(given.values()):
        return None
    return Template(row.content_sid, given, _BLANK.sub(lambda blank: given.get(blank[1], ""), row.words))


def rows(tx: Tx, colleague: Colleague, _now: datetime, _organisation: Organisation) -> list[Row]:
    """For Today: those that WhatsApp does not let through."""
    if not colleague.may(Role.ADMINISTRATOR):
        return []
    bad = [row for row in templates.in_use(tx) if row.state in _NOT_FIT]
    what = "See why WhatsApp does not let a template through"
    return [Row(Urgency.PROVIDER, what, row.name, None, "/settings/templates") for row in bad]


def _base(language: str) -> str:
    return language.replace("-", "_").partition("@")[0].partition("_")[0].casefold()
