"""Promise 11: STOP is heard inside a sentence, and not in what only looks like it."""

import pytest

from language.everywhere import Word, everywhere
from language.reading import Meaning, Question
from language.understand import understand

OPT_OUTS = r"""
unsubscribe today
don't text me today
Stop texting me today and forever
Please remove me from your list today
stop texting me in the mornings or at all
Stop texting me this late, in fact stop altogether
don't text me at all
stop texting me at once
please stop texting me on my phone
stop texting me on this number
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
please could you stop sending me texts
Can you please stop sending me these
would you mind not texting me
Kindly stop contacting me
stop sending me stuff
stop sending me rubbish
stop pestering me
stop all communication
stop messageing me
plz stop txtin me
STOP TEXTING ME
stop texting this number
stop texting my phone
stop now please thank you
I said stop
I SAID STOP!!
how many times, stop texting me
for the last time stop texting me
stop stop stop
OK STOP NOW
right, stop.
thanks but stop
no stop
No, stop texting me
yes stop
yes stop texting me
sorry but please stop texting me
STOP 🛑
Hello, I would like to unsubscribe please
I want to unsubscribe
please unsubscribe this number
unsubscribe me from this list
opt-out
OPT OUT PLEASE
I'd like to opt out
I wish to opt out of these texts
I want to come off the list
take me off the mailing list please
please take my number off your list
Please remove me from your mailing list
remove my name from your list
can you remove me from this
please delete my number
Delete my number please
don't text this number again
do not text me again
Please do not text this number
dont send me texts
please don't send me any more messages
no more messages
No more texts from you please
I don't want texts from you
i dont want any texts
I don't want to get these messages any more
we dont want any more texts
I do not wish to be contacted
please do not contact me again
never contact me again
""".strip().splitlines()

POLISH_OPT_OUTS = """
nie piszcie do mnie w ogóle
przestańcie pisać w tej chwili
nie piszcie do mnie przez SMS
po prostu nie piszcie do mnie
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
Stop, proszę
STOP dziękuję
proszę o wypisanie
chcę się wypisać
wypiszcie mnie z listy
proszę usunąć mój numer
proszę nie wysyłać mi wiadomości
nie chcę dostawać wiadomości
nie chcę waszych smsów
proszę przestać do mnie pisać
przestańcie wysyłać smsy
nie pisz do mnie
""".strip().splitlines()

LOOK_ALIKES = r"""
Don't text me in the mornings
stop texting me in the mornings please
please dont text me this late
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
is that the stop before the hospital
get off at the last stop
I missed my stop
we change at the bus stop by the library
the stop is closed for roadworks
what time does it stop running
does the 52 stop near you
My train doesn't stop there any more
Stop number 12
where do I stop the car
I'll have to stop at home with dad
I'm going to stop at my sister's
stopping at mum's this week
He's stopping with us till Friday
she can stop in the car
can I stop for lunch
can I stop all day
I can't stop for the whole thing
I could only stop an hour
do we have to stop till the end
will you stop for questions
don't let me stop you
I won't let that stop me
it didn't stop us last time
rain won't stop play
nobody can stop him wandering
he keeps getting up and won't stop
how do I stop him driving
she cant stop coughing
My benefits might stop
they're going to stop his day centre
the council want to stop the bus
please don't stop the group
don't stop doing this, it helps
I hope this never stops
You should never stop asking people
the doctor stopped it
tablets stopped working
my phone stopped working, sorry
sorry my texts stopped coming through
why have your texts stopped
Have the texts stopped?
I stopped getting your texts
I thought I'd stopped these but I do want them
we stopped for chips
put a stop to it
it has to stop, the way they treat carers
this waiting has got to stop
cuts must stop
Stop Loan Sharks poster
I'd like to end on a good note
the year end is busy for me
no more sugar for me
No more stairs at my age
no more than an hour please
I've no more to say
I can't text back in work
don't text me after 9 please
don't ring, text me
don't text, ring me
Don't contact my daughter, contact me
leave the door open for me
I leave at ten
I'm on leave that week
you can leave it with the neighbour
put me on the list
am I on the list
is my name on your list
take me through it
can you take my mum off my hands
delete that last answer
remove the second one I picked
cancel the interpreter, my son will come
I'd quit if I could
I've had enough dinner
go on then
""".strip().splitlines()

