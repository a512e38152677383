"""What a whole reply means: the answer, what it carries besides, how sure we are, and which words told us."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from language.everywhere import Word
from language.reading import Meaning, Option, Question, Reading
from language.understand import danger_in, understand, word_in

DAYS = (Option("tuesday", "Tuesday 1 December"), Option("friday", "Friday 4 December"), Option("neither", "Neither"))
ANSWERS = {"yes": {Meaning.YES, Meaning.LATE}, "no": {Meaning.NO, Meaning.CANCEL}, "maybe": {Meaning.MAYBE}}


@dataclass(frozen=True, slots=True)
class Row:
    """A reply. `answer` is what may be recorded, "" for nothing; `certain`: the tables alone know it."""

    asked: str
    text: str
    answer: str = ""
    also: str = ""
    certain: bool = False
    language: str = "en"

    def read(self) -> Reading:
        return understand(Question(self.asked), self.text, self.language)


KINDS = {
    "a question inside a yes": [
        Row("rsvp", "yes please, what time does it finish?", "yes", "question"),
        Row("rsvp", "Yes. Is there parking?", "yes", "question"),
        Row("rsvp", "Yes I'll come, where do I go when I get there", "yes", "question"),
        Row("rsvp", "count me in! do we get lunch?", "yes", "question"),
        Row("rsvp", "No sorry. When is the next one?", "no", "question"),
        Row("yes_no", "yes, will it take long?", "yes", "question"),
    ],
    "the companion": [
        Row("rsvp", "yes, me and my sister", "yes"),
        Row("rsvp", "Yes there will be two of us", "yes"),
        Row("rsvp", "yes and my PA is coming with me", "yes"),
        Row("rsvp", "I'll be there with our Sharon", "yes"),
        Row("rsvp", "yes plus one please", "yes"),
    ],
    "a thread from a mail program below it": [
        Row(
            "rsvp", "Sorry I won't manage that.\n\nFrom: Ashdale Council\nSent: 24 November 2026\nAre you coming?", "no"
        ),
        Row("rsvp", "Yes please\n\nOn Tue, 24 Nov 2026, Ashdale Council <a@b.example> wrote:\nNo room is free.", "yes"),
    ],
    "lateness": [
        Row("rsvp", "yes but I'll be 20 minutes late", "yes", "late"),
        Row("rsvp", "Yes, might be a bit late tho", "yes", "late"),
        Row("rsvp", "will be there, running late", "yes", "late"),
        Row("rsvp", "sorry I will be late, start without me", "yes", "late"),
    ],
    "access": [
        Row("rsvp", "yes please, I use a wheelchair", "yes", "access"),
        Row("rsvp", "Yes. I will need a BSL interpreter", "yes", "access"),
        Row("rsvp", "yes, is there a hearing loop?", "yes", "access"),
        Row("rsvp", "yes but I can't do stairs", "yes"),
    ],
    "a change of mind": [
        Row("rsvp", "yes. oh no wait, that's my clinic day, so no", "no"),
        Row("rsvp", "no... actually yes, go on", "yes"),
        Row("rsvp", "I said yes but I can't come now", "no"),
        Row("rsvp", "sorry, changed my mind, I can't come after all", "no"),
        Row("rsvp", "please give my place to somebody else", "no"),
    ],
    "other people": [
        Row("rsvp", "My wife says no but I say yes", "yes"),
        Row("rsvp", "she said yes, she'd love to come", "yes"),
        Row("rsvp", "no she died of laughing, yes I'll come", "yes"),
        Row("rsvp", "the doctor said no so that's that", "no"),
        Row("rsvp", "nobody told me yes or no", ""),
    ],
    "conditions": [
        Row("rsvp", "yes if I can get somebody to sit with dad", "yes maybe"),
        Row("rsvp", "if the bus is running I'll come", "yes maybe"),
        Row("rsvp", "only if it's on the ground floor", "yes maybe"),
        Row("rsvp", "depends on whether he sleeps", "maybe"),
        Row("rsvp", "hopefully, ask me Monday", "maybe"),
        Row("rsvp", "will let you know", "maybe"),
    ],
    "indirect": [
        Row("rsvp", "see you there", "yes"),
        Row("rsvp", "wild horses wouldn't keep me away", "yes"),
        Row("rsvp", "save me a seat", "yes"),
        Row("rsvp", "it's in the diary", "yes"),
        Row("rsvp", "I'm at work that day I'm afraid", "no"),
        Row("rsvp", "I shall have to give it a miss", "no"),
        Row("rsvp", "can't get cover that day", "no"),
    ],
    "the order of BSL": [
        Row("rsvp", "me come yes", "yes"),
        Row("rsvp", "Thursday meeting me come, interpreter need", "yes", "access"),
        Row("rsvp", "meeting Thursday come can't", "no"),
        Row("rsvp", "me busy sorry not come", "no"),
        Row("rsvp", "start time what", ""),
    ],
    "dialects": [
        Row("rsvp", "aye go on duck", "yes"),
        Row("rsvp", "Aye, al be theer", "yes"),
        Row("rsvp", "och aye I'll be there hen", "yes"),
        Row("rsvp", "nah yer alright", "no"),
        Row("rsvp", "naw hen no for me", "no"),
        Row("rsvp", "cannae make it pal", "no"),
        Row("rsvp", "summat's come up, can't mek it", "no"),
        Row("rsvp", "I'll be there now in a minute", "yes"),
    ],
    "in Polish": [
        Row("rsvp", "Tak, przyjdę", "yes", language="pl", certain=True),
        Row("rsvp", "Tak, o której się kończy?", "yes", "question", language="pl"),
        Row("rsvp", "oczywiście że będę", "yes", language="pl"),
        Row("rsvp", "niestety nie mogę", "no", language="pl", certain=True),
        Row("rsvp", "Nie dam rady, pracuję", "no", language="pl"),
        Row("rsvp", "przykro mi, nie przyjdę", "no", language="pl"),
        Row("rsvp", "może, zobaczę czy mam opiekę", "maybe", language="pl"),
        Row("rsvp", "nie wiem jeszcze", "maybe", language="pl"),
        Row("rsvp", "przyjde ale sie spoznie", "yes", "late", language="pl"),
        Row("rsvp", "nie ma problemu, będę", "yes", language="pl"),
    ],
    "messy": [
        Row("rsvp", "YES PLEASE!!!! 😀😀", "yes", certain=True),
        Row("rsvp", "yess pls il be thare", "yes"),
        Row("rsvp", "sory cant com", "no"),
        Row("rsvp", "No full stop", "no"),
        Row("rsvp", "n o", "no"),
        Row("rsvp", "Yes yes yes yes", "yes"),
    ],
}
ROWS = [(kind, row) for kind, rows in KINDS.items() for row in rows]
FEW = 0.2  # of everyday words that may be danger elsewhere, at most so many bring a person for nothing
MOST = 0.5  # of each collection of replies, at least so many are acted on or asked about with the right answer

SERIOUS = [
    ("yes I'll be there, he hits me so I have to be careful", Meaning.CRISIS),
    ("Yes. I want to die", Meaning.CRISIS),
    ("no, can't leave her, she keeps saying she will kill herself", Meaning.CRISIS),
    ("stop texting me, I want to kill myself", Meaning.CRISIS),
    ("STOP. he reads my phone and he hits me", Meaning.CRISIS),
    ("help me please he's got a knife", Meaning.CRISIS),
    ("my mum, she says she wants to die", Meaning.CRISIS),
    ("no, she wishes she was dead", Meaning.CRISIS),
    ("he doesn't want to live like this", Meaning.CRISIS),
    ("she does not want to be here any more", Meaning.CRISIS),
    ("wrong number but help me he hits me", Meaning.CRISIS),
    ("STOP", Meaning.OPT_OUT),
    ("no thanks, stop texting me", Meaning.OPT_OUT),
    ("wrong number love", Meaning.WRONG_PERSON),
    ("mum died in March", Meaning.BEREAVEMENT),
]
EVERYDAY = [
    "yes please, dad had a stroke in 2019 and I look after him",
    "had a stroke of luck, yes I can come",
    "I'm in the stroke club",
    "yes, will there be food, I'll be starving",
    "starving, what's for lunch",
    "this bus is killing me, be there in ten",
    "my feet are killing me, see you later",
    "yes, I'll have a heart attack if there are stairs",
    "yes I run the stroke survivors choir",
    "I fell about laughing, yes go on",
    "I'm bleeding fed up of this rain, yes I'll come",
    "yes, I can't get up that early but 11 is fine",
    "no, we are slaves to the timetable",
    "sorry, I fell asleep, yes I'd like to come",
    "I'm hopeless at texting, yes please",
    "yes, nothing to eat for me thanks, I'm coeliac",
    "dying to meet you all, yes",
    "yes, I work for a domestic abuse charity",
    "I'm on the abuse survivors group",
]
EVERYWHERE = [
    ("HELP", Meaning.HELP),
    ("CALL", Meaning.HUMAN),
    ("can I speak to a person please", Meaning.HUMAN),
    ("who is this", Meaning.QUESTION),
    ("START", Meaning.OPT_IN),
    ("po polsku proszę", Meaning.LANGUAGE),
    ("MENU", Meaning.OTHER),
]
NOT_THEIRS = [
    'Liked "Are you coming? 1 Yes 2 No"',
    "👍 to “Are you coming? STOP to end”",
    "> yes\n> STOP",
    "Fwd: yes I want to join, STOP",
    "---- Forwarded message ----\nyes please count me in",
    '"yes I am coming" she wrote to me',
]
MENU = tuple(Option(label, label) for label in ("See my details", "Talk to a person", "Who helps me"))
RATINGS = [("5", "5"), ("4 out of 5", "4"), ("brilliant", "5"), ("rubbish", "1"), ("it was ok", "3"), ("three", "3")]


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=lambda value: value if isinstance(value, str) else value.text)
def test_what_is_sure_is_right(kind: str, row: Row) -> None:
    reading = row.read()
    if reading.sure:
        assert (reading.answer or "") in {*row.answer.split(), ""}, reading
        if reading.answer in ANSWERS:
            assert reading.meaning in ANSWERS[reading.answer] | {Meaning.ACCESS, Meaning.CARE_PROBLEM}
    assert reading.meaning not in {Meaning.OPT_OUT, Meaning.WRONG_PERSON, Meaning.BEREAVEMENT, Meaning.CRISIS}
    if row.certain:
        assert (reading.answer, reading.sure) == (row.answer, True)


@pytest.mark.parametrize("kind", KINDS)
def test_most_of_each_kind_is_read_right(kind: str) -> None:
    answered = [row for row in KINDS[kind] if row.answer]
    right = [row for row in answered if row.read().answer in row.answer.split()]
    assert len(right) >= MOST * len(answered), [row.text for row in answered if row not in right]


@pytest.mark.parametrize(
    "row", [row for _kind, row in ROWS if row.also in {"question", "late", "access"}], ids=lambda row: row.text
)
def test_an_answer_buries_nothing(row: Row) -> None:
    reading = row.read()
    assert row.also in reading.also or reading.meaning == row.also


@pytest.mark.parametrize("text", ["yes can I bring my mum", "yes if that is ok, is it", "Are you sure? yes then"])
def test_a_question_stands_beside_the_answer(text: str) -> None:
    reading = understand(Question("rsvp"), text, "en")
    assert "question" in reading.also
    assert reading.answer in {"yes", None}


@pytest.mark.parametrize("asked", ["rsvp", "yes_no", "rating", "choice", "open"])
@pytest.mark.parametrize(("text", "meaning"), SERIOUS)
def test_the_most_serious_comes_first(asked: str, text: str, meaning: Meaning) -> None:
    reading = understand(Question(asked, DAYS if asked == "choice" else ()), text, "en")
    assert (reading.meaning, reading.sure, reading.value) == (meaning, True, None)
    assert reading.because


def test_an_everyday_word_alone_is_no_danger() -> None:
    alarms = [
        text
        for text in EVERYDAY
        if danger_in(Question("rsvp"), text, "en") or understand(Question("rsvp"), text, "en").meaning is Meaning.CRISIS
    ]
    assert len(alarms) <= FEW * len(EVERYDAY), alarms


@pytest.mark.parametrize(("text", "meaning"), EVERYWHERE)
@pytest.mark.parametrize("asked", ["rsvp", "open"])
def test_a_word_that_works_everywhere(asked: str, text: str, meaning: Meaning) -> None:
    reading = understand(Question(asked), text, "en")
    assert (reading.meaning, reading.sure, reading.value is None or reading.value == "pl") == (meaning, True, True)
    assert "word" in reading.details


@pytest.mark.parametrize(("text", "sure"), [("CANCEL", True), ("cancel please", True), ("QUIT", False), ("END", False)])
def test_cancel_answers_an_invitation_and_is_no_stop(text: str, sure: bool) -> None:
    reading = understand(Question("rsvp"), text, "en")
    assert reading.meaning is not Meaning.OPT_OUT
    assert reading.answer == "no" if sure else reading.answer != "yes"


def test_cancel_that_answers_nothing_stops() -> None:
    assert understand(Question("open"), "CANCEL", "en").meaning is Meaning.OPT_OUT


@pytest.mark.parametrize("text", NOT_THEIRS)
@pytest.mark.parametrize("asked", ["rsvp", "yes_no", "rating", "open"])
def test_nothing_quoted_or_passed_on_is_theirs(asked: str, text: str) -> None:
    reading = understand(Question(asked), text, "en")
    assert reading.value is None
    assert reading.meaning not in {Meaning.OPT_OUT, Meaning.OPT_IN}


@pytest.mark.parametrize(("text", "value"), RATINGS)
def test_how_good_it_was(text: str, value: str) -> None:
    reading = understand(Question("rating"), text, "en")
    assert (reading.value, reading.sure) == (value, True)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        *((row.asked, row.text) for _kind, row in ROWS if row.language == "en"),
        *(("rsvp", text) for text, _meaning in [*SERIOUS, *EVERYWHERE]),
        *(("open", text) for text in ["thanks", "hello", "what is this about?", "is there a loop", "STOP"]),
        *(("choice", text) for text in ["1", "the second one", "Friday"]),
    ],
)
def test_what_is_sure_names_its_reason(asked: str, text: str) -> None:
    reading = understand(Question(asked, DAYS if asked == "choice" else ()), text, "en")
    assert reading.because or not reading.sure


def test_a_check_names_what_was_probably_meant() -> None:
    reading = understand(Question("rsvp"), "ok", "en")
    assert (reading.answer, reading.sure) == ("yes", False)


@pytest.mark.parametrize("asked", ["rsvp", "yes_no", "open"])
def test_the_same_words_are_read_the_same(asked: str) -> None:
    first = understand(Question(asked), "Yes, see you there!", "en")
    assert first == understand(Question(asked), "Yes, see you there!", "en")


AGREE = (
    Option("yes", "Yes, and I am 18 or over", hears="yes"),
    Option("more", "Tell me more", hears="more"),
    Option("no", "No", hears="no"),
    Option("young", "", hears="under_18", hidden=True),
)


@pytest.mark.parametrize(
    "text",
    [
        "I'm 16 and my stepdad comes in my room at night",
        "yes I am 60 and I don't want to wake up tomorrow, there is no point",
        "1 and I can't see a reason to carry on living like this",
        "2. he reads everything on this phone and I am frightened of him",
        "Tell me more, I cannot see the point of living",
    ],
)
def test_a_number_or_an_age_hides_no_cry(text: str) -> None:
    reading = understand(Question("choice", AGREE), text, "en")
    assert (reading.meaning, reading.value) == (Meaning.CRISIS, None)


@pytest.mark.parametrize(("text", "value"), [("1. Thanks for asking me", "yes"), ("yes I am 60 now", "yes")])
def test_what_else_is_said_changes_no_number(text: str, value: str) -> None:
    reading = understand(Question("choice", AGREE), text, "en")
    assert (reading.value, reading.sure) == (value, True)


@pytest.mark.parametrize("text", ["HELP", "help please", "?"])
def test_help_is_help_though_a_choice_speaks_of_help(text: str) -> None:
    assert word_in(Question("choice", MENU), text, "en") is Word.HELP


@pytest.mark.parametrize("text", ["who helps me", "3. Who helps me", "3"])
def test_a_label_that_sounds_like_a_question_is_an_answer_and_asks_nothing(text: str) -> None:
    reading = understand(Question("choice", MENU), text, "en")
    assert (reading.value, reading.sure, reading.also) == ("Who helps me", True, ())


def test_a_time_that_was_asked_for_is_no_wish_to_stop() -> None:
    reading = understand(Question("time"), "after 6 please", "en")
    assert (reading.meaning, reading.value, reading.sure) == (Meaning.OTHER, "after 6 please", True)


@pytest.mark.parametrize("text", ["stop texting me at 6", "dont text me after 6"])
def test_a_wish_to_stop_with_a_time_in_it_is_heard(text: str) -> None:
    assert understand(Question("time"), text, "en").meaning is Meaning.OPT_OUT


@pytest.mark.parametrize("text", ["المصعد معطل", "লিফট নষ্ট"])
def test_letters_that_none_of_us_reads_ask_for_a_language(text: str) -> None:
    assert understand(Question("open"), text, "en").meaning is Meaning.LANGUAGE


def test_a_faint_wish_to_stop_is_asked_about_only_where_it_is_about_texts() -> None:
    assert understand(Question("rsvp"), "im out now can i still come", "en").meaning is not Meaning.OPT_OUT


@pytest.mark.parametrize("text", ["1 very good", "5 terrible"])
def test_a_figure_that_its_words_contradict_is_asked_about(text: str) -> None:
    reading = understand(Question("rating"), text, "en")
    assert (reading.value, reading.sure) == (text[0], False)
