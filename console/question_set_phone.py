"""The phone beside a question set: it is walked anew from the replies that the form carries, and nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bank.question_set_try import MOST_REPLIES, Bit, Reply, Walk, walked
from channels.message import Channel, Option
from console.forms import Form
from console.room import Room
from console.said import CHANNELS as CHANNELS
from console.said import as_shown
from console.try_thread import carried
from flows.question_set import QuestionSet, build
from language.wording import SOURCE_LANGUAGE, base

_START, _SEND, _PICK = "try", "send", "pick-"
_NAME, _LONGEST = "set", 1000


@dataclass(frozen=True, slots=True)
class Bubble:
    """What stands on the phone: `side` is "theirs", "ours" or "note". `carried` tells what an SMS takes."""

    side: str
    text: str
    language: str = ""
    buttons: tuple[Option, ...] = ()
    carried: str = ""


@dataclass(frozen=True, slots=True)
class Phone:
    """`replies` go into the form again as they are. `over` says that nothing more is asked."""

    channel: str = Channel.SMS
    language: str = SOURCE_LANGUAGE
    replies: tuple[str, ...] = ()
    bubbles: tuple[Bubble, ...] = ()
    on: bool = False
    over: bool = False


def is_for_it(press: str) -> bool:
    """Whether this button is the phone's."""
    return press in {_START, _SEND} or press.startswith(_PICK)


def is_on(form: Form) -> bool:
    """Whether somebody had begun on it."""
    return form.ticked("try-on")


def empty(form: Form) -> Phone:
    """A phone that nobody has begun on, of the kind that was chosen."""
    return Phone(form.text("try-channel") or Channel.SMS, form.text("try-language") or SOURCE_LANGUAGE)


def phone(form: Form, room: Room, asked: QuestionSet, press: str) -> Phone:
    """The phone after this button, or as it was."""
    channel = _one_of(form.text("try-channel"), list(Channel), Channel.SMS)
    language = _one_of(form.text("try-language"), room.organisation.catalogs.spoken, SOURCE_LANGUAGE)
    replies = () if press == _START else _replies(form, press)
    walk = walked(
        Walk(
            build(_NAME, 1, asked, language),
            room.organisation,
            Channel(channel),
            f"try-{channel}" if room.demo else channel,
            language,
            room.now(),
        ),
        [Reply(one[2:], pressed=one.startswith("b:")) for one in replies],
    )
    return Phone(channel, language, replies, tuple(_bubbles(walk.bits, room)), on=True, over=walk.position is None)


def _one_of(given: str, among: Sequence[str], otherwise: str) -> str:
    return given if given in among else otherwise


def _replies(form: Form, press: str) -> tuple[str, ...]:
    """Those before, and this one: "t:" is written, "b:" is a button."""
    before = [one for one in form.several("replies") if one[:2] in {"t:", "b:"}]
    text = form.text("try-text")[:_LONGEST]
    if press.startswith(_PICK):
        before.append(f"b:{press.removeprefix(_PICK)}")
    elif text and press == _SEND:
        before.append(f"t:{text}")
    return tuple(before[:MOST_REPLIES])


def _bubbles(bits: Iterable[Bit], room: Room) -> Iterable[Bubble]:
    for bit in bits:
        if bit.ours is not None:
            shown = as_shown(bit.ours, room)
            buttons = tuple(option for option in bit.ours.options if shown.buttons)
            yield Bubble("ours", shown.text, base(bit.ours.language), buttons, carried(shown))
        else:
            yield Bubble("theirs", bit.theirs) if bit.theirs else Bubble("note", bit.note)
