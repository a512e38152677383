"""What a page of the console says to whoever reads it: a short name may stand by chance in a token of its source."""

from __future__ import annotations

import re
from html import unescape

from tests.console.desk import Browser


async def shown(browser: Browser, at: str) -> str:
    """What the page says, on one line."""
    return said((await browser.get(at)).text)


def said(page: str) -> str:
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
