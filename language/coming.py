"""Coming: what an answer to "are you coming?" says besides yes, no or maybe: late, online instead, when they will know.

It is looked for in the whole reply, whatever the answer is; what follows from it is for the bank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from language.day import days
from language.kinds import asks, asks_beside
from language.normal import bare, clauses, plain
from language.own import own
from language.party import company, with_helpers
from language.tables import phrases, word_set

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s*\n\s*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SIGNS = "coming.inside"
_STAYS = "stays"  # early, and a yes by itself
_NOT_NO = "not_no"
_NOT = "not_"  # what looks like a sign and is none ("sorry for the late reply")


@dataclass(frozen=True, slots=True)
class Coming:
    """`way` is "online", "in_person" or "" where they did not say. `cover`: they come if somebody is with the person
    they look after. `know_on` is the day by which they will know. `guests` is None where they did not say who comes
    along; `assistants` come to help the one who writes, and are no guests.
    """

    late: bool = False
    early: bool = False
    way: str = ""
    cover: bool = False
    know_on: date | None = None
    guests: int | None = None
    assistants: int = 0


def coming(text: str, language: str, today: date) -> Coming:
    """What a reply says besides its answer, `today` where they are."""
    theirs = own(text)
    signs = _signs(theirs, language)
    along = with_helpers(company(theirs, language), theirs, language)
    ways = [way for way in ("online", "in_person") if way in signs]
    return Coming(
        late="late" in signs,
        early=bool({"early", _STAYS} & signs),
        way=ways[0] if len(ways) == 1 else "",
        cover="cover" in signs,
        know_on=the_day(theirs, language, today) if "know_by" in signs else None,
        guests=along.guests if along is not None and (along.guests or not along.assistants) else None,
        assistants=along.assistants if along is not None else 0,
    )


def stays_a_while(text: str, language: str) -> bool:
    """They say for how long they stay, and so that they come: "can only stay an hour"."""
    return _STAYS in _signs(own(text), language)


def is_no_refusal(text: str, language: str) -> bool:
    """It sounds like a no and is none: "I can't make it any earlier"."""
    table = phrases(language, _SIGNS)
    return any(one.label == _NOT_NO for part in clauses(own(text)) for one in table.all(part))


def the_day(text: str, language: str, today: date) -> date | None:
    """The one day that a text names; None where it names none, or several. "Next Tuesday" may be two: the first."""
    found = {one.day if one.other is None else min(one.day, one.other) for one in days(own(text), language, today)}
    return found.pop() if len(found) == 1 else None


def asks_only_for(text: str, language: str, *signs: str) -> bool:
    """All that it asks is one of these ("late", "early", "online"..., or "company"): "can I join online?"."""
    asking = [part for part in _sentences(text) if asks_beside(part, language)]
    return bool(asking) and all(_is_only_for(part, language, frozenset(signs)) for part in asking)


def told_besides(text: str, language: str) -> str:
    """What it tells beside its answer: "wheelchair" of "yes but wheelchair". What it asks is left out."""
    told = (_beyond_the_answer(part, language) for part in _sentences(text) if not asks(part, language))
    return " ".join(part for part in told if part)


def _beyond_the_answer(text: str, language: str) -> str:
    spans = [one.span() for one in _WORD.finditer(text)]
    said = tuple(bare(plain(text[start:end])) for start, end in spans)
    answer = phrases(language, "signs").at(said, 0)
    first = answer.end if answer is not None else 0
    while answer is not None and first < len(said) and said[first] in word_set(language, "coming", "joins"):
        first += 1
    return text[spans[first][0] :].strip() if first < len(spans) else ""


def _is_only_for(part: str, language: str, signs: frozenset[str]) -> bool:
    return bool(_signs(part, language) & signs) or ("company" in signs and company(part, language) is not None)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(own(text)) if part.strip()]


def _signs(text: str, language: str) -> set[str]:
    table = phrases(language, _SIGNS)
    found = {one.label for part in clauses(text) for one in table.all(part)}
    return {sign for sign in found if not sign.startswith(_NOT)}
