"""What the pages and papers say on which everybody sees what was promised, and how it stands."""

from __future__ import annotations

from language.wording import _

PROMISES = _("What we promised")
NOBODY_CHANGES = _("Nobody can change this page. It is made from what is on record.")
IN_NUMBERS = _("In numbers")
ALL_SO_FAR = _("All so far")
BY_MONTH = _("Month by month")
BY_PROJECT = _("Project by project")
MONTH = _("Month")
PROJECT = _("Project")
NO_PROJECT = _("No project")
KEPT = _("Kept by the first day")
LATE = _("Late")
MOVED = _("Moved to another day")
NO_ANSWER = _("No answer yet")
WHAT_LATE_IS = _("Late means that the day is over and it is not done. Or it was done after the first day we gave.")
WHAT_NO_ANSWER_IS = _("No answer means that we say it is done, and nobody has told us if it is.")
NOTHING_YET = _("Nothing was promised here yet.")

# What stands over those that stand alike.
NOW_LATE = _("Late now")
NOW_UNANSWERED = _("Done, we say")
NOW_MOVED = _("To be done, by another day than the first")
NOW_OPEN = _("To be done")
NOW_KEPT = _("Kept")
NOW_KEPT_LATE = _("Kept, but late")
NOW_CANNOT = _("What we can't do")
NOW_STOPPED = _("What we gave up")

# How one stands.
IS_LATE = _("It is late.")
IS_UNANSWERED = _("Done, we say. The people who asked for it have not told us if it is.")
IS_MOVED = _("We are working on it. The day was moved.")
IS_OPEN = _("We are working on it.")
IS_KEPT = _("Kept, say the people who asked for it.")
IS_KEPT_LATE = _("Kept, but late, say the people who asked for it.")
IS_CANNOT = _("We can't do this.")
IS_STOPPED = _("We will not do this after all.")
WAS_LATE = _("It was late once.")
NOT_YET = _("We said that it was done. It was not, said people who asked for it.")
NOT_READ = _("Somebody wrote back about this. Nobody has read it yet.")

# Beside a day or what somebody of ours wrote.
YOU_SAID = _("You said {heard}.")
WE_WILL = _("We will {will}.")
WE_CANT = _("We can't, because {why}.")
FIRST_DAY = _("First day")
MOVED_TO = _("Moved to")
DONE_ON = _("Done, we said, on")
WHAT_WE_DID = _("What we did")
WHY = _("Why")
NO_REASON = _("No reason is on record.")
WHO = _("Who promised it")

TAKE_PART = _("Take part, or ask")
HOW_TO_ASK = _("Do you want to take part, or ask about this? Write to us.")
TO_PRINT = _("To print (PDF)")
TO_PRINT_LARGE = _("To print in large letters (PDF)")
NEWS = _("News of what we promised, for feed readers")
NOT_HERE = _("There is nothing here now")
LINK_OVER = _("Perhaps there is a new link. Ask whoever gave you this one.")
MADE_ON = _("Made on {day}")
PAGE = _("Page {page} of {pages}")
