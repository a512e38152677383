"""Whether two questions ask the same, measured on questions that people ask: what is taken for sure must be so."""

from __future__ import annotations

import pytest

from language.likeness import LIKELY, SURE, alike, question_in, same

EXAMPLES = {
    "en": (
        "Is there parking?",
        "Do I get paid?",
        "Will my bus fare be paid?",
        "How do I get there?",
        "What time does it start?",
        "Can I bring somebody with me?",
        "Is it wheelchair accessible?",
        "Will there be lunch?",
    ),
    "pl": ("Czy jest parking?", "O której się zaczyna?", "Czy mogę kogoś zabrać?"),
}
# Asked in other words, and the same by every word that matters.
SAME = (
    ("en", "is there parking"),
    ("en", "Hi is there parking? thanks x"),
    ("en", "Yes I'll come. Is there parking?"),
    ("en", "is there parkin?"),
    ("en", "do I get paid"),
    ("en", "Hello, will my bus fare be paid?"),
    ("en", "how do i get there??"),
    ("en", "What time does it start"),
    ("en", "Thanks. Can I bring somebody with me?"),
    ("en", "is it wheelchair accesible?"),
    ("en", "will there be lunch"),
    ("pl", "czy jest parking"),
    ("pl", "O której się zaczyna"),
)
# Near enough to be mistaken, and another question.
OTHERS = (
    ("en", "is there parking for blue badges?"),
    ("en", "is there no parking?"),
    ("en", "where is the parking?"),
    ("en", "is the parking free?"),
    ("en", "when do I get paid?"),
    ("en", "do I have to pay?"),
    ("en", "do my carers get paid?"),
    ("en", "how much do I get paid?"),
    ("en", "will my taxi fare be paid?"),
    ("en", "will my benefits be affected if my bus fare is paid?"),
    ("en", "how do I get out of this?"),
    ("en", "how do I get there by bus?"),
    ("en", "what time does it finish?"),
    ("en", "what time does the bus start?"),
    ("en", "what day does it start?"),
    ("en", "can I bring my dog with me?"),
    ("en", "can somebody ring me?"),
    ("en", "is the toilet wheelchair accessible?"),
    ("en", "will there be lunch for vegans?"),
    ("en", "will there be a signer?"),
    ("en", "why is there parking?"),
    ("en", "is there parking and do I get paid?"),
    ("pl", "czy jest tam winda?"),
    ("pl", "o której się kończy?"),
    ("pl", "czy parking jest płatny?"),
    ("pl", "czy nie mogę kogoś zabrać?"),
)


def nearest(language: str, said: str) -> float:
    return max(same(said, example, language) for example in EXAMPLES[language])


@pytest.mark.parametrize(("language", "said"), SAME)
def test_the_same_question_is_known(language: str, said: str) -> None:
    assert nearest(language, said) >= SURE


@pytest.mark.parametrize(("language", "said"), OTHERS)
def test_another_question_is_never_taken_for_it(language: str, said: str) -> None:
    assert nearest(language, said) < SURE


def test_what_a_colleague_is_shown_takes_in_more() -> None:
    assert alike("Is there parking at the town hall?", "is there any parking by the hall?") >= LIKELY
    assert alike("Is there parking at the town hall?", "When do I get paid?") < LIKELY
    assert alike("", "anything?") == 0.0


def test_only_the_sentences_that_ask_are_compared() -> None:
    assert question_in("I'll come. Is there parking? See you.", "en") == "Is there parking?"
    assert question_in("parking", "en") == "parking"


@pytest.mark.parametrize("said", ["", "???", "\u200b", "x" * 10_000, "?" * 5_000, "🎉🎉"])
def test_no_text_breaks_it(said: str) -> None:
    assert 0.0 <= same(said, "Is there parking?", "en") <= 100.0
    assert 0.0 <= alike(said, "Is there parking?") <= 100.0
