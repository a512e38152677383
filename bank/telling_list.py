"""What people answer to a list of what became of what they said: all of it is right, none of it, or it depends.

A number alone names what is not right. "1 yes" and "both" do not: what somebody is content with is never opened again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bank import replies, talk, telling_answers
from bank.telling_facts import asks, choice
from bank.visit import Standing, Visit
from flows.engine import Saying, Turn
from flows.told import TOLD
from flows.told_words import THANKED
from language import told
from language.normal import words
from language.told import Means
from storage.messages_in import Disposition
from storage.schema import Record

# Asked for the one that is not what they meant, all of it is right where they name none.
_NAMES_WRONG = "which_meant"
STEPS = frozenset({_NAMES_WRONG, "which_done", "which_right"})


def take(visit: Visit, standing: Standing) -> bool:
    """Take the message as their answer to the list that is open. False where it is none, or a number and no more."""
    rows, text, language = telling_answers.told_here(visit), visit.text, visit.language
    names_wrong = standing.position.step == _NAMES_WRONG
    if _is_right(visit, names_wrong=names_wrong):
        all_right(visit)
    elif not names_wrong and told.names_none(text, language):
        replies.take_as(visit, standing, tuple(_choices(rows)))
    elif told.is_no(text, language):
        _ask_which(visit, standing)
    elif any((beside := _by_number(visit, rows)).values()):
        _each(visit, standing, rows, beside)
    elif (number := _numbered(visit)) is not None and number < len(rows):
        replies.take_as(visit, standing, (choice(number, rows[number]),))
    else:
        return False
    return True


def _is_right(visit: Visit, *, names_wrong: bool) -> bool:
    said = told.heard(visit.text, visit.language)
    if said is not None:
        return said.means is Means.RIGHT and not _by_number(visit, telling_answers.told_here(visit))
    named = told.names_none if names_wrong else told.names_all
    return told.is_yes(visit.text, visit.language) or named(visit.text, visit.language)


def _choices(rows: Sequence[Record]) -> list[str]:
    """Of all that something is asked about."""
    return [choice(number, row) for number, row in enumerate(rows) if asks(row)]


def _by_number(visit: Visit, rows: Sequence[Record]) -> Mapping[int, bool]:
    found = told.by_number(visit.text, visit.language)
    return {number: answer for number, answer in found.items() if number < len(rows)}


def _numbered(visit: Visit) -> int | None:
    """The one whose number comes first, counted from 0, where they go on to tell what is not right about it."""
    first, *rest = words(visit.text) or ("",)
    is_one = first.isdecimal() and len(first) == 1 and first != "0" and not any(word.isdecimal() for word in rest)
    return int(first) - 1 if is_one and told.tells_more(" ".join(rest), visit.language) else None


def _each(visit: Visit, standing: Standing, rows: Sequence[Record], beside: Mapping[int, bool]) -> None:
    """These are right, and those are not."""
    wrong = tuple(choice(number, rows[number]) for number, right in beside.items() if not right)
    for number, right in beside.items():
        says = telling_answers.says_here(visit, rows[number]) if right and asks(rows[number]) else None
        if says is not None:
            telling_answers.is_right(says)
    if wrong:
        replies.take_as(visit, standing, wrong)
    else:
        _thank(visit, {})


def _ask_which(visit: Visit, standing: Standing) -> None:
    """No, and nothing else: one of them is not right, and we do not know which."""
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": "no", "because": visit.text.strip()}
    standing.position = replace(standing.position, step="which")
    talk.ask_again(visit)


def all_right(visit: Visit) -> None:
    """All that is asked about in the open conversation is right."""
    _thank(visit, {"told_all": "yes"})


def _thank(visit: Visit, learned: Mapping[str, str]) -> None:
    visit.disposition = Disposition.FLOW
    visit.reading = {"meaning": "yes", "because": visit.text.strip()}
    thanks = Saying(f"{TOLD.name}.confirmed.text", (THANKED,))
    talk.follow(visit, Turn((thanks,), None, learned, "yes"))
