import pytest

from language.reading import Option, Question
from language.reply import read

LABELS = {
    "home": "Home care",
    "transport": "Transport",
    "breaks": "Carers' breaks",
    "payments": "Direct payments",
    "mind": "Mental health",
}
TOPICS = Question("choices", tuple(Option(name, label) for name, label in LABELS.items()))
ALL = tuple(LABELS)


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("1 3 5", ("home", "breaks", "mind"), True),
        ("1,3 and 5", ("home", "breaks", "mind"), True),
        ("5, 1", ("home", "mind"), True),
        ("1+3", ("home", "breaks"), True),
        ("1 & 3", ("home", "breaks"), True),
        ("135", ("home", "breaks", "mind"), True),
        ("2", ("transport",), True),
        ("2 please", ("transport",), True),
        ("two and four", ("transport", "payments"), True),
        ("the first two", ("home", "transport"), True),
        ("first and last", ("home", "mind"), True),
        ("all", ALL, True),
        ("All of them please", ALL, True),
        ("everything", ALL, True),
        ("none", (), True),
        ("None of them thanks", (), True),
        ("no thanks", (), True),
        ("1 and transport", ("home", "transport"), True),
        ("home care and carers breaks", ("home", "breaks"), True),
        ("transprot", ("transport",), True),
        ("payments and helth", ("payments", "mind"), True),
        ("Transport, mental health", ("transport", "mind"), True),
        ("a and c", ("home", "breaks"), True),
        ("b", ("transport",), True),
        ("the whole lot", ALL, True),
        ("1 9", ("home",), False),
        ("1, 2, my mum", ("home", "transport"), False),
        ("1-3", ("home", "transport", "breaks"), False),
        ("1 to 3", ("home", "transport", "breaks"), False),
        ("1 and 3?", ("home", "breaks"), False),
        ("all except 3", ("home", "transport", "payments", "mind"), False),
        ("not 2", None, False),
        ("anything but 2", None, False),
        ("11", None, False),
        ("9", None, False),
        ("yes", None, False),
        ("both", None, False),
        ("", None, False),
    ],
)
def test_several(text: str, value: tuple[str, ...] | None, sure: bool) -> None:
    reading = read(TOPICS, text, "en")
    assert (reading.value, reading.sure) == (value, sure)


def test_digits_run_together_are_one_number_where_there_are_many_choices() -> None:
    many = Question("choices", tuple(Option(f"o{number}", f"Choice{number}") for number in range(1, 13)))
    assert read(many, "12", "en").value == ("o12",)
    assert read(many, "1 2", "en").value == ("o1", "o2")
    assert read(many, "135", "en").value is None


def test_polish() -> None:
    assert read(TOPICS, "1 i 3", "pl").value == ("home", "breaks")
    assert read(TOPICS, "wszystko", "pl").value == ALL
    assert read(TOPICS, "żadne", "pl").value == ()
    assert read(TOPICS, "dwa oraz piąty", "pl").value == ("transport", "mind")


def test_a_choice_that_is_called_both_is_a_choice() -> None:
    support = Question("choices", (Option("a", "Training"), Option("b", "Company"), Option("c", "None")))
    assert read(support, "none", "en").value == ("c",)
