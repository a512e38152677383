"""Our own phones: what a colleague, or the out-of-hours service, texts from where alerts go. It begins no conversation.

TAKEN and the code of an alert take the concern. The code holds once, for ten minutes, and not after five wrong ones.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from bank import alerting, concerns, danger, desk, hold, open_question, question_phone
from bank.colleague import known
from bank.organisation import Organisation
from bank.visit import Visit
from language import understand
from storage import addresses, alerts, reach, staff, supporters
from storage import concerns as stored
from storage.messages_in import Disposition
from storage.store import Tx

_TAKEN = re.compile(r"\s*taken\W*(\d{7})\W*", re.IGNORECASE)
_MOST_TRIES = 5


def take(visit: Visit) -> bool:
    """What comes from a phone of our own. False where it is none, or where the colleague is in the bank as well."""
    if visit.address.ours is None:
        return False
    if (coded := _TAKEN.fullmatch(visit.text)) is not None:
        _take_concern(visit, coded[1])
        return True
    if visit.everyone or visit.held:
        return False
    if not alerting.is_ours(visit.tx, visit.address.channel, visit.address.address, visit.organisation):
        let_go(visit.tx, visit.now, visit.organisation, visit.address.id)
        return False
    if not question_phone.take(visit):
        _keep(visit)
    return True


def to_let_go(tx: Tx, _now: datetime, organisation: Organisation, limit: int) -> list[int]:
    """Ids of the phones that are nobody's of ours any more: changed, or of somebody who left."""
    ours = alerting.ours(tx, organisation)
    return [address_id for phone, address_id in addresses.ours(tx).items() if phone not in ours][:limit]


def let_go(tx: Tx, now: datetime, organisation: Organisation, address_id: int) -> int:
    """It is anybody's phone from now on: where it reaches nobody, and nobody helps from there, it is erased in time."""
    changed: dict[str, Any] = {"ours": None}
    if not reach.people_at(tx, address_id) and not supporters.is_needed(tx, address_id):
        changed["erase_at"] = now + timedelta(days=organisation.days_unfinished)
    addresses.change(tx, address_id, changed)
    return 1


def _keep(visit: Visit) -> None:
    """A person reads it, and it is met with silence, unless it sounds like danger."""
    question = open_question.of(visit)
    because = understand.danger_in(question, visit.text, visit.language)
    if because is None and visit.text.strip():
        because = understand.cry_beside(visit.text, visit.language)
    if because is not None:
        danger.take(visit, because)
    else:
        desk.keep(visit)


def _take_concern(visit: Visit, code: str) -> None:
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": "taken"}
    sent = [row.id for row in alerts.sent_to(visit.tx, visit.address.id, visit.now)]
    alert = alerts.with_code(visit.tx, sent, code)
    page = f"{visit.organisation.public_url}/safeguarding"
    if alert is None:
        alerts.count_try(visit.tx, sent, _MOST_TRIES)
        _say(visit, "not_taken", f"Heard: that code does not work, or it is too late for it. Please open {page}")
        return
    concern = stored.get(visit.tx, alert.concern_id)
    if alert.staff_id is not None and not known(visit.tx, staff.get(visit.tx, alert.staff_id)).is_lead:
        concerns.note_known(visit.tx, concern, alert.staff_id, visit.now)
        _say(visit, "known", f"Heard: thank you. Please open {page}/hand and hand it to a lead, who may read it.")
        return
    concerns.take(visit.tx, concern, alert.staff_id, visit.now, how="text")
    after = f"Please open {page}" if alert.staff_id else "Nobody else is texted about it now."
    _say(visit, "taken", f"Heard: thank you, it is yours. {after}")


def _say(visit: Visit, name: str, text: str) -> None:
    if not visit.unsafe:
        answers_id = visit.message_id
        alerting.say(visit.tx, visit.address, f"{hold.ALERT}{name}", text, visit.now, answers_id)
