"""Promise 13: the replies people really send are read right or asked about, and never wrongly believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from language.kinds import empty
from language.reading import Meaning, Option, Question, Reading
from language.understand import understand

DAYS = (Option("tuesday", "Tuesday 1 December"), Option("friday", "Friday 4 December"), Option("neither", "Neither"))
FEW = 0.9  # of all the rows, at least so many are acted on


@dataclass(frozen=True, slots=True)
class Class:
    """What a reply of this kind may come to: `acted` says that it is dealt with, `harmless` that it is asked about."""

    acted: Callable[[Reading], bool]
    harmless: Callable[[Reading], bool] = lambda reading: not reading.sure


def sure(*meanings: Meaning) -> Callable[[Reading], bool]:
    return lambda reading: reading.sure and reading.value is None and reading.meaning in meanings


def answers(answer: str) -> Callable[[Reading], bool]:
    return lambda reading: reading.sure and reading.answer == answer


def asked_back(answer: str) -> Callable[[Reading], bool]:
    """The check names what was probably meant; bare thanks may be taken as thanks."""
    thanks = sure(Meaning.THANKS)
    return lambda reading: thanks(reading) or (not reading.sure and reading.answer == answer)


def a_person_hears(reading: Reading) -> bool:
    """A question or a need: it stands in the reading, whichever answer stands beside it."""
    told = {Meaning.QUESTION, Meaning.ACCESS, Meaning.HUMAN}
    return reading.meaning in told or not told.isdisjoint(Meaning(one) for one in reading.also if one in {*Meaning})


def yes_with_a_note(reading: Reading) -> bool:
    noted = reading.meaning is not Meaning.YES or bool(reading.also) or bool(reading.details)
    return (reading.answer == "yes" and noted) or (reading.answer is None and a_person_hears(reading))


def no_answer(reading: Reading) -> bool:
    return reading.value is None and reading.meaning not in {Meaning.OPT_OUT, Meaning.OPT_IN, Meaning.CRISIS}


CLASSES = {
    "yes": Class(answers("yes")),
    "ack": Class(asked_back("yes")),
    "sad": Class(lambda reading: not reading.sure),
    "nack": Class(lambda reading: not reading.sure or reading.answer == "no"),
    "no": Class(answers("no")),
    "cancel": Class(answers("no")),
    "maybe": Class(answers("maybe")),
    "conditional": Class(yes_with_a_note),
    "party": Class(answers("yes"), harmless=lambda reading: not reading.sure or reading.meaning is Meaning.QUESTION),
    "question": Class(lambda reading: a_person_hears(reading) and reading.answer is None),
    "identity": Class(sure(Meaning.QUESTION)),
    "wrong_person": Class(sure(Meaning.WRONG_PERSON)),
    "bereavement": Class(sure(Meaning.BEREAVEMENT)),
    "opt_out": Class(sure(Meaning.OPT_OUT)),
    "no_opt_out": Class(lambda reading: reading.meaning is not Meaning.OPT_OUT),
    "opt_in": Class(sure(Meaning.OPT_IN)),
    "help": Class(sure(Meaning.HELP)),
    "risk": Class(sure(Meaning.CRISIS), harmless=lambda _reading: False),
    "greeting": Class(lambda reading: reading.meaning is Meaning.GREETING and reading.value is None),
    "none": Class(lambda reading: no_answer(reading) and not reading.sure),
    "data": Class(no_answer),
    "automatic": Class(sure(Meaning.AUTO_REPLY)),
}

# What is asked, the kind of reply, and the replies, one a line.
REPLIES: dict[tuple[str, str], str] = {
    ("rsvp", "yes"): """
Y
y
Yes
YES!!!
yh
yep
yup
aye
ye
yeh
ya
yesssss
yeahhh
yes please
ooh yes
go on then
yeah go on then
count me in
I'm in
I'll be there
put me down
love to
defo
deffo
of course
course
happy to
wouldn't miss it
can't wait
cant wait
can’t wait x
why not
Why not!
""",
    ("rsvp", "ack"): """
