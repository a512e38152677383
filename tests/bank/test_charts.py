"""Charts stand in a page that runs nothing and fetches nothing, and are told to those who do not see them."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from bank import charts

_ROWS = [("5 (best)", 15), ("A very long answer that nobody could fit in", 10), ("<b>1</b> & worst", 0)]


def _drawn() -> list[str]:
    points = [("June 2026", 4.0), ("July 2026", None), *((f"Month {number}", 3.5) for number in range(6))]
    return [
        charts.bars("q1", "How was it?", "15 said 5, 10 said something long.", _ROWS),
        charts.line("months", "How it was, by month", "4 in June.", points, 5),
    ]


def _tree(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314  ours


def test_a_chart_has_no_script_no_style_and_no_address_in_it() -> None:
    for drawn in _drawn():
        assert not re.search(r"<script|<style|style=|href|\bon[a-z]+=|url\(|@import", drawn)
        assert set(re.findall(r"https?://[^\"\s]+", drawn)) == {"http://www.w3.org/2000/svg"}
        assert {one.tag.rpartition("}")[2] for one in _tree(drawn).iter()} <= {
            "svg", "title", "desc", "g", "rect", "path", "circle", "text",
        }  # fmt: skip


def test_it_says_what_it_shows_to_those_who_have_it_read_out() -> None:
    for drawn in _drawn():
        whole = _tree(drawn)
        named = {one.attrib["id"]: one.text for one in whole if "id" in one.attrib}
        assert whole.attrib["role"] == "img"
        assert named[whole.attrib["aria-labelledby"]] in {"How was it?", "How it was, by month"}
        assert named[whole.attrib["aria-describedby"]]


def test_bars_stand_in_the_order_that_was_given_each_with_its_number() -> None:
    bars, _line = _drawn()
    words = [one.text for one in _tree(bars).iter() if one.tag.endswith("}text")]
    assert [one for one in words if one in {"5 (best)", "A very long answer that…", "<b>1</b> & worst"}] == [
        "<b>1</b> & worst", "A very long answer that…", "5 (best)",
    ]  # fmt: skip
    places = {one.text: float(one.attrib["y"]) for one in _tree(bars).iter() if one.tag.endswith("}text")}
    assert places["5 (best)"] < places["A very long answer that…"] < places["<b>1</b> & worst"]
    assert {"15", "10", "0"} <= set(words)


def test_a_month_without_a_figure_is_a_gap() -> None:
    assert _drawn()[1].count("<circle") == 7
