import pytest

from language.phrases import Found, Phrases, expand
from language.tables import every_language, languages, phrases, word_set


def test_the_ways_to_say_a_line() -> None:
    assert set(expand("stop [it] now/please")) == {
        ("stop", "it", "now"),
        ("stop", "it", "please"),
        ("stop", "now"),
        ("stop", "please"),
    }


@pytest.mark.parametrize("line", ["", "[maybe]", "_", "_ _", "two-words", "..."])
def test_a_faulty_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"would fit anything|is not one word"):
        list(expand(line))


def test_the_longest_phrase_wins() -> None:
    table = Phrases()
    table.add(["no", "no _ here"], "no")
    table.add(["no problem", "no problem at all"], "fine")
    assert table.at(("no", "problem", "at", "all"), 0) == Found(0, 4, "fine")
    assert table.at(("no", "problem", "here"), 0) == Found(0, 3, "no")
    assert table.whole(("no", "john", "here")) == "no"
    assert table.whole(("no", "john")) is None
    assert [found.label for found in table.all(("well", "no", "no", "problem"))] == ["no", "fine"]


def test_of_two_tables_the_second_wins() -> None:
    english, polish = Phrases(), Phrases()
    english.add(["no", "no thanks"], "no")
    polish.add(["no"], "doubtful")
    together = english | polish
    assert together.whole(("no",)) == "doubtful"
    assert together.whole(("no", "thanks")) == "no"
    assert english.whole(("no",)) == "no"


def test_every_table_can_be_read() -> None:
    assert languages() == ("en", "pl")
    for section in (
        "everywhere.whole",
        "everywhere.inside",
        "signs",
        "kinds.whole",
        "kinds.inside",
        "also",
        "age",
        "count",
    ):
        assert all(phrases(language, section).root for language in languages())
    assert every_language("danger.inside").root
    assert word_set("pl", "reply", "nothing") > word_set("en", "reply", "nothing")
