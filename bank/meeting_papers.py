"""Papers for a meeting: the preparation page, the co-chair's, name badges and the sign-in sheet, made as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

from bank import preparation, print_badges, print_preparation, print_sign_in
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.preparation import Preparation, Shared
from bank.preparation_words import when_and_where
from bank.print_badges import Badge
from bank.print_made import blank, twice
from bank.print_names import can_print, first_names
from bank.print_stock import Fonts
from language.dates import day, moment
from language.wording import SOURCE_LANGUAGE
from storage.schema import Record
from storage.store import Tx

if TYPE_CHECKING:
    from bank.print_sheet import Sheet


class Paper(StrEnum):
    """What can be printed."""

    PREPARATION = "preparation"
    CO_CHAIR = "co-chair"
    BADGES = "badges"
    SIGN_IN = "sign-in"


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to print, with all that is told on it. `on_day` is the meeting's, "2026-12-03"."""

    paper: Paper
    told: Preparation | Shared
    on_day: str
    at: datetime

    @property
    def name(self) -> str:
        """What its file is called: "heard-meeting-2026-12-03-badges.pdf"."""
        return f"heard-meeting-{self.on_day}-{self.paper}.pdf"


def order(
    tx: Tx, meeting: Record, paper: Paper, now: datetime, organisation: Organisation, colleague: Colleague
) -> Order:
    """Ask for it. Who saw what of whom is put on record."""
    read = preparation.share if paper is Paper.CO_CHAIR else preparation.prepare
    told: Preparation | Shared = read(tx, meeting, now, organisation, colleague, f"{paper} pdf")
    return Order(paper, told, meeting.on_day, now)


def made(order: Order, organisation: Organisation, fonts: Fonts) -> bytes:
    """The PDF. It takes a good part of a second, so no transaction should wait for it. Raises CannotPrint."""
    begin = blank(order.told.facts["meeting"], SOURCE_LANGUAGE, fonts, order.at)
    return twice(begin, lambda sheet, pages: _draw(sheet, order, organisation, pages))


def _draw(sheet: Sheet, order: Order, organisation: Organisation, pages: int) -> None:
    here, told = order.at.astimezone(organisation.zone), order.told
    foot = f"{organisation.council}. Made {day(here.date(), SOURCE_LANGUAGE)}"

    def number(page: int) -> str:
        return f"Page {page} of {pages}"

    def at(then: datetime) -> str:
        return moment(then.astimezone(organisation.zone), here, SOURCE_LANGUAGE)

    if isinstance(told, Shared):
        print_preparation.draw_shared(sheet, told, foot, number)
    elif order.paper is Paper.BADGES:
        print_badges.draw(sheet, told.facts["meeting"], _badges(sheet, told))
    elif order.paper is Paper.SIGN_IN:
        head = [told.facts["meeting"], when_and_where(told.facts)[0]]
        print_sign_in.draw(sheet, head, _names(told), organisation.council, number)
    else:
        print_preparation.draw(sheet, told, foot, number, at)


def _names(told: Preparation) -> list[tuple[str, int]]:
    """Who comes to the room, with how many guests."""
    return [(one.name, one.guests) for one in told.coming if one.in_room]


def _badges(sheet: Sheet, told: Preparation) -> list[Badge]:
    """Of who leads it and of those who come to the room. Empty ones are for guests, and for names we cannot print."""
    hosts = [host for host in told.hosts if not host.answered]
    names = [*(host.name for host in hosts), *(name for name, _guests in _names(told))]
    below = [told.facts["sender"] if not host.is_member else "" for host in hosts]
    called = [name if can_print(sheet, name) else "" for name in first_names(names)]
    named = [Badge(name, said) for name, said in zip_longest(called, below, fillvalue="")]
    return [*named, *(Badge("") for _name, guests in _names(told) for _guest in range(guests))]
