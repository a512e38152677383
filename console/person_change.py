"""Changing a person's page as they asked: what they told us, answers, pauses, leaving and coming back."""

from __future__ import annotations

from datetime import date, datetime, time

from starlette.responses import Response

from bank import agreeing, answers_given, details, hours, on_behalf, people, told_facts
from bank.answers_given import NoAnswer
from bank.hours import NoTime
from bank.organisation import Organisation
from bank.told_facts import FIELDS, Value
from console.given_dates import given as given_date
from console.page import Asked, Missing, page
from console.person import HOW_MISTAKE, HOWS, home, whom
from console.who import COORDINATORS
from language.wording import SOURCE_LANGUAGE
from storage.consents import Purpose
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

_WRONG = {
    "name": "Enter what we are to call them",
    "place": "Enter the first half of a postcode, or a town",
}


def member(asked: Asked, tx: Tx, state: PersonState = PersonState.MEMBER) -> Record:
    """The person, where they stand so. Raises Missing."""
    person = whom(asked, tx)
    if person.state != state:
        raise Missing
    return person


async def seen(asked: Asked, state: PersonState = PersonState.MEMBER) -> Record:
    """The same, for a page that needs no more; that they looked is recorded."""

    def look(tx: Tx) -> Record:
        person = member(asked, tx, state)
        people.looked(tx, asked.colleague, person, asked.now)
        return person

    return await asked.write(look)


async def change(asked: Asked) -> Response:
    organisation = asked.room.organisation

    def look(tx: Tx) -> tuple[Record, dict[str, Value]]:
        person = member(asked, tx)
        people.looked(tx, asked.colleague, person, asked.now)
        return person, {field.name: told_facts.value(tx, person, field.name) for field in FIELDS}

    person, kept = await asked.write(look)
    given = {field.name: told_facts.choices(field, organisation) for field in FIELDS}
    return asked.page(
        "person_change.html",
        "Change what they told us",
        person=person,
        fields=FIELDS,
        kept=kept,
        given=given,
        hours=_spoken(kept["hours"]),
        read_out=_read_out(person, organisation),
    )


def _read_out(person: Record, organisation: Organisation) -> dict[str, str]:
    """What a colleague reads to them before they agree, in their language."""
    to_ask = (Purpose.DIGEST, Purpose.PROMOTIONS)
    return {purpose.value: agreeing.question(purpose, organisation, person.language) for purpose in to_ask}


