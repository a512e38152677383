"""Posters, paper forms and cards: asked for, put on record, and made as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, Any

from bank import agreement, audit, print_cards, print_form, print_poster, print_project, project_facts
from bank.audit import Act
from bank.facts import native
from bank.organisation import Organisation
from bank.our_numbers import OurNumbers, ways, words
from bank.print_poster import Call
from bank.print_stock import A4, A5, Fonts, Unprintable
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


class Why(Enum):
    """Why something was not printed."""

    NO_SUCH_CODE = auto()
    NO_WORD = auto()  # the project has no code to text
    NOT_WRITTEN = auto()  # nobody put its words into that language, or it is not switched on
    ONLY_A4 = auto()  # the form's letters must stay large, and the cards as large as cards are
    NO_NUMBER = auto()  # nobody can write to us
    LETTER = auto()  # our fonts lack a letter
    NO_FONTS = auto()  # the set-up has not made them


class CannotPrint(Exception):
    """It was not made. `letter` is the one that our fonts lack."""

    def __init__(self, why: Why, letter: str = "") -> None:
        super().__init__(why.name)
        self.why, self.letter = why, letter


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
    try:
        if order.kind is Kind.FORM:
            return _form(order, say, fonts)
        return _calling(order, say, _call(order, numbers), fonts)
    except Unprintable as lacking:
        raise CannotPrint(Why.LETTER, str(lacking)) from None
    except FileNotFoundError:
        raise CannotPrint(Why.NO_FONTS) from None


def _call(order: Order, numbers: OurNumbers) -> Call:
    return Call(words(order.code), ways(numbers, order.code), order.version)


def _calling(order: Order, say: Saying, call: Call, fonts: Fonts) -> bytes:
    with _sheet(order, order.facts.get("project") or say(poster.HEADLINE), fonts) as sheet:
        if order.facts:
            print_project.draw(sheet, say, call, order.facts)
        elif order.kind is Kind.CARDS:
            print_cards.draw(sheet, say, call)
        else:
            print_poster.draw(sheet, say, call)
        return sheet.pdf()


def _form(order: Order, say: Saying, fonts: Fonts) -> bytes:
    """It is laid out twice: its feet say how many pages there are."""
    organisation = say.organisation
    spoken = [native(tag) for tag in organisation.catalogs.spoken]
    topics = [topic.label(order.language) for topic in organisation.topics]
    wanted = print_form.Wanted(order.code, order.partner, spoken, topics, order.version)
    with _sheet(order, say(paper_form.TITLE), fonts) as draft:
        print_form.draw(draft, say, wanted, 1)
    with _sheet(order, say(paper_form.TITLE), fonts) as sheet:
        print_form.draw(sheet, say, wanted, draft.pages)
        return sheet.pdf()


def _sheet(order: Order, title: str, fonts: Fonts) -> Sheet:
    from bank.print_sheet import Sheet  # noqa: PLC0415  its library is loaded when something is printed

    return Sheet(title, order.language, fonts, order.at, _PAPER[order.size])
