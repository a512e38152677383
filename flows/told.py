"""Told: what became of what somebody said, and what they say to that.

"You said, we will" goes to those who said it, each time that something happens to it. They are asked whether it is what
they meant, and in the end whether it is done. Whoever only was there is told, and asked nothing. What happens together
is one list.
"""

from __future__ import annotations

from datetime import timedelta

from flows import told_when
from flows.grammar import Ask, Branch, Choice, Choose, Flow, FromFacts, Say
from language.wording import _

# The most of a list: more is told of by a number, and by texting WHAT HAPPENED.
MOST = 9
_MEANT = (
    Choice("yes", _("Yes"), then="meant", hears="yes"),
    Choice("no", _("No"), then="not_meant", hears="no"),
)

# What we say without being asked. On a shared phone it begins with whom it is for.
OF_ITSELF = (
    *("promised", "promised_others", "cannot", "cannot_others", "moved", "done", "done_others", "kept"),
    *("not_confirmed", "stopped", "listed", "which_meant", "which_done", "which_right"),
)

TOLD = Flow(
    "told",
    start="begin",
    values=frozenset(
        {"council", "by", "commitment", "heard", "will", "because", "reason", "outcome", "done_by", "first_day"}
        | {"told_list", "told_more"}
    ),
    lapse_after=timedelta(days=7),
    steps={
        "begin": Branch(told_when.tells_of_several, yes="several", no="one"),
        "one": Branch(told_when.is_promised, yes="promise", no="no_promise"),
        "promise": Branch(told_when.they_said_it, yes="promised", no="promised_others"),
        "promised": Choose(
            _("{council}: you said {heard}. We will {will} by {done_by}. STOP ends texts. Is that what you meant?"),
            save="told_meant",
            choices=_MEANT,
            skip="left",
            one_line=True,
            again=_("You said {heard}. We will {will} by {done_by}. Is that what you meant?"),
        ),
        "promised_others": Say(
            _("{council}: people said {heard}. We will {will} by {done_by}. STOP ends texts."), outcome="told"
        ),
        "no_promise": Branch(told_when.cannot_be, yes="refusal", no="later"),
        "refusal": Branch(told_when.they_said_it, yes="cannot", no="cannot_others"),
        "cannot": Choose(
            _("{council}: you said {heard}. We can't, because {because}. STOP ends texts. Is that what you meant?"),
            save="told_meant",
            choices=_MEANT,
            skip="left",
            one_line=True,
            again=_("You said {heard}. We can't, because {because}. Is that what you meant?"),
        ),
        "cannot_others": Say(
            _("{council}: people said {heard}. We can't, because {because}. STOP ends texts."), outcome="told"
        ),
        "later": Branch(told_when.is_moved, yes="moved", no="over"),
        "moved": Say(
            _(
                "{council}: {commitment}. We said we would do it by {first_day}. "
                "Sorry, now it is by {done_by}.{reason} STOP ends texts."
            ),
            outcome="told",
        ),
        "over": Branch(told_when.is_done, yes="finished", no="settled"),
        "finished": Branch(told_when.they_said_it, yes="done", no="done_others"),
        "done": Choose(
            _("{council}: you said {heard}. {outcome} STOP ends texts. Is it done, as you see it?"),
            save="told_done",
            choices=(
                Choice("yes", _("Yes"), then="confirmed", hears="yes"),
                Choice("no", _("No"), then="not_done", hears="no"),
                Choice("cannot_tell", _("I can't tell"), then="unsure", hears="maybe"),
            ),
            skip="left",
            one_line=True,
            again=_("You said {heard}. {outcome} Is it done, as you see it?"),
        ),
        "done_others": Say(_("{council}: people said {heard}. {outcome} STOP ends texts."), outcome="told"),
        "settled": Branch(told_when.is_kept, yes="kept", no="unsettled"),
        "kept": Say(
            _("{council}: {commitment}. People who said it tell us that we have done it. STOP ends texts."),
            outcome="told",
        ),
        "unsettled": Branch(told_when.is_not_confirmed, yes="not_confirmed", no="stopped"),
        "not_confirmed": Say(
            _("{council}: {commitment}. We think that we have done it. If we have not, just text us. STOP ends texts."),
            outcome="told",
        ),
        "stopped": Say(
            _("{council}: {commitment}. Sorry, we will not do it after all.{reason} STOP ends texts."), outcome="told"
        ),
        "several": Branch(told_when.asks_which, yes="which", no="list"),
        "list": Branch(told_when.asks_nothing, yes="listed", no="asking"),
        "listed": Say(
            _("{council}: this came of what people told us.{told_more} STOP ends texts.\n{told_list}"), outcome="told"
        ),
        "asking": Branch(told_when.asks_only_what_was_meant, yes="which_meant", no="done_or_both"),
        "done_or_both": Branch(told_when.asks_only_whether_done, yes="which_done", no="which_right"),
        "which_meant": Choose(
            _(
                "{council}: this came of what you told us.{told_more} STOP ends texts. "
                "If one is not what you meant, reply with its number."
            ),
            save="told_wrong",
            choices=FromFacts("told_of", page=MOST),
            then="picked",
            many=True,
            skip="left",
            again=_("If one is not what you meant, reply with its number."),
        ),
        "which_done": Choose(
            _(
                "{council}: this came of what you told us.{told_more} STOP ends texts. "
                "Is each done? Reply YES, or the number of one that is not."
            ),
            save="told_wrong",
            choices=FromFacts("told_of", page=MOST),
            then="picked",
            many=True,
            skip="left",
            again=_("Is each done? Reply YES, or the number of one that is not."),
        ),
        "which_right": Choose(
            _(
                "{council}: this came of what you told us.{told_more} STOP ends texts. "
                "Is each right? Reply YES, or the number of one that is not."
            ),
            save="told_wrong",
            choices=FromFacts("told_of", page=MOST),
            then="picked",
            many=True,
            skip="left",
            again=_("Is each right? Reply YES, or the number of one that is not."),
        ),
        # Which of several they mean, who wrote of it without being asked.
        "which": Choose(
            _("Thank you for telling us. Which one do you mean?"),
            save="told_wrong",
            choices=FromFacts("told_of", page=MOST),
            then="picked",
            many=True,
            skip="left",
        ),
        "picked": Branch(told_when.said_more, yes="noted", no="one_is_picked"),
        "one_is_picked": Branch(told_when.picked_one, yes="what_is_wrong", no="left"),
        "what_is_wrong": Ask(
            _("Thank you for telling us. What is not right about it? A person will read what you write."),
            save="told_words",
            read="words",
            then="noted",
            skip="noted",
        ),
        "meant": Say(_("Thank you for telling us. We will text you what comes of it."), outcome="yes"),
        "not_meant": Branch(told_when.said_more, yes="noted", no="what"),
        "what": Ask(
            _("Thank you for telling us. What did you mean? A person will read what you write."),
            save="told_words",
            read="words",
            then="noted",
            skip="noted",
        ),
        "noted": Say(_("Thank you. A person will read this by {by}."), outcome="no"),
        "confirmed": Say(_("Thank you. That is good to know."), outcome="yes"),
        "not_done": Branch(told_when.said_more, yes="reopened", no="missing"),
        "missing": Ask(
            _("We are sorry. We will look at it again. What is still not right?"),
            save="told_words",
            read="words",
            then="reopened",
            skip="reopened",
        ),
        "reopened": Say(
            _("Thank you for telling us. It is open again. A person will read this by {by}."), outcome="no"
        ),
        "unsure": Say(_("That is fine. If you find out later, just text us."), outcome="cannot_tell"),
        "left": Say(_("That is fine. Thank you all the same."), outcome="left"),
    },
)
