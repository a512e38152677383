"""Alerting: who is told on their own phone that somebody may be in danger, again and again until somebody takes it.

An alert carries no name and no words of anybody's.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from bank import audit, hold, new_address, on_call, voice
from bank.audit import Act
from bank.organisation import Organisation
from bank.voice import Envelope, Spoken
from channels.message import Channel
from storage import addresses, alerts, concerns, conversations, reach, staff
from storage.outbox import Priority
from storage.schema import Record
from storage.store import Tx

EVERY = timedelta(minutes=15)
# OWASP ASVS 5, 6.5: a code by another way has 20 bits at least, and holds once, for 10 minutes at most.
CODE_LASTS = timedelta(minutes=10)
_DIGITS = 7
# Nobody at all could be told: somebody may have put that right meanwhile.
_LOOK_AGAIN = timedelta(minutes=1)
_A_MOMENT = timedelta(microseconds=1)
_TO_HAND = "No lead can be alerted. Please open {where}/safeguarding/hand and hand it to somebody."
_ENGLISH = "en"
_STAFF, _OUT_OF_HOURS = "staff", "out_of_hours"


def climb(tx: Tx, now: datetime, organisation: Organisation, concern_id: int) -> int:
    """Alert whoever is next about this concern, if it is time. Returns how many were alerted.

    Who has no phone on record is passed over at once. Once round, it begins anew after the usual wait.
    """
    concern = concerns.get(tx, concern_id)
    if concern.alert_at is None or concern.alert_at > now:
        return 0
    told = alerts.about(tx, concern_id)
    steps = on_call.ladder(tx, concern, now, organisation)
    if not on_call.reaches(tx, steps):
        return _tell_administrators(tx, concern, steps, told, now, organisation)
    left = _left(steps, told, concern.round_at)
    if not left and told and now < told[-1].at + EVERY:  # the last one failed at once: the next round waits its turn
        concerns.change(tx, concern_id, {"alert_at": told[-1].at + EVERY})
        return 0
    if not left:
        concern = concerns.change(tx, concern_id, {"round_at": now})
        left = on_call.ladder(tx, concern, now, organisation)
    concerns.change(tx, concern_id, {"alert_at": now + EVERY})
    return _alert(tx, concern, left, len(told), now, organisation)


def _left(steps: list[Record | None], told: list[Record], since: datetime) -> list[Record | None]:
    """Who was not alerted yet in this round."""
    done = {one.staff_id for one in told if one.at >= since}
    return [step for step in steps if (step.id if step else None) not in done]


def _tell_administrators(
    tx: Tx, concern: Record, steps: list[Record | None], told: list[Record], now: datetime, organisation: Organisation
) -> int:
    """Nobody may be told who could read it: all who keep the team are at once, so that they find somebody who may.

    Where none of them has a phone either, only Today tells of it, and we look again soon.
    """
    everyone = on_call.administrators(tx, concern)
    ids = {one.id for one in everyone}
    last = max((one.at for one in told if one.staff_id in ids), default=None)
    if last is not None and now < last + EVERY:
        concerns.change(tx, concern.id, {"alert_at": last + EVERY})
        return 0
    # Whoever is passed over now is not done with: the next round begins after this.
    again = {"alert_at": now + (EVERY if everyone else _LOOK_AGAIN), "round_at": now + _A_MOMENT}
    concerns.change(tx, concern.id, again)
    known = {one.staff_id for one in told}
    passed_over = [step for step in steps if step is not None and step.id not in known | ids]
    of = len(told) + len(passed_over) + len(everyone)
    for number, step in enumerate([*passed_over, *everyone], len(told) + 1):
        words = _TO_HAND.format(where=organisation.public_url) if step.id in ids else None
        _tell(tx, concern, step, number, of, words, now, organisation)
        if step.id in ids:
            about = {"person_id": concern.person_id, "about": concern.token}
            audit.record(tx, now, Act.CONCERN_ALERTED, step.id, **about, number=number)
    return len(passed_over) + len(everyone)


def _alert(
    tx: Tx, concern: Record, left: list[Record | None], before: int, now: datetime, organisation: Organisation
) -> int:
    """Down the ladder until somebody has a phone. Each is a row, reached or not."""
    ours = f"Please open {organisation.public_url}/safeguarding and take it."
    theirs = f"Nobody at {organisation.council} has taken it yet. Please do what we agreed."
    for number, step in enumerate(left, before + 1):
        if _tell(tx, concern, step, number, before + len(left), ours if step else theirs, now, organisation):
            return number - before
    return len(left)


def _tell(
    tx: Tx,
    concern: Record,
    step: Record | None,
    number: int,
    of: int,
    words: str | None,
    now: datetime,
    organisation: Organisation,
) -> bool:
    """Text them, and keep that we did or could not; no `words`: their phone does not work. False: nothing was sent."""
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    phone = _phone_of(tx, step, now, organisation) if words else None
    message_id = _send(tx, phone, _text(words or "", number, of, code), now) if phone else None
    alerts.add(
        tx,
        concern_id=concern.id,
        number=number,
        staff_id=step.id if step else None,
        message_id=message_id,
        at=now,
        code=code if message_id else None,
        code_until=now + CODE_LASTS,
    )
    return message_id is not None


def _text(words: str, number: int, of: int, code: str) -> str:
    return (
        f"Heard: somebody may be in danger. {words} {_nth(number)} of {of} alerts. "
        f"Or reply TAKEN {code} in the next 10 minutes."
    )


def _nth(number: int) -> str:
    last = number % 10 if number % 100 not in {11, 12, 13} else 0
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _send(tx: Tx, phone: Record, text: str, now: datetime) -> int:
    """At any hour, and though that phone had our texts stopped: it is a colleague's."""
    return say(tx, phone, f"{hold.ALERT}danger", text, now)


