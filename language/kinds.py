"""What a whole message is, before any question is thought of, and what else a message carries."""

from __future__ import annotations

import re

from language.courtesies import Said, core
from language.normal import clauses, plain, windows, words
from language.own import own
from language.own import reaction as reaction
from language.reading import Meaning
from language.tables import phrases, word_set

_INSIDE = (Meaning.BEREAVEMENT, Meaning.WRONG_PERSON)
_AWAY, _MENTION = "away", "mention"  # what a machine says, and perhaps a person
_MACHINE = frozenset({Meaning.AUTO_REPLY, _AWAY, _MENTION})
_THIS_IS_NOT = re.compile(r"(?:sorry |no )?(?:this|it) ?is ?(?:not|nt) ([^\W\d]{2,20})(?: [^\W\d]{2,20})?\Z")
_NAMED = re.compile(r"\b(?:isn[’']?t|is not|not|nie) (?:[A-Z]\w+)")


def what(text: str, language: str) -> Meaning | None:
    """A machine's message, a wrong person, a bereavement, bare thanks or a bare greeting; else None."""
    theirs = own(text)
    said = words(theirs)
    if not said:
        return None
    inside = {phrase.label for phrase in phrases(language, "kinds.inside").all(said)}
    if inside & _MACHINE and _is_machine(theirs, said, language):
        return Meaning.AUTO_REPLY
    for meaning in _INSIDE:
        if meaning in inside:
            return meaning
    whole = _whole(said, language)
    if whole is None and _this_is_not_me(theirs, said):
        return Meaning.WRONG_PERSON
    return whole


def _is_machine(text: str, said: Said, language: str) -> bool:
    """A machine's words, and nothing beside them that only a person would say.

    What a person may say as well ("out of office hours is best") counts where it is most of the message.
    """
    others = _beside_machine(text, language)
    if "?" in plain(text) or any(_answers(part, language) for part in others):
        return False
    found = [one for one in phrases(language, "kinds.inside").all(said) if one.label in _MACHINE]
    labels = {one.label for one in found}
    if Meaning.AUTO_REPLY in labels:
        return True
    if _AWAY in labels:
        return _holds_none(said, language, "but") and all(_holds_none(part, language, "ourselves") for part in others)
    return not others and 2 * sum(one.end - one.start for one in found) > len(said)


def _holds_none(said: Said, language: str, key: str) -> bool:
    return word_set(language, "kinds", key).isdisjoint(said)


def _beside_machine(text: str, language: str) -> list[Said]:
    """The clauses in which no machine speaks, courtesies left out."""
    table = phrases(language, "kinds.inside")
    silent = (part for part in clauses(text) if not any(one.label in _MACHINE for one in table.all(part)))
    return [centre for part in silent if (centre := core(part, language)) and not _only_courtesies(centre, language)]


def _answers(part: Said, language: str) -> bool:
    """A yes, a no, or a word that works everywhere: no machine says these alone."""
    signs = phrases(language, "signs")
    begins = signs.at(part, 0)
    if begins is not None and begins.label == "yes":
        return True
    return bool(signs.whole(part)) or bool(phrases(language, "everywhere.whole").whole(part))


def beside_machine(text: str, language: str) -> bool:
    """An automatic message says more than that it is one, which a person should read."""
    return bool(_beside_machine(own(text), language))


def unsafe(text: str, language: str) -> bool:
    """A text from us could do harm: "not safe", "he checks my phone", "don't text me back"."""
    theirs = own(text)
    for part in clauses(theirs):
        if phrases(language, "unsafe.whole").whole(core(part, language)):
            return True
    return any(any(phrases(language, "unsafe.inside").all(words(window))) for window in windows(theirs))


def _whole(said: Said, language: str) -> Meaning | None:
    table = phrases(language, "kinds.whole")
    label = table.whole(said) or table.whole(core(said, language))
    return Meaning(label) if label else _only_courtesies(said, language)


