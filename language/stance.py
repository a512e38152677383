"""Yes, no, perhaps, only "ok", or "tell me more": how a reply stands to a question.

Never decided on the first word that looks like an answer: "no problem", "can't wait" and "why not"
are phrases of their own, a yes beside a "but" is not sure, and of two opposite answers the last
is taken and doubted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from language.courtesies import Said
from language.kinds import asks
from language.normal import clauses, plain
from language.phrases import Found
from language.tables import phrases, word_set

_WHOLE = "_whole"
_ALONE = frozenset({"yes_whole", "no_whole", "ack", "nack"})  # count only where nothing else is said
_LONG_YES, _LONG_NO = 12, 16  # more words than these beside the answer, and it is doubted


@dataclass(frozen=True, slots=True)
class Stance:
    """`label` is "yes", "no", "ack", "maybe", "more" or "" for none of them."""

    label: str = ""
    sure: bool = False
    because: str = ""
    whole: bool = False  # nothing else was said


@dataclass(slots=True)
class _Heard:
    """What was found in all the clauses of a reply."""

    signs: list[tuple[str, str]] = field(default_factory=list)  # label, words
    others: list[str] = field(default_factory=list)
    doubtful: bool = False

    @property
    def decided(self) -> bool:
        return any(label in {"yes", "no"} for label, _words in self.signs)


def stance(text: str, language: str) -> Stance:
    """How the reply stands, in the person's language or English."""
    heard = _Heard()
    for part in clauses(text):
        _hear(part, language, heard)
    labels = [label for label, _words in heard.signs]
    because = ", ".join(words for _label, words in heard.signs)
    if "more" in labels:
        return Stance("more", "no" not in labels and "maybe" not in labels, because)
    if "nack" in labels:
        return Stance("no", False, because)
    decided = [label for label in labels if label in {"yes", "no"}]
    if decided:
        sure = len(set(decided)) == 1 and "maybe" not in labels and not _doubted(decided[0], text, heard, language)
        return Stance(decided[-1], sure, because, sure and not heard.others)
    for label in ("maybe", "ack"):
        if label in labels:
            return Stance(label, label == "maybe", because, not heard.others)
    return Stance()


def _hear(part: Said, language: str, heard: _Heard) -> None:
    """Note a clause's signs, the words that are neither sign nor courtesy, and what makes it doubtful."""
    table = phrases(language, "signs")
    found: list[Found] = []
    others: list[str] = []
    start = 0
    while start < len(part):
        sign = table.at(part, start)
        if sign is None:
            if not _adds_nothing(part[start], _begun(found, others), language):
                others.append(part[start])
            elif heard.decided and part[start] in word_set(language, "reply", "doubt"):
                heard.doubtful = True
        elif _counts_here(sign, others):
            found.append(sign)
            heard.doubtful |= sign.end < len(part) and part[sign.end] in word_set(language, "reply", "wonders")
        elif sign.label in {"yes", "no"}:
            heard.doubtful = True
        start = sign.end if sign else start + 1
    _settle(part, found, others, heard)


def _settle(part: Said, found: list[Found], others: list[str], heard: _Heard) -> None:
    """Keep the signs of a clause that hold in view of all its words."""
    for sign in found:
        if sign.label == "doubtful":
            heard.doubtful = True
        if sign.label != "neutral" and not (others and sign.label in _ALONE):
            _note(sign, part, len(found) > 1, heard)
        elif sign.label in {"no_whole", "nack"}:
            heard.doubtful = True
    heard.others += others


def _note(sign: Found, part: Said, beside_others: bool, heard: _Heard) -> None:
    label = sign.label.removesuffix(_WHOLE)
    if label == "doubtful":
        if beside_others:
            return
        label = "no"
    heard.signs.append((label, " ".join(part[sign.start : sign.end])))


def _counts_here(sign: Found, others: list[str]) -> bool:
    """A yes or a no counts at the beginning of its clause; "there is no bus" is neither."""
    return sign.label in {"maybe", "neutral"} or not others or (sign.label == "more" and sign.end - sign.start > 1)


def _begun(found: list[Found], others: list[str]) -> bool:
    return bool(others) or any(sign.label != "neutral" for sign in found)


def _adds_nothing(word: str, later: bool, language: str) -> bool:
    if word in word_set(language, "fillers", "after") or word in word_set(language, "fillers", "laughter"):
        return True
    return not later and word in word_set(language, "reply", "lead")


def _doubted(label: str, text: str, heard: _Heard, language: str) -> bool:
    doubts = word_set(language, "reply", "doubt" if label == "yes" else "doubt_no")
    if heard.doubtful or not doubts.isdisjoint(heard.others):
        return True
    if len(heard.others) > (_LONG_YES if label == "yes" else _LONG_NO):
        return True
    if label == "yes":
        return not heard.others and "?" in plain(text)
    return asks(text, language)
