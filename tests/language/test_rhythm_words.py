"""The words about how often we write: fewer texts, the news, other formats, and nothing of others'."""

from __future__ import annotations

import pytest

from language import formats
from language.everywhere import Word, everywhere
from language.more import is_more

SAID = {
    ("en", Word.LESS): "LESS|ask me less|text me less please|please can you text me less often|not so often|"
    "too many texts|way too many texts from you|don't text me so often|stop texting me so much|fewer texts|/less",
    ("en", Word.NEWS): "news|NEWS please|send me the news|I'd like to get your news|can I have the newsletter|/news",
    ("en", Word.NO_NEWS): "stop news|STOP THE NEWS|no more news please|please stop sending me the newsletter",
    ("en", Word.OTHERS): "only council things|no adverts|only council news please|nothing from other charities",
    ("en", Word.FORMAT): "format|FORMATS|other formats please|change my format|/format",
    ("pl", Word.LESS): "rzadziej|piszcie rzadziej|proszę pisać rzadziej|nie tak często|za dużo wiadomości|text me less",
    ("pl", Word.NEWS): "nowości|Wiadomości|chcę dostawać nowości|news",
    ("pl", Word.NO_NEWS): "stop nowości|nie chcę już nowości|koniec nowości|stop news",
    ("pl", Word.OTHERS): "bez reklam|tylko wiadomości urzędu",
    ("pl", Word.FORMAT): "format|inny format",
}
STOPS = """
too many texts, stop
Too many texts. STOP
Stop. News, no thanks
stop, too many texts
stop. no news please
STOP\\nnews
stop all texts and news
I want less of this, stop texting me
don't text me
no more texts
""".strip().splitlines()
NOTHING = """
less than I thought
more or less
no news is good news
good news, I can come
any news about my question?
watched the news
what's the news on my appointment
I have less pain
he texts me too often
too many texts from the bank about my card
I get less money now
I text my sister less
format the form again
""".strip().splitlines()


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize(
    ("language", "word", "text"),
    [(language, word, text) for (language, word), texts in SAID.items() for text in texts.split("|")],
)
def test_a_word_is_heard(language: str, word: Word, text: str, asked: bool) -> None:
    assert everywhere(text, language, asked) is word


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("text", STOPS)
def test_a_stop_is_a_stop(text: str, asked: bool) -> None:
    assert everywhere(text.replace("\\n", "\n"), "en", asked) is Word.STOP


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_sounds_so_is_none(text: str) -> None:
    new = {Word.LESS, Word.NEWS, Word.NO_NEWS, Word.OTHERS, Word.FORMAT}
    assert everywhere(text, "en", asked=False) not in new
    assert not is_more(text, "en")
    assert formats.wished(text, "en") is None


@pytest.mark.parametrize(
    ("language", "text", "wished"),
    [
        ("en", "large print please", "large_print"),
        ("en", "Hi, can you send me this in big print?", "large_print"),
        ("en", "do you have this in easy read?", "easy_read"),
        ("en", "is there a BSL video", "bsl"),
        ("en", "I'd like everything as audio", "audio"),
        ("pl", "czy macie to dużym drukiem?", "large_print"),
        ("pl", "proszę nagranie", "audio"),
        ("en", "I need a BSL interpreter", None),
        ("en", "I know BSL level 2", None),
        ("en", "yes but in large print", None),
        ("en", "the large print was too small", None),
        ("en", "my audio is broken", None),
    ],
)
def test_a_format_is_wished_for_and_nothing_else(language: str, text: str, wished: str | None) -> None:
    assert formats.wished(text, language) == wished


@pytest.mark.parametrize(
    ("language", "text", "more"),
    [("en", "MORE", True), ("en", "tell me more please", True), ("en", "more tea", False), ("pl", "więcej", True)],
)
def test_more_is_the_whole_message(language: str, text: str, more: bool) -> None:
    assert is_more(text, language) is more
