import pytest

from language.reading import Question
from language.reply import read

NAMES = [
    ("my name is Asha", "Asha", True),
    ("My name's Asha", "Asha", True),
    ("I'm Asha", "Asha", True),
    ("I’m Asha", "Asha", True),
    ("call me Ash", "Ash", True),
    ("you can call me Ash please", "Ash", True),
    ("Asha here", "Asha", True),
    ("it's Asha", "Asha", True),
    ("Hi, it's Asha", "Asha", True),
    ("Asha x", "Asha", True),
    ("Asha xx", "Asha", True),
    ("Asha :)", "Asha", True),
    ("Asha 😊", "Asha", True),
    ("Asha!", "Asha", True),
    ("asha", "Asha", True),
    ("ASHA", "Asha", True),
    ("AsHa", "AsHa", True),
    ("o'neil", "O'Neil", True),
    ("Siân", "Siân", True),
    ("Łukasz", "Łukasz", True),
    ("ਆਸ਼ਾ", "ਆਸ਼ਾ", True),
    ("Mary-Jane", "Mary-Jane", True),
    ("mary-jane", "Mary-Jane", True),
    ("Mrs Patel", "Mrs Patel", True),
    ("Will", "Will", True),
    ("TJ", "TJ", True),
    ("mam na imię Kasia", "Kasia", True),
    ("X", "X", False),
    ("Yes", "Yes", False),
    ("No", "No", False),
    ("Ok", "Ok", False),
    ("Stop", "Stop", False),
    ("why do you need it", None, False),
    ("why?", None, False),
    ("I would rather not tell you that", None, False),
    ("07700 900123", None, False),
    ("R2D2", None, False),
    ("I'm good thanks", None, False),
    ("I'm a carer", None, False),
    ("asha@example.org", None, False),
    ("", None, False),
    ("😊", None, False),
    ("Ab" * 100, "Ab" * 20, True),
]


@pytest.mark.parametrize(("text", "value", "sure"), NAMES)
def test_names(text: str, value: str | None, sure: bool) -> None:
    reading = read(Question("name"), text, "en")
    assert (reading.value, reading.sure) == (value, sure)


@pytest.mark.parametrize(("text", "value"), [("jestem Łukasz", "Łukasz"), ("Nazywam się Jan Kowalski", "Jan Kowalski")])
def test_polish_names(text: str, value: str) -> None:
    assert read(Question("name"), text, "pl").value == value


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("NG5 1AB", "NG5", True),
        ("ng51ab", "NG5", True),
        ("Ng5", "NG5", True),
        ("SW1A 1AA", "SW1A", True),
        ("I live at 5 High St, NG5 1AB", "NG5", True),
        ("E1", "E1", True),
        ("Arnold", "Arnold", True),
        ("i live in Arnold", "Arnold", True),
        ("near Hucknall please", "Hucknall", True),
        ("Mapperley, Ashdale", "Mapperley, Ashdale", True),
        ("mieszkam w Arnold", "Arnold", True),
        ("yes", None, False),
        ("no", None, False),
        ("ok", None, False),
        ("why?", None, False),
        ("not telling you", None, False),
        ("I do not want to", None, False),
        ("x", None, False),
        ("near the M1", "the M1", False),
        ("a" * 61, None, False),
    ],
)
def test_places(text: str, value: str | None, sure: bool) -> None:
    language = "pl" if text.startswith("mieszkam") else "en"
    reading = read(Question("place"), text, language)
    assert (reading.value, reading.sure) == (value, sure)


def test_of_a_postcode_only_the_district_is_kept() -> None:
    reading = read(Question("place"), "5 High St NG5 1AB", "en")
    assert "1ab" not in f"{reading.value}{reading.because}{reading.details}".lower()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Large print please", "Large print please"),
        ("No bread, please", "No bread, please"),
        ("no", ""),
        ("Nothing", ""),
        ("none", ""),
        ("nothing thanks", ""),
        ("No thank you", ""),
        ("  tea\0  ", "tea"),
        ("y" * 600, "y" * 500),
    ],
)
def test_words(text: str, value: str) -> None:
    reading = read(Question("words"), text, "en")
    assert (reading.value, reading.sure) == (value, True)


@pytest.mark.parametrize(
    ("text", "sure"),
    [("after 2", True), ("mornings", True), ("half 2", True), ("any time", True), ("2pm", True), ("yes", False)],
)
def test_times(text: str, sure: bool) -> None:
    reading = read(Question("time"), text, "en")
    assert (reading.value, reading.sure) == (text, sure)


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("0", "0", True),
        ("2", "2", True),
        ("two", "2", True),
        ("twenty", "20", True),
        ("just me", "0", True),
        ("no one", "0", True),
        ("+1", "1", True),
        ("me + 2", "2", True),
        ("plus one", "1", True),
        ("both of us", "1", True),
        ("me and my mum", "1", True),
        ("2 people", "2", True),
        ("2 of us", "1", False),
        ("200", "200", False),
        ("2 or 3", None, False),
        ("maybe", None, False),
        ("what", None, False),
    ],
)
def test_counts(text: str, value: str | None, sure: bool) -> None:
    reading = read(Question("count"), text, "en")
    assert (reading.value, reading.sure) == (value, sure)


def test_counts_in_polish() -> None:
    assert read(Question("count"), "tylko ja", "pl").value == "0"
    assert read(Question("count"), "dwie", "pl").value == "2"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("07700 900123", "+447700900123"),
        ("my number is 07700 900123 thanks", "+447700900123"),
        ("07700 900123 or 07700 900124", None),
        ("no", None),
    ],
)
def test_phones(text: str, value: str | None) -> None:
    reading = read(Question("phone"), text, "en")
    assert (reading.value, reading.sure) == (value, value is not None)


@pytest.mark.parametrize("read_as", ["name", "words", "place", "time"])
@pytest.mark.parametrize(
    ("text", "young"), [("I'm 15", True), ("I'm fifteen", True), ("my son is 15", False), ("I'm 42", False)]
)
def test_somebody_under_18_is_heard_whatever_was_asked(read_as: str, text: str, young: bool) -> None:
    told = read(Question(read_as), text, "en")
    assert ("under_18" in told.details) is young
    assert not (young and read_as == "name" and told.value)
