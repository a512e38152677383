"""WHAT IS: a word of care in one plain sentence, and then the open question again."""

from __future__ import annotations

from bank import manners, talk, voice
from bank.visit import Visit
from flows.engine import Saying
from flows.fit import as_sms
from language import glossary
from language.sms import length
from language.wording import own

_MOST_SEGMENTS = 2


def explain(visit: Visit) -> None:
    """Say what the word means, and ask the open question again, in the same message where it fits."""
    entry = glossary.asked_word(visit.text, visit.language)
    if entry is None:
        manners.keep(visit)
        return
    told = Saying(f"everywhere.what_is.{entry}", (own(glossary.meaning(entry, visit.language)),))
    asked = talk.open_question(visit)
    if asked is None:
        visit.say(told)
        return
    together = talk.after(told, entry, asked)
    if _segments(visit, together) <= _MOST_SEGMENTS:
        visit.say(together)
    else:
        visit.say(told)
        visit.say(asked)


def _segments(visit: Visit, saying: Saying) -> int:
    spoken = voice.speak(saying, visit.organisation.catalogs, visit.language, visit.facts)
    labels = tuple(label for _id, label in spoken.options)
    return length(as_sms(spoken.text, labels, one_line=spoken.one_line)).segments
