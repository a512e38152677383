"""What somebody would like to tell us of, as they chose it or as it is clear, becomes the round in which they do."""

from __future__ import annotations

from dataclasses import replace

from bank import feedback, feedback_facts, feedback_sets
from bank.visit import Standing, Visit
from flows import feedback as script
from flows.feedback_which import ELSE
from storage import meetings
from storage.schema import Record


def chosen(visit: Visit, standing: Standing) -> None:
    """What they tell us of is known: the round in which they do stands among the answers."""
    answers = {name: value for name, value in standing.position.answers.items() if name != "meeting"}
    asked = _round(visit, standing.position.answers.get("meeting"))
    opening = feedback.opening(visit.tx, asked, visit.organisation.smallest_shown)
    about = {**opening, "flow": script.name_of(asked.set_id), "by_them": True}
    standing.position = replace(standing.position, answers={**answers, **about})


def _round(visit: Visit, named: str | None) -> Record:
    now, organisation = visit.now, visit.organisation
    person_id = visit.person.id if visit.person is not None else None
    meeting = meetings.by_token(visit.tx, named) if named not in {None, ELSE} else None
    if meeting is None and named is None and person_id is not None:
        meeting = next(iter(feedback_facts.came_to(visit.tx, person_id, now)), None)
    if meeting is not None:
        return feedback.round_for_meeting(visit.tx, meeting, now, organisation)
    return feedback.bank_round(visit.tx, feedback_sets.ANYTIME, now, organisation, person_id)