async def keep_changes(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    kept = await asked.read(
        lambda tx: {field.name: told_facts.value(tx, member(asked, tx), field.name) for field in FIELDS}
    )
    given = {field.name: _fact(asked, field, kept[field.name]) for field in FIELDS if field.kind != "hours"}
    given["hours"] = _hours(asked)
    if given["language"] is None:
        form.mistakes.setdefault("language", "Choose a language")
    form.mistakes |= details.mistakes(given)
    if form.mistakes:
        return await change(asked)
    done = await asked.write(
        lambda tx: details.change(tx, asked.colleague, member(asked, tx), given, how, now, organisation)
    )
    return asked.back(home(asked), "person_changed" if done else "")


def _fact(asked: Asked, field: told_facts.Field, kept: Value) -> Value:
    form = asked.form
    given = form.several(field.name) if field.kind == "several" else form.text(field.name, longest=500)
    try:
        return details.read(field.name, given, asked.room.organisation, kept)
    except ValueError:
        form.mistakes[field.name] = _WRONG.get(field.name, "Choose one of the answers")
        return None


def _spoken(kept: Value) -> tuple[str, str]:
    return hours.spoken(str(kept), SOURCE_LANGUAGE) if kept else ("", "")


def _hours(asked: Asked) -> Value:
    form = asked.form
    try:
        return hours.read(form.line("hours-from"), form.line("hours-until"))
    except NoTime as wrong:
        form.mistakes[f"hours-{wrong.field}"] = str(wrong)
        return None


async def answer(asked: Asked) -> Response:
    """Which question did they answer?"""
    now, organisation = asked.now, asked.room.organisation

    def look(tx: Tx) -> tuple[Record, list[answers_given.Asking]]:
        person = member(asked, tx)
        people.looked(tx, asked.colleague, person, now)
        return person, answers_given.questions(tx, person, now, organisation)

    person, asking = await asked.write(look)
    name = asked.request.path_params.get("question")
    if name is None:
        return asked.page("person_answers.html", "Which question did they answer?", person=person, asking=asking)
    one = next((one for one in asking if one.name == name), None)
    if one is None:
        raise Missing
    return asked.page("person_answer.html", "Enter their answer", person=person, one=one)


async def keep_answer(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    how, name = form.chosen("how", HOWS, HOW_MISTAKE), asked.path("question")
    given = form.several("answer")
    if form.mistakes:
        return await answer(asked)
    one = given[0] if len(given) == 1 else given
    chosen: str | list[str] = given if name in {"topics", "ways"} else one
    try:
        await asked.write(
            lambda tx: answers_given.give(tx, asked.colleague, member(asked, tx), name, chosen, how, now, organisation)
        )
    except NoAnswer as wrong:
        form.mistakes["answer"] = str(wrong)
        return await answer(asked)
    return asked.back(home(asked), "answer_kept")


async def pause(asked: Asked) -> Response:
    return asked.page("person_pause.html", "Pause what we send them", person=await seen(asked))


async def keep_pause(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    how = form.chosen("how", HOWS, HOW_MISTAKE)
    what = form.chosen("what", ("until", "until_told", "end"), "Choose what they asked for")
    until = _until(asked) if what == "until" else now + on_behalf.UNTIL_TOLD if what == "until_told" else None
    if form.mistakes:
        return await pause(asked)
    await asked.write(lambda tx: on_behalf.pause(tx, asked.colleague, member(asked, tx), until, how, now))
    return asked.back(home(asked), "paused" if until else "pause_ended")


def _until(asked: Asked) -> datetime | None:
    """The morning of the day from which we may write again."""
    day = given_date(asked.form, "day", "Enter the day from which we may write again")
    zone = asked.room.organisation.zone
    if day is None:
        return None
    if not asked.now.astimezone(zone).date() < day <= date(asked.now.year + 5, 12, 31):
        asked.form.mistakes["day"] = "Enter a day after today, within 5 years"
        return None
    return datetime.combine(day, time(), zone)


async def leave(asked: Asked) -> Response:
    days = asked.room.organisation.days_of_grace
    return asked.page("person_leave.html", "Take them off our list", person=await seen(asked), days=days)


async def keep_leave(asked: Asked) -> Response:
    form, now, organisation = asked.form, asked.now, asked.room.organisation
    how, said = form.chosen("how", HOWS, HOW_MISTAKE), form.needed("said", "Enter what they said", longest=500)
    if form.mistakes:
        return await leave(asked)
    await asked.write(lambda tx: on_behalf.leave(tx, asked.colleague, member(asked, tx), said, how, now, organisation))
    return asked.back(home(asked), "left")


async def back(asked: Asked) -> Response:
    return asked.page("person_back.html", "Bring them back", person=await seen(asked, PersonState.LEFT))


async def keep_back(asked: Asked) -> Response:
    form, now = asked.form, asked.now
    how, said = form.chosen("how", HOWS, HOW_MISTAKE), form.needed("said", "Enter what they said", longest=500)
    if form.mistakes:
        return await back(asked)

    def bring(tx: Tx) -> None:
        person = member(asked, tx, PersonState.LEFT)
        on_behalf.bring_back(tx, asked.colleague, person, said, how, now)

    await asked.write(bring)
    return asked.back(home(asked), "back_again")


PAGES = (
    page("/people/{token}/change", COORDINATORS, get=change, post=keep_changes),
    page("/people/{token}/answer", COORDINATORS, get=answer),
    page("/people/{token}/answer/{question}", COORDINATORS, get=answer, post=keep_answer),
    page("/people/{token}/pause", COORDINATORS, get=pause, post=keep_pause),
    page("/people/{token}/leave", COORDINATORS, get=leave, post=keep_leave),
    page("/people/{token}/back", COORDINATORS, get=back, post=keep_back),
)
