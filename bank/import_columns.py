"""What the columns of a list of people may hold, and which one is which, guessed from the headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from language.normal import folded


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a list may tell of each person. `headings` are what lists call it, most telling first."""

    name: str
    label: str
    headings: tuple[str, ...]
    hint: str = ""


COLUMNS = (
    Column("name", "What we call them", ("name", "first name", "forename", "full name", "known as", "preferred name")),
    Column("family_name", "Their family name, if it has a column of its own", ("last name", "surname", "family name")),
    Column(
        "number",
        "Phone number",
        ("mobile", "mobile number", "number", "phone", "phone number", "telephone", "tel", "landline"),
        "A mobile gets texts. A landline is rung.",
    ),
    Column("post", "Where letters go", ("address", "postal address", "letters", "post")),
    Column("area", "Area", ("postcode", "post code", "area", "district", "town", "place")),
    Column("language", "Language", ("language", "preferred language", "first language"), "Like Polish, or pl."),
    Column("topics", "Topics", ("topics", "topic", "interests"), "With a comma between them."),
    Column("ways", "How they like to take part", ("ways", "how they take part", "taking part")),
    Column(
        "needs", "What to arrange for them", ("needs", "access needs", "adjustments", "requirements", "support needs")
    ),
    Column("ring", "They would rather be rung", ("ring", "ring them", "rung", "prefers calls", "call"), "Yes or no."),
    Column("part", "Member, staff or partner", ("part", "member or staff", "type", "role")),
    Column(
        "agreed",
        "The day they agreed",
        ("agreed", "date agreed", "agreed on", "consent date", "date of consent", "signed"),
    ),
)
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Which column (from 0) holds what, as far as the headings say. No column holds two things."""
    plain = [folded(heading).replace("_", " ") for heading in headings]
    found: dict[str, int] = {}
    for column in COLUMNS:
        for heading in column.headings:
            if heading in plain and plain.index(heading) not in found.values():
                found[column.name] = plain.index(heading)
                break
    return found


def by_heading(headings: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """Which column holds what, by its heading as somebody typed it. Raises ValueError for what is not there."""
    plain = [folded(heading) for heading in headings]
    found: dict[str, int] = {}
    for name, heading in given.items():
        if name not in BY_NAME:
            raise ValueError(f"A list may tell of {', '.join(BY_NAME)}, not of {name}")
        if folded(heading) not in plain:
            raise ValueError(f"The file has no column {heading}. It has: {', '.join(headings)}")
        found[name] = plain.index(folded(heading))
    return found
