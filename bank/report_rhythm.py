"""Rhythm: how many texts members got that they did not ask for, and how many had as many as we may send."""

from __future__ import annotations

from bank.report_scope import Scope
from bank.report_section import Section, counted
from bank.suppression import published
from storage import membership, rhythm
from storage.store import Tx

_GOT, _FULL = "got", "full"


def sections(tx: Tx, scope: Scope) -> list[Section]:
    """Month by month. Whoever is a member now counts for the average, whether or not they got one."""
    members, months = membership.now(tx), scope.months
    texts = dict.fromkeys(months, 0)
    got: dict[str, set[int]] = {month: set() for month in months}
    full: dict[str, set[int]] = {month: set() for month in months}
    for row in rhythm.unasked(tx, scope.edges, scope.organisation.most_a_week):
        if row.person_id in members:
            month = months[row.month]
            texts[month] += row.texts
            got[month].add(row.person_id)
            if row.full:
                full[month].add(row.person_id)
    parts = {f"{what}|{month}": {what: ids[month]} for what, ids in ((_GOT, got), (_FULL, full)) for month in months}
    lines = published(members, {}, parts, scope.smallest).breakdowns
    enough = len(members) >= scope.smallest
    average = {month: texts[month] / len(members) for month in months} if enough else {}
    return [
        Section(
            "rhythm",
            "How often we write",
            "Texts that people did not ask for: invitations, news and questions of ours. Answers and reminders are "
            f"not among them. {_cap(scope.organisation.most_a_week)}",
            ("Month", "Texts a member", "Members who got any", "Had as many as we may send in a week"),
            tuple(
                (
                    month,
                    f"{average[month]:.1f}" if enough else "",
                    counted(lines[f"{_GOT}|{month}"][_GOT].total),
                    counted(lines[f"{_FULL}|{month}"][_FULL].total) if scope.organisation.most_a_week else "",
                )
                for month in months
            ),
            line=tuple((month, round(average[month], 1)) for month in months) if enough else (),
        )
    ]


def _cap(most_a_week: int) -> str:
    if not most_a_week:
        return "There is no limit to how many go in a week."
    return f"At most {most_a_week} {'goes' if most_a_week == 1 else 'go'} to anybody in a week."
