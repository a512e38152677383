"""Skipping: they leave a question out. "Pass" is a no to an invitation that waits."""

from __future__ import annotations

from bank import awaited, manners, open_question, talk
from bank.visit import Visit
from flows import engine
from language.own import own
from language.reading import Reading
from language.stance import stance
from storage.messages_in import Disposition


def skip(visit: Visit) -> None:
    """Go on past what is asked, or past the one invitation that waits; where nothing is asked it is kept."""
    if _past_what_waits(visit):
        return
    if visit.standing is None:
        manners.keep(visit)
        return
    talk.follow(visit, engine.skip(talk.flow_of(visit), visit.standing.position, visit.facts))


def _past_what_waits(visit: Visit) -> bool:
    open_now = visit.standing is not None
    waiting = list(visit.newer) if open_now else awaited.waiting(visit) if visit.people else []
    if len(waiting) != 1 or awaited.is_closed(visit, waiting[0]) or awaited.must_tell_who(visit, waiting[0]):
        return False
    standing = awaited.stand_at(visit, waiting[0])
    visit.disposition = Disposition.FLOW
    flow = talk.flow_of(visit)
    if stance(own(visit.text), visit.language).label == "no":
        reading = Reading(value="no", sure=True, because=visit.text.strip())
        visit.asked, visit.reading = f"{flow.name}.{standing.position.step}", open_question.kept(reading)
        talk.follow(visit, engine.advance(flow, standing.position, reading, visit.facts))
    else:
        talk.follow(visit, engine.skip(flow, standing.position, visit.facts))
    return True
