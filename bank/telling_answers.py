"""What somebody says to what they were told: kept, and what follows from it. Each way in which it comes ends here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bank import commitment_confirmed
from bank.colleague import known
from bank.commitment_confirmed import TheirOwn
from bank.invitations import By
from bank.organisation import Organisation
from bank.telling_beside import SAID_MORE
from bank.telling_facts import asks, here, number_in
from bank.tokens import token
from bank.visit import Visit
from language.told import Means
from storage import commitments, staff, tellings
from storage.commitments import Event, Part
from storage.schema import Record
from storage.store import Tx

_SAID_THEMSELVES = "They have told us themselves."
# Told without a question: who said it may say all the same that it is not so.
_MAY_BE_DENIED = frozenset({Event.KEPT, Event.NOT_CONFIRMED})


@dataclass(frozen=True, slots=True)
class Says:
    """Who says something to which telling, when, how it came, and their words; empty where these add nothing."""

    tx: Tx
    telling: Record
    person: Record
    now: datetime
    organisation: Organisation
    by: By
    words: str = ""


def take(says: Says, answer: str) -> None:
    """Keep their answer: yes, no or cannot_tell; without one, only their words. Raises TheirOwn."""
    asked = asks(says.telling)
    if asked == "done" and answer in {"yes", "no"}:
        _confirm(says, yes=answer == "yes")
    elif answer == "no" and says.telling.event in _MAY_BE_DENIED and says.telling.part == Part.SAID:
        _confirm(says, yes=False)
    if answer:
        tellings.answer(says.tx, says.telling.id, answer, says.now)
    if answer == "no":
        reply(says, Means.NOT_MEANT if asked == "meant" else Means.NOT_FIXED)
    elif says.words:
        reply(says, Means.SAID)
    if says.by.message_id is not None:
        tellings.close_calls(says.tx, says.telling, says.now, _SAID_THEMSELVES)


def _confirm(says: Says, *, yes: bool) -> None:
    row, entered_by = commitments.get(says.tx, says.telling.commitment_id), says.by.entered_by
    colleague = known(says.tx, staff.get(says.tx, entered_by)) if entered_by is not None else None
    commitment_confirmed.confirmed(says.tx, row, says.person, yes, says.now, says.organisation, colleague)


def is_right(says: Says) -> None:
    """It is right. What a colleague typed in who may not say so is read by another."""
    try:
        take(says, "yes")
    except TheirOwn:
        reply(says, Means.RIGHT)


def reply(says: Says, means: Means) -> None:
    """Keep what they say for a person of ours to read. Thanks are read by nobody: they only count."""
    keep(says.tx, says.telling.commitment_id, says.person.id, means, says.words, says.now, says.by)


def keep(tx: Tx, commitment_id: int, person_id: int, means: Means, words: str, now: datetime, by: By) -> None:
    tellings.reply(
        tx,
        token=token(),
        commitment_id=commitment_id,
        person_id=person_id,
        message_id=by.message_id,
        entered_by=by.entered_by,
        means=means,
        words=words or None,
        at=now,
        seen_at=now if means is Means.THANKS else None,
    )


def told_here(visit: Visit) -> list[Record]:
    """What the open conversation tells, in its order."""
    answers = visit.standing.position.answers if visit.standing is not None else {}
    names = here(answers)
    found = tellings.called(visit.tx, names)
    return [found[name] for name in names if name in found]


def says_here(visit: Visit, telling: Record, words: str = "") -> Says | None:
    """Whoever writes says something to that; None where nobody is known to."""
    if visit.person is None:
        return None
    return Says(visit.tx, telling, visit.person, visit.now, visit.organisation, by(visit), words)


def by(visit: Visit) -> By:
    return By(visit.message_id, visit.entered_by, visit.how)


def _beside(visit: Visit) -> str:
    """Their words, where they tell more than the answer."""
    answers = visit.standing.position.answers if visit.standing is not None else {}
    return str(answers.get(SAID_MORE) or "")


def _one(visit: Visit, value: str) -> None:
    """Whether it is what they meant, or done."""
    for telling in told_here(visit)[:1]:
        says = says_here(visit, telling, _beside(visit))
        if says is not None and value == "yes":
            is_right(says)
        elif says is not None:
            take(says, value)


def _wrong(visit: Visit, picked: Sequence[str]) -> None:
    """These of the list are not right. Where none is named, what they tell is kept with the first."""
    rows, words = told_here(visit), _beside(visit)
    if not picked and words and rows and (says := says_here(visit, rows[0], words)) is not None:
        reply(says, Means.SAID)
    for name in picked:
        number = number_in(name)
        says = says_here(visit, rows[number], words) if number < len(rows) else None
        if says is not None:
            take(says, "no")


def _all(visit: Visit, _value: str) -> None:
    """All of the list is right."""
    for telling in told_here(visit):
        says = says_here(visit, telling)
        if says is not None and asks(telling):
            is_right(says)


def _words(visit: Visit, words: str) -> None:
    """What they meant, or what is not so, goes beside the answer before it."""
    if not words or visit.person is None:
        return
    answers = visit.standing.position.answers if visit.standing is not None else {}
    rows, picked = told_here(visit), [number_in(name) for name in answers.get("told_wrong", ())]
    for telling in [rows[number] for number in picked if number < len(rows)] or rows[:1]:
        if not tellings.add_words(visit.tx, telling.commitment_id, visit.person.id, words, visit.message_id):
            says = says_here(visit, telling, words)
            if says is not None:
                reply(says, Means.SAID)


def _picked(_visit: Visit, _picked: Sequence[str]) -> None:
    """Which they have something to say of: what that is comes next."""


def _of_one(visit: Visit, words: str) -> None:
    """What they say of something that came of what they said, though nobody asked."""
    answers = visit.standing.position.answers if visit.standing is not None else {}
    picked = list(answers.get("about_one", ()))
    if words and visit.person is not None:
        theirs = {row.token: row for row in tellings.concern(visit.tx, [visit.person.id])}
        for name in picked:
            if name in theirs:
                keep(visit.tx, theirs[name].id, visit.person.id, Means.SAID, words, visit.now, by(visit))


LEARNERS: Mapping[str, Callable[[Visit, Any], None]] = {
    "told_meant": _one,
    "told_done": _one,
    "told_wrong": _wrong,
    "told_all": _all,
    "told_words": _words,
    "about_one": _picked,
    "said_of_one": _of_one,
}
