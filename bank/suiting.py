"""Suiting: a wish about the times of our texts, in people's own words. It changes nothing: we ask if we heard right."""

from __future__ import annotations

from bank import hours, talk
from bank.visit import Visit
from flows import engine
from flows.hours import HOURS
from language.everywhere import Word
from storage.messages_in import Disposition


def take(visit: Visit) -> bool:
    """Ask back where the whole message is such a wish ("only text me after 6"). False for anything else."""
    if visit.mute or visit.unsafe or not visit.people or _is_not_theirs(visit):
        return False
    standing = visit.standing
    asked = standing is not None and standing.position.flow == HOURS.name
    wished = hours.wished(visit.text, visit.language, asked=asked)
    if wished is None or (asked and not wished):
        return False
    visit.disposition = Disposition.FLOW if asked else Disposition.WORD
    visit.reading = {"meaning": "word", "word": Word.TIMES.value, "because": "wish"}
    answers = {"wished_hours": wished} if wished else None
    if asked and standing is not None:
        visit.asked = f"{HOURS.name}.{standing.position.step}"
        talk.follow(visit, engine.begin(HOURS, visit.facts, answers))
    else:
        talk.doubt_who_writes(visit)
        talk.open_personal(visit, HOURS.name, answers)
    return True


def _is_not_theirs(visit: Visit) -> bool:
    """They passed on what somebody else wrote."""
    return visit.incoming is not None and visit.incoming.forwarded
