"""Whatever a person sends, reading it never raises and never takes long."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from language import kinds, phones, sms, tongues
from language.danger import danger
from language.everywhere import everywhere, join_code
from language.own import own
from language.reading import Option, Question
from language.reply import read

LETTERS = st.characters(exclude_categories=())
PIECES = st.sampled_from(
    [
        *(
            "stop",
            "yes",
            "no",
            "1",
            "2",
            "ok",
            "i'm",
            "16",
            "?",
            '"',
            "join",
            "help",
            "me",
            "tak",
            "nie",
            "👍🏽",
            "NG5 1AB",
        ),
        *("\ud800", "\0", "\u202e", "’", "“", ">", "Fwd:", "Liked “", "+44", "not", "but", "\n", "x", ",", "."),
    ]
)
TEXTS = st.one_of(
    st.text(LETTERS), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=6).map("".join)
)
LANGUAGES = st.sampled_from(["en", "pl", "cy", "pl-PL", ""])
OPTIONS = (
    Option("yes", "Yes", "yes"),
    Option("more", "Tell me more", "more"),
    Option("no", "No", "no"),
    Option("young", "", "under_18", hidden=True),
)
QUESTIONS = [
    *(Question(kind, OPTIONS) for kind in ("choice", "choices")),
    *(Question(kind, ()) for kind in ("choice", "choices")),
    *(Question(kind) for kind in ("name", "place", "words", "time", "count", "phone")),
]


@given(TEXTS, LANGUAGES)
@example('Liked "', "en")
@example('👍 to "', "en")
@example("/", "en")
@example("1 one", "en")
@settings(max_examples=300)
def test_no_text_is_too_odd(text: str, language: str) -> None:
    for asked in (True, False):
        everywhere(text, language, asked)
    join_code(text)
    kinds.what(text, language)
    kinds.also(text, language)
    kinds.empty(text)
    kinds.reaction(text)
    danger(text, language)
    own(text)
    tongues.named(text)
    tongues.guess(text)
    phones.e164(text)
    phones.line(text)
    phones.domestic(text)
    sms.length(text)
    sms.gsm_clean(text)


@given(st.sampled_from(QUESTIONS), TEXTS, LANGUAGES)
@settings(max_examples=300)
def test_a_reading_is_one_of_the_answers(question: Question, text: str, language: str) -> None:
    reading = read(question, text, language)
    assert not (reading.sure and reading.value is None)
    ids = {option.id for option in question.options}
    if question.read == "choice":
        assert reading.value is None or reading.value in ids
    elif question.read == "choices":
        assert reading.value is None or ids.issuperset(reading.value)
    else:
        assert reading.value is None or (isinstance(reading.value, str) and reading.value.encode() is not None)


HOSTILE = [
    "a " * 50_000,
    "no " * 50_000,
    '"' * 100_000,
    "> \n" * 50_000,
    "join " * 20_000,
    "1," * 50_000,
    "(" * 100_000,
]
HOSTILE += [
    "dont have to " * 10_000,
    "x" * 100_000,
    "fwd " * 30_000,
    "i " * 50_000,
    "+44 " * 30_000,
    "reacted to " * 9_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8].strip())
def test_a_hostile_text_takes_no_longer_than_a_long_one(text: str) -> None:
    began = time.perf_counter()
    everywhere(text, "en", asked=True)
    danger(text, "en")
    kinds.what(text, "en")
    for question in QUESTIONS:
        read(question, text, "en")
    assert time.perf_counter() - began < 1.0
