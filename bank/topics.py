"""Topics: what people may choose to hear about. The words may change at any time; what somebody chose stays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from bank import preferences
from bank.organisation import Organisation, Topic
from language.everywhere import everywhere
from language.normal import folded
from language.wording import SOURCE_LANGUAGE
from storage import interests
from storage.interests import InterestKind
from storage.store import Tx

# The longest that every phone shows whole: a row of a list on WhatsApp (Meta docs, interactive messages).
LONGEST = 24
MOST = 40
_LONGEST_ID = 40
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")


class InUse(Exception):
    """Somebody chose a topic that was to go."""


def named(wording: Mapping[str, str], others: Iterable[Topic]) -> Topic:
    """A new topic of these words, with a name of its own that stays when its words change."""
    taken = {topic.id for topic in others}
    name = _NOT_IN_AN_ID.sub("_", folded(wording[SOURCE_LANGUAGE])).strip("_")[:_LONGEST_ID] or "topic"
    tried = (name, *(f"{name}_{number}" for number in range(2, MOST + 2)))
    return Topic(next(one for one in tried if one not in taken), wording)


def mistakes(topics: Collection[Topic]) -> dict[tuple[str, str], str]:
    """What is wrong with the words of each, by its name and language."""
    found: dict[tuple[str, str], str] = {}
    seen: set[tuple[str, str]] = set()
    for topic in topics:
        for language in {SOURCE_LANGUAGE, *topic.wording}:
            words = topic.wording.get(language, "")
            problem = _mistake(words, language, (language, words.casefold()) in seen)
            if problem:
                found[topic.id, language] = problem
            seen.add((language, words.casefold()))
    return found


def _mistake(words: str, language: str, twice: bool) -> str:
    if not words:
        return "Enter the topic in English" if language == SOURCE_LANGUAGE else ""
    if len(words) > LONGEST:
        return f"The topic must be {LONGEST} characters or fewer, so that every phone shows it whole"
    if twice:
        return f"There are two topics called {words}. Give one of them other words"
    word = everywhere(words, language, asked=True)
    if word is not None:
        return f"Whoever texts this back would be heard to say {word.upper()}. Choose other words"
    return ""


def chosen(tx: Tx) -> Mapping[str, int]:
    """How many people chose each."""
    return interests.counts(tx, InterestKind.TOPIC)


def put(tx: Tx, now: datetime, staff_id: int, organisation: Organisation, topics: Collection[Topic]) -> list[str]:
    """Offer these from now on. Raises InUse where one is missing that somebody chose."""
    gone = {topic.id for topic in organisation.topics} - {topic.id for topic in topics}
    if gone & set(chosen(tx)):
        raise InUse
    return preferences.change(tx, now, staff_id, organisation, topics=tuple(topics))
