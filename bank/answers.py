"""Answers: what a person of ours does about a question, and what the one who asked is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bank import audit, by_when, reachable, replying, rota
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.question_rota import may_own, tell_owner
from bank.questions import missed, seer
from bank.replying import CannotWrite
from bank.tokens import token
from channels.message import Message
from flows import everywhere
from language.dates import day
from language.likeness import LIKELY, alike
from language.normal import safe
from language.wording import Words, base, own
from storage import addresses, question_list, questions, staff, tasks
from storage.questions import TO_DO, QuestionState
from storage.schema import Record
from storage.store import Tx
from storage.tasks import TaskKind

LONGEST = 1_200
_MOST_COMPARED, MOST_SHOWN = 1_000, 50
NOT_IN_THEIR_LANGUAGE = "There is no answer in their language yet."


class CannotAnswer(Exception):
    """It was not done. The message says why, in plain words."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one of them would be sent: `text` in `language`, or why nothing can go."""

    question: Record
    address: Record
    language: str
    text: str
    why_not: str = ""

    @property
    def goes(self) -> bool:
        return not self.why_not


@dataclass(slots=True)
class Outcome:
    """Whose questions were answered, and whose stay open with why."""

    sent: list[Record] = field(default_factory=list)
    left: list[Draft] = field(default_factory=list)


def open_one(tx: Tx, who: Colleague, name: str) -> Record:
    """The question that the token names, where they may see it and nobody was faster. Raises CannotAnswer."""
    found = question_list.find(tx, name, seer(who))
    if found is None or found.state not in TO_DO:
        raise CannotAnswer("Somebody has answered this question already.")
    return found


def language_of(question: Record) -> str:
    """The language in which they read an answer."""
    return base(question.person_language or question.address_language or question.language)


def similar(tx: Tx, who: Colleague, question: Record) -> list[Record]:
    """Other open questions that look the same, the likest first."""
    others = question_list.others_open(tx, question.id, seer(who), _MOST_COMPARED)
    rated = [(alike(question.words or "", one.words or ""), one) for one in others]
    rated.sort(key=lambda pair: -pair[0])
    return [one for likeness, one in rated if likeness >= LIKELY][:MOST_SHOWN]


def among(tx: Tx, who: Colleague, names: Sequence[str]) -> list[Record]:
    """Those of these questions that are open still and that they may see."""
    return question_list.called(tx, names[:MOST_SHOWN], seer(who)) if names else []


def drafts(
    tx: Tx,
    who: Colleague,
    chosen: Sequence[Record],
    words: Mapping[str, str],
    now: datetime,
    organisation: Organisation,
) -> list[Draft]:
    """What each of them would be sent. `words` is the answer by language."""
    return [_draft(tx, who, one, words, now, organisation) for one in chosen]


def _draft(
    tx: Tx, who: Colleague, question: Record, words: Mapping[str, str], now: datetime, organisation: Organisation
) -> Draft:
    address, language = addresses.get(tx, question.address_id), language_of(question)
    answer = safe(words.get(language, "")).strip()
    text = _in_words(organisation, address, language, everywhere.ABOUT_QUESTION, own(answer)) if answer else ""
    why_not = "" if answer else NOT_IN_THEIR_LANGUAGE
    try:
        replying.check(tx, who, address, now)
    except CannotWrite as error:
        why_not = str(error)
    return Draft(question, address, language, text, why_not)


def _in_words(
    organisation: Organisation, address: Record, language: str, *texts: Words, values: Mapping[str, str] | None = None
) -> str:
    """These texts in one, in their language, or in its easier twin where they asked for that."""
    tongue = (organisation.catalogs.simple(language) if address.plain else None) or language
    known = {"council": organisation.council, **(values or {})}
    return " ".join(organisation.catalogs.render(text, tongue, known) for text in texts)


def as_message(draft: Draft) -> Message:
    """As it would go, to be shown."""
    return replying.draft(draft.address, draft.text, draft.language)


def answer(
    tx: Tx,
    who: Colleague,
    chosen: Sequence[Record],
    words: Mapping[str, str],
    now: datetime,
    organisation: Organisation,
    *,
    by: str = "console",
) -> Outcome:
    """Answer these questions, each in the language of who asked; those that cannot be stay open.

    Raises CannotAnswer where the first of them cannot be.
    """
    outcome = Outcome()
    sent: dict[int, int] = {}
    for draft in drafts(tx, who, chosen, words, now, organisation):
        if not draft.goes:
            outcome.left.append(draft)
            if draft.question.id == chosen[0].id:
                raise CannotAnswer(draft.why_not)
            continue
        row_id = sent.get(draft.address.id) or _write(tx, who, draft, now, organisation)
        sent[draft.address.id] = row_id
        _settle(tx, who, draft.question, now, by, answer_id=row_id)
        outcome.sent.append(draft.question)
    return outcome


def _write(tx: Tx, who: Colleague, draft: Draft, now: datetime, organisation: Organisation) -> int:
    try:
        return replying.write(tx, who, draft.address, draft.text, now, organisation, wording="staff.answer")
    except CannotWrite as error:
        raise CannotAnswer(str(error)) from error


