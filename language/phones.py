"""Telephone numbers as people type them, and how to show them."""

from __future__ import annotations

import re
from typing import Literal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from language.normal import folded

# Ofcom keeps 07700 900000 to 900999 for drama; nobody owns them, and the library calls them invalid.
_DRAMA = range(447700900000, 447700901000)
_LONGEST = 60  # characters typed
# Nearly every number is one of these; 070 is personal numbers and 076 pagers (Ofcom, Numbering Plan).
_PLAIN_MOBILE = re.compile(r"\+447[1-57-9][0-9]{8}\Z")
_UNITED_KINGDOM = 44
_NOT_A_NUMBER = re.compile(r"[^\d+]")
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_REFUSED = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.PERSONAL_NUMBER})
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


def e164(text: str, region: str = "GB") -> str | None:
    """The number in E.164 ("+447700900123"); None where it is none, or a premium or personal one.

    Takes the stray forms people type: 0044, +44 (0), 0+44, +07, 44 without a plus, a missing 0.
    """
    if len(text) > _LONGEST:
        return None
    number = _parsed(_tidied(folded(text), region), region)
    if number is None:
        return None
    if _is_drama(number):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) in _REFUSED:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def line(number: str) -> Literal["mobile", "landline", "other"]:
    """What kind of line an E.164 number is. 01, 02 and 03 numbers are landlines: a text is read out there."""
    if _PLAIN_MOBILE.match(number):
        return "mobile"
    parsed = _parsed(number, None)
    if parsed is None:
        return "other"
    if parsed.country_code == _UNITED_KINGDOM and str(parsed.national_number)[0] in "123":
        return "landline"
    if _is_drama(parsed):
        return "mobile"
    kind = phonenumbers.number_type(parsed)
    if kind in _MOBILE:
        return "mobile"
    return "landline" if kind == PhoneNumberType.FIXED_LINE else "other"


def domestic(number: str) -> str:
    """The number as it is written at home ("07700 900123"); what is no number stays as it is."""
    parsed = _parsed(number, None)
    if parsed is None:
        return number
    home = parsed.country_code == _UNITED_KINGDOM
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def _tidied(text: str, region: str) -> str:
    if any(character.isalpha() for character in text):
        return ""
    digits = _NOT_A_NUMBER.sub("", _TRUNK_ZERO.sub("", text))
    plus, digits = "+" in digits, digits.replace("+", "")
    if region != "GB":
        return f"+{digits}" if plus else digits
    bare = digits.lstrip("0")
    zeros = len(digits) - len(bare)
    if bare.startswith("44") and len(bare) > 10:
        return f"+{bare}"
    if (plus and not zeros) or (zeros > 1 and not bare.startswith("7")):
        return f"+{bare}"
    return f"0{bare}"


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def _is_drama(number: PhoneNumber) -> bool:
    return number.extension is None and int(f"{number.country_code}{number.national_number}") in _DRAMA
