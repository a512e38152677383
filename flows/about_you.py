"""Getting to know a member: one short question each, asked when it is useful, a week apart."""

from __future__ import annotations

from dataclasses import replace

from flows import predicates
from flows.grammar import Ask, Branch, Choice, Choose, Flow, FromFacts, Question, Say
from language.wording import Words, _

VALUES = frozenset({"council", "name"})
THANKS = _("Thank you. It helps us ask you about the right things.")
# On a phone that several share, the question begins with whom it is for.
FOR_ONE = _("For {name}.")
FOR_UNNAMED = _("For the person who joined before.")
SKIPPED = _("That is fine. You can tell us another time.")


def _one_question(name: str, question: Question, thanks: Words = THANKS) -> Flow:
    return Flow(
        name,
        start="ask",
        values=VALUES,
        steps={"ask": question, "thanks": Say(thanks, outcome="told"), "skipped": Say(SKIPPED, outcome="skipped")},
    )


def _in_words(name: str, question: Ask, thanks: Words = THANKS) -> Flow:
    """The same; who answers "nothing" is not told that we have noted it."""
    asked = _one_question(name, question, thanks)
    heard = Branch(predicates.told_in_words, yes="thanks", no="nothing")
    return replace(asked, steps={**asked.steps, "heard": heard, "nothing": Say(SKIPPED, outcome="told")})


LOOKS_AFTER = _one_question(
    "looks_after",
    Choose(
        _(
            "{council} here. Do you look after someone who could not manage without your help? "
            "You can SKIP this. STOP ends texts."
        ),
        save="looks_after",
        choices=(Choice("yes", _("Yes"), then="thanks", hears="yes"), Choice("no", _("No"), then="thanks", hears="no")),
        skip="skipped",
    ),
)

TOPICS = _one_question(
    "topics",
    Choose(
        _("{council} here. What would you like to hear about? Reply with numbers, like 1 3, or ALL. STOP ends texts."),
        save="topics",
        choices=FromFacts("topics"),
        many=True,
        then="thanks",
        skip="skipped",
    ),
    thanks=_("Thank you. We will text you about these. To change them, text MENU."),
)

PLACE = _one_question(
    "place",
    Ask(
        _("{council} here. What is your postcode or town? We keep only the area. You can SKIP this. STOP ends texts."),
        save="place",
        read="place",
        then="thanks",
        skip="skipped",
    ),
    thanks=_("Thank you. We will tell you about things near you."),
)

WAYS = _one_question(
    "ways",
    Choose(
        _("{council} here. How would you like to take part? Send numbers, like 1 3, or ALL. STOP ends texts."),
        save="ways",
        choices=(
            Choice("in_person", _("In person"), then="thanks"),
            Choice("online", _("Online"), then="thanks"),
            Choice("phone", _("By phone"), then="thanks"),
            Choice("post", _("By post"), then="thanks"),
            Choice("message", _("By message"), then="thanks"),
        ),
        many=True,
        then="thanks",
        skip="skipped",
    ),
)

NEEDS = _in_words(
    "needs",
    Ask(
        _(
            "{council} here. We can arrange large print, an interpreter, the ground floor and more. "
            "What do you need, to take part? No need to say why. STOP ends texts."
        ),
        save="needs",
        read="words",
        then="heard",
        skip="skipped",
    ),
    thanks=_("Thank you. We have noted it, and will plan for it each time."),
)

SKILLS = _in_words(
    "skills",
    Ask(
        _(
            "{council} here. What are you good at, or what do you enjoy? "
            "A few words are enough. You can SKIP this. STOP ends texts."
        ),
        save="skills",
        read="words",
        then="heard",
        skip="skipped",
    ),
)

SUPPORT = _one_question(
    "support",
    Choose(
        _("{council} here. Would you like training, or someone to go with you? STOP ends texts."),
        save="support",
        choices=(
            Choice("training", _("Training"), then="thanks"),
            Choice("company", _("Someone to go with"), then="thanks"),
            Choice("both", _("Both"), then="thanks"),
            Choice("neither", _("No, thank you"), then="thanks", hears="no"),
        ),
        skip="skipped",
    ),
)

PROMOTIONS = Flow(
    "promotions",
    start="ask",
    values=VALUES,
    steps={
        "ask": Choose(
            _(
                "{council} here. May we also tell you about things other organisations do? "
                "You can SKIP this. STOP ends texts."
            ),
            save="promotions",
            choices=(
                Choice("yes", _("Yes"), then="thanks", hears="yes"),
                Choice("no", _("No"), then="only_ours", hears="no"),
            ),
            skip="skipped",
        ),
        "thanks": Say(_("Thank you. We will tell you about some. To end that, text NO ADVERTS."), outcome="told"),
        "only_ours": Say(_("That is fine. We will only tell you about our own work."), outcome="told"),
        "skipped": Say(SKIPPED, outcome="skipped"),
    },
)

# In the order that is most useful to the person: what we ask first decides what we ask them to.
QUESTIONS = (LOOKS_AFTER, TOPICS, PLACE, WAYS, NEEDS, SKILLS, SUPPORT, PROMOTIONS)

ALL_TOLD = Flow(
    "all_told",
    start="thanks",
    steps={"thanks": Say(_("You have told us all we need. Thank you. To change it, text CALL."), outcome="told")},
)
