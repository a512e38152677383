"""What must be mended in a question set before anybody is asked, and what is worth knowing.

A finding's key is "set", or the step and the part that it is about: "q2.words", "q2.choices", "intro.words".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flows.check import check as check_flows
from flows.finding import Finding
from flows.question_set import (
    CHOOSES,
    INTRO,
    MOST_CHOICES,
    MOST_QUESTIONS,
    SAVES,
    THANKS,
    Kind,
    Question,
    QuestionSet,
    Wording,
    build,
    labels,
)
from flows.surroundings import Surroundings
from language.everywhere import Word, everywhere
from language.normal import words
from language.reading import Meaning, Option, Reading
from language.reading import Question as Asked
from language.understand import understand
from language.wording import SOURCE_LANGUAGE, Catalogs

WHOLE = "set"
_AROUND = Surroundings(saves=SAVES)
_MANY = 5  # questions
_CHOICES = "Write every choice in this language, in the same order as in English."
_ENGLISH_CHOICES = "Write every choice in English too, on the same line as in the other languages."
_BRACE = re.compile(r"[{}]")
_LABEL = re.compile(r"c\d+\Z")
_A_LABEL = 'The label "'
_A_VALUE = "it must come as a value."
# When the engine says what is written with words of its own around it.
_WHEN = {
    "hint": "When a reply does not fit: ",
    "noted": "After a question of theirs: ",
    "needed": "When they may not skip it: ",
    "check": "When we check what they meant: ",
    "more": "With the words before it: ",
}


def check(asked: QuestionSet, catalogs: Catalogs) -> list[Finding]:
    """Everything wrong, or worth knowing, in the languages that it is written in, errors first.

    Words are looked at once nothing is missing.
    """
    found = list(shape(asked, catalogs.spoken))
    if not any(one.severity == "error" for one in found):
        for language in written_in(asked, catalogs.spoken):
            found += _as_flow(asked, catalogs, language)
            found += _written_back(asked, language)
    return sorted(dict.fromkeys(found), key=lambda one: (one.severity, one.key, one.language))


def written_in(asked: QuestionSet, spoken: Sequence[str]) -> list[str]:
    """English, and which of these languages somebody has written a part of it in."""
    return [tag for tag in spoken if tag == SOURCE_LANGUAGE or any(tag in one for one in asked.wordings)]


def shape(asked: QuestionSet, spoken: Sequence[str]) -> Iterator[Finding]:
    """What is missing, or is there too often: all that can be told without reading it."""
    tongues = written_in(asked, spoken)
    count = len(asked.questions)
    if not 1 <= count <= MOST_QUESTIONS:
        yield Finding(WHOLE, f"Ask 1 to {MOST_QUESTIONS} questions.")
    elif count > _MANY:
        told = f"It asks {count} questions. Few people answer more than {_MANY} by text."
        yield Finding(WHOLE, told, severity="note")
    for key, wording in ((INTRO, asked.intro), (THANKS, asked.thanks)):
        if wording:
            yield from _written(f"{key}.words", wording, tongues)
    for number, question in enumerate(asked.questions, 1):
        yield from _written(f"q{number}.words", question.words, tongues)
        if question.kind in CHOOSES:
            yield from _choices(f"q{number}.choices", question, tongues)


def _written(key: str, wording: Wording, tongues: Sequence[str]) -> Iterator[Finding]:
    if not wording.get(SOURCE_LANGUAGE):
        yield Finding(key, "Write it in English: whoever has no words in their own language reads that.", "en")
    for language, text in wording.items():
        if _BRACE.search(text):
            yield Finding(key, 'Leave out "{" and "}": people would read them as they are.', language)
    for language in tongues:
        if not wording.get(language) and language != SOURCE_LANGUAGE:
            told = "Nobody has written it in this language. People read it in English."
            yield Finding(key, told, language, "note")


def _choices(key: str, question: Question, tongues: Sequence[str]) -> Iterator[Finding]:
    if not 2 <= len(question.choices) <= MOST_CHOICES:
        yield Finding(key, f"Give 2 to {MOST_CHOICES} choices, one a line.", SOURCE_LANGUAGE)
    for language in tongues:
        theirs = [choice.get(language, "") for choice in question.choices]
        if any(theirs) or question.words.get(language):
            if not all(theirs):
                yield Finding(key, _ENGLISH_CHOICES if language == SOURCE_LANGUAGE else _CHOICES, language)
            yield from _alike(key, theirs, language)


def _alike(key: str, theirs: Sequence[str], language: str) -> Iterator[Finding]:
    plain = [" ".join(words(label)) for label in theirs]
    for label, said in zip(theirs, plain, strict=True):
        if label and plain.count(said) > 1:
            yield Finding(key, f'Another choice says "{label}" too. Make them differ.', language)
        if _BRACE.search(label):
            yield Finding(key, 'Leave out "{" and "}": people would read them as they are.', language)
        if label[:1].isdigit():
            told = f'"{label}" begins with a number. It is easily taken for the number of a choice.'
            yield Finding(key, told, language, "note")


def _as_flow(asked: QuestionSet, catalogs: Catalogs, language: str) -> Iterator[Finding]:
    """What the checker of our own flows finds in it, as people read it in this language."""
    flow = build(WHOLE, 1, asked, language)
    told: set[tuple[str, str]] = set()
    for finding in check_flows({WHOLE: flow}, {}, catalogs.only([language]), _AROUND):
        name, _dot, place = finding.key.partition(".")
        if name != WHOLE or finding.language not in {"", language}:
            continue
        step, _dot, slot = place.partition(".")
        of_choices = _LABEL.match(slot) or finding.problem.startswith(_A_LABEL)
        key = f"{step}.choices" if of_choices else f"{step}.words"
        if (key, finding.problem) not in told:
            told.add((key, finding.problem))
            yield _for_its_writer(replace(finding, key=key, language=language), slot)
    yield from _skips(asked, language)


def _for_its_writer(finding: Finding, slot: str) -> Finding:
    """As somebody can use it who writes words, not scripts."""
    if finding.problem.endswith(_A_VALUE):
        number = finding.problem.split('"')[1]
        told = f"It has the number {number}. Check that it is right: nobody keeps it up to date."
        return replace(finding, problem=told, severity="note")
    return replace(finding, problem=f"{_WHEN.get(slot, '')}{finding.problem}")


def _skips(asked: QuestionSet, language: str) -> Iterator[Finding]:
    for number, question in enumerate(asked.questions, 1):
        text = question.words.get(language)
        if question.may_skip and text and not any(_is_skip(word, language) for word in words(text)):
            told = "People may skip this one, and it does not say so. You can add: Or text SKIP."
            yield Finding(f"q{number}.words", told, language, "note")


def _is_skip(word: str, language: str) -> bool:
    return everywhere(word, language, asked=True) is Word.SKIP


def _written_back(asked: QuestionSet, language: str) -> Iterator[Finding]:
    """Whoever writes a choice in its own words must be heard to choose it."""
    for number, question in enumerate(asked.questions, 1):
        if question.kind in CHOOSES and question.words.get(language):
            shown = labels(asked.questions, f"q{number}", language)
            options = tuple(Option(id_, label) for id_, label in shown.items())
            read = Asked("choices" if question.kind is Kind.SEVERAL else "choice", options)
            for id_, label in shown.items():
                reading = understand(read, label, language)
                yield from _heard(f"q{number}.choices", id_, reading, shown, language)


def _heard(key: str, id_: str, reading: Reading, shown: dict[str, str], language: str) -> Iterator[Finding]:
    heard = (reading.value,) if isinstance(reading.value, str) else reading.value
    label = shown[id_]
    if reading.meaning is Meaning.CRISIS:
        yield Finding(key, f'Written back, "{label}" would be heard as a sign of danger.', language)
    elif reading.sure and heard == (id_,):
        return
    elif reading.sure and heard:
        others = ", ".join(shown[one] for one in heard if one != id_)
        yield Finding(key, f'Written back, "{label}" would be heard as "{others}".', language)
    else:
        told = f'Written back, "{label}" is not understood at once: we would ask again. Its number always is.'
        yield Finding(key, told, language, "note")
