"""The words of a broadcast: how one text written for many becomes the message of one person.

What stands for the placeholders is fixed when it is let go. Only the name is each person's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bank import meeting_facts
from bank.organisation import Organisation
from bank.project_facts import facts
from bank.templates import MESSAGE
from channels.message import Channel, Message, Option, numbered
from flows import invite_lines
from flows.broadcast_lines import FORMATS, STOP
from flows.grammar import Choose, Flow, Step
from flows.interest import INTEREST
from flows.rsvp import RSVP
from language import placeholder
from language.normal import safe
from language.placeholder import NAME
from language.sms import length
from language.wording import SOURCE_LANGUAGE, Words, base
from storage.broadcasts import BroadcastKind
from storage.schema import Record

# So many letters of a name we keep room for. Whose is longer is called by its first word.
LONGEST_NAME = 20
_LONG_NAME, _DEAR_NAME = "w" * LONGEST_NAME, "ŵ" * LONGEST_NAME
_KEPT = 1000  # messages that differ
# What could make a message read otherwise than it is written.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Worded:
    """One message in words: its text, and what may be answered as id and label."""

    text: str
    options: tuple[tuple[str, str], ...] = ()

    def message(self, token: str, sender: str, channel: Channel, address: str = "", language: str = "en") -> Message:
        """As it is handed to an adapter, in WhatsApp's 24 hours."""
        return Message(token, sender, channel, address, self.text, payloads(token, self.options), False, True, language)


def whole(row: Record) -> dict[str, str]:
    """All that people may read of it, by language: the words, its choices, the parts for MORE, and where links lead."""
    links = [f"{name}: {link}" for name, link in (row.formats or {}).items()]
    said = {
        tag: [one[in_language(one, tag)] for one in (*(row.choices or ()), *(row.parts or ()))] for tag in row.words
    }
    return {tag: "\n".join([text, *said[tag], *links]) for tag, text in row.words.items()}


def payloads(token: str, options: tuple[tuple[str, str], ...]) -> tuple[Option, ...]:
    """What the buttons of the message of that name carry."""
    return tuple(Option(f"{token}.ask.{id_}", label) for id_, label in options)


def asks(row: Record) -> bool:
    """Whether a broadcast asks something that may be answered by choosing."""
    return row.kind == BroadcastKind.INVITATION or bool(row.choices)


def names(text: str) -> bool:
    """Whether it says the person's name."""
    return NAME in placeholder.used(text)


def called(name: str | None) -> str:
    """What somebody is called in a text: their name, the first word of a long one; empty where that is long too."""
    whole = " ".join(_UNSEEN.sub(" ", safe(name or "")).split())
    for known in (whole, whole.partition(" ")[0]):
        if _units(known) <= LONGEST_NAME:
            return known
    return ""


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def in_language(words: Mapping[str, str], language: str) -> str:
    """The tag of the wording in this language, in the one it is a twin of, or in English."""
    for tag in (language, base(language), language.partition("@")[0].partition("_")[0]):
        if words.get(tag):
            return tag
    return SOURCE_LANGUAGE


def tag_for(row: Record, language: str, organisation: Organisation, *, plain: bool) -> str:
    """The tag of the words that somebody gets: easier ones where they asked for them, and somebody wrote them."""
    easier = organisation.catalogs.simple(language) if plain else None
    return in_language(row.words, easier or language)


def values_of(
    organisation: Organisation, project: Record | None, tag: str, meeting: Record | None = None
) -> dict[str, str]:
    """What stands for each placeholder but the name, for words in this language. What a meeting says goes first."""
    about = {"sender": organisation.council}
    if project is not None:
        about = dict(facts(project, tag, organisation))
        about["say"] = about["rung_sentence"]
    if meeting is not None:
        sender = meeting_facts.said(meeting, "sender", tag) or about["sender"]
        about |= _of_meeting(meeting, tag, organisation) | {"sender": sender}
    stop = organisation.catalogs.render(STOP if meeting is None else invite_lines.STOP, tag, {})
    return {"council": organisation.council, "stop": stop} | {
        name: value for name, value in about.items() if name in placeholder.KNOWN
    }


def _of_meeting(meeting: Record, tag: str, organisation: Organisation) -> dict[str, str]:
    """What it says of itself, for words in this language."""
    own = meeting_facts.facts(meeting, tag, organisation)
    return {name: own[name] for name in placeholder.OF_MEETING if name in own}


def options_of(row: Record, tag: str, organisation: Organisation) -> tuple[tuple[str, str], ...]:
    """What may be answered, as id and label: interested or not, coming or not, or what was written for it ("c1")."""
    if row.kind == BroadcastKind.INVITATION:
        return answers_of(RSVP if row.meeting_id is not None else INTEREST, tag, organisation)
    return tuple((f"c{number}", one.get(in_language(one, tag), "")) for number, one in enumerate(row.choices or (), 1))


