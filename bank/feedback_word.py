"""FEEDBACK: somebody tells us how it was without being asked, of a meeting that they came to lately or of anything."""

from __future__ import annotations

from bank import desk, feedback_facts, feedback_heard, manners, meeting_meant, open_question, talk, who_writes
from bank.meeting_meant import How, Theirs
from bank.visit import Visit
from flows.feedback_which import FEEDBACK
from language import understand
from language.everywhere import Word
from language.normal import words
from language.telling_us import wants_to_tell
from storage.messages_in import Disposition
from storage.schema import Record
from storage.tasks import TaskKind

_TOLD_BY = frozenset({How.QUOTED, How.NAMED})
_FEW = 9  # words: in more, they may be telling it already


def take(visit: Visit) -> bool:
    """Take "can I say how Thursday went?". False for anything else, and where it answers what is open."""
    if visit.mute or visit.unsafe or not visit.people or not wants_to_tell(visit.text, visit.language):
        return False
    if _is_an_answer(visit):
        return False
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": Word.FEEDBACK.value, "because": visit.text.strip()}
    if len(words(visit.text)) > _FEW:
        desk.ask_a_person(visit, TaskKind.READ, words=visit.text)
    who_writes.doubt(visit)
    begin(visit)
    return True


def _is_an_answer(visit: Visit) -> bool:
    if visit.standing is None:
        return False
    if feedback_heard.is_given(visit):
        return True
    return understand.answer(open_question.of(visit), visit.text, visit.language).value is not None


def begin(visit: Visit) -> None:
    """Ask what they would like to tell us of, where that is not clear, and then how it was."""
    if not visit.people:
        manners.keep(visit)  # a person reads it: nothing is kept of somebody who has not joined
    elif feedback_heard.is_given(visit):
        talk.ask_again(visit)
    else:
        meeting = _named(visit)
        talk.open_personal(visit, FEEDBACK.name, {"meeting": meeting.token} if meeting is not None else None)


def _named(visit: Visit) -> Record | None:
    """The meeting that they name or quote, of those they came to."""
    ids = [person.id for person in visit.people]
    found = {row.id: row for who in ids for row in feedback_facts.came_to(visit.tx, who, visit.now)}
    meant = meeting_meant.of(visit, [Theirs(row, {}) for row in found.values()])
    return meant.one.meeting if meant.one is not None and meant.how in _TOLD_BY else None
