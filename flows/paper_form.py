"""What the paper form says. The words of the agreement itself are those of joining by text."""

from __future__ import annotations

from language.wording import _

TITLE = _("Join us on paper")
WE_ARE = _("We are {council}.")
ABOUT_YOU = _("About you")
HOW = _("Please write in capital letters. You can leave things out, but not those with a star (*).")

NAME = _("Your first name *")
MOBILE = _("Your mobile number")
OTHERWISE = _("If you have no mobile, write your home phone number or your address. We will ring or write.")
LANGUAGE = _("Which language shall we use? Tick one.")
DISTRICT = _("The first half of your postcode")
TOPICS = _("What would you like to hear about? Tick as many as you like.")
NEEDS = _("What would help you to take part? For example, large print or an interpreter.")

KEPT = _("What we keep")
AGREEMENT = _("Do you agree? *")
SIGNED = _("Sign here *")
TODAY = _("Today's date *")

NEXT = _("What happens next")
CHECKED = _("We will send you one text, to check with you. You join when you say yes to it.")
HAND_IN = _("Please give this form back to the person you had it from.")
HAND_IN_TO = _("Please give this form to {partner}.")
STOP = _("You can change your mind. To stop our texts, text STOP.")

FOOT = _("Code {code}. Agreement {version}.")
PLAIN_FOOT = _("Agreement {version}.")
PAGE = _("Page {page} of {pages}")
