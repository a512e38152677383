"""WHAT HAPPENED: what became of what somebody said. Titles and how each stands: nothing else is read out."""

from __future__ import annotations

from datetime import timedelta

from flows import told_when
from flows.grammar import Ask, Branch, Choose, Flow, FromFacts, Say
from language.wording import _

HAPPENED = Flow(
    "happened",
    start="begin",
    values=frozenset({"council", "by"}),
    lapse_after=timedelta(days=1),
    steps={
        "begin": Branch(told_when.something_happened, yes="ask", no="none"),
        "ask": Choose(
            _("This came of what you told us. To say something about one, reply with its number."),
            save="about_one",
            choices=FromFacts("happened", page=5),
            then="what",
            many=True,
            skip="left",
        ),
        "what": Ask(
            _("What would you like to say? A person will read it."),
            save="said_of_one",
            read="words",
            then="noted",
            skip="left",
        ),
        "noted": Say(_("Thank you. A person will read this by {by}."), outcome="noted"),
        "none": Say(
            _(
                "Nothing has come of what you told us yet. We will text you when we act on it, or why we can't. "
                "To see what you can do, text MENU."
            ),
            outcome="none",
        ),
        "left": Say(_("That is fine. You can text WHAT HAPPENED at any time."), outcome="left"),
    },
)
