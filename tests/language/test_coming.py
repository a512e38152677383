"""What an answer to "are you coming?" says besides yes, no or maybe."""

from __future__ import annotations

from datetime import date

import pytest

from language.coming import Coming, asks_only_for, coming, the_day, told_besides
from language.reading import Option, Question
from language.understand import understand

TODAY = date(2026, 11, 23)  # a Monday
LABELS = (("yes", "Yes"), ("no", "No"), ("maybe", "Not sure"))
CHOICES = tuple(Option(name, label, hears=name) for name, label in LABELS)
ARE_YOU_COMING = Question("rsvp", CHOICES)

SAID = [
    ("yes", Coming()),
    ("yes but late", Coming(late=True)),
    ("I can't get there til half 2", Coming(late=True)),
    ("I can come after 3", Coming(late=True)),
    ("sorry for the late reply, yes", Coming()),
    ("I can come after all", Coming()),
    ("yes see you later", Coming()),
    ("can only stay an hour", Coming(early=True)),
    ("yes I will need to leave at 3", Coming(early=True)),
    ("yes but I can't stay to the end", Coming(early=True)),
    ("I'll leave it this time", Coming()),
    ("I can only stay at home", Coming()),
    ("I work late on Thursdays", Coming()),
    ("can I join online", Coming(way="online")),
    ("yes if it's on zoom", Coming(way="online")),
    ("yes but I don't do zoom", Coming(way="in_person")),
    ("in person please", Coming(way="in_person")),
    ("if I can get cover", Coming(cover=True)),
    ("if someone can sit with my husband", Coming(cover=True)),
    ("I'll know on Friday", Coming(know_on=date(2026, 11, 27))),
    ("not sure, ask me again on Wednesday", Coming(know_on=date(2026, 11, 25))),
    ("I work on Fridays", Coming()),
    ("me and my mum", Coming(guests=1)),
    ("yes, just me", Coming(guests=0)),
    ("bringing my PA", Coming(assistants=1)),
    ("can I bring my carer", Coming(assistants=1)),
    ("yes me and my PA and my daughter", Coming(guests=1, assistants=1)),
    ("", Coming()),
]
POLISH = [
    ("tak, ale się spóźnię", Coming(late=True)),
    ("będę dopiero o 15", Coming(late=True)),
    ("tak, ale muszę wyjść wcześniej", Coming(early=True)),
    ("mogę tylko na godzinę", Coming(early=True)),
    ("tak, przez zoom", Coming(way="online")),
    ("tak, ale nie online", Coming(way="in_person")),
    ("jeśli ktoś zostanie z mamą", Coming(cover=True)),
    ("nie wiem, dam znać w piątek", Coming(know_on=date(2026, 11, 27))),
    ("ja i mąż", Coming(guests=1)),
    ("tak, z moją asystentką", Coming(assistants=1)),
]
# The replies that people really send (the table that the readings are tested by), as they answer this question.
TABLE = {
    "yes": "Y|yh|aye|yes please|go on then|count me in|I'm in|put me down|defo|wouldn't miss it|can't wait|why not|1|"
    "yes but late|running 10 mins late|stuck in traffic|yes but wheelchair|2 of us|me and my mum|+1|both of us|"
    "bringing my PA",
    "no": "N|nope|nah|no ta|not for me|not this time|sorry can't|cant make it|I'm out|count me out|pass|"
    "unable to attend|gonna have to give it a miss|I won't be there|cancel|please cancel|cancel my place|"
    "have to pull out|drop out|CANCEL|END|QUIT|2",
    "maybe": "maybe|might|not sure|poss|possibly|depends|if I can get cover|if mum is ok|will try|hopefully|prob|probs|"
    "50/50|pencil me in|3",
}
NO_ANSWER = "is there parking?|what time?|where is it|do I get paid|is it accessible|will there be a loop|😢"
ASKED_BACK = "👍|✅|❤️|ok|k|no probs|no worries|sound|fab|noted|will do|ta|thanks duck|yes if the bus is running"


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_in_english(text: str, expected: Coming) -> None:
    assert coming(text, "en", TODAY) == expected


@pytest.mark.parametrize(("text", "expected"), POLISH)
def test_in_polish(text: str, expected: Coming) -> None:
    assert coming(text, "pl", TODAY) == expected


@pytest.mark.parametrize(
    ("answer", "text"), [(answer, text) for answer, row in TABLE.items() for text in row.split("|")]
)
def test_the_table_is_read_where_the_answers_are_choices(answer: str, text: str) -> None:
    reading = understand(ARE_YOU_COMING, text, "en")
    assert (reading.value, reading.sure) == (answer, True)


@pytest.mark.parametrize("text", NO_ANSWER.split("|"))
def test_what_is_no_answer_is_taken_for_none(text: str) -> None:
    assert understand(ARE_YOU_COMING, text, "en").value is None


@pytest.mark.parametrize("text", ASKED_BACK.split("|"))
def test_what_may_be_a_yes_is_asked_back(text: str) -> None:
    reading = understand(ARE_YOU_COMING, text, "en")
    assert (reading.value, reading.sure) == ("yes", False)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Friday", date(2026, 11, 27)),
        ("on 1 December", date(2026, 12, 1)),
        ("tomorrow", date(2026, 11, 24)),
        ("next Friday", date(2026, 11, 27)),
        ("Friday or Saturday", None),
        ("soon", None),
    ],
)
def test_the_one_day_that_is_named(text: str, on: date | None) -> None:
    assert the_day(text, "en", TODAY) == on


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("can I join online?", True),
        ("yes. can I join online? is there parking?", False),
        ("is there parking?", False),
        ("I join online", False),
    ],
)
def test_whether_all_that_is_asked_is_to_join_online(text: str, only: bool) -> None:
    assert asks_only_for(text, "en", "online") is only


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("yes but wheelchair", "en", "wheelchair"),
        ("Yes, but I use a wheelchair", "en", "I use a wheelchair"),
        ("Yes. I need large print. Is it step free?", "en", "I need large print."),
        ("bringing my PA", "en", "bringing my PA"),
        ("yes", "en", ""),
        ("tak, ale jeżdżę na wózku", "pl", "jeżdżę na wózku"),
    ],
)
def test_what_is_told_beside_the_answer(text: str, language: str, left: str) -> None:
    assert told_besides(text, language) == left
