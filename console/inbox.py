"""The inbox: threads, the last written from first, and looking for one."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from typing import Any

from starlette.responses import Response

from bank import audit, threads, waiting
from bank.audit import Act
from bank.threads import Listed, Summary
from console.given_dates import given as given_date
from console.page import Asked, Missing, page
from console.said import CHANNELS
from console.who import COORDINATORS
from storage.store import Tx
from storage.threads import Among, Show

# What each list is called; those who may see danger have one more.
LISTS = {
    Show.UNREAD: "To do",
    Show.MINE: "Mine",
    Show.WAITING: "Waiting for their answer",
    Show.ALL: "All",
    Show.SPAM: "Spam",
}
_FOR_LEADS = {Show.HELD: "Held"}
_YEARS = (2000, 2200)
_BY = ("name", "number", "words")


def lists(asked: Asked) -> dict[Show, str]:
    return LISTS | _FOR_LEADS if asked.colleague.is_lead else dict(LISTS)


def _chosen(asked: Asked) -> Show:
    wanted = asked.query("show")
    return Show(wanted) if wanted in lists(asked) else Show.UNREAD


async def show(asked: Asked) -> Response:
    which, after = _chosen(asked), asked.query("after")
    found = await asked.read(lambda tx: threads.listed(tx, asked.colleague, which, after))
    return asked.page("inbox.html", "Inbox", **_about(asked, which, found))


async def latest(asked: Asked) -> Response:
    """The list alone, where it is not the one that the page has."""
    which, after = _chosen(asked), asked.query("after")
    found = await asked.read(lambda tx: threads.listed(tx, asked.colleague, which, after))
    if asked.query("have") == mark(found.rows):
        return Response(status_code=204)
    return asked.part("inbox_list.html", **_about(asked, which, found))


def _about(asked: Asked, which: Show, found: Listed) -> dict[str, Any]:
    return {
        "rows": found.rows,
        "which": which,
        "lists": lists(asked),
        "after": asked.query("after"),
        "next": found.after,
        "mark": mark(found.rows),
        "channels": CHANNELS,
    }


def mark(rows: list[Summary]) -> str:
    """The same for a list that looks the same."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


async def search(asked: Asked) -> Response:
    """Look for threads. What was looked for comes in the form, and never stands in an address."""
    by = asked.form.chosen("by", _BY, "Choose what to look for")
    wanted = asked.form.needed("wanted", "Enter a name, a number or words", longest=200)
    which = asked.form.text("show")
    among = Among(
        Show(which) if which in lists(asked) else Show.ALL, _begins(asked, "since"), _begins(asked, "until", 1)
    )
    found: list[Summary] = []
    if not asked.form.mistakes:
        now = asked.now

        def look(tx: Tx) -> list[Summary]:
            audit.record(tx, now, Act.SEARCHED, asked.colleague.id, by=by)
            if by == "number":
                return threads.with_number(tx, asked.colleague, wanted)
            if by == "name":
                return threads.with_name(tx, asked.colleague, wanted)
            return threads.with_words(tx, asked.colleague, wanted, among)

        found = await asked.write(look)
    return asked.page(
        "inbox_found.html",
        "Search the inbox",
        rows=found,
        channels=CHANNELS,
        lists=lists(asked),
        by=by,
        among=among.show,
        most=threads.MOST_FOUND,
        looked_through=threads.MOST_SEARCHED,
    )


def _begins(asked: Asked, name: str, days_later: int = 0) -> datetime | None:
    """When the day that they gave begins, or another so many days later; None where they gave none."""
    if not any(asked.form.text(f"{name}-{part}") for part in ("day", "month", "year")):
        return None
    day = given_date(asked.form, name, "Enter a real date, such as 3 12 2026, or none")
    if day is None or not _YEARS[0] <= day.year <= _YEARS[1]:
        asked.form.mistakes[name] = "Enter a real date, such as 3 12 2026, or none"
        return None
    return datetime.combine(day + timedelta(days=days_later), time(), asked.room.organisation.zone)


async def ask(asked: Asked) -> Response:
    """The empty form."""
    return asked.page("inbox_search.html", "Search the inbox", lists=lists(asked), among=_chosen(asked))


async def alone(asked: Asked) -> Response:
    """A message that has no thread: its words, and the press that says that somebody read it."""
    now, token = asked.now, asked.path("token")
    item = await asked.write(lambda tx: waiting.alone(tx, asked.colleague, token, now))
    if item is None:
        raise Missing
    return asked.page("inbox_alone.html", "A message that we could not take in", item=item)


async def read_alone(asked: Asked) -> Response:
    now, token = asked.now, asked.path("token")
    if not await asked.write(lambda tx: waiting.close_alone(tx, asked.colleague, token, now)):
        raise Missing
    return asked.back("/", done="task_done")


PAGES = (
    page("/inbox", COORDINATORS, get=show),
    page("/inbox/latest", COORDINATORS, get=latest),
    page("/inbox/search", COORDINATORS, get=ask, post=search),
    page("/inbox/alone/{token}", COORDINATORS, get=alone, post=read_alone),
)
