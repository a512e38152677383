"""Subjects: what a message may be about though something else is open, from what cannot wait to a story."""

from __future__ import annotations

from collections.abc import Callable

from bank import (
    after_all,
    anonymous,
    feedback_aside,
    invited,
    meeting_day,
    meeting_found,
    rsvp_midway,
    story_telling,
    supporter_says,
    telling_heard,
    withdrawing,
)
from bank.visit import Visit

_TAKERS: tuple[Callable[[Visit], bool], ...] = (
    anonymous.take,  # whatever it says is said without a name
    story_telling.take_before_others,
    meeting_day.take,
    after_all.take,
    invited.take_quoting,
    meeting_found.take_question,
    meeting_found.take,
    supporter_says.take,
    telling_heard.take,
    invited.take_newer,
    feedback_aside.take,
    withdrawing.take,
    rsvp_midway.take,
    story_telling.take,
    anonymous.take_at_last,
)


def take(visit: Visit) -> bool:
    """Take it where it is about one of these. False where it is for the open question, or for none."""
    return any(taken(visit) for taken in _TAKERS)
