"""A question that begins with whom it is for still fits, in every language, and keeps to our voice."""

from __future__ import annotations

import pytest

from bot.settings import ROOT
from flows.about_you import FOR_ONE, FOR_UNNAMED, QUESTIONS
from flows.fit import as_sms, segments, written
from flows.grammar import Flow
from flows.template import forms
from flows.tone import tone
from flows.walk import Spoken, walk
from flows.worst import worst
from language.sms import length
from language.wording import Catalogs, Words

CATALOGS = Catalogs.load(ROOT / "locales")


def named(flow: Flow, language: str, whom: Words) -> Spoken:
    """The question at its longest, with whom it is for before it."""
    asked = [spoken for spoken in walk(flow, worst(language).items, {}) if spoken.key == f"{flow.name}.ask.text"]
    longest = max(asked, key=lambda spoken: 0 if spoken.full_page else len(spoken.offers))
    return Spoken(longest.key, (whom, *longest.words), longest.offers, many=longest.many, size=longest.size)


@pytest.mark.parametrize("language", CATALOGS.languages)
@pytest.mark.parametrize("whom", [FOR_ONE, FOR_UNNAMED])
@pytest.mark.parametrize("flow", QUESTIONS, ids=lambda flow: flow.name)
def test_it_fits(flow: Flow, whom: Words, language: str) -> None:
    spoken = named(flow, language, whom)
    size = length(as_sms(*written(spoken, CATALOGS, language, worst(language).values)))
    assert [problem for problem, severity in segments(size, spoken) if severity == "error"] == []


@pytest.mark.parametrize("language", CATALOGS.spoken)
@pytest.mark.parametrize("whom", [FOR_ONE, FOR_UNNAMED])
def test_it_is_plain_and_translated(whom: Words, language: str) -> None:
    (form,) = forms(whom, CATALOGS, language)
    assert list(tone(form, language)) == []
    assert (form == whom.text) == (language == "en")
