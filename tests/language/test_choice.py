"""One choice out of a reply. The worst outcome is a wrong answer that we are sure of."""

import pytest

from language.choice import choice, names
from language.reading import Meaning, Option, Question
from language.reply import read

YES, MORE, NO = Option("yes", "Yes", "yes"), Option("more", "Tell me more", "more"), Option("no", "No", "no")
YOUNG = Option("young", "", "under_18", hidden=True)
JOIN = Question("choice", (YES, MORE, NO, YOUNG))
AGREE = Question("choice", (Option("yes", "Yes, and I am 18 or over", "yes"), MORE, NO, YOUNG))
COMING = Question("choice", (YES, NO, Option("maybe", "Not sure")))
TOPIC = Question("choice", (Option("home", "Home care"), Option("bus", "Transport"), Option("rest", "Carers' breaks")))

SURE = {
    "yes": "i am 18 years old|I would like to join please|1|1.|1)|1!|one|One|first|first one|"
    "the first one|option 1|number 1|no. 1|1st|a|a)|A|1️⃣|１|١|"
    "1 please|1 x|1 thanks|"
    "I'll go for 1|1 yes|yes 1|1. Yes|yes|Yes|YES!!!|yesss|y|Y|yh|yep|yup|aye|ye|yeh|ya|yea|yeah|yess|"
    "yes please|ooh yes|"
    "go on then|ok go on then|count me in|I'm in|I’m in|I'll be there|put me down|love to|I'd love to|"
    "defo|deffo|of course|"
    "course|happy to|wouldn't miss it|can't wait|can’t wait|why not|sure|absolutely|yes thanks duck|"
    "Yes please x|hi yes|"
    "sorry yes|ok yes|join|i want to join|sign me up|Yes please, what time does it start?|yes. is there parking?|"
    "I'm 18|im 18|I am 54|yes I'm 30|1, I am 40|18 or over|I agree|oh yes|yes yes yes",
    "no": "i don't want to join|can't join|Thanks for asking but no|3|3.|three|third|the third one|"
    "option 3|no. 3|3rd|c)|the last one|3 no|no 3|no|No.|NO|n|N|nope|"
    "nah|no thanks|"
    "no ta|not for me|not this time|sorry can't|cant make it|can't come|I'm out|count me out|unable to attend|pass|"
    "gonna have to give it a miss|I won't be there|no thank you|no no no|nooo|thanks but no thanks|sorry no|no sorry|"
    "No thanks love|not interested|not today thanks|I don't want to|i cant|No, I can't|I don't agree|no im 54",
    "more": "2|2.|two|second|the second|option 2|2nd|b|b)|2️⃣|tell me more|Tell me more please|more|"
    "More info|more details|"
    "what is it|what is it?|What's this about|what's it about?|whats involved|what would I have to do|is it free?|"
    "how long does it take|yes tell me more",
    "young": "I'm 16|im 16|I’m 16|im 15 and want to join|under 18|i am seventeen|I am 17|aged 16|"
    "I'm only 15|16 years old im 16|"
    "yes I'm 17|1 I'm 15|not 18|I'm not 18 yet|im 16yrs old|yes but im only 16",
}
ASKED_BACK = {
    "yes": "yes I want to stop|Yes and STOP|18|yes 18|+1|yes my daughter is 16|"
    "yes I can't hear well|ok|OK|k|kk|okay|fine|👍|👍🏽|👍🏿|✅|👌|🙌|❤️|😊|cool|great|lovely|thanks|"
    "thank u x|ta duck|noted|"
    "no problem|no worries|"
    "np|no probs|I don't mind|yes but|yes, but|yes but only online|yes if I can get cover|"
    "1 but only online|yeah right|yes?|"
    "yes I got your text|yes I told you I am not interested|yes who is this|1?|yes maybe",
    "no": "no, actually yes no|yes, actually no|yes no no|👎|❌|no but yes no|no if it is far|oh no|no why?|1 no",
    "young": "16|17|I'm 18 in June|im 18 next month|Yes. I turn 18 in March|yes I'll be 18 soon",
}
NOT_ANSWERED = """
1 maybe
4
0
200
1 or 2
1 2
2 of us
10 mins late
im 10 mins away
my son is 16
not sure
maybe
might
dunno
idk
depends
hopefully
if mum is ok
yes and no
no idea
no one told me
there is no bus
I'm in hospital
i am busy that day
I do hate buses
happy birthday
love from Asha
I can walk
why
who
wait a second
one moment please
none
wrong
asdfgh
😢
?
on
yet
now
not
know
nose
noise
""".strip().splitlines()


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(text, value) for value, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "value"), rows(SURE))
def test_a_clear_answer(text: str, value: str) -> None:
    reading = read(JOIN, text, "en")
    assert (reading.value, reading.sure) == (value, True)
    assert reading.because


