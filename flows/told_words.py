"""What became of what somebody said, in few words: a line of a list; and in whole sentences, as it is said aloud."""

from __future__ import annotations

from collections.abc import Mapping

from language.wording import Words, _

_DONE = _("{commitment}: done, we think")
# A line each, by what happened to it (storage.commitments.Event) or how it stands (CommitmentState).
LINES: Mapping[str, Words] = {
    "promised": _("{commitment}: we will, by {done_by}"),
    "open": _("{commitment}: we will, by {done_by}"),
    "moved": _("{commitment}: now by {done_by}"),
    "cannot": _("{commitment}: we can't"),
    "done": _DONE,
    "not_confirmed": _DONE,
    "kept": _("{commitment}: done"),
    "stopped": _("{commitment}: we will not do it"),
}
# As a colleague says it on the phone, or writes it in a letter.
ALOUD: Mapping[str, Words] = {
    "promised": _("You said {heard}. We will {will} by {done_by}."),
    "cannot": _("You said {heard}. We can't, because {because}."),
    "moved": _("{commitment}: we said that we would do it by {first_day}. Now it is by {done_by}.{reason}"),
    "done": _("You said {heard}. We think that we have done it. {outcome}"),
    "kept": _("{commitment}: people who said it tell us that we have done it."),
    "not_confirmed": _("{commitment}: we think that we have done it. Nobody has told us whether that is so."),
    "stopped": _("{commitment}: we will not do it after all.{reason}"),
}
# The same of what they heard others say, where they were.
ALOUD_OF_OTHERS: Mapping[str, Words] = {
    "promised": _("People said {heard}. We will {will} by {done_by}."),
    "cannot": _("People said {heard}. We can't, because {because}."),
    "done": _("People said {heard}. We think that we have done it. {outcome}"),
}
ASKED: Mapping[str, Words] = {
    "meant": _("Is that what you meant?"),
    "done": _("Is it done, as you see it?"),
}
# After the sentence before, where a reason is given.
REASON = _("Why: {why}.")
# After the first sentence of a list, where there is more than fits.
MORE = _("And {number} more: text WHAT HAPPENED.")
THANKED = _("Thank you for telling us. It helps us to go on.")
