"""Places: how somebody stands who wants to take part, what came of it later, and a place that is free for them now."""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows.everywhere import PROJECT_CLOSED
from flows.grammar import Branch, Choice, Choose, End, Flow, Handover, Say
from language.wording import _

GOES_ON = _("Thank you for telling us. The place goes to the next person. To see what else is open, text PROJECTS.")

# Right after a yes. Then the project's own questions, where it has some.
PLACED = Flow(
    "placed",
    start="begin",
    values=frozenset({"council", "project", "place_number", "decided_on"}),
    steps={
        "begin": Branch(predicates.has_closed, yes="closed", no="open"),
        "closed": Say(PROJECT_CLOSED, outcome="closed"),
        "open": Branch(predicates.has_a_place, yes="place", no="queue"),
        "place": Say(_("Thank you. You have a place: {project}. A person will tell you what comes next."), then="more"),
        "queue": Branch(predicates.waits_for_a_place, yes="waiting", no="fair"),
        "waiting": Say(
            _(
                "Thank you. There is no free place just now. You are number {place_number} in line. "
                "We will text you if a place is free."
            ),
            then="more",
        ),
        "fair": Branch(predicates.waits_for_the_draw, yes="draw", no="chosen"),
        "draw": Say(
            _(
                "Thank you. There may be more people than places. Then we draw names by chance, so that it is fair. "
                "We draw {decided_on}, and will text you either way."
            ),
            then="more",
        ),
        "chosen": Branch(predicates.waits_to_be_chosen, yes="choose", no="noted"),
        "choose": Say(
            _("Thank you. We will choose people {decided_on}. We will text you either way, and tell you why."),
            then="more",
        ),
        "noted": Say(_("Thank you. We have noted that you are interested. A person will text you."), then="more"),
        "more": Branch(predicates.has_questions_to_answer, yes="set", no="end"),
        "set": Handover("set"),
        "end": End("placed"),
    },
)

# What came of it, some days later.
PLACE_NEWS = Flow(
    "place_news",
    start="begin",
    values=frozenset({"council", "project", "place_number", "drawn", "places_in_all"}),
    steps={
        "begin": Branch(predicates.was_drawn, yes="by_draw", no="by_us"),
        "by_draw": Branch(predicates.has_a_place, yes="won", no="drawn"),
        "won": Say(
            _(
                "{council}: you have a place. {project}. {drawn} people wanted {places_in_all} places, "
                "so we drew names by chance. A person will tell you what comes next."
            ),
            outcome="told",
        ),
        "drawn": Say(
            _(
                "{council}: thank you for wanting to take part. {project}. {drawn} people wanted {places_in_all} "
                "places, so we drew names by chance. You are number {place_number} in line. To see what else is open, "
                "text PROJECTS."
            ),
            outcome="told",
        ),
        "by_us": Branch(predicates.has_a_place, yes="got", no="waits"),
        "got": Say(
            _("{council}: you have a place. {project}. A person will tell you what comes next."), outcome="told"
        ),
        "waits": Branch(predicates.waits_for_a_place, yes="in_line", no="sorry"),
        "in_line": Say(
            _(
                "{council}: thank you for wanting to take part. {project}. There is no free place just now. "
                "You are number {place_number} in line. We will text you if a place is free."
            ),
            outcome="told",
        ),
        "sorry": Say(
            _(
                "{council}: thank you for wanting to take part. {project}. There were too few places this time, "
                "and we had to choose. We would like to hear from you. To see what else is open, text PROJECTS."
            ),
            outcome="told",
        ),
    },
)

# Somebody gave a place back: it is theirs who waited longest, if they say so in time.
OFFER = Flow(
    "offer",
    start="ask",
    values=frozenset({"council", "project", "offer_by"}),
    lapse_after=timedelta(days=7),
    steps={
        "ask": Choose(
            _("{council}: a place is free. {project}. Please reply by {offer_by}. Would you like it?"),
            save="offered",
            choices=(
                Choice("yes", _("Yes"), then="yes", hears="yes"),
                Choice("no", _("No"), then="no", hears="no"),
            ),
            skip="no",
        ),
        "yes": Handover("placed"),
        "no": Say(GOES_ON, outcome="no"),
    },
)
