"""The open question: what was asked of them when they wrote, as they read it; and what we read their answer as."""

from __future__ import annotations

from typing import Any

from bank import rsvp_heard, talk
from bank.visit import Visit
from flows import engine
from flows.engine import Asked
from flows.grammar import Flow
from flows.position import Position
from language.reading import Option, Question, Reading


def of(visit: Visit) -> Question:
    """What was asked of them when they wrote, as it was shown; "open" where nothing was."""
    if visit.question is None:
        visit.question = _question(visit)
    return visit.question


def _question(visit: Visit) -> Question:
    if visit.standing is None:
        return Question("open")
    try:
        asked = engine.question(talk.flow_of(visit), visit.standing.position, visit.facts)
    except KeyError:
        return Question("open")
    return as_shown(visit, asked)


def shown(visit: Visit, flow: Flow, step: str) -> Question:
    """A question of this flow as it would be shown to them, though it is not open."""
    return as_shown(visit, engine.question(flow, Position(flow.name, flow.version, step), visit.facts))


def as_shown(visit: Visit, asked: Asked) -> Question:
    """The question that is open, as they read it."""
    render, facts = visit.organisation.catalogs.render, visit.facts
    options = tuple(
        Option(
            offer.id,
            render(offer.label, visit.language, facts) if offer.label is not None else "",
            hears=offer.hears,
            hidden=offer.label is None,
        )
        for offer in asked.offers
    )
    return Question("rsvp" if asked.key in rsvp_heard.ASKS else asked.read, options)


def kept(reading: Reading) -> dict[str, Any]:
    """What we read their answer as, the way it is kept beside their message."""
    return {
        "meaning": reading.meaning.value,
        "value": list(reading.value) if isinstance(reading.value, tuple) else reading.value,
        "sure": reading.sure,
        "also": list(reading.also),
        "because": reading.because,
    }
