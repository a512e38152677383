"""The passive in an English text: "was sent", "have been asked"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from language.finding import Code, Finding

_BE = r"am|is|are|was|were|be|been|being|isn't|aren't|wasn't|weren't"
_BETWEEN = r"(?:\s+(?:not|also|now|then|always|never|often|still|only|just|soon|all|both|being|been|\w+ly))*"
_IRREGULAR = (
    r"beaten|begun|bought|broken|brought|built|caught|chosen|cut|dealt|done|drawn|driven|eaten|fed|felt|forgotten|found"
    r"|given|grown|heard|held|hidden|hit|hurt|kept|known|laid|led|left|lent|lost|made|meant|met|overseen|paid|put|read"
    r"|run|said|seen|sent|set|shown|shut|sold|spent|spoken|spread|stolen|stuck|sworn|taken|taught|told|thought"
    r"|understood|undertaken|withheld|won|worn|withdrawn|written"
)
# How somebody or something is, rather than what was done to it.
_HOW_IT_IS = re.compile(
    r"(?:agreed|allowed|bored|booked|closed|concerned|confused|delighted|disabled|divorced|excited|experienced|finished"
    r"|interested|invited|involved|left|limited|located|lost|married|meant|needed|pleased|prepared|qualified|related"
    r"|relaxed|retired|satisfied|scared|shut|signed|stressed|stuck|supposed|surprised|tired|used|welcomed|widowed"
    r"|worried)\Z",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"\b(?:{_BE}){_BETWEEN}\s+(?P<done>(?!\w*(?:eed|ndred)\b)\w{{2,}}ed|{_IRREGULAR})\b"
    r"(?P<by>\s+by\s+(?!\d|noon|midday|then|now|(?:mon|tues|wednes|thurs|fri|satur|sun)day))?",
    re.IGNORECASE,
)

_A_WISH = re.compile(r"(?:\A|[.!?]\s+|\n)To\s+\Z")


def passives(text: str) -> tuple[str, ...]:
    """Each passive, as it was written. What is mostly said of how things are ("is booked") counts only with "by"."""
    found = _PASSIVE.finditer(text.replace("’", "'"))
    return tuple(match[0].strip() for match in found if match["by"] or _is_done(match))


def _is_done(found: re.Match[str]) -> bool:
    """Neither a state nor what somebody may wish for: "To be taken off our list, text LEAVE"."""
    return not _HOW_IT_IS.match(found["done"]) and not _A_WISH.search(
        found.string, max(0, found.start() - 8), found.start()
    )


def findings(text: str) -> Iterator[Finding]:
    """One finding for all of them."""
    if found := passives(text):
        said = ", ".join(f'"{one}"' for one in found)
        yield Finding(Code.PASSIVE, f'{said}: say who does it, as in "we sent", "you asked".', found)
