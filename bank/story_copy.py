"""A story's words as they may be used: with the name that its teller agreed to, and no other of theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.stories import Named

TAKEN_OUT = "[name taken out]"


def credit(name: str, named: Named) -> str:
    """By whom it says that it is told; empty where no name may stand there."""
    parts = name.split()
    if named is Named.NAME:
        return name
    return parts[0] if parts and named is Named.FIRST_NAME else ""


def words(parts: Sequence[str], name: str, named: Named) -> str:
    """The whole story, without what of the teller's own name may not stand there. Other names are left to a person."""
    text = "\n\n".join(parts)
    hidden = {Named.NAME: [], Named.FIRST_NAME: name.split()[1:]}.get(named, name.split())
    for part in sorted(hidden, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(part)}\b", TAKEN_OUT, text, flags=re.IGNORECASE)
    return text
