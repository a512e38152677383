"""What was promised in a project: how it stands, on paper, and on a page for everybody where its team publishes it."""

from __future__ import annotations

from starlette.responses import Response

from bank import promises_paper, promises_public, promises_shown
from bank.promises_paper import Order
from bank.promises_shown import Shown
from bank.saying import Saying
from console.page import Asked, page
from console.printing import fonts, given
from console.project import find, home, title_of
from console.public_frame import said
from console.who import ANYBODY, COORDINATORS
from flows import promises_page
from language.tag import html_lang
from language.wording import SOURCE_LANGUAGE
from storage.projects import ProjectState
from storage.schema import Record
from storage.store import Tx


async def show(asked: Asked) -> Response:
    row, shown = await _found(asked)
    return asked.page(
        "project_promises.html",
        promises_page.PROMISES.text,
        row=row,
        project_title=title_of(row),
        shown=shown,
        promised=said(_say(asked), promises_page),
        html_lang=html_lang,
        may_change=asked.colleague.may(*COORDINATORS, project=row.token),
        is_draft=row.state == ProjectState.DRAFT,
        link=f"{asked.room.public_url}/promises/project/{row.token}",
    )


async def publish(asked: Asked) -> Response:
    public, now = asked.form.line("public") == "yes", asked.now

    def work(tx: Tx) -> None:
        promises_public.publish(tx, asked.colleague, find(asked, tx, change=True), now, public=public)

    await asked.write(work)
    done = "promises_public" if public else "promises_not_public"
    return asked.back(f"{home(asked)}/promises", done=done)


async def printed(asked: Asked) -> Response:
    """The same as PDF, made beside the others' pages."""
    row, shown = await _found(asked)
    title = f"{title_of(row)}: {promises_page.PROMISES.text}"
    order = Order(title, shown, _say(asked), asked.now, asked.query("size") == "large")
    back = f"{home(asked)}/promises", "Back to what was promised"
    return await given(asked, lambda: promises_paper.made(order, fonts()), order.name, back)


async def _found(asked: Asked) -> tuple[Record, Shown]:
    say, now = _say(asked), asked.now

    def look(tx: Tx) -> tuple[Record, Shown]:
        row = find(asked, tx)
        return row, promises_shown.of_project(tx, row, say, now)

    return await asked.read(look)


def _say(asked: Asked) -> Saying:
    return Saying(asked.room.organisation, SOURCE_LANGUAGE)


PAGES = (
    page("/projects/{token}/promises", ANYBODY, get=show, post=publish),
    page("/projects/{token}/promises/paper", ANYBODY, get=printed),
)
