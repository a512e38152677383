"""Parts of names, as somebody is looked for: without accents and case, whole or by their first letters."""

from __future__ import annotations

from language.normal import words

# A shorter beginning would find half the list. Letters and parts beyond these tell nobody apart.
SHORTEST, LONGEST, MOST = 3, 12, 8


def parts(name: str) -> tuple[str, ...]:
    """The parts of a name in order: "Łucja O'Brien-Shah" is lucja, obrien and shah. Pictures are none."""
    found = (word[:LONGEST] for word in words(name) if any(character.isalnum() for character in word))
    return tuple(dict.fromkeys(found))[:MOST]


def beginnings(name: str) -> tuple[str, ...]:
    """All that this name is found by: each part, and its first three letters or more."""
    found = (part[:end] for part in parts(name) for end in (*range(SHORTEST, len(part)), len(part)))
    return tuple(dict.fromkeys(found))