@pytest.mark.parametrize(("text", "value"), rows(ASKED_BACK))
def test_an_answer_to_ask_back_about(text: str, value: str) -> None:
    reading = read(JOIN, text, "en")
    assert (reading.value, reading.sure) == (value, False)


@pytest.mark.parametrize("text", NOT_ANSWERED)
def test_no_answer(text: str) -> None:
    reading = read(JOIN, text, "en")
    assert (reading.value, reading.sure) == (None, False)


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("yes", "yes", True),
        ("yes and i am 18 or over", "yes", True),
        ("1 yes and i am over 18", "yes", True),
        ("1, I am 18 or over", "yes", True),
        ("I am 18 or over", "yes", True),
        ("over 18", "yes", True),
        ("I agree", "yes", True),
        ("ok", "yes", False),
        ("yes I'm 17", "young", True),
        ("1 and I'm 16", "young", True),
        ("not over 18", "young", True),
        ("no", "no", True),
        ("3, I am 54", "no", True),
    ],
)
def test_agreeing_and_being_18(text: str, value: str, sure: bool) -> None:
    reading = read(AGREE, text, "en")
    assert (reading.value, reading.sure) == (value, sure)


def test_an_age_is_doubted_where_nothing_was_ready_for_it() -> None:
    reading = read(Question("choice", (YES, NO)), "yes I'm 15", "en")
    assert (reading.value, reading.sure) == ("yes", False)


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("not sure", "maybe", True),
        ("maybe", "maybe", True),
        ("3", "maybe", True),
        ("no problem I'll be there", "yes", True),
        ("yes but running late", "yes", False),
        ("cancel", "no", True),
        ("cancel my place please", "no", True),
        ("have to pull out", "no", True),
    ],
)
def test_coming_or_not(text: str, value: str, sure: bool) -> None:
    reading = read(COMING, text, "en")
    assert (reading.value, reading.sure) == (value, sure)


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("home care", "home", True),
        ("Home", "home", True),
        ("transport please", "bus", True),
        ("transprot", "bus", True),
        ("Transpotr", "bus", True),
        ("carers breaks", "rest", True),
        ("carers' breaks!", "rest", True),
        ("I'd like transport", "bus", True),
        ("transport is awful", "bus", False),
        ("not transport", None, False),
        ("care", None, False),
        ("home and transport", None, False),
        ("3 transport", "bus", False),
        ("2 transport", "bus", True),
        ("cab", None, False),
    ],
)
def test_by_the_words_of_a_label(text: str, value: str | None, sure: bool) -> None:
    reading = read(TOPIC, text, "en")
    assert (reading.value, reading.sure) == (value, sure)


POLISH = {
    (
        "yes",
        True,
    ): "tak|Tak|TAK!|tak proszę|tak, proszę|jasne|oczywiście|oczywiscie|pewnie|chętnie|zgadzam się|chcę|chce|"
    "chcę dołączyć|no tak|no jasne|no pewnie|1|pierwszy|jeden|yes|yes please|mam 54 lata|dlaczego nie",
    ("yes", False): "ok|dobrze|dobra|nie ma problemu|dziękuję|tak, ale|tak ale nie wiem|👍|może być",
    ("no", True): "nie|Nie.|nie dziękuję|nie chcę|niestety nie|no nie|no thanks|3|trzy|nie mogę",
    ("no", False): "no|tak, a jednak nie|No.",
    ("more", True): "więcej|powiedzcie więcej|o co chodzi?|2|druga|co to jest?",
    ("young", True): "mam 16 lat|mam 17|nie mam 18 lat|tak, mam 15 lat",
    (None, False): "ten|nie wiem|może|mam 3 dzieci|nie ma autobusu",
}


