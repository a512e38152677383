"""Charts as SVG: no script, no style, no address of anybody's, so that they may stand in a page and in a file.

A chart repeats what a table beside it tells. Its title and description are for those who have the page read out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

import pygal
from pygal.style import Style

# The library puts a finder of its plugins among those of Python, which warns at every import since. We use no plugin.
sys.meta_path[:] = [one for one in sys.meta_path if type(one).__module__ != pygal.__name__]

_SVG = "http://www.w3.org/2000/svg"
_WIDE, _ROW, _FRAME, _LETTERS = 800, 56, 60, 20
_LONGEST_LABEL = 24
_BAR, _GUIDE, _WORDS = "#0f4c5c", "#b1b4b6", "currentColor"
_STYLE = Style(label_font_size=_LETTERS, major_label_font_size=_LETTERS, value_font_size=_LETTERS)
_DRAWN = {"svg", "g", "rect", "path", "circle", "text"}
# What says where something stands. All else, such as a style or an event, is left out.
_PLACES = frozenset(
    {"x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "d", "transform", "text-anchor", "viewBox"}
)
_FIELDS, _TIPS = "background", "tooltip-overlay"


def bars(name: str, title: str, says: str, rows: Sequence[tuple[str, int]]) -> str:
    """A bar for each label, from the top down, with its number on it. `name` is of letters, and once on a page."""
    numbers = {"print_values": True, "print_values_position": "top", "range": (0, _most(rows))}
    chart = pygal.HorizontalBar(**_settings(_FRAME + _ROW * len(rows)), **numbers)
    # The library draws them from the bottom up.
    upward = rows[::-1]
    chart.x_labels = [shortened(label) for label, _number in upward]
    chart.add("", [number for _label, number in upward])
    return _clean(chart, name, title, says)


def line(name: str, title: str, says: str, points: Sequence[tuple[str, float | None]], most: float) -> str:
    """A line over time, from 0 to `most`. Where there is no number there is a gap."""
    chart = pygal.Line(**_settings(360), range=(0, most), x_label_rotation=30 if len(points) > 6 else 0)
    chart.x_labels = [label for label, _number in points]
    chart.add("", [number for _label, number in points], allow_interruptions=True)
    return _clean(chart, name, title, says)


def shortened(label: str) -> str:
    """A label as a chart has room for it: the table beside it has all of it."""
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"


def _settings(high: int) -> dict[str, object]:
    return {
        "js": [],
        "css": [],
        "style": _STYLE,
        "width": _WIDE,
        "height": high,
        "show_legend": False,
        "truncate_label": -1,
        "value_formatter": lambda number: f"{number:g}",
        "max_scale": 6,
    }


def _most(rows: Sequence[tuple[str, int]]) -> int:
    """Where the scale ends: one chart of small numbers does not look as full as one of large ones."""
    return max([10, *(number for _label, number in rows)])


def _clean(chart: object, name: str, title: str, says: str) -> str:
    """What the library drew, with only shapes and words left in it."""
    drawn = ET.fromstring(chart.render())  # type: ignore[attr-defined]  # noqa: S314  the library's own
    whole = ET.Element("svg", {"xmlns": _SVG, "viewBox": drawn.attrib["viewBox"], "class": "heard-chart"})
    whole.attrib |= {"role": "img", "focusable": "false"}
    whole.attrib |= {"aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-says"}
    ET.SubElement(whole, "title", {"id": f"{name}-title"}).text = title
    ET.SubElement(whole, "desc", {"id": f"{name}-says"}).text = says
    for one in drawn:
        whole.extend(_kept(one, ()))
    return ET.tostring(whole, encoding="unicode")


def _kept(one: ET.Element, inside: tuple[str, ...]) -> Iterator[ET.Element]:
    """The element, where it is a shape or words, with those that are in it."""
    kind, classes = one.tag.rpartition("}")[2], one.attrib.get("class", "").split()
    if kind not in _DRAWN or _FIELDS in classes or _TIPS in classes:
        return
    around = (*inside, *classes)
    kept = ET.Element(kind, {key: value for key, value in one.attrib.items() if key in _PLACES})
    kept.attrib |= _looks(kind, around)
    if kind == "text" and "transform" in kept.attrib:
        kept.attrib["text-anchor"] = "start"  # turned, it begins at its mark
    kept.text = one.text if kind == "text" else None
    for child in one:
        kept.extend(_kept(child, around))
    if len(kept) or kind != "g":
        yield kept


def _looks(kind: str, around: tuple[str, ...]) -> dict[str, str]:
    if kind == "text":
        return _of_words(around)
    if kind == "path":
        is_line = "series" in around
        width = "3" if is_line else "1"
        return {"fill": "none", "stroke": _BAR if is_line else _GUIDE, "stroke-width": width}
    return {"fill": _BAR} if kind in {"rect", "circle"} else {}


def _of_words(around: tuple[str, ...]) -> dict[str, str]:
    size = {"font-size": str(_LETTERS)}
    if "axis" not in around:
        return size | {"fill": _WORDS, "text-anchor": "start", "dx": "6"}  # beside the end of a bar
    return size | {"fill": _WORDS, "text-anchor": "end" if "y" in around else "middle"}
