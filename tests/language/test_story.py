"""A story told by text: where it ends, and what is too little to be a part of it."""

from __future__ import annotations

import pytest

from language import story, understand
from language.everywhere import Word, everywhere
from language.reading import Question

LONG = "My son was born deaf and for two long years nobody at all told us what help there might be for him or for me."


@pytest.mark.parametrize(
    "text", ["DONE", "done", "That's all", "thats all", "the end", "That's my story.", "That's all, thank you"]
)
def test_its_end_is_heard(text: str) -> None:
    assert story.is_all(text, "en")


@pytest.mark.parametrize("text", ["koniec", "To wszystko", "gotowe", "to już wszystko, dziękuję", "DONE"])
def test_its_end_is_heard_in_polish(text: str) -> None:
    assert story.is_all(text, "pl")


@pytest.mark.parametrize("text", ["They were done with me", "It was all I had", "That was the end of it", LONG])
def test_what_is_told_is_no_end(text: str) -> None:
    assert not story.is_all(text, "en")


def test_an_end_may_stand_under_a_part() -> None:
    assert story.before_the_end("We waited. Then she rang.\nThat's all", "en") == "We waited. Then she rang."
    assert story.before_the_end("We waited. Then she rang.", "en") is None


@pytest.mark.parametrize("text", ["yes", "no", "2", "thanks", "hello", "👍", "ok"])
def test_what_nobody_tells_is_no_part(text: str) -> None:
    assert story.is_no_part(text, "en")
    assert understand.answer(Question("story"), text, "en").value is None


def test_what_they_quote_belongs_to_what_they_tell() -> None:
    said = 'The doctor said "he will never read" and I believed him.'
    assert understand.answer(Question("story"), said, "en").value == said


def test_a_question_alone_is_no_part_and_one_in_a_long_one_is() -> None:
    assert story.only_asks("Can I send a photo?", "en")
    assert not story.only_asks(f"{LONG} Why?", "en")


@pytest.mark.parametrize(
    ("text", "asked", "word"),
    [
        ("Hi, I would like to tell you my story. It began when my son was born", False, Word.STORY),
        ("It began when my son was born. I would like to tell you my story", True, None),
        ("that's a long story", False, None),
        ("what is your story", False, None),
        ("don't take my story down", False, None),
    ],
)
def test_the_word_is_heard_where_it_is_sure(text: str, asked: bool, word: Word | None) -> None:
    assert everywhere(text, "en", asked=asked) is word
