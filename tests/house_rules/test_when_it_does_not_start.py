"""The table "When it does not start" in docs/deployment.md quotes what Heard prints, and nothing is left out."""

from __future__ import annotations

import re

import pytest

from tests.end_to_end.setup_mistakes import MISTAKES
from tests.end_to_end.test_setup_programs import SAYS
from tests.house_rules.rooms import ROOT

_TEXT = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
_TABLE = _TEXT.partition("## When it does not start\n")[2].partition("\n## ")[0]
_CELLS = [line.split("|")[1] for line in _TABLE.splitlines() if line.startswith('| "')]
QUOTED = [quote for cell in _CELLS for quote in re.findall(r'"([^"]+)"', cell)]
# What its own tests see it print, whole.
PRINTED = [*SAYS, *(mistake.says for mistake in MISTAKES)]
# What stands in settings.toml itself is answered in the words of that setting.
_SAID_BY_ITSELF = ("must be a whole number", "telegram.updates is")


def _is_in(quote: str, printed: str) -> bool:
    """Three dots stand for what differs from case to case."""
    return re.search(".*".join(map(re.escape, quote.split("..."))), printed) is not None


@pytest.mark.parametrize("quote", QUOTED)
def test_what_is_quoted_is_printed(quote: str) -> None:
    assert any(_is_in(quote, printed) for printed in PRINTED)


@pytest.mark.parametrize("printed", PRINTED)
def test_what_is_printed_is_quoted(printed: str) -> None:
    assert any(_is_in(quote, printed) for quote in QUOTED) or any(part in printed for part in _SAID_BY_ITSELF)


def test_the_table_was_found() -> None:
    assert len(QUOTED) > 20
