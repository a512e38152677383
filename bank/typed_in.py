"""Typed in: what a voice note or picture says, put into words by a colleague, read back, taken in as if texted."""

from __future__ import annotations

from datetime import datetime

from bank import audit, handling, intake, replying
from bank.audit import Act
from bank.colleague import Colleague
from bank.handling import CannotDo
from bank.intake import Taken
from bank.organisation import Organisation
from bank.replying import CannotWrite
from bank.thread import Thread
from flows import everywhere
from language.normal import safe
from storage import messages_in, outbox, said_at
from storage.messages_in import Disposition
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind
from storage.told import How

WORDING = "staff.read_back"
LONGEST = 1_000
VOICE, PICTURE = "voice", "picture"


def waiting(tx: Tx, about: Thread) -> list[tuple[str, Record]]:
    """What came without words there and waits to be put into them, oldest first, each with its name outside."""
    return [(messages_in.name_of(tx, row.id), row) for row in said_at.without_words(tx, about.ids)]


def type_in(
    tx: Tx,
    colleague: Colleague,
    about: Thread,
    name: str,
    kind: str,
    words: str,
    now: datetime,
    organisation: Organisation,
) -> Taken:
    """Put the message of that name into words. Raises CannotDo.

    `kind` is VOICE or PICTURE. The words are read back to who sent it, unless they may be in danger: then the calm
    reply is all that goes.
    """
    row = next((row for known, row in waiting(tx, about) if known == name), None)
    if row is None:
        raise CannotDo("Somebody has typed this in already.")
    address = next(one for one in about.addresses if one.id == row.address_id)
    if address.address is None:
        raise CannotDo("What they sent has been erased.")
    words = safe(words).strip()
    messages_in.settle(tx, row.id, {"text": words, "entered_by": colleague.id})
    _close_what_is_read(tx, colleague, about, now)
    said = _read_back(tx, colleague, address, kind, words, now, organisation)
    how = How.PICTURE if kind == PICTURE else How.VOICE_NOTE
    taken = intake.take_typed(tx, row, address, words, how, colleague.id, now, organisation)
    if taken.disposition is Disposition.HELD and said is not None:
        outbox.unsay(tx, said)
    audit.record(tx, now, Act.TYPED_IN, colleague.id, person_id=about.person_id, about=about.token, message=name)
    return taken


def _close_what_is_read(tx: Tx, colleague: Colleague, about: Thread, now: datetime) -> None:
    """Whoever typed it in has read it: what was to be read is done, unless more than that came since it was raised.

    It is done before the words are taken in: what these ask of a person is to be done by its own time.
    """
    for task in about.tasks:
        its_own = task.kind == TaskKind.READ and task.message_id is not None
        if its_own and not said_at.came_since(tx, about.ids, task.message_id):
            handling.close(tx, colleague, about, task, now, because="typed in")


def _read_back(
    tx: Tx, colleague: Colleague, address: Record, kind: str, words: str, now: datetime, organisation: Organisation
) -> int | None:
    """The row of the outbox; None where nothing may be sent there."""
    render, language = organisation.catalogs.render, replying.language_at(tx, address, organisation)
    opening = everywhere.SEEN_AS if kind == PICTURE else everywhere.AS_WE_HEARD
    text = "\n".join((
        render(opening, language, {"council": organisation.council}),
        f'"{words}"',
        render(everywhere.IF_WRONG, language, {}),
    ))  # fmt: skip
    try:
        return replying.write(tx, colleague, address, text, now, organisation, wording=WORDING)
    except CannotWrite:
        return None
