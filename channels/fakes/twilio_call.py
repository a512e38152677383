"""A call to one of our numbers: Twilio asks us what to say, says it, and waits for keys (Twilio docs, TwiML for voice).

It knows the verbs that we use, and refuses all others as Twilio would a mistake.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from channels.fakes.twilio_message import API
from channels.fakes.twilio_webhook import Answer

LONGEST = 64 * 1024  # bytes of TwiML (Twilio docs, error 11750)
_MOST_DOCUMENTS = 20
_PLACES = ("City", "State", "Zip", "Country")
_ATTRIBUTES = {
    "Say": {"voice", "language", "loop"},
    "Gather": {"input", "numDigits", "timeout", "action", "method"},
    "Hangup": set[str](),
    "Reject": {"reason"},
}

Post = Callable[[str, Mapping[str, str]], Awaitable[Answer]]


class Misread(Exception):
    """Twilio would tell the caller that an application error has occurred. Says why."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One piece that a voice said."""

    text: str
    voice: str
    language: str


@dataclass(slots=True)
class Call:
    """A call as the caller lives it. `keys` are what they press, one at each wait; None: they press nothing.

    `waits` counts how often we waited for a key, `ended` is "hangup", "busy" or "fell silent", when it is over.
    """

    parameters: Mapping[str, str]
    keys: list[str | None]
    heard: list[Heard] = field(default_factory=list)
    waits: int = 0
    ended: str = ""

    def said(self, language: str = "en-GB") -> str:
        """All that was said in that language, in one."""
        return " ".join(piece.text for piece in self.heard if piece.language == language)

    async def lead(self, url: str, post: Post) -> None:
        """From the first ring to the end. Raises Misread."""
        following: tuple[str, Mapping[str, str]] | None = (url, {})
        for _ in range(_MOST_DOCUMENTS):
            if following is None:
                return
            where, pressed = following
            following = self._run(_read(await post(where, {**self.parameters, **pressed})))
        raise Misread("it goes round and round")

    def _run(self, document: Element) -> tuple[str, Mapping[str, str]] | None:
        """Where to go on with which key; None when it is over."""
        for verb in document:
            _check(verb)
            if verb.tag == "Say":
                self._hear(verb)
            elif verb.tag == "Gather":
                key = self._wait(verb)
                if key is not None:
                    return verb.attrib["action"], {"Digits": key, "FinishedOnKey": "", "msg": "Gather End"}
            else:
                self.ended = "busy" if verb.tag == "Reject" else "hangup"
                return None
        self.ended = "fell silent"
        return None

    def _hear(self, say: Element) -> None:
        text = "".join(say.itertext()).strip()
        if not text:
            raise Misread("13520: there is nothing to say")
        self.heard.append(Heard(text, say.attrib.get("voice", "man"), say.attrib.get("language", "en-US")))

    def _wait(self, gather: Element) -> str | None:
        for inner in gather:
            _check(inner, within="Gather")
            self._hear(inner)
        self.waits += 1
        return self.keys.pop(0) if self.keys else None


def ringing(sid: str, account_sid: str, from_: str, to: str) -> dict[str, str]:
    """The parameters of a call that comes in."""
    return {
        "CallSid": sid,
        "AccountSid": account_sid,
        "From": from_,
        "To": to,
        "Caller": from_,
        "Called": to,
        "CallStatus": "ringing",
        "Direction": "inbound",
        "ApiVersion": API,
        **{f"{end}{place}": "" for end in ("From", "To", "Caller", "Called") for place in _PLACES},
    }


def _read(answer: Answer) -> Element:
    if answer.status != 200:
        raise Misread(f"11200: the answer was {answer.status or 'none'}")
    if len(answer.body.encode()) > LONGEST:
        raise Misread("11750: the answer is too long")
    try:
        document = ET.fromstring(answer.body)  # noqa: S314  our own server's answer
    except ET.ParseError as error:
        raise Misread("12100: the answer is no XML") from error
    if document.tag != "Response":
        raise Misread("12200: the answer is no Response")
    return document


def _check(verb: Element, within: str = "") -> None:
    allowed = {"Say"} if within == "Gather" else set(_ATTRIBUTES)
    odd = set(verb.attrib) - _ATTRIBUTES.get(verb.tag, set())
    if verb.tag not in allowed or odd:
        raise Misread(f"12200: {verb.tag} {' '.join(sorted(odd))}".strip())
