"""Agreeing: to what comes besides what people joined for: the news once a month, and what other organisations offer.

Each yes goes into the ledger with our words as they were shown or read out, and each no with theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from bank import members
from bank.organisation import Organisation
from bank.visit import Visit
from flows.about_you import PROMOTIONS
from flows.grammar import Choose, Flow
from flows.news import NEWS
from storage import consents
from storage.consents import Purpose

# Where we ask for each: the flow, and its step.
_ASKED: Mapping[Purpose, tuple[Flow, str]] = {Purpose.DIGEST: (NEWS, "ask"), Purpose.PROMOTIONS: (PROMOTIONS, "ask")}


def answer(visit: Visit, purpose: Purpose, *, given: bool) -> None:
    """Their yes or no to this: kept of them, and entered where it changes anything."""
    person = visit.person
    if person is None or getattr(person, purpose.value) == given:
        return
    consents.record(
        visit.tx,
        purpose,
        person_id=person.id,
        address_id=visit.address.id or None,  # who does not text is at none
        given=given,
        words=_shown(visit, purpose) if given else visit.text,
        shown=given,
        language=visit.language,
        message_id=visit.message_id,
        entered_by=visit.entered_by,
        how=visit.how,
        at=visit.now,
    )
    members.note(visit, **{purpose.value: given})


def question(purpose: Purpose, organisation: Organisation, language: str) -> str:
    """What we ask about this, as it is read out to somebody who tells a colleague."""
    flow, name = _ASKED[purpose]
    step = flow.steps[name]
    if not isinstance(step, Choose) or not isinstance(step.choices, tuple):
        raise TypeError(f"{flow.name}.{name} asks for no choice of ours")
    render, values = organisation.catalogs.render, {"council": organisation.council}
    labels = [render(choice.label, language, values) for choice in step.choices if choice.label is not None]
    numbered = (f"{number} {label}" for number, label in enumerate(labels, 1))
    return "\n".join((render(step.text, language, values), *numbered))


def _shown(visit: Visit, purpose: Purpose) -> str:
    return members.words_shown(visit) or question(purpose, visit.organisation, visit.language)
