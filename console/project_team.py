"""Who leads a project, and what colleagues may do for it."""

from __future__ import annotations

from starlette.responses import Response

from bank import people, project_team
from bank.project_team import FOR_A_PROJECT, Refusal
from console import member_named, roles
from console.page import Asked, Missing, page
from console.project import find, home, title_of
from console.who import ANYBODY, READERS
from storage import people as people_kept
from storage import staff
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx

LONGEST_REASON = 500
_SAYS = {
    Refusal.NO_SUCH_COLLEAGUE: ("staff", "Choose somebody who is on the team"),
    Refusal.SAME_PERSON: ("person", "That member is this colleague. Choose somebody else"),
    Refusal.NOBODY: ("staff", "Name one co-chair at least"),
    Refusal.NO_REASON: ("why", "Name two co-chairs, or say why there is only one"),
}


def led(asked: Asked, tx: Tx) -> Record:
    """The project, where they may change who leads it and who may do what. Raises Missing."""
    row = find(asked, tx, change=True)
    if not project_team.may_change(asked.colleague, row):
        raise Missing
    return row


async def show(asked: Asked) -> Response:
    def look(tx: Tx) -> tuple[Record, list[project_team.Helper], Record | None, str]:
        row = find(asked, tx, change=True)
        person = _member_chair(asked, tx, row)
        chair = staff.get(tx, row.staff_chair).token if row.staff_chair is not None else ""
        return row, project_team.everyone(tx, row), person, chair

    row, team, person, chair = await asked.write(look)
    return asked.page(
        "project_team.html",
        "Co-chairs and roles",
        row=row,
        project_name=title_of(row),
        team=team,
        person=person,
        chair=chair,
        called=roles.called,
        boxes=[(role.value, roles.called(role)) for role in FOR_A_PROJECT],
        may_name=project_team.may_change(asked.colleague, row) or row.staff_chair is None,
        may_give=project_team.may_change(asked.colleague, row),
        sees_people=asked.colleague.may(*READERS),
        member_hint=member_named.hint(asked),
    )


def _member_chair(asked: Asked, tx: Tx, row: Record) -> Record | None:
    """The member who leads it, where this colleague may see them; the look is recorded."""
    if row.member_chair is None:
        return None
    person = people.seen(tx, asked.colleague, people_kept.get(tx, row.member_chair).token)
    if person is not None:
        people.looked(tx, asked.colleague, person, asked.now)
    return person


def _unseen_chair(asked: Asked, tx: Tx, row: Record) -> str:
    """The token of the member who leads it where this colleague may not see them: what they leave empty stays so."""
    chair = people_kept.get(tx, row.member_chair) if row.member_chair is not None else None
    if chair is None or chair.state != PersonState.MEMBER or people.seen(tx, asked.colleague, chair.token) is not None:
        return ""
    return str(chair.token)


async def name_chairs(asked: Asked) -> Response:
    """The whole address of the member's page may be given: its last part is their token."""
    form, now, by = asked.form, asked.now, asked.colleague
    colleague, why = form.text("staff"), form.text("why", longest=LONGEST_REASON)
    person = form.line("person").rstrip("/").rpartition("/")[2]

    def work(tx: Tx) -> Refusal | None:
        row = find(asked, tx, change=True)
        if row.staff_chair is not None and not project_team.may_change(by, row):
            raise Missing
        if person and people.seen(tx, by, person) is None:
            return Refusal.NO_SUCH_PERSON
        return project_team.name_chairs(tx, by, row, colleague, person or _unseen_chair(asked, tx, row), why, now)

    if form.mistakes:
        return await show(asked)
    return await _done(asked, await asked.write(work))


async def give_roles(asked: Asked) -> Response:
    ticked, now = asked.form.several("roles"), asked.now
    wanted = [role for role in Role if role.value in ticked]
    colleague = asked.form.text("colleague")
    refusal = await asked.write(
        lambda tx: project_team.change_roles(tx, asked.colleague, led(asked, tx), colleague, wanted, now)
    )
    return await _done(asked, refusal)


async def _done(asked: Asked, refusal: Refusal | None) -> Response:
    if refusal is None:
        return asked.back(f"{home(asked)}/team", done="project_team_changed")
    field, says = _SAYS.get(refusal) or ("person", member_named.refusal(asked))
    asked.form.mistakes[field] = says
    return await show(asked)


PAGES = (
    page("/projects/{token}/team", ANYBODY, get=show),
    page("/projects/{token}/team/chairs", ANYBODY, post=name_chairs),
    page("/projects/{token}/team/roles", ANYBODY, post=give_roles),
)
