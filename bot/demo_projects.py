"""The demo's projects: four invented ones of Ashdale, each at another point of its life, led by two.

They are made by the very rules, so each is fit for the state it is in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bank import approvals, project_team, projects, terms
from bank.colleague import Colleague, known
from bank.organisation import Organisation
from bank.projects import Draft
from channels.message import Channel
from storage import addresses, reach, staff
from storage import projects as kept
from storage.approvals import How, Post, Subject
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.store import Store, Tx

_SPOKEN = ("en", "pl")


@dataclass(frozen=True, slots=True)
class Invented:
    """One project. `words` are pairs of English and Polish; days count from the day on which the demo begins.

    `member` is the number of the one who leads it with the colleague of that sign-in name; empty: nobody yet.
    """

    words: Mapping[str, tuple[str, ...]]
    draft: Draft
    state: ProjectState
    colleague: str
    member: str
    starts: int
    ends: int
    decided: int | None = None
    code: str = ""
    agreed: tuple[str, ...] = field(default=())


_PAYMENTS = Invented(
    {
        "title": ("Direct payments information", "Informacje o dopłatach"),
        "aim": ("We will make it clear how direct payments work.", "Wyjaśnimy, jak działają dopłaty."),
        "involves": ("You read our pages and tell us what is hard.", "Czytasz nasze strony i mówisz, co jest trudne."),
        "time": ("One hour a week, for six weeks", "Godzina tygodniowo, przez sześć tygodni"),
        "place": ("At home, by message or on the phone", "W domu, wiadomością lub przez telefon"),
        "expenses": ("We pay for your calls.", "Płacimy za Twoje rozmowy."),
    },
    Draft(
        {},
        kind=ProjectKind.DOCUMENT,
        rung=Rung.ENGAGEMENT,
        ways=("message", "phone", "post"),
        topics=("money", "information"),
        public=True,
    ),
    ProjectState.OPEN,
    "sam",
    "+447700900113",
    starts=9,
    ends=60,
    code="PAYMENTS",
)
_LEAFLET = Invented(
    {
        "title": ("Home care leaflet", "Ulotka o opiece w domu"),
        "aim": ("We will write a home care leaflet that is easy to read.", "Napiszemy prostą ulotkę o opiece w domu."),
        "involves": ("You help staff to write it, and try it out.", "Pomagasz ją napisać i sprawdzić."),
        "time": ("Two hours, every two weeks", "Dwie godziny, co dwa tygodnie"),
        "payment": ("£20 for each meeting", "20 funtów za każde spotkanie"),
        "place": ("Oak Hall, by Aldi", "Oak Hall, obok Aldi"),
        "expenses": ("We pay your fares.", "Płacimy za dojazd."),
        "sender": ("Home Care Group", "Grupa Opieki"),
    },
    Draft(
        {},
        kind=ProjectKind.GROUP,
        rung=Rung.CO_PRODUCTION,
        paid=True,
        payment=2000,
        ways=("in_person", "online"),
        topics=("home_care", "information"),
    ),
    ProjectState.UNDER_WAY,
    "priya",
    "+447700900101",
    starts=-20,
    ends=70,
    agreed=(
        "We listen to each other. What is said here stays here. We decide together, and write down why.",
        "Słuchamy się. Co tu mówimy, zostaje tutaj. Decydujemy razem i zapisujemy, dlaczego.",
    ),
)
_CARERS_SPACE = Invented(
    {
        "title": ("Plan a space for carers", "Miejsce dla opiekunów"),
        "aim": (
            "We will plan a place where carers can rest and talk.",
            "Zaplanujemy miejsce odpoczynku dla opiekunów.",
        ),
        "involves": ("You say what it needs, and help us choose.", "Mówisz, czego potrzeba, i pomagasz wybrać."),
        "place": ("Ashdale Library, upstairs, there is a lift", "Biblioteka Ashdale, piętro, jest winda"),
        "sender": ("Carers Space", "Miejsce Opiekunów"),
    },
    Draft({}, kind=ProjectKind.LISTENING, rung=Rung.CO_DESIGN, ways=("in_person",), topics=("carers",)),
    ProjectState.DRAFT,
    "sam",
    "",
    starts=30,
    ends=120,
)
_PANEL = Invented(
    {
        "title": ("Choose our new care lead", "Wybór kierownika opieki"),
        "aim": ("You help us choose who will lead home care.", "Pomagasz wybrać kierownika opieki w domu."),
        "involves": (
            "You ask questions in interviews. We train you first.",
            "Zadajesz pytania na rozmowach. Szkolimy.",
        ),
        "time": ("One training of two hours, then one day", "Szkolenie: dwie godziny, potem jeden dzień"),
        "payment": ("£40 for the day", "40 funtów za dzień"),
        "place": ("Town Hall, Market Square", "Ratusz, Market Square"),
        "expenses": ("We pay your fares and lunch.", "Płacimy za dojazd i obiad."),
    },
    Draft(
        {},
        kind=ProjectKind.PANEL,
        rung=Rung.CO_PRODUCTION,
        paid=True,
        payment=4000,
        ways=("in_person",),
        topics=("home_care",),
        places=6,
        places_by=PlacesBy.DRAW,
        public=True,
    ),
    ProjectState.OPEN,
    "sam",
    "+447700900116",
    starts=25,
    ends=50,
    decided=15,
    code="PANEL",
)
INVENTED = (_PAYMENTS, _LEAFLET, _CARERS_SPACE, _PANEL)


async def invent(store: Store, now: datetime, organisation: Organisation) -> None:
    """The demo's projects, where there are none."""
    await store.write(lambda tx: _invent(tx, now, organisation))