👍
👍🏽
👍🏿
✅
🙌
👌
❤️
😊
ok
k
kk
okay
okey dokey
no probs
no problem
no worries
np
sound
fab
lovely
great
noted
will do
ta
cheers
thanks duck
ta duck
thank u x
don't mind
""",
    ("rsvp", "nack"): """
👎
❌
""",
    ("rsvp", "sad"): """
😢
yeah right
yes no
no yes
not no
""",
    ("rsvp", "no"): """
N
no
nope
nah
no thanks
no ta
not for me
not this time
sorry can't
sorry, can't make it
cant make it
can't make it
cannot make it
can't come
cant go
I'm out
count me out
pass
unable to attend
gonna have to give it a miss
I won't be there
i wont be there
ok but I can't make it
yes I got it but I can't come
no but thank you
no, but thanks for asking
""",
    ("rsvp", "cancel"): """
cancel
please cancel
cancel my place
have to pull out
drop out
""",
    ("rsvp", "maybe"): """
maybe
mayb
might
not sure
poss
possibly
depends
if I can get cover
if mum is ok
will try
hopefully
prob
probs
50/50
pencil me in
dunno
idk
see how it goes
knot shore
""",
    ("rsvp", "conditional"): """
yes but late
running 10 mins late
stuck in traffic
can only stay an hour
can I join online
yes if it's on zoom
yes but wheelchair
""",
    ("rsvp", "party"): """
2 of us
me and my mum
+1
both of us
bringing my PA
can I bring my carer
""",
    ("rsvp", "question"): """
is there parking?
what time?
where is it
do I get paid
is it accessible
will there be a loop
MEETING WHERE
interpreter have?
finish time what
""",
    ("rsvp", "identity"): """
who is this?
who dis
whos this
how did you get my number
""",
    ("rsvp", "wrong_person"): """
wrong number
not her phone any more
this isn't John
you have the wrong person
""",
    ("rsvp", "bereavement"): "he died in June",
    ("rsvp", "opt_out"): """
stop
STOP!
stop please
stop texting me
leave me alone
take me off your list
unsubscribe
no more texts
remove me
fuck off
""",
    ("rsvp", "no_opt_out"): """
don't stop
stop by on Tuesday?
bus stop
can't stop thinking about
""",
    ("open", "opt_in"): """
start
unstop
back on please
""",
    ("open", "help"): """
help
info
?
??
""",
    ("rsvp", "risk"): """
help me
I can't cope
I want to die
he hits me
mum has had a fall
no food
""",
    ("open", "greeting"): """
👋
hi
hello
hiya
ey up
morning
eid mubarak
""",
    ("rsvp", "none"): """
lol
😂
haha
x
xx
.
ghgh
""",
    ("rsvp", "data"): """
NG5 1AB
asha.begum@example.org
""",
    ("open", "automatic"): """
