"""Language tags."""

from __future__ import annotations

import re

_PARTS = re.compile(r"[-_@.]")


def primary(tag: str) -> str:
    """The language of a tag, without its country, script or variant: "en" of "en-GB" and of "en_GB@simple"."""
    return _PARTS.split(tag, maxsplit=1)[0].lower()
