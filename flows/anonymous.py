"""What is said to whoever tells us something without their name being kept."""

from __future__ import annotations

from language.wording import _

NO_NAME = _("We will not keep your name with this, unless someone is in danger.")
# The same where they ask for it in the middle: what they said before loses their name too.
NO_NAME_NOW = _(
    "OK. We will not keep your name with this, unless someone is in danger. We take it off what you said so far too."
)
FEW_CAME = _("Only a few people came, so they may guess who said what.")
# Their question stood beside an answer, and both went without a name.
ASK_US_LATER = _("If you asked us something, please ask again after this. We need to know who asks.")
# A voice or a picture came: nothing that could be kept without who sent it.
ONLY_WORDS = _("We did not keep that: a voice or a picture may show who you are. Please tell us in words.")
