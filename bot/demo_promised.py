"""What the demo's council promised after its listening space: the words, who said it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.commitments import CommitmentKind

# By name, then by language.
Wordings = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Promise:
    """One of them. `said` are answers it comes from: who of the space by place in bot/demo_said.py, and which question.

    `promised` and `due` count in working days: how many ago it was promised, and how many from then it is to be done.
    """

    words: Wordings
    said: tuple[tuple[int, str], ...]
    promised: int
    due: int = 0
    kind: CommitmentKind = CommitmentKind.WILL


PHONE = Promise(
    {
        "title": {"en": "A weekend phone", "pl": "Telefon w weekend"},
        "heard": {"en": "nobody picks up the phone at the weekend", "pl": "w weekend nikt nie odbiera telefonu"},
        "will": {"en": "answer it on Saturdays and Sundays", "pl": "odbieramy go w soboty i niedziele"},
    },
    ((1, "q3"), (5, "q3"), (17, "q4")),
    promised=17,
    due=10,
)
BILLS = Promise(
    {
        "title": {"en": "Bills that are easy to read", "pl": "Proste rachunki"},
        "heard": {"en": "our bills are hard to read", "pl": "nasze rachunki są trudne"},
        "will": {"en": "rewrite them with carers", "pl": "napiszemy je od nowa z opiekunami"},
    },
    ((2, "q3"), (3, "q3"), (6, "q3"), (13, "q3")),
    promised=17,
    due=14,
)
HOURS = Promise(
    {
        "title": {"en": "The hour of each visit", "pl": "Godzina wizyty"},
        "heard": {"en": "you want to choose the hour of each visit", "pl": "chcecie wybierać godzinę wizyty"},
        "why": {"en": "there are too few carers in the morning", "pl": "rano jest za mało opiekunów"},
    },
    ((7, "q3"), (10, "q3")),
    promised=17,
    kind=CommitmentKind.CANNOT,
)
FACES = Promise(
    {
        "title": {"en": "The same carers each week", "pl": "Ci sami opiekunowie"},
        "heard": {"en": "a new carer comes every day", "pl": "codziennie przychodzi inny opiekun"},
        "will": {"en": "send the same four carers to each home", "pl": "wyślemy do domu tych samych opiekunów"},
    },
    ((0, "q3"), (9, "q3")),
    promised=2,
    due=30,
)
PROMISED = (PHONE, BILLS, HOURS, FACES)
DONE = {
    "en": "Somebody answers the phone on Saturdays and Sundays now.",
    "pl": "Teraz w soboty i niedziele ktoś odbiera telefon.",
}
# What one who said it wrote back about the faces, on the day after they were told.
REPLY = "That's not what I meant. I meant two carers, not four"
