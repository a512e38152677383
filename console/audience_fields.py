"""Audience fields: the part of a form that says whom something is for.

The pages of audiences, groups and broadcasts have it; parts/audience_fields.html draws it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bank import audience_words, told_facts
from bank.audience import Rule, Way
from bank.audience_words import ROLES
from bank.organisation import Organisation
from bank.project_facts import said
from bank.told_facts import BY_NAME
from channels.called import CALLED
from console.forms import Form
from language.wording import SOURCE_LANGUAGE
from storage import groups, meetings, projects
from storage.meetings import GOES_ON, MeetingState
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx

Choices = Mapping[str, list[tuple[str, str]]]
Chosen = Mapping[str, list[str]]

# The conditions of each part, in the order of the form; their fields have these names, those of what is left out begin
# with LEAVE.
WANTED = (
    *("topics", "roles", "ways", "languages", "channels", "groups"),
    *("said_yes_to", "asked_to", "takes_part_in", "came_to", "waited_for"),
)
LEFT_OUT = ("topics", "ways", "languages", "channels", "groups", "asked_to", "said_yes_to")
LEAVE = "not-"
_CHANNELS = {
    **{Way(channel): name for channel, name in CALLED.items()},
    Way.SMS: "Text messages",
    Way.CALL: "Phone calls",
    Way.LETTER: "Letters",
}
_MOST_DISTRICTS = 50
_LATEST = 12  # meetings that may be named
_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")  # the first half of a postcode
_NOT_LISTED = "Choose from the list"
_NO_DISTRICT = "Enter the first half of each postcode, with a comma between them, like AS1, AS2"


def choices(tx: Tx, organisation: Organisation, kept: Rule | None = None) -> Choices:
    """What may be chosen for each condition. What a rule that is kept names stays there, though it is not used now."""
    facts = (("topics", "topics"), ("ways", "ways"), ("languages", "language"))
    titles = [(row.token, said(row, "title", SOURCE_LANGUAGE)) for row in _asked_about(tx)]
    offered = {
        **{name: told_facts.choices(BY_NAME[field], organisation) for name, field in facts},
        "roles": [(role, name.capitalize()) for role, name in ROLES.items()],
        "channels": [(way.value, name) for way, name in _CHANNELS.items()],
        "groups": [(row.token, row.name) for row in groups.in_use(tx)],
        "asked_to": titles,
        "said_yes_to": titles,
        "takes_part_in": titles,
        **_meetings(tx),
    }
    named = chosen(kept)
    closed = groups.names(tx, {*named["groups"], *named[f"{LEAVE}groups"]})
    closed |= audience_words.meeting_titles(tx, {*named["came_to"], *named["waited_for"]})
    for name, known in offered.items():
        missing = {*named.get(name, ()), *named.get(LEAVE + name, ())} - {value for value, _label in known}
        offered[name] = known + [(one, f"{closed.get(one, one)} (not used any more)") for one in sorted(missing)]
    return offered


def _meetings(tx: Tx) -> dict[str, list[tuple[str, str]]]:
    """The latest ones that people came to, and those in which people may wait for a place."""
    over = meetings.in_states(tx, [MeetingState.OVER], latest_first=True, limit=_LATEST)
    on = meetings.in_states(tx, sorted(GOES_ON), limit=_LATEST)
    told = {row.token: audience_words.meeting_title(row) for row in (*on, *over)}
    return {
        "came_to": [(row.token, told[row.token]) for row in over],
        "waited_for": [(row.token, told[row.token]) for row in (*on, *over) if row.capacity is not None],
    }


def _asked_about(tx: Tx) -> list[Record]:
    return projects.in_states(tx, [state for state in ProjectState if state is not ProjectState.DRAFT])


def chosen(rule: Rule | None) -> Chosen:
    """What is ticked in each field for this rule, and what is written in those for districts."""
    wanted = rule or Rule()
    left = wanted.without or Rule()
    left = replace(left, asked_to=tuple(dict.fromkeys((*left.asked_to, *wanted.not_asked_to))))
    return {
        **{name: list(getattr(wanted, name)) for name in (*WANTED, "districts")},
        **{LEAVE + name: list(getattr(left, name)) for name in (*LEFT_OUT, "districts")},
        "never_asked": ["yes"] if wanted.never_asked else [],
    }


def read(form: Form, offered: Choices) -> Rule:
    """The rule that the form says; its mistakes are noted there."""
    left = {name: _several(form, LEAVE + name, offered[name]) for name in LEFT_OUT}
    left["districts"] = _districts(form, f"{LEAVE}districts")
    wanted = {name: _several(form, name, offered[name]) for name in WANTED}
    wanted["districts"] = _districts(form, "districts")
    return replace(
        Rule.from_json(wanted),
        never_asked=form.ticked("never_asked"),
        without=Rule.from_json(left) if any(left.values()) else None,
    )


def _several(form: Form, name: str, offered: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    given = [one for one in dict.fromkeys(form.several(name)) if one]
    if set(given) - {value for value, _label in offered}:
        form.mistakes[name] = _NOT_LISTED
        return ()
    return tuple(given)


def _districts(form: Form, name: str) -> tuple[str, ...]:
    """Postcode districts, as people's are kept; of a whole postcode its first half."""
    typed = [one.split()[0].upper() for one in form.text(name).replace("\n", ",").split(",") if one.strip()]
    if len(typed) > _MOST_DISTRICTS or not all(map(_DISTRICT.fullmatch, typed)):
        form.mistakes[name] = _NO_DISTRICT
        return ()
    return tuple(dict.fromkeys(typed))
