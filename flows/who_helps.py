"""MY HELPERS: who is texted for a member, or answers for them, and how the member ends it."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choose, Flow, FromFacts, Say
from language.wording import _

HELPERS = Flow(
    "helpers",
    start="any",
    steps={
        "any": Branch(predicates.has_helpers, yes="which", no="none"),
        "which": Choose(
            _("These people help you with our texts. Whose help shall we end?"),
            save="helper",
            choices=FromFacts("helpers"),
            then="chosen",
            skip="kept",
        ),
        "chosen": Branch(predicates.chose_a_helper, yes="ended", no="kept"),
        "ended": Say(_("Thank you. They will not help with your texts any more."), outcome="ended"),
        "kept": Say(_("That is fine. Nothing has changed."), outcome="kept"),
        "none": Say(_("Nobody helps you with our texts. If you would like somebody to, text CALL."), outcome="told"),
    },
)
