"""The wish to join, in one sentence of several."""

from __future__ import annotations

import pytest

from language.everywhere import Word, everywhere

WISHES = """
I SAW YOUR POSTER. ID LIKE TO JOIN
I saw your poster and I'd like to join
I saw your poster in Aldi, I would like to join your group please
Hello, I look after my mum. Can I sign up?
Saw the leaflet at the GP. How do I join?
I don't use a computer. I'd like to join
I use home care. Please sign me up
yes i would like to join please my name is brian and i look after my wife
my name is Jo and id like to join
"""
POLISH_WISHES = """
Widziałam plakat. Chcę dołączyć
Dzień dobry, widziałam wasz plakat, chciałabym dołączyć
Opiekuję się mamą. Czy mogę się zapisać?
widzialem plakat i chce dolaczyc
"""
NO_WISHES = """
I saw your poster. I don't want to join
no, I do not wish to join
I saw your poster. I'd like to join but I can't
I'd like to join. But I can't get there
I would like to join. Not really
I never said I'd like to join
My sister said I want to join, I never said that
I'm not sure I'd like to join. Thanks
Why would I want to join, no thanks
I saw your poster. I might join later
My worker shouted at me and put me down
I would like to join. Just kidding
"""
# It may be the meeting that they wish to join, or a person has to read the question.
FOR_A_PERSON = """
I got your text about Thursday. Can I join?
i dont want to join my name is jo
i would like to join my name is jo but not yet
i would like to join my name is jo for the meeting on thursday
i would like to join my name is jo is there parking?
The meeting sounds good. I'd like to join
Great. Can I join online?
I'd like to join. Is there parking?
I'd like to join. How do I get there
"""
POLISH_NO_WISHES = """
Widziałam plakat. Nie chcę dołączyć
Chciałabym dołączyć, ale nie mogę
Widziałam plakat. Nie wiem czy chcę dołączyć
Spotkanie brzmi ciekawie. Czy mogę dołączyć?
"""


def lines(text: str) -> list[str]:
    return text.strip().split("\n")


@pytest.mark.parametrize("text", lines(WISHES))
def test_a_wish_to_join_in_one_sentence_of_several(text: str) -> None:
    assert everywhere(text, "en", asked=False) is Word.JOIN


@pytest.mark.parametrize("text", lines(POLISH_WISHES))
def test_a_wish_to_join_in_polish(text: str) -> None:
    assert everywhere(text, "pl", asked=False) is Word.JOIN


@pytest.mark.parametrize("text", lines(NO_WISHES + FOR_A_PERSON))
def test_no_wish_to_join(text: str) -> None:
    assert everywhere(text, "en", asked=False) is not Word.JOIN


@pytest.mark.parametrize("text", lines(POLISH_NO_WISHES))
def test_no_wish_to_join_in_polish(text: str) -> None:
    assert everywhere(text, "pl", asked=False) is not Word.JOIN


@pytest.mark.parametrize("text", lines(WISHES))
def test_where_something_was_asked_it_is_an_answer(text: str) -> None:
    assert everywhere(text, "en", asked=True) is None


def test_a_stop_beside_it_is_a_stop() -> None:
    assert everywhere("I'd like to join. STOP", "en", asked=False) is Word.STOP


def test_what_is_quoted_is_not_their_wish() -> None:
    assert everywhere('Liked "I saw your poster. I would like to join"', "en", asked=False) is None
