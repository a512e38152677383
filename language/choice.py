"""Reading one choice out of a reply: by its words, by number, or by what they mean."""

from __future__ import annotations

from dataclasses import replace

from language.age import age
from language.alike import ignored, labels
from language.courtesies import core
from language.everywhere import Word, everywhere
from language.figures import figure, years
from language.given import MEANINGS, Given, given, picked
from language.kinds import asks
from language.labels import by_beginning, by_keyword, by_label, only
from language.normal import clauses, words
from language.numbered import numbered
from language.partly import is_partly
from language.parts import opens_question
from language.picking import picking
from language.reading import Meaning, Option, Reading
from language.tables import phrases, word_set
from language.tongues import named

_SHORT_QUESTION = 9  # words: a longer one is for a person to answer
_CHILD = range(8, 18)
_FEW = 2  # words beside a keyword, before it is only a mention
_ALONE = 2  # words: a number or a label, and nothing besides


def choice(options: tuple[Option, ...], text: str, language: str, *, several: bool = False) -> Reading:
    """The option's id as the value; a tuple of ids where `several` may be picked and were. `text` is their own."""
    reply = given(options, text, language)
    if not reply.said:
        return Reading()
    if not any(option.hears for option in options) and (reading := _picked(reply, several=several)):
        return reading
    if several and opens_question(reply.said, language):
        return Reading(Meaning.QUESTION, sure=True, because=" ".join(reply.said))
    for reader in (_labelled, _of_language, _young, _later, _partly, numbered, _skipped, _of_age):
        if reading := reader(reply):
            return replace(reading, firm=True, whole=reader is _labelled or len(reply.said) <= _ALONE)
    reading = _standing(reply) or _by_words(reply) or _about_it(reply)
    return reading or Reading(Meaning.QUESTION if asks(text, language) else Meaning.OTHER)


def names(options: tuple[Option, ...], text: str, language: str) -> bool:
    """The whole reply is a label, or words that one label alone has: "call" where "A phone call" was offered."""
    shown = tuple(option for option in options if not option.hidden)
    found = picking(shown, text, language)
    known = labels(tuple(option.label for option in shown), language)
    said = core(words(text), language)
    told = bool(said) and all(known.places(word) or word in ignored(language) for word in said)
    return bool(found and found.sure and found.places) and told


def _picked(reply: Given, *, several: bool) -> Reading | None:
    """What the reply picks of options that are neither yes nor no, where that is certain."""
    found = picking(reply.shown, reply.text, reply.language)
    because = " ".join(reply.said)
    if found is None:
        return None
    ids = tuple(reply.shown[place].id for place in found.places)
    if len(ids) == 1:
        return Reading(value=ids[0], sure=found.sure, because=because, whole=found.sure and found.whole)
    if found.undecided:
        return Reading(Meaning.MAYBE, sure=several, because=because)
    if not several or not found.sure:
        return Reading(Meaning.NO if found.sure and not ids else Meaning.OTHER, because=because)
    return Reading(Meaning.OTHER if ids else Meaning.NO, ids, True, because=because, whole=found.whole)


def _labelled(reply: Given) -> Reading | None:
    """The label itself, with its number before it or without."""
    said, because = reply.said, " ".join(reply.said)
    if option := by_label(reply.shown, said, reply.language):
        doubted = reply.stands.label in {"yes", "no"} and not reply.stands.sure
        return picked(option, not doubted and ("?" not in reply.text or len(said) > 1), because)
    number = figure(said[0], reply.language)
    if number is None or not 1 <= number <= len(reply.shown):
        return None
    option = by_label(reply.shown, said[1:], reply.language)
    return picked(option, option is reply.shown[number - 1], because) if option else None


def _of_language(reply: Given) -> Reading | None:
    tag = named(reply.text)
    option = next((option for option in reply.options if tag and option.id == tag), None)
    return Reading(Meaning.LANGUAGE, option.id, True, because=" ".join(reply.said)) if option else None


