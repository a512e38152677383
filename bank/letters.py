"""Letters: what a provider sent that we could not take in. Each waits until it is taken in after all, or let go.

What is taken in soon, before anything else was said there, is answered as if it had come now. Later an answer would
surprise, and an old "yes" would answer a newer question: it is kept, and a person reads it (`bank/late.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bank import alarms, arrival, audit, events, intake
from bank.audit import Act
from bank.colleague import Colleague
from bank.intake import Taken
from bank.late import Late
from bank.organisation import Organisation
from bank.to_do import Row, Urgency
from channels.message import Event, Incoming, Reachability
from language.normal import safe
from storage import addresses, concerns, dead_letters, messages_in, talked, tasks
from storage.dead_letters import LetterKind
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.tasks import TaskKind

# An answer is still of use so long after they wrote.
OF_USE = timedelta(hours=2)
_LONGEST = 64
_COMMAND_LINE = "command line"
_NOT_READ = (
    "Something came in that Heard could not read. It may be a message from somebody. "
    "Whoever runs Heard can look at it, with the command: heard letters"
)
_TAKEN_IN = "Heard has taken it in after all."


def keep(
    tx: Tx, source: str, raw: str, problem: str, now: datetime, path: str = "", event: Event | None = None
) -> int | None:
    """Keep what could not be taken in; `event` is what it was read as. Returns its id.

    None where a letter has this very message already: it was tried once more.
    """
    key = arrival.key_of(event) if isinstance(event, Incoming) else None
    known = dead_letters.claimed_by(tx, key) if key else None
    if known is not None:
        failed(tx, known.id, problem, now)
        return None
    return dead_letters.keep(
        tx,
        source=source[:_LONGEST],
        raw=safe(raw),
        path=safe(path) or None,
        problem=problem[:_LONGEST],
        kind=_kind(event),
        provider_key=key,
        at=now,
    )


def _kind(event: Event | None) -> LetterKind:
    if event is None:
        return LetterKind.UNREAD
    if isinstance(event, Incoming):
        return LetterKind.MESSAGE
    return LetterKind.REACHABILITY if isinstance(event, Reachability) else LetterKind.RECEIPT


def ask_a_person(tx: Tx, letter_id: int, event: Incoming, now: datetime, organisation: Organisation) -> TaskKind:
    """Somebody wrote it: one of ours reads it, whatever becomes of the letter. Returns the kind of the item."""
    raised = alarms.not_taken_in(tx, event, now, organisation)
    dead_letters.change(tx, letter_id, {"task": raised.task, "concern_id": raised.concern_id})
    return raised.kind


def unasked(tx: Tx, _now: datetime, _organisation: Organisation, limit: int) -> Sequence[int]:
    """Ids of letters that may be somebody's words, and that nobody of ours knows of."""
    return dead_letters.without_item(tx, limit)


def ask_about(tx: Tx, now: datetime, organisation: Organisation, letter_id: int) -> int:
    """Tell a person of ours that it is there. One open item is enough for many that could not be read."""
    letter = dead_letters.get(tx, letter_id)
    if letter is None or letter.task is not None:
        return 0
    known = dead_letters.open_item(tx, LetterKind.UNREAD)
    raised = alarms.not_read(tx, letter.raw, _NOT_READ, now, organisation, known)
    dead_letters.change(tx, letter.id, {"task": raised.task, "concern_id": raised.concern_id})
    return 1


def failed(tx: Tx, letter_id: int, problem: str, now: datetime) -> None:
    """It was tried once more, and stays."""
    letter = dead_letters.get(tx, letter_id)
    if letter is not None:
        tried = {"problem": problem[:_LONGEST], "tries": letter.tries + 1, "tried_at": now}
        dead_letters.change(tx, letter_id, tried)


def look(tx: Tx, letter_id: int, now: datetime) -> Record | None:
    """The whole letter, for whoever runs the command line. The look is recorded."""
    letter = dead_letters.get(tx, letter_id)
    if letter is not None:
        _record(tx, Act.SAW_LETTER, letter, now)
    return letter


def drop(tx: Tx, letter_id: int, why: str, now: datetime) -> bool:
    """Let it go for good. False where it is not there. What was asked of a person of ours is still to be done."""
    letter = dead_letters.get(tx, letter_id)
    if letter is None:
        return False
    _remove(tx, letter, now)
    _record(tx, Act.LETTER_DROPPED, letter, now, why=why)
    return True


