"""A person's own words: what they quote, react to or pass on is somebody else's."""

from __future__ import annotations

import re
from functools import lru_cache

from language.normal import both_ends, plain, safe

# How iPhones and Google Messages put a reaction into an SMS.
_VERBS = "liked|loved|disliked|laughed at|emphasi[sz]ed|questioned"
_REMOVED = "removed an? [a-z ]{1,30} from"
_REACTION = re.compile(
    rf'\s*(?:{_VERBS}|{_REMOVED}|(?:reacted )?[^\w\s"“]{{1,12}} to|reacted [^\s"“]{{1,12}} to)\s+["“](.*?)["”]?\s*\Z',
    re.IGNORECASE | re.DOTALL,
)
_REACTION_TO_PICTURE = re.compile(
    rf"\s*(?:{_VERBS}|{_REMOVED}) an? (?:image|photo|attachment|video)\s*\Z", re.IGNORECASE
)
_MAY_NOT_BE_OWN = re.compile(r'["“”„«»>]|\bfwd?\b|forwarded|\n[^\n]{0,50}(?:from|od) ?:|wrote:', re.IGNORECASE)
_FORWARDED = re.compile(
    r"(?:^|\n)[\s>*-]{0,20}(?:fwd?\s*:|[-\s]*forwarded (?:message|from|many)).*", re.IGNORECASE | re.DOTALL
)
# How mail programs begin what somebody answers: a head of From and Sent, or "On Tuesday ... wrote:".
_ANSWERED = re.compile(
    r"\n[ \t>*_-]{0,40}\n?[ \t>*]{0,9}(?:from|od) ?: ?[^\n]{1,200}\n[ \t>*]{0,9}(?:sent|date|to|wysłano|data|do) ?: .*"
    r"|\n[ \t>*]{0,9}on [^\n]{6,200} wrote:[^\S\n]*\n.*",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED_LINE = re.compile(r"^\s*>[^\n]*", re.MULTILINE)
_QUOTE = re.compile('["“„«][^"“”„«»]*["”»]')
_WHOLE_QUOTE = re.compile('\\s*["“„«]([^"“”„«»]{1,40})["”»][\\s.!]*\\Z')
_LONGEST_PLEA = 3  # words: somebody who texts "STOP" within quotes means it


def reaction(text: str) -> str | None:
    """The words that a reaction is about, "" where it is about a picture; None where it is no reaction."""
    text = safe(text[:2000])
    found = _REACTION.match(text)
    if found:
        return found[1]
    return "" if _REACTION_TO_PICTURE.match(text) else None


@lru_cache(maxsize=64)
def own(text: str) -> str:
    """The text without its quoted and forwarded parts; "" for a reaction."""
    if not _MAY_NOT_BE_OWN.search(text):
        return "" if _REACTION_TO_PICTURE.match(text) else text
    if reaction(text) is not None:
        return ""
    whole = _WHOLE_QUOTE.match(text)
    if whole and len(plain(whole[1]).split()) <= _LONGEST_PLEA:
        return whole[1]
    return _QUOTE.sub(" ", _QUOTED_LINE.sub("", _ANSWERED.sub("", _FORWARDED.sub("", both_ends(text)))))
