"""What forty of fifty-three say of a listening space, each in their own words, and what each must be understood as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bank.suppression import rounded

YES, PARTLY, NO = "Yes", "In part", "No"
QUESTIONS = HOW, HEARD, NEVER_FORGET, CHANGE, NEEDS = "q1", "q2", "q3", "q4", "q5"
# Fewer than so many are never shown.
SMALLEST = 10
NOT_SHOWN = "Not shown"
RATINGS = ("5 (best)", "4", "3", "2", "1 (worst)")


@dataclass(frozen=True, slots=True)
class Told:
    """One of them. `says`: message after message. `means`: what is kept, by question, as pages show it."""

    name: str
    says: tuple[str, ...]
    means: Mapping[str, str]

    @property
    def to_the_end(self) -> bool:
        """They answered, or left out, all that was asked."""
        return len(self.says) >= len(QUESTIONS)


def _told(name: str, how: str, rating: int, *more: str, heard: str = "", needs: str = "") -> Told:
    """`more`: what they say to each next question, as far as they go on, and what was missing where they say no."""
    words = {
        question: said
        for question, said in zip((NEVER_FORGET, CHANGE), more[1:3], strict=False)
        if said.casefold() not in {"skip", "pomiń"}
    }
    kept = {HOW: RATINGS[5 - rating], HEARD: heard, **words, NEEDS: needs}
    return Told(name, (how, *more), {question: value for question, value in kept.items() if value})


def _whole(
    name: str, how: str, rating: int, listened: str, heard: str, keep: str = "SKIP", change: str = "SKIP"
) -> Told:
    """Who goes to the end, and had what they needed."""
    return _told(name, how, rating, listened, keep, change, "yes", heard=heard, needs=YES)


def _polish(name: str, how: str, rating: int, listened: str, heard: str, *words: str) -> Told:
    said = (*words, "pomiń", "pomiń")[:2]
    return _told(name, how, rating, listened, *said, "tak", heard=heard, needs=YES)


def _pressed(name: str, how: str, rating: int, heard: str, keep: str = "SKIP", change: str = "SKIP") -> Told:
    """On Telegram, where choices are buttons."""
    pressed = f"[{heard}]" if heard else "SKIP"
    return _told(name, how, rating, pressed, keep, change, "[Yes]", heard=heard, needs=YES)


TOLD: Sequence[Told] = (
    _whole("Asha", "it was brilliant", 5, "yes", YES, "our bills are hard to read", "bills you can read"),
    _whole("Bea", "pretty good", 4, "yes", YES, "The bills. Nobody understands them"),
    _whole("Cal", "not great", 2, "no", NO, "The bills are all wrong", "plain bills please"),
    _whole("Dev", "5", 5, "1", YES, "nobody picks up the phone on a Saturday", "answer the phone"),
    _whole("Eve", "8/10", 4, "in part", PARTLY, "the phone rings and rings at weekends"),
    _whole("Flo", "excellent", 5, "yes", YES, "the bills"),
    _whole("Gus", "so so", 3, "2", PARTLY, change="more time"),
    _told(
        "Hal",
        "waste of time",
        1,
        "no",
        "nobody asked me",
        "say what you did",
        "no",
        "I could not hear",
        heard=NO,
        needs=NO,
    ),
    _whole("Ida", "good I think", 4, "yes", YES, "bills"),
    _told("Jon", "10/10", 5, "yes", "SKIP", "SKIP", "SKIP", heard=YES),
    _whole("Kit", "amazing", 5, "yes", YES, "We want to choose the hour"),
    _told("Lou", "quite good", 4, "2", heard=PARTLY),
    _told("Max", "ok", 3),
    _whole("Nan", "it was lovely", 4, "yes", YES, "the tea"),
    _whole("Oli", "poor", 2, "no", NO, "the bills"),
    _told("Rex", "fantastic, thank you", 5, "yes", "SKIP", "come again", "SKIP", heard=YES),
    _whole("Ros", "very good", 5, "2", PARTLY),
    _polish("Ewa", "świetnie", 5, "tak", YES, "rachunki"),
    _polish("Jarek", "dobrze", 4, "2", PARTLY),
    _polish("Łucja", "bardzo dobrze", 5, "tak", YES, "rachunki są nie do zrozumienia", "proste rachunki"),
    _polish("Zofia", "tak sobie", 3, "2", PARTLY),
    _polish("Iga", "5", 5, "1", YES),
    _whole("Tia", "loved it", 5, "yes", YES, "the bills are hard", "fewer papers"),
    _whole("Uma", "4", 4, "2", PARTLY, "let us choose the hour"),
    _told("Wes", "alright", 3, "2", "SKIP", "large print", "no", "the print was too small", heard=PARTLY, needs=NO),
    _whole("Xan", "😀", 5, "yes", YES, "bills"),
    _whole("Yoav", "bit disappointing", 2, "no", NO, change="start on time"),
    _told("Abe", "four", 4, "yes", "SKIP", "SKIP", "SKIP", heard=YES),
    _whole("Bru", "it was good x", 4, "2", PARTLY),
    _told("Olek", "dobrze", 4, "2", heard=PARTLY),
    _pressed("Ana", "5 out of 5", 5, YES, "our bills are hard to read"),
    _pressed("Bo", "good", 4, PARTLY, change="more breaks"),
    _pressed("Cy", "it was ok", 3, NO),
    _pressed("Fay", "brilliant", 5, YES),
    _pressed("Guy", "awful", 1, NO, "the room was cold", "heating"),
    _told("Dan", "not bad at all", 4),
    _pressed("Hob", "5", 5, YES),
    _pressed("Ivy", "quite good", 4, "", change="tea"),
    _told("Ken", "meh", 3, "SKIP"),
)
_KEPT = {
    HOW: {str(5 - place): label for place, label in enumerate(RATINGS)},
    HEARD: {"c1": YES, "c2": PARTLY, "c3": NO},
    NEEDS: {"yes": YES, "no": NO},
}


def shown(answers: Mapping[str, str]) -> dict[str, str]:
    """What is kept of one response, as pages show it."""
    return {one: _KEPT.get(one, {}).get(value, value) for one, value in answers.items() if one in QUESTIONS}


# What one of those who do not text says on the phone, as it is typed in.
TYPED_IN = {HOW: "5", HEARD: "c2", NEVER_FORGET: "my bills come in very small print", NEEDS: "yes"}
RUNG = Told("Vera", (), shown(TYPED_IN))
EVERYBODY = (*TOLD, RUNG)
BILLS = tuple(
    one.name for one in EVERYBODY if any(word in one.means.get(NEVER_FORGET, "") for word in ("bills", "rach"))
)
PHONE = ("Dev", "Eve")


def counted(question: str) -> Counter[str]:
    """How many gave each answer to it; of words, how many gave any."""
    given = (one.means.get(question, "") for one in EVERYBODY)
    free = question in {NEVER_FORGET, CHANGE}
    return Counter("Answered" if free else value for value in given if value)


def is_fair(table: Mapping[str, str], question: str) -> bool:
    """Nothing small is shown in it, and what is shown is as many as said it, to the nearest 5."""
    exact = counted(question)
    told = {label: figure for label, figure in table.items() if figure != NOT_SHOWN}
    return told == {label: str(rounded(exact[label])) for label in told if exact[label] >= SMALLEST}
