"""What of projects and approvals needs a person, as Today shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bank import approval_now, approvals, rota
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.project_facts import said
from bank.to_do import Row, Urgency
from language.wording import SOURCE_LANGUAGE
from storage import askings, people, places, projects
from storage.approvals import Post, Subject
from storage.people import PersonState
from storage.places import PlaceState
from storage.projects import ProjectState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx

WRITERS = (Role.COORDINATOR, Role.APPROVER, Role.CO_CHAIR, Role.ADMINISTRATOR)
_RUNS = (ProjectState.OPEN, ProjectState.UNDER_WAY)
_WHAT = {
    Subject.BROADCAST: "a message",
    Subject.INVITATION: "an invitation",
    Subject.TERMS: "what we agreed to do",
    Subject.AGENDA: "an agenda",
    Subject.COMMITMENT: "commitments",
    Subject.LEDGER: "what we will do",
}
# So long after it is over everybody who took part should know what came of it; who leads it has so long to answer.
_TOLD_WITHIN = timedelta(days=28)
_WORKING_DAYS = 3
_MOST = 200


def rows(tx: Tx, colleague: Colleague, now: datetime, organisation: Organisation) -> list[Row]:
    """Approvals asked of them, answers that did not come, projects to finish, outcomes to tell."""
    found = [
        row for asking in askings.waiting(tx, _MOST) for row in _of_asking(tx, colleague, asking, now, organisation)
    ]
    for project in projects.in_states(tx, [*_RUNS, ProjectState.FINISHED]):
        if colleague.may(*WRITERS, project=project.token):
            found += _of_project(tx, project, now, organisation)
    return found


def _of_asking(
    tx: Tx, colleague: Colleague, asking: Record, now: datetime, organisation: Organisation
) -> Iterator[Row]:
    if not approval_now.stands(tx, asking, organisation):
        return
    subject, here = Subject(asking.subject), f"/approvals/{asking.token}"
    due_at = rota.working_days_after(_day(asking.asked_at, organisation), _WORKING_DAYS, organisation)
    urgency = Urgency.OVERDUE if now >= due_at else Urgency.TASK
    if Post(asking.post) in approvals.posts_of(tx, colleague, subject, asking.subject_id):
        todo = f"Say yes or no to {_WHAT[subject]}"
        yield Row(urgency, todo, _title(tx, asking), due_at, here, overdue=now >= due_at)
    elif asking.post == Post.MEMBER_CHAIR and now >= due_at and _saw_to_it(tx, colleague, asking):
        todo = f"Their co-chair has not answered about {_WHAT[subject]}: ask them another way"
        yield Row(urgency, todo, _title(tx, asking), due_at, here, overdue=True)


def _saw_to_it(tx: Tx, colleague: Colleague, asking: Record) -> bool:
    """Who asked, or leads the project for the team."""
    project = projects.get(tx, asking.project_id) if asking.project_id is not None else None
    return asking.asked_by == colleague.id or (project is not None and project.staff_chair == colleague.id)


def _title(tx: Tx, asking: Record) -> str:
    return said(projects.get(tx, asking.project_id), "title", SOURCE_LANGUAGE) if asking.project_id is not None else ""


def _of_project(tx: Tx, project: Record, now: datetime, organisation: Organisation) -> Iterator[Row]:
    title, here = said(project, "title", SOURCE_LANGUAGE), f"/projects/{project.token}"
    if project.state in _RUNS and project.ends_on and project.ends_on < _day(now, organisation).isoformat():
        ended = datetime.combine(date.fromisoformat(project.ends_on), time(17), organisation.zone)
        yield Row(Urgency.TASK, "This project should be over: finish it", title, ended, f"{here}/end", overdue=True)
    if project.state == ProjectState.FINISHED and _took_part(tx, project):
        by = project.changed_at + _TOLD_WITHIN
        todo = "Tell everybody what came of this project"
        yield Row(Urgency.TASK, todo, title, by, f"{here}/end", overdue=now >= by)
    if project.state in _RUNS and _is_gone(tx, project):
        yield Row(Urgency.TASK, "The member who led this has left: name another", title, None, f"{here}/team")


def _took_part(tx: Tx, project: Record) -> bool:
    """Somebody is owed the outcome."""
    return bool(places.in_project(tx, project.id, PlaceState.PLACE, PlaceState.TOOK_PART))


def _is_gone(tx: Tx, project: Record) -> bool:
    return project.member_chair is not None and people.get(tx, project.member_chair).state != PersonState.MEMBER


def _day(at: datetime, organisation: Organisation) -> date:
    return at.astimezone(organisation.zone).date()
