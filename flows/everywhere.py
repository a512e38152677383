"""What we say to the words that work anywhere, and to what no conversation was waiting for."""

from __future__ import annotations

from collections.abc import Mapping

from language.wording import Words, _

STOPPED = _(
    "We have stopped. {council} will not text you again. If you change your mind, text START. "
    "To be taken off our list too, text LEAVE."
)
STARTED = _("Welcome back. {council} will text you again, once a week at most. To see what you can do, text MENU.")
JOINED_WITH_HELP = _(
    "{council} here. You told us that you want to join, and now you are on our list. "
    "We text once a week at most. To end our texts, send STOP."
)
HELP = _(
    "{council} here. To see what you can do, text MENU. To talk to a person, text CALL. "
    "To end our texts, send STOP. In danger, call {emergency}."
)
WHO_WE_ARE = _(
    "{council} here. We ask people how to make care better. You texted us, or gave us your number, "
    "or asked a charity to. To end our texts, send STOP."
)
LEFT = _(
    "We have taken you off our list. On {erased_on} we will delete what we hold. "
    "If you change your mind before then, text START."
)
# The same for a member and a stranger: it must tell nobody who has joined, and bid no member to join.
KEPT = _("Thank you. A person will read this by {by}. To see more, text MENU. If you are new to us, text JOIN.")
ASKED = _("Thank you for asking. We will answer by {answer_by}.")
AUTOMATIC = _("This is an automatic answer. A person will read your message too.")
ABOUT_QUESTION = _("{council} here, about your question:")
NOT_KNOWN_YET = _(
    "{council} here. Sorry, we do not know the answer to your question yet. We will tell you by {answer_by}."
)
KEPT_MEDIA = _("Thank you. A person will look at what you sent by {by}. You can also tell us in words.")
AS_WE_HEARD = _("{council} here. We heard your voice note as:")
SEEN_AS = _("{council} here. We read what you sent as:")
IF_WRONG = _("If that is wrong, just text us.")
WRONG_PERSON = _("Sorry to have troubled you. We will not text this number again. A person will check our list.")
BEREAVED = _("We are very sorry. We will not send any more texts. A person will read this by {by}.")
STALE_BUTTON = _("That question has passed. Thank you all the same. To see what you can do, text MENU.")
GREETING = _(
    "Hello, {council} here. To join us, text JOIN. To see what you can do, text MENU. To end our texts, send STOP."
)
NOT_YET = _("Sorry, we cannot write in that language yet. A person will read this by {by}, and find a way.")
# Under each part of our news but the last, and under that.
NEWS_GOES_ON = _("To read more, text MORE.")
NEWS_ENDS = _("That is all for this month.")
LANGUAGE_SET = _("Thank you. We will write in English.")
PLAINER = _("OK. We will use easier words from now on. To change back, text NORMAL WORDS.")
PLAINER_LATER = _(
    "Sorry that was hard to follow. A person will write to you in easier words by {by}. To talk to a person, text CALL."
)
NORMAL_AGAIN = _("OK. We will use our usual words again.")
UNSURE_OF_STOP = _("Thank you. A person will read this by {by}. To end our texts now, send STOP.")
CALENDAR = _("{meeting}, {day}, {time}. To put it in your calendar, open this: {calendar}")
NO_CALENDAR = _("You are not coming to a meeting just now. To see what is on, text MEETINGS.")
PROJECT_CLOSED = _("That is closed now. Thank you all the same. To see what else is open, text PROJECTS.")
# What may be asked for again in easier words, by the end of its wording key.
TOLD: Mapping[str, Words] = {
    "start": STARTED,
    "help": HELP,
    "who": WHO_WE_ARE,
    "kept": KEPT,
    "asked": ASKED,
    "kept_media": KEPT_MEDIA,
    "stale": STALE_BUTTON,
    "no_calendar": NO_CALENDAR,
    "project_closed": PROJECT_CLOSED,
    "greeting": GREETING,
    "language_wanted": NOT_YET,
}
VALUES = frozenset({"council", "emergency", "erased_on", "by", "answer_by", "meeting", "day", "time", "calendar"})