@pytest.mark.parametrize(
    ("text", "value", "sure"), [(text, *expected) for expected, texts in POLISH.items() for text in texts.split("|")]
)
def test_polish(text: str, value: str | None, sure: bool) -> None:
    reading = read(JOIN, text, "pl")
    assert (reading.value, reading.sure) == (value, sure)


def test_polish_words_mean_nothing_to_a_person_who_has_not_chosen_polish() -> None:
    assert read(JOIN, "nie", "en").value is None


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("yes", Meaning.YES), ("no", Meaning.NO), ("maybe", Meaning.MAYBE), ("where is it held", Meaning.QUESTION)],
)
def test_meanings(text: str, meaning: Meaning) -> None:
    assert read(COMING, text, "en").meaning is meaning


def test_what_else_it_carries() -> None:
    assert read(COMING, "Yes please, is there parking? thanks", "en").also == ("question", "thanks")
    assert read(COMING, "yes but running late and need a wheelchair ramp", "en").also == ("late", "access")
    assert read(COMING, "yes", "en").also == ()


def test_a_skip_option_and_a_language_option() -> None:
    skippable = Question("choice", (YES, NO, Option("skip", "Skip", "skip", hidden=True)))
    assert read(skippable, "rather not say", "en").value == "skip"
    languages = Question("choice", (Option("en", "English"), Option("pl", "Polski")))
    assert read(languages, "Polish please", "en").value == "pl"


def test_a_reaction_is_no_answer() -> None:
    assert read(JOIN, 'Liked "Would you like to join? 1 Yes 2 Tell me more 3 No"', "en").value is None


def test_an_unknown_way_to_read_is_refused() -> None:
    with pytest.raises(ValueError, match="no way to read"):
        read(Question("colour"), "red", "en")


DAYS = tuple(Option(str(place), label) for place, label in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday"), 1))
WAYS = tuple(
    Option(str(place), label)
    for place, label in enumerate(("Come to a meeting", "Take part online", "Answer by text", "A phone call"), 1)
)
HOURS = tuple(Option(str(place), label) for place, label in enumerate(("9.30am", "1pm", "4pm", "7pm"), 1))
LETTERED = tuple(
    Option(str(place), label) for place, label in enumerate(("a) Tea and chat", "b) Craft", "c) Walk", "d) Singing"), 1)
)


@pytest.mark.parametrize(
    ("options", "text", "places"),
    [
        (DAYS, "the second", "2"),
        (DAYS, "top one", "1"),
        (DAYS, "the last", "4"),
        (DAYS, "option 2", "2"),
        (DAYS, "no 2 pls", "2"),
        (DAYS, "weds", "3"),
        (DAYS, "thrusday please", "4"),
        (DAYS, "1 3 and 4", "1 3 4"),
        (DAYS, "first two", "1 2"),
        (DAYS, "2 to 4", "2 3 4"),
        (DAYS, "Monday to Wednesday", "1 2 3"),
        (DAYS, "anything but the second", "1 3 4"),
        (DAYS, "any day but Thursday", "1 2 3"),
        (DAYS, "not Monday, Thursday", "4"),
        (DAYS, "not 1 or 2, the other two", "3 4"),
        (DAYS, "all of them", "1 2 3 4"),
        (DAYS, "4 of us live here, it's option 2", "2"),
        (DAYS, "1. is there parking", "1"),
        (DAYS, "can't do Monday or Tuesday, so number 3", "3"),
        (WAYS, "by text", "3"),
        (WAYS, "onlin", "2"),
        (WAYS, "txt or call", "3 4"),
        (WAYS, "the zoom one, I've got the hang of it", "2"),
        (WAYS, "Not the phone, not the computer, I'd come in person", "1"),
        (HOURS, "the 1pm one", "2"),
        (HOURS, "half nine", "1"),
        (HOURS, "7 in the evening", "4"),
        (HOURS, "the third option, not 3 o'clock", "3"),
        (LETTERED, "b", "2"),
        (LETTERED, "a and c", "1 3"),
        (LETTERED, "c) with my dog", "3"),
        (LETTERED, "all but the walk, my hip", "1 2 4"),
        (LETTERED, "sining", "4"),
    ],
)
def test_what_is_picked_where_several_may_be(options: tuple[Option, ...], text: str, places: str) -> None:
    reading = choice(options, text, "en", several=True)
    picked = reading.value if isinstance(reading.value, tuple) else (reading.value,)
    assert (picked, reading.sure) == (tuple(places.split()), True)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (HOURS, "4"),  # the fourth, or at four
        (HOURS, "4.30 is when I finish work"),
        (DAYS, "either"),
        (DAYS, "5"),
        (DAYS, "Monday is awful"),
        (DAYS, "I was up at 3"),
        (WAYS, "whatever"),
        (LETTERED, "a nice idea"),
    ],
)
def test_what_is_not_picked_for_sure(options: tuple[Option, ...], text: str) -> None:
    reading = choice(options, text, "en", several=True)
    assert not (reading.sure and reading.value), reading


