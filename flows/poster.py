"""What posters and cards say, so that people know what to text: our number stands after it."""

from __future__ import annotations

from language.wording import _

POSTER = _("Help us make care better, if you are 18 or over. Text JOIN {code} to this number:")

HEADLINE = _("Help us make care better")
WHO = _("You may use care, or look after someone. Tell us what works, and what does not.")

TEXT = _("Text this:")
TO_NUMBER = _("to this number:")
TO_WHATSAPP = _("to this number, on WhatsApp:")
TO_TELEGRAM = _("to this name, on Telegram:")
CAMERA = _("Or point your phone's camera at a square. It writes the text for you.")
BY_TEXT = _("Text message")
SQUARE = _("A square code for a phone's camera. It writes {text} to {number}.")

ADULTS = _("You need to be 18 or over.")
COST = _("It is free. Your texts cost the same as usual.")
STOP = _("To stop our texts, text STOP.")
NEXT = _("First we tell you what we keep. Then you can say yes or no.")
KEPT = _("What we keep, and why: {privacy_url}")
AGREEMENT = _("Agreement {version}")

# What a card has room for.
SHORT_COST = _("Usual text cost.")

# A project's own poster.
HEAR_MORE = _("To hear more, text this:")
INVOLVES = _("What you would do")
TIME = _("How much time")
WHEN = _("When")
FROM_TO = _("{starts} to {ends}")
WHERE = _("Where")
PAY = _("What you get")
SAY = _("How much say you have")
