import pytest

from language.kinds import also, beside_machine, empty, reaction, what
from language.reading import Meaning

KINDS = {
    Meaning.AUTO_REPLY: "I'm driving|I'm driving with Focus turned on|This is an automated message|"
    "automatic reply: away|"
    "I am out of the office until Monday|Please do not reply to this text|You have 1 missed call|"
    "You have a new voicemail|Missed call from 07700900123|I'm in a meeting, call me later",
    Meaning.WRONG_PERSON: "wrong number|Sorry, wrong number|you have the wrong number|"
    "u got wrong number|wrong person|"
    "you have the wrong person|this isn't John|This isn’t John|not her phone any more|no one called John here",
    Meaning.BEREAVEMENT: "he died in June|He died|she passed away|my mum has died|My husband died last week|"
    "Sadly John passed away|mum died yesterday|she is no longer with us|Dad has sadly died|"
    "hubby passed this morning cant come|my husband passed|my mum passed on Sunday|my dad passed the day before",
    Meaning.THANKS: "thanks|Thank you!|ta|cheers|thanks duck|ok|OK thanks|great, thanks|👍|noted|"
    "will do|no problem|hi thanks",
    Meaning.GREETING: "hi|Hello|hiya|hello there|ey up|Good morning|morning|👋|eid mubarak|hi x",
}
NO_KIND = """
yes
no
1
Asha
hi, yes please
thanks but no
ok who are you
my phone died
the battery died
I nearly died
died laughing
my cat died last week
my husband passed his driving test
hubby passed the message on
is this an automated message?
are you an automated system
is this the wrong number?
this isn't fair
this isn't right
I was driving a bus for years
Yes I'll come. I'm driving so will park outside
I had a missed call from you
wrong day
I can't do not replying
Do not reply to this number, use my other one please
out of office hours is best for me
I'm out of the office until Monday, ring me then
I am out of the office but I can come
I'm out of the office today. Can you ring tomorrow?
STOP. Sent from my phone. This is an automated message
Yes I can come. This is an automated message
""".strip().split("\n")


@pytest.mark.parametrize(("text", "kind"), [(text, kind) for kind, texts in KINDS.items() for text in texts.split("|")])
def test_kinds(text: str, kind: Meaning) -> None:
    assert what(text, "en") is kind


@pytest.mark.parametrize("text", NO_KIND)
def test_no_kind(text: str) -> None:
    assert what(text, "en") is None


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("I am out of the office until Monday.", False),
        ("This is an automated message. Please do not reply. Thank you.", False),
        ("I am out of the office until Monday. For urgent matters write to Jane.", True),
        ("Automatic reply. Your appointment has moved to Tuesday.", True),
    ],
)
def test_what_a_machine_says_beside_being_one(text: str, more: bool) -> None:
    assert what(text, "en") is Meaning.AUTO_REPLY
    assert beside_machine(text, "en") is more


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("dzień dobry", Meaning.GREETING),
        ("dziękuję bardzo", Meaning.THANKS),
        ("pomyłka", Meaning.WRONG_PERSON),
        ("mama zmarła w maju", Meaning.BEREAVEMENT),
        ("To jest wiadomość automatyczna", Meaning.AUTO_REPLY),
        ("tak", None),
    ],
)
def test_kinds_in_polish(text: str, kind: Meaning | None) -> None:
    assert what(text, "pl") is kind


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('Liked "Reply STOP to end"', "Reply STOP to end"),
        ("Loved “Are you coming?”", "Are you coming?"),
        ('Disliked "x"', "x"),
        ('Laughed at "a joke"', "a joke"),
        ("Emphasised “a”", "a"),
        ("Emphasized “a”", "a"),
        ('Questioned "a"', "a"),
        ('👍 to "STOP ends texts"', "STOP ends texts"),
        ("❤️ to “hello”", "hello"),
        ('Reacted 👍 to "Are you coming?"', "Are you coming?"),
        ('Removed a like from "Are you coming?"', "Are you coming?"),
        ("Removed a heart from “one\ntwo”", "one\ntwo"),
        ("Liked an image", ""),
        ("I liked it", None),
        ('I said to "him"', None),
        ("Liked", None),
        ("STOP", None),
        ("yes", None),
    ],
)
def test_reactions(text: str, quoted: str | None) -> None:
    assert reaction(text) == quoted


