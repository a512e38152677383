"""Meetings: how many of each kind there were, how many people said yes, and how many of them came."""

from __future__ import annotations

from bank.number import bounded
from bank.report_scope import Scope
from bank.report_section import Section, bars, counted, many
from bank.suppression import published
from storage import took_part
from storage.meetings import MeetingKind
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.store import Tx

KINDS = {
    MeetingKind.MEETING: "Meetings",
    MeetingKind.SPACE: "Carers' spaces",
    MeetingKind.LISTENING: "Listening spaces",
    MeetingKind.WORKSHOP: "Workshops",
    MeetingKind.TRAINING: "Training",
    MeetingKind.PANEL: "Interview panels",
    MeetingKind.DROP_IN: "Drop-ins",
}
_ALL = "All of them"


def sections(tx: Tx, scope: Scope) -> list[Section]:
    """By kind. Whoever said yes to several of a kind is one person there."""
    meetings = took_part.held(tx, scope.begins, scope.ends)
    kinds = {row.id: KINDS[MeetingKind(row.kind)] for row in meetings}
    answers = took_part.answers(tx, scope.begins, scope.ends)
    invited = took_part.invited(tx, scope.begins, scope.ends)
    names = [*dict.fromkeys(kinds.values()), _ALL]
    said_yes: dict[str, set[int]] = {name: set() for name in names}
    ticked: dict[str, list[Record]] = {name: [] for name in names}
    for row in answers:
        for name in (kinds[row.meeting_id], _ALL):
            if row.state == RsvpState.COMING:
                said_yes[name].add(row.person_id)
                ticked[name] += [row] if row.came is not None else []
    breakdowns = {name: {name: who} for name, who in said_yes.items()}
    lines = published(said_yes[_ALL], {}, breakdowns, scope.smallest).breakdowns
    counts = {name: lines[name][name].total for name in names}
    rows = []
    for name in names:
        held = [row for row in meetings if name in {kinds[row.id], _ALL}]
        asked = sum(invited.get(row.id, 0) for row in held)
        rows.append((name, str(len(held)), _some(asked, scope), counted(counts[name]), _came(ticked[name], scope)))
    return [
        Section(
            "meetings",
            "Meetings, and who came",
            "Meetings that took place. Of those who said yes, as far as it was ticked who came.",
            ("Kind", "Meetings", "Invitations", "People who said yes", "Of them came"),
            tuple(rows),
            bars=bars([(name, counts[name]) for name in names if name != _ALL]),
        )
    ]


def _some(number: int, scope: Scope) -> str:
    return counted(many(number, scope.smallest)) if number else "0"


def _came(ticked: list[Record], scope: Scope) -> str:
    """How many of those who said yes; nothing, where they are too few people."""
    if len({row.person_id for row in ticked}) < scope.smallest:
        return ""
    return bounded(sum(row.came for row in ticked), len(ticked), scope.smallest)