def _only_courtesies(said: Said, language: str) -> Meaning | None:
    """THANKS where thanks or acknowledgement is all there is, GREETING where a greeting is."""
    signs, greetings = phrases(language, "signs"), phrases(language, "kinds.whole")
    laughter = word_set(language, "fillers", "laughter")
    thanked, start = False, 0
    while start < len(said):
        found = signs.at(said, start)
        if found and found.label == "ack":
            thanked, start = True, found.end
            continue
        hello = greetings.at(said, start)
        if hello and hello.label in {Meaning.GREETING, Meaning.THANKS}:
            thanked, start = thanked or hello.label == Meaning.THANKS, hello.end
        elif said[start] in laughter or said[start] in word_set(language, "fillers", "after"):
            start += 1
        else:
            return None
    if thanked:
        return Meaning.THANKS
    return Meaning.GREETING if any(greetings.at(said, place) for place in range(len(said))) else None


def only_thanks(text: str, language: str) -> bool:
    """Thanks, and no "ok" or "great" beside it that may mean yes."""
    said = words(own(text))
    found = [one for one in phrases(language, "also").all(said) if one.label == "thanks"]
    rest = [word for place, word in enumerate(said) if not any(one.start <= place < one.end for one in found)]
    return bool(found) and not any(phrases(language, "signs").whole((word,)) for word in rest)


def _this_is_not_me(text: str, said: Said) -> bool:
    """Somebody is said not to be here ("this isn't John"), told by the capital that a name has."""
    return len(said) <= 6 and bool(_THIS_IS_NOT.match(" ".join(said))) and bool(_NAMED.search(text))


def empty(text: str) -> bool:
    """Nothing was said: blank, a full stop, a kiss, laughter, a picture sign that answers nothing."""
    said = words(own(text))
    if not said:
        return reaction(text) is None and "?" not in plain(text)
    meaningful = phrases("en", "signs"), phrases("en", "kinds.whole")
    laughter = word_set("en", "fillers", "laughter")
    return all(
        word in laughter or (not word[0].isalnum() and not any(table.whole((word,)) for table in meaningful))
        for word in said
    )


def also(text: str, language: str) -> tuple[str, ...]:
    """What else a message carries: "question", "thanks", "late", "access". Conservative."""
    theirs = own(text)
    carried = {found.label for found in phrases(language, "also").all(words(theirs))}
    if asks_beside(theirs, language):
        carried.add("question")
    return tuple(name for name in ("question", "thanks", "late", "access") if name in carried)


def asks_beside(text: str, language: str) -> bool:
    """It asks something, alone or joined to what it tells: "yes but who picks me up"."""
    return asks(text, language) or any(_joins_question(part, language) for part in clauses(text))


def asks(text: str, language: str) -> bool:
    """It asks something: a question mark after words, or a clause that begins or ends as questions do."""
    if "?" in plain(text).lstrip("? "):
        return True
    return any(_is_question(part, language) for part in clauses(text))


def _is_question(part: Said, language: str) -> bool:
    centre = core(part, language)
    answer = phrases(language, "signs").at(centre, 0)
    if answer is not None and answer.label in {"yes", "no"}:
        centre = centre[answer.end :]  # "yes can I bring my mum"
    starts = word_set(language, "reply", "question")
    begins = phrases(language, "asking.inside").at(centre, 0)
    if begins is not None and begins.label == "told":
        return False  # "jak znajdę opiekę" is "if I find cover"
    if len(centre) < 2 or phrases(language, "signs").whole(centre) not in {None, "more"}:
        return False
    last = centre[-1] in word_set(language, "reply", "question_last")
    return last or centre[0] in starts or " ".join(centre[:2]) in starts


def _joins_question(part: Said, language: str) -> bool:
    """A question follows a "but" or an "and". After these much begins like one: only what is surely one counts."""
    joins, knows = word_set(language, "asking", "joins"), word_set(language, "asking", "knows")
    for place, word in enumerate(part[:-1]):
        if word in knows:
            return False  # "nie wiem tylko czy szef puści": they say what they do not know
        found = phrases(language, "asking.inside").at(part, place + 1) if word in joins else None
        if found is not None and found.label == "joined":
            return True
    return False
