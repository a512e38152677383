"""The results of feedback in a page: figures in words, charts, and what is done with the answers that were chosen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bank import themes
from bank.feedback_shown import Outcome, Read
from bank.feedback_words import Place
from bank.suppression import Figure, Hidden
from console.page import Asked, Missing
from storage import themes as kept
from storage.store import Tx

TAG, UNTAG, PROMISE = "tag", "untag", "promise"
HIDDEN = "Not shown"


def year(asked: Asked, among: Sequence[int]) -> int:
    """The year that the address asks for, where it is one of these; else the newest."""
    wanted = asked.query("year")
    return next((one for one in among if str(one) == wanted), among[0] if among else asked.now.year)


def figure(counted: Figure) -> str:
    return HIDDEN if isinstance(counted, Hidden) else str(counted.count)


def shown(found: Outcome, *, may_tag: bool) -> dict[str, Any]:
    """What the template of an outcome needs, beside the outcome."""
    return {
        "found": found,
        "charts": charts_of(found),
        "figure": figure,
        "theme_names": {row.id: themes.called(row) for row, _count in found.themes},
        "tags": [(row, themes.called(row)) for row, _count in found.themes if row.closed_at is None],
        "may_tag": may_tag,
    }


def charts_of(found: Outcome) -> Mapping[str, str]:
    """A chart for each question of which any figure is shown, by its key, and one of the themes."""
    from bank import charts  # noqa: PLC0415  its library is loaded when something is drawn

    tables = {f"q{place}": (one.told.asked.asks, one.told.counts) for place, one in enumerate(found.questions, 1)} | {
        "themes": ("Themes", [(themes.called(row), count) for row, count in found.themes])
    }
    drawn = {}
    for name, (title, counts) in tables.items():
        rows = [(label, counted.count) for label, counted in counts if not isinstance(counted, Hidden)]
        if len(rows) > 1:
            drawn[name] = charts.bars(name, title, "; ".join(f"{label}: {count}" for label, count in rows), rows)
    return drawn


async def pressed(
    asked: Asked,
    here: str,
    look: Callable[[Tx], Read],
    again: Callable[[Asked], Awaitable[Response]],
    meeting: str = "",
) -> Response:
    """Do with the chosen answers what the button says: tag them, take a tag off, or make a commitment of them.

    Only answers that this page shows them can be chosen. `again` shows the page, where none were. Raises Missing.
    """
    press, now = asked.form.text("press"), asked.now
    chosen = [place for one in asked.form.several("answer") if (place := _place(one)) is not None]
    if not chosen:
        asked.form.mistakes["answers"] = "Choose the answers first"
        return await again(asked)
    if press == PROMISE:
        await asked.write(lambda tx: _must_be_shown(look(tx), chosen))
        about = ({"meeting": meeting} if meeting else {}) | {"answers": ",".join(f"{id_}:{q}" for id_, q in chosen)}
        return asked.back(f"/commitments/new?{urlencode(about, safe=':,')}")

    def mark(tx: Tx) -> None:
        _must_be_shown(look(tx), chosen)
        theme = kept.by_token(tx, asked.form.text("theme"))
        if theme is None:
            raise Missing
        themes.tag(tx, asked.colleague, theme, chosen, now, off=press == UNTAG)

    await asked.write(mark)
    return asked.back(here, done="answers_tagged")


def _place(address: str) -> Place | None:
    number, _, question = address.partition(":")
    return (int(number), question) if number.isdecimal() and len(number) < 20 and question else None


def _must_be_shown(found: Read, chosen: list[Place]) -> None:
    if not found.places.issuperset(chosen):
        raise Missing
