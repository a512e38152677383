"""The check of a broadcast: how its words read, whom it reaches, what it costs, when it goes, and who approves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bank import approvals, audience, broadcast_fit, broadcast_later, broadcast_words, invitation_notes, quiet
from bank.audience import Preview, Rule, TooDeep
from bank.broadcast_about import expires_at, meeting_of, project_of
from bank.broadcast_draft import approval_words, is_chosen
from bank.broadcast_fit import About
from bank.broadcast_words import Script
from bank.broadcasts import is_unfinished, terms_of
from bank.organisation import Organisation
from bank.told_facts import language_name
from channels.message import Channel, Message
from language import introduction, placeholder
from language.advice import Manner, advise
from language.dates import moment
from language.finding import Code, Finding
from language.wording import SOURCE_LANGUAGE, base
from storage import broadcasts
from storage.approvals import Post
from storage.broadcasts import BroadcastState
from storage.picking import Way
from storage.schema import Record
from storage.store import Tx

# What nobody asked for always says who writes, and how to stop it.
_ALWAYS = frozenset({Code.NO_SENDER, Code.NO_STOP})
_SAMPLE_NAME = "Asha"
_TEXTED = {Way(channel): channel for channel in Channel}

Manners = Callable[[str], Manner]


def any_manner(_language: str) -> Manner:
    return Manner()


@dataclass(frozen=True, slots=True)
class Reading:
    """The words in one language: as somebody reads them, and as somebody does of whom we know no name.

    `odd` is what is wrong with its placeholders. `holds` are the findings for which it does not go.
    """

    language: str
    text: str
    nameless: str
    odd: tuple[str, ...]
    findings: tuple[Finding, ...]
    holds: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes to reach these people in this way and language. `usual` and `most` are SMS segments, or 1.

    `most` is for the longest name, in other letters: a message never takes more. `tenths` of a penny are for all, at
    the most.
    """

    way: Way
    language: str
    people: int
    usual: int
    most: int
    usual_tenths: int
    tenths: int


@dataclass(frozen=True, slots=True)
class Check:
    """All that is to be known before it goes. `unwritten`: how many read a language in which nobody wrote it.

    `mend` are sentences on what must be put right; `notes` are worth knowing. `goes_at` is when the first may go.
    `said` is what each post said last of exactly these words; `missing` are those of `posts` who have not said yes to
    them, `refused` those who said no.
    """

    readings: Mapping[str, Reading]
    unwritten: Mapping[str, int]
    costs: tuple[Cost, ...]
    preview: Preview
    goes_at: datetime
    mend: tuple[str, ...]
    notes: tuple[str, ...]
    posts: tuple[Post, ...]
    said: Mapping[Post, bool | None]
    missing: tuple[Post, ...]
    refused: tuple[Post, ...]

    @property
    def tenths(self) -> int:
        """What it costs at the most, in tenths of a penny."""
        return sum(cost.tenths for cost in self.costs)

    @property
    def usual_tenths(self) -> int:
        return sum(cost.usual_tenths for cost in self.costs)

    @property
    def ready(self) -> bool:
        return not self.mend and not self.missing


def check(
    tx: Tx,
    row: Record,
    now: datetime,
    organisation: Organisation,
    *,
    manners: Manners = any_manner,
    prices: Mapping[str, int] | None = None,
) -> Check:
    """Look at a broadcast as it would go now. `prices` is by channel, in tenths of a penny for a segment or message;

    without any an SMS costs what `manners` says, and all else nothing.
    """
    about = About(project_of(tx, row), meeting_of(tx, row))
    script = Script.now(row, organisation, about.project, about.meeting)
    goes_at = quiet.next_time(due := max(row.due_at, now), organisation)
    readings = {tag: _read(script, tag, goes_at.astimezone(organisation.zone).date(), manners) for tag in row.words}
    preview, unpicked = _preview(tx, row, now, due, organisation)
    each = prices if prices is not None else {Channel.SMS.value: manners(SOURCE_LANGUAGE).segment_price}
    costs = tuple(_costs(script, preview, each)) if row.words.get(SOURCE_LANGUAGE) else ()
    posts = tuple(approvals.needed(tx, row, preview.reached, organisation))
    said = approvals.said(tx, row, approval_words(tx, row, organisation), preview.reached, organisation)
    return Check(
        readings,
        _unwritten(row, preview),
        costs,
        preview,
        goes_at,
        mend=(*unpicked, *_mend(row, readings), *broadcast_fit.mend(row, about, script, preview, due, goes_at)),
        notes=(
            *_waits_still(tx, row),
            *broadcast_later.notes(tx, row, preview, due),
            *_notes(row, preview, due, goes_at, organisation),
            *invitation_notes.notes(tx, row, about.meeting, script, _most(costs), now, organisation),
        ),
        posts=posts,
        said=said,
        missing=tuple(post for post in posts if not said.get(post)),
        refused=tuple(post for post in posts if said.get(post) is False),
    )


