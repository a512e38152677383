"""Inviting to a meeting: whom one may ask, in which words at first, and a broadcast that does it.

Nobody is invited to the same meeting twice: whoever was asked, or has answered, is left out as it is counted and sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import audience, broadcast_draft, invitation_notes
from bank.audience import NoCondition, Preview, Rule, TooDeep
from bank.audience_words import meeting_title
from bank.broadcast_draft import Draft
from bank.broadcast_words import Worded, answers_of, segments, values_of
from bank.colleague import Colleague
from bank.handling import CannotDo
from bank.invitation_notes import MOST_SEGMENTS
from bank.organisation import Organisation
from bank.project_facts import said
from flows.invite_lines import INVITES
from flows.rsvp import RSVP
from language import placeholder
from language.wording import SOURCE_LANGUAGE, base
from storage import audiences, groups, meetings, projects
from storage.broadcasts import BroadcastKind
from storage.meetings import MeetingState
from storage.picking import Terms
from storage.schema import Record
from storage.store import Tx

LONGEST_NAME = 80
EVERYBODY, CHOSEN = "all", "rule"
_AS_WRITTEN: Mapping[str, str] = {name: f"{{{name}}}" for name in placeholder.KNOWN}
_NO_MORE = frozenset({MeetingState.CANCELED, MeetingState.OVER})


@dataclass(frozen=True, slots=True)
class Offer:
    """Some people who may be asked: a name of ours for them, who they are, and the rule. No rule: every member."""

    id: str
    says: str
    rule: Rule | None


def offers(tx: Tx, meeting: Record) -> list[Offer]:
    """Whom it makes sense to ask: who is near to this meeting first, then audiences and groups, then everybody."""
    return [
        *_of_its_project(tx, meeting),
        *_of_the_last_one(tx, meeting),
        *(Offer(f"audience-{row.token}", row.name, rule) for row, rule in _saved(tx)),
        *(Offer(f"group-{row.token}", f"The group {row.name}", Rule(groups=(row.token,))) for row in groups.in_use(tx)),
        Offer(EVERYBODY, "Every member", None),
    ]


def _of_its_project(tx: Tx, meeting: Record) -> list[Offer]:
    if meeting.project_id is None:
        return []
    project = projects.get(tx, meeting.project_id)
    title = said(project, "title", SOURCE_LANGUAGE) or "its project"
    return [Offer("project", f"Who takes part in {title}", Rule(takes_part_in=(project.token,)))]


def _of_the_last_one(tx: Tx, meeting: Record) -> list[Offer]:
    """Who came the last time, and who waited then for a place and got none."""
    before = [row for row in meetings.series(tx, meeting) if row.starts_at < meeting.starts_at]
    held = [row for row in before if row.state not in {MeetingState.CANCELED, MeetingState.DRAFT}]
    if not held:
        return []
    last = held[-1]
    came = Offer("last", f"Who came to the last one: {meeting_title(last)}", Rule(came_to=(last.token,)))
    if last.capacity is None:
        return [came]
    return [came, Offer("waited", "Who waited for a place in the last one", Rule(waited_for=(last.token,)))]


def _saved(tx: Tx) -> list[tuple[Record, Rule | None]]:
    """The audiences that are kept, as far as their rule can be worked out."""
    found = []
    for row in audiences.in_use(tx):
        try:
            found.append((row, Rule.from_json(row.rule) if row.rule else None))
        except NoCondition:
            continue
    return found


def count(tx: Tx, meeting: Record, rule: Rule | None, now: datetime, organisation: Organisation) -> Preview:
    """How many it would reach now; those who were asked already are among those left out. Raises CannotDo."""
    try:
        return audience.preview(tx, rule, now, organisation, meeting=meeting.id)
    except (TooDeep, NoCondition):
        raise CannotDo("Who they are cannot be worked out. Choose somebody else.") from None


def late(tx: Tx, meeting: Record, rule: Rule | None, now: datetime, organisation: Organisation) -> list[str]:
    """What people of that rule need, and there is not time enough left to book."""
    terms = Terms(now, organisation.most_a_week, leave_out_capped=False, meeting=meeting.id)
    return list(invitation_notes.late(tx, meeting, rule.as_json() if rule else None, terms, organisation))


def begin(
    tx: Tx,
    colleague: Colleague | None,
    meeting: Record,
    rule: Rule | None,
    now: datetime,
    organisation: Organisation,
    *,
    unchosen: bool = False,
) -> Record:
    """A draft that invites these people, in words that may be sent as they are. Raises CannotDo.

    `unchosen`: whom it is for is still to be said, and until then it goes to nobody.
    """
    if meeting.state in _NO_MORE or meeting.starts_at <= now:
        raise CannotDo("It has begun, is over, or does not take place. Nobody can be invited to it.")
    draft = Draft(
        f"Invitation: {meeting_title(meeting)}"[:LONGEST_NAME],
        words(tx, meeting, organisation),
        BroadcastKind.INVITATION,
        rule=broadcast_draft.UNCHOSEN if unchosen else (rule.as_json() if rule is not None else None),
        meeting=meeting.id,
    )
    return broadcast_draft.write(tx, colleague, draft, now)


def words(tx: Tx, meeting: Record, organisation: Organisation) -> dict[str, str]:
    """What it says at first, in every language that we write. A twin in easier words is there where it differs."""
    project = projects.get(tx, meeting.project_id) if meeting.project_id is not None else None
    found = {tag: _fitting(meeting, project, tag, organisation) for tag in organisation.catalogs.languages}
    return {tag: text for tag, text in found.items() if base(tag) == tag or text != found.get(base(tag))}


def _fitting(meeting: Record, project: Record | None, tag: str, organisation: Organisation) -> str:
    """The fullest words that fit in two texts, or the shortest. What stands in braces is still to be filled in."""
    values = values_of(organisation, project, tag, meeting)
    answers = answers_of(RSVP, tag, organisation)
    written = [organisation.catalogs.render(one, tag, _AS_WRITTEN) for one in INVITES[meeting.way]]
    filled = {text: segments(Worded(placeholder.fill(text, values), answers)) for text in written}
    return next((text for text in written if filled[text] <= MOST_SEGMENTS), written[-1])