def test_none_of_them_and_a_question_about_them() -> None:
    none, asked = (choice(DAYS, text, "en", several=True) for text in ("none of those love", "which one has parking"))
    assert (none.meaning, none.value, none.sure) == (Meaning.NO, (), True)
    assert (asked.meaning, asked.value) == (Meaning.QUESTION, None)


def test_several_are_no_answer_where_one_is_wanted() -> None:
    reading = choice(DAYS, "Monday and Tuesday", "en")
    assert (reading.value, reading.sure) == (None, False)


@pytest.mark.parametrize(
    ("text", "places"),
    [("w poniedziałek", "1"), ("srode prosze", "2"), ("pierwsze i trzecie", "1 3"), ("wszystkie!!!", "1 2 3")],
)
def test_polish_days(text: str, places: str) -> None:
    days = tuple(Option(str(place), label) for place, label in enumerate(("Poniedziałek", "Środa", "Piątek"), 1))
    reading = choice(days, text, "pl", several=True)
    picked = reading.value if isinstance(reading.value, tuple) else (reading.value,)
    assert (picked, reading.sure) == (tuple(places.split()), True)


@pytest.mark.parametrize(("text", "expected"), [("call", True), ("ring me", True), ("call me names", False)])
def test_a_word_that_works_anywhere_may_name_a_choice(text: str, expected: bool) -> None:
    assert names(WAYS, text, "en") is expected


@pytest.mark.parametrize(("text", "value"), [("3", "else"), ("2", "group"), ("1", "space"), ("3 December", "space")])
def test_a_number_alone_is_that_of_the_list_and_no_day_of_the_month(text: str, value: str) -> None:
    days = ("Carers' space, Thursday 3 December", "Reading group, Wednesday 2 December", "Something else")
    options = tuple(Option(id_, label) for id_, label in zip(("space", "group", "else"), days, strict=True))
    reading = read(Question("choice", options), text, "en")
    assert (reading.value, reading.sure) == (value, True)


HOW_FAR = (Option("c1", "Yes", "yes"), Option("c2", "In part", "partly"), Option("c3", "No", "no"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, "c1") for text in ("yes", "yeah", "definitely", "1", "y")),
        *(
            (text, "c2")
            for text in ("in part", "kind of", "a bit", "mostly", "yeah mostly", "sort of", "2", "not always")
        ),
        *((text, "c3") for text in ("no", "not really", "not at all", "never", "3")),
    ],
)
def test_between_yes_and_no_there_is_something_of_both(text: str, value: str) -> None:
    reading = read(Question("choice", HOW_FAR), text, "en")
    assert (reading.value, reading.sure) == (value, True)


@pytest.mark.parametrize("text", ["trochę", "po części", "nie zawsze", "w miarę", "tak i nie"])
def test_something_of_both_in_polish(text: str) -> None:
    labels = (Option("c1", "Tak", "yes"), Option("c2", "Częściowo", "partly"), Option("c3", "Nie", "no"))
    assert read(Question("choice", labels), text, "pl").value == "c2"
