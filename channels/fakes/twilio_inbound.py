"""What Twilio posts when somebody writes (Twilio docs, "Twilio's request to your incoming message webhook URL")."""

from __future__ import annotations

from collections.abc import Mapping

from channels.fakes.segments import segments
from channels.fakes.twilio_message import API

_PLACES = ("City", "State", "Zip")


def inbound(sid: str, account_sid: str, from_: str, to: str, text: str, extra: Mapping[str, str]) -> dict[str, str]:
    """The parameters of one message; `extra` adds to them or takes their place."""
    parameters = {
        "ToCountry": "GB",
        "FromCountry": "GB",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "SmsSid": sid,
        "SmsStatus": "received",
        "Body": text,
        "To": to,
        "NumSegments": "1" if from_.startswith("whatsapp:") else str(segments(text)),
        "MessageSid": sid,
        "AccountSid": account_sid,
        "From": from_,
        "ApiVersion": API,
    }
    if from_.startswith("whatsapp:"):
        del parameters["ToCountry"], parameters["FromCountry"]
        parameters |= _whatsapp(from_.removeprefix("whatsapp:"))
    else:
        parameters |= {f"{end}{place}": "" for end in ("From", "To") for place in _PLACES}
    return {**parameters, **extra}


def _whatsapp(who: str) -> Mapping[str, str]:
    """A number is shared as WaId; a business-scoped id takes the number's place everywhere."""
    if who.startswith("+"):
        return {"WaId": who[1:], "ProfileName": "Asha"}
    return {"ExternalUserId": who, "ProfileName": "Asha"}