def _invent(tx: Tx, now: datetime, organisation: Organisation) -> None:
    if kept.in_states(tx, list(ProjectState), limit=1):
        return
    for invented in INVENTED:
        _one(tx, invented, now, organisation)


def _one(tx: Tx, invented: Invented, now: datetime, organisation: Organisation) -> None:
    by, person = _colleague(tx, invented.colleague), _member(tx, invented.member)
    row = projects.add(tx, by, _draft(invented, now, organisation), now)
    why = "" if person is not None else "We are still asking who would like to lead it with us"
    project_team.name_chairs(tx, by, row, by.token, person.token if person is not None else "", why, now)
    projects.set_code(tx, by, kept.get(tx, row.id), invented.code, now, organisation)
    row = kept.get(tx, row.id)
    if invented.state is not ProjectState.DRAFT:
        row = projects.open_(tx, by, row, now, organisation)
    if invented.state is ProjectState.UNDER_WAY:
        row = projects.begin(tx, by, row, now)
    if invented.agreed:
        _agree(tx, by, person, row, invented, now)


def _draft(invented: Invented, now: datetime, organisation: Organisation) -> Draft:
    here = now.astimezone(organisation.zone).date()
    spoken = [tag for tag in _SPOKEN if tag in organisation.catalogs.languages]
    offered = {topic.id for topic in organisation.topics}
    return replace(
        invented.draft,
        words={name: dict(zip(spoken, texts, strict=False)) for name, texts in invented.words.items()},
        topics=tuple(topic for topic in invented.draft.topics if topic in offered),
        starts_on=here + timedelta(days=invented.starts),
        ends_on=here + timedelta(days=invented.ends),
        decided_on=here + timedelta(days=invented.decided) if invented.decided is not None else None,
    )


def _colleague(tx: Tx, login: str) -> Colleague:
    row = staff.called(tx, login)
    if row is None:
        raise LookupError("the demo's team comes before its projects")
    return known(tx, row)


def _member(tx: Tx, number: str) -> Record | None:
    address = addresses.find(tx, Channel.SMS, number) if number else None
    return next(iter(reach.people_at(tx, address.id)), None) if address is not None else None


def _agree(tx: Tx, by: Colleague, person: Record | None, row: Record, invented: Invented, now: datetime) -> None:
    """Both said yes to the terms: the colleague here, the member by text."""
    words = dict(zip(_SPOKEN, invented.agreed, strict=True))
    version = terms.write(tx, by, row, Subject.TERMS, words, now)
    about = (Subject.TERMS, version.id, terms.exact(version))
    approvals.record(tx, *about, Post.STAFF_CHAIR, True, How.CONSOLE, now, staff_id=by.id)
    if person is not None:
        approvals.record(tx, *about, Post.MEMBER_CHAIR, True, How.TEXT, now, person_id=person.id)
