"""People found: looking for somebody by name or number on another page than the list of people."""

from __future__ import annotations

from bank import people
from bank.people import Found
from console.page import Asked
from language import phones
from language.name_parts import parts
from storage.directory import Wanted


async def search(asked: Asked) -> Found | None:
    """Members whose name or number the form gives; None where it gives neither, which is a mistake."""
    form, now = asked.form, asked.now
    name, typed = form.line("name"), form.line("number")
    number = phones.e164(typed) if typed else ""
    if not number and not parts(name):
        form.mistakes["name"] = "Enter a name or a whole phone number"
        return None
    wanted = Wanted(name=name, number=number or "")
    return await asked.write(lambda tx: people.search(tx, asked.colleague, wanted, now))
