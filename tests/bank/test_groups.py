"""Groups: by hand they are who was put in; by a rule they are whoever it picks then."""

from __future__ import annotations

import pytest

from bank import audience, groups, part
from bank.audience import Rule
from bank.groups import ByRule, Nested
from storage import audit, fitting, interests, people, picking
from storage import groups as stored
from storage.groups import GroupKind
from storage.interests import InterestKind
from storage.people import Part, PersonState
from storage.picking import Terms
from storage.store import Store, Tx
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.several_ways import hired
from tests.bank.test_audience import member


async def test_people_are_put_in_and_taken_out_by_hand_on_record(store: Store) -> None:
    def work(tx: Tx) -> None:
        sam = hired(tx)
        asha, bo = member(tx), member(tx)
        club = groups.add(tx, sam, "Lunch club", MORNING)
        assert groups.put_in(tx, sam, club, [asha, bo, asha], MORNING) == 2
        assert groups.put_in(tx, sam, club, [asha], MORNING) == 0
        assert groups.look(tx, sam, club, MORNING) == (2, stored.members(tx, club.id))
        assert audience.preview(tx, Rule(groups=(club.token,)), MORNING, ASHDALE).people == 2

        groups.take_out(tx, sam, club, bo, MORNING)
        people.change(tx, asha.id, {"state": PersonState.LEFT})
        assert groups.count(tx, club, MORNING) == 0, "who left is in no group"
        moved = [line.person_id for line in audit.everything(tx) if line.person_id]
        assert moved == [asha.id, bo.id, bo.id]

    await store.write(work)


async def test_a_group_by_a_rule_is_whoever_it_picks_then(store: Store) -> None:
    def work(tx: Tx) -> None:
        sam, asha = hired(tx), member(tx)
        money = groups.add(tx, sam, "Money people", MORNING, Rule(topics=("money",)))
        assert groups.count(tx, money, MORNING) == 0
        interests.choose(tx, asha.id, InterestKind.TOPIC, ["money"])
        assert groups.look(tx, sam, money, MORNING)[0] == 1
        assert [row.token for row in groups.of_person(tx, asha, MORNING)] == [money.token]
        with pytest.raises(ByRule):
            groups.put_in(tx, sam, money, [asha], MORNING)
        with pytest.raises(ByRule):
            groups.take_out(tx, sam, money, asha, MORNING)
        with pytest.raises(ByRule):
            groups.change(tx, sam, money, "By hand now", MORNING)
        changed = groups.change(tx, sam, money, "Care people", MORNING, Rule(topics=("home_care",)))
        assert (changed.name, groups.count(tx, changed, MORNING)) == ("Care people", 0)

    await store.write(work)


async def test_a_group_that_was_taken_away_is_still_left_out_where_a_rule_says_so(store: Store) -> None:
    def work(tx: Tx) -> None:
        sam, asha = hired(tx), member(tx)
        member(tx)
        club = groups.add(tx, sam, "Lunch club", MORNING)
        groups.put_in(tx, sam, club, [asha], MORNING)
        groups.close(tx, sam, club, MORNING)
        assert stored.in_use(tx) == []
        assert audience.preview(tx, Rule(without=Rule(groups=(club.token,))), MORNING, ASHDALE).people == 1

    await store.write(work)


async def test_groups_may_name_groups_three_deep_and_never_in_a_circle(store: Store) -> None:
    def three_deep(tx: Tx) -> list[str]:
        sam, named, tokens = hired(tx), "", []
        for number in range(3):
            rule = Rule(groups=(named,)) if named else Rule(topics=("money",))
            named = groups.add(tx, sam, f"Number {number}", MORNING, rule).token
            tokens.append(named)
        interests.choose(tx, member(tx).id, InterestKind.TOPIC, ["money"])
        assert audience.preview(tx, Rule(groups=(named,)), MORNING, ASHDALE).people == 1
        return tokens

    tokens = await store.write(three_deep)

    def deeper(tx: Tx) -> None:
        groups.add(tx, hired(tx), "Number 4", MORNING, Rule(without=Rule(groups=(tokens[-1],))))

    def round_(tx: Tx) -> None:
        first = stored.by_token(tx, tokens[0])
        assert first is not None
        groups.change(tx, hired(tx), first, "A circle", MORNING, Rule(groups=(tokens[1],)))

    for wrong in (deeper, round_):
        with pytest.raises(Nested):
            await store.write(wrong)
    assert len(await store.read(stored.in_use)) == 3


async def test_the_database_goes_round_no_circle(store: Store) -> None:
    """One that came about in spite of all that."""

    def work(tx: Tx) -> None:
        kind = GroupKind.RULE
        stored.add(tx, token="ring", kind=kind, name="A ring", rule={"groups": ["ring"]}, made_at=MORNING)
        with pytest.raises(fitting.TooDeep):
            picking.counts(tx, {"groups": ["ring"]}, Terms(MORNING, 1, leave_out_capped=False))

    await store.write(work)


async def test_a_persons_groups_part_and_format_are_changed_on_record(store: Store) -> None:
    def work(tx: Tx) -> None:
        sam, asha = hired(tx), member(tx)
        lunch, walks = (groups.add(tx, sam, name, MORNING) for name in ("Lunch", "Walks"))
        assert groups.keep_of(tx, sam, asha, [lunch], MORNING) == 1
        assert groups.keep_of(tx, sam, asha, [walks], MORNING) == 2
        assert groups.keep_of(tx, sam, asha, [walks], MORNING) == 0
        assert [row.name for row in groups.of_person(tx, asha, MORNING)] == ["Walks"]
        assert part.change(tx, sam, asha, Part.STAFF, "bsl", MORNING)
        after = people.get(tx, asha.id)
        assert (after.part, after.format) == ("staff", "bsl")
        assert not part.change(tx, sam, after, Part.STAFF, "bsl", MORNING)
        with pytest.raises(ValueError, match="mime"):
            part.change(tx, sam, after, Part.STAFF, "mime", MORNING)
        *_, last = audit.everything(tx)
        assert audit.opened(tx, last.details) == {"part": ["member", "staff"], "format": [None, "bsl"]}

    await store.write(work)
