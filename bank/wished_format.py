"""Formats: a wish for easy read, BSL, audio or large print, in people's own words. We ask before we keep it."""

from __future__ import annotations

from bank import open_question, talk, who_writes
from bank.visit import Visit
from flows.format import EASY_READ, FORMAT
from language import formats
from language.choice import names
from language.everywhere import Word
from language.own import own
from storage.messages_in import Disposition


def take(visit: Visit) -> bool:
    """Ask back where the whole message is such a wish ("large print please"). False for anything else.

    Where we asked for words of theirs, or offered it, it is an answer.
    """
    if visit.mute or visit.unsafe or not visit.people or (visit.incoming is not None and visit.incoming.forwarded):
        return False
    wished = formats.wished(visit.text, visit.language)
    if wished is None or not _is_free(visit, wished):
        return False
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": Word.FORMAT.value, "because": "wish"}
    who_writes.doubt(visit)
    talk.open_personal(visit, FORMAT.name, {"wished_format": wished})
    return True


def _is_free(visit: Visit, wished: str) -> bool:
    """Nothing is open that it could answer. "Easy read" in answer to a question asks for that one in easier words."""
    if visit.standing is None:
        return True
    if visit.standing.position.flow == FORMAT.name:
        return False
    asked = open_question.of(visit)
    return wished != EASY_READ and bool(asked.options) and not names(asked.options, own(visit.text), visit.language)
