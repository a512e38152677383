"""The agreement on paper: the very words of joining, and by which version of them a sheet can be known."""

from __future__ import annotations

import hashlib

from bank import helped
from bank.organisation import Organisation
from flows.grammar import Choose
from flows.join import AGREES, JOIN

_LETTERS = 6


def question(organisation: Organisation, language: str) -> str:
    """What somebody is asked to agree to."""
    step = JOIN.steps["agree"]
    if not isinstance(step, Choose):
        raise TypeError("the agreement is a choice")
    return organisation.catalogs.render(step.text, language, {})


def yes(organisation: Organisation, language: str) -> str:
    """What they say when they agree."""
    label = next(choice.label for choice in AGREES if choice.id == "yes")
    if label is None:
        raise TypeError("a yes has words")
    return organisation.catalogs.render(label, language, {})


def version(organisation: Organisation, language: str) -> str:
    """Six letters and digits that change with any letter of the agreement in this language."""
    whole = helped.agreement(organisation, language)
    return hashlib.sha256(whole.encode()).hexdigest()[:_LETTERS].upper()
