"""More news: MORE brings the next part of the news that went there, one at a time, for thirty days.

How far somebody is follows from what they were told; there is nothing to keep, and nothing that lapses.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bank import open_question, talk
from bank.broadcast_words import called, in_language, values_of
from bank.visit import Visit
from flows import everywhere
from flows.engine import Saying
from language import placeholder, understand
from language.more import is_more
from language.placeholder import NAME
from language.wording import own
from storage import digests
from storage.messages_in import Disposition
from storage.schema import Record

LASTS = timedelta(days=30)


def take(visit: Visit) -> bool:
    """Tell the next part where the message is MORE. False where it is not, or no news went there lately.

    An open question that hears "more" itself comes first; any other is asked again after it.
    """
    if visit.mute or visit.unsafe or not _is_more(visit) or _is_an_answer(visit):
        return False
    digest = digests.newest(visit.tx, visit.address.id, visit.now - LASTS)
    if digest is None or not digest.parts:
        return False
    visit.disposition = Disposition.WORD
    visit.reading = {"meaning": "word", "word": "more", "because": visit.text.strip()}
    visit.say(_next(visit, digest))
    asked = talk.open_question(visit)
    if asked is not None:
        visit.say(asked)
    return True


def _is_more(visit: Visit) -> bool:
    forwarded = visit.incoming is not None and visit.incoming.forwarded
    return not forwarded and is_more(visit.text, visit.language)


def _is_an_answer(visit: Visit) -> bool:
    if visit.standing is None:
        return False
    return understand.answer(open_question.of(visit), visit.text, visit.language).value is not None


def _next(visit: Visit, digest: Record) -> Saying:
    """The next part, in the language of the news; after the last one only that it was the last."""
    number = digests.told(visit.tx, visit.address.id, digest.id)
    if number >= len(digest.parts):
        return Saying("everywhere.news_ends", (everywhere.NEWS_ENDS,))
    after = everywhere.NEWS_ENDS if number + 1 == len(digest.parts) else everywhere.NEWS_GOES_ON
    return Saying(f"{digests.PART}.{number + 1}", (own(_filled(visit, digest, digest.parts[number])), after))


def _filled(visit: Visit, digest: Record, part: Mapping[str, str]) -> str:
    """A part in words, with what stood for its placeholders when the news was let go."""
    easier = visit.organisation.catalogs.simple(digest.language) if visit.address.plain else None
    tag = in_language(part, easier or digest.language)
    fixed = (digest.counted or {}).get("values", {}).get(tag) or values_of(visit.organisation, None, tag)
    return placeholder.fill(part[tag], {**fixed, NAME: called(visit.person.name) if visit.person else ""})
