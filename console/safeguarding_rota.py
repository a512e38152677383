"""The safeguarding rota: who is alerted first, on which days and in which hours, and what is agreed for the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from bank import on_call
from console.page import Asked, Missing, page
from console.preference import keep
from console.safeguarding import help_there_is
from console.settings_hours import DAYS, read_time
from console.who import ADMINISTRATORS, LEADS
from language.dates import clock
from language.phones import e164
from language.wording import SOURCE_LANGUAGE
from storage import shifts, staff
from storage.schema import Record
from storage.shifts import Times
from storage.store import Tx

_AT = "/safeguarding/rota"
_KEEPERS = LEADS | ADMINISTRATORS
_HOW = "Enter a time, like 9am or 5.30pm"
_NAMES = dict(DAYS)


async def show(asked: Asked) -> Response:
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> dict[str, Any]:
        return {
            "lines": on_call.lines(tx, now, organisation),
            "leads": [(row.token, row.name) for row in on_call.leads(tx)],
            "too_few": on_call.too_few(tx, organisation),
        }

    values = await asked.read(look)
    return asked.page(
        "safeguarding_rota.html", "Safeguarding rota", days=DAYS, spoken=spoken, **values, **help_there_is(asked)
    )


def spoken(times: Times) -> str:
    """When it is, in words: "Monday to Friday, 9am to 5pm, bank holidays too"."""
    hours = f"{clock(times.begins, SOURCE_LANGUAGE)} to {clock(times.ends, SOURCE_LANGUAGE)}"
    if times.begins == times.ends:
        hours = f"from {clock(times.begins, SOURCE_LANGUAGE)}, 24 hours"
    elif times.begins > times.ends:
        hours += " the next day"
    return f"{_days(times)}, {hours}{', bank holidays too' if times.holidays else ''}"


def _days(times: Times) -> str:
    chosen = sorted(times.days)
    if len(chosen) == len(DAYS):
        return "Every day"
    in_a_row = len(chosen) > 2 and chosen == list(range(chosen[0], chosen[-1] + 1))
    if in_a_row:
        return f"{_NAMES[str(chosen[0])]} to {_NAMES[str(chosen[-1])]}"
    return ", ".join(_NAMES[str(day)] for day in chosen)


def _times(asked: Asked) -> Times:
    form = asked.form
    days = frozenset(int(day) for day in form.several("days") if day in _NAMES)
    if not days:
        form.mistakes["days"] = "Choose at least one day"
    begins, ends = read_time(form.line("begins")), read_time(form.line("ends"))
    for name, read in (("begins", begins), ("ends", ends)):
        if read is None:
            form.mistakes[name] = _HOW
    if form.mistakes or begins is None or ends is None:
        return Times(days, shifts.MIDNIGHT, shifts.MIDNIGHT)
    return Times(days, begins, ends, form.ticked("holidays"))


async def add(asked: Asked) -> Response:
    token, now = asked.form.text("who"), asked.now
    times = _times(asked)

    def work(tx: Tx) -> bool:
        who = next((row for row in on_call.leads(tx) if row.token == token), None)
        if who is not None:
            on_call.put_on(tx, who, times, asked.colleague, now)
        return who is not None

    if not asked.form.mistakes and await asked.write(work):
        return asked.back(_AT, done="rota_kept")
    if not asked.form.mistakes:
        asked.form.mistakes["who"] = "Choose a safeguarding lead"
    return await show(asked)


def _shift(asked: Asked, tx: Tx) -> Record:
    found = shifts.by_token(tx, asked.path("token"))
    if found is None:
        raise Missing
    return found


async def edit(asked: Asked) -> Response:
    def look(tx: Tx) -> tuple[str, Times]:
        shift = _shift(asked, tx)
        return staff.get(tx, shift.staff_id).name, Times.of(shift)

    name, times = await asked.read(look)
    return asked.page(
        "safeguarding_shift.html",
        "Change a shift",
        name=name,
        days=DAYS,
        chosen=[str(day) for day in sorted(times.days)],
        begins=clock(times.begins, SOURCE_LANGUAGE),
        ends=clock(times.ends, SOURCE_LANGUAGE),
        holidays=times.holidays,
        token=asked.path("token"),
    )


async def change(asked: Asked) -> Response:
    times, now = _times(asked), asked.now
    if asked.form.mistakes:
        return await edit(asked)
    await asked.write(lambda tx: on_call.change(tx, _shift(asked, tx), times, asked.colleague, now))
    return asked.back(_AT, done="rota_kept")


def _press(do: Callable[[Asked, Tx, Record], None]) -> Callable[[Asked], Any]:
    async def pressed(asked: Asked) -> Response:
        await asked.write(lambda tx: do(asked, tx, _shift(asked, tx)))
        return asked.back(_AT, done="rota_kept")

    return pressed


async def keep_out_of_hours(asked: Asked) -> Response:
    form = asked.form
    typed, words = form.line("out_of_hours"), form.text("out_of_hours_words", longest=1_000)
    number = e164(typed) if typed else ""
    if number is None:
        form.mistakes["out_of_hours"] = "Enter a number that can get texts, like 07700 900123, or leave it empty"
    if form.mistakes:
        return await show(asked)
    return await keep(asked, _AT, out_of_hours=number, out_of_hours_words=words)


PAGES = (
    page(_AT, _KEEPERS, get=show, post=add),
    page(f"{_AT}/out-of-hours", _KEEPERS, post=keep_out_of_hours),
    page(f"{_AT}/{{token}}", _KEEPERS, get=edit, post=change),
    page(
        f"{_AT}/{{token}}/earlier",
        _KEEPERS,
        post=_press(lambda asked, tx, shift: on_call.move(tx, shift, -1, asked.colleague, asked.now)),
    ),
    page(
        f"{_AT}/{{token}}/later",
        _KEEPERS,
        post=_press(lambda asked, tx, shift: on_call.move(tx, shift, 1, asked.colleague, asked.now)),
    ),
    page(
        f"{_AT}/{{token}}/off",
        _KEEPERS,
        post=_press(lambda asked, tx, shift: on_call.take_off(tx, shift, asked.colleague, asked.now)),
    ),
)