def _record(tx: Tx, act: Act, letter: Record, now: datetime, **more: Any) -> None:
    about = {"by": _COMMAND_LINE, "letter": letter.id, "source": letter.source}
    audit.record(tx, now, act, None, about=letter.task, **about, **more)


def take_in(
    tx: Tx, letter_id: int, told: Iterable[Event], now: datetime, organisation: Organisation
) -> list[Taken] | None:
    """Take in what it says (`told`), and let the letter go, all or nothing. Returns what came of what somebody wrote.

    None where the letter is not there any more. Raises whatever is still beyond us.
    """
    letter = dead_letters.get(tx, letter_id)
    if letter is None:
        return None
    taken = []
    for event in told:
        if isinstance(event, Incoming):
            taken.append(_take(tx, letter, event, now, organisation))
        else:
            events.take_news(tx, event, now, organisation)
    _remove(tx, letter, now)
    became = [one.disposition for one in taken if one.disposition]
    _record(tx, Act.LETTER_TAKEN_IN, letter, now, became=became)
    return taken


def _take(tx: Tx, letter: Record, event: Incoming, now: datetime, organisation: Organisation) -> Taken:
    event = replace(event, sent_at=event.sent_at or letter.at)
    item = tasks.called(tx, letter.task) if letter.task and letter.kind == LetterKind.MESSAGE else None
    if _is_of_use(tx, letter, event, item, now):
        return _take_anew(tx, event, item, now, organisation)
    concern = concerns.get(tx, letter.concern_id) if letter.concern_id is not None else None
    taken = intake.take(tx, event, now, organisation, Late(letter.at, item is not None, concern))
    if item is not None and item.closed_at is None and item.address_id is None:
        message = messages_in.called(tx, arrival.key_of(event))
        if message is not None:
            tasks.change(tx, item.id, {"address_id": message.address_id, "message_id": message.id})
    return taken


def _is_of_use(tx: Tx, letter: Record, event: Incoming, item: Record | None, now: datetime) -> bool:
    """An answer would still be one: they wrote lately, nothing was said since, and nobody of ours has seen to it."""
    if now - letter.at >= OF_USE or letter.concern_id is not None or (item is not None and item.closed_at is not None):
        return False
    address_id = addresses.id_of(tx, event.channel, event.address)
    return address_id is None or not talked.since(tx, address_id, letter.at)


def _take_anew(tx: Tx, event: Incoming, item: Record | None, now: datetime, organisation: Organisation) -> Taken:
    """As if it had come now. What was asked of a person is done, or is asked by the message itself, due as before."""
    if item is not None:
        tasks.change(tx, item.id, {"closed_at": now, "result": _TAKEN_IN})
    taken = intake.take(tx, event, now, organisation)
    address_id = addresses.id_of(tx, event.channel, event.address)
    if item is not None and address_id is not None and TaskKind.READ in taken.tasks:
        anew = tasks.open_at(tx, address_id, TaskKind.READ)
        if anew is not None:
            tasks.change(tx, anew.id, {"opened_at": item.opened_at, "due_at": item.due_at})
    return taken


def _remove(tx: Tx, letter: Record, now: datetime) -> None:
    """The letter goes; so does the item that says that something is there to be read, with the last of them."""
    dead_letters.remove(tx, letter.id)
    alone = letter.kind == LetterKind.UNREAD and letter.concern_id is None and letter.task is not None
    if alone and not dead_letters.any_with(tx, letter.task):
        tasks.close_called(tx, letter.task, now)


def rows(tx: Tx, colleague: Colleague, _now: datetime, _organisation: Organisation) -> list[Row]:
    """For Today: that letters wait, for those who run Heard or know who does."""
    count = dead_letters.count(tx) if colleague.may(Role.ADMINISTRATOR) else 0
    if not count:
        return []
    what = "One thing that came in was" if count == 1 else f"{count:,} things that came in were"
    todo = f"{what} not taken in. Whoever runs Heard can see to it: heard letters"
    return [Row(Urgency.PROVIDER, todo, "", None, "/settings/channels")]
