"""Words that say somebody may be in danger: the floor, checked in every language we can read.

It is an aid and will miss things; where it is unsure, it fires.
"""

from __future__ import annotations

from language.courtesies import Said, core
from language.normal import windows, words
from language.own import reaction
from language.tables import every_language, known

_HARMLESS = "harmless"  # idioms, which take their words away: "this traffic is killing me"
_DOUBTFUL = "doubtful"  # words that are everyday in other messages: "a stroke", "starving"


def danger(text: str, language: str) -> str | None:
    """The words that told us of harm or risk to anybody, or None.

    Quoted and forwarded words count: what somebody was told may be the danger. A reaction to a
    message of ours does not. The whole text is looked at, of a very long one both its ends.
    """
    because = next((found for window in windows(text) if (found := _told(words(window), language))), None)
    return because if because is not None and reaction(text) is None else None


def is_doubtful(text: str, language: str) -> bool:
    """Of the words that told us of danger, none is sure to: the rest of the message must sound so too."""
    told = {found.label for window in windows(text) for found in every_language("danger.inside").all(words(window))}
    return told <= {_HARMLESS, _DOUBTFUL} and not _is_a_cry(words(text), language)


def _told(said: Said, language: str) -> str | None:
    for found in every_language("danger.inside").all(said):
        if found.label != _HARMLESS:
            return " ".join(said[found.start : found.end])
    return " ".join(said) if _is_a_cry(said, language) else None


def _is_a_cry(said: Said, language: str) -> bool:
    whole = every_language("danger.whole")
    return bool(whole.whole(said) or whole.whole(core(said, known(language))))
