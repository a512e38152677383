"""How it was, in the spellings that people use: read as the whole of the understanding reads it, model and all."""

from __future__ import annotations

import pytest

from language.reading import Question
from language.understand import understand

ENGLISH = {
    "1": (
        "1|one|1 star|rubbish tbh|awful|terrible|a waste of time|👎|😡|dreadful|never again|"
        "worst meeting ever|1/5|2/10|crap|absolute shambles|It was a waste of my time|hated it|"
        "never|useless"
    ),
    "2": (
        "2|two stars|not great|poor|disappointing|🙁|😕|4/10|boring|bit boring|not very good|"
        "could have been better|bit of a let down|too long and hard to follow|rarely|"
        "not that good|meh not great|hardly ever"
    ),
    "3": (
        "3|three stars|meh|ok|okay|alright|it was ok|so so|fine|average|😐|3/5|6/10|mixed|middling|"
        "it was alright i guess|nothing special|neither good nor bad|fair|in the middle|sometimes|"
        "50/50|OK I suppose|so-so"
    ),
    "4": (
        "4|four|4/5|4 stars|good|pretty good|🙂|quite good|👍|8/10|enjoyed it|it was good|nice|"
        "not bad at all|interesting|useful|really useful|better than I thought|mostly good|"
        "went well|mostly|usually|i liked it|Good thanks"
    ),
    "5": (
        "5|five|5/5|five stars|⭐⭐⭐⭐⭐|brilliant|excellent|amazing|fantastic|very good|😀|😍|❤️|"
        "loved it|10/10|really good|best one yet|superb|it was brill|fab|top notch|"
        "wonderful thank you|always|spot on|ace"
    ),
}
POLISH = {
    "1": (
        "1|fatalnie|beznadzieja|strasznie|okropnie|👎|1/5|strata czasu|bardzo źle|jedna gwiazdka|"
        "nigdy|do niczego|porażka"
    ),
    "2": ("2|słabo|kiepsko|nie za dobrze|🙁|2/5|źle|nudno|dwie gwiazdki|rzadko|tak sobie raczej słabo|nie bardzo"),
    "3": ("3|średnio|może być|ok|tak sobie|😐|3/5|trzy gwiazdki|przeciętnie|ujdzie|czasami|czasem|to zależy"),
    "4": (
        "4|dobrze|całkiem dobrze|🙂|4/5|cztery gwiazdki|nieźle|podobało mi się|fajnie|zwykle|"
        "w miarę dobrze|dobre|przeważnie|było fajnie|było dobrze"
    ),
    "5": (
        "5|świetnie|super|bardzo dobrze|wspaniale|⭐⭐⭐⭐⭐|5/5|pięć gwiazdek|rewelacja|ekstra|😀|"
        "zawsze|było super|cudownie|genialnie|bomba|bardzo mi się podobało|doskonale"
    ),
}
# What people say is not rated, and asked about once more.
NO_RATING = ("we talked about parking", "my bus was late", "ask Dana", "I could not come", "hmm")


def spellings(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(text, value) for value, texts in table.items() for text in texts.split("|")]


def test_there_are_many() -> None:
    assert len(spellings(ENGLISH)) + len(spellings(POLISH)) >= 160


@pytest.mark.parametrize(("text", "value"), spellings(ENGLISH))
def test_in_english(text: str, value: str) -> None:
    reading = understand(Question("rating"), text, "en")
    assert (reading.value, reading.sure) == (value, True)


@pytest.mark.parametrize(("text", "value"), spellings(POLISH))
def test_in_polish(text: str, value: str) -> None:
    reading = understand(Question("rating"), text, "pl")
    assert (reading.value, reading.sure) == (value, True)


@pytest.mark.parametrize("text", NO_RATING)
def test_what_is_no_rating_is_not_made_one(text: str) -> None:
    assert understand(Question("rating"), text, "en").value is None


@pytest.mark.parametrize("text", ["always the same people talk", "never mind the tea", "it was fine but too long"])
def test_words_that_rate_only_alone_rate_nothing_beside_others(text: str) -> None:
    assert understand(Question("rating"), text, "en").value not in {"5", "1"}


@pytest.mark.parametrize(
    "text",
    [
        "stop talking over us",
        "leave more time for questions",
        "no more long talks please",
        "end it earlier",
        "stop using jargon",
        "you should text us less",
    ],
)
def test_what_should_be_otherwise_is_no_wish_to_stop_our_texts(text: str) -> None:
    assert understand(Question("opinion"), text, "en").value == text


@pytest.mark.parametrize("text", ["STOP", "stop texting me", "take me off your list"])
def test_a_stop_is_a_stop_whatever_was_asked(text: str) -> None:
    assert understand(Question("opinion"), text, "en").value is None
