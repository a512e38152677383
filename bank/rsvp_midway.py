"""Midway: in the middle of our questions about a meeting somebody changes their answer, or names a day."""

from __future__ import annotations

from dataclasses import replace

from bank import open_question, replies, rsvp_heard, talk
from bank.rsvp_heard import BESIDE, meeting_of
from bank.visit import Standing, Visit
from flows import engine
from flows.position import Position
from flows.rsvp import RSVP
from language import understand
from language.beside import changes_mind
from language.coming import the_day
from language.everywhere import Word, everywhere
from language.reading import Meaning, Reading
from language.whether_coming import says
from storage import conversations
from storage.messages_in import Disposition
from storage.schema import Record

_FLOWS = frozenset({"coming", "rsvp", "rsvp_again"})


def take(visit: Visit) -> bool:
    """Take another answer to "are you coming?", or the day on which to ask again. False for anything else."""
    standing = visit.standing
    if standing is None or standing.position.flow not in _FLOWS:
        return False
    key = f"{standing.position.flow}.{standing.position.step}"
    meeting = meeting_of(visit)
    if meeting is None or key in rsvp_heard.ASKS or standing.position.checking is not None:
        return False
    return _take_a_day(visit, standing, key, meeting) or _take_another_answer(visit, standing, meeting)


def _take_a_day(visit: Visit, standing: Standing, key: str, meeting: Record) -> bool:
    """The day by which they will know stands for a yes to being asked again."""
    if key != "rsvp.may_we":
        return False
    named = the_day(visit.text, visit.language, rsvp_heard.today(visit, meeting))
    if named is None:
        return False
    position = standing.position
    beside = {**(position.answers.get(BESIDE) or {}), "know_on": named.isoformat()}
    standing.position = replace(position, answers={**position.answers, BESIDE: beside})
    visit.disposition, visit.asked = Disposition.FLOW, key
    reading = Reading(Meaning.YES, "yes", True, because=visit.text)
    visit.reading = open_question.kept(reading)
    talk.follow(visit, engine.advance(talk.flow_of(visit), standing.position, reading, visit.facts))
    return True


def _take_another_answer(visit: Visit, standing: Standing, meeting: Record) -> bool:
    """They say in so many words that they come, or not, and it is not as they said before."""
    said = says(visit.text, visit.language)
    answer = said.answer if said is not None else _withdraws(visit)
    if answer not in {"yes", "no"} or answer == ("yes" if standing.position.flow == "coming" else ""):
        return False
    conversations.end(visit.tx, standing.id, "changed")
    visit.standing = None
    position = Position(RSVP.name, RSVP.version, "ask", {"meeting": meeting.token})
    replies.take(visit, talk.stand_at(visit, RSVP, position))
    return True


def _withdraws(visit: Visit) -> str | None:
    """A no to the meeting: CANCEL, which is no word of ours where something was asked, or "actually no"."""
    if everywhere(visit.text, visit.language, asked=False) is Word.STOP:
        return "no"
    reading = understand.answer(open_question.shown(visit, RSVP, "ask"), visit.text, visit.language)
    return "no" if reading.value == "no" and reading.sure and changes_mind(visit.text, visit.language) else None
