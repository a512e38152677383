"""The grammar that conversations are written in: steps joined by named edges.

A flow is data. Every path can be listed, every text linted and translated, every edge checked,
without running anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from language.wording import Words

Facts = Mapping[str, Any]
Answers = Mapping[str, Any]
Predicate = Callable[[Facts, Answers], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered choice. `hears` names a recogniser that may pick it in the person's own words
    (see `language.reading.Option`); a choice without a label is never shown, only heard. `at_once`
    takes it even when the reading is in doubt, where asking back could do harm.
    """

    id: str
    label: Words | None
    then: str
    hears: str | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice as it stands open: its id, label (None is never shown), and what hears it."""

    id: str
    label: Words | None
    hears: str | None = None


@dataclass(frozen=True, slots=True)
class FromFacts:
    """Choices that come from the fact `name`: pairs of an id and its label (text in the person's language).

    More than `page` of them are shown a page at a time.
    """

    name: str
    page: int = 9


@dataclass(frozen=True, slots=True)
class Say:
    """Says something and goes on; without `then` the conversation ends with `outcome`."""

    text: Words
    then: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks an open question; `read` is the kind of answer (see `language.reading.Question`).

    `again` is the same question in fewer words, for when it is asked again. `under_18` is where
    somebody goes who says so instead.
    """

    text: Words
    save: str
    read: str
    then: str
    skip: str | None = None
    again: Words | None = None
    under_18: str | None = None


@dataclass(frozen=True, slots=True)
class Choose:
    """Asks to choose one of `choices`, or several with `many`; `again` is as for `Ask`.

    With `FromFacts` choices, and with `many`, `then` says where to go; otherwise each choice does.
    """

    text: Words
    save: str
    choices: tuple[Choice, ...] | FromFacts
    then: str | None = None
    many: bool = False
    skip: str | None = None
    one_line: bool = False
    again: Words | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """Goes one way or the other by a named predicate over facts and answers."""

    when: Predicate
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class More:
    """Says more, then asks `then` (a question) again."""

    text: Words
    then: str


@dataclass(frozen=True, slots=True)
class Handover:
    """Ends this flow and begins another."""

    to: str


@dataclass(frozen=True, slots=True)
class End:
    """Ends without a word, with `outcome`: where silence is the kindest answer."""

    outcome: str


Step = Say | Ask | Choose | Branch | More | Handover | End
Question = Ask | Choose


@dataclass(frozen=True, slots=True)
class Flow:
    """One conversation's script.

    `values` names every value its texts may use. Silence is answered once with `nudge` after
    `nudge_after` (never without both), and the conversation lapses after `lapse_after`.
    """

    name: str
    start: str
    steps: Mapping[str, Step]
    values: frozenset[str] = frozenset()
    version: int = 1
    nudge: Words | None = None
    nudge_after: timedelta | None = None
    lapse_after: timedelta = timedelta(days=7)