def _settle(tx: Tx, who: Colleague, question: Record, now: datetime, by: str, **values: int) -> None:
    done = {"state": QuestionState.ANSWERED, "answered_by": who.id, "answered_at": now, "lost": False, "back_at": None}
    questions.change(tx, question.id, {**done, **values})
    _record(tx, now, Act.QUESTION_ANSWERED, who, question, state=[question.state, QuestionState.ANSWERED], by=by)


def _record(tx: Tx, now: datetime, act: Act, who: Colleague, question: Record, **details: object) -> None:
    audit.record(tx, now, act, who.id, person_id=question.person_id, about=question.token, **details)


def may_be_told_otherwise(draft: Draft, now: datetime) -> bool:
    """Whether a call or a letter is a way to who cannot be texted; not where any sign of us could do harm."""
    harms = reachable.is_unsafe(draft.address, now) or draft.address.spam is not None
    return not draft.goes and draft.why_not != NOT_IN_THEIR_LANGUAGE and not harms


def hand_over(
    tx: Tx, who: Colleague, question: Record, words: str, kind: TaskKind, now: datetime, organisation: Organisation
) -> None:
    """They cannot be texted: the answer becomes a call or a letter, due the next working day."""
    task_id = tasks.add(
        tx,
        token=token(),
        kind=kind,
        address_id=question.address_id,
        person_id=question.person_id,
        message_id=question.message_id,
        words=f"They asked: {question.words or ''}\nThe answer: {safe(words).strip()}",
        opened_at=now,
        due_at=rota.working_days_after(now.astimezone(organisation.zone).date(), 1, organisation),
    )
    _settle(tx, who, question, now, kind.value, task_id=task_id)


def why_not_then(until: date | None, now: datetime, organisation: Organisation) -> str | None:
    """What is wrong with a day on which we want to know the answer; None where nothing is."""
    wrong = by_when.why_not_then(until, now, organisation)
    if wrong is not None or until is None:
        return wrong
    if until == now.astimezone(organisation.zone).date():
        return "The date must be in the future"
    if not rota.is_working_day(until, organisation.hours):
        return "The date must be a day on which your team works, and no bank holiday"
    return None


def put_off(tx: Tx, who: Colleague, question: Record, until: date, now: datetime, organisation: Organisation) -> str:
    """We don't know yet: they are told by when, and the question comes back on that day.

    Returns why they could not be told, empty where they are. `until` is one that `why_not_then` allows.
    """
    closing = datetime.combine(until, organisation.hours.closes, organisation.zone)
    opening = datetime.combine(until, organisation.hours.opens, organisation.zone)
    why_not = _tell_the_day(tx, who, question, until, now, organisation)
    values = {
        "state": QuestionState.OPEN,
        "due_at": closing,
        "back_at": opening,
        "climbed_at": None,
        "promised_until": question.promised_until if why_not else closing,
        "missed": missed(question, now),
    }
    questions.change(tx, question.id, values)
    due = [question.due_at.isoformat(), closing.isoformat()]
    _record(tx, now, Act.QUESTION_CHANGED, who, question, due=due, told=not why_not)
    return why_not


def _tell_the_day(
    tx: Tx, who: Colleague, question: Record, until: date, now: datetime, organisation: Organisation
) -> str:
    address, language = addresses.get(tx, question.address_id), language_of(question)
    values = {"answer_by": day(until, language)}
    text = _in_words(organisation, address, language, everywhere.NOT_KNOWN_YET, values=values)
    try:
        replying.write(tx, who, address, text, now, organisation, wording="staff.not_known_yet")
    except CannotWrite as error:
        return str(error)
    return ""


def close(tx: Tx, who: Colleague, question: Record, why: str, now: datetime) -> None:
    """It needs no answer, and this is why."""
    values = {"answered_by": who.id, "answered_at": now, "back_at": None, "why_closed": why}
    questions.change(tx, question.id, {"state": QuestionState.CLOSED, **values})
    _record(tx, now, Act.QUESTION_CHANGED, who, question, state=[question.state, QuestionState.CLOSED])


def was_right(tx: Tx, who: Colleague, question: Record, now: datetime) -> None:
    """Somebody has read a question that was answered automatically, and the answer was right."""
    _settle(tx, who, question, now, "automatic")


def give(tx: Tx, who: Colleague, question: Record, name: str, now: datetime, organisation: Organisation) -> None:
    """Have it be this colleague's from now on; an empty token: nobody's. Raises CannotAnswer."""
    owner = staff.by_token(tx, name) if name else None
    if name and (owner is None or not may_own(tx, owner.id, question.address_id, question.person_id)):
        raise CannotAnswer("Choose somebody of your team who may answer this question")
    before = staff.get(tx, question.owner_id) if question.owner_id is not None else None
    if (owner.id if owner else None) == question.owner_id:
        return
    row = questions.changed(tx, question.id, {"owner_id": owner.id if owner else None})
    change = [before.token if before else None, owner.token if owner else None]
    _record(tx, now, Act.QUESTION_CHANGED, who, question, owner=change)
    if owner is not None and owner.id != who.id:
        tell_owner(tx, row, now, organisation)
