"""Facts: what a flow may know and say. Each is worked out only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from babel import Locale

from bank import (
    approval_shown,
    arrangement_facts,
    feedback_facts,
    hours,
    interest_facts,
    meeting_words,
    pace,
    rota,
    rsvp_facts,
    story_facts,
    telling_facts,
)
from bank.interest_facts import Subject
from bank.organisation import Organisation
from flows.format import NAMES
from language.dates import day
from language.phoning import cannot_phone
from language.wording import Words, _
from storage import addresses, interests, needs, people, sign_ups, supporters
from storage.interests import InterestKind
from storage.schema import Record
from storage.store import Tx

UNNAMED = _("The person who joined before")
SOMEBODY_ELSE = _("Somebody else")
NOT_TOLD = _("not told yet")
NOBODY = _("Nobody's")
ONE_MORE = _("Somebody else helps me too")
YOU_KNOW = _("Somebody you know")
ONE_OF_OURS = _("Someone we work with")
# So many people may a member name by text in so long a time: each is somebody who did not ask for our text.
_MOST_NAMED, _A_WHILE = 3, timedelta(days=30)
# Languages that people here ask for and that a person of ours can find an interpreter for.
OTHER_LANGUAGES = ("pa", "ur", "bn", "ro", "ar", "cy")
# Twins in easier words, by the name that those who want them know.
_SIMPLE = {"en_GB@simple": "English, simple words"}


class Facts(Mapping[str, Any]):
    """A frozen mapping whose values are worked out on first use."""

    def __init__(self, sources: Mapping[str, Callable[[], Any]]) -> None:
        self._sources = sources
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            self._known[name] = self._sources[name]()
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def organisation_facts(organisation: Organisation, now: datetime, language: str) -> dict[str, Callable[[], Any]]:
    """What is the same for everybody who reads this language."""
    return {
        "council": lambda: organisation.council,
        "care_line": lambda: organisation.care_line,
        "emergency": lambda: organisation.emergency,
        "child_helpline": lambda: organisation.child_helpline,
        "privacy_url": lambda: organisation.privacy_url,
        "by": lambda: rota.spoken(now, organisation, language),
        "answer_by": lambda: day(rota.answer_by(now, organisation).date(), language),
        "closed": lambda: not rota.is_open(now, organisation),
        "topics": lambda: [(topic.id, topic.label(language)) for topic in organisation.topics],
        "languages": lambda: [(tag, native(tag)) for tag in (*organisation.catalogs.languages, *OTHER_LANGUAGES)],
        "written": lambda: organisation.catalogs.languages,
        "erased_on": lambda: day(_erased_on(organisation, now), language),
    }


@dataclass(frozen=True, slots=True)
class Company:
    """Who a conversation is with: everyone reached at the address, and the one who writes, if we know.

    `project`, `broadcast` and `meeting` are tokens of what it is about. `to_check` is what we arrange for them, in
    words. `told` is what it tells of what became of something (`telling_facts`). `wished_day`, as in 2027-01-02, is
    the day until which they want no texts.
    """

    people: tuple[Record, ...]
    person: Record | None
    landline: bool
    paused_until: datetime | None = None
    has_number: bool = True
    address_id: int | None = None
    helper: Record | None = None
    wished_hours: str | None = None
    project: str | None = None
    broadcast: str | None = None
    wished_format: str | None = None
    meeting: str | None = None
    to_check: str | None = None
    told: Mapping[str, Any] | None = None
    wished_day: str | None = None


def facts_for(tx: Tx, organisation: Organisation, now: datetime, language: str, company: Company) -> Facts:
    """What may be known in this conversation."""
    person = company.person
    render = partial(organisation.catalogs.render, language=language, values={})
    own: dict[str, Callable[[], Any]] = {
        "member": lambda: bool(company.people),
        "name": lambda: (person.name if person else None) or "",
        "landline": lambda: company.landline,
        "has_number": lambda: company.has_number,
        "people_here": lambda: _people_here(company.people, render),
        "paused_until": lambda: _paused_until(company, organisation, language),
        "wished_day": lambda: day(date.fromisoformat(company.wished_day), language) if company.wished_day else "",
        "supporter": lambda: _supporter(tx, company) or render(SOMEBODY_ELSE),
        "helpers": lambda: _helpers(tx, company, render),
        "helped": lambda: _helped(tx, company) or render(YOU_KNOW),
        "this_number": lambda: _number_here(tx, company),
        "helping_numbers": lambda: _helping_numbers(tx, company),
        "may_name_help": lambda: _may_name_help(tx, company, now),
        "partner": lambda: _partner(tx, company) or render(ONE_OF_OURS),
        **_times(company, language),
        "gets_news": lambda: bool(person and person.digest),
        "wished_format": lambda: render(NAMES[company.wished_format]) if company.wished_format else "",
        **interest_facts.about(_subject(tx, organisation, now, language, company)),
        "to_approve": lambda: approval_shown.words(tx, person, language, organisation),
        "co_led": lambda: approval_shown.title(tx, person, language),
        "cannot_phone": lambda: any(_cannot_phone(tx, one) for one in company.people),
        "to_check": lambda: company.to_check or "",
        **arrangement_facts.about(tx, person, company.meeting, organisation, language),
        **feedback_facts.about(tx, organisation, now, language, person),
        **rsvp_facts.about(tx, organisation, now, language, person, company.meeting),
        **meeting_words.facts(tx, organisation, now, language, _writers(company), company.meeting),
        **story_facts.about(tx, organisation, now, language, person, company.address_id),
        **telling_facts.about(tx, organisation, language, _known(company), company.told),
    }
    if person is not None:
        own |= _held_about(tx, person, organisation, language)
    return Facts(organisation_facts(organisation, now, language) | own)


def _writers(company: Company) -> tuple[Record, ...]:
    """The one who writes, or everybody who shares the phone."""
    return (company.person,) if company.person is not None else company.people


def _known(company: Company) -> tuple[Record, ...]:
    """The one who writes, where we know who that is."""
    return (company.person,) if company.person is not None else ()


def _subject(tx: Tx, organisation: Organisation, now: datetime, language: str, company: Company) -> Subject:
    who = company.person, company.people, company.address_id
    return Subject(tx, organisation, now, language, *who, company.project, company.broadcast)


def _held_about(tx: Tx, person: Record, organisation: Organisation, language: str) -> dict[str, Callable[[], Any]]:
    render = partial(organisation.catalogs.render, language=language, values={})
    labels = {topic.id: topic.label(language) for topic in organisation.topics}

    def topic_names() -> str:
        chosen = interests.of(tx, person.id, InterestKind.TOPIC)
        return ", ".join(labels.get(code, code) for code in chosen) or render(NOT_TOLD)

    return {
        "name": lambda: person.name or render(NOT_TOLD),
        "topic_names": topic_names,
        "district": lambda: person.district or render(NOT_TOLD),
        "needs_count": lambda: needs.count(tx, person.id),
        "asked_for_fewer": lambda: person.days_apart is not None,
        "pace": lambda: render(pace.SPOKEN[pace.kept(person)]),
    }


def _times(company: Company, language: str) -> dict[str, Callable[[], Any]]:
    """Between which times our texts suit them, as it is kept, and as they wished for just now."""
    person = company.person
    return {
        "text_from": lambda: hours.spoken(hours.kept(person) if person else None, language)[0],
        "text_until": lambda: hours.spoken(hours.kept(person) if person else None, language)[1],
        "wished_from": lambda: hours.spoken(company.wished_hours, language)[0],
        "wished_until": lambda: hours.spoken(company.wished_hours, language)[1],
    }


def _people_here(people: tuple[Record, ...], render: Callable[[Words], str]) -> list[tuple[str, str]]:
    if not people:
        return []
    names = [(person.token, person.name or render(UNNAMED)) for person in people]
    return [*names, ("else", render(SOMEBODY_ELSE))]


def _cannot_phone(tx: Tx, person: Record) -> bool:
    """What they asked us to arrange says so."""
    return any(cannot_phone(need.words) for need in needs.of(tx, person.id))


def _supporter(tx: Tx, company: Company) -> str:
    """Whose help this is about: as we know, or as this member was asked last."""
    asked = supporters.asked_of(tx, company.person.id) if company.helper is None and company.person else company.helper
    return (asked.name if asked is not None else "") or ""


def _helpers(tx: Tx, company: Company, render: Callable[[Words], str]) -> list[tuple[str, str]]:
    """Those whom this member agreed to, nobody, and somebody whom they have still to name."""
    agreed = supporters.agreed_to(tx, company.person.id) if company.person else []
    names = [(link.token, link.name or render(SOMEBODY_ELSE)) for link in agreed]
    return [*names, ("nobody", render(NOBODY)), ("new", render(ONE_MORE))] if names else []


def _helped(tx: Tx, company: Company) -> str:
    """The member whose help this is about."""
    return (people.get(tx, company.helper.person_id).name if company.helper is not None else "") or ""


def _number_here(tx: Tx, company: Company) -> str | None:
    number: str | None = addresses.get(tx, company.address_id).address if company.address_id is not None else None
    return number


def _helping_numbers(tx: Tx, company: Company) -> frozenset[str]:
    agreed = supporters.agreed_to(tx, company.person.id) if company.person else []
    here = (addresses.get(tx, link.address_id).address for link in agreed if link.address_id is not None)
    return frozenset(number for number in here if number)


def _may_name_help(tx: Tx, company: Company, now: datetime) -> bool:
    return company.person is None or supporters.named_since(tx, company.person.id, now - _A_WHILE) < _MOST_NAMED


def _partner(tx: Tx, company: Company) -> str:
    """Who typed in the form that is being asked about here, as our administrator named them."""
    form = sign_ups.asked_at_address(tx, company.address_id) if company.address_id is not None else None
    return form.partner if form is not None else ""


def _paused_until(company: Company, organisation: Organisation, language: str) -> str:
    until = company.person.paused_until if company.person else company.paused_until
    return day(until.astimezone(organisation.zone).date(), language) if until else ""


def _erased_on(organisation: Organisation, now: datetime) -> date:
    return (now.astimezone(organisation.zone) + timedelta(days=organisation.days_of_grace)).date()


def native(tag: str) -> str:
    if tag in _SIMPLE:
        return _SIMPLE[tag]
    return (Locale.parse(tag).get_display_name(tag) or tag).capitalize()
