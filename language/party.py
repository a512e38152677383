"""How many people a reply speaks of: "3 of us", "me and my mum", "plus one", "bringing both kids"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from language.courtesies import Said, core, without_start
from language.figures import figure
from language.normal import clauses, plain
from language.tables import phrases, word_set

_PLUS = re.compile(r"\+ ?(\d{1,2})(?![\d:.,])")
_MOST = 20
_BOTH = {"both": 2, "couple": 2}
_THEIRS = (("my",), ("our",), ("the",))  # after "both": others than the writer
_AND = frozenset({"and", "plus", "n", "i", "oraz"})
_TELEPHONE = 44  # +44 begins a number


@dataclass(frozen=True, slots=True)
class Company:
    """`guests` come along; `assistants` come to help the one who writes: they are arranged for, and no guests."""

    guests: int = 0
    assistants: int = 0

    @property
    def everybody(self) -> int:
        return 1 + self.guests + self.assistants


def party(text: str, language: str) -> int | None:
    """Everybody who would come, the writer and any assistant included; None where the reply does not say."""
    found = company(text, language)
    return found.everybody if found and found.everybody <= _MOST else None


def company(text: str, language: str) -> Company | None:
    """Who comes along, where the reply says so; what is said of all ("3 of us") outweighs who they are."""
    matching = plain(text)
    if (plus := _PLUS.search(matching)) and int(plus[1]) != _TELEPHONE:
        return Company(int(plus[1]))
    said = tuple(part for part in clauses(text))
    totals = {total for part in said for total in _totals(part, language)}
    if totals:
        return Company(totals.pop() - 1) if len(totals) == 1 else None
    named = [found for found in (_named(part, language) for part in _lists(said, language)) if found]
    if not named:
        return Company() if any(_is_alone(part, language) for part in said) else None
    return Company(sum(one.guests for one in named), sum(one.assistants for one in named))


def with_helpers(along: Company | None, text: str, language: str) -> Company | None:
    """The same where somebody's own carer comes to help them, and is no guest."""
    helpers = word_set(language, "coming", "helpers")
    if along is None or not along.guests or all(helpers.isdisjoint(part) for part in clauses(text)):
        return along
    return Company(along.guests - 1, along.assistants + 1)


def listed(text: str, language: str) -> Company | None:
    """Who comes along, where a reply names nothing but people: "2 kids and my carer", "just my PA"."""
    glue = word_set(language, "party_words", "glue") | word_set(language, "count", "glue")
    said = tuple(word for part in clauses(text) for word in part)
    if not all(word in glue or _people(word, language) or figure(word, language) is not None for word in said):
        return None
    return _people_from(said, 0, language) if any(_people(word, language) for word in said) else None


def _totals(part: Said, language: str) -> Iterator[int]:
    """Numbers of everybody: "3 of us", "both of us", "party of 5", "we troje"."""
    for found in phrases(language, "party").all(part):
        if found.label == "us_two":
            yield 2
        if found.label == "of_us" and (number := _number(part, found.start - 1, language) or 0) > 1:
            yield number
        if found.label == "party_of" and (led := _number(part, found.end, language)):
            yield led


def _number(part: Said, place: int, language: str) -> int | None:
    number = figure(part[place], language) if 0 <= place < len(part) else None
    return number if number and number <= _MOST else None


def _is_alone(part: Said, language: str) -> bool:
    """Nobody else: "just me", "I'm coming by myself"; not "she lives by herself"."""
    glue = word_set(language, "party_words", "glue") | word_set(language, "party_words", "come")
    for found in phrases(language, "party").all(part):
        if found.label == "alone":
            return all(
                word in glue for word in (*core(part[: found.start], language), *core(part[found.end :], language))
            )
    return False


def _lists(said: tuple[Said, ...], language: str) -> Iterator[Said]:
    """The clauses, those that only go on with a list ("me, my mum, my aunt") as one."""
    held: Said = ()
    for part in said:
        if held and _is_member(part, language):
            held += ("and", *part)
            continue
        if held:
            yield held
        held = part
    if held:
        yield held


def _is_member(part: Said, language: str) -> bool:
    """Nothing but people: "my mum", "the twins", "and her carer"."""
    glue = word_set(language, "party_words", "glue")
    return all(word in glue or _people(word, language) or figure(word, language) is not None for word in part)


def _named(part: Said, language: str) -> Company | None:
    """The people who are named after "me and", "with", "bringing", or before "is coming with me"."""
    begins = len(part) - len(without_start(part, language, "yes", "party_words"))
    spoken = list(phrases(language, "party").all(part))
    along = part[: next((one.start for one in spoken if one.label == "along"), 0)]
    if any(_people(word, language) for word in along):
        return _people_from(along, 0, language)
    leads = [one.end for one in spoken if one.label == "lead" or (one.label == "first" and one.start <= begins)]
    return _people_from(part, leads[0], language) if leads else None


def _people_from(part: Said, place: int, language: str) -> Company | None:
    guests = assistants = 0
    number, stop = None, word_set(language, "party_words", "stop")
    is_both = False
    while place < len(part) and part[place] not in stop:
        word = part[place]
        if kind := _people(word, language):
            many = number or (2 if kind == "pairs" else 1)
            guests, assistants = guests + many * (kind != "assistants"), assistants + many * (kind == "assistants")
            number = None
        elif (said_number := _BOTH.get(word, figure(word, language))) is not None and said_number <= _MOST:
            number, is_both = said_number, word == "both" and part[place + 1 : place + 2] not in _THEIRS
        elif number is not None and word in _AND:  # "2 and my PA": the two are guests
            guests, number = guests + number, None
        place += 1
    if is_both and number is not None and not guests:  # "me and Tom both": the two of them, the writer among them
        number = 1
    others = number is not None and not guests and place == len(part)
    return Company(guests + (number or 0) if others else guests, assistants) if guests or assistants or others else None


def _people(word: str, language: str) -> str:
    """Which list names them: "person", "pairs" (two at once), "assistants"; "" for a word that is nobody."""
    lists = ("assistants", "pairs", "person")
    return next((name for name in lists if word in word_set(language, "party_words", name)), "")
