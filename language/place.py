"""Reading a place: of a postcode only the district is kept, of anything else the town as written."""

from __future__ import annotations

import re

from language.courtesies import without_end, without_start
from language.kinds import asks
from language.normal import folded, safe, words
from language.reading import Meaning, Reading
from language.tables import word_set

_LONGEST = 60  # characters
_MOST_WORDS = 6

# The letters of the postcode areas of the United Kingdom and the Crown dependencies (Royal Mail).
_AREAS = (
    "AB|AL|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|"
    "DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|FK|FY|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|"
    "IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|ME|MK|ML|NE|NG|NN|NP|NR|NW|OL|OX|"
    "PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|"
    "TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE|B|E|G|L|M|N|S|W"
)
_OUTWARD = rf"(?P<area>{_AREAS})(?P<number>\d[\da-hjkmnp-y]?)"
_POSTCODE = re.compile(rf"(?<![^\W_]){_OUTWARD} ?(?P<inward>\d[abd-hjlnp-uw-z]{{2}})(?![^\W_])", re.IGNORECASE)
_OUTCODE = re.compile(rf"(?<![^\W_])(?<!the ){_OUTWARD}(?![^\W_])", re.IGNORECASE)
_PIECE = re.compile(r"\S+")


def place(text: str, language: str) -> Reading:
    """A postcode district ("NG5"), or the name of a place, as the value."""
    matching = folded(text)
    found = _POSTCODE.search(matching) or _OUTCODE.search(matching)
    if found:
        district = (found["area"] + found["number"]).upper()
        return Reading(value=district, sure=True, because=district)
    name = _name(safe(text), language)
    if asks(text, language):
        return Reading(Meaning.QUESTION)
    sure = not any(character.isdecimal() for character in name)
    return Reading(value=name, sure=sure, because=name) if name else Reading()


def _name(text: str, language: str) -> str:
    """The name as typed, without what leads up to it; "" where it is plainly no place."""
    typed = [piece for piece in _PIECE.findall(text) if words(piece)]
    said = tuple(" ".join(words(piece)) for piece in typed)
    left = without_start(without_start(said, language, "before"), language, "before", "place")
    kept = without_end(left, language, "after", "place")
    if not kept or len(kept) > _MOST_WORDS or kept[0] in word_set(language, "place", "not_places"):
        return ""
    if not any(character.isalpha() for character in "".join(kept)) or len("".join(kept)) < 3:
        return ""
    start = len(said) - len(left)
    name = " ".join(typed[start : start + len(kept)]).strip(" .,!;:-")
    return name if len(name) <= _LONGEST else ""
