"""Phoning: whether somebody told us that they cannot use a phone to speak."""

from __future__ import annotations

from language.normal import windows, words
from language.tables import every_language


def cannot_phone(text: str) -> bool:
    """They are deaf, sign, or say that calls are not for them: what they asked us to arrange tells, in any language."""
    table = every_language("phoning.inside")
    return any(found.label == "cannot" for window in windows(text) for found in table.all(words(window)))