def _skipped(reply: Given) -> Reading | None:
    option = reply.hearing("skip")
    if option is None or everywhere(reply.text, reply.language, True) is not Word.SKIP:
        return None
    return picked(option, True, " ".join(reply.said))


def _later(reply: Given) -> Reading | None:
    """Not now, but perhaps another time. Beside a yes it is in doubt."""
    option = reply.hearing("later")
    if option is None:
        return None
    table = phrases(reply.language, "later")
    told = [part for part in clauses(reply.text) if table.whole(part) or table.whole(core(part, reply.language))]
    if not told and not table.whole(reply.said):
        return None
    return picked(option, reply.stands.label not in {"yes", "more"}, " ".join(reply.said))


def _partly(reply: Given) -> Reading | None:
    """Neither yes nor no, but something of both."""
    option = reply.hearing("partly")
    if option is None or not is_partly(reply.text, reply.language):
        return None
    return picked(option, True, " ".join(reply.said))


def _young(reply: Given) -> Reading | None:
    """Somebody tells us that they are under 18, which outweighs a yes."""
    told = age(reply.text, reply.language)
    if told is None or not told.under:
        return None
    if young := reply.hearing("under_18"):
        return picked(young, told.sure, told.because)
    yes = reply.hearing("yes")
    return picked(yes, False, told.because) if yes else None


def _of_age(reply: Given) -> Reading | None:
    """An age of 18 or over is a yes where nothing speaks against it."""
    told, yes = age(reply.text, reply.language), reply.hearing("yes")
    if told is None or told.under or yes is None or reply.stands.label in {"no", "maybe", "more"}:
        return None
    sure = (reply.stands.sure or not reply.stands.label) and not asks(reply.text, reply.language)
    return picked(yes, sure, told.because)


def _standing(reply: Given) -> Reading | None:
    """A yes, a no, an "ok", a perhaps, or a wish for more."""
    stands = reply.stands
    label = "yes" if stands.label == "ack" else stands.label
    option = reply.hearing(label) if label else None
    meaning = MEANINGS.get(label)
    if option:
        sure = stands.sure and stands.label != "ack" and not (reply.hearing("under_18") and _names_a_child(reply))
        return Reading(
            meaning or Meaning.OTHER, option.id, sure, because=stands.because, whole=stands.whole, firm=label == "more"
        )
    yes_or_no = reply.hearing("yes") or reply.hearing("no")
    return Reading(meaning, because=stands.because) if meaning and yes_or_no else None


def _names_a_child(reply: Given) -> bool:
    """An age under 18 is in it, perhaps another's ("my son, 16, would like to")."""
    return any((number := years(word, reply.language)) is not None and number in _CHILD for word in reply.said)


def _by_words(reply: Given) -> Reading | None:
    """The beginning of one label, or words that only one label has."""
    if option := by_beginning(reply.shown, reply.said, reply.language):
        return picked(option, "?" not in reply.text, " ".join(reply.said))
    glue = word_set(reply.language, "reply", "choosing")
    content = [word for word in core(reply.said, reply.language) if word not in glue]
    if not word_set(reply.language, "reply", "negation").isdisjoint(content):
        return None
    hits = [(word, option) for word in content if (option := by_keyword(reply.shown, word, reply.language))]
    option = only({found.id: found for _word, found in hits}.values())
    others = len(content) - len(hits)
    if option is None or others > _FEW or asks(reply.text, reply.language):
        return None
    label_says_no = option.hears == "no"
    return picked(option, not others and not label_says_no, " ".join(word for word, _option in hits))


def _about_it(reply: Given) -> Reading | None:
    """A short question about the thing itself asks for more: "is it free?"."""
    more = reply.hearing("more")
    about_it = word_set(reply.language, "reply", "about_it")
    if more is None or reply.stands.label or len(reply.said) > _SHORT_QUESTION:
        return None
    if about_it.isdisjoint(reply.said) or not asks(reply.text, reply.language):
        return None
    return Reading(Meaning.QUESTION, more.id, True, because=" ".join(reply.said))
