"""Which language we write in at an address, and whether in easier words."""

from __future__ import annotations

from bank import members
from bank.visit import Visit
from language.wording import base
from storage import addresses, told


def speak(visit: Visit, tag: str) -> None:
    """Write in this language from now on, if we can: "en" in our usual words, "en_GB@simple" in easier ones."""
    if tag not in visit.organisation.catalogs.languages:
        return
    visit.language, visit.plain = tag, tag != base(tag)
    addresses.change(visit.tx, visit.address.id, {"language": visit.speaks, "plain": visit.plain})
    members.note(visit, language=visit.speaks)
    if visit.person is not None:
        told.note(visit.tx, visit.person.id, "language", visit.now, message_id=visit.message_id)


def use_easier_words(visit: Visit, *, on: bool) -> None:
    """In whatever language we write there."""
    visit.plain = on
    addresses.change(visit.tx, visit.address.id, {"plain": on})
