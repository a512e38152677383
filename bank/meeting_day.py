"""Meeting day: what somebody who comes tells us from three hours before a meeting until its end.

They are late, do not find it, do not get in, or cannot come: whoever leads the meeting knows it at once, on a phone of
their own, and Today shows it. Danger was looked for before.
"""

from __future__ import annotations

from datetime import timedelta

from bank import desk, meeting_answers, meeting_facts, meeting_host, meeting_meant, open_question, rota, rsvps
from bank.invitations import By
from bank.meeting_host import Told
from bank.meeting_meant import Theirs
from bank.visit import Visit
from flows import about_meeting
from flows.engine import Saying
from language.choice import names
from language.on_the_day import Trouble, trouble
from language.own import own as text_of
from language.whether_coming import says
from language.wording import Words, own
from storage import tasks
from storage.invitations import Answer
from storage.meetings import Way
from storage.messages_in import Disposition
from storage.rsvps import RsvpState
from storage.schema import Record
from storage.tasks import TaskKind

BEFORE = timedelta(hours=3)


def take(visit: Visit) -> bool:
    """Take what goes wrong for somebody who is on the way. False for anything else, and at any other time."""
    if not visit.people:
        return False
    wrong = trouble(visit.text, visit.language)
    stays_away = wrong is None and _cannot_come(visit)
    if wrong is None and not stays_away:
        return False
    one = _of_now(visit, stays_away=stays_away)
    if one is None or _answers_the_open(visit):
        return False
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": "no" if stays_away else "late", "because": visit.text.strip()}
    _take(visit, one, wrong)
    return True


def _cannot_come(visit: Visit) -> bool:
    said = says(visit.text, visit.language)
    return said is not None and said.answer == "no"


def _of_now(visit: Visit, *, stays_away: bool) -> Theirs | None:
    """The meeting that somebody reached there comes to now; of two the first, unless the message names a day.

    A no may be meant for another meeting of which we wrote since.
    """
    known = meeting_meant.theirs(visit)
    here = [one for one in known if one.meeting.starts_at - BEFORE <= visit.now and _comes(one)]
    meant = meeting_meant.of(visit, known) if here else None
    if meant is None or meant.elsewhere:
        return None
    named = [one for one in here if one in meant.found]
    told_otherwise = meant.how in {meeting_meant.How.NAMED, meeting_meant.How.QUOTED}
    told_otherwise = told_otherwise or (stays_away and meant.how is meeting_meant.How.LAST)
    return next(iter(named if told_otherwise else named or here), None)


def _comes(one: Theirs) -> dict[int, Record]:
    return {who: row for who, row in one.comes.items() if row.state == RsvpState.COMING}


def _answers_the_open(visit: Visit) -> bool:
    """It names a choice of the open question: what the model would make of it does not count on the day."""
    return visit.standing is not None and names(open_question.of(visit).options, text_of(visit.text), visit.language)


def _take(visit: Visit, one: Theirs, wrong: Trouble | None) -> None:
    who = _writer(visit, one)
    if who is not None:
        visit.is_with(who)
        _note(visit, one.meeting, who, wrong)
    about = who or visit.people[0]
    told = meeting_host.tell(visit.tx, one.meeting, about, wrong, visit.text, visit.now, visit.organisation)
    put_on_today(visit, one.meeting)
    _answer(visit, one.meeting, wrong, told)


def _writer(visit: Visit, one: Theirs) -> Record | None:
    """Who writes: the one who comes, where several share the phone; nobody where that may be two."""
    coming = _comes(one)
    if visit.person is not None and visit.person.id in coming:
        return visit.person
    here = [person for person in visit.people if person.id in coming]
    return here[0] if len(here) == 1 else None


def _note(visit: Visit, meeting: Record, who: Record, wrong: Trouble | None) -> None:
    """Keep it with their answer; who does not come gives their place back."""
    if wrong is None:
        by = By(visit.message_id, visit.entered_by, visit.how)
        rsvps.answer(visit.tx, meeting, who, Answer.NO, visit.now, visit.organisation, by)
        return
    late = {"late": True} if wrong is Trouble.LATE else {}
    rsvps.beside(visit.tx, meeting, who.id, visit.now, visit.organisation, note=visit.text, **late)


def put_on_today(visit: Visit, meeting: Record) -> None:
    """Today shows it: it is read now, and not when a person reads everything else."""
    before = tasks.open_at(visit.tx, visit.address.id, TaskKind.READ)
    if before is None:
        desk.ask_a_person(visit, TaskKind.READ, words=visit.text)
        before = tasks.open_at(visit.tx, visit.address.id, TaskKind.READ)
    if before is not None:
        tasks.change(visit.tx, before.id, {"due_at": min(before.due_at, visit.now), "meeting_id": meeting.id})


def _answer(visit: Visit, meeting: Record, wrong: Trouble | None, told: Told) -> None:
    known = dict(meeting_facts.facts(meeting, visit.language, visit.organisation)) | {"host": told.host}
    texts = [_whom_we_told(told), *what_helps(meeting, wrong, known)]
    render = visit.organisation.catalogs.render
    known["by"] = rota.spoken(visit.now, visit.organisation, visit.language)
    said = " ".join(render(text, visit.language, known) for text in texts)
    visit.say(Saying(f"{meeting_answers.KEY}.day", (own(said),)))


def _whom_we_told(told: Told) -> Words:
    if told.host:
        return about_meeting.TOLD_HOST
    return about_meeting.TOLD_TEAM if told.team else about_meeting.WILL_READ


def what_helps(meeting: Record, wrong: Trouble | None, known: dict[str, str]) -> list[Words]:
    """What to tell them beside that we know it."""
    if wrong is None:
        return [about_meeting.NOT_THIS_TIME]
    if wrong is Trouble.ONLINE or (wrong is Trouble.WHERE and meeting.way == Way.ONLINE):
        ways = (("link", about_meeting.JOIN_HERE), ("dial_in", about_meeting.DIAL_IN))
        return [text for name, text in ways if known[name]]
    if wrong is Trouble.WHERE and known["where"]:
        return [about_meeting.IT_IS_AT]
    return [about_meeting.COME]
