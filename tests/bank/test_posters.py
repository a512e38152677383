"""Posters, forms and cards: what a camera reads off them, what can be selected, and when they are not made."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bank import agreement, helped, our_numbers, posters, saying
from bank.our_numbers import OurNumbers
from bank.posters import Kind, Order, Size, Wish
from bank.print_form import LARGE_PRINT
from bank.print_made import CannotPrint, Why
from bank.print_sheet import Sheet
from bank.print_stock import Fonts, Unprintable
from bank.print_type import Type
from bank.tokens import token
from console import build
from console.printing import fonts
from flows import paper_form, poster, public_page
from flows.template import forms
from flows.tone import message_tone, tone
from language.sms import length
from language.wording import Words
from storage import audit as audit_rows
from storage import codes, projects, staff
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.staff import Role, StaffState
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.printed import pictures, read_by_camera, sizes, tags_of, text_of, title_of, type_sizes

LANGUAGES = ASHDALE.catalogs.languages
NUMBERS = OurNumbers("+447700900999", "+447700900998", "ashdale_heard_bot")
OAK = [
    "SMSTO:+447700900999:JOIN OAK-HALL",
    "https://wa.me/447700900998?text=JOIN%20OAK-HALL",
    "https://t.me/ashdale_heard_bot?start=OAK-HALL",
]
PROJECT = {
    "title": {"en": "Rewrite the home care leaflet", "pl": "Napiszmy na nowo ulotkę o opiece w domu"},
    "aim": {"en": "A leaflet that people can use.", "pl": "Ulotka, którą rozumie każdy."},
    "involves": {"en": "You read the leaflet and tell us what is not clear.", "pl": "Czytasz i mówisz, co niejasne."},
    "place": {"en": "Oak Hall, by Aldi"},
}


@pytest.fixture(scope="module", autouse=True)
def made() -> None:
    build.build()


def order(kind: Kind, language: str, size: Size = Size.A4, **more: Any) -> Order:
    version = agreement.version(ASHDALE, language)
    return Order(kind, size, language, "OAK-HALL", version, MORNING, **more)


def pdf(wanted: Order) -> bytes:
    return posters.made(wanted, ASHDALE, NUMBERS, fonts())


def words_of(*texts: Words, language: str) -> list[str]:
    say = saying.Saying(ASHDALE, language)
    return [say(one) for one in texts]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", Size)
def test_a_poster_says_what_one_must_know_and_a_camera_reads_it(language: str, size: Size) -> None:
    wanted = order(Kind.POSTER, language, size)
    printed = pdf(wanted)
    assert read_by_camera(pictures(printed, wanted.name)) == OAK
    text = text_of(printed)
    needed = (poster.HEADLINE, poster.WHO, poster.TEXT, poster.TO_NUMBER, poster.CAMERA)
    for said in words_of(*needed, poster.ADULTS, poster.COST, poster.STOP, poster.NEXT, language=language):
        assert said in text
    assert "Ashdale Council" in text
    assert "JOIN OAK-HALL" in text
    assert "07700 900999" in text
    assert wanted.version in text
    assert sizes(printed) == {(210, 297) if size is Size.A4 else (148, 210)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_cards_can_be_cut_out(language: str) -> None:
    wanted = order(Kind.CARDS, language)
    printed = pdf(wanted)
    assert read_by_camera(pictures(printed, wanted.name)) == [OAK[0]] * 10
    text = text_of(printed)
    for said in words_of(poster.HEADLINE, poster.ADULTS, poster.STOP, language=language):
        assert text.count(said) == 10
    assert text.count("JOIN OAK-HALL") == text.count("07700 900999") == text.count(wanted.version) == 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_has_the_words_of_the_agreement_in_large_print(language: str) -> None:
    wanted = order(Kind.FORM, language, partner="Ashdale Carers")
    printed = pdf(wanted)
    text = text_of(printed)
    asked, *labels = helped.agreement(ASHDALE, language).splitlines()
    assert asked in text
    assert labels[0].removeprefix("1 ") in text
    assert " ".join(helped.more(ASHDALE, language).split()) in text
    every = [one for one in vars(paper_form).values() if isinstance(one, Words) and not one.places]
    for said in words_of(*(one for one in every if one is not paper_form.HAND_IN), language=language):
        assert said in text
    assert "Ashdale Carers" in text
    assert {"English", "Polski"} <= set(text.split())
    pages = pictures(printed, wanted.name)
    assert saying.Saying(ASHDALE, language)(paper_form.PAGE, page=1, pages=len(pages)) in text
    assert text.count("OAK-HALL. ") == len(pages), "a page that came loose can be known"
    assert min(type_sizes(printed)) >= LARGE_PRINT


def test_every_letter_of_polish_can_be_selected() -> None:
    with Sheet("Zażółć gęślą jaźń", "pl", fonts(), MORNING) as sheet:
        sheet.page()
        sheet.words("Zażółć gęślą jaźń. ZAŻÓŁĆ GĘŚLĄ JAŹŃ.", 10, 10, 190, Type(20, bold=True))
        sheet.words("Zaz\u0307o\u0301łc\u0301 gęślą jaźń, first five fluffy offices", 10, 60, 190, Type(20))
        printed = sheet.pdf()
    selected = "Zażółć gęślą jaźń. ZAŻÓŁĆ GĘŚLĄ JAŹŃ. Zażółć gęślą jaźń, first five fluffy offices"
    assert text_of(printed) == selected


@pytest.mark.parametrize(("language", "tag"), [("en", b"(en)"), ("pl", b"(pl)"), ("en_GB@simple", b"(en-GB)")])
def test_it_says_its_language_its_title_and_what_each_piece_is(language: str, tag: bytes) -> None:
    printed = pdf(order(Kind.POSTER, language))
    assert b"/Lang " + tag in printed
    assert b"/DisplayDocTitle true" in printed
    assert b"/Marked true" in printed
    assert tags_of(printed)[:4] == ["P", "H1", "P", "P"]
    assert tags_of(printed).count("Figure") == 3
    assert words_of(poster.HEADLINE, language=language)[0] in title_of(printed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_projects_poster_says_what_it_is_about(language: str) -> None:
    facts = {"project": "Rewrite the home care leaflet " * 2, "aim": "A leaflet that people can use. " * 3}
    facts |= {"involves": "You read it. " * 20, "time": "Three hours. " * 5, "payment": "Unpaid.", "expenses": "Fares."}
    facts |= {"starts": "Thursday 3 December", "ends": "Friday 29 January", "rung_sentence": "We decide together."}
    wanted = order(Kind.POSTER, language, facts={name: text.strip() for name, text in facts.items()})
    printed = pdf(wanted)
    assert read_by_camera(pictures(printed, f"project-{language}")) == OAK[:1]
    text = text_of(printed)
    for said in (*wanted.facts.values(), *words_of(poster.ADULTS, poster.STOP, poster.INVOLVES, language=language)):
        assert said in text


@pytest.mark.parametrize("kind", Kind)
def test_the_longest_code_has_room(kind: Kind) -> None:
    code = "W" * 20
    long = replace(ASHDALE, council="The Royal Borough of " + "W" * 19, privacy_url="www.ashdale.example/" + "w" * 60)
    wanted = replace(order(kind, "pl"), code=code)
    printed = posters.made(wanted, long, NUMBERS, fonts())
    read = read_by_camera(pictures(printed, f"long-{kind}"))
    assert set(read) == {way.opens for way in our_numbers.ways(NUMBERS, code)[: {"form": 0, "cards": 1}.get(kind, 3)]}
    assert code in text_of(printed)


def test_the_ready_text_is_one_that_starts_joining() -> None:
    ways = our_numbers.ways(NUMBERS, "OAK")
    assert [way.shown for way in ways] == ["07700 900999", "07700 900998", "@ashdale_heard_bot"]
    assert [way.link for way in ways] == [
        "sms:+447700900999?body=JOIN%20OAK",
        "https://wa.me/447700900998?text=JOIN%20OAK",
        "https://t.me/ashdale_heard_bot?start=OAK",
    ]
    assert our_numbers.ways(OurNumbers(), "OAK") == []
    assert [way.opens for way in our_numbers.ways(OurNumbers(telegram="b"), "")] == ["https://t.me/b"]
    assert length(our_numbers.words("A" * 20)).segments == 1


@pytest.mark.parametrize("numbers", [OurNumbers(whatsapp="+447700900998"), OurNumbers(telegram="ashdale_heard_bot")])
def test_where_nobody_can_text_us_it_names_the_other_way(numbers: OurNumbers) -> None:
    printed = posters.made(order(Kind.POSTER, "en"), ASHDALE, numbers, fonts())
    (way,) = our_numbers.ways(numbers, "OAK-HALL")
    assert read_by_camera(pictures(printed, way.channel)) == [way.opens]
    assert way.shown in text_of(printed)
    assert {"whatsapp": "WhatsApp", "telegram": "Telegram"}[way.channel] in text_of(printed)


def test_the_version_changes_with_a_letter_of_the_agreement() -> None:
    assert re.fullmatch("[0-9A-F]{6}", agreement.version(ASHDALE, "en"))
    assert len({agreement.version(ASHDALE, language) for language in LANGUAGES}) == len(LANGUAGES)
    asked = agreement.question(ASHDALE, "en")
    assert helped.agreement(ASHDALE, "en").startswith(f"{asked}\n1 {agreement.yes(ASHDALE, 'en')}\n")


@pytest.mark.parametrize("file", [poster, paper_form, public_page], ids=lambda file: file.__name__)
def test_what_is_printed_keeps_to_our_voice_in_every_language(file: Any) -> None:
    wrong = [
        (language, form, problem)
        for words in vars(file).values()
        if isinstance(words, Words)
        for language in LANGUAGES
        for form in forms(words, ASHDALE.catalogs, language)
        for problem in (*tone(form, language), *message_tone(form, language))
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", Kind)
def test_it_can_be_printed_in_every_language_that_we_ship(kind: Kind) -> None:
    assert posters.languages(ASHDALE, kind) == list(LANGUAGES)


def test_a_letter_that_the_font_lacks_is_named() -> None:
    with Sheet("A", "en", fonts(), MORNING) as sheet, pytest.raises(Unprintable, match="\N{SUNFLOWER}"):
        sheet.tall("A \N{SUNFLOWER}", 100, Type(10))
    with pytest.raises(CannotPrint) as problem:
        pdf(order(Kind.POSTER, "en", facts={"project": "\N{SUNFLOWER}"}))
    assert (problem.value.why, problem.value.letter) == (Why.LETTER, "\N{SUNFLOWER}")


def test_without_the_fonts_it_says_so() -> None:
    nowhere = Fonts(Path("nowhere/a.ttf"), Path("nowhere/b.ttf"))
    with pytest.raises(CannotPrint) as problem:
        posters.made(order(Kind.FORM, "en"), ASHDALE, NUMBERS, nowhere)
    assert problem.value.why is Why.NO_FONTS


def open_a_code(tx: Tx, staff_id: int | None = None) -> int:
    return codes.add(tx, code="OAK-HALL", label="Poster at Oak Hall", staff_id=staff_id, created_at=MORNING)


def hire(tx: Tx) -> int:
    row = staff.add(
        tx,
        token=token(),
        name="Ola Hart",
        login="ola",
        state=StaffState.ACTIVE,
        last_step=0,
        created_at=MORNING,
    )
    staff.give(tx, row.id, [Role.PARTNER])
    return int(row.id)


def acts(tx: Tx) -> list[tuple[str, str | None, Any]]:
    return [(row.act, row.about, audit_rows.opened(tx, row.details)) for row in audit_rows.everything(tx)]


async def test_what_was_printed_is_on_record(store: Store) -> None:
    def ask(tx: Tx) -> Order:
        open_a_code(tx, hire(tx))
        wish = Wish(Kind.FORM, Size.A4, "pl")
        return posters.of_code(tx, "oak-hall", wish, MORNING, None, ASHDALE, NUMBERS)

    wanted = await store.write(ask)
    assert (wanted.name, wanted.partner) == ("heard-oak-hall-form-a4-pl.pdf", "Ola Hart")
    told = {"kind": "form", "size": "a4", "language": "pl", "agreement": agreement.version(ASHDALE, "pl")}
    assert await store.read(acts) == [("poster_made", "OAK-HALL", told)]


@pytest.mark.parametrize(
    ("code", "wish", "numbers", "why"),
    [
        ("ELM", Wish(Kind.POSTER, Size.A4, "en"), NUMBERS, Why.NO_SUCH_CODE),
        ("OAK-HALL", Wish(Kind.POSTER, Size.A4, "cy"), NUMBERS, Why.NOT_WRITTEN),
        ("OAK-HALL", Wish(Kind.FORM, Size.A5, "en"), NUMBERS, Why.ONLY_A4),
        ("OAK-HALL", Wish(Kind.CARDS, Size.A5, "en"), NUMBERS, Why.ONLY_A4),
        ("OAK-HALL", Wish(Kind.POSTER, Size.A4, "en"), OurNumbers(), Why.NO_NUMBER),
    ],
)
async def test_what_is_not_made_says_why_and_leaves_no_trace(
    store: Store, code: str, wish: Wish, numbers: OurNumbers, why: Why
) -> None:
    def ask(tx: Tx) -> Why:
        open_a_code(tx)
        with pytest.raises(CannotPrint) as problem:
            posters.of_code(tx, code, wish, MORNING, None, ASHDALE, numbers)
        return problem.value.why

    assert await store.write(ask) is why
    assert await store.read(acts) == []


def test_a_language_that_is_switched_off_is_not_printed() -> None:
    english = replace(ASHDALE, catalogs=ASHDALE.catalogs.only([]))
    assert posters.languages(english) == ["en"]


def project(tx: Tx, code_id: int | None) -> str:
    row = projects.add(
        tx,
        token=token(),
        kind=ProjectKind.PROJECT,
        state=ProjectState.OPEN,
        words=PROJECT,
        rung=Rung.CO_DESIGN,
        ways=[],
        topics=[],
        districts=[],
        places_by=PlacesBy.FIRST,
        starts_on="2026-12-03",
        code_id=code_id,
        created_at=MORNING,
        changed_at=MORNING,
    )
    return str(row.token)


async def test_a_projects_poster_carries_its_own_word(store: Store) -> None:
    wish = Wish(Kind.POSTER, Size.A4, "pl")

    def ask(tx: Tx) -> Order | None:
        return posters.of_project(tx, project(tx, open_a_code(tx)), wish, MORNING, None, ASHDALE, NUMBERS)

    wanted = await store.write(ask)
    assert wanted is not None
    text = text_of(pdf(wanted))
    for said in ("Napiszmy na nowo ulotkę o opiece w domu", "Oak Hall, by Aldi", "czwartek 3 grudnia", "JOIN OAK-HALL"):
        assert said in text
    ((act, about, _told),) = await store.read(acts)
    assert (act, about == "OAK-HALL") == ("poster_made", False)


async def test_a_project_without_a_word_has_no_poster(store: Store) -> None:
    wish = Wish(Kind.POSTER, Size.A4, "en")

    def ask(tx: Tx) -> Why:
        with pytest.raises(CannotPrint) as problem:
            posters.of_project(tx, project(tx, None), wish, MORNING, None, ASHDALE, NUMBERS)
        return problem.value.why

    assert await store.write(ask) is Why.NO_WORD
    assert await store.read(lambda tx: posters.of_project(tx, "x", wish, MORNING, None, ASHDALE, NUMBERS)) is None
