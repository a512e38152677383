"""STORY: a member tells theirs in their own time, and says for each use by itself whether we may use it."""

from __future__ import annotations

from datetime import timedelta

from flows import predicates
from flows import story_predicates as story
from flows.grammar import Ask, Branch, Choice, Choose, Flow, Handover, More, Say
from language.wording import Words, _

# There they tell it: whatever they write is a part of it, unless it is plainly meant for something else.
TELLS = frozenset({"tell", "go_on", "kept", "sorry", "add", "new_words"})
_ON = _("Go on with your story here. When that is all, text DONE.")
_USES = (
    ("name", _("With my name")),
    ("first_name", _("First name only")),
    ("no_name", _("Without my name")),
)
_NO = _("No")


def _telling(text: Words, again: Words = _ON) -> Ask:
    return Ask(text, save="story_part", read="story", then="heard", skip="later", again=again)


def _agreeing(use: str, text: Words, then: str) -> Choose:
    said = tuple(Choice(name, label, then=then) for name, label in _USES)
    return Choose(text, save=f"story_{use}", choices=(*said, Choice("not", _NO, then=then, hears="no")), skip=then)


STORY = Flow(
    "story",
    start="member",
    values=frozenset({"council", "by", "story_stands", "story_down_by"}),
    nudge=_("{council}: you began to tell us your story, and we have kept it. STOP ends texts."),
    nudge_after=timedelta(days=7),
    lapse_after=timedelta(days=30),
    steps={
        "member": Branch(predicates.already_member, yes="told", no="join_first"),
        "join_first": Say(_("To tell us your story, please join us first."), then="join"),
        "join": Handover("join"),
        "told": Branch(story.is_told, yes="stands", no="begun"),
        "begun": Branch(story.is_begun, yes="go_on", no="about"),
        "about": Say(
            _("We would like to hear your story. A person here will read it. We use it nowhere unless you say yes."),
            then="tell",
        ),
        "tell": _telling(
            _(
                "Tell it in as many texts as you like, over days too. Please leave out other people's names. "
                "When that is all, text DONE."
            ),
            _("Tell us your story here. When that is all, text DONE."),
        ),
        "go_on": _telling(_("You have begun your story. Go on with it here. When that is all, text DONE.")),
        "add": _telling(_("Please go on with your story. When that is all, text DONE.")),
        "heard": Branch(story.is_all, yes="enough", no="room"),
        "enough": Branch(story.is_begun, yes="read", no="nothing_yet"),
        "nothing_yet": More(_("You have not told us anything yet."), then="tell"),
        "room": Branch(story.is_full, yes="full", no="sad"),
        "full": Say(_("That is as much as we can keep by text. Thank you for telling us all of it."), then="not_here"),
        "sad": Branch(story.is_sad, yes="sorry", no="kept"),
        "sorry": _telling(_("We are sorry. A person will read this by {by}. If you like, go on with your story here.")),
        "kept": _telling(
            _("Thank you. We have kept that. Go on when you like, even days later. When that is all, text DONE.")
        ),
        "later": Say(_("That is fine. To go on with your story, text STORY."), outcome="later"),
        "read": Branch(story.is_for_a_person, yes="not_here", no="right"),
        "not_here": Choose(
            _("We cannot send all of your story back here. How shall we read it to you?"),
            save="story_right",
            choices=(
                Choice("ring", _("By phone"), then="ring"),
                Choice("write", _("By letter"), then="write"),
                Choice("yes", _("No need, it is right"), then="yours"),
                Choice("change", _("Change it"), then="change"),
            ),
            skip="later",
        ),
        "ring": Say(
            _("Thank you. A person will see this by {by}, then ring you. We use nothing before you say yes."),
            outcome="ring",
        ),
        "write": Say(
            _("Thank you. A person will send you a letter. We use nothing before you say yes."), outcome="write"
        ),
        "right": Choose(
            _("That is your story. Is it right?"),
            save="story_right",
            choices=(
                Choice("yes", _("Yes"), then="yours", hears="yes"),
                Choice("change", _("Change it"), then="change", hears="no"),
                Choice("back", _("Take it back"), then="back"),
            ),
            skip="later",
        ),
        "change": Choose(
            _("What would you like to change?"),
            save="story_change",
            choices=(
                Choice("part", _("A part of it"), then="parts"),
                Choice("add", _("Add to it"), then="add"),
                Choice("anew", _("Tell it anew"), then="tell"),
                Choice("back", _("Take it back"), then="back"),
            ),
            skip="later",
        ),
        "parts": Branch(story.has_one_part, yes="new_words", no="which"),
        "which": Ask(
            _("Which part? Please text its number, like 2."),
            save="story_which",
            read="number",
            then="is_one",
            skip="later",
        ),
        "is_one": Branch(story.has_that_part, yes="new_words", no="no_such"),
        "no_such": More(_("There is no part with that number."), then="which"),
        "new_words": Ask(
            _("Please tell us that part as it should be, in one text."),
            save="story_changed",
            read="story",
            then="read",
            skip="later",
        ),
        "yours": Say(
            _("Thank you. We ask about each use by itself. You can change your mind at any time: just text STORY."),
            then="web",
        ),
        "web": _agreeing("web", _("May we put your story on our website?"), "training"),
        "training": _agreeing("training", _("May we use your story to teach our staff?"), "report"),
        "report": _agreeing("report", _("May we use your story in a report?"), "ended"),
        "ended": Branch(story.comes_down, yes="coming_down", no="agreed"),
        "coming_down": Say(
            _("Thank you. Where you said no, we take it down by {story_down_by}. We will tell you then."),
            outcome="told",
        ),
        "agreed": Branch(story.is_agreed, yes="thanks", no="for_us"),
        "thanks": Say(
            _("Thank you for your story. We use it only as you said. To change that, text STORY."), outcome="told"
        ),
        "for_us": Say(
            _("Thank you for telling us. We will not use your story anywhere. To change that, text STORY."),
            outcome="told",
        ),
        "stands": Say(_("We have your story. {story_stands}"), then="wants"),
        "wants": Choose(
            _("What would you like to do with your story?"),
            save="story_wants",
            choices=(
                Choice("add", _("Add to it"), then="add"),
                Choice("uses", _("Change how we use it"), then="web"),
                Choice("back", _("Take it back"), then="back"),
                Choice("keep", _("Leave it as it is"), then="left"),
            ),
            skip="left",
        ),
        "left": Say(_("That is fine. Nothing has changed."), outcome="left"),
        "back": Branch(story.is_used, yes="down_by", no="gone"),
        "down_by": Say(
            _("We have taken your story back. We take it down by {story_down_by}, and tell you then."),
            outcome="withdrawn",
        ),
        "gone": Say(_("We have taken your story back. Nobody will use it, and we delete it."), outcome="withdrawn"),
    },
)

# "Take my story down", from nowhere: it is done at once.
STORY_DOWN = Flow(
    "story_down",
    start="there",
    values=frozenset({"story_down_by"}),
    steps={
        "there": Branch(story.is_there, yes="used", no="none"),
        "used": Branch(story.is_used, yes="down_by", no="gone"),
        "down_by": STORY.steps["down_by"],
        "gone": STORY.steps["gone"],
        "none": Say(_("We have no story of yours. To tell us one, text STORY."), outcome="none"),
    },
)

# A colleague has taken it down wherever it was to come down.
STORY_IS_DOWN = Flow(
    "story_is_down",
    start="down",
    values=frozenset({"council"}),
    steps={
        "down": Say(
            _("{council}: we have taken your story down, as you asked. You do not need to reply. STOP ends texts.")
        )
    },
)

# How a use of it stands, as STORY tells it.
USES: tuple[tuple[str, Words], ...] = (
    ("web", _("Website: {named}.")),
    ("training", _("Staff teaching: {named}.")),
    ("report", _("Report: {named}.")),
)
NAMED = {
    "name": _("with your name"),
    "first_name": _("first name only"),
    "no_name": _("without your name"),
    "not": _("no"),
    "": _("not asked"),
}