def answers_of(flow: Flow, tag: str, organisation: Organisation) -> tuple[tuple[str, str], ...]:
    """What may be answered to the question with which a flow begins, as id and label."""
    return tuple((id_, organisation.catalogs.render(label, tag, {})) for id_, label in _asked(flow.steps["ask"]))


def _asked(asked: Step) -> Iterator[tuple[str, Words]]:
    """As the flow asks it."""
    if isinstance(asked, Choose) and isinstance(asked.choices, tuple):
        for choice in asked.choices:
            if choice.label is not None:
                yield choice.id, choice.label


@dataclass(slots=True)
class Script:
    """One broadcast's words, ready to be said to one person after the other. `values` is by the tag of its words."""

    row: Record
    organisation: Organisation
    values: Mapping[str, Mapping[str, str]]
    _same: dict[tuple[str, str, str | None], Worded] = field(default_factory=dict)
    _most: dict[tuple[str, str | None], int] = field(default_factory=dict)

    @classmethod
    def let_go(cls, row: Record, organisation: Organisation, meeting: Record | None = None) -> Script:
        """With what stood for the placeholders when it was let go; when and where a meeting is, as it is by now."""
        values = (row.counted or {}).get("values", {})
        if meeting is not None:
            values = {tag: values[tag] | _of_meeting(meeting, tag, organisation) for tag in values}
        return cls(row, organisation, values)

    @classmethod
    def now(
        cls, row: Record, organisation: Organisation, project: Record | None, meeting: Record | None = None
    ) -> Script:
        """As it would go if it went now."""
        return cls(row, organisation, {tag: values_of(organisation, project, tag, meeting) for tag in row.words})

    def aloud(self) -> Script:
        """The same for whoever is rung or gets a letter: how to stop texts is of no use to them."""
        return Script(self.row, self.organisation, {tag: {**own, "stop": ""} for tag, own in self.values.items()})

    def in_words(self, tag: str, name: str = "", form: str | None = None) -> Worded:
        """For somebody of that name (empty: none that we could use), who asked for that format or for none."""
        key = tag, name, form
        if key not in self._same:
            if len(self._same) > _KEPT:
                self._same.clear()
            self._same[key] = self._worded(tag, name, form)
        return self._same[key]

    def _worded(self, tag: str, name: str, form: str | None) -> Worded:
        values = self.values.get(tag) or values_of(self.organisation, None, tag)
        text = placeholder.fill(self.row.words[tag], {**values, NAME: name})
        formats = self.row.formats or {}
        if form is not None and form in formats and form in FORMATS:
            text += "\n" + self.organisation.catalogs.render(FORMATS[form], tag, {"link": formats[form]})
        return Worded(text, options_of(self.row, tag, self.organisation))

    def for_one(self, tag: str, name: str | None, form: str | None, *, sms: bool) -> Worded:
        """What goes to somebody. An SMS never takes more segments than was counted before: then it has no name."""
        known = called(name) if names(self.row.words[tag]) else ""
        worded = self.in_words(tag, known, form)
        if known and sms and segments(worded) > self.most(tag, form):
            return self.in_words(tag, "", form)
        return worded

    def blanks(self, tag: str, name: str | None, form: str | None) -> dict[str, str]:
        """What may fill the blanks of a template: all of the message, and what stands for the placeholders."""
        worded = self.for_one(tag, name, form, sms=False)
        whole = numbered(worded.message("", "", Channel.WHATSAPP))
        return {**self.values.get(tag, {}), NAME: called(name), MESSAGE: " ".join(whole.split())}

    def usual(self, tag: str) -> int:
        """SMS segments for somebody with a long name in our own letters, in the longest format."""
        name = _LONG_NAME if names(self.row.words[tag]) else ""
        return max(segments(self.in_words(tag, name, form)) for form in self._forms())

    def most(self, tag: str, form: str | None) -> int:
        """SMS segments at the most: a name in other letters makes the whole text dearer."""
        if (tag, form) not in self._most:
            tried = ("", _LONG_NAME, _DEAR_NAME) if names(self.row.words[tag]) else ("",)
            self._most[tag, form] = max(segments(self.in_words(tag, name, form)) for name in tried)
        return self._most[tag, form]

    def most_of_all(self, tag: str) -> int:
        """The same in whichever format takes most."""
        return max(self.most(tag, form) for form in self._forms())

    def _forms(self) -> tuple[str | None, ...]:
        return (None, *(self.row.formats or ()))


def as_said(row: Record, organisation: Organisation, project: Record | None, meeting: Record | None) -> dict[str, str]:
    """What people read of it, by language, as an SMS: filled in as it was let go, but for each one's own name."""
    let_go = row.let_go_at is not None
    script = Script.let_go(row, organisation) if let_go else Script.now(row, organisation, project, meeting)
    said = {tag: script.in_words(tag, "their name") for tag in row.words}
    return {tag: numbered(worded.message("", "", Channel.SMS)) for tag, worded in said.items()}


def segments(worded: Worded) -> int:
    """As an SMS, its choices numbered."""
    return length(numbered(worded.message("", "", Channel.SMS))).segments
