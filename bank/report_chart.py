"""Charts of a report: a section's bars, or its line over the months, as SVG. The table beside it tells the same."""

from __future__ import annotations

from bank.report_section import Section

_FEWEST = 2
_LEAST_SCALE = 5.0


def drawn(section: Section) -> str:
    """The chart, or nothing where there is nothing to compare."""
    from bank import charts  # noqa: PLC0415  its library is loaded when a chart is drawn

    says = f"{section.says} The table below tells the same in numbers."
    if len(section.bars) >= _FEWEST:
        return charts.bars(section.name, section.title, says, section.bars)
    known = [number for _label, number in section.line if number is not None]
    if len(section.line) >= _FEWEST and known:
        points = [(_short(label, place), number) for place, (label, number) in enumerate(section.line)]
        return charts.line(section.name, section.title, says, points, max(_LEAST_SCALE, *known))
    return ""


def _short(month: str, place: int) -> str:
    """A month as there is room for it; the year stands with the first, and where it begins."""
    name, _space, year = month.partition(" ")
    return f"{name[:3]} {year}" if place == 0 or name.startswith("Jan") else name[:3]
