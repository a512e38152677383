"""What a provider's code for a problem means, in the sentence that its adapter has for it."""

from __future__ import annotations

from collections.abc import Mapping

from channels.telegram import problems as telegram
from channels.twilio import problems as twilio

_TWILIO = {code: sentence for code, (_concern, sentence) in twilio.TABLE.items()}
_TELEGRAM = {
    problem.code: problem.sentence
    for problem in (*(row.problem for row in telegram.ROWS), telegram.PACED, telegram.TOO_LONG, telegram.BAD_BUTTON)
}
_OF: Mapping[str, Mapping[str, str]] = {
    "sms": _TWILIO,
    "whatsapp": _TWILIO,
    "telegram": _TELEGRAM,
}


def sentence(sender: str, code: str) -> str:
    """For whoever works with messages of that sender of ours; empty for a code that says nothing to them."""
    return _OF.get(sender, {}).get(code, "")
