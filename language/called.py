"""Reading a name: what somebody would like to be called, as they wrote it."""

from __future__ import annotations

import re
import unicodedata

from language.age import age
from language.courtesies import Said, without_end, without_start
from language.kinds import asks
from language.normal import clauses, safe, words
from language.reading import Meaning, Reading
from language.tables import word_set
from language.tongues import guess

_LONGEST = 40  # characters
_MOST_WORDS = 4
_SENTENCE = 5  # words: so many are no name
_PIECE = re.compile(r"[^\s,.!?;:()\"“”]+")
_BETWEEN = "'’`-"
_PARTS = re.compile(r"[^\W\d_]+")


def called(text: str, language: str) -> Reading:
    """The name as the value: at most 40 characters, capitals as typed unless all are the same."""
    because = " ".join(words(text))
    if not because or any(character.isdecimal() for character in text) or asks(text, language):
        return Reading(Meaning.QUESTION if asks(text, language) else Meaning.OTHER)
    if age(text, language) is not None:
        return Reading()  # "I'm fifteen" tells no name
    names = _names(safe(text), guess(text) or language)
    if not names:
        return Reading()
    name = _capitals(" ".join(names))[:_LONGEST].strip()
    return Reading(value=name, sure=_likely(names, language), because=because) if name else Reading()


def _names(text: str, language: str) -> list[str]:
    """The pieces of the text, as typed, that are the name; none where it is plainly not one."""
    typed = [piece for piece in _PIECE.findall(text) if any(letter.isalpha() for letter in piece)]
    said = tuple(" ".join(words(piece)) for piece in typed)
    if len(said) != len(typed) or any(not word for word in said):
        return []
    introduced = without_start(without_start(said, language, "before"), language, "before", "name")
    left = introduced or said[-1:]
    offset = len(said) - len(left)
    kept = without_end(without_end(left, language, "after", "name"), language) or left
    typed = typed[offset : offset + len(kept)]
    return typed if _could_be(kept, typed, len(clauses(text)), language) else []


def _could_be(said: Said, typed: list[str], parts: int, language: str) -> bool:
    if len(said) >= _SENTENCE or len(said) > _MOST_WORDS or (parts > 2 and len(said) > 2):
        return False
    if not all(_is_written(piece) for piece in typed):
        return False
    return word_set(language, "name", "not_names").isdisjoint(said)


def _is_written(piece: str) -> bool:
    return piece[0].isalpha() and all(
        letter.isalpha() or letter in _BETWEEN or unicodedata.category(letter).startswith("M") for letter in piece
    )


def _likely(names: list[str], language: str) -> bool:
    """More than one letter, and no word that is more often something else."""
    said = words(" ".join(names))
    title = said[0] in word_set(language, "name", "title")
    odd = word_set(language, "name", "odd")
    if " ".join(said) in odd or (said[0] in odd and not title):
        return False
    return len(" ".join(names)) > 1 and len(names) < _MOST_WORDS


def _capitals(name: str) -> str:
    if name != name.lower() and name != name.upper():
        return name
    return _PARTS.sub(lambda part: _capital(part, name), name)


def _capital(part: re.Match[str], name: str) -> str:
    """One part of a name with a capital: O'Neil, but Asha's; initials ("TJ") stay."""
    letters = part[0]
    if len(letters) == 1 and part.start() and name[part.start() - 1] in "'’`":
        return letters.lower()
    if letters.isupper() and len(letters) == 2 and not set(letters) & set("AEIOUY"):
        return letters
    return letters[0].upper() + letters[1:].lower()
