"""What is learned from a story's conversation: each part of it, that it is right, and what it may be used for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bank import desk, members, stories, story_back, story_uses
from bank.visit import Standing, Visit
from flows.engine import Saying
from flows.story import STORY, TELLS
from flows.story_predicates import ALL, USES
from language.wording import own
from storage import conversations
from storage.schema import Record
from storage.stories import Named, Use
from storage.tasks import TaskKind

_BACK = f"{STORY.name}.back"
_READ_IT = "Read their story to them, and ask whether it is right: it is on the Stories page."


def current(visit: Visit) -> Record | None:
    """The story of whoever writes, as it stands now."""
    return stories.current(visit.tx, visit.person.id) if visit.person is not None else None


def _part(visit: Visit, value: str) -> None:
    row = current(visit)
    if value != ALL:
        tell(visit, value)
    elif row is not None and row.parts:
        _say_back(visit, row)


def tell(visit: Visit, words: str) -> None:
    """They told one part more."""
    if visit.person is None:
        return
    row = current(visit) or stories.begin(
        visit.tx, visit.person.id, visit.speaks, visit.now, entered_by=visit.entered_by, how=visit.how
    )
    stories.add_part(visit.tx, row, words, visit.now)


def begin_with(visit: Visit) -> None:
    """They said that they want to tell it, and began in the same message: all of it is the first part."""
    standing = visit.standing
    if standing is not None and standing.position.flow == STORY.name and standing.position.step in TELLS:
        tell(visit, visit.text.strip())


def _changed(visit: Visit, value: str) -> None:
    row = current(visit)
    if row is None or visit.standing is None:
        return
    if value != ALL:
        named = visit.standing.position.answers.get("story_which")
        number = int(named) if named is not None and len(row.parts) > 1 else 1
        row = stories.change_part(visit.tx, row, number, value, visit.now)
    _say_back(visit, row)


def _say_back(visit: Visit, row: Record) -> None:
    """Say all of it, where that may be; then they are asked whether it is right."""
    stories.read_back(visit.tx, row)
    if not story_back.is_for_a_person(visit.tx, row, visit.address.id):
        for piece in story_back.pieces(row, visit.address.channel):
            visit.say(Saying(_BACK, (own(piece),)))


def _change(visit: Visit, value: str) -> None:
    if value == "anew" and (row := current(visit)) is not None:
        stories.begin_anew(visit.tx, row, visit.now)


def _right(visit: Visit, value: str) -> None:
    if value == "yes" and (row := current(visit)) is not None:
        stories.right(visit.tx, row, visit.now)


def _use(use: Use) -> Callable[[Visit, str], None]:
    def learn_use(visit: Visit, value: str) -> None:
        if (row := current(visit)) is not None:
            words = members.words_shown(visit) or story_uses.question(use, visit.organisation, visit.language)
            story_uses.answer(visit.tx, row, use, Named(value), words, visit.now, message_id=visit.message_id)

    return learn_use


LEARNERS: Mapping[str, Callable[[Visit, Any], None]] = {
    "story_part": _part,
    "story_changed": _changed,
    "story_change": _change,
    "story_right": _right,
    **{f"story_{use}": _use(Use(use)) for use in USES},
}


def withdrawn(visit: Visit, _standing: Standing) -> None:
    """They take it back, wherever it is used, with every older one."""
    if visit.person is not None:
        for row in stories.standing(visit.tx, visit.person.id):
            stories.withdraw(visit.tx, row, visit.now)
        for conversation in conversations.live_with(visit.tx, visit.person.id, STORY.name):
            conversations.end(visit.tx, conversation.conversation_id, "withdrawn")


def read_by_a_person(kind: TaskKind) -> Callable[[Visit, Standing], None]:
    """It is read to them by a call, or in a letter."""
    return lambda visit, _standing: desk.ask_a_person(visit, kind, words=_READ_IT)
