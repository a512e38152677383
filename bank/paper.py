"""Paper: one form that somebody filled in by hand, as a partner types it, and what is wrong with it in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bank.organisation import Organisation
from language import phones

# A yes that old may be forgotten.
_SIGNED_WITHIN = timedelta(days=180)
_LONGEST_NAME, _LONGEST_NEEDS = 40, 500  # characters
_DISTRICT = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)(?:[0-9][A-Z]{2})?\Z")
_DAY = re.compile(r"(\d{1,2})[ /.-](\d{1,2})[ /.-]((?:20)?\d\d)\Z")
_UK_MOBILE = "+447"


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one form, as they were typed."""

    name: str = ""
    number: str = ""
    language: str = ""
    district: str = ""
    topics: tuple[str, ...] = ()
    needs: str = ""
    signed: str = ""
    is_adult: bool = False

    @property
    def empty(self) -> bool:
        """Nothing was typed: a row that is left over."""
        return not any((self.name, self.number, self.district, self.topics, self.needs, self.signed, self.is_adult))


@dataclass(frozen=True, slots=True)
class Paper:
    """One form that is in order. `number` is in E.164; None where a correction leaves it as it is."""

    name: str
    number: str | None
    language: str
    district: str
    topics: tuple[str, ...]
    needs: str
    signed: date

    def as_json(self) -> dict[str, Any]:
        """What is kept sealed until they agree."""
        return {
            "name": self.name,
            "language": self.language,
            "district": self.district,
            "topics": list(self.topics),
            "needs": self.needs,
            "signed": self.signed.isoformat(),
        }


def read(
    typed: Typed, today: date, organisation: Organisation, *, has_number: bool = False
) -> tuple[Paper | None, Mapping[str, str]]:
    """The form, or what is wrong with it by field. With `has_number` an empty number is left as it is."""
    number = mobile(typed.number)
    district, signed = district_of(typed.district), day_of(typed.signed)
    wrong = {
        "name": _wrong_name(typed.name),
        "number": _wrong_number(typed.number, number, has_number=has_number),
        "language": "" if typed.language in organisation.catalogs.spoken else "Choose the language of our texts",
        "district": "Enter the first half of the postcode, like NG5" if district is None else "",
        "topics": "" if set(typed.topics) <= {topic.id for topic in organisation.topics} else "Choose from the list",
        "needs": f"Use {_LONGEST_NEEDS} characters or fewer" if len(typed.needs) > _LONGEST_NEEDS else "",
        "signed": _wrong_day(signed, today),
        "is_adult": "" if typed.is_adult else "They must be 18 or over to join. Tick the box if the form says so.",
    }
    mistakes = {field: said for field, said in wrong.items() if said}
    if mistakes or signed is None or district is None:
        return None, mistakes
    topics = tuple(dict.fromkeys(typed.topics))
    return Paper(typed.name, number, typed.language, district, topics, typed.needs, signed), {}


def _wrong_name(name: str) -> str:
    if not name:
        return "Enter their first name"
    return f"Use {_LONGEST_NAME} characters or fewer" if len(name) > _LONGEST_NAME else ""


def _wrong_number(typed: str, number: str | None, *, has_number: bool) -> str:
    if not typed:
        return "" if has_number else "Enter their mobile number"
    return "" if number else "Enter a UK mobile number. It has 11 digits and begins with 07."


def _wrong_day(signed: date | None, today: date) -> str:
    if signed is None:
        return "Enter the day that they signed, like 27 3 2026"
    if signed > today:
        return "The day that they signed must not be in the future"
    return "They signed more than 6 months ago. Please ask them again." if today - signed > _SIGNED_WITHIN else ""


def mobile(typed: str) -> str | None:
    """A mobile number of the United Kingdom in E.164; None for any other, to which we send no text unasked."""
    number = phones.e164(typed) if typed else None
    is_ours = number is not None and number.startswith(_UK_MOBILE) and phones.line(number) == "mobile"
    return number if is_ours else None


def district_of(typed: str) -> str | None:
    """The first half of a postcode, of which the second is dropped; empty for nothing, None for what is none."""
    if not typed.strip():
        return ""
    found = _DISTRICT.match("".join(typed.split()).upper())
    return found[1] if found else None


def day_of(typed: str) -> date | None:
    """A day in figures, the day of the month first."""
    found = _DAY.match(typed.strip())
    if found is None:
        return None
    year = int(found[3])
    try:
        return date(year if year >= 100 else 2000 + year, int(found[2]), int(found[1]))
    except ValueError:
        return None
