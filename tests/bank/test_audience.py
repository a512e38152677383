"""Audiences: who is in them, what a rule may say, how it is told back, and that those kept by name are on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from bank import audience, audience_words, audiences, groups
from bank.audience import Left, NoCondition, Rule, Way
from bank.tokens import token
from storage import addresses, audit, consents, interests, invitations, people, picking, projects, reach, tasks
from storage.addresses import AddressState
from storage.consents import Purpose
from storage.interests import InterestKind
from storage.outbox import OutState, Priority, messages_out
from storage.people import Part
from storage.picking import Terms
from storage.projects import PlacesBy, ProjectKind, ProjectState, Rung
from storage.schema import Record
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.members import begun, crowd
from tests.bank.several_ways import hired


def member(tx: Tx, channel: str = "sms", **about: Any) -> Record:
    """A member with one phone who agreed to be written to there."""
    (address_id,) = crowd(tx, 1, channel, **about)
    return reach.people_at(tx, address_id)[0]


def project(tx: Tx, title: str) -> Record:
    return projects.add(
        tx,
        token=token(),
        kind=ProjectKind.PROJECT,
        state=ProjectState.OPEN,
        words={"title": {"en": title}},
        rung=Rung.CO_PRODUCTION,
        ways=[],
        topics=[],
        districts=[],
        places_by=PlacesBy.FIRST,
        created_at=MORNING,
        changed_at=MORNING,
    )


def counted(tx: Tx, rule: Rule | None = None, **more: Any) -> audience.Preview:
    return audience.preview(tx, rule, MORNING, ASHDALE, **more)


async def test_it_tells_how_people_are_reached_and_why_some_are_left_out(store: Store) -> None:
    def work(tx: Tx) -> None:
        member(tx)
        member(tx, "telegram", language="pl")
        member(tx, paused_until=MORNING + timedelta(days=1))
        member(tx, held="bereavement")
        member(tx, part=Part.STAFF)
        for contact in ({"phone": "+447700900001"}, {"post": "1 Mill Lane"}, None):
            person = people.add(tx, token=token(), state="member", language="en", joined_at=MORNING, contact=contact)
            if contact and "phone" in contact:
                people.change(tx, person.id, {"contact_key": people.contact_key(contact["phone"])})
        shown = counted(tx)
        assert shown.ways == {Way.SMS: 1, Way.TELEGRAM: 1, Way.CALL: 1, Way.LETTER: 1}
        assert shown.left == {Left.PAUSED: 1, Left.HELD: 1, Left.NO_ADDRESS: 1}
        assert shown.by_language[Way.TELEGRAM, "pl"] == 1
        assert (shown.people, shown.reached) == (7, 4)
        assert counted(tx, Rule(roles=("staff",))).ways == {Way.SMS: 1}

    await store.write(work)


async def test_nobody_is_written_to_where_the_newest_word_of_theirs_is_no(store: Store) -> None:
    def work(tx: Tx) -> None:
        person = member(tx)
        (at,) = reach.addresses_of(tx, person.id)
        own = {"person_id": person.id, "address_id": at.id, "words": "x", "language": "en", "at": MORNING}
        for given, found in ((False, {Left.NO_AGREEMENT: 1}), (True, {})):
            consents.record(tx, Purpose.MESSAGES, given=given, **own)
            assert counted(tx).left == found
            assert consents.may_write(tx, at.id) is given
        consents.record(tx, Purpose.BANK, given=False, **own)
        assert counted(tx).left == {}, "an entry about something else changes nothing here"

    await store.write(work)


async def test_a_phone_that_two_share_has_had_enough_for_both(store: Store) -> None:
    def work(tx: Tx) -> None:
        first = member(tx)
        (at,) = reach.addresses_of(tx, first.id)
        second = people.add(tx, token=token(), state="member", language="en", joined_at=MORNING)
        reach.join(tx, address_id=at.id, person_id=second.id, since=MORNING)
        row = {"token": token(), "address_id": at.id, "person_id": first.id, "sender": "sms", "wording": "x"}
        sent = {"language": "en", "state": OutState.SENT, "priority": Priority.BULK, "due_at": MORNING}
        tx.execute(insert(messages_out).values(**row, **sent, claimed_at=MORNING, created_at=MORNING))
        assert counted(tx).ways == {Way.SMS: 2}, "who had enough gets theirs later"
        assert counted(tx, leave_out_capped=True).left == {Left.CAP: 2}

    await store.write(work)


async def test_what_somebody_did_not_ask_for_is_kept_from_them(store: Store) -> None:
    def work(tx: Tx) -> None:
        member(tx)
        member(tx, digest=True, promotions=True)
        assert counted(tx, digest=True).left == {Left.NOT_WANTED: 1}
        assert counted(tx, promotion=True).left == {Left.NO_PROMOTIONS: 1}

    await store.write(work)


async def test_a_rule_is_told_back_in_one_sentence(store: Store) -> None:
    def work(tx: Tx) -> None:
        garden, panel = project(tx, "the garden"), project(tx, "the panel")
        club = groups.add(tx, hired(tx), "Lunch club", MORNING)
        for rule, says in (
            (None, "All members"),
            (Rule(), "All members"),
            (Rule(topics=("home_care",)), "People who chose Care at home"),
            (
                Rule(topics=("home_care", "money"), districts=("AS1", "AS2"), without=Rule(asked_to=(garden.token,))),
                (
                    "People who chose Care at home or Charges and money, in AS1 or AS2, "
                    "but not those who were asked to the garden"
                ),
            ),
            (
                Rule(roles=("carer", "staff"), languages=("pl",), groups=(club.token,), never_asked=True),
                "Carers and staff who read Polish, in the group Lunch club, who were never asked to anything",
            ),
            (
                Rule(channels=("call", "letter"), said_yes_to=(panel.token,), not_asked_to=(garden.token,)),
                "People who get a call or a letter, who said yes to the panel, who were not asked to the garden",
            ),
            (Rule(without=Rule(districts=("AS9",), roles=("carer",))), "People, but not carers or those in AS9"),
            (Rule(topics=("bees",)), "People who chose something that is gone"),
        ):
            assert audience_words.told(tx, rule, ASHDALE) == says

    await store.write(work)


async def test_past_invitations_pick_people(store: Store) -> None:
    def work(tx: Tx) -> None:
        garden = project(tx, "the garden")
        asked, said_yes, _neither = member(tx), member(tx), member(tx)
        for person, answer in ((asked, None), (said_yes, "yes")):
            own = {"token": token(), "project_id": garden.id, "person_id": person.id}
            invitations.add(tx, **own, invited_at=MORNING, answer=answer)
        found = {
            name: counted(tx, Rule.from_json({name: value})).people
            for name, value in (
                ("asked_to", [garden.token]),
                ("said_yes_to", [garden.token]),
                ("not_asked_to", [garden.token]),
                ("never_asked", True),
                ("without", {"asked_to": [garden.token]}),
            )
        }
        assert found == {"asked_to": 2, "said_yes_to": 1, "not_asked_to": 1, "never_asked": 1, "without": 1}

    await store.write(work)


async def test_a_correction_is_for_exactly_those_who_got_it(store: Store) -> None:
    def work(tx: Tx) -> None:
        from_before = _broadcast(tx)
        got, lost, staff_too = member(tx), member(tx), member(tx, part=Part.STAFF)
        _never = member(tx)
        for person, state in ((got, OutState.DELIVERED), (lost, OutState.FAILED), (staff_too, OutState.SENT)):
            (at,) = reach.addresses_of(tx, person.id)
            row = {"token": token(), "address_id": at.id, "person_id": person.id, "sender": "sms", "wording": "x"}
            sent = {"language": "en", "state": state, "priority": Priority.BULK, "due_at": MORNING}
            own = {"claimed_at": MORNING, "created_at": MORNING, "broadcast_id": from_before}
            tx.execute(insert(messages_out).values(**row, **sent, **own))
        assert counted(tx, got=from_before).people == 2

    await store.write(work)


def _broadcast(tx: Tx) -> int:
    return begun(tx, {"en": "News"}, MORNING)


@pytest.mark.parametrize(
    "written",
    [
        {"ethnicity": ["any"]},
        {"equality_answers": ["any"]},
        {"topics": "money"},
        {"topics": [1]},
        {"topics": [""]},
        {"roles": ["boss"]},
        {"channels": ["pigeon"]},
        {"never_asked": "no"},
        {"without": ["money"]},
        {"without": {"without": {"topics": ["money"]}}},
        {"without": {"never_asked": True}},
        {"without": {"religion": ["any"]}},
    ],
)
def test_what_is_no_rule_of_ours_is_refused(written: dict[str, Any]) -> None:
    with pytest.raises(NoCondition):
        Rule.from_json(written)


async def test_no_condition_is_passed_over_by_the_database_either(store: Store) -> None:
    def work(tx: Tx) -> None:
        with pytest.raises(NoCondition):
            picking.counts(tx, {"ethnicity": ["any"]}, Terms(MORNING, 1, leave_out_capped=False))

    await store.read(work)


def test_a_rule_is_written_down_and_read_back() -> None:
    rule = Rule(topics=("money",), never_asked=True, without=Rule(groups=("g",)))
    assert rule.as_json() == {"topics": ["money"], "never_asked": True, "without": {"groups": ["g"]}}
    assert Rule.from_json(rule.as_json()) == rule
    assert Rule.from_json(Rule(without=Rule()).as_json()) == Rule() == Rule.from_json(None)


async def test_an_audience_is_kept_changed_and_taken_away_on_record(store: Store) -> None:
    def work(tx: Tx) -> None:
        sam = hired(tx)
        interests.choose(tx, member(tx).id, InterestKind.TOPIC, ["money"])
        row = audiences.add(tx, sam, "Money people", Rule(topics=("money",)), MORNING)
        assert audiences.look(tx, sam, Rule.from_json(row.rule), MORNING, ASHDALE).people == 1
        changed = audiences.change(tx, sam, row, "Money people", Rule(topics=("home_care",)), MORNING)
        assert audiences.change(tx, sam, changed, "Money people", Rule(topics=("home_care",)), MORNING) is changed
        audiences.close(tx, sam, changed, MORNING)
        told = [(line.act, audit.opened(tx, line.details)) for line in audit.everything(tx)]
        before, after = {"topics": ["money"]}, {"topics": ["home_care"]}
        assert told == [
            ("audience_changed", {"name": ["", "Money people"], "rule": [{}, before]}),
            ("searched", {"by": ["topics"], "found": 1}),
            ("audience_changed", {"rule": [before, after]}),
            ("audience_changed", {"in_use": [True, False]}),
        ]

    await store.write(work)


async def test_who_stopped_our_texts_is_rung_only_where_they_chose_calls(store: Store) -> None:
    """A number that nobody has any more stops nothing."""

    def work(tx: Tx) -> None:
        phone: dict[str, Any] = {"contact": {"phone": "+447700900301"}, "contact_key": "phone:x"}
        post: dict[str, Any] = {"contact": {"post": "1 High Street"}}
        for state, about in ((AddressState.STOPPED, phone), (AddressState.BLOCKED, post), (AddressState.DEAD, phone)):
            (at,) = crowd(tx, 1, **about)
            addresses.change(tx, at, {"state": state})
        (at,) = crowd(tx, 1, **phone, ring=True)
        addresses.change(tx, at, {"state": AddressState.STOPPED})
        people.add(tx, token=token(), state="member", language="en", joined_at=MORNING, **phone)
        found = counted(tx)
        assert (found.ways, found.left) == ({Way.CALL: 3}, {Left.NO_AGREEMENT: 2})

    await store.write(work)


async def test_who_was_never_reached_was_not_asked(store: Store) -> None:
    """Three were invited and it was cancelled; later one of them got it, one was rung, and one answered."""

    def work(tx: Tx) -> None:
        garden, from_before = project(tx, "the garden"), _broadcast(tx)
        got, rung, answered = member(tx), member(tx), member(tx)
        for person in (got, rung, answered):
            whose: dict[str, Any] = {"person_id": person.id, "broadcast_id": from_before}
            (at,) = reach.addresses_of(tx, person.id)
            row = {"token": token(), "address_id": at.id, "sender": "sms", "wording": "x", "language": "en"}
            stands = {"state": OutState.CANCELED, "priority": Priority.INVITATION, "due_at": MORNING}
            tx.execute(insert(messages_out).values(**whose, **row, **stands, created_at=MORNING))
            about = {"token": token(), "kind": "call", "opened_at": MORNING, "due_at": MORNING, "closed_at": MORNING}
            task_id = tasks.add(tx, **whose, **about)
            invitations.add(
                tx, **whose, token=token(), project_id=garden.id, invited_at=MORNING, task_id=task_id, address_id=at.id
            )
        assert _asked(tx, garden) == (0, 3, 3)
        went = {"state": OutState.SENT, "claimed_at": MORNING}
        tx.execute(update(messages_out).where(messages_out.c.person_id == got.id).values(went))
        tx.execute(update(tasks.tasks).where(tasks.tasks.c.person_id == rung.id).values(closed_by=hired(tx).id))
        invitation = invitations.of(tx, from_before, answered.id)
        assert invitation is not None
        invitations.change(tx, invitation.id, {"answer": "no"})
        assert _asked(tx, garden) == (3, 0, 0)

    await store.write(work)


def _asked(tx: Tx, garden: Record) -> tuple[int, int, int]:
    """How many were asked to it, were not, and were never asked to anything."""
    rules = Rule(asked_to=(garden.token,)), Rule(not_asked_to=(garden.token,)), Rule(never_asked=True)
    asked, not_asked, never = (counted(tx, rule).people for rule in rules)
    return asked, not_asked, never
