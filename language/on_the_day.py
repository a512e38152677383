"""What somebody who is on the way to a meeting tells us: they are late, do not find it, do not get in.

Only where that is all that they say. What else is in it, and whether it is about a meeting at all, is not for a table.
"""

from __future__ import annotations

from enum import StrEnum

from language.courtesies import core
from language.normal import clauses
from language.own import own
from language.tables import phrases, word_set

_LONGEST = 30  # words: a longer story is read by a person


class Trouble(StrEnum):
    LATE = "late"
    WHERE = "where"  # they do not find it, or stand before a door that is shut
    ONLINE = "online"  # they do not get in by the link, or hear nothing


def trouble(text: str, language: str) -> Trouble | None:
    """What goes wrong for them, the gravest where there are several; None where they say nothing of the kind."""
    parts = clauses(own(text))
    if sum(map(len, parts)) > _LONGEST:
        return None
    heard: set[Trouble] = set()
    for part in parts:
        said = core(part, language)
        found = list(phrases(language, "on_the_day").all(said))
        left = (word for place, word in enumerate(said) if not any(one.start <= place < one.end for one in found))
        if found and all(word in word_set(language, "on_the_day_words", "around") or word.isdigit() for word in left):
            heard |= {Trouble(one.label) for one in found}
    return next((one for one in (Trouble.WHERE, Trouble.ONLINE, Trouble.LATE) if one in heard), None)
