"""Audience words: a rule told back in one sentence, and why people are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bank import meeting_facts, told_facts, wall_time
from bank.audience import Left, Rule, Way
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.project_facts import said
from bank.told_facts import BY_NAME
from channels.called import CALLED
from language.dates import day
from language.wording import SOURCE_LANGUAGE
from storage import groups, meetings, projects
from storage.schema import Record
from storage.store import Tx

ROLES: Mapping[str, str] = {
    "carer": "carers",
    "person": "people with lived experience",
    "staff": "staff",
    "partner": "partners",
}
WAYS: Mapping[Way, str] = {
    **{Way(channel): f"a {name} message" for channel, name in CALLED.items()},
    Way.SMS: "a text",
    Way.CALL: "a call",
    Way.LETTER: "a letter",
}
# After "3 people ..." and "1 person ...".
LEFT: Mapping[Left, tuple[str, str]] = {
    Left.HELD: ("are held: a person of ours must look first", "is held: a person of ours must look first"),
    Left.NOT_WANTED: ("did not ask for the news", "did not ask for the news"),
    Left.NO_PROMOTIONS: (
        "did not agree to hear what other organisations offer",
        "did not agree to hear what other organisations offer",
    ),
    Left.INVITED: ("were asked to this meeting already", "was asked to this meeting already"),
    Left.PAUSED: ("paused our texts", "paused our texts"),
    Left.NO_AGREEMENT: ("did not agree to be written to", "did not agree to be written to"),
    Left.NO_ADDRESS: ("have no way that we can reach them", "has no way that we can reach them"),
    Left.QUIET: (
        "are kept quiet: a machine answered there, or a text could do harm",
        "is kept quiet: a machine answered there, or a text could do harm",
    ),
    Left.CAP: ("had as many texts this week as they agreed to", "had as many texts this week as they agreed to"),
}
# Told apart to leads only: who is one of a few would else be known to be held.
_NOT_TOLD_APART = frozenset({Left.HELD, Left.QUIET, Left.NO_ADDRESS})
_NOT_NOW = ("cannot be texted just now", "cannot be texted just now")
_GONE = "something that is gone"


@dataclass(frozen=True, slots=True)
class _Names:
    """What the values of a rule are called, by condition and value."""

    of: Mapping[str, Mapping[str, str]]

    def either(self, name: str, values: Collection[str]) -> str:
        known = self.of.get(name, {})
        return _listed([known.get(value, _GONE) for value in values], "or")


def told(tx: Tx, rule: Rule | None, organisation: Organisation) -> str:
    """The whole rule: "People who chose Home care or Money, in AS1 or AS2, but not those asked to Carers Space"."""
    if rule is None or rule == Rule():
        return "All members"
    names = _names(tx, rule, organisation)
    roles = [ROLES[role] for role in rule.roles]
    whom = _listed(roles, "and") if roles else "people"
    sentence = " ".join(filter(None, (whom, ", ".join(_clauses(rule, names)))))
    if rule.without is not None:
        who = [ROLES[role] for role in rule.without.roles]
        those = [f"those {clause}" for clause in _clauses(rule.without, names)]
        sentence += ", but not " + _listed([*who, *those], "or")
    return sentence[0].upper() + sentence[1:]


def _clauses(rule: Rule, names: _Names) -> Iterator[str]:
    spoken = (
        ("topics", "who chose {}"),
        ("ways", "who like to take part by: {}"),
        ("districts", "in {}"),
        ("languages", "who read {}"),
        ("channels", "who get {}"),
        ("groups", "in the group {}"),
        ("asked_to", "who were asked to {}"),
        ("said_yes_to", "who said yes to {}"),
        ("not_asked_to", "who were not asked to {}"),
        ("takes_part_in", "who take part in {}"),
        ("came_to", "who came to {}"),
        ("waited_for", "who waited for a place in {}"),
    )
    for name, clause in spoken:
        if values := getattr(rule, name):
            yield clause.format(names.either(name, values))
    if rule.never_asked:
        yield "who were never asked to anything"


def _names(tx: Tx, rule: Rule, organisation: Organisation) -> _Names:
    both = (rule, rule.without or Rule())
    facts = {
        name: dict(told_facts.choices(BY_NAME[field], organisation))
        for name, field in (("topics", "topics"), ("ways", "ways"), ("languages", "language"))
    }
    about = {one for each in both for one in (*each.asked_to, *each.said_yes_to, *each.not_asked_to)}
    titles = _titles(tx, about | {one for each in both for one in each.takes_part_in})
    gatherings = meeting_titles(tx, {one for each in both for one in (*each.came_to, *each.waited_for)})
    return _Names(
        {
            **facts,
            "channels": {way.value: words for way, words in WAYS.items()},
            "districts": {one: one for each in both for one in each.districts},
            "groups": groups.names(tx, {one for each in both for one in each.groups}),
            **dict.fromkeys(("asked_to", "said_yes_to", "not_asked_to", "takes_part_in"), titles),
            **dict.fromkeys(("came_to", "waited_for"), gatherings),
        }
    )


def _titles(tx: Tx, tokens: Collection[str]) -> dict[str, str]:
    found = (projects.by_token(tx, one) for one in sorted(tokens))
    return {row.token: said(row, "title", SOURCE_LANGUAGE) for row in found if row is not None}


def meeting_titles(tx: Tx, tokens: Collection[str]) -> dict[str, str]:
    """What each of these meetings is called, with its day: "Carers' space, Thursday 3 December"."""
    found = (meetings.by_token(tx, one) for one in sorted(tokens))
    return {row.token: meeting_title(row) for row in found if row is not None}


def meeting_title(row: Record) -> str:
    """What a meeting is called for colleagues: "Carers' space, Thursday 3 December"."""
    title = meeting_facts.said(row, "title", SOURCE_LANGUAGE) or "A meeting without a title"
    return f"{title}, {day(wall_time.here(row).date(), SOURCE_LANGUAGE)}"


def left_out(left: Mapping[Left, int] | Mapping[str, int], colleague: Colleague) -> list[str]:
    """Why people are left out, as this colleague may know it, the commonest first: "3 people paused our texts"."""
    told: Counter[tuple[str, str]] = Counter()
    for why, number in left.items():
        folded = why in _NOT_TOLD_APART and not colleague.is_lead
        told[_NOT_NOW if folded else LEFT[Left(why)]] += number
    return [people(number, *says) for says, number in told.most_common() if number]


def people(number: int, many: str, one: str) -> str:
    """So many people do this: "12 people get a text", and "1 person gets a text"."""
    return f"{number:,} people {many}" if number != 1 else f"1 person {one}"


def _listed(words: Collection[str], joined: str) -> str:
    *before, last = words
    return f"{', '.join(before)} {joined} {last}" if before else last
