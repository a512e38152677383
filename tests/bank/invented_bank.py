"""Small invented banks, for properties of audiences; and a plain reading of a rule, to hold the database's against."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from bank import wall_time
from bank.audience import Rule
from bank.tokens import token
from storage import groups, interests, invitations, meetings, people, places, projects, rsvps
from storage.addresses import AddressState, addresses, key_of
from storage.consents import Purpose, consents
from storage.groups import GroupKind
from storage.interests import InterestKind
from storage.keys import KeyRing
from storage.meetings import MeetingKind, MeetingState
from storage.meetings import Way as MeetingWay
from storage.outbox import OutState, Priority, messages_out
from storage.people import PersonState
from storage.picking import Terms
from storage.places import PlaceState
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.reach import reach
from storage.rsvps import RsvpState
from storage.store import Tx, make_engine
from tests.bank.ashdale import MORNING

LATER, EARLIER = MORNING + timedelta(days=2), MORNING - timedelta(days=2)
TOPICS, WAYS, DISTRICTS, LANGUAGES = ("money", "home_care"), ("online", "person"), ("AS1", "AS2"), ("en", "pl")
PROJECTS, BY_HAND, BY_RULE = ("garden", "panel"), "lunch", "money-lovers"
SPACE, SPACE_ID = "space", 1  # a meeting
# Whoever is in that group, as its rule says.
MONEY_LOVERS = Rule(topics=("money",), without=Rule(districts=("AS2",)))


@dataclass(frozen=True)
class Phone:
    """One address. `agreed`: the entries of its ledger, oldest first. `often`: how many days ago texts went there."""

    channel: str
    state: str = AddressState.OPEN
    agreed: tuple[bool, ...] = (True,)
    landline: bool = False
    wrote: int = 0
    quiet: str = ""
    language: str | None = None
    often: tuple[int, ...] = ()


@dataclass(frozen=True)
class Someone:
    """One person. `asked` maps projects to what they answered; `about` are columns of theirs.

    `takes_part` are projects. `meeting` is how they stand in the meeting: "asked" (and have not answered), "came",
    "waited" or "no".
    """

    about: dict[str, Any]
    topics: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    lunch: bool = False
    asked: dict[str, str | None] = field(default_factory=dict)
    phones: tuple[Phone, ...] = ()
    takes_part: frozenset[str] = frozenset()
    meeting: str | None = None


phones = st.builds(
    Phone,
    channel=st.sampled_from(["sms", "whatsapp", "telegram"]),
    state=st.sampled_from([AddressState.OPEN, AddressState.OPEN, AddressState.STOPPED, AddressState.DEAD]),
    agreed=st.sampled_from([(True,), (True,), (True,), (), (False,), (True, False), (False, True)]),
    landline=st.sampled_from([False, False, False, True]),
    wrote=st.integers(0, 3),
    quiet=st.sampled_from(["", "", "", "silent_until", "unsafe_until", "was_unsafe", "spam", "ours", "held"]),
    language=st.sampled_from([None, "pl"]),
    often=st.lists(st.sampled_from([1, 6, 8, 20]), max_size=3).map(tuple),
)
about = st.fixed_dictionaries(
    {
        "part": st.sampled_from(["member", "member", "member", "staff", "partner"]),
        "state": st.sampled_from([PersonState.MEMBER, PersonState.MEMBER, PersonState.MEMBER, PersonState.LEFT]),
        "looks_after": st.sampled_from([None, "yes", "no"]),
        "district": st.sampled_from([None, *DISTRICTS]),
        "language": st.sampled_from(LANGUAGES),
        "ring": st.sampled_from([False, False, False, True]),
        "held": st.sampled_from([None, None, None, "bereavement"]),
        "paused_until": st.sampled_from([None, None, EARLIER, LATER]),
        "digest": st.booleans(),
        "promotions": st.booleans(),
        "days_apart": st.sampled_from([None, None, 14]),
        "contact": st.sampled_from([None, None, {"phone": "+447700900123"}, {"post": "1 Mill Lane"}]),
    }
)
someone = st.builds(
    Someone,
    about=about,
    topics=st.frozensets(st.sampled_from(TOPICS)),
    ways=st.frozensets(st.sampled_from(WAYS)),
    lunch=st.booleans(),
    asked=st.dictionaries(st.sampled_from(PROJECTS), st.sampled_from([None, "yes", "no"])),
    phones=st.lists(phones, max_size=2, unique_by=lambda one: one.wrote).map(tuple),
    takes_part=st.frozensets(st.sampled_from(PROJECTS), max_size=1),
    meeting=st.sampled_from([None, None, None, "asked", "came", "waited", "no"]),
)
banks = st.lists(someone, max_size=6)


def some(of: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.one_of(st.just(()), st.lists(st.sampled_from(of), min_size=1, max_size=2, unique=True).map(tuple))


_CONDITIONS = {
    "topics": some(TOPICS),
    "districts": some(DISTRICTS),
    "roles": some(("carer", "person", "staff", "partner")),
    "ways": some(WAYS),
    "languages": some(LANGUAGES),
    "channels": some(("sms", "telegram", "call", "letter")),
    "groups": some((BY_HAND, BY_RULE)),
    "asked_to": some(PROJECTS),
    "said_yes_to": some(PROJECTS),
    "takes_part_in": some(PROJECTS),
    "came_to": some((SPACE,)),
    "waited_for": some((SPACE,)),
}
left_out = st.builds(Rule, **_CONDITIONS)
rules = st.builds(
    Rule,
    **_CONDITIONS,
    not_asked_to=some(PROJECTS),
    never_asked=st.sampled_from([False, False, True]),
    without=st.one_of(st.none(), left_out),
)
terms = st.builds(
    Terms,
    now=st.just(MORNING),
    most_a_week=st.sampled_from([0, 1, 2]),
    leave_out_capped=st.booleans(),
    promotion=st.sampled_from([False, False, True]),
    digest=st.sampled_from([False, False, True]),
    meeting=st.sampled_from([None, None, None, SPACE_ID]),
)


@contextmanager
def connected(url: str, keys: KeyRing) -> Iterator[Connection]:
    """One connection; each example begins on it, and is rolled back."""
    engine = make_engine(url, keys)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def settle(tx: Tx, bank: list[Someone]) -> list[int]:
    """Write the bank down; the ids of its people, in order."""
    asked_to = {name: projects.add(tx, **_project(name)).id for name in PROJECTS}
    meetings.add(tx, **_meeting())
    by_hand = groups.add(tx, token=BY_HAND, kind=GroupKind.HAND, name="Lunch club", made_at=MORNING)
    groups.add(tx, token=BY_RULE, kind=GroupKind.RULE, name="Money", rule=MONEY_LOVERS.as_json(), made_at=MORNING)
    ids = [_settle(tx, one, asked_to) for one in bank]
    groups.put_in(tx, by_hand.id, [id_ for id_, one in zip(ids, bank, strict=True) if one.lunch], MORNING, None)
    return ids


def _project(name: str) -> dict[str, Any]:
    return {
        "token": name,
        "kind": ProjectKind.PROJECT,
        "state": ProjectState.OPEN,
        "words": {"title": {"en": name}},
        "rung": Rung.CO_PRODUCTION,
        "places_by": PlacesBy.FIRST,
        "created_at": MORNING,
        "changed_at": MORNING,
        **{one: [] for one in ("ways", "topics", "districts")},
    }


def _meeting() -> dict[str, Any]:
    when: dict[str, Any] = {"on_day": "2026-12-03", "at_time": "14:00", "zone": "Europe/London", "minutes": 60}
    return {
        "id": SPACE_ID,
        "token": SPACE,
        "kind": MeetingKind.SPACE,
        "state": MeetingState.OPEN,
        "words": {"title": {"en": SPACE}},
        "way": MeetingWay.IN_PERSON,
        "created_at": MORNING,
        "changed_at": MORNING,
        **when,
        **wall_time.moments(**when),
    }


_STANDS: dict[str, dict[str, Any]] = {
    "came": {"state": RsvpState.COMING, "came": True},
    "waited": {"state": RsvpState.WAITING},
    "no": {"state": RsvpState.NOT_COMING},
}


def _settle(tx: Tx, one: Someone, asked_to: dict[str, int]) -> int:
    contact = one.about["contact"] or {}
    key = people.contact_key(contact["phone"]) if "phone" in contact else None
    person_id = int(people.add(tx, token=token(), joined_at=MORNING, contact_key=key, **one.about).id)
    interests.choose(tx, person_id, InterestKind.TOPIC, one.topics)
    interests.choose(tx, person_id, InterestKind.WAY, one.ways)
    for name, answer in one.asked.items():
        invitations.add(
            tx, token=token(), project_id=asked_to[name], person_id=person_id, invited_at=MORNING, answer=answer
        )
    then: dict[str, Any] = {"turn": 1, "at": MORNING, "changed_at": MORNING}
    for name in one.takes_part:
        places.add(tx, project_id=asked_to[name], person_id=person_id, state=PlaceState.PLACE, **then)
    if one.meeting == "asked":
        invitations.add(tx, token=token(), meeting_id=SPACE_ID, person_id=person_id, invited_at=MORNING)
    elif one.meeting is not None:
        rsvps.add(tx, token=token(), meeting_id=SPACE_ID, person_id=person_id, **_STANDS[one.meeting], **then)
    for phone in one.phones:
        _reach(tx, phone, person_id)
    return person_id


_QUIET: dict[str, dict[str, Any]] = {
    "": {},
    "silent_until": {"silent_until": LATER},
    "unsafe_until": {"unsafe_until": LATER},
    "was_unsafe": {"unsafe_until": EARLIER},
    "spam": {"spam": "Adverts"},
    "ours": {"ours": "staff"},
    "held": {"held": "danger"},
}


def _reach(tx: Tx, phone: Phone, person_id: int) -> None:
    number = token()
    values = {
        "token": token(),
        "channel": phone.channel,
        "sender": phone.channel,
        "address": number,
        "address_key": key_of(phone.channel, number),
        "state": phone.state,
        "landline": phone.landline,
        "language": phone.language,
        "last_in_at": MORNING - timedelta(hours=phone.wrote),
        "created_at": MORNING,
        **_QUIET[phone.quiet],
    }
    at = int(tx.execute(insert(addresses).values(values).returning(addresses.c.id)).scalar_one())
    tx.execute(insert(reach).values(address_id=at, person_id=person_id, since=MORNING))
    own = {"address_id": at, "person_id": person_id}
    for given in phone.agreed:
        entry = {"purpose": Purpose.MESSAGES, "given": given, "words": "OK?", "language": "en", "at": MORNING}
        tx.execute(insert(consents).values(**own, **entry))
    for days in phone.often:
        then = MORNING - timedelta(days=days)
        sent = {"priority": Priority.BULK, "state": OutState.SENT, "due_at": then, "claimed_at": then}
        row = {"token": token(), "sender": phone.channel, "wording": "x", "language": "en", "created_at": then}
        tx.execute(insert(messages_out).values(**own, **sent, **row))


def fits(one: Someone, rule: Rule) -> bool:
    """A rule as its words say it."""
    if one.about["state"] != PersonState.MEMBER:
        return False
    if not rule.roles and one.about["part"] != "member":
        return False
    return all(_met(one, rule)) and not (rule.without is not None and any(_met(one, rule.without)))


def _met(one: Someone, rule: Rule) -> Iterator[bool]:
    about_, said_yes = one.about, {name for name, answer in one.asked.items() if answer == "yes"}
    role = about_["part"] if about_["part"] != "member" else "carer" if about_["looks_after"] == "yes" else "person"
    loves_money = about_["part"] == "member" and "money" in one.topics and about_["district"] != "AS2"
    in_groups = {name for name, is_in in ((BY_HAND, one.lunch), (BY_RULE, loves_money)) if is_in}
    for wanted, has in (
        (rule.topics, one.topics),
        (rule.ways, one.ways),
        (rule.districts, {about_["district"]}),
        (rule.languages, {about_["language"]}),
        (rule.roles, {role}),
        (rule.channels, {route(one)}),
        (rule.groups, in_groups),
        (rule.asked_to, set(one.asked)),
        (rule.said_yes_to, said_yes),
        (rule.takes_part_in, one.takes_part),
        (rule.came_to, {SPACE} if one.meeting == "came" else set()),
        (rule.waited_for, {SPACE} if one.meeting == "waited" else set()),
    ):
        if wanted:
            yield bool(set(wanted) & set(has))
    if rule.not_asked_to:
        yield not set(rule.not_asked_to) & set(one.asked)
    if rule.never_asked:
        yield not one.asked and one.meeting != "asked"


def best(one: Someone) -> Phone | None:
    """Where they may be written to: that they last wrote from; a home phone only where there is no other."""
    may = [phone for phone in one.phones if _is_open(phone) and phone.agreed and phone.agreed[-1]]
    return min(may, key=lambda phone: (phone.landline, phone.wrote), default=None)


def _is_open(phone: Phone) -> bool:
    return phone.state == AddressState.OPEN and phone.quiet not in {"spam", "ours"}


def route(one: Someone) -> str:
    """How they are reached, were nothing in the way."""
    phone, contact = best(one), one.about["contact"] or {}
    if one.about["ring"] and ("phone" in contact or (phone is not None and phone.channel in {"sms", "whatsapp"})):
        return "call"
    if phone is not None:
        return "call" if phone.landline else phone.channel
    if contact:
        return "call" if "phone" in contact else "letter"
    return "no_agreement" if any(map(_is_open, one.phones)) else "no_address"


def way(one: Someone, on: Terms) -> str:
    """How they are reached, or why they are left out."""
    phone, about_ = best(one), one.about
    paused = about_["paused_until"]
    for why, is_so in (
        ("held", about_["held"] or (phone is not None and phone.quiet == "held")),
        ("invited", on.meeting is not None and one.meeting is not None),
        ("not_wanted", on.digest and not about_["digest"]),
        ("no_promotions", on.promotion and not about_["promotions"]),
        ("paused", paused is not None and paused > MORNING),
        ("quiet", phone is not None and phone.quiet in {"silent_until", "unsafe_until"}),
        ("cap", on.leave_out_capped and _had_enough(one, on)),
    ):
        if is_so:
            return why
    return route(one)


def _had_enough(one: Someone, on: Terms) -> bool:
    """Whatever went to any phone of theirs counts."""
    days = [day for phone in one.phones for day in phone.often]
    lately = sum(day < 7 for day in days)
    apart = one.about["days_apart"]
    return bool(on.most_a_week and lately >= on.most_a_week) or bool(apart and any(day < apart for day in days))
