"""The rota of questions: whose each is, and who is texted about it.

An owner may have a text about each of theirs on a phone of their own. It never has a name in it, and the words that
were asked only where they want that.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bank import audit, voice
from bank.audit import Act
from bank.colleague import Colleague, known
from bank.organisation import Organisation
from bank.voice import Envelope, Spoken
from flows import for_colleagues
from language.dates import day
from language.wording import SOURCE_LANGUAGE, Words
from storage import addresses, marks, oneself, question_list, question_phones, staff
from storage.addresses import AddressState
from storage.outbox import Priority
from storage.question_list import Seer
from storage.schema import Record
from storage.staff import Role, StaffState
from storage.store import Tx

# Who answers, and so whose a question can be.
ANSWERING = (Role.COORDINATOR, Role.APPROVER, Role.CO_CHAIR, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)
_OWNER = "questions_owner"
_LASTS = timedelta(days=2)
_MOST_WORDS = 300


class Texts(StrEnum):
    """What somebody of the team is texted about their questions."""

    NONE = "none"
    NO_WORDS = "no_words"
    WORDS = "words"


def may_own(tx: Tx, staff_id: int | None, address_id: int | None = None, person_id: int | None = None) -> bool:
    """Whether they are on the team, answer questions, and are none of those who may have asked one from there."""
    row = staff.get(tx, staff_id) if staff_id is not None else None
    if row is None or row.state != StaffState.ACTIVE:
        return False
    who = known(tx, row)
    own = address_id in who.oneself.address_ids or person_id in who.oneself.person_ids
    return not own and who.may(*ANSWERING)


def owner_for(tx: Tx, assigned_to: int | None, address_id: int, person_id: int | None) -> int | None:
    """Who looks after the thread, else who has the team's questions, else nobody: then it is everybody's."""
    if may_own(tx, assigned_to, address_id, person_id):
        return assigned_to
    usual = default_owner(tx)
    return usual if may_own(tx, usual, address_id, person_id) else None


def default_owner(tx: Tx) -> int | None:
    """Who of the team has the questions of threads that nobody looks after."""
    kept = marks.get(tx, _OWNER)
    row = staff.by_token(tx, kept) if kept else None
    return None if row is None else int(row.id)


def set_default_owner(tx: Tx, by: Colleague, token: str, now: datetime) -> None:
    """`token` is theirs; empty: nobody."""
    audit.record(tx, now, Act.SETTING_CHANGED, by.id, questions_owner=[marks.get(tx, _OWNER) or "", token])
    marks.put(tx, _OWNER, token)


def able(tx: Tx, address_id: int | None = None, person_id: int | None = None) -> list[Record]:
    """Colleagues whose a question may be: one from this address, or this person's, where it is named."""
    return [one for one in staff.active(tx) if may_own(tx, one.id, address_id, person_id)]


def phone_of(tx: Tx, colleague: Colleague) -> tuple[Texts, Record | None]:
    """What they are texted, and the phone of their own that we know of, if it can be texted."""
    row, kept = staff.get(tx, colleague.id), question_phones.of(tx, colleague.id)
    texts = Texts.NONE if kept is None else Texts.WORDS if kept.words else Texts.NO_WORDS
    return texts, _address(tx, row)


def set_phone(tx: Tx, colleague: Colleague, texts: Texts, now: datetime) -> None:
    """From now on they are texted so about their questions."""
    before = phone_of(tx, colleague)[0]
    if texts is Texts.NONE:
        question_phones.drop(tx, colleague.id)
    else:
        question_phones.put(tx, colleague.id, words=texts is Texts.WORDS)
    audit.record(tx, now, Act.STAFF_CHANGED, colleague.id, about=colleague.token, question_texts=[before, texts])


def tell_owner(tx: Tx, question: Record, now: datetime, organisation: Organisation) -> bool:
    """Text its owner that a question waits, where they want that. Whether a text was queued."""
    phone = question_phones.of(tx, question.owner_id) if question.owner_id is not None else None
    address = _address(tx, phone) if phone is not None else None
    if phone is None or address is None or not _may_be_told(tx, question, phone):
        return False
    values = {"due": spoken_day(question.due_at, organisation)}
    text = rendered(organisation, for_colleagues.A_QUESTION, values)
    text = with_words(text, question, phone, organisation)
    envelope = Envelope(address.id, address.sender, SOURCE_LANGUAGE, priority=Priority.INVITATION, expires=_LASTS)
    voice.queue(tx, envelope, "colleague.question", Spoken(text), now)
    return True


def _address(tx: Tx, phone: Record) -> Record | None:
    """Their own phone, once it has been in touch with us, and as long as it is open."""
    if not phone.alert_address or not phone.alert_channel:
        return None
    found = addresses.find(tx, phone.alert_channel, phone.alert_address)
    return found if found is not None and found.state == AddressState.OPEN and found.address is not None else None


def _may_be_told(tx: Tx, question: Record, phone: Record) -> bool:
    """Of what is held for danger nothing goes to a phone, and nothing of what they asked themselves."""
    return question_list.find(tx, question.token, Seer(phone.id, oneself.of(tx, phone), is_lead=False)) is not None


def with_words(text: str, question: Record, phone: Record, organisation: Organisation) -> str:
    """The text and, where this phone is to have them, the words that were asked."""
    if not phone.words or not question.words:
        return text
    asked = question.words.strip()
    shown = asked if len(asked) <= _MOST_WORDS else f"{asked[:_MOST_WORDS]}..."
    return f"{text}\n{rendered(organisation, for_colleagues.THEIR_WORDS, {})} {shown}"


def spoken_day(at: datetime, organisation: Organisation) -> str:
    return day(at.astimezone(organisation.zone).date(), SOURCE_LANGUAGE)


def rendered(organisation: Organisation, words: Words, values: dict[str, str]) -> str:
    """What a colleague reads."""
    return organisation.catalogs.render(words, SOURCE_LANGUAGE, values)
