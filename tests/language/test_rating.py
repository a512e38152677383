"""Ratings as people write them. Neighbours may be told apart either way; the middle is never crossed."""

import pytest

from language.reading import Question
from language.reply import read

SURE = {
    "1": "1|one|1. death by powerpoint|1/10|awful|rubbish|waste of time|couldn't be worse|👎|😡|⭐|dead boring|"
    "Very bad. Nobody speak with me|1 = bad",
    "2": "2|two|a two I'm afraid|4/10|not great|not very good|poor|bit naff|🙁|2 cold hall, thought I'd freeze|"
    "It started at 2 and finished at 5 and I'd give it a 2|weren't up to much|it was good in places, so 2",
    "3": "3|3ish|three|3 out of 5 as I missed the beginning|60%|ok|so-so|so so|alright i suppose|meh|average|"
    "nowt special|😐|3 please|its ok",
    "4": "4|8/10|80%|eight out of ten|good|not bad|quite good|nae bad|I'd give it a 4|There was 5 of us and it was a 4|"
    "👍👍👍|Took 2 buses for it but a good 4|3.5|4, would have been 5 with more chairs",
    "5": "5|5!!!!!|5555|4.5|5/5|10/10|100%|11 out of 5|brilliant|exelent x|very good ta|reyt good|⭐⭐⭐⭐⭐|😍|💯|"
    "couldn't be better|5! when is the next one|full marks|Only 3 came but I'd still say 5|dead good",
}
ASKED_BACK = """
2 or 3
between 3 and 4
1 2 3 4 5
3 no 4
4 4 2 5 1 what a lot of numbers
the man at the front was good the rest was bad
Just wonderful. Nobody told us it was cancelled
ten out of ten for wasting my time
brilliant?
1 very good
5 terrible
""".strip().splitlines()
NO_RATING = """
45
0
table 5
5 people walked out
I was 2 hours getting home
is 1 good or bad?
is 5 the best
It's on the 4th
I wasn't there
which meeting
cake
""".strip().splitlines()
POLISH = {
    "1": "1|jedynka|fatalnie|strata czasu|beznadziejnie",
    "2": "dwa|słabo|slabo|niezbyt|2, było za zimno",
    "3": "trzy|średnio|może być|ujdzie|3 z 5",
    "4": "4|czwórka|dobrze|nie było źle|dosyć dobrze",
    "5": "5|piątka|super|świetnie|bardzo dobrze|rewelacja|5! dziękuję wszystkim",
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(text, value) for value, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "value"), rows(SURE))
def test_a_rating(text: str, value: str) -> None:
    reading = read(Question("rating"), text, "en")
    assert (reading.value, reading.sure) == (value, True)
    assert reading.because


@pytest.mark.parametrize(("text", "value"), rows(POLISH))
def test_a_rating_in_polish(text: str, value: str) -> None:
    reading = read(Question("rating"), text, "pl")
    assert (reading.value, reading.sure) == (value, True)


@pytest.mark.parametrize("text", ASKED_BACK)
def test_a_rating_to_ask_back_about(text: str) -> None:
    assert not read(Question("rating"), text, "en").sure


@pytest.mark.parametrize("text", NO_RATING)
def test_no_rating(text: str) -> None:
    assert read(Question("rating"), text, "en").value is None
