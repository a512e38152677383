"""Caps: nobody gets more than they can bear of what they did not ask for.

So many in a week, as the organisation has it, and no sooner after the last one than somebody asked for (LESS). The news
(a digest) is something that people did not ask for each time, though they agreed to it: it takes its place in the week
like everything else. Whoever wants only the news gets it all the same, and nothing else that they did not ask for.
What somebody is owed, because help that they give or get has begun or is over, takes its place too, but never waits;
nor does what tells a colleague of ours, on a phone of their own, that somebody waits for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bank.organisation import Organisation
from flows.supporter import HELPER_AGREED, HELPER_ENDED, HELPER_REFUSED, SUPPORTER_OVER, SUPPORTER_TOLD
from storage import broadcasts, claims, people, reach
from storage.broadcasts import BroadcastKind
from storage.people import ONLY_THE_NEWS
from storage.schema import Record
from storage.store import Tx

_WEEK = timedelta(days=7)
_TELLS_OF_HELP = (HELPER_AGREED, HELPER_ENDED, HELPER_REFUSED, SUPPORTER_OVER, SUPPORTER_TOLD)
_TO_COLLEAGUES = "colleague"
_OWED = frozenset({_TO_COLLEAGUES, *(flow.name for flow in _TELLS_OF_HELP)})


@dataclass(frozen=True, slots=True)
class Going:
    """A text that nobody asked for, before there is a row for it."""

    address_id: int
    person_id: int | None
    id: int = 0
    wording: str = ""


def put_off(tx: Tx, rows: Collection[Record | Going], now: datetime, organisation: Organisation) -> dict[int, datetime]:
    """Until when these rows that nobody asked for have to wait, by id; those that need not are left out.

    Counted for the week are an address, which several people may share, and a person, who may have several. What goes
    to a helper of theirs is the helper's. A person's own wish counts for what goes to them, and not for who shares the
    phone. What is claimed in this breath counts too.
    """
    rows = [row for row in rows if row.wording.partition(".")[0] not in _OWED]
    apart = _wishes(tx, rows)
    most = organisation.most_a_week
    if not rows or not (most or apart):
        return {}
    longest = max((_WEEK, *apart.values()))
    at = claims.unasked(tx, "address_id", {row.address_id for row in rows}, now - _WEEK)
    to = claims.unasked(tx, "person_id", {row.person_id for row in rows if row.person_id is not None}, now - longest)
    theirs = reach.pairs(tx, {row.address_id for row in rows})
    later: dict[int, datetime] = {}
    for row in rows:
        went = [at.setdefault(row.address_id, [])]
        wish = None
        if row.person_id is not None and (row.address_id, row.person_id) in theirs:
            went.append(to.setdefault(row.person_id, []))
            wish = apart.get(row.person_id)
        until = max((*_ends_of_week(went, most), *_ends_of_wish(went[-1], wish), now))
        if until > now:
            later[row.id] = until
        else:
            for each in went:
                each.append(now)
    return later


def must_wait(tx: Tx, address_id: int, person_id: int | None, now: datetime, organisation: Organisation) -> bool:
    """Whether a text that this person did not ask for would have to wait there."""
    return bool(put_off(tx, [Going(address_id, person_id)], now, organisation))


def unwanted(tx: Tx, rows: Collection[Record]) -> set[int]:
    """Ids of those rows of broadcasts that go to somebody who wants only the news, and are none of it."""
    written = [row for row in rows if row.broadcast_id is not None and row.person_id is not None]
    apart = people.days_apart(tx, {row.person_id for row in written})
    theirs = [row for row in written if apart.get(row.person_id, 0) >= ONLY_THE_NEWS]
    news = broadcasts.of_kinds(tx, {row.broadcast_id for row in theirs}, BroadcastKind.DIGEST, BroadcastKind.CORRECTION)
    return {row.id for row in theirs if row.broadcast_id not in news}


def _wishes(tx: Tx, rows: Collection[Record | Going]) -> Mapping[int, timedelta]:
    """How long after the last one these people want the next, where they told us; the news alone is never too much."""
    told = people.days_apart(tx, {row.person_id for row in rows if row.person_id is not None})
    return {person_id: timedelta(days=days) for person_id, days in told.items() if days < ONLY_THE_NEWS}


def _ends_of_week(went: Iterable[list[datetime]], most: int) -> Iterable[datetime]:
    """When the newest so many of each are a week old but one."""
    return (each[-most] + _WEEK for each in went if most and len(each) >= most)


def _ends_of_wish(went: list[datetime], apart: timedelta | None) -> Iterable[datetime]:
    return [went[-1] + apart] if apart is not None and went else []
