import pytest

from language.everywhere import Word, everywhere, join_code

WORDS = {
    Word.START: "start|START!|unstop|back on please|please start again|opt in",
    Word.HELP: "help|HELP|Help please|info|?|??|/help",
    Word.CALL: "call|Call me|ring me|phone me please|call me back|can someone call me|"
    "Can you call me please|give me a ring|"
    "talk to a person|human please|I want to speak to someone|call me when you can",
    Word.WHO: "who is this|Who is this?|who are you|who r u|who u|whos this|who is dis|who this|who dis|"
    "how did you get my number|where did you get my number from?|who gave you my number|do i know you",
    Word.DETAILS: "my details|what do you hold on me|What do you know about me?|what information do you have about me",
    Word.LEAVE: "leave|LEAVE|leave please|delete me|delete my details|please delete my details|"
    "take me off the bank|/leave",
    Word.LANGUAGE: "language|Change language|polski|Polish please|can you text me in Polish|"
    "język polski please|in Urdu|"
    "do you speak Punjabi?|ਪੰਜਾਬੀ|cymraeg|/language",
    Word.MENU: "menu|MENU|/menu|/menu@HeardBot|main menu",
    Word.PAUSE: "pause|pause texts please|take a break",
    Word.STORY: "story|my story please|I'd like to tell you my story|can I share my story?|/story",
    Word.STORY_DOWN: "take my story down|please don't use my story any more|stop using my story|delete my story|"
    "I want my story taken down|Please take my story down from your website, I have changed my mind",
    Word.PROJECTS: "projects|any projects?|what's on|what can I do|how can I get involved|/projects",
    Word.TIMES: "times|TIMES please|change times|change the times of your texts|text times|/times",
    Word.BACK: "back|go back|Go back please",
    Word.SKIP: "skip|Skip this one|rather not say|I'd rather not say|prefer not to say",
    Word.JOIN: "join|JOIN|/start|/start OAK|JOIN OAK|join: oak",
}
POLISH = {
    Word.HELP: "pomoc|pomoc proszę",
    Word.CALL: "zadzwoń do mnie|proszę o telefon|zadzwoncie prosze",
    Word.LEAVE: "usuńcie moje dane",
    Word.LANGUAGE: "język|English|po angielsku proszę",
    Word.SKIP: "pomiń",
    Word.STORY: "historia|moja historia|Chcę opowiedzieć moją historię|STORY",
    Word.STORY_DOWN: "usuńcie moją historię|nie używajcie już mojej historii|Proszę zdjąć moją historię",
    Word.PROJECTS: "projekty|czy są nowe projekty?|jak mogę pomóc|PROJECTS",
    Word.TIMES: "godziny|zmienić godziny|TIMES",
    Word.JOIN: "dołącz",
    Word.WHO: "kto to jest?|kim jestescie|skad macie moj numer",
}
NOTHING = """
help me
please help me find my glasses
call me Ash
Call me Asha please
I'll call you back
i'll call later
don't call me
leave it with me
on leave
I leave at 3
Please leave
can you leave
can I leave early
who is coming
I know who you are
my language is English I suppose?
I speak English and Polish
my cleaner is Polish
mind your language
I polish shoes
start with the parking
when does it start
what time does it start?
it starts at 2
go back to work
my back hurts
back pain
skip lunch
the bank skipped me
what's on the menu today then
I paused
join us for lunch
I might join later
yes I want more details of my pension
thanks for the info on parking
informed
yes
1
Asha
no

😂
""".strip("\n").split("\n")


def cases(table: dict[Word, str]) -> list[tuple[str, Word]]:
    return [(text, word) for word, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize(("text", "word"), cases(WORDS))
def test_english_works_in_every_language(text: str, word: Word, asked: bool) -> None:
    assert everywhere(text, "en", asked) is word
    assert everywhere(text, "pl", asked) is word


@pytest.mark.parametrize(("text", "word"), cases(POLISH))
def test_polish(text: str, word: Word) -> None:
    assert everywhere(text, "pl", asked=True) is word


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_word(text: str) -> None:
    assert everywhere(text, "en", asked=True) is None


@pytest.mark.parametrize(
    "text", ["sign up", "Sign me up!", "i want to join", "hi id like to join please", "how do I join?"]
)
def test_asking_to_join_is_an_answer_while_a_question_is_open(text: str) -> None:
    assert everywhere(text, "en", asked=False) is Word.JOIN
    assert everywhere(text, "en", asked=True) is None


def test_pass_is_a_skip_only_where_something_was_asked() -> None:
    assert everywhere("pass", "en", asked=True) is Word.SKIP
    assert everywhere("pass", "en", asked=False) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("STOP\n\nSent from my iPhone", Word.STOP),
        ("STOP\n\nSent from my phone. This is an automated message", Word.STOP),
        ("Hi\nSTOP\nThank you\nSent from my iPhone", Word.STOP),
        ("HELP\nSent from my Galaxy", Word.HELP),
        ("call me Get Outlook for iOS", Word.CALL),
        ("Sent from my iPhone", None),
    ],
)
def test_what_a_phone_puts_under_a_message_does_not_hide_a_word(text: str, word: Word | None) -> None:
    assert everywhere(text, "en", asked=True) is word


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("en", "No, texts please", None),
        ("en", "No, stop", Word.STOP),
        ("en", "no texts please", Word.STOP),
        ("pl", "Nie, piszcie", None),
        ("pl", "Nie piszcie", Word.STOP),
        ("pl", "Nie. Przestańcie", Word.STOP),
    ],
)
def test_a_no_and_then_a_wish_is_no_stop(language: str, text: str, word: Word | None) -> None:
    assert everywhere(text, language, asked=True) is word


def test_a_language_without_a_table_has_the_english_words() -> None:
    assert everywhere("stop", "cy", asked=True) is Word.STOP
    assert everywhere("proszę przestać", "pl-PL", asked=True) is Word.STOP


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("JOIN OAK", "OAK"),
        ("join oak", "OAK"),
        ("Join: Oak.", "OAK"),
        ("join oak please", "OAK"),
        ("JOIN AAA-12", "AAA-12"),
        ("/start oak", "OAK"),
        ("/start@HeardBot OAK", "OAK"),
        ("join", None),
        ("join please", None),
        ("join the bank", None),
        ("join me up", None),
        ("join us", None),
        ("join in", None),
        ("JOIN A", None),
        ("join " + "a" * 21, None),
        ("OAK JOIN", None),
        ("I want to join OAK", None),
        ('"join OAK" they said', None),
        ("/start", None),
    ],
)
def test_the_code_after_join(text: str, code: str | None) -> None:
    assert join_code(text) == code
