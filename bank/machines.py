"""Messages that machines write, or that say nothing: kept, and answered with silence."""

from __future__ import annotations

from datetime import timedelta

from bank import desk
from bank.visit import Visit
from language import kinds
from storage import addresses
from storage.messages_in import Disposition
from storage.tasks import TaskKind

# Two automatic texts in a row, and we send no automatic reply to that address for a day.
_MOST_IN_A_ROW = 2
_SILENCE = timedelta(hours=24)


def note(visit: Visit, because: str) -> None:
    """A machine wrote this: count it, and fall silent when it goes on. A person reads what else it says."""
    if kinds.beside_machine(visit.text, visit.language):
        desk.ask_a_person(visit, TaskKind.READ)
    quiet(visit, because)
    in_a_row = visit.address.machine + 1
    silent_until = visit.address.silent_until
    if in_a_row >= _MOST_IN_A_ROW:
        silent_until = max(visit.now + _SILENCE, silent_until or visit.now)
    addresses.change(visit.tx, visit.address.id, {"machine": in_a_row, "silent_until": silent_until})


def quiet(visit: Visit, because: str) -> None:
    """A reaction, a laugh, thanks: nothing to answer."""
    visit.disposition = Disposition.AUTOMATIC
    visit.reading = {"meaning": because}
    visit.mute = True
