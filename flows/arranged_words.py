"""What is arranged for people, in words: as one of a list, as booked, and as what could not be had.

By the kinds of thing that `language.arranging` knows.
"""

from __future__ import annotations

from collections.abc import Mapping

from language.wording import Words, _

ALL_WELL = _("Thank you. We keep it as it is.")
WHAT_ELSE = _("Thank you. What is different? No need to say why.")

# In a list, after a colon.
NAMES: Mapping[str, Words] = {
    "bsl": _("BSL interpreter"),
    "interpreter": _("interpreter"),
    "step_free": _("no steps"),
    "transport": _("transport"),
    "support_worker": _("support worker"),
    "assistant": _("your own assistant"),
    "sitting": _("cover at home"),
    "large_print": _("large print"),
    "easy_read": _("easy read"),
    "loop": _("hearing loop"),
    "captions": _("captions"),
    "parking": _("parking"),
    "quiet": _("quiet room"),
    "food": _("food"),
    "other": _("what else you told us"),
}

BOOKED: Mapping[str, Words] = {
    "bsl": _("Your BSL interpreter is booked."),
    "interpreter": _("Your interpreter is booked."),
    "step_free": _("You can get in without steps."),
    "transport": _("Your transport is booked."),
    "support_worker": _("Your support worker is booked."),
    "assistant": _("There is room for your assistant."),
    "sitting": _("Your cover at home is booked."),
    "large_print": _("You will get large print."),
    "easy_read": _("You will get easy read."),
    "loop": _("There is a hearing loop for you."),
    "captions": _("There are captions for you."),
    "parking": _("There is a parking space for you."),
    "quiet": _("There is a quiet room for you."),
    "food": _("There is food for you."),
    "other": _("What else you asked for is arranged."),
}

# After "sorry,".
COULD_NOT: Mapping[str, Words] = {
    "bsl": _("we could not book a BSL interpreter."),
    "interpreter": _("we could not book an interpreter."),
    "step_free": _("we could not find a room without steps."),
    "transport": _("we could not book transport."),
    "support_worker": _("we could not book a support worker."),
    "assistant": _("we could not make room for your assistant."),
    "sitting": _("we could not find cover at home."),
    "large_print": _("we could not get large print."),
    "easy_read": _("we could not get easy read."),
    "loop": _("we could not get a hearing loop."),
    "captions": _("we could not book captions."),
    "parking": _("we could not get a parking space."),
    "quiet": _("we could not get a quiet room."),
    "food": _("we could not get the food you need."),
    "other": _("we could not arrange what else you asked for."),
}
