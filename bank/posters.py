"""Posters, paper forms and cards: asked for, put on record, and made as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bank import agreement, audit, print_cards, print_form, print_poster, print_project, project_facts
from bank.audit import Act
from bank.facts import native
from bank.organisation import Organisation
from bank.our_numbers import OurNumbers, ways, words
from bank.print_made import Blank, CannotPrint, Why, blank, once, twice
from bank.print_poster import Call
from bank.print_stock import A4, A5, Fonts
from bank.saying import Saying, is_written
from flows import paper_form, poster
from storage import codes, projects, staff
from storage.store import Tx

if TYPE_CHECKING:
    from bank.print_sheet import Sheet


class Kind(StrEnum):
    """What can be printed."""

    POSTER = "poster"
    FORM = "form"
    CARDS = "cards"


class Size(StrEnum):
    """The paper it is made for."""

    A4 = "a4"
    A5 = "a5"


_PAPER = {Size.A4: A4, Size.A5: A5}
_TEXTS = {Kind.POSTER: poster, Kind.FORM: paper_form, Kind.CARDS: poster}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like to have printed."""

    kind: Kind
    size: Size
    language: str


@dataclass(frozen=True, slots=True)
class Order(Wish):
    """One thing to print. `partner` is whose the code is; `facts` are those of the project that it is about."""

    code: str
    version: str
    at: datetime
    partner: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What its file is called: "heard-oak-poster-a4-pl.pdf"."""
        language = self.language.replace("@", "-").replace("_", "-").lower()
        return f"heard-{self.code.lower()}-{self.kind}-{self.size}-{language}.pdf"


def of_code(
    tx: Tx,
    code: str,
    wish: Wish,
    now: datetime,
    staff_id: int | None,
    organisation: Organisation,
    numbers: OurNumbers,
) -> Order:
    """Ask for what carries this code; it is put on record. Raises CannotPrint."""
    row = codes.find(tx, code)
    if row is None:
        raise CannotPrint(Why.NO_SUCH_CODE)
    _look(wish, organisation, numbers)
    partner = staff.get(tx, row.staff_id).name if row.staff_id is not None else ""
    order = _order(wish, row.code, now, organisation, partner=partner)
    _record(tx, order, row.code, staff_id)
    return order


def of_project(
    tx: Tx,
    token: str,
    wish: Wish,
    now: datetime,
    staff_id: int | None,
    organisation: Organisation,
    numbers: OurNumbers,
) -> Order | None:
    """Ask for the poster of a project; it is put on record. None where there is no such project. Raises CannotPrint."""
    row = projects.by_token(tx, token)
    if row is None:
        return None
    if row.code_id is None:
        raise CannotPrint(Why.NO_WORD)
    _look(wish, organisation, numbers)
    told = project_facts.facts(row, wish.language, organisation)
    order = _order(wish, codes.get(tx, row.code_id).code, now, organisation, facts=told)
    _record(tx, order, row.token, staff_id)
    return order


def languages(organisation: Organisation, kind: Kind = Kind.POSTER) -> list[str]:
    """Those in which it can be printed."""
    return [tag for tag in organisation.catalogs.languages if is_written(organisation, tag, _TEXTS[kind])]


def _look(wish: Wish, organisation: Organisation, numbers: OurNumbers) -> None:
    if wish.size is not Size.A4 and wish.kind is not Kind.POSTER:
        raise CannotPrint(Why.ONLY_A4)
    if not is_written(organisation, wish.language, _TEXTS[wish.kind]):
        raise CannotPrint(Why.NOT_WRITTEN)
    if wish.kind is not Kind.FORM and not ways(numbers, ""):
        raise CannotPrint(Why.NO_NUMBER)


def _order(wish: Wish, code: str, now: datetime, organisation: Organisation, **more: Any) -> Order:
    version = agreement.version(organisation, wish.language)
    return Order(wish.kind, wish.size, wish.language, code, version, now, **more)


def _record(tx: Tx, order: Order, about: str, staff_id: int | None) -> None:
    audit.record(
        tx,
        order.at,
        Act.POSTER_MADE,
        staff_id,
        about=about,
        kind=order.kind,
        size=order.size,
        language=order.language,
        agreement=order.version,
    )


def made(order: Order, organisation: Organisation, numbers: OurNumbers, fonts: Fonts) -> bytes:
    """The PDF. It takes a good part of a second, so no transaction should wait for it. Raises CannotPrint."""
    say = Saying(organisation, order.language)
    if order.kind is Kind.FORM:
        return _form(order, say, fonts)
    return _calling(order, say, _call(order, numbers), fonts)


def _call(order: Order, numbers: OurNumbers) -> Call:
    return Call(words(order.code), ways(numbers, order.code), order.version)


def _calling(order: Order, say: Saying, call: Call, fonts: Fonts) -> bytes:
    def draw(sheet: Sheet) -> None:
        if order.facts:
            print_project.draw(sheet, say, call, order.facts)
        elif order.kind is Kind.CARDS:
            print_cards.draw(sheet, say, call)
        else:
            print_poster.draw(sheet, say, call)

    return once(_blank(order, order.facts.get("project") or say(poster.HEADLINE), fonts), draw)


def _form(order: Order, say: Saying, fonts: Fonts) -> bytes:
    organisation = say.organisation
    spoken = [native(tag) for tag in organisation.catalogs.spoken]
    topics = [topic.label(order.language) for topic in organisation.topics]
    wanted = print_form.Wanted(order.code, order.partner, spoken, topics, order.version)
    blank_form = _blank(order, say(paper_form.TITLE), fonts)
    return twice(blank_form, lambda sheet, pages: print_form.draw(sheet, say, wanted, pages))


def _blank(order: Order, title: str, fonts: Fonts) -> Blank:
    return blank(title, order.language, fonts, order.at, _PAPER[order.size])
