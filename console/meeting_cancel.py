"""Cancelling a meeting: whoever said yes or maybe to it, or waits, is told why. The words are seen before they go."""

from __future__ import annotations

from starlette.responses import Response

from bank import meeting_change, meeting_figures, meeting_told
from bank.lacking import NotReady
from bank.meetings import LONGEST, WrongState
from bank.told_facts import language_name
from channels.message import Shown
from console.meeting import find, home, on_a_phone, title_of
from console.page import Asked, Missing, page
from console.project import beside
from console.second_look import mark, was_seen
from console.who import ANYBODY
from language.wording import SOURCE_LANGUAGE
from storage.meetings import GOES_ON, MeetingState
from storage.schema import Record
from storage.store import Tx

_GONE = "Somebody has changed it in the meantime. Look at it again"


def _to_cancel(asked: Asked, tx: Tx) -> tuple[Record, int]:
    """The meeting, and how many people are told. Raises Missing where there is nothing left to cancel."""
    row = find(asked, tx, change=True)
    if row.state not in GOES_ON | {MeetingState.DRAFT}:
        raise Missing
    return row, meeting_figures.of(tx, [row])[row.id].to_tell


async def show(asked: Asked) -> Response:
    return await _page(asked, shows_words=False)


async def _page(asked: Asked, *, shows_words: bool) -> Response:
    row, number = await asked.read(lambda tx: _to_cancel(asked, tx))
    why = _why(asked)
    organisation, now = asked.room.organisation, asked.now
    tags = organisation.catalogs.spoken

    def told(tag: str) -> Shown:
        return on_a_phone(asked, meeting_told.of_cancel(row, why, tag, now, organisation), tag)

    return asked.page(
        "meeting_cancel.html",
        "Cancel the meeting",
        row=row,
        meeting_name=title_of(row),
        number=number,
        is_known=row.state in GOES_ON,
        tongues={tag: language_name(tag) for tag in tags},
        plainer=beside(asked, {"why": why}),
        previews=[(tag, language_name(tag), told(tag)) for tag in tags] if shows_words else [],
        seen=mark(why) if shows_words else "",
    )


def _why(asked: Asked) -> dict[str, str]:
    """By language, as far as it was written."""
    tags = asked.room.organisation.catalogs.spoken
    given = {tag: " ".join(asked.form.text(f"why-{tag}", longest=LONGEST).split()) for tag in tags}
    return {tag: text for tag, text in given.items() if text}


async def cancel(asked: Asked) -> Response:
    now, organisation, why = asked.now, asked.room.organisation, _why(asked)
    if (await asked.read(lambda tx: find(asked, tx, change=True))).state == MeetingState.CANCELED:
        return asked.back(home(asked))  # somebody was quicker
    row, number = await asked.read(lambda tx: _to_cancel(asked, tx))
    is_known = row.state in GOES_ON
    if is_known and not why.get(SOURCE_LANGUAGE):
        asked.form.mistakes[f"why-{SOURCE_LANGUAGE}"] = "Enter why it is cancelled"
    if asked.form.mistakes or (number and not was_seen(asked.form, mark(why))):
        return await _page(asked, shows_words=not asked.form.mistakes)
    ends = asked.form.ticked("ends")

    def call_off(tx: Tx) -> None:
        found = find(asked, tx, change=True)
        meeting_change.cancel(tx, asked.colleague, found, why, now, organisation, ends=ends)

    try:
        await asked.write(call_off)
    except NotReady as lacking:
        asked.form.mistakes |= dict(lacking.lacks)
    except WrongState:
        asked.form.mistakes[f"why-{SOURCE_LANGUAGE}"] = _GONE
    if asked.form.mistakes:
        return await _page(asked, shows_words=False)
    return asked.back(home(asked), done="meeting_canceled" if number else "meeting_canceled_quietly")


PAGES = (page("/meetings/{token}/cancel", ANYBODY, get=show, post=cancel),)
