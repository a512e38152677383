"""Settings: when people are reminded of each kind of meeting, where a meeting says nothing else."""

from __future__ import annotations

from starlette.responses import Response

from bank import reminder_defaults
from bank.reminder_plan import ALL, from_json
from console import meeting_plan
from console.meeting import KINDS
from console.page import Asked, Missing, page
from console.who import ADMINISTRATORS
from storage.meetings import MeetingKind

_AT = "/settings/reminders"


async def show(asked: Asked) -> Response:
    plans = await asked.read(reminder_defaults.plans)
    kinds = [(kind.value, KINDS[kind], meeting_plan.in_words(plan)) for kind, plan in plans.items()]
    return asked.page("settings_reminders.html", "Reminders", kinds=kinds)


async def show_one(asked: Asked) -> Response:
    kind = _kind(asked)
    plans = await asked.read(reminder_defaults.plans)
    return asked.page(
        "settings_reminders_one.html",
        f"Reminders: {KINDS[kind].lower()}",
        steps=[(step.name.value, meeting_plan.NAMES[step.name], step.minutes is None, step.is_after) for step in ALL],
        begins=meeting_plan.fields(plans[kind]),
        own=meeting_plan.OWN,
    )


async def keep_one(asked: Asked) -> Response:
    kind, now = _kind(asked), asked.now
    given = meeting_plan.read(asked.form)
    if asked.form.mistakes:
        return await show_one(asked)
    kept = {kind: from_json(given or ())}
    await asked.write(lambda tx: reminder_defaults.keep(tx, asked.colleague.id, kept, now))
    return asked.back(_AT, done="settings_kept")


def _kind(asked: Asked) -> MeetingKind:
    named = asked.path("kind")
    if named not in {*MeetingKind}:
        raise Missing
    return MeetingKind(named)


PAGES = (
    page(_AT, ADMINISTRATORS, get=show),
    page(_AT + "/{kind}", ADMINISTRATORS, get=show_one, post=keep_one),
)
