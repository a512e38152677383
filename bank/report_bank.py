"""The bank over time: who joined and who left, by how they came, where they live, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bank import served
from bank.report_scope import Scope
from bank.report_section import Section, bars, counted, net, points
from bank.served import Everybody, called, channel_name
from bank.suppression import Figure, Hidden, Published, Shown, published
from storage import membership
from storage.schema import Record
from storage.store import Tx

_NOT_KNOWN = "Not known"
_ROLES = {"yes": "Looks after somebody", "no": "Looks after nobody"}
_STAYED, _NEW, _LEFT = "stayed", "new", "left"
_STANDS, _JOINED_IN, _LEFT_IN = "stands", "joined in", "left in"
_TRAITS = ("How they came", "Area", "Role", "Channel", "Language")
_SAYS = (
    "Of people, to the nearest five. Where they are fewer than {smallest}, or others could be worked out, nothing is "
    "said. Who joined in it and left again counts as having left alone."
)
# People by what they have in common, under its heading.
Groups = dict[str, set[int]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What may be told of everybody, of those who are new, and of those who left. What one keeps back nobody tells."""

    people: Published
    new: Published
    left: Published

    def of_all(self, stands: str) -> Figure:
        among = self.new if stands == _NEW else self.left
        return _both(self.people.everyone.cells[stands], among.everyone.total)

    def of(self, title: str, name: str) -> tuple[Figure, Figure]:
        """Who is new and who left, of a group."""
        cells = self.people.breakdowns[title][name].cells
        new, left = (_total(one, title, name) for one in (self.new, self.left))
        return _both(cells[_NEW], new), _both(cells[_LEFT], left)


def _total(told: Published, title: str, name: str) -> Figure:
    line = told.breakdowns[title].get(name)
    return line.total if line is not None else Hidden()


def _both(one: Figure, other: Figure) -> Figure:
    return one if isinstance(other, Shown) else other


def sections(tx: Tx, scope: Scope) -> list[Section]:
    """What is counted of people is worked out together, so that no table tells what another keeps back."""
    people = membership.in_time(tx, scope.edges)
    told = _told_apart(people, served.look(tx), scope)
    stands = told.pop(_STANDS)
    traits = {title: told[title] for title in _TRAITS}
    figures = Figures(
        published({one.id for one in people}, stands, traits, scope.smallest),
        _among(stands[_NEW], _JOINED_IN, told, scope.smallest),
        _among(stands[_LEFT], _LEFT_IN, told, scope.smallest),
    )
    says = _SAYS.format(smallest=scope.smallest)
    return [_over_time(figures, scope, says), *(_by(figures, title) for title in _TRAITS)]


def _among(who: set[int], way: str, told: dict[str, Groups], smallest: int) -> Published:
    """Of these alone, the months as well, which are known to be all of them. An empty month tells of nobody."""
    parts = {title: {name: ids & who for name, ids in told[title].items() if ids & who} for title in (way, *_TRAITS)}
    return published(who, {}, parts, smallest)


def _told_apart(people: Iterable[Record], everybody: Everybody, scope: Scope) -> dict[str, Groups]:
    """All of them, parted in each way in turn. Thousands are alike in all of them, and are looked at once."""
    alike: dict[tuple[str, ...], set[int]] = {}
    for one in people:
        alike.setdefault(_of(one, everybody), set()).add(one.id)
    months = scope.months
    found: dict[str, Groups] = {title: {} for title in _TRAITS}
    found |= {_STANDS: {name: set() for name in (_STAYED, _NEW, _LEFT)}}
    found |= {_JOINED_IN: {}, _LEFT_IN: {}}
    for told, ids in alike.items():
        *traits, stands, joined_in, left_in = told
        for title, name in (*zip(_TRAITS, traits, strict=True), (_STANDS, stands)):
            found[title].setdefault(name, set()).update(ids)
        for way, place in ((_JOINED_IN, joined_in), (_LEFT_IN, left_in)):
            if place:
                found[way].setdefault(months[int(place)], set()).update(ids)
    return found


def _of(one: Record, everybody: Everybody) -> tuple[str, ...]:
    """All that is told of somebody: their traits, how they stand, and the months in which they joined and left."""
    how = everybody.by_id.get(one.id)
    joined, left = ("" if place is None else str(place) for place in (one.joined_in, one.left_in))
    return (
        _route(one),
        one.district or _NOT_KNOWN,
        _ROLES.get(one.looks_after, _NOT_KNOWN),
        channel_name(how.channel) if how is not None and how.channel else _NOT_KNOWN,
        called(how.language) if how is not None and how.language else _NOT_KNOWN,
        _LEFT if left else _NEW if joined else _STAYED,
        joined,
        left,
    )


def _route(one: Record) -> str:
    if one.joined_with is not None:
        return "With a colleague, or from a list"
    return f"Code {one.code}" if one.code else "By text, without a code"


def _over_time(figures: Figures, scope: Scope, says: str) -> Section:
    rows = [
        (month, _total(figures.new, _JOINED_IN, month), _total(figures.left, _LEFT_IN, month)) for month in scope.months
    ]
    whole = "All of it", figures.of_all(_NEW), figures.of_all(_LEFT)
    return Section(
        "months",
        "Who joined and who left",
        says,
        ("Month", "Joined", "Left", "More or fewer"),
        tuple((label, counted(came), counted(went), net(came, went)) for label, came, went in [*rows, whole]),
        line=points([(label, came) for label, came, _went in rows]),
    )


def _by(figures: Figures, title: str) -> Section:
    lines = figures.people.breakdowns[title]
    names = sorted(lines, key=lambda name: (name == _NOT_KNOWN, name))
    return Section(
        f"by{title.split(maxsplit=1)[0].lower()}",
        title,
        "Everybody who was a member at any moment of this time. Who joined in it and left again has left.",
        (title, "Members in this time", "All the time", "New", "Left", "More or fewer"),
        tuple((name, *_row(figures, title, name)) for name in names),
        bars=bars([(name, lines[name].total) for name in names]),
    )


def _row(figures: Figures, title: str, name: str) -> tuple[str, ...]:
    line, new, left = figures.people.breakdowns[title][name], *figures.of(title, name)
    return counted(line.total), counted(line.cells[_STAYED]), counted(new), counted(left), net(new, left)
