"""Whether somebody tells us that they are under 18, or old enough."""

from __future__ import annotations

from typing import NamedTuple

from language.courtesies import Said
from language.figures import years
from language.normal import clauses
from language.tables import phrases, word_set

_LEADS = frozenset({"i_am", "will_be"})  # the other lists of the section are not looked for
_YOUNGEST, _ADULT, _OLDEST = 8, 18, 110  # below 8, "I'm 2" is more likely the choice than an age


class Age(NamedTuple):
    """`under` 18 or not, and the words that told us. `sure` False where a birthday is still to come."""

    under: bool
    sure: bool
    because: str


def age(text: str, language: str) -> Age | None:
    """What a person says of their own age, or None. Another's age ("my son is 16") is not theirs."""
    for part in clauses(text):
        for found in phrases(language, "age").all(part):
            said = " ".join(part[found.start : found.end])
            if found.label in {"under", "of_age"}:
                return Age(found.label == "under", True, said)
            if found.label not in _LEADS:
                continue
            told = _told(part[found.end :], language, to_come=found.label == "will_be")
            if told:
                return told._replace(because=f"{said} {told.because}")
    return None


def _told(rest: Said, language: str, *, to_come: bool) -> Age | None:
    """The age after "I am", or, where it is `to_come`, after "I turn": then it tells of no adult."""
    number = years(rest[0], language) if rest else None
    if number is None or not _YOUNGEST <= number <= _OLDEST:
        return None
    after = rest[1] if len(rest) > 1 else ""
    if after in word_set(language, "age", "not_age") or years(after, language) is not None:
        return None
    if after in word_set(language, "age", "after") and rest[2:3] and rest[2] in word_set(language, "age", "spent"):
        return None
    if to_come and number > _ADULT:
        return None
    birthday = number == _ADULT and (to_come or after in word_set(language, "age", "to_come"))
    return Age(number < _ADULT or birthday, not birthday, rest[0])
