from datetime import timedelta

import pytest

from channels.message import Concern, Refused, TryLater, Unknown
from channels.twilio.outcomes import WHOLE_SENDER, declined, outcome
from channels.twilio.problems import TABLE, problem

CLASSES = {
    Concern.ADDRESS: "21211 21612 21614 30005 30006 63003 63024",
    Concern.CONSENT: "21610",
    Concern.BLOCKED: "30004 63014 63033",
    Concern.TEMPORARY: "14107 20429 21611 30001 30003 30008 30009 30017 30036 30450 63012 63017 63018 63032 63049",
    Concern.AMBIGUOUS: "20500 30410",
    Concern.CONFIGURATION: (
        "20003 20404 21212 21408 21603 21604 21606 21608 21609 21703 21704 21705 21910 30002 30018 30024 30034 30042 "
        "35111 35114 35115 35117 35118 35125 63001 63007 63015 63030 63038 63051"
    ),
    Concern.CONTENT: (
        "21602 21617 21654 21655 21656 30007 63005 63013 63019 63021 63027 63028 63034 63040 63041 63042"
    ),
    Concern.WINDOW: "63016",
}
KNOWN = [(code, concern) for concern, codes in CLASSES.items() for code in codes.split()]


@pytest.mark.parametrize(("code", "concern"), KNOWN)
def test_each_code_concerns_what_twilio_says(code, concern):
    assert problem(code).concern is concern


def test_every_code_of_twilios_in_the_table_is_checked_above():
    assert {code for code in TABLE if len(code) == 5 and code.isdecimal()} == {code for code, _ in KNOWN}


@pytest.mark.parametrize("code", sorted(TABLE))
def test_each_sentence_is_plain(code):
    sentences = [part.split() for part in problem(code).sentence.rstrip(".").split(". ")]
    assert all(len(words) <= 15 for words in sentences)
    assert problem(code).sentence.endswith(".")
    assert "invalid" not in problem(code).sentence.lower()


def test_a_code_that_we_do_not_know_is_tried_once_more_and_named():
    unknown = problem("99999")
    assert unknown.concern is Concern.TEMPORARY
    assert "99999" in unknown.sentence
    assert isinstance(outcome(unknown), TryLater)


OUTCOMES = [
    (code, {Concern.TEMPORARY: TryLater, Concern.AMBIGUOUS: Unknown}.get(concern, Refused)) for code, concern in KNOWN
]


@pytest.mark.parametrize(("code", "kind"), OUTCOMES)
def test_what_follows_from_each_code(code, kind):
    result = outcome(problem(code))
    assert type(result) is kind
    assert result.problem.code == code


@pytest.mark.parametrize("code", [code for code, concern in KNOWN if concern is Concern.TEMPORARY])
def test_which_limits_are_the_whole_senders(code):
    later = outcome(problem(code))
    assert isinstance(later, TryLater)
    assert later.whole_sender is (code in {"20429", "21611", "63017", "63018"})


def test_the_provider_may_say_how_long():
    assert outcome(problem("30008"), timedelta(seconds=7)).delay == timedelta(seconds=7)
    assert outcome(problem("30008")).delay == timedelta(seconds=30)
    assert outcome(problem("21611")).delay == timedelta(minutes=10)


ANSWERS = [
    ("a refusal with a code", 400, "21610", {}, Refused, "21610"),
    ("a refusal with a code that may have gone", 400, "30410", {}, Unknown, "30410"),
    ("a refusal without a code", 400, None, {}, TryLater, "400"),
    ("not signed in", 401, None, {}, Refused, "401"),
    ("not found", 404, None, {}, Refused, "404"),
    ("a redirect", 302, None, {}, Refused, "redirected"),
    ("too many", 429, "20429", {}, TryLater, "20429"),
    ("too many, of something", 429, "63018", {}, TryLater, "63018"),
    ("too many, with an odd code", 429, "21610", {}, TryLater, "20429"),
    ("too many, without a code", 429, None, {}, TryLater, "20429"),
    ("a fault at Twilio", 500, "20500", {}, Unknown, "20500"),
    ("a fault without a code", 503, None, {}, Unknown, "no-answer"),
    ("a fault with a definite code", 500, "21610", {}, Unknown, "no-answer"),
    ("a time-out on their side", 408, None, {}, Unknown, "no-answer"),
]


@pytest.mark.parametrize(
    ("status", "code", "headers", "kind", "named"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS]
)
def test_what_follows_from_each_answer(status, code, headers, kind, named):
    result = declined(status, code, headers)
    assert (type(result), result.problem.code) == (kind, named)


WAITS = [
    ("3", timedelta(seconds=3)),
    ("0", timedelta(0)),
    ("86400", timedelta(hours=1)),
    ("", timedelta(seconds=5)),
    ("-1", timedelta(seconds=5)),
    ("soon", timedelta(seconds=5)),
    ("9" * 5000, timedelta(seconds=5)),
    ("Sun, 22 Nov 2026 10:00:00 GMT", timedelta(seconds=5)),
]


@pytest.mark.parametrize(("header", "delay"), WAITS)
def test_how_long_to_wait_after_too_many(header, delay):
    assert declined(429, "20429", {"retry-after": header}).delay == delay


@pytest.mark.parametrize(("status", "code", "paced"), [(429, "20429", True), (429, None, True), (400, "30003", False)])
def test_only_a_rate_limit_is_no_attempt(status, code, paced):
    later = declined(status, code, {})
    assert isinstance(later, TryLater)
    assert later.paced is paced


def test_whole_sender_codes_are_all_known():
    assert set(TABLE) >= WHOLE_SENDER
