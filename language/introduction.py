"""What a message that nobody asked for must say: who writes, and how to stop it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from language.finding import Code, Finding
from language.plain import sentences


def findings(text: str, sender: str) -> Iterator[Finding]:
    """`sender` is the name that people know; without one nobody can be recognised."""
    first = (sentences(text) or ("",))[0]
    if not sender or sender.casefold() not in first.casefold():
        known = f', as in "{sender}: ..."' if sender else ""
        yield Finding(
            Code.NO_SENDER,
            f"Nobody asked for it, and its first words do not say who is writing. Begin with that{known}.",
        )
    if not re.search(r"\bSTOP\b", text):
        yield Finding(Code.NO_STOP, "Nobody asked for it, and it does not say STOP. Add: STOP ends texts.")
