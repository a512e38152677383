"""What people ask about a meeting, whether they say that they come, and what goes wrong for them on the day."""

from __future__ import annotations

import pytest

from language.about_meeting import About, asked
from language.on_the_day import trouble
from language.whether_coming import says

NAMES = ("carers", "space", "spotkanie", "opiekunow")

ASKS = {
    "where is it": "where",
    "Where is it on Thursday?": "where",
    "MEETING WHERE": "where",
    "WHERE MEETING": "where",
    "whats the address please": "where",
    "how do i get there": "where",
    "where is the carers space": "where",
    "what time": "when",
    "TIME WHAT": "when",
    "when does it finish": "when",
    "how long is it": "when",
    "whens the meeting": "when",
    "what's the link": "link",
    "where is the link": "link",
    "i lost the link": "link",
    "is there parking": "parking",
    "Parking?": "parking",
    "where can I park": "parking",
    "who else is coming": "who",
    "who will be there?": "who",
    "do I get paid": "paid",
    "do you pay my bus fare": "expenses",
    "is it step free": "access",
    "can i get in with my wheelchair": "access",
    "is there a hearing loop": "facility",
    "what shall I bring": "agenda",
    "what is it about": "agenda",
    "can I bring my daughter": "guest",
    "what's the address and what time?": "where when",
}
PL_ASKS = {
    "gdzie to jest": "where",
    "gdzie jest spotkanie": "where",
    "o której": "when",
    "o której się zaczyna?": "when",
    "jaki jest link": "link",
    "czy jest parking": "parking",
    "kto będzie": "who",
    "czy płacicie": "paid",
    "czy są schody": "access",
    "co mam przynieść": "agenda",
    "czy mogę przyjść z córką": "guest",
    "where is it": "where",
}


@pytest.mark.parametrize(("said", "things"), ASKS.items())
def test_what_is_asked(said: str, things: str) -> None:
    found = asked(said, "en", NAMES)
    assert (" ".join(found.things), found.alone, found.other) == (things, True, False)


@pytest.mark.parametrize(("said", "things"), PL_ASKS.items())
def test_what_is_asked_in_polish(said: str, things: str) -> None:
    found = asked(said, "pl", NAMES)
    assert (" ".join(found.things), found.alone) == (things, True)


@pytest.mark.parametrize(
    "said",
    [
        "where is my form",
        "where is my carer",
        "where do I live",
        "what time does the bus go",
        "when do I get paid",
        "who is this",
        "I need parking",
        "parking",
        "there is no parking in my street",
        "my step free flat",
        "can't make Thursday",
        "what about my benefits",
        "",
    ],
)
def test_what_is_something_else(said: str) -> None:
    assert asked(said, "en", NAMES).things == ()


def test_a_question_beside_an_answer() -> None:
    assert asked("yes where is it", "en") == About(("where",), alone=False)  # type: ignore[arg-type]  a name is written as its enum has it
    assert not asked("yes but what time?", "en").alone
    found = asked("Where is it? And where is my form?", "en")
    assert (found.things, found.other) == (("where",), True)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("can't make Thursday", "no"),
        ("not coming on the 3rd", "no"),
        ("sorry wont be there tomorrow", "no"),
        ("I cant come to the carers space", "no"),
        ("CANCEL", "no"),
        ("cancel my place please", "no"),
        ("can't now", "no"),
        ("I can come after all", "yes"),
        ("see you thursday", "yes"),
        ("running late", "late"),
        ("I can come but will be a bit late", "late"),
        ("my carer comes on Thursday", None),
        ("thursday was lovely", None),
        ("my son cant come thursday", None),
        ("can't make a decision", None),
        ("thursday", None),
        ("are you open thursday?", None),
        ("can I come on Thursday?", None),
        ("I can't come out of the house", None),
        ("the taxi is not coming", None),
    ],
)
def test_whether_they_come(said: str, answer: str | None) -> None:
    found = says(said, "en", NAMES)
    assert (found.answer if found is not None else None) == answer


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("nie mogę w czwartek", "no"),
        ("nie przyjdę", "no"),
        ("odwołuję czwartek", "no"),
        ("jednak przyjdę", "yes"),
        ("spóźnię się", "late"),
        ("w czwartek było miło", None),
    ],
)
def test_whether_they_come_in_polish(said: str, answer: str | None) -> None:
    found = says(said, "pl", NAMES)
    assert (found.answer if found is not None else None) == answer


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("running late", "late"),
        ("stuck in traffic sorry", "late"),
        ("bus broke down, be there in 10 mins", "late"),
        ("10 mins late x", "late"),
        ("can't find it", "where"),
        ("im lost", "where"),
        ("nobody is here", "where"),
        ("running late and cant find the hall", "where"),
        ("the link doesn't work", "online"),
        ("I cant find my glasses", None),
        ("I lost my husband last year", None),
        ("my payment is late", None),
        ("where are my forms", None),
        ("I was late for my tablets and felt ill", None),
    ],
)
def test_what_goes_wrong_on_the_day(said: str, wrong: str | None) -> None:
    assert trouble(said, "en") == wrong


@pytest.mark.parametrize(
    ("said", "wrong"), [("spóźnię się 10 minut", "late"), ("stoję w korku", "late"), ("zgubiłam się", "where")]
)
def test_what_goes_wrong_in_polish(said: str, wrong: str) -> None:
    assert trouble(said, "pl") == wrong
