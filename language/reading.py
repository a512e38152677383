"""What we take a reply to mean: the types that a reader and the engine share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_ANSWERS = ("yes", "no", "maybe")


class Meaning(StrEnum):
    """What a message is, whichever question it follows."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"
    CANCEL = "cancel"
    LATE = "late"
    ACCESS = "access"
    QUESTION = "question"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    HELP = "help"
    THANKS = "thanks"
    GREETING = "greeting"
    WRONG_PERSON = "wrong_person"
    BEREAVEMENT = "bereavement"
    AUTO_REPLY = "auto_reply"
    CRISIS = "crisis"
    CARE_PROBLEM = "care_problem"
    LANGUAGE = "language"
    HUMAN = "human"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of the open question, as it was shown.

    `id` is what is recorded. `label` is what the person saw. `hears` names a recogniser that may
    pick it without its label ("yes", "no", "more", "under_18", "skip", "partly"). A hidden option is never
    shown or numbered: only its recogniser can pick it.
    """

    id: str
    label: str
    hears: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, as far as reading the reply needs to know.

    `read` names how to read it: "choice" (one of `options`), "choices" (several of them), or the
    kind of an open answer: "name", "place", "words", "opinion" (what they make of something), "story" (a part of
    one, or that it was all), "time", "count", "number", "phone". "rsvp" ("are you coming?") may
    have options or none. Without options of its own are "yes_no", "rating" (1 to 5) and "open" (nothing certain was
    asked).
    `several` says that a "choice" may be answered with more than one.
    """

    read: str
    options: tuple[Option, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply means for the question that was asked.

    `value` is what would be recorded: an option's id for "choice", a tuple of ids for "choices",
    text for the rest; None when the reply does not answer. `sure` False with a value means "ask
    whether that is what was meant"; False without one is a miss. `also` names what else it carries
    ("question", "thanks", "late"...). `because` is the words that told us; `whole` says that
    the tables account for every word of the message, `firm` that a number, a label or an age told it,
    which what else is said does not change, though that may be grave, and `guessed` that only the model told it.
    """

    meaning: Meaning = Meaning.OTHER
    value: str | tuple[str, ...] | None = None
    sure: bool = False
    also: tuple[str, ...] = ()
    because: str = ""
    whole: bool = False
    firm: bool = False
    guessed: bool = False
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> str | None:
        """Yes, no or maybe, where that is what would be recorded."""
        return self.value if self.value in _ANSWERS else None
