"""The weekly sample: one message at a time, the question before it, and what a colleague takes it to mean."""

from __future__ import annotations

from starlette.responses import Response

from bank import reading_sample
from bank.reading_meant import KINDS, Kind, Meant
from bank.reading_sample import Sample
from console.page import Asked, page
from storage.staff import Role

HOME = "/reports/sample"
WHO = frozenset[Role](reading_sample.MAY)


async def show(asked: Asked) -> Response:
    now, organisation, by = asked.now, asked.room.organisation, asked.colleague
    sample = await asked.write(lambda tx: reading_sample.look(tx, by, now, organisation))
    return _page(asked, sample)


def _page(asked: Asked, sample: Sample | None) -> Response:
    kinds = _kinds(sample) if sample is not None else {}
    return asked.page("reading_sample.html", "The weekly sample", sample=sample, kinds=kinds)


def _kinds(sample: Sample) -> dict[Kind, str]:
    """What it may be: where no question of ours was open, no answer."""
    return {kind: label for kind, label in KINDS.items() if kind is not Kind.ANSWER or sample.question is not None}


async def judge(asked: Asked) -> Response:
    now, organisation, by, form = asked.now, asked.room.organisation, asked.colleague, asked.form
    name = form.text("token")
    sample = await asked.write(lambda tx: reading_sample.again(tx, by, name, now, organisation))
    if sample is None:
        return asked.back(HOME, "sample_gone")
    kind = form.chosen("kind", tuple(_kinds(sample)), "Choose what it means")
    picked = frozenset(form.several("choice")) if kind == Kind.ANSWER else frozenset()
    choices = {id_ for id_, _label in sample.question.choices} if sample.question is not None else set()
    if kind == Kind.ANSWER and choices and not (picked and picked <= choices):
        form.mistakes["choice"] = "Choose which answer it is"
    if form.mistakes:
        return _page(asked, sample)
    right = await asked.write(lambda tx: reading_sample.judge(tx, by, name, Meant(Kind(kind), picked), now))
    return asked.back(HOME, "sample_gone" if right is None else "sample_judged")


PAGES = (page(HOME, WHO, get=show, post=judge),)
