"""Promise 11: STOP is heard inside a sentence, and not in what only looks like it."""

import pytest

from language.everywhere import Word, everywhere

OPT_OUTS = r"""
STOP
stop
Stop.
STOP!
STOP!!!
"STOP"
'stop'
“stop”
/stop
stop stop
S‌TOP
ＳＴＯＰ
stop please
please stop
pls stop
plz stop
stop now
stop it
Stop this now
stop thanks
stop x
stop xx
ok stop
hi stop
Hi, stop please
sorry stop
stoppp
stpo
sotp
STOPALL
STOP ALL
stop2quit
OPTOUT
opt out
Opt me out please
I opt out
i want to opt out
REVOKE
I withdraw my consent
unsubscribe
UNSUBSCRIBE ME
unsubcribe
unsuscribe please
please unsubscribe me
how do i unsubscribe
How do I unsubscribe from this?
how do i stop these texts
how do I opt out?
stop texting me
Stop texting me!!
please stop texting me
can you stop texting me please
could you please stop texting me
will you stop texting me
I want you to stop texting me
I told you to stop texting me
i asked you to stop messaging me
stop messaging me
stop contacting me
stop bothering me
stop harassing me
stop sending me texts
stop sending me these messages
please stop sending these texts
stop sending messages thanks
stop the texts
stop these messages please
stop all texts
stop texts
stop txts
stop txting me
stop spamming me
stop writing to me
stop with the texts
quit texting me
cancel all texts
end all messages
take me off your list
please take me off the list
Take me off your mailing list
can you take me off your list please
Could u take me off ur list
take me off this
take my number off
take my name off your system
get me off your list
remove me
remove me please
please remove me from your list
remove my number
remove my number from your database
delete my number
lose my number
no more texts
no more texts please
No more messages thank you
no texts
I don't want any more texts
i dont want these messages
I do not want to receive these texts
i no longer want to get texts
I no longer wish to receive your messages
don't text me again
dont text me
do not contact me
please don't contact me again
dont message me anymore
never text me again
don't send me any more texts
leave me alone
just leave me alone
please leave me alone
Leave us alone
go away
get lost
fuck off
F off
piss off
sod off
bugger off
stop.  I don't want these
STOP - not interested
Not interested. STOP
I'm too busy for this now. Stop
This is spam. Stop texting me.
stop, I don't want any more texts
Stop, not interested
Who is this? Stop texting me
I've had enough of this, stop texting me
not interested stop texting me
Hi I am fed up with all these texts so please stop texting me thanks
why can't you stop texting me
if you don't stop texting me I will complain
I want to stop these messages
i would like you to stop
Thank you but please take me off your list
Not interested\nstop
hi im not interested thanks no more texts
""".strip().splitlines()

POLISH_OPT_OUTS = """
stop
STOP!
proszę przestać
przestańcie
nie piszcie do mnie
Proszę do mnie nie pisać
prosze nie pisac
proszę już nie pisać
nie piszcie do mnie więcej
nie chcę więcej wiadomości
nie chce wiecej smsow
nie wysyłajcie mi więcej wiadomości
wypisz mnie
proszę mnie wypisać
usuń mój numer
usuńcie mnie z listy
dajcie mi spokój
zostawcie mnie w spokoju
odczep się
odczepcie się
spadaj
please stop texting me
przestańcie do mnie pisać
""".strip().splitlines()

LOOK_ALIKES = r"""
don't stop
dont stop
Please don't stop
don't stop texting me
please don't ever stop texting me
I don't want you to stop texting me
don't you dare stop texting me
did you stop texting me?
why did you stop texting me
when did you stop sending me texts
stop by on Tuesday?
stop by
I'll stop by later
can I stop by the office
bus stop
which bus stop
the bus stop by Aldi
is there a bus stop
the 9 bus doesn't stop there
does the bus stop outside
last stop
what stop is it
next stop
tram stop please
stop 5 on the number 9
stop at Oak Hall
Stop the bus outside the hall
can't stop thinking about it
I can't stop crying
can't stop laughing
cant stop now, at work
I can't stop long
can't stop to talk
he won't stop shouting
she won't stop
the pain won't stop
never stop learning
I never stop
non stop
non-stop rain
stop smoking group
I am trying to stop smoking
i want to stop smoking
stop press
stopped raining
it's stopped raining
I stopped going to the day centre
they stopped my money
they have stopped her benefits
the carers stopped coming
when do they stop
full stop
yes please full stop
I love it, stop it!? no really I love it
stop worrying
he told me to stop worrying
stop me if I go on
pit stop
one stop shop
doctor told me to stop my tablets
we need to stop cuts
stop the cuts
how do we stop this happening again
what would stop you coming
nothing will stop me
shall I stop the car
my ex won't stop texting me
tell him to stop texting me
I want them to stop sending letters
i told him to stop contacting me
cancel my appointment
cancel my place
please cancel
cancel the taxi
end of the road
in the end
the end
at the end of the month
weekend
quit smoking
I quit my job
leave it with me
leave me a message
I'll leave it
please leave
leave a message after the tone
I need to leave by 3
leave me out of the photo
remove the hyphen
take me off guard
take me to the hall
take me off at the next stop
no more questions
no more cake for me
no more than two
I don't text much
dont text and drive
I opt out of photos
opt in
revoked licence
unsubscribed from the newspaper
lost my number plate
get lost on the way
I always get lost in town
go away for the weekend
we go away in July
yes
YES
no
no thanks
not interested
nah
sod it, yes
piss poor service
who is this
STOPPING at the hall
nonstop
don't take me off your list
please don't take me off the list
I never said stop texting me
Liked “To stop our texts, send STOP.”
Loved "Reply STOP to end"
👍 to “STOP ends texts”
Reacted 👍 to "STOP to end"
Removed a like from "STOP"
Laughed at "STOP to end."
it says "reply STOP to end" what does that mean
Fwd: You won! Text STOP to end
Is this a scam? "WIN 1000 text STOP to opt out"
> Reply STOP to end\nwhat is this
---- Forwarded message ----\nSTOP
what does STOP mean
do I text stop
STOP? only joking
stop! just kidding
Stop, wait, I do want to come
shop
step
stomp
top
spot
""".strip().splitlines()


@pytest.mark.parametrize("text", OPT_OUTS)
@pytest.mark.parametrize("asked", [True, False])
def test_an_opt_out_in_english(text: str, asked: bool) -> None:
    assert everywhere(text.replace("\\n", "\n"), "en", asked) is Word.STOP


@pytest.mark.parametrize("text", POLISH_OPT_OUTS)
def test_an_opt_out_in_polish(text: str) -> None:
    assert everywhere(text, "pl", True) is Word.STOP


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_no_opt_out(text: str, language: str) -> None:
    assert everywhere(text.replace("\\n", "\n"), language, True) is not Word.STOP


def test_there_are_enough_of_both() -> None:
    assert len(OPT_OUTS) + len(POLISH_OPT_OUTS) >= 140
    assert len(LOOK_ALIKES) >= 140


@pytest.mark.parametrize("text", ["CANCEL", "end", "Quit."])
def test_the_words_that_answer_a_question_stop_only_when_none_is_open(text: str) -> None:
    assert everywhere(text, "en", asked=False) is Word.STOP
    assert everywhere(text, "en", asked=True) is None


@pytest.mark.parametrize("asked", [True, False])
def test_yes_is_never_a_word(asked: bool) -> None:
    assert everywhere("YES", "en", asked) is None
