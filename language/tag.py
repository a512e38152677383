"""Language tags."""

from __future__ import annotations

import re

_PARTS = re.compile(r"[-_@.]")


def primary(tag: str) -> str:
    """The language of a tag, without its country, script or variant: "en" of "en-GB" and of "en_GB@simple"."""
    return _PARTS.split(tag, maxsplit=1)[0].lower()


def html_lang(tag: str) -> str:
    """The tag as pages and feeds carry it (BCP 47): "en-GB" for "en_GB@simple"."""
    return tag.partition("@")[0].replace("_", "-")
