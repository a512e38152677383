"""What the demo's members said of its meetings, and what became of it: numbers are the ends of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.arrangements import ArrangementKind, ArrangementState
from storage.invitations import Answer
from storage.meetings import Way
from storage.rsvps import Needed


@dataclass(frozen=True, slots=True)
class Said:
    """What one member told a colleague: `number` is the end of theirs, `details` are those of bank/rsvps.py."""

    number: int
    answer: Answer
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """One that is over: what people had said, who came, who walked in, and who had what they needed."""

    said: tuple[Said, ...]
    came: frozenset[int]
    walked_in: tuple[int, ...] = ()
    had_needs: Mapping[int, Needed] = field(default_factory=dict)


LEADS = 130
PLACES = 12
FIRST = Held(
    (*(Said(number, Answer.YES) for number in (LEADS, 136, 137, 140, 142)), Said(101, Answer.MAYBE)),
    frozenset({LEADS, 101, 136, 137, 140}),
)
LAST = Held(
    (
        *(Said(number, Answer.YES) for number in (101, 103, LEADS, 131, 136, 140, 143, 146)),
        Said(137, Answer.YES, {"guests": 1}),
        Said(142, Answer.MAYBE),
        Said(148, Answer.NO),
    ),
    frozenset({101, 103, LEADS, 131, 137, 140, 142, 146}),
    (152,),
    {101: Needed.YES, 131: Needed.YES, 146: Needed.YES, 140: Needed.NO},
)
NEXT = (
    Said(LEADS, Answer.YES, {"way": Way.IN_PERSON}),
    Said(101, Answer.YES, {"way": Way.IN_PERSON, "guests": 2}),
    Said(103, Answer.YES, {"way": Way.ONLINE}),
    Said(131, Answer.YES, {"way": Way.IN_PERSON, "late": True, "note": "about half past two, after the school run"}),
    Said(137, Answer.YES, {"way": Way.IN_PERSON, "guests": 1}),
    Said(140, Answer.YES, {"way": Way.IN_PERSON}),
    Said(145, Answer.YES, {"way": Way.IN_PERSON}),
    Said(146, Answer.YES, {"way": Way.IN_PERSON, "early": True, "note": "my bus goes at twenty to four"}),
    Said(152, Answer.YES, {"way": Way.ONLINE}),
    Said(155, Answer.YES),
    Said(157, Answer.YES),
    Said(158, Answer.YES, {"note": "only if my neighbour can drive me"}),
    Said(136, Answer.MAYBE, {"note": "if I find somebody to sit with my husband"}),
    Said(142, Answer.MAYBE),
    Said(143, Answer.NO),
    Said(148, Answer.NO, {"note": "I work that day"}),
)
# They were asked too, and have not answered.
SILENT = (107, 113, 116, 127, 128, 133)


# The member who leads it may see their names.
NAMED = (101, 137, 146)
# What they asked for on the phone, how that stands, and what they were told.
NEEDED = (
    (131, ArrangementKind.BSL, "A BSL interpreter", ArrangementState.BOOKED, "Jo comes, whom you know."),
    (137, ArrangementKind.TRANSPORT, "A lift from Elm Road", ArrangementState.BOOKED, "A taxi comes at half past one."),
    (140, ArrangementKind.ASSISTANT, "My assistant comes with me", ArrangementState.TALKED, ""),
    (145, ArrangementKind.FOOD, "No milk, please", ArrangementState.TO_DO, ""),
)
