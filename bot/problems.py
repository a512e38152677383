"""What a provider's code for a problem means, in the sentence that its adapter has for it."""

from __future__ import annotations

from channels.telegram import problems as telegram
from channels.twilio import problems as twilio

_TWILIO = frozenset({"sms", "whatsapp"})
_TELEGRAM = {
    problem.code: problem.sentence
    for problem in (*(row.problem for row in telegram.ROWS), telegram.PACED, telegram.TOO_LONG, telegram.BAD_BUTTON)
}


def sentence(sender: str, code: str) -> str:
    """For whoever works with messages of that sender of ours; empty for a code that says nothing to them."""
    if sender in _TWILIO:
        return twilio.TABLE[code][1] if code in twilio.TABLE else ""
    return _TELEGRAM.get(code, "") if sender == "telegram" else ""
