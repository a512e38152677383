"""Formats: a wish for what we send in another one: "large print please", "do you have this in easy read?"."""

from __future__ import annotations

from language.courtesies import core
from language.normal import clauses
from language.own import own
from language.tables import phrases


def wished(text: str, language: str) -> str | None:
    """The format that a message asks for and nothing else: "easy_read", "bsl", "audio" or "large_print"; or None."""
    parts = [said for part in clauses(own(text)) if (said := core(part, language))]
    if len(parts) != 1:
        return None
    said, found = parts[0], phrases(language, "formats.whole")
    lead = phrases(language, "formats.before").at(said, 0)
    return found.whole(said) or (found.whole(said[lead.end :]) if lead else None)
