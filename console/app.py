"""The console: every noun's pages behind the door, the pages that open without a login, and the assets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console import (
    account,
    answer,
    approval,
    assets,
    audiences,
    audit,
    broadcast,
    broadcast_write,
    broadcasts,
    commitment,
    commitment_becomes,
    commitment_write,
    commitments,
    feedback,
    feedback_entry,
    groups,
    inbox,
    media,
    meeting,
    meeting_answers,
    meeting_arrange,
    meeting_attend,
    meeting_cancel,
    meeting_change,
    meeting_feedback,
    meeting_invite,
    meeting_prepare,
    meetings,
    people,
    people_export,
    people_import,
    people_new,
    person,
    person_change,
    person_groups,
    person_merge,
    posters,
    project,
    project_change,
    project_end,
    project_feedback,
    project_places,
    project_promises,
    project_team,
    project_terms,
    projects,
    question,
    question_sets,
    questions,
    reading_sample,
    reports,
    running,
    safeguarding,
    safeguarding_hand,
    safeguarding_rota,
    set_answers,
    settings,
    settings_arranging,
    settings_channels,
    settings_codes,
    settings_figures,
    settings_hours,
    settings_numbers,
    settings_promises,
    settings_reminders,
    settings_rhythm,
    settings_templates,
    settings_topics,
    sign_in,
    sign_ups,
    statement,
    stock_answers,
    stories,
    story_typed,
    supporters,
    tasks,
    tasks_answer,
    team,
    telling_entry,
    thread,
    today,
    typed_in,
    welcome,
)
from console.door import Door
from console.page import Page
from console.promises import Promises
from console.public import Public
from console.room import Room
from console.views import Views

PAGES: tuple[Page, ...] = (
    *today.PAGES,
    *safeguarding_rota.PAGES,  # before the page of a concern, whose token is anything
    *safeguarding_hand.PAGES,
    *safeguarding.PAGES,
    *inbox.PAGES,
    *stock_answers.PAGES,
    *thread.PAGES,
    *answer.PAGES,
    *typed_in.PAGES,
    *media.PAGES,
    *account.PAGES,
    *audit.PAGES,
    *broadcasts.PAGES,
    *broadcast_write.PAGES,  # before the page of a broadcast, whose token is anything
    *broadcast.PAGES,
    *team.PAGES,
    *people.PAGES,
    *people_import.PAGES,
    *people_export.PAGES,
    *people_new.PAGES,  # before the page of a person, whose token is anything
    *person.PAGES,
    *projects.PAGES,
    *project_change.PAGES,  # before the page of a project, whose token is anything
    *project.PAGES,
    *project_end.PAGES,
    *project_feedback.PAGES,
    *project_places.PAGES,
    *project_promises.PAGES,
    *project_team.PAGES,
    *project_terms.PAGES,
    *meetings.PAGES,
    *meeting_change.PAGES,  # before the page of a meeting, whose token is anything
    *meeting.PAGES,
    *meeting_cancel.PAGES,
    *meeting_invite.PAGES,
    *meeting_answers.PAGES,
    *meeting_prepare.PAGES,
    *meeting_attend.PAGES,
    *feedback_entry.PAGES,
    *meeting_feedback.PAGES,
    *meeting_arrange.PAGES,
    *approval.PAGES,
    *feedback.PAGES,
    *commitments.PAGES,
    *commitment_write.PAGES,  # before the page of a commitment, whose token is anything
    *commitment.PAGES,
    *commitment_becomes.PAGES,
    *questions.PAGES,
    *question.PAGES,
    *question_sets.PAGES,
    *set_answers.PAGES,
    *person_change.PAGES,
    *person_groups.PAGES,
    *audiences.PAGES,
    *groups.PAGES,
    *person_merge.PAGES,
    *sign_ups.PAGES,
    *supporters.PAGES,
    *stories.PAGES,
    *story_typed.PAGES,
    *tasks.PAGES,
    *tasks_answer.PAGES,
    *telling_entry.PAGES,
    *settings.PAGES,
    *settings_channels.PAGES,
    *posters.PAGES,
    *settings_codes.PAGES,
    *settings_hours.PAGES,
    *settings_numbers.PAGES,
    *settings_promises.PAGES,
    *settings_reminders.PAGES,
    *settings_figures.PAGES,
    *settings_rhythm.PAGES,
    *settings_arranging.PAGES,
    *settings_templates.PAGES,
    *settings_topics.PAGES,
    *running.PAGES,
    *reports.PAGES,
    *reading_sample.PAGES,
)


def routes(room: Room) -> list[BaseRoute]:
    """All routes of the console."""
    door = Door(room, Views(room))
    return [
        *sign_in.routes(door),
        *welcome.routes(door),
        *statement.routes(door),
        *Public(door).routes(),
        *Promises(door).routes(),
        *assets.routes(),
        *(Route(page.where, door.guarded(page), methods=sorted(page.methods)) for page in PAGES),
    ]


def strays(room: Room) -> Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]]:
    """What answers where there is no page, by the status that the web framework would answer with."""
    door = Door(room, Views(room))
    return {404: door.nowhere, 405: door.nowhere}
