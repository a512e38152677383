"""What Heard says, as people read it in English.

The texts that this project measures its voice by stand here in full; the others come from the flows, whose
words may be bettered without a dialogue changing.
"""

from __future__ import annotations

from collections.abc import Iterable

from flows import about_you, engine_words, everywhere
from flows.call import CALL
from flows.details import DETAILS
from flows.format import FORMAT
from flows.grammar import Ask, Choose, Flow, More, Say, Step
from flows.hours import HOURS
from flows.join import JOIN
from flows.less import LESS
from flows.menu import MENU as MENU_FLOW
from flows.news import NEWS
from flows.pause import PAUSE
from flows.rhythm import RHYTHM as RHYTHM_FLOW
from flows.safety import SAFETY
from flows.who import WHO
from flows.who_helps import HELPERS
from language.wording import Catalogs, Words

WELCOME = (
    "Ashdale Council here. Help us make care better, if you are 18 or over. Your texts cost the same as usual. "
    "Would you like to join?\n1 Yes\n2 Tell me more\n3 No"
)
AGREE = (
    "Thank you. We will keep your number and answers, so we can invite you. To stop our texts, send STOP. OK?\n"
    "1 Yes, and I am 18 or over\n2 Tell me more\n3 No"
)
NAME = (
    "You have joined. Thank you. We text once a week at most. To talk to a person, text CALL. "
    "What shall we call you? A first name is fine. Or text SKIP."
)
STOPPED = (
    "We have stopped. Ashdale Council will not text you again. If you change your mind, text START. "
    "To be taken off our list too, text LEAVE."
)
DANGER = (
    "Thank you for telling us. A person will read this by 5pm. We may share it, to keep people safe. "
    "In danger, call 999. Is it safe to text you back?\n1 Yes\n2 No"
)

_ENGLISH = Catalogs({})
_VALUES = {
    "council": "Ashdale Council",
    "emergency": "999",
    "child_helpline": "0800 1111",
    "privacy_url": "ashdale.example/heard",
    "by": "5pm",
    "answer_by": "Wednesday 25 November",
}


def numbered(text: str, choices: Iterable[str]) -> str:
    return "\n".join((text, *(f"{number} {label}" for number, label in enumerate(choices, 1))))


def _words(words: Words, /, **values: str) -> str:
    return _ENGLISH.render(words, "en", _VALUES | values)


def _step(flow: Flow, which: str, /, **values: str) -> str:
    step = flow.steps[which]
    assert isinstance(step, (Say, Ask, Choose, More))
    return _with_choices(step, _words(step.text, **values))


def _again(flow: Flow, which: str) -> str:
    """The question, as it is asked once it was read."""
    step = flow.steps[which]
    assert isinstance(step, Choose)
    assert step.again is not None
    return _with_choices(step, _words(step.again))


def _with_choices(step: Step, text: str) -> str:
    if isinstance(step, Choose) and isinstance(step.choices, tuple):
        return numbered(text, [_words(choice.label) for choice in step.choices if choice.label is not None])
    return text


WANTS, AGREE_AGAIN = _again(JOIN, "welcome"), _again(JOIN, "agree")
ABOUT, KEEPING = f"{_step(JOIN, 'about')}\n{WANTS}", f"{_step(JOIN, 'keeping')}\n{AGREE_AGAIN}"
NAMELESS, DECLINED, YOUNG = _step(JOIN, "nameless"), _step(JOIN, "declined"), _step(JOIN, "young")
RING, WHO_JOINED, ALREADY = _step(JOIN, "ring"), _step(JOIN, "who"), _step(JOIN, "already")
assert JOIN.nudge is not None
NUDGE = _words(JOIN.nudge)
NO_CALENDAR = _words(everywhere.NO_CALENDAR)
REMINDER = f"{NUDGE}\n{WANTS}"

HELP, WHO_WE_ARE, GREETING = (_words(it) for it in (everywhere.HELP, everywhere.WHO_WE_ARE, everywhere.GREETING))
STARTED, STALE, WRONG_PERSON = (
    _words(it) for it in (everywhere.STARTED, everywhere.STALE_BUTTON, everywhere.WRONG_PERSON)
)
MENU = _step(MENU_FLOW, "what")
HINT_3, HINT_OPEN = _words(engine_words.HINTS[3]), _words(engine_words.HINT_OPEN)
HINT_PHONE = _words(engine_words.HINT_PHONE)
PERSON_WILL_READ, WILL_ANSWER = _words(engine_words.A_PERSON_WILL_READ), _words(engine_words.WILL_ANSWER)
NEEDED = _words(engine_words.NEEDED)
TEXT_YOU_HERE = _step(SAFETY, "yes")
DANGER_NO_PHONE = (
    "Thank you for telling us. A person will read this by 5pm. We may share it, to keep people safe. "
    "In danger? Use 999 BSL, or text 999 if you signed up for it."
)
WHICH_NUMBER, WHEN_AT_THAT_NUMBER = _step(CALL, "number"), _step(CALL, "time")
WHEN_TO_RING, RING_THEN, RING_ANY_TIME = _step(CALL, "when"), _step(CALL, "thanks"), _step(CALL, "any_time")
HOW_LONG, NO_TEXTS_UNTIL_START, NOT_PAUSED = (
    _step(PAUSE, "how_long"),
    _step(PAUSE, "open_ended"),
    _step(PAUSE, "kept"),
)
SAFE_TO_READ, NOBODY_JOINED, NOT_READ_OUT = (
    _step(DETAILS, "safe"),
    _step(DETAILS, "nothing"),
    _step(DETAILS, "kept"),
)
WHEN_TO_TEXT, SAME_TIMES = _step(HOURS, "when"), _step(HOURS, "kept")
WHO_ARE_YOU, NO_HELPERS = _step(WHO, "who"), _step(HELPERS, "none")

