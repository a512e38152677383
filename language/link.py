"""Links in a text: few, whole, to a place people know, and with nothing personal in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import SplitResult, parse_qsl, urlsplit

from language.finding import Code, Finding

_LINK = re.compile(
    r"""(?<![\w@.-])(?:
        https?://[^\s<>"]+
      | www\.[^\s<>"]+
      | (?:[a-z0-9-]+\.)+(?:uk|com|org|net|info|gov|nhs|io|eu|pl|example)(?![\w@-])(?!\.\w)(?:/[^\s<>"]*)?
      | (?:[a-z0-9-]+\.)+(?:ly|gl|gd|gy|cc|co|at|me|be|id|is|link|page)/[^\s<>"]+
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORTENERS = frozenset(
    {
        "bit.ly",
        "buff.ly",
        "cutt.ly",
        "goo.gl",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "rb.gy",
        "rebrand.ly",
        "s.id",
        "shorturl.at",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
    }
)
_KNOWN = ("gov.uk", "nhs.uk")
_PERSONAL_KEY = re.compile(
    r"(?:.*[_-])?(?:(?:fore|first|sur|last|full)?_?name|e?-?mail|phone|mobile|tel|number|dob|birth\w*|nhs\w*|postcode|address"
    r"|person|member|user|patient|client)(?:[_-].*)?\Z",
    re.IGNORECASE,
)
_PERSONAL_VALUE = re.compile(r".+@.+\..+|\+?[\d ()-]{7,}\Z")


def links(text: str) -> tuple[str, ...]:
    """Each web address, as it was written, without the stop that ends its sentence."""
    return tuple(found[0].rstrip(".,;:!?)'\"") for found in _LINK.finditer(text))


def findings(text: str, known: Collection[str] = ()) -> Iterator[Finding]:
    """`known` are domains that people know ("ashdale.gov.uk"), with all that ends in them."""
    found = links(text)
    if len(found) > 1:
        yield Finding(Code.SEVERAL_LINKS, f"It has {len(found)} links. Keep the one that people need most.", found)
    for link in found:
        host = _parts(link).hostname or ""
        if host.removeprefix("www.") in _SHORTENERS:
            yield Finding(Code.SHORT_LINK, f'"{link}" hides where it leads. Write the whole address.', (link,))
        elif not any(host == domain or host.endswith(f".{domain}") for domain in (*_KNOWN, *known)):
            yield Finding(
                Code.UNKNOWN_LINK, f'People may not know "{host}", and fear a trick. Use an address of yours.', (link,)
            )
        if _is_personal(link):
            yield Finding(
                Code.PERSONAL_LINK, f'"{link}" has something personal in it, which others could read.', (link,)
            )


def _parts(link: str) -> SplitResult:
    try:
        return urlsplit(link if "//" in link else f"https://{link}")
    except ValueError:  # a bracket that no address has
        return urlsplit("")


def _is_personal(link: str) -> bool:
    parts = _parts(link)
    pairs = [*parse_qsl(parts.query, keep_blank_values=True), *parse_qsl(parts.fragment)]
    return any(_PERSONAL_KEY.match(key) or _PERSONAL_VALUE.match(value) for key, value in pairs)
