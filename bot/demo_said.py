"""What the demo's members said of two meetings, one with their names and one without; and what they spoke of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# By question of our own set, "q1" to "q5".
Response = Mapping[str, Any]
_YES, _PARTLY, _NO = "c1", "c2", "c3"


def _of(rating: int, heard: str, third: str = "", change: str = "", needs: str = "yes") -> Response:
    said = {"q1": str(rating), "q2": heard, "q3": third, "q4": change, "q5": needs}
    return {question: value for question, value in said.items() if value}


# Of care at home, in a listening space. Who says nothing in words is only counted.
LISTENING: tuple[Response, ...] = (
    _of(5, _YES, "a new carer comes every day. mum has to explain it all again", "The same faces each week"),
    _of(4, _YES, "Nobody picks up the phone at the weekend", "Somebody who answers on a Sunday"),
    _of(5, _YES, "The bills make no sense to me", "Bills that you can read"),
    _of(4, _PARTLY, "The bill for October had three numbers and none was right", "plain bills please"),
    _of(5, _YES, "You sat with us and wrote it down", "Do it every month"),
    _of(2, _NO, "I rang four times on a Saturday", "Answer the phone"),
    _of(5, _YES, "rachunki są trudne do zrozumienia", "Prostsze rachunki"),
    _of(4, _PARTLY, "We would like to choose the hour of the visit", "Let us choose the hour"),
    _of(5, _YES, "Tea and biscuits, and the director came"),
    _of(3, _PARTLY, "Six different carers in one week", "One small team for each house"),
    _of(4, _YES, "My husband is put to bed at seven. He is not a child", "Ask us when"),
    _of(5, _YES, "", "A second space in the evening, for those who work"),
    _of(1, _NO, "It is all talk", "Tell us what you did", "no"),
    _of(4, _YES, "The letter about charges is eleven pages long", "One page"),
    _of(5, _YES, "I felt listened to"),
    _of(3, _NO, "I could not hear at the back", "Use the loop", "no"),
    _of(5, _YES, "Carers are kind. They have no time", "More time for each visit"),
    _of(4, _PARTLY, "", "Say who will ring back, and when"),
    _of(5, _YES, "", "A bill on one page"),
    _of(5, _YES, "", "Somebody who explains the bill"),
    _of(5, _YES, "", "The same two carers"),
    _of(5, _YES, "What the bill is for. I pay and do not know", ""),
    _of(5, _PARTLY, "", "Bills in large print"),
    _of(5, _NO, "", "That it is the same carer at night"),
    _of(4, _PARTLY, "The bill came twice", ""),
    _of(4, _PARTLY, "", "Do not change the carer without telling us"),
    _of(4, _PARTLY, "", "Rachunki po polsku"),
    *(_of(4, _PARTLY) for _ in range(3)),
    *(_of(3, _NO) for _ in range(4)),
    *(_of(2, _NO) for _ in range(2)),
    _of(1, _NO),
)
# Of a forum of carers, where no name was kept.
FORUM: tuple[Response, ...] = (
    _of(5, _YES, "Meeting others in the same boat", "More breaks"),
    _of(5, _YES, "The tea, and that nobody hurried", "Send us the papers a week before"),
    _of(4, _YES, "The man who explained respite", "A bigger room"),
    _of(5, _YES, "I laughed for the first time this week"),
    _of(4, _PARTLY, "Small tables", "Tell us what the words mean"),
    _of(3, _NO, "", "It was too much for one morning", "no"),
    _of(5, _PARTLY, "That the councillor stayed to the end", "Let us ask the first question"),
    _of(5, _YES, "My husband was looked after meanwhile", "Start at ten, because of the buses"),
    _of(4, _PARTLY, "", "Lunch that I can eat"),
    _of(1, _NO, "", "The manager talked over us twice"),
    _of(5, _YES, "Somebody wrote down what I said", "Say afterwards what came of it"),
    _of(2, _NO, "", "Microphones", "no"),
    _of(4, _PARTLY, "The quiet corner", "A map of where to park"),
    *(_of(5, _YES) for _ in range(6)),
    _of(4, _PARTLY),
    *(_of(4, _PARTLY) for _ in range(6)),
    *(_of(3, _NO) for _ in range(6)),
    _of(2, _NO),
    _of(1, _NO),
)
# Whether we keep to our five values, from 1 to 5.
VALUES: tuple[Response, ...] = tuple(
    {f"q{place}": str(rating) for place, rating in enumerate(ratings, 1)}
    for ratings in (*((5, 4, 5, 5, 4),) * 6, *((4, 4, 3, 5, 4),) * 5, *((3, 5, 2, 4, 5),) * 3)
)
# Which of those who were in the listening space speak of what, in which of their answers.
_BILLS = (*((one, "q3") for one in (2, 3, 6, 13, 21, 24)), *((one, "q4") for one in (2, 3, 6, 18, 19, 22, 26)))
_CARERS = (*((one, "q3") for one in (0, 9)), *((one, "q4") for one in (0, 9, 20, 23, 25)))
_PHONE = (*((one, "q3") for one in (1, 5)), *((one, "q4") for one in (1, 5, 17)))
THEMES: tuple[tuple[Mapping[str, str], Sequence[tuple[int, str]]], ...] = (
    ({"en": "Bills", "pl": "Rachunki"}, _BILLS),
    ({"en": "The same carer", "pl": "Ten sam opiekun"}, _CARERS),
    ({"en": "The phone", "pl": "Telefon"}, _PHONE),
)
