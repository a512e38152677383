"""The reckoning: what must be true of a year, by the providers' books, our own count and the clock on the wall."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bank import broadcast_progress, meeting_figures
from storage import broadcasts, feedback, meetings
from storage.conversations import conversations
from storage.outbox import messages_out
from storage.people import PersonState, people
from storage.reminders import reminders
from storage.rsvps import rsvps
from storage.store import Tx
from storage.tasks import tasks
from tests import looking
from tests.year import wall
from tests.year.line import COMING, last
from tests.year.meetings import ZONE
from tests.year.wall import DAY, FEEDBACK, HOURS
from tests.year.year import Got, News, Year

# What somebody asked for by saying yes or maybe, or by coming; all else counts for the week.
_ASKED_FOR = frozenset({"reminder", "meeting_news", "rsvp_offer", "rsvp_news", "rsvp_again", "arranged", "feedback"})
_TOGETHER, _TOO_LATE = timedelta(hours=3), timedelta(minutes=15)
_WEEK = timedelta(days=7)
# So much later somebody may be asked how it was, where they are just telling us of another meeting.
_ONE_BY_ONE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder that somebody is owed, by our own count."""

    who: int
    code: str
    step: str
    at: datetime
    may_be_left: bool = False  # it falls on the edge of something: sent or not, both are right


async def reckoned(year: Year) -> list[str]:
    """Everything that is not as it must be, in plain words."""
    store = year.town.house.store
    return [
        *year.wrong,
        *_reminders(year),
        *_hours(year),
        *_caps(year),
        *_told_the_news(year, await store.read(lambda tx: _rung(tx, year))),
        *await store.read(lambda tx: list(_figures(tx, year))),
        *await store.read(lambda tx: list(_told(tx, year))),
        *await store.read(lambda tx: list(_nothing_waits(tx, year))),
        *_silence(year),
    ]


def _reminders(year: Year) -> Iterator[str]:
    """Each that was due was sent once, and nothing else was."""
    sent = _sent(year)
    used: set[int] = set()
    for due in _all_due(year):
        found = [got for got in sent[due.who, due.code] if _says(got, due)]
        used |= {id(got) for got in found}
        year.figures["reminders due"] += 1
        if len(found) != len({got.at for got in found}) or (not found and not due.may_be_left):
            times = "more than once" if found else "not at all"
            yield f"{due.code}: {due.who} was reminded {times} ({due.step}, {due.at:%d %b %H:%M})"
    for (who, code), every in sent.items():
        year.figures["reminders sent"] += len(every)
        for got in every:
            if id(got) not in used:
                yield f"{code}: {who} was reminded though nothing was due ({got.read.step}, {got.at:%d %b %H:%M})"


def _sent(year: Year) -> Mapping[tuple[int, str], list[Got]]:
    """The reminders that the providers took, by person and meeting."""
    sent: dict[tuple[int, str], list[Got]] = defaultdict(list)
    for got in year.got:
        if got.read.flow == "reminder" or (got.read.flow, got.read.step) == ("feedback", "asked"):
            for code in got.read.codes:
                sent[got.who, code].append(got)
    return sent


# In which words each is said; what was moved to the day before is said as that day's.
_SAID_AS: Mapping[str, frozenset[str]] = {
    "week": frozenset({"week", "online_later"}),
    "day": frozenset({"day", "online_later"}),
    "hours": frozenset({"now", "online_now"}),
}


def _says(got: Got, due: Due) -> bool:
    """At its moment, or in one message with another that fell together with it."""
    if due.step == FEEDBACK or got.read.flow == "feedback":
        return due.step == FEEDBACK and got.read.flow == "feedback" and timedelta() <= got.at - due.at < _ONE_BY_ONE
    same_day = got.at.astimezone(ZONE).date() == due.at.astimezone(ZONE).date()
    early = due.at - got.at
    same = same_day and got.read.step in _SAID_AS.get(due.step, ())
    return timedelta() <= early and (early <= _TOGETHER or same)


def _all_due(year: Year) -> Iterator[Due]:
    for code, plan in year.plans.items():
        for number, (since, starts) in enumerate(year.starts[code]):
            until = [at for at, _starts in year.starts[code][number + 1 :]]
            ends = min([*until, *([year.canceled[code]] if code in year.canceled else [])], default=None)
            over = starts + timedelta(minutes=plan.minutes)
            for who in year.lines[code].history:
                found = _of_one(year, code, who, since, ends, starts, over)
                yield from (one for one in found if one.at <= year.now)


