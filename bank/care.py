"""Trouble with care or services that is no danger by itself: whom to ring now, and an offer to pass it on."""

from __future__ import annotations

from dataclasses import replace

from bank import desk, talk, who_writes
from bank.visit import Visit
from storage.messages_in import Disposition
from storage.tasks import TaskKind

FLOW = "care_trouble"
# So many of their messages get the offer; what they add after these belongs with them, and is not answered.
_ASKED_WITH = 3


def take(visit: Visit, because: str) -> None:
    """Answer at once, and ask whether to pass it on; what was open waits. Danger was looked for before this."""
    visit.reading = {"meaning": "care_problem", "because": because}
    if visit.mute or visit.unsafe:
        desk.keep(visit)  # a question that we do not send would never be answered
        return
    visit.disposition = Disposition.FLOW
    desk.ask_a_person(visit, TaskKind.READ)  # whatever they answer, and if they do not: nobody should miss this
    if visit.standing is not None and visit.standing.position.flow == FLOW:
        if _add(visit) > _ASKED_WITH:
            talk.remember(visit)  # a machine that writes on would have the same offer each time
        else:
            talk.ask_again(visit)
        return
    who_writes.doubt(visit)
    talk.open_flow(visit, FLOW, {"told": [visit.message_id]})


def _add(visit: Visit) -> int:
    """They tell more while we ask: it belongs with the rest. Returns how many messages that are."""
    if visit.standing is None:
        return 0
    position = visit.standing.position
    told = [*position.answers.get("told", ()), visit.message_id]
    visit.standing.position = replace(position, answers={**position.answers, "told": told}, checking=None, misses=0)
    return len(told)
