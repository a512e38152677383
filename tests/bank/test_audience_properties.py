"""Whatever is in the bank and whatever a rule says: what audiences promise holds, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from bank import audience, broadcasts
from bank.audience import Rule, Way
from bank.tokens import token
from storage import broadcasts as stored
from storage import picking
from storage.broadcasts import BroadcastKind, WhenCapped
from storage.keys import KeyRing
from storage.outbox import Priority, messages_out
from storage.picking import Terms
from storage.store import Tx
from storage.tasks import TaskKind, tasks
from tests.bank import invented_bank as invented
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.invented_bank import Someone

Check = Callable[..., None]
TEXTED = (Way.SMS, Way.WHATSAPP, Way.TELEGRAM)


def always(**drawn: st.SearchStrategy[Any]) -> Callable[[Check], Check]:
    """The property holds for each bank that is drawn, on either database; each is rolled back."""

    def of(check: Check) -> Check:
        @wraps(check)
        def test(database_url: str, keys: KeyRing) -> None:
            with invented.connected(database_url, keys) as connection:

                @settings(max_examples=25, deadline=None)
                @given(bank=invented.banks, **drawn)
                def holds(bank: list[Someone], **values: Any) -> None:
                    _rolled_back(connection, check, bank, values)

                holds()

        del test.__dict__["__wrapped__"]
        return test

    return of


def _rolled_back(connection: Connection, check: Check, bank: list[Someone], values: dict[str, Any]) -> None:
    lite = connection.dialect.name == "sqlite"  # its driver begins nothing by itself
    begun = connection.begin()
    if lite:
        connection.exec_driver_sql("BEGIN")
    try:
        ids = invented.settle(connection, bank)
        check(connection, dict(zip(ids, bank, strict=True)), **values)
    finally:
        if lite:
            connection.exec_driver_sql("ROLLBACK")
        begun.rollback()


def ways(tx: Tx, rule: Rule | None, on: Terms) -> dict[int, str]:
    rows = picking.picked(tx, rule.as_json() if rule else None, on)
    found = [(row.person_id, row.way) for row in tx.execute(select(rows.c.person_id, rows.c.way))]
    assert len(found) == len(dict(found)), "nobody is there twice"
    return dict(found)


@always(rule=invented.rules, on=invented.terms)
def test_a_rule_picks_whom_its_words_say(tx: Tx, bank: dict[int, Someone], rule: Rule, on: Terms) -> None:
    said = {id_: invented.way(one, on) for id_, one in bank.items() if invented.fits(one, rule)}
    assert ways(tx, rule, on) == said


@always(rule=invented.rules, more=invented.rules, on=invented.terms)
def test_one_more_condition_never_adds_people(
    tx: Tx, bank: dict[int, Someone], rule: Rule, more: Rule, on: Terms
) -> None:
    picked = ways(tx, rule, on)
    for name, value in more.as_json().items():
        if name == "without":
            both = {
                key: tuple({*getattr(rule.without or Rule(), key), *value.get(key, ())})
                for key in Rule.__dataclass_fields__
                if key not in {"without", "never_asked", "not_asked_to"}
            }
            narrower = replace(rule, without=Rule(**both))
        elif name == "not_asked_to":
            narrower = replace(rule, not_asked_to=(*rule.not_asked_to, *value))
        elif getattr(rule, name):
            continue  # one of several is enough: another value widens it
        elif name == "roles" and {"staff", "partner"} & set(value):
            continue  # naming them asks for them
        else:
            narrower = replace(rule, **{name: tuple(value) if isinstance(value, list) else value})
        assert ways(tx, narrower, on).items() <= picked.items(), name


@always(rule=invented.rules, left=invented.left_out, on=invented.terms)
def test_exclusions_always_win(tx: Tx, bank: dict[int, Someone], rule: Rule, left: Rule, on: Terms) -> None:
    picked = ways(tx, replace(rule, without=left), on)
    anybody = ("carer", "person", "staff", "partner")
    for name, value in left.as_json().items():
        given_ = tuple(value)
        of_it = Rule(roles=given_) if name == "roles" else Rule.from_json({name: given_, "roles": anybody})
        assert not picked.keys() & ways(tx, of_it, on).keys(), name


@always(rule=invented.rules, on=invented.terms)
def test_everybody_is_reached_in_one_way_or_left_out_for_one_reason(
    tx: Tx, bank: dict[int, Someone], rule: Rule, on: Terms
) -> None:
    shown = audience.preview(
        tx,
        rule,
        MORNING,
        replace(ASHDALE, most_a_week=on.most_a_week),
        promotion=on.promotion,
        digest=on.digest,
        leave_out_capped=on.leave_out_capped,
        meeting=on.meeting,
    )
    assert shown.reached + sum(shown.left.values()) == shown.people == len(ways(tx, rule, on))
    assert sum(shown.by_language.values()) == shown.reached


@always(rule=st.one_of(st.none(), invented.rules), on=invented.terms)
def test_staff_and_partners_are_never_there_unless_they_are_named(
    tx: Tx, bank: dict[int, Someone], rule: Rule | None, on: Terms
) -> None:
    picked = {bank[id_].about["part"] for id_ in ways(tx, rule, on)}
    assert picked <= {"member", *(rule.roles if rule else ())}


@always(rule=st.one_of(st.none(), invented.rules), on=invented.terms, most=st.integers(1, 4))
def test_the_count_shown_is_the_count_sent(
    tx: Tx, bank: dict[int, Someone], rule: Rule | None, on: Terms, most: int
) -> None:
    organisation = replace(ASHDALE, most_a_week=on.most_a_week)
    how = {"promotion": on.promotion, "digest": on.digest, "leave_out_capped": on.leave_out_capped}
    meeting = None if on.digest else on.meeting
    shown = audience.preview(tx, rule, MORNING, organisation, meeting=meeting, **how)
    broadcast_id = stored.add(
        tx,
        token=token(),
        kind=_kind(digest=on.digest, meeting=meeting),
        meeting_id=meeting,
        words={"en": "News for you.", "pl": "Nowe."},
        rule=rule.as_json() if rule else None,
        promotion=on.promotion,
        when_capped=WhenCapped.LEAVE_OUT if on.leave_out_capped else WhenCapped.WAIT,
        priority=Priority.BULK,
        due_at=MORNING,
        created_at=MORNING,
    )
    while broadcasts.queue_more(tx, broadcast_id, MORNING, organisation, most):
        pass
    texted = tx.execute(select(messages_out.c.sender).where(messages_out.c.broadcast_id == broadcast_id)).scalars()
    asked = {way: _tasks(tx, kind) for way, kind in ((Way.CALL, TaskKind.CALL), (Way.LETTER, TaskKind.LETTER))}
    assert dict(Counter(texted)) | {way: number for way, number in asked.items() if number} == shown.ways
    assert broadcasts.left_out(stored.get(tx, broadcast_id)) == {
        why.value: number for why, number in shown.left.items()
    }


def _kind(*, digest: bool, meeting: int | None) -> BroadcastKind:
    if digest:
        return BroadcastKind.DIGEST
    return BroadcastKind.MESSAGE if meeting is None else BroadcastKind.INVITATION


def _tasks(tx: Tx, kind: TaskKind) -> int:
    return int(tx.execute(select(func.count()).select_from(tasks).where(tasks.c.kind == kind)).scalar_one())


def test_the_invented_banks_have_everybody_in_them() -> None:
    """Each way and each reason comes up among banks as they are drawn: else the properties would show little."""
    met: set[str] = set()

    @settings(max_examples=400, deadline=None, derandomize=True)
    @given(bank=invented.banks, on=invented.terms)
    def look(bank: list[Someone], on: Terms) -> None:
        met.update(invented.way(one, on) for one in bank)

    look()
    assert met >= {way.value for way in (*Way, *audience.Left)}
