"""A bank in which people said how a meeting and a project were: `python -m tests.journeys.answering` in its folder.

It prints the tokens of the meeting and of the project.
"""

from __future__ import annotations

import asyncio

from bank import themes
from bot.house import open_house
from bot.settings import load
from flows.felt import FELT
from storage.staff import Role
from storage.store import Tx
from tests.bank import answered, leaflet
from tests.bank.ashdale import MORNING


def said(tx: Tx) -> tuple[str, str]:
    """Sixty of a meeting, with two themes, and as many of a project as there are rungs, twenty times."""
    by = leaflet.hired(tx, "Ada Administrator", Role.ADMINISTRATOR)
    project = leaflet.opened(tx, by, leaflet.member(tx, "Halina Green"))
    # In a year of its own: small meetings beside it would hide some of what it tells.
    meeting = answered.meeting(tx, project_id=project.id, on_day="2027-01-07")
    ids = answered.spread(tx, answered.asked_about(tx, meeting))
    tea, sound = (themes.add(tx, by, {"en": name}, MORNING) for name in ("Tea and cake", "Hearing what is said"))
    themes.tag(tx, by, tea, [(id_, "q3") for id_ in ids[:36]], MORNING)
    themes.tag(tx, by, sound, [(id_, "q4") for id_ in ids[36:]], MORNING)
    evaluation = answered.asked_about(tx, project=project, questions=answered.EVALUATION)
    for rung in FELT:
        answered.many(tx, evaluation, 20, {"q1": rung})
    return meeting.token, project.token


async def main() -> None:
    async with open_house(load()) as house:
        print(*await house.store.write(said))


if __name__ == "__main__":
    asyncio.run(main())
