"""Pausing: until which day somebody wants no texts, in their own words. We ask if we heard right."""

from __future__ import annotations

from bank import open_question, rota, talk
from bank.visit import Visit
from flows import engine
from flows.pause import PAUSE
from language import choice
from language.until import until
from storage.messages_in import Disposition


def take(visit: Visit) -> bool:
    """Ask back where PAUSE is open and they name a day or a time ("till after Christmas", "3 weeks"). Else False."""
    if visit.mute or visit.unsafe or visit.standing is None or visit.standing.position.flow != PAUSE.name:
        return False
    hours = visit.organisation.hours
    here = visit.now.astimezone(visit.organisation.zone).date()
    if choice.names(open_question.of(visit).options, visit.text, visit.language):
        return False  # what was offered is no time of their own
    named = until(visit.text, visit.language, here, lambda day: rota.is_holiday(day, hours))
    if named is None:
        return False
    visit.disposition = Disposition.FLOW
    visit.asked = f"{PAUSE.name}.{visit.standing.position.step}"
    visit.reading = {"meaning": "other", "sure": True, "because": visit.text.strip()}
    talk.follow(visit, engine.begin(PAUSE, visit.facts, {"wished_day": named.isoformat()}))
    return True
