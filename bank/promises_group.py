"""The group that scrutinises what was promised: which one it is, and its page, whose address nobody guesses.

An administrator says which group it is, and may have a new address made for its page. Nothing else about the page can
be set, least of all its words; and that a group is taken off the list of groups does not close it.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from bank import audit
from bank.audit import Act
from bank.colleague import Colleague
from bank.organisation import Organisation
from bank.tokens import token
from storage import groups, marks
from storage.schema import Record
from storage.store import Tx

_GROUP, _PAGE = "promises_group", "promises_page"


def group(tx: Tx) -> Record | None:
    """The one that scrutinises; None where none was chosen."""
    named = marks.get(tx, _GROUP)
    return groups.by_token(tx, named) if named else None


def choose(tx: Tx, by: Colleague, named: str, now: datetime) -> None:
    """`named` is the token of the group; empty: none, and the page is closed. The page's address stays as it was."""
    before = marks.get(tx, _GROUP) or ""
    if named == before:
        return
    audit.record(tx, now, Act.SETTING_CHANGED, by.id, promises_group=[before, named])
    marks.put(tx, _GROUP, named)
    if not marks.get(tx, _PAGE):
        marks.put(tx, _PAGE, token())


def renew(tx: Tx, by: Colleague, now: datetime) -> None:
    """The page has another address from now on; the one that it had leads nowhere."""
    audit.record(tx, now, Act.SETTING_CHANGED, by.id, promises_page="renewed")
    marks.put(tx, _PAGE, token())


def link(tx: Tx, organisation: Organisation) -> str:
    """Where its page is; empty where there is none."""
    page = marks.get(tx, _PAGE)
    return f"{organisation.public_url}/promises/{page}" if page and group(tx) is not None else ""


def is_its_page(tx: Tx, page: str) -> bool:
    """Whether that is the page's address now."""
    kept = marks.get(tx, _PAGE)
    return bool(kept) and group(tx) is not None and secrets.compare_digest(str(kept).encode(), page.encode())
