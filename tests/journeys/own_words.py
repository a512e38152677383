"""What three hundred people answer to an invitation, in their own words, and what each must mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from storage.picking import Way
from tests.journeys.thousand import ARRIVES, Member

YES, NO, LATER = "yes", "no", "later"
THREE = (Way.SMS, Way.WHATSAPP, Way.TELEGRAM)
TAP, MORE, NOT = "[I'm interested]", "[Tell me more]", "[Not for me]"


@dataclass(frozen=True, slots=True)
class Said:
    """So many say this, one message after the other. In brackets: the button that they press.

    `means` is the answer that counts in the end; None: it is none. `late`: more than a week after they were asked.
    """

    number: int
    messages: tuple[str, ...]
    means: str | None
    language: str = "en"
    ways: tuple[Way, ...] = THREE
    stops: bool = False
    late: bool = False


def _each(number: int, means: str | None, *texts: str, language: str = "en") -> Iterator[Said]:
    return (Said(number, (text,), means, language) for text in texts)


_TABLE: tuple[Said, ...] = (
    Said(31, (TAP,), YES, ways=(Way.TELEGRAM,)),
    Said(15, (NOT,), NO, ways=(Way.TELEGRAM,)),
    Said(10, (MORE, TAP), YES, ways=(Way.TELEGRAM,)),
    Said(5, (MORE, MORE, NOT), NO, ways=(Way.TELEGRAM,)),
    *_each(4, YES, "yes", "Yes please", "YES!!!", "yes pls", "yess", "yeah go on", "1", "I'm interested"),
    Said(4, ("im intrested", "yes"), YES),  # is that what they meant? They are asked
    *_each(
        4, YES, "count me in", "go on then", "ok put me down", "I'd love to", "Yes I would like to take part", "yep"
    ),
    *_each(4, YES, "definitely", "yes that sounds good", "Yes, happy to help", "sign me up", "of course", "👍 yes"),
    *_each(4, YES, "Yes, I can do Tuesdays", "yes plese"),
    Said(3, ("sorry only just seen this. yes please",), YES, late=True),
    *_each(3, NO, "no", "No thanks", "3", "not for me", "cant make it", "pass", "sorry no", "no thank you x", "Nope"),
    *_each(
        3, NO, "no im too busy", "NO", "not interested", "no thnks", "I don't want to", "no sorry, I work then", "nah"
    ),
    *_each(
        3, LATER, "not now", "maybe later", "ask me again", "not at the moment, mum is ill", "not right now", "later"
    ),
    Said(3, ("tell me more", "yes"), YES),
    Said(3, ("2", "2", "no thanks"), NO),
    Said(3, ("what is it about?", "1"), YES),
    Said(3, ("more info please",), None),
    Said(3, ("yes please, is there parking?",), YES),
    Said(3, ("Yes. Can I bring my daughter?",), YES),
    Said(3, ("count me in! what time does it start?",), YES),
    *_each(3, None, "is there parking?", "Can I bring my dog?", "thanks", "ta duck"),
    Said(2, ("STOP",), None, stops=True),
    Said(2, ("please stop texting me",), None, stops=True),
    Said(2, ("take me off your list",), None, stops=True),
    Said(3, ("yes", "sorry no, cant make it"), NO),
    Said(3, ("no thanks", "actually yes please"), YES),
    *_each(3, YES, "tak", "Tak, chętnie", "jestem zainteresowana", "tak prosze", "TAK!", "1", language="pl"),
    *_each(3, NO, "nie", "nie dziękuję", "Nie, dziekuje", language="pl"),
    *_each(3, LATER, "nie teraz", "może później", language="pl"),
)


@dataclass(frozen=True, slots=True)
class Answering:
    """One of the members, and what they say."""

    member: Member
    said: Said


def given(members: Sequence[Member]) -> list[Answering]:
    """Who says what: those whom it reached, turn by turn on each channel."""
    waiting = {
        (way, language): iter(
            [
                one
                for one in members
                if one.lot.left is None
                and one.lot.fate in ARRIVES
                and (one.lot.way, one.lot.language) == (way, language)
            ]
        )
        for way in THREE
        for language in ("en", "pl")
    }
    found, turns = list[Answering](), {ways: cycle(ways) for ways in {said.ways for said in _TABLE}}
    for said in _TABLE:
        for _ in range(said.number):
            found.append(Answering(next(waiting[next(turns[said.ways]), said.language]), said))
    return found
