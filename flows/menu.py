"""MENU: what a person can do by text."""

from __future__ import annotations

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Handover
from language.wording import _

MENU = Flow(
    "menu",
    start="what",
    steps={
        "what": Choose(
            _("What would you like to do?"),
            save="menu",
            choices=(
                Choice("about", _("Join, or tell us more"), then="member"),
                Choice("topics", _("Change my topics"), then="may_change"),
                Choice("details", _("See my details"), then="details"),
                Choice("rhythm", _("Texts and news"), then="rhythm"),
                Choice("language", _("Change language"), then="language"),
                Choice("call", _("Talk to a person"), then="call"),
                Choice("helpers", _("Who helps me"), then="helpers"),
                Choice("projects", _("See what is open"), then="projects"),
                Choice("meetings", _("See my meetings"), then="meetings"),
            ),
        ),
        "member": Branch(predicates.already_member, yes="next", no="join"),
        "may_change": Branch(predicates.already_member, yes="topics", no="join"),
        "next": Handover("next"),
        "join": Handover("join"),
        "topics": Handover("topics"),
        "details": Handover("details"),
        "rhythm": Handover("rhythm"),
        "language": Handover("language"),
        "call": Handover("call"),
        "helpers": Handover("helpers"),
        "projects": Handover("projects"),
        "meetings": Handover("meetings"),
    },
)
