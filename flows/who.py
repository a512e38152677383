"""Who is writing, where several people share one phone. Asked once a conversation."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choose, Flow, FromFacts, Handover
from language.wording import _

WHO = Flow(
    "who",
    start="who",
    steps={
        "who": Choose(
            _("More than one person uses this phone. Who are you?"),
            save="who",
            choices=FromFacts("people_here"),
            then="known",
        ),
        "known": Branch(predicates.says_someone_known, yes="go_on", no="join"),
        "go_on": Handover("asked"),
        "join": Handover("join"),
    },
)
