"""What an older version kept in another way is found again, once, as we keep things now."""

from __future__ import annotations

from sqlalchemy import delete

from bank import inherited, upkeep
from bank.tokens import token
from storage import directory, messages_in, name_parts, people, questions, tasks
from storage.directory import Wanted
from storage.people import PersonState
from storage.questions import QuestionState
from storage.store import Store, Tx
from storage.tasks import TaskKind
from tests import looking
from tests.bank.ashdale import ASHDALE, MORNING, Somebody, number_of


def take_over(tx: Tx) -> int:
    return upkeep.run(tx, MORNING, ASHDALE, chores=inherited.CHORES).renewed


async def test_names_from_before_are_found_by_their_parts(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, list[str | None]]:
        for name in ("Asha Shah", "🙂", None):
            people.add(tx, token=token(), name=name, state=PersonState.MEMBER, language="en", joined_at=MORNING)
        tx.execute(delete(name_parts.name_parts))
        done, again = take_over(tx), take_over(tx)
        return done, again, [one.name for one in directory.find(tx, Wanted(name="sha"), MORNING, 5)]

    assert await store.write(story) == (2, 0, ["Asha Shah"])


async def test_a_question_that_was_a_task_is_a_question(store: Store) -> None:
    def story(tx: Tx) -> tuple[int, int, list[tuple[str, str, bool]], int]:
        asha = Somebody()
        asha.joins(tx)
        here = asha.here(tx)
        message = messages_in.at_address(tx, here.id)[-1]
        for words in ("Is there a lift?", None):
            tasks.add(
                tx, token=token(), kind=TaskKind.QUESTION, address_id=here.id, message_id=message.id, words=words,
                opened_at=MORNING, due_at=MORNING,
            )  # fmt: skip
        done, again = take_over(tx), take_over(tx)
        kept = [(one.words, one.state, one.due_at == MORNING) for one in questions.open_at(tx, here.id)]
        return done, again, kept, len(looking.open_tasks(tx)) + number_of(tx, questions.questions)

    opened = QuestionState.OPEN
    assert await store.write(story) == (2, 0, [("Asha", opened, True), ("Is there a lift?", opened, True)], 2)
