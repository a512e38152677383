"""Interest: whether somebody would like to take part in a project. More is told one screen at a time.

Each question saves the same answer, so that the latest clear one counts. After a yes, the flow "placed" says how they
stand.
"""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows.grammar import Branch, Choice, Choose, Flow, Handover, More, Say
from flows.placed import GOES_ON
from language.wording import Words, _

ABOUT_PROJECT = frozenset(
    {
        "project",
        "aim",
        "involves",
        "time",
        "payment",
        "expenses",
        "place",
        "starts",
        "rung_sentence",
        "chairs",
        "places_how",
    }
)
_AGAIN = _("Would you like to take part?")
_YES = Choice("yes", _("I'm interested"), then="yes", hears="yes")
_NO = Choice("no", _("Not for me"), then="not_for_them", hears="no")
_LATER = Choice("later", None, then="not_now", hears="later")


def _asking(more: str | None, text: Words = _AGAIN) -> Choose:
    """The question, with the screen that "Tell me more" leads to, while there is one."""
    tell = (Choice("more", _("Tell me more"), then=more, hears="more"),) if more else ()
    return Choose(text, save="interest", choices=(_YES, *tell, _NO, _LATER), skip="later", again=_AGAIN)


INTEREST = Flow(
    "interest",
    start="begin",
    values=ABOUT_PROJECT | {"council"},
    lapse_after=timedelta(days=14),
    steps={
        "begin": Branch(predicates.found_it_themselves, yes="aim", no="ask"),
        "aim": More(_("{project}. {aim}"), then="ask"),
        "ask": _asking("what", _("{project}: would you like to take part?")),
        "what": More(_("{involves} It takes {time}."), then="ask2"),
        "ask2": _asking("where"),
        "where": Branch(predicates.is_paid, yes="paid", no="unpaid"),
        "paid": More(
            _("Where: {place}. When: {starts}. {payment} {expenses} Pay may change benefits. Ask an adviser first."),
            then="ask3",
        ),
        "unpaid": More(_("Where: {place}. When: {starts}. There is no pay. {expenses}"), then="ask3"),
        "ask3": _asking("say"),
        "say": More(_("{rung_sentence} {chairs} {places_how}"), then="ask4"),
        "ask4": _asking(None),
        "yes": Handover("placed"),
        "not_for_them": Branch(predicates.gives_a_place_back, yes="given_back", no="no"),
        "not_now": Branch(predicates.gives_a_place_back, yes="given_back", no="later"),
        "given_back": Say(GOES_ON, outcome="given_back"),
        "no": Say(_("Thank you for telling us. We will not ask you about this again."), outcome="no"),
        "later": Say(
            _("That is fine. We may ask you again. To see what is open, at any time, text PROJECTS."), outcome="later"
        ),
    },
)
