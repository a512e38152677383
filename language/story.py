"""A story told message by message: where it ends, and what is too short to be a part of it."""

from __future__ import annotations

import re

from language import kinds
from language.courtesies import Said, core
from language.normal import clauses, words
from language.own import own
from language.reading import Meaning
from language.stance import stance
from language.tables import phrases

# So many words, and it is told as a story is: what is said in it is about what they tell.
_LONG = 20
_FEW = 3
_SENTENCE_END = re.compile(r"(?<=[.!?\n])\s*")
_ASKS = re.compile(r"\?[\s\"'”’)]*\Z")


def sentences(text: str) -> list[str]:
    return [one.strip() for one in _SENTENCE_END.split(text.strip()) if one.strip()]


def is_all(text: str, language: str) -> bool:
    """The whole message says that this was all of it, courtesies aside."""
    if _ends(words(own(text)), language):
        return True
    parts = clauses(own(text))
    rest = [part for part in parts if not _ends(part, language)]
    return len(rest) < len(parts) and all(kinds.what(" ".join(part), language) is Meaning.THANKS for part in rest)


def _ends(said: Said, language: str) -> bool:
    table = phrases(language, "story.done")
    return bool(table.whole(said) or table.whole(core(said, language)))


def before_the_end(text: str, language: str) -> str | None:
    """The message without the last sentence, where that says that this was all; None where it does not."""
    told = sentences(text)
    if len(told) < 2 or not is_all(told[-1], language):
        return None
    return text.strip().removesuffix(told[-1]).strip()


def is_long(text: str) -> bool:
    return len(words(text)) >= _LONG


def is_no_part(text: str, language: str) -> bool:
    """A bare yes, no, number, thanks or hello: nothing that anybody tells."""
    said = words(own(text))
    if len(said) > _FEW:
        return False
    if kinds.what(text, language) in {Meaning.THANKS, Meaning.GREETING} or kinds.empty(text):
        return True
    return stance(own(text), language).whole or all(word.isdecimal() for word in said)


def only_asks(text: str, language: str) -> bool:
    """The whole message is one question, as somebody asks us something: no part of what they tell."""
    told = [one for one in sentences(text) if words(one)]
    return len(told) == 1 and not is_long(text) and kinds.asks(own(text), language)


def ends_asking(text: str) -> bool:
    """Its last sentence is a question."""
    return bool(_ASKS.search(text.strip()))
