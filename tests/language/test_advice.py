"""The plain-words checker: each finding can be made, and what is plain has none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.advice import Manner, advise
from language.finding import Code, Finding

TODAY = date(2026, 11, 22)  # a Sunday
SENDER = "Ashdale Council"
INVITATION = (
    "Ashdale Council: help staff rewrite the home care leaflet. Thursday 3 December, 2pm, Oak Hall, by Aldi. "
    "Fares paid. STOP to end. Coming?\n1 Yes 2 No 3 Not sure"
)


def found(text: str, language: str = "en", *, unasked: bool = False) -> tuple[Finding, ...]:
    return advise(text, language, TODAY, sender=SENDER, unasked=unasked).findings


def of(code: Code, text: str, language: str = "en") -> list[tuple[str, ...]]:
    return [finding.words for finding in found(text, language) if finding.code is code]


def codes(text: str, language: str = "en", *, unasked: bool = False) -> set[Code]:
    return {finding.code for finding in found(text, language, unasked=unasked)}


@pytest.mark.parametrize(
    "text",
    [
        INVITATION,
        (
            "Ashdale Council: see you on Thursday 3 December at 2pm, Oak Hall, by Aldi. Your BSL interpreter is "
            "booked. If you can't come, just text us. STOP ends texts."
        ),
        "Ashdale Council here. To talk to a person, text CALL. To end our texts, send STOP.",
        "Ashdale Council: the NHS and your GP use the same form. Look at nhs.uk/carers. STOP ends texts.",
        "Ashdale Council: it runs 10am to 12.30pm, or 2-4pm, in AB1 2CD. Fares are £14.30. STOP ends texts.",
    ],
)
def test_promise_34_a_plain_message_has_no_finding(text: str) -> None:
    assert found(text, unasked=True) == ()


LONG = " ".join(["word"] * 16)
HARD = "Municipal administration necessitates documentation."
ROWS = [
    ("a long sentence", f"{LONG}. Yes.", Code.LONG_SENTENCE, (LONG,)),
    ("hard to read", HARD, Code.READING_AGE, ()),
    ("a hard word", "We facilitated it.", Code.HARD_WORD, ("facilitated",)),
    ("passive", "Your letter was sent.", Code.PASSIVE, ("was sent",)),
    ("passive with words between", "It will not be fully completed.", Code.PASSIVE, ("be fully completed",)),
    ("passive of a state, with who did it", "The room is booked by Ann.", Code.PASSIVE, ("is booked by",)),
    ("an abbreviation", "The MDT will meet.", Code.ABBREVIATION, ("MDT",)),
    ("several of them", "Ask two IMCAs.", Code.ABBREVIATION, ("IMCAs",)),
    ("one in two sizes", "Read the ToR.", Code.ABBREVIATION, ("ToR",)),
    ("one nobody listed", "The QZX will meet.", Code.ABBREVIATION, ("QZX",)),
    ("shouting", "PLEASE DO NOT be late.", Code.CAPITALS, ("PLEASE DO NOT",)),
    ("one loud word", "Come NOW.", Code.CAPITALS, ("NOW",)),
    ("a word to send that we do not know", "Text TEAPOT.", Code.CAPITALS, ("TEAPOT",)),
    ("blame", "Your answer is invalid.", Code.BLAME, ("invalid",)),
    ("two questions", "Tea? Or milk?", Code.SEVERAL_QUESTIONS, ("Tea?", "Or milk?")),
    ("a question in the middle", f"Tea? {LONG}.", Code.QUESTION_NOT_LAST, ()),
    (
        "three things to do",
        "Please ring us. Bring your letter. Fill in the form.",
        Code.SEVERAL_IDEAS,
        ("Please ring us", "Bring your letter", "Fill in the form"),
    ),
    ("nine sentences", "We do. " * 9, Code.SEVERAL_IDEAS, ()),
    ("no weekday", "Come on 3 December.", Code.NO_WEEKDAY, ("3 December",)),
    ("month first", "Come on December 3rd.", Code.NO_WEEKDAY, ("December 3rd",)),
    ("figures", "Come on 03/12/2026.", Code.NO_WEEKDAY, ("03/12/2026",)),
    ("short figures", "Come on 3/12.", Code.NO_WEEKDAY, ("3/12",)),
    ("the wrong weekday", "Come on Friday 3 December.", Code.WRONG_WEEKDAY, ("Friday 3 December",)),
    ("short and wrong", "Come on Fri 3 Dec.", Code.WRONG_WEEKDAY, ("Fri 3 Dec",)),
    ("wrong in its year", "Thursday 3 December 2027", Code.WRONG_WEEKDAY, ("Thursday 3 December 2027",)),
    ("the weekday after it", "3 December, Friday", Code.WRONG_WEEKDAY, ("3 December, Friday",)),
    ("true half a year ago", "Sunday 7 June", Code.WRONG_WEEKDAY, ("Sunday 7 June",)),
    ("no such day in the year to come", "Saturday 29 February", Code.WRONG_WEEKDAY, ("Saturday 29 February",)),
    ("no such day", "Monday 31 November", Code.WRONG_WEEKDAY, ("Monday 31 November",)),
    ("a 24-hour time", "Come at 14:00.", Code.UNCLEAR_TIME, ("14:00",)),
    ("with a stop", "Come at 14.30.", Code.UNCLEAR_TIME, ("14.30",)),
    ("no am or pm", "Come at 10:30.", Code.UNCLEAR_TIME, ("10:30",)),
    ("of soldiers", "Come at 1400hrs.", Code.UNCLEAR_TIME, ("1400hrs",)),
    ("next Friday", "Come next Friday.", Code.UNCLEAR_DAY, ("next Friday",)),
    ("this Friday", "Come this Friday.", Code.UNCLEAR_DAY, ("this Friday",)),
    ("two links", "See nhs.uk and gov.uk/carers.", Code.SEVERAL_LINKS, ("nhs.uk", "gov.uk/carers")),
    ("a short link", "See https://bit.ly/3xyz.", Code.SHORT_LINK, ("https://bit.ly/3xyz",)),
    ("a link nobody knows", "See www.win-now.com.", Code.UNKNOWN_LINK, ("www.win-now.com",)),
    ("a name in a link", "See gov.uk/form?name=Asha.", Code.PERSONAL_LINK, ("gov.uk/form?name=Asha",)),
    ("a number in a link", "See gov.uk/a?x=07700900123.", Code.PERSONAL_LINK, ("gov.uk/a?x=07700900123",)),
    ("curly marks", "It\u2019s on \u2013 come.", Code.ODD_MARKS, ("\u2019", "\u2013")),
    ("an emoji", "Come 👍", Code.COSTLY_LETTER, ("👍",)),
    ("a Welsh letter", "Meet Siân Ŵyn.", Code.COSTLY_LETTER, ("â", "Ŵ")),
    ("more than one segment", "We do it. " * 17, Code.SEGMENTS, ()),
]


@pytest.mark.parametrize(("label", "text", "code", "words"), ROWS, ids=[row[0] for row in ROWS])
def test_it_is_found_with_its_words(label: str, text: str, code: Code, words: tuple[str, ...]) -> None:
    assert words in of(code, text)


@pytest.mark.parametrize(
    ("label", "text", "code"),
    [
        ("how things are", "Your interpreter is booked. I am tired. She was interested.", Code.PASSIVE),
        ("booked by a day", "It is booked by Friday.", Code.PASSIVE),
        ("a wish", "Fine. To be taken off our list, text LEAVE.", Code.PASSIVE),
        ("a number of people", "There are a hundred.", Code.PASSIVE),
        ("explained after", "The Care Quality Commission (CQC) came.", Code.ABBREVIATION),
        ("explained before", "The CQC (they check care) came.", Code.ABBREVIATION),
        ("known", "Your GP, the NHS, BSL, a TV and an ID.", Code.ABBREVIATION),
        ("several we know", "Ask your GPs. I see. Is it? As is.", Code.ABBREVIATION),
        ("a postcode", "It is at AB1 2CD.", Code.ABBREVIATION),
        ("words of ours", "Text STOP, MENU, CALL, SKIP, PAUSE or ALL.", Code.CAPITALS),
        ("a question in a link", "See gov.uk/a?b=1. Coming?", Code.SEVERAL_QUESTIONS),
        ("how to answer after it", "Coming?\n1 Yes 2 No 3 Not sure", Code.QUESTION_NOT_LAST),
        ("what people can do", "To join, text JOIN. To end, text STOP. To talk, text CALL.", Code.SEVERAL_IDEAS),
        ("true", "Come on Thursday, 3rd of December.", Code.WRONG_WEEKDAY),
        ("true in its year", "Friday 3 December 2027", Code.WRONG_WEEKDAY),
        ("true next year", "Friday 29 January. Monday 7 June", Code.WRONG_WEEKDAY),
        ("true last month", "Saturday 31 October", Code.WRONG_WEEKDAY),
        ("always", "We are here 24/7.", Code.NO_WEEKDAY),
        ("half an hour", "It takes 1/2 an hour.", Code.NO_WEEKDAY),
        ("no date at all", "Room 31/14.", Code.NO_WEEKDAY),
        ("a month alone", "It starts in December. In May 2027 it ends.", Code.NO_WEEKDAY),
        ("am and pm", "Come 10:30am to 2.30pm, or 10.30 to 11.30am.", Code.UNCLEAR_TIME),
        ("money", "It costs £14.30, or 12.50 a week.", Code.UNCLEAR_TIME),
        ("next Friday with its date", "Come next Friday 27 November.", Code.UNCLEAR_DAY),
        ("an address for letters", "Write to asha@heard.example.com", Code.UNKNOWN_LINK),
        ("a stop without a space", "Come to the hall.It is warm.", Code.UNKNOWN_LINK),
        ("a page in a link", "See gov.uk/a?page=2.", Code.PERSONAL_LINK),
        ("letters that cost nothing", "Café, Müller, £5 and €5.", Code.COSTLY_LETTER),
    ],
)
def test_it_is_not_found(label: str, text: str, code: Code) -> None:
    assert of(code, text) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Come on 3 December.", '"3 December": say the weekday too, "Thursday 3 December".'),
        ("Come on 3/12/26.", '"3/12/26": say the weekday and the month in words, "Thursday 3 December".'),
        (
            "Friday 3 December",
            '"Friday 3 December" does not fit: that date is "Thursday 3 December". Check which of the two is right.',
        ),
        ("Monday 31 November", 'There is no "Monday 31 November". Check the date.'),
        ("next Friday", '"next Friday" could be "Friday 27 November" or "Friday 4 December". Say the date.'),
        ("At 14:00.", '"14:00": say "2pm".'),
        ("At 12:30.", '"12:30": say "12.30am" or "12.30pm".'),
        ("At 00:15.", '"00:15": say "12.15am".'),
        ("The CQC came.", '"CQC" is not explained. Say "the people who inspect care".'),
        ("We utilise it.", 'It says "utilise". Say "use".'),
        (HARD, "It needs a reading age of 11.9; 11 is the most. Use shorter words and sentences."),
        (HARD[:-1] * 8, "It needs a reading age of more than 18; 11 is the most. Use shorter words and sentences."),
        ("a" * 172, "It is as long as 2 texts. Take out 12 characters, and it is one."),
        ("a" * 161, "It is as long as 2 texts. Take out 1 character, and it is one."),
        ("a" * 150 + "\u2019", "It is as long as 3 texts. Change the marks, and it is one."),
        ("a" * 160 + "👍", "It is as long as 3 texts. Take out 👍, and it is one."),
        (
            "a" * 160 + "\u2019👍",
            "It is as long as 3 texts. Change the marks, take out 👍, take out 1 more character, and it is one.",
        ),
        ("ŵ" * 80, "It is as long as 2 texts. Take out 10 characters, and it is one."),
        ("It\u2019s on", "Write plain marks: \u2019 to '."),
    ],
)
def test_a_finding_says_what_would_help(text: str, says: str) -> None:
    assert says in {finding.says for finding in found(text)}


@pytest.mark.parametrize(
    ("label", "text", "missing"),
    [
        ("both there", "Ashdale Council: come. STOP ends texts.", set()),
        ("no name", "Please come. STOP ends texts.", {Code.NO_SENDER}),
        ("the name too late", "Please come. Ashdale Council. STOP ends texts.", {Code.NO_SENDER}),
        ("no way to stop", "Ashdale Council: come.", {Code.NO_STOP}),
        ("stop in small letters", "Ashdale Council: come to the bus stop.", {Code.NO_STOP}),
        ("neither", "Come.", {Code.NO_SENDER, Code.NO_STOP}),
        ("nothing at all", "", {Code.NO_SENDER, Code.NO_STOP}),
    ],
)
def test_what_nobody_asked_for_says_who_writes_and_how_to_stop(label: str, text: str, missing: set[Code]) -> None:
    assert codes(text, unasked=True) == missing
    assert codes(text) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Przyjdź w piątek 3 grudnia.", Code.WRONG_WEEKDAY),
        ("Przyjdź 3 grudnia.", Code.NO_WEEKDAY),
        ("W przyszły piątek.", Code.UNCLEAR_DAY),
        ("W celu ewaluacji.", Code.HARD_WORD),
        ("Odpisz HERBATA.", Code.CAPITALS),
        ("To jest błąd.", Code.BLAME),
        ("Instytucjonalizacja " * 25, Code.LONG_WORDS),
        ("Kawa czy herbata? A mleko?", Code.SEVERAL_QUESTIONS),
    ],
)
def test_polish(text: str, code: Code) -> None:
    assert code in codes(text, "pl")


def test_polish_may_say_14_00_and_needs_its_letters() -> None:
    text = "Tu Ashdale Council. Zapraszamy w czwartek 3 grudnia, godz. 14.00. Dojazd opłacimy. STOP kończy."
    assert advise(text, "pl", TODAY, sender=SENDER, unasked=True).reading_age is None
    assert codes(text, "pl", unasked=True) == {Code.SEGMENTS}


@pytest.mark.parametrize("language", ["cy", "en-GB", "pl_PL", "zh-Hant", "xx", "", "not a tag"])
def test_any_language_is_looked_at(language: str) -> None:
    assert Code.SEVERAL_QUESTIONS in codes("Kawa? Herbata? Fri 3 Dec.", language)
    assert of(Code.NO_WEEKDAY, "03/12/2026", language) == [("03/12/2026",)]


@pytest.mark.parametrize("language", ["en-GB", "en_GB", "EN", "en@simple"])
def test_english_of_any_country(language: str) -> None:
    text = "We facilitate it on Fri 3 Dec at 14:00. It was sent."
    assert {Code.WRONG_WEEKDAY, Code.UNCLEAR_TIME, Code.HARD_WORD, Code.PASSIVE} <= codes(text, language)


def test_promise_23_the_cost_is_that_of_the_segments() -> None:
    advice = advise("a" * 161, "en", TODAY, manner=Manner(segment_price=31))
    assert (advice.size.segments, advice.cost) == (2, 62)


def test_only_what_a_setting_names_holds_a_text_back() -> None:
    text = "We utilise it next Friday."
    assert advise(text, "en", TODAY).held_by == ()
    held = advise(text, "en", TODAY, manner=Manner(must_mend={Code.UNCLEAR_DAY, Code.NO_STOP})).held_by
    assert [finding.code for finding in held] == [Code.UNCLEAR_DAY]


def test_domains_of_the_organisation_are_known() -> None:
    text = "See heard.ashdale.example/a and notashdale.example."
    known = advise(text, "en", TODAY, manner=Manner(domains={"ashdale.example"})).findings
    assert [finding.words for finding in known if finding.code is Code.UNKNOWN_LINK] == [("notashdale.example",)]


@given(st.text(max_size=300), st.sampled_from(["en", "pl", "ar"]))
@settings(deadline=None)
def test_no_text_is_too_odd(text: str, language: str) -> None:
    for finding in found(text, language, unasked=True):
        assert finding.says.endswith(".")


@given(st.text(alphabet="ab c.", min_size=161, max_size=400))
@settings(deadline=None)
def test_taking_out_as_many_characters_as_it_says_makes_one_segment(text: str) -> None:
    (says,) = (finding.says for finding in found(text) if finding.code is Code.SEGMENTS)
    count = int(says.split("Take out ")[1].split()[0])
    assert advise(text[count:], "en", TODAY).size.segments == 1
    assert advise(text[count - 1 :], "en", TODAY).size.segments == 2
