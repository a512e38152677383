"""The floor: plain statements of harm or risk are always heard, in every language we read."""

import pytest

from language.danger import danger

DANGER = """
help me
HELP ME!!!
please help me
Help me please
I need help
I can't cope
i cant cope anymore
I can’t cope
I'm not coping
I want to die
i wanna die
i want 2 die
I wish I was dead
I don't want to be here anymore
better off dead
no reason to live
I can't go on
I want to end it all
going to kill myself
I will kill him
he said he will kill me
suicidal
thinking about suicide
I have been self harming
cut myself again
took too many tablets
I think he's taken an overdose
he hits me
He hit me last night
my son hits me
she slaps him
dad beats mum, he beats her up
he punched me
he strangled me
he threatened me
she is being abused
the carers are abusive
he raped me
he touches me
I'm scared of him
I am scared
I don't feel safe at home
mum is not safe
I'm in danger
they lock me in
they locked me in my room
he won't let me out
he wont let me leave the house
I'm trapped
he takes my money
they stole her pension
mum hasn't eaten for days
She has not eaten since Sunday
I haven't eaten
no food in the house
we have no food
we have no heating
no heat and no hot water
I can't afford to eat
she has run out of insulin
left in bed all day
nobody has come to feed her
carer hasn't turned up
mum has had a fall
I've fallen
I fell and can't get up
dad is on the floor
she's not breathing
chest pains
he is unconscious
she's gone missing
he has a knife
gas leak
sleeping rough
yes please but he hits me
1. also mum hasnt eaten for two days
I'M SCARED OF MY HUSBAND
""".strip().split("\n")

POLISH = """
chcę umrzeć
chce umrzec
nie chcę żyć
chcę się zabić
on mnie bije
mąż mnie bije
bije mnie
nie daję rady
nie daje juz rady
boję się
zamykają mnie w pokoju
mama nie jadła od trzech dni
nie mam jedzenia
nie mamy ogrzewania bo nie ma prądu
mama upadła
przewróciła się
przedawkował leki
pomocy
proszę o pomoc
on mi grozi, grozi mi nożem
nie oddycha
""".strip().split("\n")

SAFE = """
yes
1
no thanks
STOP
help
dying to meet you
I'm dying for a cup of tea
killing time
just killing time
this traffic is killing me
my feet are killing me
died laughing
I nearly died laughing
hit me up
that would hit the spot
can you help me with the form
could you help me fill in the form
I need help with the form
I want to help
happy to help
I'd kill for a biscuit
I fell asleep
he fell in love
I help my mum with her food
what food is there
no, Food workshop
I'm scared of lifts
frightened of crowds
no - water project
is there food?
I look after my mum who has dementia
cut the cake
safe journey
is it safe to text
Reading and housing
my phone died
see you at the bus stop
beats me
dobrze
tak
nie
dziękuję
Liked "In danger? Call 999"
""".strip().split("\n")


@pytest.mark.parametrize("language", ["en", "pl", "cy"])
def test_danger(language: str) -> None:
    assert [text for text in DANGER + POLISH if not danger(text, language)] == []


@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_danger(language: str) -> None:
    assert [text for text in SAFE if danger(text, language) is not None] == []


def test_it_gives_the_words_that_told_us() -> None:
    assert danger("Hello, my son hits me when he is cross", "en") == "hits me"


def test_words_that_were_quoted_or_passed_on_still_count() -> None:
    assert danger('he wrote "going to kill you tonight"', "en")