def say(tx: Tx, phone: Record, wording: str, text: str, now: datetime, answers_id: int | None = None) -> int:
    """Text a phone of our own. Returns the row's id."""
    envelope = Envelope(
        phone.id,
        phone.sender,
        _ENGLISH,
        answers_id=answers_id,
        priority=Priority.REPLY,
        last_word=True,
        expires=EVERY,
    )
    return voice.queue(tx, envelope, wording, Spoken(text), now)


def was_lost(tx: Tx, row: Record, now: datetime) -> None:
    """An alert did not get through: the next one is due at once, if it was the last and nobody has taken it."""
    alert = alerts.by_message(tx, row.id)
    if alert is None:
        return
    concern = concerns.get(tx, alert.concern_id)
    newest = alerts.about(tx, concern.id)[-1]
    if concern.alert_at is not None and newest.id == alert.id:
        concerns.change(tx, concern.id, {"alert_at": now})


def _phone_of(tx: Tx, step: Record | None, now: datetime, organisation: Organisation) -> Record | None:
    """Their own phone as an address of ours; None where they have none on record."""
    if step is None:
        return _phone(tx, Channel.SMS, organisation.out_of_hours, _OUT_OF_HOURS, now, organisation)
    if not step.alert_channel or not step.alert_address:
        return None
    return _phone(tx, step.alert_channel, step.alert_address, _STAFF, now, organisation)


def _phone(tx: Tx, channel: str, number: str, whose: str, now: datetime, organisation: Organisation) -> Record:
    """The address, marked as ours, so that what comes from there begins no conversation."""
    sender = organisation.texts_from if channel == Channel.SMS else channel
    found = addresses.find(tx, channel, number) or new_address.add(tx, channel, sender, number, now)
    if found.ours != whose or found.address is None:
        addresses.change(tx, found.id, {"ours": whose, "address": number, "erase_at": None})
        if not reach.people_at(tx, found.id):
            conversations.end_all(tx, found.id, "ours")
        found = addresses.get(tx, found.id)
    return found


def know_phones(tx: Tx, now: datetime, organisation: Organisation) -> int:
    """Mark the phones of our own that we do not know yet. Returns how many."""
    unknown = _unknown(tx, organisation)
    for channel, number, whose in unknown:
        _phone(tx, channel, number, whose, now, organisation)
    return len(unknown)


def has_unknown_phones(tx: Tx, _now: datetime, organisation: Organisation) -> bool:
    """Whether there is a phone of our own that we do not know yet."""
    return bool(_unknown(tx, organisation))


def _unknown(tx: Tx, organisation: Organisation) -> list[tuple[str, str, str]]:
    known = addresses.ours(tx)
    return [(*phone, whose) for phone, whose in ours(tx, organisation).items() if phone not in known]


def ours(tx: Tx, organisation: Organisation) -> dict[tuple[str, str], str]:
    """The phones of our own, channel and number, with whose each is."""
    phones = {(row.alert_channel, row.alert_address): _STAFF for row in staff.active(tx) if row.alert_address}
    service = {(Channel.SMS.value, organisation.out_of_hours): _OUT_OF_HOURS} if organisation.out_of_hours else {}
    return phones | service


def is_ours(tx: Tx, channel: str, number: str | None, organisation: Organisation) -> bool:
    """Whether it is still the phone of somebody of the team, or the out-of-hours service's."""
    if channel == Channel.SMS and number and number == organisation.out_of_hours:
        return True
    return any((row.alert_channel, row.alert_address) == (channel, number) for row in staff.active(tx))