@pytest.mark.parametrize(
    "text", ["", " ", ".", "...", "x", "xx", "xxx", "lol", "haha", "hahaha", "😂", "😂😂", "🤣 x", "!"]
)
def test_nothing_was_said(text: str) -> None:
    assert empty(text)


@pytest.mark.parametrize("text", ["?", "1", "ok", "👍", "👎", "no", "hi", "👋", "lol yes", "tak", "❤️", "ਹਾਂ"])
def test_something_was_said(text: str) -> None:
    assert not empty(text)


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("yes", ()),
        ("is there parking?", ("question",)),
        ("meeting where", ("question",)),
        ("finish time what", ("question",)),
        ("what time does it finish", ("question",)),
        ("why not", ()),
        ("yes thanks", ("thanks",)),
        ("running 10 mins late", ("late",)),
        ("going to be late sorry", ("late",)),
        ("I need a BSL interpreter", ("access",)),
        ("will there be a hearing loop?", ("question", "access")),
        ("I use a wheelchair, thanks", ("thanks", "access")),
        ("I know what I like", ()),
    ],
)
def test_also(text: str, carried: tuple[str, ...]) -> None:
    assert also(text, "en") == carried


ASKS_TOO = """
ILL COME BUT WHO SITS WITH TED
yes but who picks me up
Yes, but how do I get there
ok but how do i get there
yes and is there parking
Yes please and will there be tea
no but when is the next one
I'll be there and which bus do I get
yes but can I bring my dog
yes and do I need to bring anything
sunday but is there a bus on a sunday
"""
ASKS_TOO_IN_POLISH = """
tak ale kto mnie odbierze
Tak, ale gdzie tam zaparkować
tak a ile to trwa
przyjdę tylko kto zostanie z mężem
nie przyjdę ale czy wyślecie notatki
tak a o której to się kończy
a co to jest Oak Hall
"""
ASKS_NOTHING = """
yes but what a week
I know how to get there
what a lovely idea, yes
What a day
how lovely, yes
yes whatever
yes but who knows
yes and where needed I can drive
yes and what he did was wrong
yes, tired but who isn't
I don't know when and who is coming
not only am I coming I am bringing cake
he only does it when he is tired
"""
ASKS_NOTHING_IN_POLISH = """
tak, jak zawsze
tak, jak najbardziej
Jak najbardziej tak
tak, co prawda późno
tak ale kto wie
nie wiem tylko czy szefowa puści
tak, a kto by nie chciał
przyjdę jak będzie tłumacz
"""


def lines(text: str) -> list[str]:
    return text.strip().split("\n")


@pytest.mark.parametrize("text", lines(ASKS_TOO))
def test_a_question_without_its_mark_is_heard_beside_an_answer(text: str) -> None:
    assert "question" in also(text, "en")


@pytest.mark.parametrize("text", lines(ASKS_TOO_IN_POLISH))
def test_a_question_without_its_mark_is_heard_beside_an_answer_in_polish(text: str) -> None:
    assert "question" in also(text, "pl")


@pytest.mark.parametrize("text", lines(ASKS_NOTHING))
def test_what_only_begins_like_a_question_asks_nothing(text: str) -> None:
    assert "question" not in also(text, "en")


@pytest.mark.parametrize("text", lines(ASKS_NOTHING_IN_POLISH))
def test_what_only_begins_like_a_question_asks_nothing_in_polish(text: str) -> None:
    assert "question" not in also(text, "pl")
