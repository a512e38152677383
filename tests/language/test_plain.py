"""Plain language: what counts as a sentence and a word, and about how old a reader must be."""

from __future__ import annotations

import pytest

from language.plain import longest_sentence, reading_age, sentences, words
from language.syllables import syllables

WELCOME = (
    "Ashdale Council here. Help us make care better, if you are 18 or over. "
    "Your texts cost the same as usual. Would you like to join?"
)
NOTICE = (
    "The remuneration of individuals participating in consultation is contingent upon the "
    "submission of appropriate documentation to the administering authority."
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two? Three!", ["One", "Two", "Three"]),
        ("One\nTwo\n\nThree", ["One", "Two", "Three"]),
        ("Come at 2.30pm to the hall.", ["Come at 2.30pm to the hall"]),
        ("See ashdale.example/heard. Thank you.", ["See ashdale.example/heard", "Thank you"]),
        ("Well... Yes?!", ["Well", "Yes"]),
        ('"Stop." he said', ['"Stop', '" he said']),
        ("", []),
        ("?! ...", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert list(sentences(text)) == parts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Yes", 1),
        ("One two three. One two.", 3),
        ("You can't lose", 3),
        ("It is step-free at 2.30pm", 5),
        ("See ashdale.example/heard now", 3),
        ("By {by}, we will", 4),
        ("zażółć gęślą jaźń", 3),
    ],
)
def test_longest_sentence(text: str, count: int) -> None:
    assert longest_sentence(text) == count


def test_a_place_an_address_and_a_time_are_one_word_each() -> None:
    assert words("{by} 2.30pm a@b.example it's") == ("by", "2.30pm", "a@b.example", "it's")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "care made looked comes thanks rule the we 18 pm bsl called scheme texts eight"),
        (2, "people table wanted boxes something safely being trying quiet helpful client science ruin"),
        (3, "idea family interpret anywhere agreement video reminder disabled"),
        (4, "information television accessible community remunerate"),
        (5, "accommodation organisation communication"),
    ],
)
def test_syllables(count: int, said: str) -> None:
    assert {word: syllables(word) for word in said.split()} == dict.fromkeys(said.split(), count)


@pytest.mark.parametrize(
    ("label", "text", "least", "most"),
    [
        ("our own first text", WELCOME, 6, 8),
        ("an official's sentence", NOTICE, 20, 30),
        ("a form's letter", "Please complete the attached application form and return it to the address above.", 9, 13),
        ("nothing is younger than five", "We go. You go. I go.", 5, 5),
        ("one long word does not make a short text hard", "Information. Yes.", 5, 8),
    ],
)
def test_reading_age(label: str, text: str, least: float, most: float) -> None:
    age = reading_age(text, "en")
    assert age is not None
    assert least <= age <= most


def test_the_formula_is_flesch_kincaid_and_five() -> None:
    """30 words of one syllable in two sentences: 0.39 x 15 + 11.8 - 15.59 + 5, by hand."""
    text = " ".join(["One two three four five"] * 3) + ". " + " ".join(["Go to the big red"] * 3) + "."
    assert reading_age(text, "en-GB") == pytest.approx(0.39 * 15 + 11.8 * 1 - 15.59 + 5, abs=0.051)


def test_longer_words_and_longer_sentences_are_harder() -> None:
    easy = reading_age("We keep your name. We keep your number. You can leave at any time. Just send us a text.", "en")
    long = reading_age("We keep your name, we keep your number, you can leave at any time, just send us a text.", "en")
    hard = reading_age("We retain identifying information. Participation is entirely voluntary throughout.", "en")
    assert easy is not None
    assert long is not None
    assert hard is not None
    assert easy < long < hard


@pytest.mark.parametrize(("text", "language"), [("Dzień dobry.", "pl"), ("", "en"), ("?!", "en"), ("你好", "zh")])
def test_no_reading_age_where_there_is_no_formula_or_no_word(text: str, language: str) -> None:
    assert reading_age(text, language) is None
