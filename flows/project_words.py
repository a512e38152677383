"""What people read about any project: how much say they have in it, and what we say where nothing else is written."""

from __future__ import annotations

from collections.abc import Mapping

from language.wording import Words, _

# One honest sentence for each rung, least say first; the names are those of storage.projects.Rung.
RUNGS: Mapping[str, Words] = {
    "coercion": _("This is decided already. You cannot change it."),
    "educating": _("We explain how things work. You do not decide."),
    "informing": _("We tell you what was decided, and why."),
    "consultation": _("We ask what you think. Then we decide."),
    "engagement": _("You help us shape it. We decide in the end."),
    "co_design": _("You help plan it from the start. We run it."),
    "co_production": _("You plan, decide and do it with us, as equals."),
}
UNPAID = _("This is not paid.")
# So many characters of what is written about a project the screens of flows.interest have room for, in every language.
ROOM: Mapping[str, int] = {"aim": 120, "involves": 120, "time": 55}
# These stand on one screen: so many they may have together.
TOGETHER = ("place", "payment", "expenses")
ROOM_TOGETHER = 96
