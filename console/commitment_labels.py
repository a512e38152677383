"""What pages call the ways in which a commitment stands, what happened to it, and what people said to it."""

from __future__ import annotations

from language.told import Means
from storage.commitments import CommitmentKind, CommitmentState, Event, What

KINDS = {CommitmentKind.WILL: "We will", CommitmentKind.CANNOT: "We can't, because"}
STATES = {
    CommitmentState.DRAFT: "Draft",
    CommitmentState.WAITING: "Waiting for a yes",
    CommitmentState.OPEN: "Promised",
    CommitmentState.DONE: "Done, we say",
    CommitmentState.KEPT: "Kept",
    CommitmentState.NOT_CONFIRMED: "Done, nobody confirmed it",
    CommitmentState.CANNOT: "We can't",
    CommitmentState.STOPPED: "Stopped",
}
TAGS = {
    CommitmentState.DRAFT: "govuk-tag--grey",
    CommitmentState.WAITING: "govuk-tag--yellow",
    CommitmentState.KEPT: "govuk-tag--green",
    CommitmentState.NOT_CONFIRMED: "govuk-tag--grey",
    CommitmentState.CANNOT: "govuk-tag--grey",
    CommitmentState.STOPPED: "govuk-tag--grey",
}
HAPPENED = {
    What.MADE: "Written",
    What.WORDS: "The words were changed",
    What.ASKED: "Asked for a yes",
    What.TAKEN_BACK: "Taken back: a draft again",
    What.PROMISED: "Promised",
    What.MOVED: "Moved to another day",
    What.OWNER: "Given to somebody else",
    What.DONE: "Done, we say",
    What.KEPT: "Kept, say those who said it",
    What.NOT_KEPT: "Not done, say those who said it: it is open again",
    What.NOT_CONFIRMED: "Nobody who said it has answered in two weeks",
    What.CANNOT: "Told: we can't, because",
    What.STOPPED: "Stopped: it will not be kept",
    What.NAGGED: "Who sees to it was told that it is late",
}
EVENTS = {
    Event.PROMISED: "What we will do",
    Event.CANNOT: "That we can't, and why",
    Event.MOVED: "Moved to another day",
    Event.DONE: "Done, we say",
    Event.KEPT: "Kept",
    Event.NOT_CONFIRMED: "Done, nobody confirmed it",
    Event.STOPPED: "Stopped, and why",
}
SAID = {
    Means.NOT_MEANT: "It is not what they meant",
    Means.NOT_FIXED: "It is not done, as they see it",
    Means.RIGHT: "It is right",
    Means.THANKS: "Thank you",
    Means.SAID: "Something else",
}
