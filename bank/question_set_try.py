"""A question set walked as a person would, in memory: nothing is stored, nobody is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bank import voice
from bank.facts import Facts, organisation_facts
from bank.organisation import Organisation
from channels.message import Channel, Message
from channels.message import Option as Button
from flows import engine
from flows.engine import Asked, Saying, Turn
from flows.grammar import Flow
from flows.position import Position
from language import understand
from language.everywhere import Word
from language.reading import Option, Question, Reading

MOST_REPLIES = 60
_DANGER = "Somebody may be in danger: Heard would give the calm reply, hold everything, and alert a lead."
_KNOWN = "Heard knows this word itself, at any question. What it does then is the same everywhere."
_GONE = "This button is of an earlier question. Go on from the last one here."
_PERSON = "A person of ours would read this."
_OVER = "This is the end. Their answers would be kept now."


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody wrote, or with `pressed` the id of the choice whose button they pressed."""

    words: str
    pressed: bool = False


@dataclass(frozen=True, slots=True)
class Bit:
    """One thing on the phone: `theirs` is what they wrote, `ours` what we send, `note` what happens besides."""

    theirs: str = ""
    ours: Message | None = None
    note: str = ""


@dataclass(slots=True)
class Walk:
    """Where somebody stands who answers this flow on this kind of phone, in this language.

    `sender` is the sender of ours whose adapter shows what we send.
    """

    flow: Flow
    organisation: Organisation
    channel: Channel
    sender: str
    language: str
    now: datetime
    bits: list[Bit] = field(default_factory=list)
    position: Position | None = None

    def __post_init__(self) -> None:
        self._follow(engine.begin(self.flow, self._facts))

    @property
    def _facts(self) -> Facts:
        return Facts(organisation_facts(self.organisation, self.now, self.language))

    def hear(self, reply: Reply) -> None:
        """Take one reply, or one press of a button, to the open question."""
        if self.position is None:
            return
        asked = engine.question(self.flow, self.position, self._facts)
        if reply.pressed:
            self._press(asked, self.position, reply.words)
        else:
            self._read(asked, self.position, reply.words)

    def _read(self, asked: Asked, position: Position, text: str) -> None:
        self.bits.append(Bit(theirs=text))
        shown = self._shown(asked)
        if understand.danger_in(shown, text, self.language) is not None:
            self.bits.append(Bit(note=_DANGER))
            self.position = None
        elif (word := understand.word_in(shown, text, self.language)) is not None:
            self._word(word, position)
        else:
            reading = understand.answer(shown, text, self.language)
            self._follow(engine.advance(self.flow, position, reading, self._facts))

    def _press(self, asked: Asked, position: Position, choice: str) -> None:
        label = next((offer.label for offer in asked.offers if offer.id == choice and offer.label is not None), None)
        if label is None:
            self.bits.append(Bit(note=_GONE))
            return
        self.bits.append(Bit(theirs=self.organisation.catalogs.render(label, self.language, self._facts)))
        pressed = Reading(value=choice, sure=True, because="button")
        self._follow(engine.advance(self.flow, position, pressed, self._facts))

    def _word(self, word: Word, position: Position) -> None:
        if word is Word.SKIP:
            self._follow(engine.skip(self.flow, position, self._facts))
        elif word is Word.BACK:
            self._follow(engine.back(self.flow, position, self._facts))
        else:
            self.bits.append(Bit(note=_KNOWN))
            self.position = None if word in {Word.STOP, Word.LEAVE} else position

    def _follow(self, turn: Turn) -> None:
        self.position = turn.position
        self.bits += [Bit(ours=self._message(saying)) for saying in turn.say]
        if turn.person is not None:
            self.bits.append(Bit(note=_PERSON))
        if turn.position is None:
            self.bits.append(Bit(note=_OVER))

    def _message(self, saying: Saying) -> Message:
        spoken = voice.speak(saying, self.organisation.catalogs, self.language, self._facts)
        buttons = tuple(Button(id_, label) for id_, label in spoken.options)
        return Message(
            token="",
            sender=self.sender,
            channel=self.channel,
            address="",
            text=spoken.text,
            options=buttons,
            one_line=spoken.one_line,
            in_window=True,
            language=self.language,
        )

    def _shown(self, asked: Asked) -> Question:
        render = self.organisation.catalogs.render
        options = tuple(
            Option(offer.id, render(offer.label, self.language, self._facts), offer.hears)
            for offer in asked.offers
            if offer.label is not None
        )
        return Question(asked.read, options)


def walked(walk: Walk, replies: Sequence[Reply]) -> Walk:
    """The conversation as far as these replies bring it."""
    for reply in replies[:MOST_REPLIES]:
        walk.hear(reply)
    return walk