I'm driving right now and will see your message when I arrive
I am out of the office until Monday
This is an automated message, please do not reply
""",
}
ROWS = [
    (asked, kind, text) for (asked, kind), texts in REPLIES.items() for text in texts.strip("\n").split("\n") if text
]
# Where the first word that looks like an answer misleads: what may be recorded without asking, "" for nothing.
TRAPS: list[tuple[str, str]] = [
    ("no problem", "yes"),
    ("no problem, see you there", "yes"),
    ("No prob I'll come", "yes"),
    ("no worries I will be there", "yes"),
    ("np see you thurs", "yes"),
    ("no problem but I can't make it", "no"),
    ("can't wait", "yes"),
    ("cant wait to meet everyone", "yes"),
    ("Can't wait any longer, I've to go to work that day", "no"),
    ("why not", "yes"),
    ("oh why not, go on", "yes"),
    ("not bad, yes I'll come", "yes"),
    ("yes but I may be late", "yes"),
    ("ok but only for an hour", "yes"),
    ("yes but only if I get cover", "yes maybe"),
    ("yes but I can't", "no"),
    ("Yes I saw it but cannot make it", "no"),
    ("ok thanks, can't come though", "no"),
    ("yes thanks, not for me", "no"),
    ("Ok. I wont be able to come", "no"),
    ("no but my sister can", "no"),
    ("no but I could do the week after", "no"),
    ("don't mind", "yes"),
    ("I don't mind if I do", "yes"),
    ("dont mind either way", "yes maybe"),
    ("sorry", "no"),
    ("sorry running late", "yes"),
    ("Sorry I'm late answering, yes please", "yes"),
    ("sorry, no", "no"),
    ("sorry for the delay I will be there", "yes"),
    ("yeah right", ""),
    ("yeah go on then", "yes"),
    ("yeah no", "no"),
    ("no yeah", "yes"),
    ("yes. no. sorry, no", "no"),
    ("yes, but actually no", "no"),
    ("yes no maybe", "maybe"),
]
CHOSEN = [
    *((said, "tuesday") for said in ("1", "one", "first one", "A", "1.", "1️⃣", "Tuesday", "tues please")),
    *((said, "friday") for said in ("2", "the second", "option 2", "b)", "number two", "fri")),
    *((said, "neither") for said in ("3", "neither", "the last one")),
]
TIMES = ["tues", "weds", "nxt tue", "2moro", "tmrw", "half 2", "2ish", "14.00", "noon", "12/6", "10"]
ELSEWHERE = [
    *(("pl", said, "yes") for said in ("tak", "jasne", "pewnie", "oczywiście", "Tak!")),
    *(("pl", said, "no") for said in ("nie", "Nie.", "nie dziękuję")),
    *(("en", said, None) for said in ("nice", "tak", "haan", "ਹਾਂ", "نعم", "لا", "da", "ie", "sí")),
]


@pytest.mark.parametrize(("asked", "kind", "text"), ROWS)
def test_no_reply_is_wrongly_believed(asked: str, kind: str, text: str) -> None:
    told = CLASSES[kind]
    reading = understand(Question(asked), text, "en")
    assert told.acted(reading) or told.harmless(reading), reading


def test_nine_in_ten_are_acted_on() -> None:
    missed = [
        (kind, text) for asked, kind, text in ROWS if not CLASSES[kind].acted(understand(Question(asked), text, "en"))
    ]
    assert len(ROWS) > 180
    assert len(missed) <= (1 - FEW) * len(ROWS), missed


@pytest.mark.parametrize(("text", "may_be"), TRAPS)
@pytest.mark.parametrize("asked", ["rsvp", "yes_no"])
def test_never_decided_on_the_first_word(asked: str, text: str, may_be: str) -> None:
    reading = understand(Question(asked), text, "en")
    assert not reading.sure or reading.answer is None or reading.answer in may_be.split(), reading


@pytest.mark.parametrize(("text", "chosen"), CHOSEN)
def test_a_choice_counts_against_the_question_that_was_asked(text: str, chosen: str) -> None:
    reading = understand(Question("choice", DAYS), text, "en")
    assert (reading.value, reading.sure) == (chosen, True)


@pytest.mark.parametrize("text", TIMES)
def test_a_time_is_kept_as_it_was_written(text: str) -> None:
    reading = understand(Question("time"), text, "en")
    assert (reading.value, reading.sure) == (text, True)


def test_ten_is_no_choice_of_three() -> None:
    reading = understand(Question("choice", DAYS), "10", "en")
    assert not (reading.sure and reading.value)


@pytest.mark.parametrize(("language", "text", "answer"), ELSEWHERE)
def test_a_yes_in_another_language_counts_where_that_language_is_set(
    language: str, text: str, answer: str | None
) -> None:
    reading = understand(Question("rsvp"), text, language)
    if answer is None:
        assert not (reading.sure and reading.answer), reading
    else:
        assert (reading.answer, reading.sure) == (answer, True)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\n\n"])
def test_nothing_is_nothing(text: str) -> None:
    reading = understand(Question("rsvp"), text, "en")
    assert (reading.meaning, reading.value, reading.sure, empty(text)) == (Meaning.OTHER, None, False, True)
