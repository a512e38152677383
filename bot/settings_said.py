"""What pydantic found wrong with a setting, in plain words that name the setting and never show its value."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pydantic import ValidationError

_PLAINLY = {
    "bool_parsing": "must be true or false",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "float_parsing": "must be a number",
    "string_type": 'must be text between straight quotes, like "Oakshire"',
    "tuple_type": 'must be a list in square brackets, like ["en"]',
    "frozen_set_type": "must be a list in square brackets, like [1, 2, 3]",
    "mapping_type": "must be a table, as settings.toml shows it",
    "dict_type": "must be a table, as settings.toml shows it",
    "model_type": "must be a section, as settings.toml shows it",
    "time_parsing": "must be a time, like 09:00:00",
    "date_from_datetime_parsing": "must be a date, like 2026-11-01",
    "zoneinfo_str": "must be a time zone, like Europe/London",
}


def sentence(error: ValidationError, prefix: str, known: Iterable[str]) -> str:
    """One line about the first mistake. `known` are all settings, like "twilio.sms_from"."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    # A slip of the pen makes one key unknown and another one missing: it is the unknown one that helps.
    first = min(found, key=lambda one: one["type"] != "extra_forbidden")
    path = [part for part in first["loc"] if isinstance(part, str)]
    name = ".".join(path)
    variable = prefix + "__".join(path).upper()
    if first["type"] == "extra_forbidden":
        return unknown(name, known)
    if first["type"] == "missing":
        return f"{name} ({variable}) is missing from settings.toml. Copy its line from the one that came with Heard."
    said = first["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    return f"{name} ({variable}) {_PLAINLY.get(first['type'], f'{said[0].lower()}{said[1:]}')}."


def unknown(name: str, known: Iterable[str]) -> str:
    """For a name that is no setting: which one was meant, where one is like it."""
    names = sorted(known)
    last = name.rpartition(".")[2]
    elsewhere = [one for one in names if one.rpartition(".")[2] == last]
    if len(elsewhere) == 1:
        return f"{name} is not a setting of Heard, and {elsewhere[0]} is. Move it there."
    meant = get_close_matches(name, names, 1, 0.7)
    advice = f"Did you mean {meant[0]}?" if meant else "The settings are listed in settings.toml."
    return f"{name} is not a setting of Heard. {advice}"
