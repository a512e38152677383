"""The glossary: what asks for a word of care and what does not, and every meaning plain and short."""

from __future__ import annotations

import pytest

from language import glossary, plain
from language.everywhere import Word, everywhere
from language.sms import length

LANGUAGES = {"en": 60, "pl": 40}
EVERY = [(language, entry) for language in LANGUAGES for entry in glossary._entries(language)]

ASKS = [
    ("en", "what is co-production?", "co_production"),
    ("en", "What's coproduction", "co_production"),
    ("en", "WHAT IS SAFEGUARDING", "safeguarding"),
    ("en", "what does a PA mean pls", "pa"),
    ("en", "Hi, what are direct payments? Thanks", "direct_payment"),
    ("en", "what is a carer’s assessment", "carers_assessment"),
    ("en", "what do you mean by respite", "respite"),
    ("en", "I dont know what terms of reference are", "terms_of_reference"),
    ("en", "rota meaning", "rota"),
    ("en", "can you explain what an advocate is", "advocate"),
    ("en_GB@simple", "what is the CQC", "cqc"),
    ("pl", "co to jest opiekun?", "carer"),
    ("pl", "Co znaczy plan opieki", "care_plan"),
    ("pl", "przepraszam, co to jest safeguarding", "safeguarding"),
    ("pl", "what is a direct payment", "direct_payment"),
]
ASKS_NOT = [
    ("en", "what is this"),
    ("en", "what is the agenda?"),
    ("en", "when is my review"),
    ("en", "yes but what is a panel"),
    ("en", "I am a carer"),
    ("en", "what is a hovercraft"),
    ("en", "review is"),
    ("en", "carer"),
    ("en", "what is respite for my mum going to cost"),
    ("en", "He asked “what is a carer”"),
    ("en", ""),
    ("pl", "co to jest"),
    ("pl", "zgoda"),
]


@pytest.mark.parametrize(("language", "text", "entry"), ASKS)
def test_what_asks_for_a_word(language: str, text: str, entry: str) -> None:
    assert glossary.asked_word(text, language) == entry
    assert everywhere(text, language, asked=True) is Word.WHAT_IS
    assert everywhere(text, language, asked=False) is Word.WHAT_IS


@pytest.mark.parametrize(("language", "text"), ASKS_NOT)
def test_what_does_not(language: str, text: str) -> None:
    assert glossary.asked_word(text, language) is None
    assert everywhere(text, language, asked=True) is not Word.WHAT_IS


@pytest.mark.parametrize(("language", "least"), LANGUAGES.items())
def test_there_are_enough(language: str, least: int) -> None:
    assert len(glossary._entries(language)) >= least


@pytest.mark.parametrize(("language", "entry"), EVERY)
def test_a_meaning_is_one_plain_sentence(language: str, entry: str) -> None:
    means = glossary.meaning(entry, language)
    assert len(plain.sentences(means)) == 1
    assert means.endswith(".")
    assert plain.longest_sentence(means) <= 15
    age = plain.reading_age(means, language)
    assert age is None or age <= 11
    assert language != "en" or length(means).encoding == "GSM-7"


@pytest.mark.parametrize(("language", "entry"), EVERY)
def test_every_name_finds_its_own_entry(language: str, entry: str) -> None:
    for name in glossary._entries(language)[entry]["says"]:
        assert glossary.asked_word(f"what is {name}", language) == entry, name


def test_every_entry_has_english() -> None:
    assert set(glossary._entries("pl")) <= set(glossary._entries("en"))


def test_a_language_without_the_entry_says_it_in_english() -> None:
    (missing, *_more) = sorted(set(glossary._entries("en")) - set(glossary._entries("pl")))
    assert glossary.meaning(missing, "pl") == glossary.meaning(missing, "en")
    with pytest.raises(KeyError):
        glossary.meaning("hovercraft", "en")
