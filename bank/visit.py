"""A visit: one message from one address, and all that is known and done while it is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import is_
from typing import Any

from bank import voice
from bank.facts import Company, Facts, facts_for
from bank.organisation import Organisation
from bank.voice import Envelope
from channels.message import Incoming
from flows.engine import Saying
from flows.position import Position
from language.reading import Question
from language.wording import SOURCE_LANGUAGE, Words, base
from storage import outbox
from storage.addresses import HELD_FOR_DANGER, AddressState
from storage.messages_in import Disposition
from storage.outbox import Priority
from storage.people import PersonState
from storage.schema import Record
from storage.store import Tx

# All that is said by itself where somebody may be in danger: wordings that begin so.
ABOUT_DANGER = "safety."
# The same answer is given once in a moment, and only so often in an hour.
A_MOMENT, AN_HOUR = timedelta(seconds=10), timedelta(hours=1)
# Answers that a conversation has already and its texts say.
_TOLD_BEFORE = ("wished_hours", "project", "broadcast", "wished_format", "meeting", "to_check", "told", "wished_day")
# What could not be sent by then stays unsent: nobody would know any more what it answers.
_LASTS = {
    Priority.REPLY: timedelta(hours=24),
    Priority.SAFETY: timedelta(hours=24),
    Priority.REMINDER: timedelta(hours=12),
    Priority.INVITATION: timedelta(days=2),
    Priority.BULK: timedelta(days=2),
}


@dataclass(slots=True)
class Standing:
    """The open conversation: its row, and where it stands now. `stored` is the position that the row has."""

    id: int
    token: str
    position: Position
    person_id: int | None
    nudged: bool = False
    stored: Position | None = None


@dataclass(slots=True)
class Visit:
    """`people` are those reached here who have not left. `speaks` is their language, and `plain` whether they asked
    for easier words in this visit (None: as the address has it). `language` is what we write in.

    `mute` answers with silence, all but a last word; `unsafe` with silence whatever it is, because they
    told us that a text could do harm. `held` leaves all but the words about danger to people of ours, because
    somebody may be in danger. `gets_through` says that what is said in this visit goes out though the address is
    stopped. `burst_since` is when the tenth newest message came, `agreement` the words that a yes
    in this visit agrees to. `question` is the one that was open when the message came, as it was shown, and
    `came_to` where it stood. `weary` says that this address had its replies of the hour that brought nothing
    forward, and `repeated` that one more is such a reply. `helper` is the help, between a member and somebody, that
    this visit is about: where the member is not reached here, that somebody speaks for them. `paused_until` is a
    pause that was asked for in this visit, whoever asked. `entered_by` typed in what they said, and `how` says how it
    came to us; nobody and nothing where they wrote it themselves. `subject` says what a message is about that begins
    no conversation, as the answers of one would. `newer` is what messages to many asked there after the open
    conversation asked last (`bank.awaited.Asked`).
    """

    tx: Tx
    now: datetime
    organisation: Organisation
    address: Record
    everyone: list[Record]
    incoming: Incoming | None = None
    message_id: int | None = None
    text: str = ""
    standing: Standing | None = None
    person: Record | None = None
    speaks: str = SOURCE_LANGUAGE
    plain: bool | None = None
    helper: Record | None = None
    disposition: Disposition = Disposition.INBOX
    asked: str | None = None
    question: Question | None = None
    reading: dict[str, Any] | None = None
    moved: bool = True
    mute: bool = False
    unsafe: bool = False
    held: bool = False
    gets_through: bool = False
    weary: bool = False
    repeated: bool = False
    came_to: tuple[object, ...] = ()
    paused_until: datetime | None = None
    others_wait: bool = False
    burst_since: datetime | None = None
    entered_by: int | None = None
    how: str | None = None
    subject: Mapping[str, Any] = field(default_factory=dict)
    newer: tuple[Any, ...] = ()
    agreement: str | None = None
    queued: list[int] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    _facts: tuple[tuple[object, ...], Facts] | None = None

    def __post_init__(self) -> None:
        self.held = self.held or self.address.held == HELD_FOR_DANGER

    @property
    def for_another(self) -> bool:
        """Somebody who helps the person speaks for them."""
        return self.person is not None and self.person_called(self.person.id) is None

    @property
    def people(self) -> list[Record]:
        return [person for person in self.everyone if person.state == PersonState.MEMBER]

    @property
    def language(self) -> str:
        """What we write in: their language, or its twin in easier words where they asked for that and it has one."""
        easier = self.address.plain if self.plain is None else self.plain
        return (self.organisation.catalogs.simple(self.speaks) if easier else None) or self.speaks

    @language.setter
    def language(self, language: str) -> None:
        self.speaks = base(language)

    @property
    def facts(self) -> Facts:
        """What a flow may know now: worked out anew when the person or the language changes."""
        return self._facts_of(self.standing.position.answers if self.standing is not None else self.subject)

    def facts_about(self, answers: Mapping[str, Any] | None) -> Facts:
        """What a flow may know that begins with these answers."""
        return self._facts_of({**self.subject, **(answers or {})})

    def _facts_of(self, answers: Mapping[str, Any]) -> Facts:
        about = map(answers.get, _TOLD_BEFORE)
        known = (self.person, self.language, self.everyone, self.paused_until, self.helper, *about)
        if self._facts is None or not all(map(is_, known, self._facts[0])):
            facts = facts_for(self.tx, self.organisation, self.now, self.language, self._company(answers))
            self._facts = known, facts
        return self._facts[1]

    def _company(self, answers: Mapping[str, Any]) -> Company:
        return Company(
            people=tuple(self.people),
            person=self.person,
            landline=self.address.landline,
            paused_until=self.paused_until,
            has_number=self._has_number,
            address_id=self.address.id,
            helper=self.helper,
            wished_hours=answers.get("wished_hours"),
            project=answers.get("project"),
            broadcast=answers.get("broadcast"),
            wished_format=answers.get("wished_format"),
            meeting=answers.get("meeting"),
            to_check=answers.get("to_check"),
            told=answers.get("told"),
            wished_day=answers.get("wished_day"),
        )

    @property
    def _has_number(self) -> bool:
        return bool(self.address.address) and self.address.address.startswith("+")

    def is_with(self, person: Record | None) -> None:
        """Know that the visit is by this person, as they are now."""
        self.person = person
        if person is None:
            return
        others = (one for one in self.everyone if one.id != person.id)
        # In the order that reach gives: a name that was offered keeps its number.
        self.everyone = sorted((*others, person), key=lambda one: int(one.id))
        self.language = person.language

    def person_called(self, person_id: int | None) -> Record | None:
        """The one of those reached here who has that id."""
        return next((one for one in self.everyone if one.id == person_id), None)

    def say(self, saying: Saying, priority: Priority = Priority.REPLY, *, last_word: bool = False) -> None:
        """Queue one message to this address, unless this visit is answered with silence."""
        if self.unsafe or (self.held and not saying.key.startswith(ABOUT_DANGER)):
            return
        if (self.mute and not last_word) or self._said_enough(saying.key, last_word=last_word):
            return
        envelope = Envelope(
            self.address.id,
            self.incoming.sender if self.incoming else self.address.sender,
            self.language,
            person_id=self.person.id if self.person else None,
            conversation_id=self.standing.id if self.standing else None,
            answers_id=self.message_id,
            priority=priority,
            last_word=last_word or self.gets_through,
            expires=_LASTS[priority],
        )
        spoken = voice.speak(saying, self.organisation.catalogs, self.language, self.facts)
        self.queued.append(
            voice.queue(
                self.tx, envelope, saying.key, spoken, self.now, self._payloads(saying) if saying.offers else None
            )
        )

    def tell(self, name: str, words: Words, *, last_word: bool = False) -> None:
        """Say one of the everywhere texts; `name` is the end of its wording key."""
        self.say(Saying(f"everywhere.{name}", (words,)), last_word=last_word)

    @property
    def stands_at(self) -> tuple[object, ...]:
        """The question that is open: the same before and after a message that brought nothing forward."""
        if self.standing is None:
            return ()
        position = self.standing.position
        return self.standing.id, position.step, position.checking, position.page

    def _said_enough(self, key: str, *, last_word: bool) -> bool:
        """Said a moment ago, or in this hour to somebody who had many replies that brought nothing forward.

        Danger is always answered, and so is what moves: another question, a STOP that was not in force yet.
        """
        moves = self.stands_at != self.came_to or (last_word and self.address.state == AddressState.OPEN)
        if moves or self.disposition is Disposition.HELD or not (self.weary or self.disposition is Disposition.WORD):
            return False
        last = outbox.last_said(self.tx, self.address.id, key, self.now - AN_HOUR)
        self.repeated |= last is not None
        return last is not None and (self.weary or self.now - last < A_MOMENT)

    def _payloads(self, saying: Saying) -> dict[str, str]:
        """What each button carries: the conversation, the step and the choice, 64 bytes at most."""
        if self.standing is None:
            return {}
        position = self.standing.position
        step = f"{position.step}!" if position.checking is not None else position.step
        return {offer.id: f"{self.standing.token}.{step}.{offer.id}" for offer in saying.offers}
