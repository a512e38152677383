"""What is asked where nobody has chosen other questions: our own question sets, in every language that we write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.feedback import build
from flows.grammar import Flow
from flows.question_set import Kind, Means, Question, QuestionSet, Wording
from language.wording import SOURCE_LANGUAGE, Catalogs, Words, _

Asked = tuple[Kind, Words, Means]
# What may be chosen where there is more to say than yes or no.
_HOW_FAR = (_("Yes"), _("In part"), _("No"))


@dataclass(frozen=True, slots=True)
class Standard:
    """One set of ours: its name in our tables, what our pages call it, and what it asks. All of it may be skipped."""

    name: str
    called: str
    questions: tuple[Asked, ...]
    thanks: Words | None = None

    def in_languages(self, catalogs: Catalogs, languages: Sequence[str]) -> QuestionSet:
        """The set as it is kept, in these languages."""

        def worded(words: Words) -> Wording:
            return {language: catalogs.render(words, language, {}) for language in languages}

        how_far = tuple(map(worded, _HOW_FAR))
        asked = tuple(
            Question(kind, worded(words), how_far if kind is Kind.ONE else (), may_skip=True, means=means)
            for kind, words, means in self.questions
        )
        return QuestionSet(asked, thanks=worded(self.thanks) if self.thanks is not None else {})


_HOW = _("How was it? Reply 1 (bad) to 5 (very good), or just say it.")
_HEARD = _("Did you feel heard?")
_GOOD = _("What was one good thing about it?")
_CHANGE = _("What is one thing that we should change?")
_NEEDS = _("Did you have what you needed there?")
_RATED_HOW: Asked = (Kind.RATING, _HOW, Means.HOW)
_FELT_HEARD: Asked = (Kind.ONE, _HEARD, Means.HEARD)
_ONE_GOOD: Asked = (Kind.TEXT, _GOOD, Means.GOOD)
_ONE_CHANGE: Asked = (Kind.TEXT, _CHANGE, Means.CHANGE)
_HAD_NEEDS: Asked = (Kind.YES_NO, _NEEDS, Means.NEEDS)

_ALL = (
    Standard("meeting", "After a meeting", (_RATED_HOW, _FELT_HEARD, _ONE_GOOD, _ONE_CHANGE, _HAD_NEEDS)),
    Standard(
        "listening",
        "After a listening space",
        (
            _RATED_HOW,
            (Kind.ONE, _("Did people listen to you there?"), Means.HEARD),
            (Kind.TEXT, _("What is one thing that we must not forget?"), Means.ELSE),
            _ONE_CHANGE,
            _HAD_NEEDS,
        ),
    ),
    Standard(
        "training",
        "After a training",
        (
            _RATED_HOW,
            (Kind.TEXT, _("What is one thing from it that you will use?"), Means.GOOD),
            _ONE_CHANGE,
            (Kind.YES_NO, _("Would you tell a friend to come?"), Means.ELSE),
            _HAD_NEEDS,
        ),
    ),
    Standard(
        "panel",
        "After an interview panel",
        (
            _RATED_HOW,
            (Kind.ONE, _("Did your view count as much as the others' did?"), Means.HEARD),
            (Kind.YES_NO, _("Did you know enough beforehand to do it well?"), Means.ELSE),
            _ONE_CHANGE,
            _HAD_NEEDS,
        ),
    ),
    Standard(
        "project",
        "At the end of a project",
        (
            (Kind.RATING, _("How was it to take part? Reply 1 (bad) to 5 (very good), or just say it."), Means.HOW),
            (Kind.RUNG, _("How much say did you have in it?"), Means.RUNG),
            _FELT_HEARD,
            _ONE_GOOD,
            _ONE_CHANGE,
        ),
    ),
    Standard(
        "values",
        "Our five values",
        (
            (Kind.RATING, _("Can you trust what we tell you? Reply 1 (never) to 5 (always)."), Means.ELSE),
            (Kind.RATING, _("Do we treat everyone as equals? Reply 1 (never) to 5 (always)."), Means.ELSE),
            (Kind.RATING, _("Do we make it easy for you to take part? Reply 1 (never) to 5 (always)."), Means.ELSE),
            (Kind.RATING, _("Do we treat you with respect? Reply 1 (never) to 5 (always)."), Means.ELSE),
            (
                Kind.RATING,
                _("Do we welcome people of all kinds, and their ideas? Reply 1 (never) to 5 (always)."),
                Means.ELSE,
            ),
        ),
    ),
    Standard(
        "anytime",
        "At any time",
        (
            (Kind.TEXT, _("What would you like to tell us?"), Means.ELSE),
            (Kind.TEXT, _("What should we do about it?"), Means.CHANGE),
        ),
        thanks=_("Thank you. A person will read this. We will tell you what we do because of it."),
    ),
)
STANDARDS: Mapping[str, Standard] = {standard.name: standard for standard in _ALL}


def flows(catalogs: Catalogs, language: str) -> dict[str, Flow]:
    """Each of them as the flow in which somebody reads it in that language, by a name for the checker."""
    asked = {name: standard.in_languages(catalogs, [SOURCE_LANGUAGE, language]) for name, standard in STANDARDS.items()}
    return {f"{name}_told": build(f"{name}_told", 1, one, language) for name, one in asked.items()}
