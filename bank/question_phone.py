"""Question phones: a colleague answers a question from a phone of their own.

They text ANSWER and get a code, which holds once and for ten minutes; whatever they write after the code is the answer.
A code comes only when it is asked for, since an answer is rarely written within ten minutes of the question.

The sender of an SMS can be forged: so the code goes to the phone on record and to no other, is drawn by `secrets` (22
bits), is kept as a keyed hash, and after five wrong ones within the hour none is taken; as many are sent in an hour.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from bank import answers
from bank.answers import CannotAnswer
from bank.colleague import known
from bank.question_rota import rendered, spoken_day, with_words
from bank.visit import Visit
from flows import for_colleagues
from flows.engine import Saying
from language.wording import SOURCE_LANGUAGE, Words, own
from storage import attempts, oneself, question_list, question_phones, questions, staff
from storage.messages_in import Disposition
from storage.question_list import Seer
from storage.schema import Record

# A letter and a figure by turns, none that looks like another: no word and no postcode begins so.
_LETTERS, _FIGURES = "ABCDEFGHJKMNPQRTUVWXYZ", "23456789"
CODE_HOLDS = timedelta(minutes=10)
_AN_HOUR, MOST_AN_HOUR = timedelta(hours=1), 5
_MOST = 50
_ASKS_FOR_CODE = re.compile(r"\s*answer\s*[.!]?\s*", re.IGNORECASE)
_CODED = re.compile(rf"\s*((?:[{_LETTERS}][{_FIGURES}]){{3}})\b[\s.:,-]*(.*)", re.IGNORECASE | re.DOTALL)


def take(visit: Visit) -> bool:
    """A colleague's own phone asks for a code, or answers with one. Any other phone, or text, is not for us here."""
    asks, coded = _ASKS_FOR_CODE.fullmatch(visit.text), _CODED.fullmatch(visit.text)
    phone = _whose(visit) if asks or coded else None
    if phone is None or visit.mute or visit.unsafe:
        return False
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": "answer"}
    if coded is None:
        _send_code(visit, phone)
    else:
        _answer(visit, phone, coded[1].upper(), coded[2].strip())
    return True


def _whose(visit: Visit) -> Record | None:
    here = visit.incoming
    if here is None:
        return None
    theirs = (here.channel, here.address)
    return next(
        (one for one in question_phones.everyone(visit.tx) if (one.alert_channel, one.alert_address) == theirs), None
    )


def _send_code(visit: Visit, phone: Record) -> None:
    key = f"answer codes: {phone.token}"
    if attempts.count(visit.tx, key, visit.now - _AN_HOUR) >= MOST_AN_HOUR:
        return
    attempts.note(visit.tx, [key], visit.now)
    question = _next(visit, phone)
    if question is None:
        _tell(visit, "none", for_colleagues.NONE_WAITS)
        return
    code = "".join(secrets.choice(_LETTERS) + secrets.choice(_FIGURES) for _ in range(3))
    holds = {"code": code, "question_id": question.id, "code_until": visit.now + CODE_HOLDS}
    question_phones.change(visit.tx, phone.id, holds)
    values = {"code": code, "due": spoken_day(question.due_at, visit.organisation)}
    text = with_words(rendered(visit.organisation, for_colleagues.CODE, values), question, phone, visit.organisation)
    _say(visit, "code", text)


def _next(visit: Visit, phone: Record) -> Record | None:
    """What they have to answer first, of what may be answered from a phone: they read our own language."""
    seer = Seer(phone.id, oneself.of(visit.tx, phone), is_lead=False)
    for one in questions.of_owner(visit.tx, phone.id, _MOST):
        seen = question_list.find(visit.tx, one.token, seer)
        if seen is not None and answers.language_of(seen) == SOURCE_LANGUAGE:
            return seen
    return None


def _answer(visit: Visit, phone: Record, code: str, words: str) -> None:
    """The code is spent by this, whatever becomes of the answer."""
    key = f"answers: {phone.token}"
    if attempts.count(visit.tx, key, visit.now - _AN_HOUR) >= MOST_AN_HOUR:
        return
    held = question_phones.has_code(visit.tx, phone.id, code)
    if held is None or held.code_until <= visit.now or not words:
        attempts.note(visit.tx, [key], visit.now)
        _tell(visit, "not_right", for_colleagues.CODE_NOT_RIGHT)
        return
    question_phones.forget_code(visit.tx, phone.id)
    attempts.forgive(visit.tx, [key])
    _send(visit, phone, held.question_id, words)


def _send(visit: Visit, phone: Record, question_id: int, words: str) -> None:
    who = known(visit.tx, staff.get(visit.tx, phone.id))
    said = {SOURCE_LANGUAGE: words}
    try:
        question = answers.open_one(visit.tx, who, questions.get(visit.tx, question_id).token)
        answers.answer(visit.tx, who, [question], said, visit.now, visit.organisation, by="phone")
    except CannotAnswer:
        _tell(visit, "not_sent", for_colleagues.NOT_SENT)
    else:
        _tell(visit, "sent", for_colleagues.SENT)


def _tell(visit: Visit, name: str, words: Words) -> None:
    _say(visit, name, rendered(visit.organisation, words, {}))


def _say(visit: Visit, name: str, text: str) -> None:
    visit.say(Saying(f"colleague.{name}", (own(text),)))
