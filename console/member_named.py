"""A member named on a form: by the address of their page, which not everybody who fills it in may open."""

from __future__ import annotations

from console.page import Asked
from console.who import READERS


def hint(asked: Asked) -> str:
    """How to name them, for whoever fills in the form."""
    if asked.colleague.may(*READERS):
        return "Open their page under People, copy its address, and put it here."
    return "You can leave it as it is, or empty it. A coordinator can choose another member."


def refusal(asked: Asked) -> str:
    """What to do where nobody is named so."""
    if asked.colleague.may(*READERS):
        return "Open a member's page under People, copy its address, and put it here"
    return "Put back what was here, or leave it empty. A coordinator can choose another member"
