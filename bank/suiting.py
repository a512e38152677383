"""Suiting: a wish about the times of our texts, in people's own words. It changes nothing: we ask if we heard right."""

from __future__ import annotations

from dataclasses import replace

from bank import hours, talk, who_writes
from bank.visit import Standing, Visit
from flows import engine
from flows.hours import HOURS
from language import texting
from language.everywhere import Word
from language.reading import Reading
from storage.messages_in import Disposition


def take(visit: Visit) -> bool:
    """Ask back where the whole message is such a wish ("only text me after 6"). False for anything else."""
    if visit.mute or visit.unsafe or not visit.people or _is_not_theirs(visit):
        return False
    if visit.standing is not None and visit.standing.position.flow == HOURS.name:
        return _answers(visit, visit.standing)
    wished = hours.wished(visit.text, visit.language)
    if wished is None:
        return False
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": Word.TIMES.value, "because": "wish"}
    who_writes.doubt(visit)
    talk.open_personal(visit, HOURS.name, {"wished_hours": wished} if wished else None)
    return True


def _answers(visit: Visit, standing: Standing) -> bool:
    """Where we ask for times: a part of the day is an answer, a time of the clock a wish. False for anything else."""
    part = texting.part(visit.text, visit.language)
    if part == "any" and standing.position.step != "when":
        part = None  # "I don't mind" answers another question
    wished = hours.wished(visit.text, visit.language, asked=True)
    if part is None and not wished:
        return False
    visit.disposition = Disposition.FLOW
    visit.asked = f"{HOURS.name}.{standing.position.step}"
    visit.reading = {"meaning": "other", "sure": True, "because": visit.text.strip()}
    if part is None:
        talk.follow(visit, engine.begin(HOURS, visit.facts, {"wished_hours": wished}))
        return True
    here = replace(standing.position, step="when", checking=None)
    told = Reading(value=hours.BY_PART[part], sure=True, because=visit.text.strip())
    talk.follow(visit, engine.advance(HOURS, here, told, visit.facts))
    return True


def _is_not_theirs(visit: Visit) -> bool:
    """They passed on what somebody else wrote."""
    return visit.incoming is not None and visit.incoming.forwarded
