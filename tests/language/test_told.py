"""What people write to what they were told became of their words: sixty and more spellings, and what none of it is."""

from __future__ import annotations

import pytest

from language.told import Means, by_number, heard, names_all, names_none, tells_more

NOT_MEANT = """
that's not what I meant
Thats not what i ment
no thats not what I meant
not quite what I said
not what we said
That isn't what I meant
that wasn't what I meant at all
didn't mean that
I did not mean that
i never said that
I didn't say that
you got it wrong
u got me wrong
You've got it wrong
You misunderstood me
I think you misunderstood
you misheard me
that's not my point
you missed the point
wrong end of the stick
I meant the letters
what I meant was the phone line
sorry, not what i asked
no no, that's not it
nothing like what I said
"""
NOT_FIXED = """
still not fixed
Still not done
its still the same
It's still the same here
still just as bad
still hasn't changed
still waiting
no different
no better
no change
nothing has changed
Nothing's changed
nothing changed for me
it hasn't been fixed
has not been done
it isn't done
It's not done
not done yet
you haven't done it
they haven't done it
same as before
worse than before
its got worse
made no difference
stil not fixed
not sorted
still broken
just the same
that's not true
"""
RIGHT = """
that's right
That's exactly what I meant
spot on
it's done
its fixed now
much better now
all sorted
you got it
"""
POLISH_NOT_MEANT = """
nie o to mi chodziło
Nie o to mi chodzilo
to nie to
nie to miałam na myśli
źle mnie zrozumieliście
zle mnie zrozumieliscie
chodziło mi o listy
tego nie powiedziałam
"""
POLISH_NOT_FIXED = """
nadal to samo
dalej to samo
wciąż nie zrobione
nic się nie zmieniło
nic sie nie zmienilo
bez zmian
jest jak było
jeszcze gorzej
nie jest lepiej
nie dotrzymane
obietnica nie została dotrzymana
nie dotrzymaliście słowa
złamaliście obietnicę
Nie zrobili tego
tego nie zrobiliście
nikt nic nie zrobił
u mnie nic sie nie zmienilo
nie widzę żadnej różnicy
nadal nic
"""
POLISH_NEITHER = """
Czy tego nie zrobili?
nie wiem
nic nie szkodzi
nie trzeba
dalej na prawo jest przystanek
zmieniło się na lepsze
"""
NEITHER = """
yes
no
thank you
ok
what happened to my bins
is it still not fixed?
When will it be done?
I can come on Thursday
my mum is still the boss
can't make it
2
"""


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def expects(text: str, means: Means | None, language: str = "en") -> None:
    found = heard(text, language)
    assert (found.means if found is not None else None) == means, text


@pytest.mark.parametrize("text", lines(NOT_MEANT))
def test_it_is_not_what_they_meant(text: str) -> None:
    expects(text, Means.NOT_MEANT)


@pytest.mark.parametrize("text", lines(NOT_FIXED))
def test_it_is_still_not_so(text: str) -> None:
    expects(text, Means.NOT_FIXED)


@pytest.mark.parametrize("text", lines(RIGHT))
def test_it_is_right(text: str) -> None:
    expects(text, Means.RIGHT)


@pytest.mark.parametrize("text", lines(POLISH_NOT_MEANT))
def test_it_is_not_what_they_meant_in_polish(text: str) -> None:
    expects(text, Means.NOT_MEANT, "pl")


@pytest.mark.parametrize("text", lines(POLISH_NOT_FIXED))
def test_it_is_still_not_so_in_polish(text: str) -> None:
    expects(text, Means.NOT_FIXED, "pl")


@pytest.mark.parametrize("text", lines(NEITHER))
def test_anything_else(text: str) -> None:
    expects(text, None)


@pytest.mark.parametrize("text", lines(POLISH_NEITHER))
def test_anything_else_in_polish(text: str) -> None:
    expects(text, None, "pl")


def test_the_table_has_more_than_sixty() -> None:
    told = (NOT_MEANT, NOT_FIXED, RIGHT, POLISH_NOT_MEANT, POLISH_NOT_FIXED)
    assert sum(len(lines(one)) for one in told) >= 60


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("that's not what I meant", False),
        ("no", False),
        ("no thank you", False),
        ("I meant the letters", True),
        ("No, it's the hospital letters that are hard", True),
        ("still not fixed, the carer came late again", True),
        ("not what I meant with the bus times", False),
    ],
)
def test_whether_they_tell_more(text: str, *, more: bool) -> None:
    assert tells_more(text, "en", frozenset({"bus", "times"})) is more


def test_what_is_quoted_is_not_theirs() -> None:
    expects('Liked "it is still not fixed"', None)


@pytest.mark.parametrize(
    ("text", "language", "answers"),
    [
        ("1 yes 2 no", "en", {0: True, 1: False}),
        ("yes 1 but 2 no", "en", {0: True, 1: False}),
        ("1 is done 2 is not", "en", {0: True, 1: False}),
        ("2 still not fixed, 1 is ok", "en", {0: True, 1: False}),
        ("yes to 1", "en", {0: True}),
        ("1 and 2 yes", "en", {0: True, 1: True}),
        ("1 and 2", "en", {}),
        ("2", "en", {}),
        ("both", "en", {}),
        ("1 tak 2 nie", "pl", {0: True, 1: False}),
    ],
)
def test_an_answer_beside_each_number(text: str, language: str, answers: dict[int, bool]) -> None:
    assert by_number(text, language) == answers


@pytest.mark.parametrize(
    ("text", "language", "every", "none"),
    [
        ("Both", "en", True, False),
        ("All of them.", "en", True, False),
        ("both are wrong", "en", False, False),
        ("none of them", "en", False, True),
        ("neither", "en", False, True),
        ("neither do I", "en", False, False),
        ("obie", "pl", True, False),
        ("żadne", "pl", False, True),
    ],
)
def test_all_or_none_of_a_list(text: str, language: str, *, every: bool, none: bool) -> None:
    assert (names_all(text, language), names_none(text, language)) == (every, none)
