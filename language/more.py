"""MORE: a wish to read on, of whoever had some of our news. It is a word of ours only where there is more."""

from __future__ import annotations

from language.courtesies import core
from language.normal import words
from language.own import own
from language.tables import phrases


def is_more(text: str, language: str) -> bool:
    """The whole message asks for more, courtesies aside, in the person's language or in English."""
    said, table = words(own(text)), phrases(language, "news.more")
    return (table.whole(said) or table.whole(core(said, language))) is not None
