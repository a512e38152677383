"""Which kinds of thing a text asks to arrange, in people's own words; and never why."""

from __future__ import annotations

import pytest

from language.arranging import kinds_in, takes_back, without_why


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("BSL interpreter", ("bsl",)),
        ("I need the ground floor", ("step_free",)),
        ("no stairs please", ("step_free",)),
        ("I can't manage steps", ("step_free",)),
        ("taxi", ("transport",)),
        ("can you pick me up from home", ("transport",)),
        ("I need a lift", ("transport",)),
        ("is there a lift", ("step_free",)),
        ("someone to sit with mum", ("sitting",)),
        ("big print", ("large_print",)),
        ("my PA comes too", ("assistant",)),
        ("someone to come with me", ("support_worker",)),
        ("My support worker is coming", ("assistant",)),
        ("a Polish interpreter", ("interpreter",)),
        ("hearing loop", ("loop",)),
        ("live captions pls", ("captions",)),
        ("blue badge space", ("parking",)),
        ("somewhere quiet", ("quiet",)),
        ("gluten free lunch", ("food",)),
        ("pictures with the words", ("easy_read",)),
        ("a window seat", ("other",)),
        ("Large print, a BSL interpreter and transport please", ("large_print", "bsl", "transport")),
        ("large print and a chair near the door", ("large_print", "other")),
        ("yes, but I need an interpreter", ("interpreter",)),
        ("INTERPRETER HAVE?", ("interpreter",)),
    ],
)
def test_what_is_asked_for(said: str, kinds: tuple[str, ...]) -> None:
    assert kinds_in(said, "en") == kinds


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("tłumacz języka migowego", ("bsl",)),
        ("duży druk i tłumacz", ("large_print", "interpreter")),
        ("potrzebuję taksówki", ("transport",)),
        ("opieka dla mamy", ("sitting",)),
        ("przyjdę z asystentką", ("assistant",)),
        ("krzesło przy drzwiach", ("other",)),
        ("step free", ("step_free",)),
        ("nic", ()),
        ("nie potrzebuję tłumacza", ()),
    ],
)
def test_in_polish(said: str, kinds: tuple[str, ...]) -> None:
    assert kinds_in(said, "pl") == kinds


@pytest.mark.parametrize(
    "said", ["", "no", "No thanks", "nothing", "none", "nothing thank you", "I'm fine", "yes please", "n/a", "👍"]
)
def test_nothing_is_nothing(said: str) -> None:
    assert kinds_in(said, "en") == ()


def test_what_is_not_wanted_is_not_arranged() -> None:
    assert kinds_in("I don't need an interpreter but large print would be great", "en") == ("large_print",)
    assert kinds_in("no need for a taxi", "en") == ()
    assert takes_back("I no longer need a taxi", "en")
    assert not takes_back("a taxi and no stairs", "en")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("ground floor because of my MS", "ground floor"),
        ("I have arthritis. Ground floor please", "Ground floor please"),
        ("large print please, my eyes are bad", "large print please"),
        ("I am deaf so need a BSL interpreter", "need a BSL interpreter"),
        ("large print", "large print"),
    ],
)
def test_why_is_never_kept(said: str, kept: str) -> None:
    assert without_why(said, "en") == kept


def test_why_is_left_out_in_polish_too() -> None:
    assert without_why("parter, bo mam chorobę", "pl") == "parter"


def test_what_is_only_a_reason_is_not_lost() -> None:
    assert without_why("I am deaf", "en") == "I am deaf"


def test_a_very_long_text_is_read() -> None:
    assert kinds_in("a chair " * 5_000, "en") == ("other",)
