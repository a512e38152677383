"""The six numbers, each worked out by hand against a small invented half-year, and beside whoever it serves worst."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bank import report_numbers
from bank.number import NO_GROUPS, NO_WORSE, NOTHING, TOO_FEW, bounded
from bank.period import Kept, kept
from bank.report_scope import Scope
from bank.report_section import KEPT_BACK
from flows.felt import FELT
from flows.project_words import RUNGS
from storage.commitments import CommitmentState
from storage.projects import Rung
from storage.questions import QuestionState
from storage.rsvps import Needed
from storage.store import Store, Tx
from tests.bank import half_year
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.half_year import at

HALF = kept(Kept.HALF, MORNING.date())
SCOPE = Scope(HALF, MORNING, ASHDALE)
Rows = dict[str, tuple[str, ...]]


def told(tx: Tx) -> Rows:
    """What is told of each number, by its name: the whole, of how many, whom it serves worst, how it is for them."""
    return {row[0]: row[1:] for one in report_numbers.sections(tx, SCOPE) for row in one.rows}


def members(tx: Tx, english: int, polish: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """So many who text in English, and who write in Polish by WhatsApp."""
    joined = at(1, 5)
    return (
        [half_year.member(tx, joined) for _one in range(english)],
        [half_year.member(tx, joined, "pl", "whatsapp") for _one in range(polish)],
    )


def test_half_a_year_is_six_whole_months() -> None:
    assert (str(HALF), HALF.name) == ("2026-05-to-2026-10", "May 2026 to October 2026")


async def test_through_the_door(store: Store) -> None:
    """75 came: 30 of 40 in English joined, 10 of 25 in Polish, and 10 with a colleague."""

    def story(tx: Tx) -> Rows:
        for place in range(40):
            half_year.comes_to_the_door(tx, at(6, 1), "en", "sms", after=4 if place < 30 else 0)
        for place in range(25):
            half_year.comes_to_the_door(tx, at(6, 2), "pl", "whatsapp", after=6 if place < 10 else 0)
        for _one in range(10):
            half_year.comes_with_a_colleague(tx, at(6, 3))
        half_year.comes_to_the_door(tx, at(4, 30, 12), "en", "sms", after=2)  # before it began
        return told(tx)

    rows = await store.write(story)
    # 50 of 75 is 66.7%: of fewer than a hundred it is told to the nearest 5.
    assert rows["First contacts who became members"] == ("65%", "about 75 people", "WhatsApp", "40%")
    assert rows["Texts that joining took them, in the middle"] == ("4 texts", "about 40 people", "WhatsApp", "6 texts")


async def test_answered_by_the_time_we_promised(store: Store) -> None:
    """20 of 20 in English and 6 of 12 in Polish are 26 of 32."""

    def story(tx: Tx) -> Rows:
        english, polish = members(tx, 20, 12)
        until = at(7, 10, 16)
        for who in english:
            half_year.question(tx, who, until, until - timedelta(hours=1))
        for who in polish[:6]:
            half_year.question(tx, who, until, until)
        for who in polish[6:8]:
            half_year.question(tx, who, until, until + timedelta(minutes=1))
        half_year.question(tx, polish[8], until, None)
        half_year.question(tx, polish[9], until, until, state=QuestionState.CLOSED)
        half_year.question(tx, polish[10], until, until, missed=True)  # "not yet" came when the day had passed
        half_year.question(tx, polish[11], until, until, state=QuestionState.OPEN, lost=True)
        half_year.question(tx, polish[0], at(11, 30), None)  # not in this time
        return told(tx)

    rows = await store.write(story)
    assert rows["Questions answered by the time we promised"] == ("80%", "32 questions", "WhatsApp", "50%")


async def test_promises_kept_by_their_first_date_as_those_who_said_it_see_it(store: Store) -> None:
    """Five promises: two kept in time. They came 9, 9, 10, 14 and 20 days after the meeting."""

    def story(tx: Tx) -> Rows:
        met = half_year.meeting(tx, "2026-06-01")
        english, polish = members(tx, 10, 10)
        kept_by = tuple(who for who, _phone in english)
        not_by = tuple(who for who, _phone in polish)
        state = CommitmentState
        first = "2026-07-31"
        half_year.promise(tx, met, at(6, 10), first, at(7, 31), state=state.KEPT, said_by=kept_by)
        half_year.promise(tx, met, at(6, 10), first, at(7, 1), state=state.KEPT)
        half_year.promise(tx, met, at(6, 11), first, at(8, 1, 12), state=state.KEPT)
        half_year.promise(tx, met, at(6, 15), first, None, said_by=not_by)
        half_year.promise(tx, met, at(6, 21), first, at(7, 1), state=state.DONE)
        half_year.promise(tx, met, at(6, 21), "2026-12-31", None)  # its first day has not come
        return told(tx)

    rows = await store.write(story)
    of = rows["Promises kept by their first date, as those who said it see it"]
    assert of == ("2 of 5", "5 promises", "WhatsApp", "0%")
    # The sixth came 20 days after as well.
    days = rows["From the meeting to “You said, we will”, in the middle"]
    assert days[:2] == ("12 days", "6 promises")


async def test_the_rung_people_felt_against_the_rung_we_promised(store: Store) -> None:
    """20 felt more than was promised, 15 as much, and 20 less; that nobody felt the others is not told."""

    def story(tx: Tx) -> Rows:
        felt = {Rung.CO_DESIGN: 20, Rung.ENGAGEMENT: 15, Rung.INFORMING: 20}
        half_year.evaluation(tx, Rung.ENGAGEMENT, felt)
        return told(tx)

    rows = await store.write(story)
    # Fifteen are kept back, or the nobodies would be known: 20 to 35 of 55.
    assert rows["Felt at least the rung that we promised"] == ("35% to 65%", "about 55 answers", NO_GROUPS, "")
    promised, felt, of = rows["Home care"]
    assert promised == RUNGS["engagement"].text
    assert felt in {one.text for one in FELT.values()} | {KEPT_BACK}
    assert of == "about 55 answers"


async def test_every_rung_that_many_felt_is_told(store: Store) -> None:
    def story(tx: Tx) -> Rows:
        half_year.evaluation(tx, Rung.ENGAGEMENT, dict.fromkeys(Rung, 20))
        return told(tx)

    rows = await store.write(story)
    # 60 of 140 felt engagement or more.
    assert rows["Felt at least the rung that we promised"][:2] == ("45%", "about 140 answers")
    assert rows["Home care"][1] == FELT["consultation"].text


async def test_who_could_take_part(store: Store) -> None:
    """48 of 65 who said yes came; 36 of 47 who told us had what they needed. Of 25 who write in Polish 12 came."""

    def story(tx: Tx) -> Rows:
        met = half_year.meeting(tx, "2026-08-20")
        english, polish = members(tx, 40, 25)
        for place, (who, _phone) in enumerate(english):
            half_year.rsvp(tx, met, who, came=place < 36, had=Needed.YES if place < 25 else None)
        for place, (who, _phone) in enumerate(polish):
            had = None if place >= 22 else Needed.YES if place < 11 else Needed.NO
            half_year.rsvp(tx, met, who, came=place < 12, had=had)
        return told(tx)

    rows = await store.write(story)
    assert rows["Said yes, and came"] == ("75%", "about 65 answers of yes", "WhatsApp", "50%")
    assert rows["Had what they needed, by their own word"] == ("75%", "about 45 answers", "WhatsApp", "50%")


async def test_safe_hands(store: Store) -> None:
    """In our hours 1 to 20 minutes; out of hours 30, 60, and one that waits. Two of 20 messages were misread."""

    def story(tx: Tx) -> Rows:
        english, _polish = members(tx, 20, 0)
        for minutes, who in enumerate(english, 1):
            half_year.concern(tx, who, at(9, 7, 9), minutes)
            half_year.sampled(tx, who, right=minutes > 2)
        half_year.concern(tx, english[0], at(9, 6, 3), 30)
        half_year.concern(tx, english[1], at(9, 6, 3), 60)
        half_year.concern(tx, english[2], at(9, 7, 22), None)
        return told(tx)

    rows = await store.write(story)
    waited = {name: row for name, row in rows.items() if name.startswith("From words about danger")}
    in_hours, out_of_hours = waited.values()
    assert in_hours[:2] == ("19 minutes", "about 20 people")
    since = (MORNING - at(9, 7, 22)).total_seconds() / 60
    assert out_of_hours[:2] == (f"{since:.0f} minutes", "too few to say")
    assert rows["Messages that we misread, in the weekly sample"][:2] == ("10%", "20 messages")


async def test_an_empty_bank_has_nothing_to_tell(store: Store) -> None:
    rows = await store.read(told)
    assert {row[0] for row in rows.values()} == {NOTHING}


async def test_few_people_are_not_told_of(store: Store) -> None:
    def story(tx: Tx) -> Rows:
        for _one in range(9):
            half_year.comes_to_the_door(tx, at(6, 1), "en", "sms", after=4)
        return told(tx)

    rows = await store.write(story)
    assert rows["First contacts who became members"] == (TOO_FEW, "too few to say", NO_GROUPS, "")


async def test_a_group_that_does_as_well_as_all_is_none_that_does_worse(store: Store) -> None:
    def story(tx: Tx) -> Rows:
        for language, channel in (("en", "sms"), ("pl", "whatsapp")):
            for place in range(20):
                half_year.comes_to_the_door(tx, at(6, 1), language, channel, after=4 if place < 10 else 0)
        return told(tx)

    rows = await store.write(story)
    assert rows["First contacts who became members"][2:] == (NO_WORSE, "")


@pytest.mark.parametrize(
    ("well", "cases", "said"),
    [(60, 80, "75%"), (75, 80, "85% or more"), (5, 80, "15% or less"), (9, 19, TOO_FEW), (240, 300, "80%")],
)
def test_neither_part_of_a_share_is_known_to_be_small(well: int, cases: int, said: str) -> None:
    assert bounded(well, cases, 10) == said
