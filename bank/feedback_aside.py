"""Feedback aside: a clear answer to an invitation is one, though we have asked since how a meeting was.

Whoever leaves that question alone and answers what we asked before it does not rate anything.
"""

from __future__ import annotations

from bank import awaited, feedback_heard, invited, open_question
from bank.visit import Visit
from language import understand


def take(visit: Visit) -> bool:
    """Take a yes or a no for the one invitation that waits. False where it may answer what is open, or is unclear."""
    if visit.standing is None or not feedback_heard.is_given(visit) or not visit.people:
        return False
    waiting = awaited.waiting(visit)
    if len(waiting) != 1 or understand.answer(open_question.of(visit), visit.text, visit.language).value is not None:
        return False
    (asked,) = waiting
    reading = understand.answer(awaited.question(visit, asked), visit.text, visit.language)
    if reading.value is None or not reading.sure or reading.guessed:
        return False
    invited.open_for(visit, asked)
    return True
