"""Words that blame the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from language.finding import Code, Finding

_BLAMING = re.compile(
    r"\b(?:invalid|errors?|incorrect|failed|illegal|błąd|błędu|błędn\w+|nieprawidłow\w+|niepoprawn\w+)\b", re.IGNORECASE
)


def findings(text: str) -> Iterator[Finding]:
    """The first word that blames."""
    if found := _BLAMING.search(text):
        yield Finding(Code.BLAME, f'It blames: "{found[0]}". Say what would help instead.', (found[0],))
