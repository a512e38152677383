"""A wish for easier words is heard wherever it is all that is said, and never takes an answer away."""

from __future__ import annotations

import pytest

from language.everywhere import Word, everywhere, may_be_a_need

PLAIN = {
    "en": (
        "PLAIN|/plain|say that more simply|Can you say that more simply please?|too many long words|"
        "I don't understand this|i dont understand|I still don't understand|easy words please|Easy read|"
        "simple english please|in plain English|sorry, it's too many big words|what does this mean|"
        "Sorry but I really don't understand this text, too many long words|im confused|shorter words please"
    ),
    "pl": (
        "prościej proszę|nie rozumiem|Nie rozumiem tego|proszę napisać prościej|za dużo trudnych słów|"
        "napiszcie to prostymi słowami|co to znaczy|easy words please"
    ),
}
NORMAL = {"en": "normal words|NORMAL WORDS|usual words please", "pl": "normalne słowa|NORMALNE SŁOWA|zwykłe słowa"}
# An answer, a STOP or something else stands beside it, or it is none.
NEITHER = (
    "yes, too many long words though|No. I don't understand it|Asha. I don't understand|2 but use simple words|"
    "I don't understand the bill|they don't understand my mum|I understand|"
    "my mum has too many long words in her letter|"
    "confusing|too complicated|it was hard to follow|normal|simple|next Monday is easy"
)


def cases(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize(("language", "text"), cases(PLAIN))
def test_a_wish_for_easier_words(language: str, text: str, asked: bool) -> None:
    assert everywhere(text, language, asked) is Word.PLAIN


@pytest.mark.parametrize(("language", "text"), cases(NORMAL))
def test_our_usual_words_again(language: str, text: str) -> None:
    assert everywhere(text, language, asked=True) is Word.NORMAL


@pytest.mark.parametrize("text", NEITHER.split("|"))
def test_no_answer_is_taken_away(text: str) -> None:
    assert everywhere(text, "en", asked=True) not in {Word.PLAIN, Word.NORMAL}


def test_a_stop_beside_it_is_a_stop() -> None:
    assert everywhere("I don't understand. Stop texting me", "en", asked=True) is Word.STOP


@pytest.mark.parametrize(
    ("text", "answers"),
    [("easy read", True), ("simple words please", True), ("I don't understand", False), ("", False)],
)
def test_what_also_answers_what_they_need(text: str, answers: bool) -> None:
    assert may_be_a_need(text, "en") is answers