def _of_one(
    year: Year, code: str, who: int, since: datetime, until: datetime | None, starts: datetime, ends: datetime
) -> Iterator[Due]:
    """What one person is owed of a meeting that was to start then, from `since` on `until` it was changed."""
    one, line = year.members[who], year.lines[code]
    if not one.texts:
        return
    told_of_it = wall.next_time(one, since) if len(year.starts[code]) > 1 and since > year.starts[code][0][0] else None
    told_the_day_before = False
    for step in wall.steps(year.plans[code].kind):
        due = wall.due(one, step, starts, ends)
        if step == HOURS and told_the_day_before and wall.says_it_again(one, starts, ends):
            continue
        if until is not None and until <= due:
            continue
        if step == FEEDBACK:
            yield from _asked_how_it_was(year, code, who, due)
            continue
        spoke = last(line.said[who], due)
        times = [at for at in (spoke, told_of_it) if at is not None]
        comes = line.state(who, due) == COMING and due < starts - _TOO_LATE and since <= due
        comes = comes and bool(times) and due >= max(times) + _TOGETHER
        told_the_day_before |= step == DAY and comes
        if comes and _may_be_told(year, who, due) is not False:
            yield Due(who, code, step, due, _may_be_told(year, who, due) is None)


def _asked_how_it_was(year: Year, code: str, who: int, due: datetime) -> Iterator[Due]:
    """Who was ticked as there; where the list came late, in that moment."""
    ticked, was_there = year.ticked.get((code, who), (None, False))
    if ticked is None or not was_there:
        return
    due = wall.next_time(year.members[who], max(due, ticked))
    sure = _may_be_told(year, who, due)
    if sure is not False:
        yield Due(who, code, FEEDBACK, due, sure is None or due + _ONE_BY_ONE > year.now)


def _may_be_told(year: Year, who: int, at: datetime) -> bool | None:
    """Whether they are texted then; None: it is on the day on which they have no pause any more."""
    gone = [when for when in (year.stopped.get(who), year.left.get(who)) if when is not None]
    if gone and at >= min(gone):
        return False
    for begins, ends in year.paused[who]:
        if abs(at - ends) <= timedelta(days=1):
            return None
        if begins <= at < ends:
            return False
    return True


def _hours(year: Year) -> Iterator[str]:
    """Nothing but an answer goes outside of the hours, everybody's and their own."""
    for got in year.got:
        if not got.asked and not wall.may(year.members[got.who], got.at):
            yield f"{got.who} got a text on {got.at.astimezone(ZONE):%a %d %b %H:%M}: {got.read.flow} {got.read.codes}"


def _caps(year: Year) -> Iterator[str]:
    """Of what they did not ask for nobody got more in seven days than the organisation has it."""
    most = year.town.house.organisation.most_a_week
    unasked: dict[int, list[datetime]] = defaultdict(list)
    for got in year.got:
        if not got.asked and got.read.flow not in _ASKED_FOR:
            unasked[got.who].append(got.at)
    for who, times in unasked.items():
        for first, later in zip(times, times[most:], strict=False):
            if later - first < _WEEK:
                yield f"{who} got more than {most} a week: {first:%d %b %H:%M}, {later:%d %b %H:%M}"


def _rung(tx: Tx, year: Year) -> Mapping[tuple[str, int], list[datetime]]:
    """When a call about a meeting was asked for, by meeting and person."""
    codes = {one.token: code for code, one in year.plans.items()}
    found = select(tasks.c.person_id, tasks.c.opened_at, meetings.meetings.c.token).join(
        meetings.meetings, meetings.meetings.c.id == tasks.c.meeting_id
    )
    calls: dict[tuple[str, int], list[datetime]] = defaultdict(list)
    for row in tx.execute(found.where(tasks.c.kind == "call")):
        calls[codes[row.token], row.person_id].append(row.opened_at)
    return calls


def _told_the_news(year: Year, rung: Mapping[tuple[str, int], list[datetime]]) -> Iterator[str]:
    """Who said yes or maybe, or waited, was told once, or is rung; nobody else was."""
    told: Counter[tuple[str, int]] = Counter()
    for got in year.got:
        if got.read.flow == "meeting_news":
            told.update((code, got.who) for code in got.read.codes)
    owed = {(news.code, who): news for news in year.news for who in news.concerned}
    for (code, who), news in owed.items():
        calls = [at for at in rung.get((code, who), ()) if at >= news.at]
        if told[code, who] + (not told[code, who] and bool(calls)) != 1 and not _need_not(year, news, who):
            yield f"{code}: {who} was told {told[code, who]} times that it is changed"
    for code, who in told.keys() - owed.keys():
        yield f"{code}: {who} was told that it is changed, and had not said yes"


