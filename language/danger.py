"""Words that say somebody may be in danger: the floor, checked in every language we can read.

It is an aid and will miss things; where it is unsure, it fires.
"""

from __future__ import annotations

from language.courtesies import core
from language.normal import words
from language.own import reaction
from language.tables import every_language, known

_HARMLESS = "harmless"  # idioms, which take their words away: "this traffic is killing me"


def danger(text: str, language: str) -> str | None:
    """The words that told us of harm or risk to anybody, or None.

    Quoted and forwarded words count: what somebody was told may be the danger. A reaction to a
    message of ours does not.
    """
    said = words(text)
    if not said:
        return None
    for found in every_language("danger.inside").all(said):
        if found.label != _HARMLESS:
            return None if reaction(text) is not None else " ".join(said[found.start : found.end])
    centre = core(said, known(language))
    whole = every_language("danger.whole")
    return " ".join(said) if whole.whole(said) or whole.whole(centre) else None