def _preview(
    tx: Tx, row: Record, now: datetime, due: datetime, organisation: Organisation
) -> tuple[Preview, tuple[str, ...]]:
    if not is_chosen(row):
        return Preview({}, {}, {}, 0), ("Choose whom it is for.",)
    terms = terms_of(tx, row, now, organisation)
    try:
        rule = Rule.from_json(row.rule) if row.rule else None
        counted = audience.preview(
            tx,
            rule,
            now,
            organisation,
            promotion=terms.promotion,
            digest=terms.digest,
            leave_out_capped=terms.leave_out_capped,
            got=terms.got,
            meeting=terms.meeting,
            until=expires_at(tx, row, due),
        )
    except (TooDeep, audience.NoCondition):
        return Preview({}, {}, {}, 0), ("Its rule cannot be worked out: choose again whom it is for.",)
    return counted, ()


def _read(script: Script, tag: str, day: date, manners: Manners) -> Reading:
    """How the words read on that day."""
    row, values = script.row, script.values[tag]
    odd = tuple(broadcast_fit.odd_in(row.words[tag], row))
    text = script.in_words(tag, _SAMPLE_NAME).text
    manner = manners(tag)
    found = advise(text, base(tag), day, sender=values["sender"], unasked=True, manner=manner).findings
    if not any(one.code is Code.NO_SENDER for one in introduction.findings(text, values["council"])):
        found = tuple(one for one in found if one.code is not Code.NO_SENDER)
    holds = tuple(one for one in found if one.code in _ALWAYS | frozenset(manner.must_mend))
    return Reading(tag, text, script.in_words(tag).text, odd, found, holds)


def _mend(row: Record, readings: Mapping[str, Reading]) -> Iterator[str]:
    if not row.words.get(SOURCE_LANGUAGE):
        yield "Write it in English, for everybody who has no other language."
    for tag, reading in readings.items():
        for said in (*reading.odd, *(finding.says for finding in reading.holds)):
            yield f"{tag}: {said}"


def _costs(script: Script, preview: Preview, prices: Mapping[str, int]) -> Iterator[Cost]:
    """The dearer of the words that somebody with this language may get: easier ones, where they asked for them."""
    for (way, language), people in sorted(preview.by_language.items()):
        if way not in _TEXTED:
            continue
        tags = {
            broadcast_words.tag_for(script.row, language, script.organisation, plain=plain) for plain in (False, True)
        }
        sms = way is Way.SMS
        usual = max(script.usual(tag) for tag in tags) if sms else 1
        most = max(script.most_of_all(tag) for tag in tags) if sms else 1
        each = prices.get(way, 0)
        yield Cost(way, language, people, usual, most, people * usual * each, people * most * each)


def _most(costs: tuple[Cost, ...]) -> int:
    """The most SMS segments that anybody gets."""
    return max((cost.most for cost in costs), default=0)


def _unwritten(row: Record, preview: Preview) -> dict[str, int]:
    found: dict[str, int] = {}
    for (_way, language), people in preview.by_language.items():
        if base(broadcast_words.in_language(row.words, language)) != base(language):
            found[language] = found.get(language, 0) + people
    return found


def _waits_still(tx: Tx, row: Record) -> Iterator[str]:
    """What becomes of the rest of that which it corrects."""
    wrong = broadcasts.get(tx, row.corrects_id) if row.corrects_id is not None else None
    if wrong is not None and wrong.state != BroadcastState.CANCELED and is_unfinished(tx, wrong):
        yield "Not all of what it corrects has gone. Once you send this, the rest does not go to anybody."


def _notes(row: Record, preview: Preview, due: datetime, goes_at: datetime, whose: Organisation) -> Iterator[str]:
    here = goes_at.astimezone(whose.zone)
    if goes_at > due:
        when = moment(here, due.astimezone(whose.zone), SOURCE_LANGUAGE)
        yield f"Nothing that people did not ask for goes at that time. The first goes at {when}."
    if row.spread and quiet.next_time(goes_at + timedelta(minutes=row.spread), whose) > goes_at + timedelta(
        minutes=row.spread
    ):
        yield "It is spread over more time than there is that day. The rest goes on the next day on which texts may go."
    if row.state not in {BroadcastState.DRAFT, BroadcastState.WAITING}:
        yield "It was let go already."
    for language, people in sorted(_unwritten(row, preview).items()):
        yield f"{people} read {language_name(base(language))}, in which nobody wrote it: they get it in English."


def preview(
    row: Record, organisation: Organisation, language: str, channel: Channel, values: Mapping[str, str]
) -> Message:
    """What one phone would show. `values` are what broadcast_words.values_of gives, and "name"."""
    tag = broadcast_words.in_language(row.words, language)
    script = Script(row, organisation, {tag: values})
    name = values.get(placeholder.NAME)
    worded = script.for_one(tag, name, None, sms=channel is Channel.SMS)
    return worded.message(row.token, channel.value, channel, language=tag)
