"""LANGUAGE: which language we write in. One that we cannot write brings a person."""

from __future__ import annotations

from flows import everywhere, predicates
from flows.grammar import Branch, Choose, Flow, FromFacts, Say
from language.wording import _

CHOOSE_LANGUAGE = Flow(
    "language",
    start="which",
    values=frozenset({"by"}),
    steps={
        "which": Choose(
            _("Which language shall we write in?"), save="language", choices=FromFacts("languages"), then="can_we"
        ),
        "can_we": Branch(predicates.speaks_it, yes="done", no="not_yet"),
        "done": Say(everywhere.LANGUAGE_SET, outcome="language"),
        "not_yet": Say(everywhere.NOT_YET, outcome="language_wanted"),
    },
)
