"""Late: a message that was a dead letter, taken in when an answer to it would surprise, or answer something else.

It is kept as whatever it is, and a person of ours reads it, who was asked to when it could not be taken in. Nothing
answers it by itself, and it answers no question of ours. Two things are done all the same: a wish that our texts end
is obeyed, unless they agreed anew since, and words about danger are danger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bank import concerns, consent, danger, desk, hold, leaving, machines, outcomes, own_phone, talk
from bank.tokens import token
from bank.visit import Visit
from channels.message import Kind
from language import kinds, understand
from language.everywhere import Word
from language.everywhere import everywhere as word_in
from language.reading import Meaning, Question
from storage import concerns as concerns_kept
from storage import consents, conversations
from storage.addresses import AddressState
from storage.messages_in import Disposition
from storage.schema import Record
from storage.tasks import TaskKind

# As where a colleague sees danger that we did not hear: whoever wrote within the day gets the one calm answer now.
_A_DAY = timedelta(days=1)
_ENDS = frozenset({Word.STOP, Word.LEAVE})


@dataclass(frozen=True, slots=True)
class Late:
    """When it came, whether a person of ours was asked to read it then, and the concern that was raised for it."""

    came_at: datetime
    asked: bool
    concern: Record | None = None


def take(visit: Visit, late: Late) -> None:
    """Say what the message is, most serious first."""
    visit.mute = True
    because = None if visit.address.ours is not None else _cry(visit)
    if because is not None:
        _in_danger(visit, late, because)
    elif visit.held:
        visit.disposition = Disposition.HELD
        concerns.hear(visit, heard=False)
        _obey(visit, late)
    elif visit.address.spam is not None or _says_nothing(visit):
        _obey(visit, late)
        machines.quiet(visit, "late")
    elif not own_phone.take(visit) and not _obey(visit, late):
        _keep(visit, late)


def _keep(visit: Visit, late: Late) -> None:
    visit.disposition = Disposition.INBOX
    if not late.asked:
        desk.keep(visit)


def _cry(visit: Visit) -> str | None:
    because = understand.danger_in(Question("open"), visit.text, visit.language)
    return because or (understand.cry_beside(visit.text, visit.language) if _speaks(visit) else None)


def _speaks(visit: Visit) -> bool:
    return bool(visit.text.strip()) and not (visit.incoming is not None and visit.incoming.forwarded)


def _says_nothing(visit: Visit) -> bool:
    """A reaction, or a machine's text: nobody waits for anything."""
    if visit.incoming is not None and visit.incoming.kind is not Kind.TEXT:
        return False
    machine = _speaks(visit) and kinds.what(visit.text, visit.language) is Meaning.AUTO_REPLY
    return kinds.reaction(visit.text) is not None or (machine and not kinds.beside_machine(visit.text, visit.language))


def _obey(visit: Visit, late: Late) -> bool:
    """STOP and LEAVE do what they do, without a word. False where they said neither, or agreed anew since."""
    word = _word(visit)
    if word is None or _agreed_since(visit, late.came_at):
        return False
    if visit.disposition is not Disposition.HELD:
        visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": word.value}
    if word is Word.LEAVE and (visit.person is not None or not visit.people):
        leaving.leave(visit)
        talk.end_all(visit, "left")
    else:  # which of them leaves, a person finds out
        consent.withdraw(visit)
        if word is Word.LEAVE and not late.asked:
            desk.ask_a_person(visit, TaskKind.READ, words=visit.text)
    return True


def _word(visit: Visit) -> Word | None:
    if visit.incoming is not None and visit.incoming.opt_out == "STOP":
        return Word.STOP
    word = word_in(visit.text, visit.language, asked=False) if _speaks(visit) else None
    return word if word in _ENDS else None


def _agreed_since(visit: Visit, came_at: datetime) -> bool:
    """The latest clear answer wins."""
    said = consents.history(visit.tx, address_id=visit.address.id)
    return any(entry.given and entry.at > came_at for entry in said)


def _in_danger(visit: Visit, late: Late, because: str) -> None:
    """Where a concern was raised when it could not be taken in, it is put with that one, open or let go."""
    old = visit.now - late.came_at >= _A_DAY
    if late.concern is None:
        visit.unsafe |= old  # it is raised, and nobody is asked after days whether a text is safe
        danger.take(visit, because)
        return
    _put_with(visit, late.concern)
    _obey(visit, late)
    visit.disposition = Disposition.HELD
    visit.reading = {"meaning": "crisis", "because": because}
    if late.concern.released_at is not None:
        return
    visit.held = True
    if kinds.unsafe(visit.text, visit.language):
        outcomes.keep_silent(visit)
    elif not old and visit.address.state == AddressState.OPEN and not _answered_since(visit, late.came_at):
        concerns.answer(visit)


def _put_with(visit: Visit, concern: Record) -> None:
    """The message belongs to it; where it began nowhere that we knew of, it begins and holds here."""
    if concern.released_at is None and concern.address_id is None:
        concerns_kept.change(visit.tx, concern.id, {"address_id": visit.address.id})
        hold.begin(visit.tx, concern.id, visit.address.id, visit.now)
    heard = {"concern_id": concern.id, "message_id": visit.message_id, "heard": True}
    concerns_kept.hear(visit.tx, token=token(), **heard)


def _answered_since(visit: Visit, came_at: datetime) -> bool:
    """The one calm reply went there since: one is enough."""
    asked = conversations.last_of(visit.tx, visit.address.id, "safety")
    return asked is not None and asked.opened_at >= came_at
