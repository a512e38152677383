"""How a meeting was: what people said of it, in figures and words, as a report, and as a text for those who came."""

from __future__ import annotations

from asyncio import to_thread

from starlette.responses import Response

from bank import feedback_report, feedback_shown, feedback_told, meetings
from bank.feedback_report import Format
from bank.feedback_shown import Outcome, Read
from bank.handling import CannotDo
from bank.suppression import Shown, share
from console import feedback_shown as in_page
from console.meeting import find, home, title_of
from console.page import Asked, Missing, page
from console.printing import fonts, given
from console.who import ANYBODY, COORDINATORS, READERS
from storage.schema import Record
from storage.store import Tx


async def show(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> tuple[Record, bool, Read | None]:
        row = find(asked, tx)
        may_tag = asked.colleague.may(*COORDINATORS, project=meetings.project_of(tx, row))
        return row, may_tag, feedback_shown.of_meeting(tx, asked.colleague, row, now, organisation)

    row, may_tag, read = await asked.write(look)
    found = await to_thread(read.outcome) if read is not None else None
    values = in_page.shown(found, may_tag=may_tag) if found is not None else {"found": None}
    rate = share(found.answered, Shown(found.asked)) if found is not None and found.asked is not None else None
    return asked.page(
        "meeting_feedback.html",
        "How it was",
        row=row,
        meeting_title=title_of(row),
        rate=rate,
        sees_people=asked.colleague.may(*READERS),
        may_tell=asked.colleague.may(*COORDINATORS),
        **values,
    )


async def press(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> Read:
        row = find(asked, tx, change=True)
        found = feedback_shown.of_meeting(tx, asked.colleague, row, now, organisation)
        if found is None:
            raise Missing
        return found

    return await in_page.pressed(asked, f"{home(asked)}/feedback", look, show, asked.path("token"))


async def report(asked: Asked) -> Response:
    """The meeting report as a file, made beside the others' pages."""
    name, now, organisation = asked.path("name"), asked.now, asked.room.organisation
    wanted = next((one for one in Format if name == f"report.{one}"), None)
    if wanted is None:
        raise Missing
    told = await asked.write(lambda tx: feedback_report.gather(tx, asked.colleague, find(asked, tx), now, organisation))
    file, back = f"heard-meeting-{told.on_day}-feedback.{wanted}", (f"{home(asked)}/feedback", "Back")
    return await given(asked, lambda: feedback_report.made(told, wanted, fonts()), file, back, wanted.media_type)


async def tell(asked: Asked) -> Response:
    """The text for those who came as it is drafted, in each language, and how long it is."""
    now, organisation, outcome = asked.now, asked.room.organisation, await _as_anybody_may_know(asked)

    def look(tx: Tx) -> tuple[Record, feedback_told.Drafted]:
        row = find(asked, tx, change=True)
        return row, feedback_told.drafted(tx, row, outcome, now, organisation)

    row, told = await asked.read(look)
    return asked.page(
        "meeting_feedback_tell.html", "Tell those who came", row=row, meeting_title=title_of(row), told=told
    )


async def begin(asked: Asked) -> Response:
    """Open it as a broadcast that is not sent yet: it is looked at, approved and sent as any other."""
    now, organisation, outcome = asked.now, asked.room.organisation, await _as_anybody_may_know(asked)

    def draft(tx: Tx) -> Record:
        return feedback_told.begin(tx, asked.colleague, find(asked, tx, change=True), outcome, now, organisation)

    try:
        row = await asked.write(draft)
    except CannotDo as why:
        asked.form.mistakes["tell"] = str(why)
        return await tell(asked)
    return asked.back(f"/broadcasts/{row.token}/words")


async def _as_anybody_may_know(asked: Asked) -> Outcome | None:
    """What was said, without a name; None: nobody was asked."""
    now, organisation = asked.now, asked.room.organisation
    read = await asked.read(
        lambda tx: feedback_shown.of_meeting(tx, None, find(asked, tx, change=True), now, organisation)
    )
    return await to_thread(read.outcome) if read is not None else None


_HERE = "/meetings/{token}/feedback"
PAGES = (
    page(_HERE, ANYBODY, get=show, post=press),
    page(f"{_HERE}/tell", COORDINATORS, get=tell, post=begin),
    page(_HERE + "/{name}", ANYBODY, get=report),
)
