"""Telling those who came what was said: a text of three segments at most, drafted, and sent as any other broadcast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bank import audience, broadcast_draft, commitment_words, meeting_facts, themes
from bank.audience import Rule
from bank.broadcast_draft import Draft
from bank.broadcast_words import Worded, segments, values_of
from bank.colleague import Colleague
from bank.feedback_shown import Outcome
from bank.handling import CannotDo
from bank.organisation import Organisation
from bank.suppression import Figure, Shown
from bank.told_facts import language_name
from flows import feedback_told as sentences
from flows.question_set import Kind, Means
from language import placeholder
from language.wording import SOURCE_LANGUAGE, Words, base
from storage import commitment_list, projects
from storage.broadcasts import BroadcastKind
from storage.commitment_list import Wanted
from storage.commitments import PROMISED, CommitmentKind
from storage.schema import Record
from storage.store import Tx

MOST_SEGMENTS = 3
_LONGEST_NAME = 80
_MOST_THEMES = 3
_AS_WRITTEN = {name: f"{{{name}}}" for name in ("council", "stop")}


@dataclass(frozen=True, slots=True)
class Text:
    """One language's text as somebody reads it, and how many segments it takes."""

    language: str
    tongue: str
    text: str
    segments: int


@dataclass(frozen=True, slots=True)
class Drafted:
    """The text in each language, and how many people would get it now."""

    texts: tuple[Text, ...]
    people: int


def drafted(tx: Tx, meeting: Record, outcome: Outcome | None, now: datetime, organisation: Organisation) -> Drafted:
    """What would be told to those who came. `outcome` is what was said, as anybody may know it; None: nothing."""
    found = tuple(
        Text(
            tag,
            language_name(tag),
            _filled(tx, meeting, text, tag, organisation),
            _size(tx, meeting, text, tag, organisation),
        )
        for tag, text in words(tx, meeting, outcome, organisation).items()
    )
    return Drafted(found, audience.preview(tx, _rule(meeting), now, organisation).reached)


def begin(
    tx: Tx,
    colleague: Colleague,
    meeting: Record,
    outcome: Outcome | None,
    now: datetime,
    organisation: Organisation,
) -> Record:
    """A draft of a broadcast that tells those who came. Raises CannotDo where nobody was asked how it was."""
    if outcome is None:
        raise CannotDo("Nobody was asked yet how it was. There is nothing to tell.")
    title = meeting_facts.said(meeting, "title", SOURCE_LANGUAGE)
    draft = Draft(
        f"What was said: {title}"[:_LONGEST_NAME],
        words(tx, meeting, outcome, organisation),
        BroadcastKind.MESSAGE,
        project=meeting.project_id,
        rule=_rule(meeting).as_json(),
    )
    return broadcast_draft.write(tx, colleague, draft, now)


def words(tx: Tx, meeting: Record, outcome: Outcome | None, organisation: Organisation) -> dict[str, str]:
    """What it says in every language that we write. A twin in easier words is there where it differs."""
    promised = commitment_list.these(tx, Wanted(states=sorted(PROMISED), meeting_id=meeting.id))
    found = {
        tag: _fitting(tx, meeting, list(_sentences(meeting, outcome, promised, tag, organisation)), tag, organisation)
        for tag in organisation.catalogs.languages
    }
    return {tag: text for tag, text in found.items() if base(tag) == tag or text != found.get(base(tag))}


def _sentences(
    meeting: Record, outcome: Outcome | None, promised: list[Record], tag: str, organisation: Organisation
) -> Iterator[tuple[int, str]]:
    """How much each matters (0 the most), and what it says, in the order in which they stand."""

    def said(matters: int, sentence: Words, **values: str | int) -> tuple[int, str]:
        return matters, organisation.catalogs.render(sentence, tag, {**_AS_WRITTEN, **values})

    facts = meeting_facts.facts(meeting, tag, organisation)
    yield said(0, sentences.CAME, meeting=facts["meeting"], day=facts["day"])
    if outcome is not None:
        if isinstance(outcome.answered, Shown):
            yield said(3, sentences.ANSWERED, number=outcome.answered.count)
        if (middle := _middle(outcome)) is not None:
            yield said(4, sentences.MIDDLE, rating=middle)
        if isinstance(heard := _heard(outcome), Shown):
            yield said(5, sentences.HEARD, number=heard.count)
        if spoke := _spoke(outcome, tag):
            yield said(2, sentences.SPOKE, themes=spoke)
    for place, row in enumerate(promised):
        told = commitment_words.facts(row, tag)
        yield said(1 if not place else 6, _promise(row, told), **told)
    if not promised:
        yield said(1, sentences.TO_COME)


def _promise(row: Record, told: Mapping[str, str]) -> Words:
    if row.kind == CommitmentKind.CANNOT:
        return sentences.CANNOT
    return sentences.WILL if told["due"] else sentences.WILL_SOME_DAY


def _middle(outcome: Outcome) -> int | None:
    return next((one.told.middle for one in outcome.questions if one.told.asked.question.means is Means.HOW), None)


def _heard(outcome: Outcome) -> Figure | None:
    """How many said yes to that."""
    for one in outcome.questions:
        asked = one.told.asked.question
        if asked.means is Means.HEARD and asked.kind is Kind.YES_NO:
            return one.told.counts[0][1]
    return None


def _spoke(outcome: Outcome, tag: str) -> str:
    """The themes that most spoke of, of those of which it is shown."""
    counted = [(count.count, themes.called(row, tag)) for row, count in outcome.themes if isinstance(count, Shown)]
    return ", ".join(name for _count, name in sorted(counted, key=lambda one: -one[0])[:_MOST_THEMES])


def _fitting(tx: Tx, meeting: Record, told: list[tuple[int, str]], tag: str, organisation: Organisation) -> str:
    """All that fits: what matters least goes first."""
    while True:
        text = " ".join([*(says for _matters, says in told), _AS_WRITTEN["stop"]])
        least = max(matters for matters, _says in told)
        if not least or _size(tx, meeting, text, tag, organisation) <= MOST_SEGMENTS:
            return text
        last = max(place for place, (matters, _says) in enumerate(told) if matters == least)
        del told[last]


def _size(tx: Tx, meeting: Record, text: str, tag: str, organisation: Organisation) -> int:
    return segments(Worded(_filled(tx, meeting, text, tag, organisation)))


def _filled(tx: Tx, meeting: Record, text: str, tag: str, organisation: Organisation) -> str:
    project = projects.get(tx, meeting.project_id) if meeting.project_id is not None else None
    return placeholder.fill(text, values_of(organisation, project, tag))


def _rule(meeting: Record) -> Rule:
    return Rule(came_to=(meeting.token,))
