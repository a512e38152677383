"""The bank over time, replies, meetings, promises, rhythm and cost, worked out by hand; and what files hold of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from bank import reports, spreadsheet
from bank.period import Kept, Month, NoPeriod, between, kept
from bank.report_section import KEPT_BACK
from bank.reports import Part, Report
from bank.tokens import token
from storage import audit as audit_rows
from storage import invitations, people, spending
from storage.commitments import CommitmentState
from storage.consents import Purpose, consents
from storage.meetings import MeetingKind
from storage.outbox import OutState, Priority, messages_out
from storage.people import Part as PartOfBank
from storage.people import PersonState
from storage.questions import QuestionState
from storage.store import Store, Tx
from tests.bank import half_year
from tests.bank.ashdale import ASHDALE, MORNING
from tests.bank.half_year import at

HALF = kept(Kept.HALF, MORNING.date())


def look(tx: Tx, *parts: Part) -> Report:
    return reports.look(tx, HALF, parts, MORNING, ASHDALE)


def table(tx: Tx, part: Part, name: str) -> dict[str, tuple[str, ...]]:
    """The rows of the section of that name, by their first cell."""
    found = next(one for one in look(tx, part).parts[part] if one.name == name)
    return {row[0]: row[1:] for row in found.rows}


def leaves(tx: Tx, who: tuple[int, int], when: object) -> None:
    entry = {"purpose": Purpose.BANK, "given": False, "words": "LEAVE", "language": "en", "at": when}
    tx.execute(insert(consents).values(person_id=who[0], address_id=who[1], **entry))
    people.change(tx, who[0], {"state": PersonState.LEFT})


async def test_the_bank_over_time(store: Store) -> None:
    """60 in English and 24 in Polish were members. In June 15 and 20 joined; in July 12 and 12 left, in August 12."""

    def story(tx: Tx) -> list[dict[str, tuple[str, ...]]]:
        first = [half_year.member(tx, at(1, 5)) for _one in range(60)]
        polish = [half_year.member(tx, at(1, 5), "pl", "whatsapp") for _one in range(24)]
        for _one in range(20):
            half_year.member(tx, at(6, 5), "pl", "whatsapp", district="AS1")
        for _one in range(15):
            half_year.member(tx, at(6, 6), joined_how="paper", looks_after="yes")
        for who in [*first[:12], *polish[:12]]:
            leaves(tx, who, at(7, 5))
        for who in first[12:24]:
            leaves(tx, who, at(8, 5))
        leaves(tx, half_year.member(tx, at(1, 5)), at(2, 5))  # had left before
        half_year.member(tx, at(6, 5), part=PartOfBank.STAFF)
        half_year.member(tx, at(11, 5))  # joined after it
        return [
            table(tx, Part.BANK, name) for name in ("months", "bylanguage", "byhow", "byrole", "byarea", "bychannel")
        ]

    months, languages, ways, roles, areas, channels = await store.write(story)
    assert months["June 2026"] == ("35", KEPT_BACK, "")
    assert months["July 2026"] == (KEPT_BACK, "25", "")
    assert months["August 2026"] == (KEPT_BACK, "10", "")
    assert months["All of it"] == ("35", "35", "+0")  # 35 and 36
    assert languages["English"] == ("75", "35", "15", "25", "-10")  # 75, 36, 15 and 24
    assert languages["Polish"] == ("45", "10", "20", "10", "+10")  # 44, 12, 20 and 12
    assert channels["WhatsApp"] == languages["Polish"]
    assert ways["With a colleague, or from a list"][0] == "15"
    assert roles["Looks after somebody"][0] == "15"
    assert areas["AS1"][0] == "20"


async def test_three_who_left_are_told_by_no_table(store: Store) -> None:
    """Promise 31."""

    def story(tx: Tx) -> list[dict[str, tuple[str, ...]]]:
        first = [half_year.member(tx, at(1, 5)) for _one in range(60)]
        for who in first[:12]:
            leaves(tx, who, at(7, 5))
        for who in first[12:15]:
            leaves(tx, who, at(8, 5))
        return [table(tx, Part.BANK, name) for name in ("months", "bylanguage")]

    months, languages = await store.write(story)
    assert months["August 2026"][1] == KEPT_BACK
    # With all fifteen, July's twelve would tell of them.
    assert KEPT_BACK in {months["July 2026"][1], months["All of it"][1]}
    assert KEPT_BACK in {months["July 2026"][1], languages["English"][3]}


async def test_what_we_asked_people_and_what_they_asked_us(store: Store) -> None:
    def story(tx: Tx) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        everyone = [half_year.member(tx, at(1, 5)) for _one in range(40)]
        for place, (who, _phone) in enumerate(everyone):
            asked = {"token": token(), "person_id": who, "invited_at": at(9, 1)}
            answered = {"answer": "yes", "answered_at": at(9, 1) + timedelta(hours=3)} if place < 24 else {}
            invitations.add(tx, **asked, **answered)
        until = at(9, 10, 16)
        for who in everyone[:3]:
            half_year.question(tx, who, until, until - timedelta(days=1))  # opened two days before `until`
        half_year.question(tx, everyone[3], until, None)
        half_year.question(tx, everyone[4], until, until, state=QuestionState.CLOSED)
        half_year.question(tx, everyone[5], until, until, state=QuestionState.AUTOMATIC)
        return table(tx, Part.ANSWERS, "invitations"), table(tx, Part.ANSWERS, "questions")

    asked, questions = await store.write(story)
    assert asked["September 2026"] == ("40", "60%", "3 hours")
    assert questions["September 2026"] == ("6", "3", "1", "1", "1", "1 day")
    assert questions["May 2026"] == ("0", "0", "0", "0", "0", "")


async def test_meetings_and_who_came(store: Store) -> None:
    def story(tx: Tx) -> dict[str, tuple[str, ...]]:
        everyone = [half_year.member(tx, at(1, 5)) for _one in range(40)]
        for day, kind in (("2026-08-20", MeetingKind.MEETING), ("2026-09-20", MeetingKind.TRAINING)):
            met = half_year.meeting(tx, day, kind)
            for place, (who, _phone) in enumerate(everyone):
                half_year.rsvp(tx, met, who, came=place < 24)
        half_year.meeting(tx, "2026-11-02")
        return table(tx, Part.MEETINGS, "meetings")

    rows = await store.write(story)
    assert rows["Meetings"] == ("1", "0", "40", "60%")
    assert rows["All of them"] == ("2", "0", "40", "60%")


async def test_promises_month_by_month(store: Store) -> None:
    def story(tx: Tx) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        met = half_year.meeting(tx, "2026-06-01")
        half_year.promise(tx, met, at(6, 10), "2026-07-31", at(7, 20), state=CommitmentState.KEPT)
        half_year.promise(tx, met, at(6, 10), "2026-07-31", at(7, 20), state=CommitmentState.DONE)
        half_year.promise(tx, met, at(6, 10), "2026-09-30")
        return table(tx, Part.PROMISES, "promises"), table(tx, Part.PROMISES, "stands")

    months, now = await store.write(story)
    assert months["June 2026"] == ("3", "0", "0", "0", "0", "0")
    assert months["July 2026"] == ("0", "0", "1", "0", "0", "1")
    assert months["October 2026"][3] == "1"  # late
    assert sorted(row[0] for row in now.values()) == ["1", "1", "1"]


async def test_how_often_we_write(store: Store) -> None:
    """40 members: 20 of them got two texts in September, a day apart."""

    def story(tx: Tx) -> dict[str, tuple[str, ...]]:
        everyone = [half_year.member(tx, at(1, 5)) for _one in range(40)]
        for who, phone in everyone[:20]:
            for day in (1, 2):
                text(tx, who, phone, day)
            text(tx, who, phone, 3, state=OutState.CANCELED)
            text(tx, who, phone, 4, priority=Priority.REPLY)
        return table(tx, Part.RHYTHM, "rhythm")

    rows = await store.write(story)
    assert rows["September 2026"] == ("1.0", "20", "20")
    assert rows["May 2026"][0] == "0.0"


def text(tx: Tx, person_id: int, phone: int, day: int, **more: object) -> None:
    then = at(9, day)
    row = {"token": token(), "address_id": phone, "person_id": person_id, "sender": "sms", "wording": "x"}
    row |= {"language": "en", "priority": Priority.INVITATION, "state": OutState.DELIVERED}
    tx.execute(insert(messages_out).values(**row | more, due_at=then, claimed_at=then, created_at=then))


async def test_what_it_cost(store: Store) -> None:
    def story(tx: Tx) -> dict[str, tuple[str, ...]]:
        for sender, day, cost in (
            ("sms", "2026-05-31", 12_340),
            ("sms", "2026-06-01", 5),
            ("whatsapp", "2026-06-02", 8),
        ):
            spending.add(tx, sender, day, cost)
        spending.add(tx, "sms", "2026-11-01", 99_000)
        return table(tx, Part.COST, "cost")

    rows = await store.write(story)
    assert rows["May 2026"] == ("£12.34", "£0.00", "£12.34")
    assert rows["All of it"] == ("£12.35", "£0.01", "£12.35")


async def test_files_hold_what_the_page_shows_and_open_as_text(store: Store) -> None:
    """Promise 28."""

    def story(tx: Tx) -> Report:
        half_year.evaluation(tx, half_year.Rung.INFORMING, {half_year.Rung.INFORMING: 30}, "=1+2 @home")
        report = look(tx, *Part)
        reports.taken_out(tx, report, "csv", None)
        return report

    report = await store.write(story)
    rows = report.rows()
    filled = [[cell.strip() for cell in row] for row in rows if any(row)]
    assert any("=1+2 @home" in row for row in filled)
    for content in (spreadsheet.as_csv(rows), spreadsheet.as_xlsx(rows)):
        sheet = spreadsheet.read(content)
        read = [sheet.headings, *(cells for _number, cells in sheet.rows)]
        width = len(sheet.headings)
        assert read == [[*row[:width], *[""] * (width - len(row))] for row in filled]
    assert b"'=1+2 @home" in spreadsheet.as_csv(rows)
    acts = await store.read(lambda tx: [(one.act, one.details["what"]) for one in _audit(tx)])
    assert acts == [("exported", "report")]


def _audit(tx: Tx) -> list[object]:
    found = list(audit_rows.everything(tx))
    return [type("Row", (), {"act": one.act, "details": audit_rows.opened(tx, one.details)}) for one in found]


def test_a_period_is_of_whole_months() -> None:
    today = date(2026, 3, 15)
    assert [str(kept(name, today)) for name in Kept] == [
        "2026-02-to-2026-02",
        "2025-12-to-2026-02",
        "2025-09-to-2026-02",
        "2025-03-to-2026-02",
    ]
    assert between("2025-11", "2030-01", today).last == Month(2026, 3)  # no further than this month


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-13", "2026-12"), ("", ""), ("2026-03", "2026-02"), ("2026-04", "2026-05"), ("2015-01", "2026-01")],
)
def test_months_that_are_none(first: str, last: str) -> None:
    with pytest.raises(NoPeriod):
        between(first, last, date(2026, 3, 15))
