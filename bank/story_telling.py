"""A story being told: which messages are a part of it, while one is open for days beside everything else.

What is plainly meant for something else goes there: a word of ours, an answer to what was asked later, a question.
A story may speak of a death, of STOP, of a carer who did not come. So what is told at length is a part of it, and where
more hangs on it we ask back or a person reads it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bank import (
    awaited,
    care,
    consent,
    desk,
    machines,
    manners,
    meanings,
    open_question,
    questions,
    story_learning,
    talk,
)
from bank import stories as told
from bank.questions import Told
from bank.visit import AN_HOUR, Standing, Visit
from channels.message import Kind
from flows import engine, everywhere
from flows.story import STORY, TELLS
from flows.story_predicates import ALL
from language import kinds, story, understand
from language.everywhere import Word, is_whole
from language.everywhere import everywhere as word_in
from language.normal import words
from language.reading import Meaning, Question, Reading
from storage import conversations, messages_in, outbox, tasks
from storage.messages_in import Disposition
from storage.tasks import TaskKind

_READ = Question("story")
_A_DAY = timedelta(days=1)
_FEW = 3


def _teller(visit: Visit) -> Standing | None:
    """The conversation in which they tell it; None where anything else is open, or another must hear them first."""
    standing = visit.standing
    if standing is None or standing.position.flow != STORY.name or standing.position.step not in TELLS:
        return None
    silent = visit.mute or visit.unsafe or visit.held or visit.address.taken_by is not None
    own = visit.text.strip() and not (visit.incoming is not None and visit.incoming.forwarded)
    return standing if own and not silent and visit.address.spam is None else None


def take_grave(visit: Visit) -> bool:
    """Take what is told at length, or tells of a death, before our words are looked for in it. False for others."""
    standing = _teller(visit)
    if standing is None or _is_corrected(visit) or (visit.newer and _answers_newer(visit)):
        return False
    what = kinds.what(visit.text, visit.language)
    if what is Meaning.BEREAVEMENT:
        if tasks.open_at(visit.tx, visit.address.id, TaskKind.BEREAVEMENT) is None:
            desk.ask_a_person(visit, TaskKind.BEREAVEMENT, words=visit.text)
        standing.nudged = True  # should it be the teller who died, nobody is reminded of a story
        _keep(visit, standing, sorrow=True)
        return True
    if not story.is_long(visit.text) or what is Meaning.AUTO_REPLY:
        return False
    return _take_long(visit, standing)


def _take_long(visit: Visit, standing: Standing) -> bool:
    word = word_in(visit.text, visit.language, asked=True)
    if word in {Word.LEAVE, Word.STORY_DOWN} or (word is Word.STOP and _stands_out(visit)):
        return False
    _keep(visit, standing)
    if word is Word.STOP:  # in the middle of what they tell: it may have been said to anybody
        consent.ask_if_stop(visit)
    return True


def _stands_out(visit: Visit) -> bool:
    """Their first or last sentence, or a line, is one of our words and nothing else."""
    sentences = [one for one in story.sentences(visit.text) if words(one)]
    return any(is_whole(one, visit.language) for one in (*sentences[:1], *sentences[-1:]))


def take_before_others(visit: Visit) -> bool:
    """Take a part that answers nothing of what was asked since. False where it may, or where nothing was."""
    standing = _teller(visit)
    if standing is None or not visit.newer or _answers_newer(visit) or len(words(visit.text)) <= _FEW:
        return False
    if story.only_asks(visit.text, visit.language):
        return False
    return take(visit)


def _answers_newer(visit: Visit) -> bool:
    """The tables hear an answer to what was asked later, or it is named; what only the model hears is no answer."""
    for one in visit.newer:
        reading = understand.answer(awaited.question(visit, one), visit.text, visit.language)
        if reading.value is not None and reading.sure and not reading.guessed:
            return True
    return any(awaited.is_named(visit, one, list(visit.newer)) for one in visit.newer) and not story.is_long(visit.text)


def take(visit: Visit) -> bool:
    """Take a message while a story is told: a part of it, its end, or a question beside it. False where none is."""
    standing = _teller(visit)
    if standing is None:
        return False
    visit.disposition = Disposition.FLOW
    if _is_corrected(visit):
        _correct(visit, standing)
    elif story.is_no_part(visit.text, visit.language):
        _hear_little(visit)
    elif story.only_asks(visit.text, visit.language) and not story.is_all(visit.text, visit.language):
        _ask(visit)
    else:
        _hear(visit, standing)
    return True


def _hear(visit: Visit, standing: Standing) -> None:
    reading = understand.answer(_READ, visit.text, visit.language)
    if reading.meaning is Meaning.CRISIS or (reading.meaning is Meaning.OPT_OUT and reading.sure):
        meanings.take(visit, reading)
        return
    _keep(visit, standing, reading)
    if reading.meaning is Meaning.OPT_OUT:
        consent.ask_if_stop(visit)


def _hear_little(visit: Visit) -> None:
    """Thanks need no answer. A bare yes or number is nothing that anybody tells: we say how to go on."""
    if kinds.what(visit.text, visit.language) is Meaning.THANKS or kinds.empty(visit.text):
        machines.quiet(visit, "thanks")
    else:
        talk.ask_again(visit)


def _ask(visit: Visit) -> None:
    """They ask us something in between: it is no part of the story, which stays open."""
    reading = Reading(Meaning.QUESTION, because=visit.text.strip(), also=("question",))
    visit.disposition = Disposition.QUESTION
    visit.reading = open_question.kept(reading)
    if questions.ask(visit, reading, silent=not manners.may_answer(visit)) is Told.PROMISE:
        visit.tell("asked", everywhere.ASKED)


def _keep(visit: Visit, standing: Standing, reading: Reading | None = None, *, sorrow: bool = False) -> None:
    """Keep it as a part, and go on where that leads: the end of the message may say that this was all."""
    visit.disposition = Disposition.FLOW
    visit.asked = f"{STORY.name}.{standing.position.step}"
    reading = reading or understand.answer(_READ, visit.text, visit.language)
    visit.reading = open_question.kept(reading)
    value: str = visit.text.strip() if reading.value is None else str(reading.value)
    before = story.before_the_end(value, visit.language) if standing.position.step != "new_words" else None
    if before is not None:
        story_learning.tell(visit, before)
        value = ALL
    told_of_care = reading.meaning is Meaning.CARE_PROBLEM
    if "distress" in reading.also:
        desk.ask_a_person(visit, TaskKind.READ)
    position = replace(standing.position, answers={**standing.position.answers, "sorrow": sorrow}, checking=None)
    turn = engine.advance(STORY, position, Reading(value=value, sure=True), visit.facts)
    offers = told_of_care and value != ALL and _offers_help(visit)
    quiet = offers or (value != ALL and turn.position is not None and _was_told(visit, turn.position.step))
    talk.follow(visit, replace(turn, say=()) if quiet else turn)
    if value != ALL and story.ends_asking(visit.text):
        _ask(visit)
    if offers:
        care.take(visit, reading.because)
    elif told_of_care and tasks.open_at(visit.tx, visit.address.id, TaskKind.CARE) is None:
        desk.ask_a_person(visit, TaskKind.CARE, words=visit.text)


def _was_told(visit: Visit, step: str) -> bool:
    """We said so within the hour: a story told in many texts needs no thanks for each."""
    told_at = outbox.last_said(visit.tx, visit.address.id, f"{STORY.name}.{step}.text", visit.now - AN_HOUR)
    return step in TELLS and told_at is not None


def _offers_help(visit: Visit) -> bool:
    """A short text of trouble with care may be of today: whom to ring is said, once a day."""
    asked = conversations.last_of(visit.tx, visit.address.id, care.FLOW)
    return not story.is_long(visit.text) and (asked is None or visit.now - asked.opened_at >= _A_DAY)


def _is_corrected(visit: Visit) -> bool:
    return visit.incoming is not None and visit.incoming.kind is Kind.EDIT


def _correct(visit: Visit, standing: Standing) -> None:
    """The part that they corrected is as it reads now."""
    edited = visit.incoming.edited_id if visit.incoming is not None else None
    before = messages_in.by_reference(visit.tx, visit.address.id, edited or "")
    row = story_learning.current(visit)
    words_before = (before.text or "").strip() if before is not None else ""
    if row is None or words_before not in row.parts:
        _hear(visit, standing)
        return
    number = row.parts.index(words_before) + 1
    told.change_part(visit.tx, row, number, visit.text.strip(), visit.now)
    visit.mute = True
