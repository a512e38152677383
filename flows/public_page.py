"""What the public pages say: how to join, and what is open. What a poster says as well, they take from there."""

from __future__ import annotations

from language.wording import _

JOIN = _("How to join")
ON_A_PHONE = _("On your phone now? Choose one. It writes the text for you.")
WITH_CAMERA = _("On a computer? Point your phone's camera at a square.")
NEXT = _("What happens next")
NEXT_STEPS = _(
    "We answer by text, and ask if you would like to join. We tell you what we keep. Then you can say yes or no."
)
COSTS = _("What it costs")
STOPPING = _("How to stop")
TO_STOP = _("Text STOP at any time. We stop at once. To be taken off our list too, text LEAVE.")
CANNOT_JOIN = _("Nobody can join by text just now. Please look again soon.")

OPEN = _("What is open now")
YOU_CHOOSE = _("You choose what to take part in. We tell you what came of it.")
NOTHING_OPEN = _("Nothing is open just now. Please look again soon.")
FEED = _("News of what is open, for feed readers")
BACK = _("Back to what is open")
NOT_OPEN = _("This is not open now")
PERHAPS = _("It may be full, or over. See what else is open.")

SKIP = _("Skip to the main part")
IN_LANGUAGES = _("This page in other languages")
ABOUT_US = _("About this website")
STATEMENT = _("Accessibility statement")
KEEPING = _("What we keep, and why")