POLISH_LOOK_ALIKES = """
nie piszcie do mnie rano
nie piszcie do mnie wieczorami
proszę nie pisać w nocy
nie przestawajcie
proszę nie przestawać
przystanek
na którym przystanku
autobus już tam nie staje
przestało padać
nie mogę przestać myśleć
przestali przychodzić
przestańcie się martwić
nie piszę za dobrze
nie piszę po angielsku
nie chcę kawy
nie chcę przeszkadzać
usuń ostatnią odpowiedź
wypisali go ze szpitala
wypisują mamę w piątek
zostaw to mnie
zostawcie klucz u sąsiada
czy jestem na liście
spokojnie
mam dość zimy
""".strip().splitlines()


OPEN_OR_ASKED = pytest.mark.parametrize("asked", ["rsvp", "open"])


def as_sent(text: str) -> str:
    return text.replace("\\n", "\n")


OF_ENGLISH, OF_POLISH = ("en", OPT_OUTS), ("pl", POLISH_OPT_OUTS)


@pytest.mark.parametrize(("language", "texts"), [OF_ENGLISH, OF_POLISH], ids=["en", "pl"])
@pytest.mark.parametrize("asked", [True, False])
def test_the_tables_find_an_opt_out(language: str, texts: list[str], asked: bool) -> None:
    assert [text for text in texts if everywhere(as_sent(text), language, asked) is not Word.STOP] == []


@pytest.mark.parametrize(("language", "texts"), [OF_ENGLISH, OF_POLISH], ids=["en", "pl"])
@OPEN_OR_ASKED
def test_an_opt_out_is_understood(asked: str, language: str, texts: list[str]) -> None:
    readings = {text: understand(Question(asked), as_sent(text), language) for text in texts}
    understood = (Meaning.OPT_OUT, True, None)
    assert {text: one for text, one in readings.items() if (one.meaning, one.sure, one.value) != understood} == {}
    assert [text for text, one in readings.items() if not one.because] == []


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_look_alike_is_no_opt_out_of_the_tables(language: str) -> None:
    texts = [*LOOK_ALIKES, *POLISH_LOOK_ALIKES]
    assert [text for text in texts if everywhere(as_sent(text), language, True) is Word.STOP] == []


@pytest.mark.parametrize(("language", "texts"), [("en", LOOK_ALIKES), ("pl", POLISH_LOOK_ALIKES)], ids=["en", "pl"])
@OPEN_OR_ASKED
def test_a_look_alike_stops_nothing(asked: str, language: str, texts: list[str]) -> None:
    """It may be asked about; nothing is stopped before they say so."""
    readings = {text: understand(Question(asked), as_sent(text), language) for text in texts}
    assert {text: one for text, one in readings.items() if one.sure and one.meaning is Meaning.OPT_OUT} == {}


def test_there_are_enough_of_both() -> None:
    assert len({*OPT_OUTS, *POLISH_OPT_OUTS}) >= 200
    assert len({*LOOK_ALIKES, *POLISH_LOOK_ALIKES}) >= 200


@pytest.mark.parametrize("text", ["CANCEL", "end", "Quit."])
def test_the_words_that_answer_a_question_stop_only_when_none_is_open(text: str) -> None:
    assert everywhere(text, "en", asked=False) is Word.STOP
    assert everywhere(text, "en", asked=True) is None


@pytest.mark.parametrize("asked", [True, False])
def test_yes_is_never_a_word(asked: bool) -> None:
    assert everywhere("YES", "en", asked) is None