THANKS_ABOUT_YOU, SKIPPED = _words(about_you.THANKS), _words(about_you.SKIPPED)
LOOKS_AFTER, SKILLS, SUPPORT = (
    _step(flow, "ask") for flow in (about_you.LOOKS_AFTER, about_you.SKILLS, about_you.SUPPORT)
)
TOPIC_NAMES = ("Care at home", "Support for carers", "Charges and money", "Clear information", "When things go wrong")
TOPICS, THANKS_TOPICS = numbered(_step(about_you.TOPICS, "ask"), TOPIC_NAMES), _step(about_you.TOPICS, "thanks")
PROMOTIONS, THANKS_PROMOTIONS, ONLY_OURS = (
    _step(about_you.PROMOTIONS, which) for which in ("ask", "thanks", "only_ours")
)
HOW_OFTEN, EVERY_TWO_WEEKS, MONTHLY, ONLY_NEWS, AS_BEFORE = (
    _step(LESS, which) for which in ("how_often", "two_weeks", "month", "news", "before")
)
NOT_LESS, NOBODY_TO_STOP = _step(LESS, "kept"), _step(LESS, "nobody")
NEWS_WANTED, NEWS_GO_ON, NEWS_BEGUN, NEWS_OVER, NO_NEWS = (
    _step(NEWS, which) for which in ("ask", "go_on", "begun", "over", "none")
)
NEWS_GOES_ON, NEWS_ENDS = _words(everywhere.NEWS_GOES_ON), _words(everywhere.NEWS_ENDS)
WHICH_FORMAT, EASY_READ, BSL, AUDIO, LARGE_PRINT, TEXTS_ONLY, SAME_FORMAT = (
    _step(FORMAT, which) for which in ("which", "easy_read", "bsl", "audio", "large_print", "usual", "kept")
)
RHYTHM = _step(RHYTHM_FLOW, "what")
PLACE, THANKS_PLACE = _step(about_you.PLACE, "ask"), _step(about_you.PLACE, "thanks")
WAYS = _step(about_you.WAYS, "ask")
NEEDS, THANKS_NEEDS = _step(about_you.NEEDS, "ask"), _step(about_you.NEEDS, "thanks")
ALL_TOLD = _step(about_you.ALL_TOLD, "thanks")


def thanks(name: str) -> str:
    return _step(JOIN, "thanks", name=name)


def check(meant: str) -> str:
    return numbered(_words(engine_words.CHECK, meant=meant), ("Yes", "No"))


def kept(by: str = "5pm") -> str:
    return _words(everywhere.KEPT, by=by)


def kept_media(by: str = "5pm") -> str:
    return _words(everywhere.KEPT_MEDIA, by=by)


def asked(by: str = "Wednesday 25 November") -> str:
    return _words(everywhere.ASKED, answer_by=by)


def bereaved(by: str = "5pm") -> str:
    return _words(everywhere.BEREAVED, by=by)


def not_yet(by: str = "5pm") -> str:
    return _words(everywhere.NOT_YET, by=by)


def danger_closed(by: str) -> str:
    return _step(SAFETY, "closed", by=by)


def left(erased_on: str = "Monday 7 December") -> str:
    return _words(everywhere.LEFT, erased_on=erased_on)


def paused(until: str) -> str:
    return _step(PAUSE, "until", paused_until=until)


def pause_right(until: str) -> str:
    return _step(PAUSE, "sure", wished_day=until)


def only_then(begins: str, ends: str) -> str:
    return _step(HOURS, "sure", wished_from=begins, wished_until=ends)


def texts_come(begins: str, ends: str) -> str:
    return _step(HOURS, "done", text_from=begins, text_until=ends)


def format_right(wished: str) -> str:
    return _step(FORMAT, "sure", wished_format=wished)


def fewer(pace: str) -> str:
    return _step(DETAILS, "fewer", pace=pace)


def who(question: str, *names: str) -> str:
    """A question who writes, with the names that we offer."""
    return numbered(question, [*names, "Somebody else"])


def details(name: str, topics: str, area: str, needs: int) -> str:
    return _step(DETAILS, "held", name=name, topic_names=topics, district=area, needs_count=str(needs))
