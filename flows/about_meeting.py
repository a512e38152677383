"""What we say of a meeting to whoever asks about it, or tells us how they come, without a question of ours."""

from __future__ import annotations

from language.wording import _

# What they ask, after which meeting it is about.
HEAD = _("{meeting}, {day}, {time} to {ends}.")
IT_IS_AT = _("It is at {where}.")
JOIN_HERE = _("To join online, open {link}")
DIAL_IN = _("To join by phone, ring {dial_in}")
MAY_BRING = _("Yes, you may bring people.")
IS_ON = _("It is on.")
IS_ON_CHANGED = _("It is on. There was a change, and this is how it is now.")
IS_OFF = _("Sorry, we have cancelled it.")
# What they tell us, days before it.
KNOWN = _("Thank you. We know that you come: {meeting}, {day}, {time}.")
WILL_BE_LATE = _("Thank you for telling us. We have noted that you will be late: {meeting}, {day}.")
# On the day: whom we have told, and what helps.
TOLD_HOST = _("Thank you for telling us. We have told {host}.")
TOLD_TEAM = _("Thank you for telling us. We have told our team.")
WILL_READ = _("Thank you for telling us. A person will read this by {by}.")
COME = _("Come when you can.")
NOT_THIS_TIME = _("We have noted that you can't come this time: {meeting}.")
# They had said no, and can come while it goes on, or has just ended.
AFTER_ALL = _("Thank you. We have noted that you come after all: {meeting}.")
IS_FULL = _("Sorry, there is no free place now: {meeting}. Thank you for telling us. To see what is on, text MEETINGS.")
IS_OVER = _("Sorry, it is over now: {meeting}. Thank you for telling us. To see what is on, text MEETINGS.")
VALUES = frozenset({"meeting", "day", "time", "ends", "where", "link", "dial_in", "host"})
