"""Answers as people give them: sideways, with something else inside, or not at all; nothing is lost or made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from language import reply, second
from language.learned.guess import ALSO, ANSWERS, MEANINGS, RATINGS, Guess
from language.reading import Option, Question
from storage.needs import needs
from tests.conversations import sayings
from tests.conversations.banks import Bank
from tests.conversations.phones import Phone, TextPhone

AGREED = "Yes, and I am 18 or over"
AGREEMENT = Question(
    "choice",
    (Option("yes", AGREED, "yes"), Option("more", "Tell me more", "more"), Option("no", "No", "no")),
)
# Each is a yes to a friend, and the tables do not know one of them.
SIDEWAYS = [
    "I thought you would never ask",
    "my neighbour is in it and she loves it",
    "it would be daft of me not to",
    "anything that gets those bills sorted out",
    "well somebody has got to tell you lot",
    "you have got yourselves a pensioner",
]
BEFORE_AGREEING = {
    "the first question": ("JOIN",),
    "the agreement": ("JOIN", "1"),
    "the check of the agreement": ("JOIN", "1", "ok"),
    "the agreement asked again": ("JOIN", "1", "2"),
}
CRIES = [
    "yes but he hits me",
    "1, I can't cope any more",
    "no. he won't let me out of the house and he hits me",
    "Asha. please help me, he's got a knife",
    "my mum, she says she wants to die",
]

Model = Callable[..., None]


@pytest.fixture
def model_says(monkeypatch: pytest.MonkeyPatch) -> Model:
    """Let the model say the same of every reply: shares of a meaning and of an answer."""

    def says(*, meaning: str = "other", answer: str = "-", share: float = 0.99) -> None:
        told = Guess(
            _shares(MEANINGS, meaning, share),
            _shares(ANSWERS, answer, 0.99),
            _shares(RATINGS, "-", 0.99),
            dict.fromkeys(ALSO, 0.0),
            None,
        )
        monkeypatch.setattr(second, "guess", lambda _asked, _text: told)

    return says


def _shares(names: tuple[str, ...], name: str, share: float) -> dict[str, float]:
    rest = (1 - share) / (len(names) - 1)
    return {one: share if one == name else rest for one in names}


async def _says_all(phone: Phone, texts: tuple[str, ...]) -> None:
    for text in texts:
        await phone.says(text)
    phone.ignores_the_rest()


@pytest.mark.parametrize("step", ["the agreement", "the check of the agreement", "the agreement asked again"])
@pytest.mark.parametrize("said", ["rhubarb crumble", "well I might as well then", "I should think so, knee allowing"])
async def test_a_guess_agrees_for_nobody(sms: TextPhone, bank: Bank, model_says: Model, step: str, said: str) -> None:
    await _says_all(sms, BEFORE_AGREEING[step])
    model_says(meaning="yes", answer="yes")
    await sms.says(said)
    sms.ignores_the_rest()
    assert await bank.nobody_is_known()


async def test_what_was_guessed_is_checked_and_then_counts(phone: Phone, bank: Bank, model_says: Model) -> None:
    await phone.says("JOIN")
    await phone.says("1")
    model_says(meaning="yes", answer="yes")
    await phone.says("well I might as well then")
    phone.reads(sayings.WELCOME, sayings.AGREE, sayings.check(AGREED))
    assert await bank.nobody_is_known()
    await phone.says("yes")
    phone.reads(sayings.NAME)
    (agreed, _messages) = await bank.ledger(phone)
    assert sayings.check(AGREED) in agreed.words


async def test_a_guessed_yes_is_enough_to_be_told_what_it_is_about(phone: Phone, bank: Bank, model_says: Model) -> None:
    await phone.says("JOIN")
    model_says(meaning="yes", answer="yes")
    await phone.says("well I might as well then")
    phone.reads(sayings.WELCOME, sayings.AGREE)
    assert await bank.nobody_is_known()


@pytest.mark.parametrize("said", SIDEWAYS)
async def test_a_yes_said_sideways_is_no_agreement_until_it_is_checked(sms: TextPhone, bank: Bank, said: str) -> None:
    assert not reply.read(AGREEMENT, said, "en").sure
    await _says_all(sms, BEFORE_AGREEING["the agreement"])
    await sms.says(said)
    checked = [bubble.screen for bubble in sms.unread] == [sayings.check(AGREED)]
    sms.ignores_the_rest()
    assert await bank.nobody_is_known()
    if checked:
        await sms.says("yes")
        sms.reads(sayings.NAME)


@pytest.mark.parametrize("step", BEFORE_AGREEING)
@pytest.mark.parametrize("said", CRIES)
async def test_a_cry_inside_an_answer_is_a_cry(sms: TextPhone, bank: Bank, step: str, said: str) -> None:
    await _says_all(sms, BEFORE_AGREEING[step])
    await sms.says(said)
    sms.reads(sayings.DANGER)
    assert await bank.tasks() == [("safeguarding", said)]
    assert await bank.nobody_is_known()


@pytest.mark.parametrize("question", ["looks_after", "topics", "place", "ways", "needs", "skills", "support"])
async def test_a_cry_inside_a_weekly_answer_is_a_cry(sms: TextPhone, bank: Bank, question: str) -> None:
    await sms.joins()
    await bank.puts_question(sms, question)
    await sms.says("my mum, the carer hits her")
    sms.reads(sayings.DANGER)
    assert await bank.kinds_of_tasks() == ["safeguarding"]


async def test_a_cry_instead_of_a_name_is_not_kept_as_one(phone: Phone, bank: Bank) -> None:
    await phone.joins_as_far_as_the_name()
    await phone.says("help me please")
    phone.reads(sayings.DANGER)
    assert (await bank.member(phone)).name is None


async def test_what_only_the_model_hears_as_a_cry_is_one(phone: Phone, bank: Bank, model_says: Model) -> None:
    await phone.joins()
    await bank.puts_question(phone, "looks_after")
    model_says(meaning="crisis")
    await phone.says("he locks the biscuits away and the telephone too")
    phone.reads(sayings.DANGER)
    assert "safeguarding" in await bank.kinds_of_tasks()


async def test_where_it_sounds_a_little_like_one_the_answer_counts_and_a_person_looks(
    phone: Phone, bank: Bank, model_says: Model
) -> None:
    await phone.joins()
    await bank.puts_question(phone, "looks_after")
    model_says(meaning="crisis", answer="yes", share=0.2)
    await phone.says("yes, and it is getting a bit much for the two of us")
    phone.reads(sayings.THANKS_ABOUT_YOU)
    assert await bank.kinds_of_tasks() == ["read"]
    assert (await bank.member(phone)).looks_after == "yes"


@pytest.mark.parametrize(
    "said", ["yes, who will see my number?", "Yes. Do my carers get told?", "yes what happens next"]
)
async def test_a_question_inside_the_agreement_is_not_lost(sms: TextPhone, bank: Bank, said: str) -> None:
    await _says_all(sms, BEFORE_AGREEING["the agreement"])
    await sms.says(said)
    assert sayings.WILL_ANSWER in sms.unread[-1].screen
    sms.ignores_the_rest()
    assert await bank.questions() == [said]


async def test_a_question_inside_a_weekly_answer_is_not_lost(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await bank.puts_question(phone, "looks_after")
    await phone.says("yes my mum. does that count if she lives next door?")
    assert sayings.WILL_ANSWER in phone.unread[-1].screen
    phone.ignores_the_rest()
    assert await bank.questions() == ["yes my mum. does that count if she lives next door?"]
    assert (await bank.member(phone)).looks_after in {"yes", None}


@pytest.mark.parametrize("question", ["place", "looks_after"])
async def test_a_question_instead_of_an_answer_is_passed_on(sms: TextPhone, bank: Bank, question: str) -> None:
    await sms.joins()
    await bank.puts_question(sms, question)
    await sms.says("why do you want to know that?")
    sms.ignores_the_rest()
    assert await bank.questions() == ["why do you want to know that?"]
    person = await bank.member(sms)
    assert (person.place, person.district, person.looks_after) == (None, None, None)
    assert await bank.count(needs) == 0


@pytest.mark.parametrize("said", ["why do you need my name?", "none of your business", "do I have to say", "yes"])
async def test_what_is_no_name_is_not_kept_as_one(sms: TextPhone, bank: Bank, said: str) -> None:
    await sms.joins_as_far_as_the_name()
    await sms.says(said)
    sms.ignores_the_rest()
    assert (await bank.member(sms)).name is None


@pytest.mark.parametrize("step", BEFORE_AGREEING)
@pytest.mark.parametrize(
    "said", ["I could stop by the office on Tuesday", "don't stop", "there is a bus stop outside", "I can't stop long"]
)
async def test_stop_by_is_no_stop(sms: TextPhone, bank: Bank, step: str, said: str) -> None:
    await _says_all(sms, BEFORE_AGREEING[step])
    await sms.says(said)
    sms.ignores_the_rest()
    assert not await bank.is_stopped(sms)
    assert await bank.nobody_is_known()


@pytest.mark.parametrize("question", ["looks_after", "place", "skills", "needs"])
async def test_a_member_who_stops_at_a_sisters_has_not_stopped_us(sms: TextPhone, bank: Bank, question: str) -> None:
    await sms.joins()
    await bank.puts_question(sms, question)
    await sms.says("I stop at my sister's by the bus stop")
    sms.ignores_the_rest()
    assert not await bank.is_stopped(sms)
    assert len(await bank.members(sms)) == 1


async def test_half_heard_as_a_stop_stops_nothing(phone: Phone, bank: Bank, model_says: Model) -> None:
    await phone.joins()
    model_says(meaning="opt_out", share=0.5)
    await phone.says("I have had about as much as I can read this week")
    phone.ignores_the_rest()
    assert not await bank.is_stopped(phone)
    assert await bank.consents(phone) == [("bank", True), ("messages", True)]


@pytest.mark.parametrize("step", BEFORE_AGREEING)
async def test_help_helps_and_the_question_stays(sms: TextPhone, bank: Bank, step: str) -> None:
    await _says_all(sms, BEFORE_AGREEING[step])
    await sms.says("help")
    assert sms.unread[0].screen.startswith(sayings.HELP)
    sms.ignores_the_rest()
    await sms.says("no")
    sms.ignores_the_rest()
    assert await bank.nobody_is_known()
    assert await bank.tasks() == []


@pytest.mark.parametrize("step", BEFORE_AGREEING)
@pytest.mark.parametrize(
    "said", ["can I talk to someone about it", "I'd rather speak to a person", "could somebody ring me please", "CALL"]
)
async def test_a_wish_for_a_person_is_a_call(sms: TextPhone, bank: Bank, step: str, said: str) -> None:
    await _says_all(sms, BEFORE_AGREEING[step])
    await sms.says(said)
    sms.reads(sayings.WHEN_TO_RING)
    assert await bank.kinds_of_tasks() == ["call"]
    assert await bank.nobody_is_known()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("yes, my husband, 24 hours a day", "yes"),
        ("Yes I do!! Both of them", "yes"),
        ("no not any more", "no"),
        ("nobody", "no"),
        ("no, I use care myself", "no"),
    ],
)
async def test_looking_after_somebody_is_never_turned_round(sms: TextPhone, bank: Bank, said: str, kept: str) -> None:
    await sms.joins()
    await bank.puts_question(sms, "looks_after")
    await sms.says(said)
    sms.ignores_the_rest()
    assert (await bank.member(sms)).looks_after in {kept, None}
    assert not await bank.is_stopped(sms)


@pytest.mark.parametrize("said", ["wrong number love", "you have the wrong person"])
async def test_the_wrong_person_is_no_answer(sms: TextPhone, bank: Bank, said: str) -> None:
    await _says_all(sms, BEFORE_AGREEING["the agreement"])
    await sms.says(said)
    sms.reads(sayings.WRONG_PERSON)
    assert await bank.members(sms) == []
    assert not any(given for _purpose, given in await bank.consents(sms))


async def test_he_died_is_no_answer(phone: Phone, bank: Bank) -> None:
    await phone.joins()
    await bank.puts_question(phone, "looks_after")
    await phone.says("not now, he died in June")
    phone.reads(sayings.bereaved())
    assert (await bank.member(phone)).looks_after is None
