"""A test of a broadcast: a colleague gets it on a phone of their own, as its people will."""

from __future__ import annotations

from datetime import datetime, timedelta

from bank import alerting, audit, broadcast_words, voice
from bank.audit import Act
from bank.broadcast_about import meeting_of, project_of
from bank.broadcast_words import Script
from bank.colleague import Colleague
from bank.handling import CannotDo
from bank.organisation import Organisation
from bank.voice import Envelope, Spoken
from channels.message import Channel
from language.wording import SOURCE_LANGUAGE
from storage import addresses, staff
from storage.outbox import Priority
from storage.schema import Record
from storage.store import Tx

WORDING = "broadcast.test"
_LASTS = timedelta(hours=1)


def test_send(
    tx: Tx,
    colleague: Colleague,
    row: Record,
    now: datetime,
    organisation: Organisation,
    language: str,
) -> int:
    """Send it to this colleague's phone, in this language, at once. Returns the row's id. Raises CannotDo."""
    own = staff.get(tx, colleague.id)
    if not own.alert_channel or not own.alert_address:
        raise CannotDo("We do not have a phone of yours. Enter one on the page of your account.")
    if not row.words.get(SOURCE_LANGUAGE):
        raise CannotDo("Write it in English first.")
    alerting.know_phones(tx, now, organisation)
    phone = addresses.find(tx, own.alert_channel, own.alert_address)
    if phone is None:
        raise CannotDo("We do not have a phone of yours. Enter one on the page of your account.")
    tag = broadcast_words.in_language(row.words, language)
    script = Script.now(row, organisation, project_of(tx, row), meeting_of(tx, row))
    worded = script.for_one(tag, colleague.name, None, sms=own.alert_channel == Channel.SMS)
    envelope = Envelope(phone.id, phone.sender, tag, priority=Priority.REPLY, last_word=True, expires=_LASTS)
    row_id = voice.queue(tx, envelope, WORDING, Spoken(worded.text, worded.options), now)
    audit.record(tx, now, Act.BROADCAST_TESTED, colleague.id, about=row.token, language=tag)
    return row_id
