"""PROJECTS: what is open to whoever asks. A stranger joins first, and then hears more about what they picked."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choose, Flow, FromFacts, Handover, Say
from language.wording import _

PROJECTS = Flow(
    "projects",
    start="begin",
    steps={
        "begin": Branch(predicates.something_is_open, yes="ask", no="none"),
        "ask": Choose(
            _("Which one would you like to hear about?"),
            save="project",
            choices=FromFacts("open_projects"),
            then="who",
            skip="left",
        ),
        "who": Branch(predicates.already_member, yes="interest", no="join"),
        "interest": Handover("interest"),
        "join": Handover("join"),
        "none": Say(
            _(
                "Nothing is open just now. You can text PROJECTS again at any time. "
                "To see what else you can do, text MENU."
            ),
            outcome="none",
        ),
        "left": Say(_("That is fine. You can text PROJECTS again at any time."), outcome="left"),
    },
)
