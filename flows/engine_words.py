"""What the engine itself says, in any flow."""

from __future__ import annotations

from collections.abc import Mapping

from flows.grammar import Offer
from language.wording import Words, _, _c

YES_NO = (Offer("yes", _("Yes"), "yes"), Offer("no", _("No"), "no"))
CHECK = _("Just to check. Did you mean: {meant}?")
MORE = _c("see the next choices", "More")
# What a choice that is never shown is called, when we check that it was meant.
UNSEEN: Mapping[str, Words] = {"under_18": _("I am under 18"), "later": _("Ask me later")}
NEEDED = _("We need an answer to this one, to go on. Or text STOP, and we will stop.")
WILL_ANSWER = _("We will answer by {answer_by}.")
A_PERSON_WILL_READ = _("Thank you. A person will read what you wrote by {by}. There is nothing more you need to do.")
HINT_OPEN = _("Please tell us in a few words. Or text CALL, to talk to a person.")
HINT_NUMBER = _("Please reply with a number, like 3. Or text CALL, to talk to a person.")
HINT_RATING = _("Please reply with a number, from 1 (bad) to 5 (very good). Or text SKIP.")
HINT_COUNT = _("Please text a number, like 2.")
HINT_PHONE = _("Please text the whole phone number.")
HINT_FOR: Mapping[str, Words] = {"number": HINT_NUMBER, "phone": HINT_PHONE}
HINTS: Mapping[int, Words] = {
    1: _("Please reply 1. Or just tell us, and a person will read it."),
    2: _("Please reply 1 or 2. Or just tell us, and a person will read it."),
    3: _("Please reply 1, 2 or 3. Or just tell us, and a person will read it."),
    4: _("Please reply with a number, 1 to 4. Or just tell us, and a person will read it."),
    5: _("Please reply with a number, 1 to 5. Or just tell us, and a person will read it."),
    6: _("Please reply with a number, 1 to 6. Or just tell us, and a person will read it."),
    7: _("Please reply with a number, 1 to 7. Or just tell us, and a person will read it."),
    8: _("Please reply with a number, 1 to 8. Or just tell us, and a person will read it."),
    9: _("Please reply with a number, 1 to 9. Or just tell us, and a person will read it."),
}
VALUES = frozenset({"answer_by", "by", "meant"})
