"""Progress: how far a broadcast has come, in figures that add up to the number of people it was for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bank import broadcasts
from bank.broadcast_claims import ended
from storage import broadcast_figures, invitations
from storage.outbox import OutState
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

REPLIES_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ByHand:
    """Calls, or letters."""

    waiting: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How many people it stands so with. Each is counted once, though it went another way as well.

    Of what is `queued`, so much may go only once it is of no use any more (`too_late`). `handed_over` was taken by the
    provider, which has told no more. `failed` and `canceled` are by reason: a provider's code, or a word of ours
    ("cap", "canceled", "no_promotions"), "" where none is known. `replied` wrote to us within 7 days, in any words.
    `answers` are by what they answered. `left_out` had nothing, by why. `counted` is how many it was for when it was
    let go; None: it never was. `fewer` of them are no longer there; below 0, so many more were.
    """

    queued: int
    held: int
    sending: int
    handed_over: int
    sent: int
    delivered: int
    read: int
    unknown: int
    expired: int
    failed: Mapping[str, int]
    canceled: Mapping[str, int]
    replied: int
    answers: Mapping[str, int]
    calls: ByHand
    letters: ByHand
    left_out: Mapping[str, int]
    counted: int | None
    not_yet: int
    fewer: int
    too_late: int = 0

    @property
    def texted(self) -> int:
        """How many have a message of it, whatever became of that."""
        ways = self.queued, self.held, self.sending, self.handed_over, self.sent, self.delivered, self.read
        ended = self.unknown, self.expired, *self.failed.values(), *self.canceled.values()
        return sum(ways) + sum(ended)

    @property
    def by_hand(self) -> int:
        return self.calls.waiting + self.calls.done + self.letters.waiting + self.letters.done

    @property
    def people(self) -> int:
        """Everybody of whom something became, those who have not had their turn, and those who are no longer there."""
        return self.texted + self.by_hand + sum(self.left_out.values()) + self.not_yet + self.fewer


def progress(tx: Tx, row: Record) -> Progress:
    """Where it stands now."""
    stands = broadcast_figures.states(tx, row.id)
    by_state = {state: _of(stands, state) for state in OutState}
    tasks = broadcast_figures.by_hand(tx, row.id)
    answered = invitations.answers(tx, row.id)
    counted = (row.counted or {}).get("people")
    left_out = broadcasts.left_out(row)
    calls, letters = _by_hand(tasks, TaskKind.CALL), _by_hand(tasks, TaskKind.LETTER)
    canceled = _reasons(stands, OutState.CANCELED)
    came = sum(stands.values()) + sum(number for number, _done in tasks.values()) + sum(left_out.values())
    rest = counted - came if counted is not None else 0
    not_yet = max(0, rest) if broadcasts.is_being_queued(row) else 0
    if rest > 0 and broadcasts.never_queued(row):
        canceled[ended(row)] = canceled.get(ended(row), 0) + rest
        rest = 0
    return Progress(
        queued=by_state[OutState.QUEUED],
        held=by_state[OutState.HELD],
        sending=by_state[OutState.SENDING],
        handed_over=by_state[OutState.ACCEPTED],
        sent=by_state[OutState.SENT],
        delivered=by_state[OutState.DELIVERED],
        read=by_state[OutState.READ],
        unknown=by_state[OutState.UNKNOWN],
        expired=by_state[OutState.EXPIRED],
        failed=_reasons(stands, OutState.FAILED),
        canceled=canceled,
        replied=broadcast_figures.replied(tx, row.id, REPLIES_WITHIN),
        answers={answer: number for answer, number in answered.items() if answer is not None},
        calls=calls,
        letters=letters,
        left_out=left_out,
        counted=counted,
        not_yet=not_yet,
        fewer=rest - not_yet,
        too_late=broadcast_figures.too_late(tx, row.id),
    )


def _of(stands: Mapping[tuple[str, str | None], int], state: OutState) -> int:
    return sum(number for (one, _problem), number in stands.items() if one == state)


def _reasons(stands: Mapping[tuple[str, str | None], int], state: OutState) -> dict[str, int]:
    return {problem or "": number for (one, problem), number in stands.items() if one == state}


def _by_hand(tasks: Mapping[str, tuple[int, int]], kind: TaskKind) -> ByHand:
    asked, done = tasks.get(kind, (0, 0))
    return ByHand(asked - done, done)