def _need_not(year: Year, news: News, who: int) -> bool:
    """They left, or said no, before a text might go to them."""
    by = wall.next_time(year.members[who], news.at)
    left = year.left.get(who)
    state = year.lines[news.code].state(who, by)
    return (left is not None and left <= by) or state == "not_coming"


def _figures(tx: Tx, year: Year) -> Iterator[str]:
    """Those on the pages are what people said, and what the providers took."""
    rows = {code: meetings.by_token(tx, one.token) for code, one in year.plans.items()}
    figures = meeting_figures.of(tx, [row for row in rows.values() if row is not None])
    erased = set(tx.execute(select(people.c.id).where(people.c.state == PersonState.ERASED)).scalars())
    if not erased <= year.left.keys():
        yield f"erased without having left: {erased - year.left.keys()}"
    for code, row in rows.items():
        assert row is not None
        found = figures[row.id]
        said = year.lines[code].counted(erased)
        shown = (found.coming, found.guests, found.waiting, found.maybe, found.not_coming)
        if shown != said:
            yield f"{code}: the page says {shown}, people said {said}: {_differ(tx, year, code, erased)}"
        if row.capacity is not None and found.places > row.capacity:
            yield f"{code}: {found.places} come, and there are {row.capacity} places"
    for code, broadcast_id in year.invited.items():
        shown_sent = broadcast_progress.progress(tx, broadcasts.get(tx, broadcast_id))
        took = sum(got.read.flow == "invitation" and got.read.codes == (code,) for got in year.got)
        went = shown_sent.handed_over + shown_sent.sent + shown_sent.delivered + shown_sent.read
        if went != took:
            yield f"{code}: the page says that {went} invitations went, and the books have {took}"
        if shown_sent.counted is not None and shown_sent.people != shown_sent.counted:
            yield f"{code}: its figures add up to {shown_sent.people} of {shown_sent.counted}"


def _told(tx: Tx, year: Year) -> Iterator[str]:
    """Of each meeting there is the feedback of those who gave it, and of nobody else."""
    for code, one in year.plans.items():
        row = meetings.by_token(tx, one.token)
        asked = feedback.of_meeting(tx, row.id) if row is not None else None
        kept = {given.person_id for given in looking.responses(tx, [asked.id])} if asked is not None else set()
        gave = {who for who in year.told[code] if who not in year.left}
        year.figures["told how it was"] += len(gave)
        if gave != kept - year.left.keys():
            yield f"{code}: {sorted(gave)} told us how it was, and {sorted(kept)} are kept"


def _differ(tx: Tx, year: Year, code: str, erased: set[int]) -> list[str]:
    row = meetings.by_token(tx, year.plans[code].token)
    assert row is not None
    kept = {one.person_id: one.state for one in tx.execute(select(rsvps).where(rsvps.c.meeting_id == row.id))}
    ours = {who: place.state for who, place in year.lines[code].places.items()}
    return [
        f"{who} {ours.get(who)}, kept {kept.get(who)}" for who in sorted(kept | ours) if kept.get(who) != ours.get(who)
    ]


def _nothing_waits(tx: Tx, year: Year) -> Iterator[str]:
    """Nothing is left over."""
    now = year.now
    waits = select(messages_out.c.wording, messages_out.c.state).where(
        messages_out.c.state.in_(["queued", "sending", "held"]), messages_out.c.due_at <= now
    )
    yield from (f"a text waits still: {row.wording} ({row.state})" for row in tx.execute(waits))
    late = select(reminders.c.step).where(reminders.c.state == "planned", reminders.c.due_at < now)
    yield from (f"a reminder is planned in the past: {row.step}" for row in tx.execute(late))
    stuck = select(conversations.c.flow).where(conversations.c.state.in_(["open", "waiting"]))
    stuck = stuck.where(conversations.c.lapses_at.is_(None) | (conversations.c.lapses_at < now))
    yield from (f"a conversation is stuck: {row.flow}" for row in tx.execute(stuck))


def _silence(year: Year) -> Iterator[str]:
    """Nobody who stopped us, or left, gets anything but the answer to that."""
    for got in year.got:
        since = [at for at in (year.stopped.get(got.who), year.left.get(got.who)) if at is not None]
        if since and got.at > min(since) and not got.asked:
            yield f"{got.who} got a text after they stopped us: {got.read.flow} {got.read.codes}"


def counted(year: Year) -> Iterable[tuple[str, int]]:
    """The figures of the year."""
    texted = Counter(year.members[got.who].way for got in year.got)
    yield from sorted(year.figures.items())
    yield from ((f"texts by {way}", texted[way]) for way in sorted(texted))
