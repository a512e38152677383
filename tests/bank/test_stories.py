"""Stories: what holds of what was agreed, what may be copied, how one is read back, and what becomes of two."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bank import stories, story_back, story_copy, story_places, story_uses
from language.sms import length
from storage import moving, people
from storage import stories as kept
from storage.people import PersonState
from storage.schema import Record
from storage.store import Store, Tx
from storage.stories import Named, StoryState, Use
from tests.bank.ashdale import ASHDALE, MORNING

LATER = MORNING + timedelta(minutes=1)


def member(tx: Tx, name: str = "Asha") -> Record:
    return people.add(tx, token=name, state=PersonState.MEMBER, language="en", name=name, joined_at=MORNING)


def told(tx: Tx, person: Record, *parts: str, at: datetime = MORNING) -> Record:
    """A story that is told and right."""
    row = stories.begin(tx, person.id, "en", at)
    for part in parts or ("It was hard.", "Now it is better."):
        row = stories.add_part(tx, row, part, at)
    return stories.right(tx, row, at)


def says(tx: Tx, row: Record, use: Use, named: Named, at: datetime = MORNING) -> None:
    story_uses.answer(tx, row, use, named, "May we?", at)


async def test_the_latest_answer_counts_and_no_answer_is_none(lite_store: Store) -> None:
    def work(tx: Tx) -> dict[Use, Named]:
        row = told(tx, member(tx))
        says(tx, row, Use.WEB, Named.NAME)
        says(tx, row, Use.WEB, Named.FIRST_NAME)
        says(tx, row, Use.REPORT, Named.NAME)
        says(tx, row, Use.REPORT, Named.NOT)
        return story_uses.holds(tx, row)

    assert await lite_store.write(work) == {Use.WEB: Named.FIRST_NAME}


async def test_what_was_agreed_for_other_words_holds_no_more(lite_store: Store) -> None:
    def work(tx: Tx) -> list[dict[Use, Named]]:
        row = told(tx, member(tx))
        says(tx, row, Use.WEB, Named.NAME)
        telling = stories.add_part(tx, row, "One thing more.", LATER)
        right = stories.right(tx, telling, LATER)
        return [story_uses.holds(tx, one) for one in (row, telling, right)]

    assert await lite_store.write(work) == [{Use.WEB: Named.NAME}, {}, {}]


@pytest.mark.parametrize("state", [PersonState.LEFT, PersonState.ERASED])
async def test_nothing_holds_of_who_has_left(lite_store: Store, state: PersonState) -> None:
    def work(tx: Tx) -> tuple[dict[Use, Named], str]:
        person = member(tx)
        row = told(tx, person)
        says(tx, row, Use.WEB, Named.NAME)
        people.change(tx, person.id, {"state": state})
        return story_uses.holds(tx, row), story_places.why_not(tx, row, Use.WEB)

    holds, why = await lite_store.write(work)
    assert holds == {}
    assert why == "They have not agreed that it is used for a web page. Ask them first."


async def test_it_comes_down_the_next_working_day(lite_store: Store) -> None:
    def work(tx: Tx) -> list[datetime]:
        row = told(tx, member(tx))
        says(tx, row, Use.WEB, Named.NAME)
        kept.add_place(tx, token="p", story_id=row.id, use=Use.WEB, place="A page", used_at=LATER)
        assert story_places.to_come_down(tx, row, ASHDALE) == []
        says(tx, row, Use.WEB, Named.NO_NAME, LATER + timedelta(minutes=1))
        return [one.due_at for one in story_places.to_come_down(tx, row, ASHDALE)]

    (due,) = await lite_store.write(work)
    assert (due.date() - MORNING.date()).days == 1


async def test_its_words_go_when_it_is_taken_back_and_is_used_nowhere(lite_store: Store) -> None:
    def work(tx: Tx) -> list[list[str]]:
        asha, ben = told(tx, member(tx)), told(tx, member(tx, "Ben"))
        kept.add_place(tx, token="p", story_id=ben.id, use=Use.WEB, place="A page", used_at=LATER)
        return [stories.withdraw(tx, one, LATER).parts for one in (asha, ben)]

    assert await lite_store.write(work) == [[], ["It was hard.", "Now it is better."]]


async def test_two_people_who_are_one_keep_both_stories(lite_store: Store) -> None:
    def work(tx: Tx) -> tuple[list[str], str]:
        asha, twin = member(tx), member(tx, "Twin")
        told(tx, asha, "The first.")
        told(tx, twin, "The second.", at=LATER)
        moving.everything(tx, twin.id, asha.id, LATER)
        found = [row.parts[0] for row in stories.standing(tx, asha.id)]
        for row in stories.standing(tx, asha.id):
            stories.withdraw(tx, row, LATER)
        return found, str(stories.current(tx, asha.id))

    assert await lite_store.write(work) == (["The second.", "The first."], "None")


async def test_a_part_is_changed_by_its_number(lite_store: Store) -> None:
    def work(tx: Tx) -> list[list[str]]:
        row = told(tx, member(tx), "One.", "Two.")
        return [stories.change_part(tx, row, number, "New.", LATER).parts for number in (0, 1, 3)]

    assert await lite_store.write(work) == [["One.", "Two."], ["New.", "Two."], ["One.", "Two."]]


async def test_it_is_read_back_in_texts_of_two_segments_with_every_word(lite_store: Store) -> None:
    def work(tx: Tx) -> list[str]:
        row = told(tx, member(tx), "It was a long way to go. " * 20, "Zażółć gęślą jaźń. " * 20)
        return story_back.pieces(row, "sms")

    pieces = await lite_store.write(work)
    assert all(length(piece).segments <= 2 for piece in pieces)
    assert " ".join(pieces).split() == f"1. {'It was a long way to go. ' * 20} 2. {'Zażółć gęślą jaźń. ' * 20}".split()


@pytest.mark.parametrize(
    ("named", "credit", "words"),
    [
        (Named.NAME, "Asha Khan", "I am Asha Khan. ASHA! Ashamed."),
        (Named.FIRST_NAME, "Asha", "I am Asha [name taken out]. ASHA! Ashamed."),
        (Named.NO_NAME, "", "I am [name taken out] [name taken out]. [name taken out]! Ashamed."),
    ],
)
def test_no_more_of_a_name_is_copied_than_was_agreed(named: Named, credit: str, words: str) -> None:
    assert story_copy.credit("Asha Khan", named) == credit
    assert story_copy.words(["I am Asha Khan. ASHA! Ashamed."], "Asha Khan", named) == words


async def test_a_story_that_nobody_told_is_not_right(lite_store: Store) -> None:
    def work(tx: Tx) -> StoryState:
        return StoryState(stories.right(tx, stories.begin(tx, member(tx).id, "en", MORNING), MORNING).state)

    assert await lite_store.write(work) is StoryState.TELLING
