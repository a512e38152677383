"""What a voice says to somebody who rings the number that is for texts."""

from __future__ import annotations

from language.wording import _

HELLO = _("Hello. This is {council}. This number is for texts. You can text us at any time.")
IN_DANGER = _("If you are in danger, ring {emergency} now.")
PRESS = _("To talk to a person, press 1. We will ring you back by {by}.")
NOTED = _("Thank you. A person will ring you back by {by}.")
NO_NUMBER = _("We cannot see your number, so we cannot ring you back. Please text us.")
NO_NUMBER_CARE = _("We cannot see your number, so we cannot ring you back. Please text us, or ring {care_line}.")
NOT_NOTED = _("Sorry, that did not work. Please text us, or ring again later.")
RANG_OFTEN = _("You have rung us several times. Please text us, and a person will read it by {read_by}.")
GOODBYE = _("Thank you for ringing. Goodbye.")
