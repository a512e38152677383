"""Calls: what Twilio says of one, and what its voice is to say and do (Twilio docs, TwiML for Programmable Voice).

TwiML is written here and never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from twilio.twiml.voice_response import Gather, VoiceResponse

from channels.message import Poison

# Amazon Polly's: Twilio's own "alice" is no longer offered, and "man" and "woman" speak neither British English nor
# Polish well (Twilio docs, Say). Without a voice here a language is not spoken; English is the one that must be.
VOICES: Mapping[str, tuple[str, str]] = {"en": ("Polly.Amy", "en-GB"), "pl": ("Polly.Ewa", "pl-PL")}
_KEY_SECONDS = 6

# What stands for a number that is not told, spelt on a telephone's keys (Twilio docs, What do these numbers mean).
_NOT_TOLD = ("ANONYMOUS", "BLOCKED", "RESTRICTED", "UNAVAILABLE", "UNKNOWN")
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_SPELT = frozenset(f"+{word.translate(_KEYS)}" for word in _NOT_TOLD)

Spoken = Iterable[tuple[str, str]]  # language and text


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody rings, or pressed a key. `number` is None where it is hidden. `last`: they were asked for the last time.

    `key` is empty where none was pressed yet.
    """

    id: str
    number: str | None
    key: str = ""
    last: bool = False


def call(parameters: Mapping[str, str], query: Mapping[str, Sequence[str]]) -> Call:
    """Raises Poison where it does not say which call it is."""
    if not parameters.get("CallSid"):
        raise Poison("no CallSid")
    return Call(parameters["CallSid"], _number(parameters), parameters.get("Digits", ""), "last" in query)


def _number(parameters: Mapping[str, str]) -> str | None:
    given = parameters.get("From", "").strip()
    told = given.startswith("+") and given[1:].isascii() and given[1:].isdecimal() and given not in _SPELT
    return given if told else None


def twiml(asks: Sequence[Spoken], end: Spoken, action: str, last_action: str) -> bytes:
    """Say each of `asks` and wait for one key, which goes to `action`; without a key, say `end` and hang up.

    The key pressed after the only one goes to `last_action`: whoever presses another key is asked once more, not for
    ever.
    """
    answer = VoiceResponse()
    for ask in asks:
        waits = Gather(
            input="dtmf",
            num_digits=1,
            timeout=_KEY_SECONDS,
            action=action if len(asks) > 1 else last_action,
            method="POST",
        )
        _say(waits, ask)
        answer.append(waits)
    _say(answer, end)
    answer.hangup()
    return bytes(answer.to_xml().encode())


def busy() -> bytes:
    """Do not take the call."""
    answer = VoiceResponse()
    answer.reject(reason="busy")
    return bytes(answer.to_xml().encode())


def _say(where: VoiceResponse | Gather, spoken: Spoken) -> None:
    for language, text in spoken:
        if language in VOICES:
            voice, locale = VOICES[language]
            where.say(text, voice=voice, language=locale)
