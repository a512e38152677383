"""What those who came to a meeting are told of what was said about it: sentences that a draft is put together from."""

from __future__ import annotations

from language.wording import _

CAME = _("{council}: thank you for coming to {meeting}, {day}.")
ANSWERED = _("About {number} of you told us how it was.")
MIDDLE = _("Half of you gave it {rating} out of 5, or more.")
HEARD = _("About {number} of you felt heard.")
SPOKE = _("You spoke about: {themes}.")
WILL = _("We will {will} by {due}.")
WILL_SOME_DAY = _("We will {will}.")
CANNOT = _("You said {heard}. We can't, because {why}.")
TO_COME = _("We will tell you what we do because of it.")
