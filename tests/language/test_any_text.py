"""Whatever a person sends, reading it never raises and never takes long."""

import sys
import time
from itertools import count
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.reading.collection import replies
from language import kinds, phones, sms, tongues
from language.danger import danger
from language.everywhere import everywhere, join_code
from language.own import own
from language.reading import Meaning, Option, Question, Reading
from language.reply import read
from language.understand import danger_in, understand

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
    *(Question(kind) for kind in ("name", "place", "words", "time", "count", "number", "phone")),
]


@given(TEXTS, LANGUAGES)
@example('Liked "', "en")
@example('👍 to "', "en")
@example("/", "en")
@example("1 one", "en")
@settings(max_examples=150, deadline=None)
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
@settings(max_examples=150, deadline=None)
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


ASKED = [
    *QUESTIONS,
    *(Question(kind) for kind in ("rsvp", "yes_no", "rating", "open")),
    Question("choice", (Option("a", "Tuesday 1 December"), Option("b", "Friday 4 December"))),
]
WRITTEN = [reply.text for reply in replies("replies")]
SPOILS = st.sampled_from(
    [
        "",
        " ",
        "\n",
        "\u200d",
        "\u0301" * 3,
        "\ud83d",
        "🏽",
        "👍",
        "“",
        '"',
        ">",
        "fwd:",
        "/",
        "[",
        "(",
        "\0",
        "０",
        "ﷺ",
        "ß",
    ]
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """What somebody might have written, with pieces lost, doubled, turned and strewn about."""
    text = draw(st.sampled_from(WRITTEN))
    for _change in range(draw(st.integers(0, 4))):
        start, end = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        piece = text[start:end]
        changed = draw(st.sampled_from([piece * 2, piece[::-1], piece.upper(), piece.swapcase(), ""]))
        text = text[:start] + draw(SPOILS) + changed + text[end:]
    return (
        text
        if draw(st.booleans())
        else text + draw(st.sampled_from([" ", ", ", "\n"])) + draw(st.sampled_from(WRITTEN))
    )


def is_a_reading(reading: Reading, question: Question) -> bool:
    """A meaning of ours, a value of this question, and a reason wherever it is sure."""
    shown = {option.id for option in question.options}
    of_options = question.read not in {"choice", "choices"} or reading.value is None
    if not of_options:
        picked = reading.value if isinstance(reading.value, tuple) else (reading.value,)
        of_options = shown.issuperset(picked)
    return reading.meaning in Meaning and of_options and (not reading.sure or bool(reading.because))


@given(st.sampled_from(ASKED), st.one_of(TEXTS, spoilt()), st.sampled_from(["en", "pl"]))
@example(ASKED[0], "\ud800", "en")
@example(Question("rsvp"), "\u0301" * 400, "pl")
@example(Question("open"), "[SEP] [CLS] ##s", "en")
@settings(max_examples=200, deadline=None)
def test_anything_is_understood_somehow(question: Question, text: str, language: str) -> None:
    reading = understand(question, text, language)
    assert is_a_reading(reading, question), reading
    assert reading == understand(question, text, language)


@pytest.mark.parametrize("asked", ASKED, ids=lambda question: f"{question.read} of {len(question.options)}")
@pytest.mark.parametrize("language", ["en", "pl"])
def test_each_kind_of_question_takes_any_reply(asked: Question, language: str) -> None:
    for text in ["", "?", "yes", "stop", "maybe", "he hits me", "1", "ok 👍", "x" * 3000, *WRITTEN[::997]]:
        assert is_a_reading(understand(asked, text, language), asked)
        danger_in(asked, text, language)


STRAINING = [
    *("a/", "yes ", "stop ", "no, ", "a ", "can't ", "the bus stop "),
    *("(", "[[", ")(", "“a” ", '"', "> \n", "fwd: ", "Liked “"),
    *("👍", "👍🏽", "👨\u200d👩\u200d👧", "e\u0301", "\u0301", "\u200b", "ﷺ"),
    *("1 ", "07", "1/2 ", "x", "?!", "kill me ", "if you ", "not not "),
]
_fresh = count(1)


def repeated(piece: str, length: int) -> str:
    """`length` characters of it, unlike any text that was read before: what is remembered must not count."""
    return f"{(piece * length)[:length]} {next(_fresh)}"


def calls(text: str) -> int:
    """How many functions, ours and Python's, reading this calls."""
    counted = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        understand(Question("rsvp"), text, "en")
    finally:
        sys.setprofile(before)
    return counted


def seconds(text: str) -> float:
    began = time.process_time()
    understand(Question("rsvp"), text, "en")
    return time.process_time() - began


@pytest.mark.parametrize("piece", STRAINING, ids=ascii)
def test_twice_the_length_is_twice_the_work(piece: str) -> None:
    calls(repeated(piece, 20_000))
    once, twice = calls(repeated(piece, 10_000)), calls(repeated(piece, 20_000))
    assert twice <= 2.5 * once + 1000


@pytest.mark.parametrize("piece", STRAINING, ids=ascii)
def test_no_pattern_runs_away(piece: str) -> None:
    """Eight times the length: work that grows with the square would take 64 times as long."""
    short = min(seconds(repeated(piece, 2_500)) for _attempt in range(3))
    long = min(seconds(repeated(piece, 20_000)) for _attempt in range(3))
    assert long <= 30 * max(short, 0.002)
