"""Named: whether a reply answers and names something by its title: "yes, Food workshop", "no to the food one".

A word of a title may be an ordinary word of an answer, or of what is said beside it: such a word names nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from language.arranging import kinds_in
from language.courtesies import Said, core
from language.kinds import asks
from language.normal import clauses, words
from language.own import own
from language.tables import phrases, word_set

_SHORTEST = 4  # letters of a word by which something is known
_ANSWERS = ("signs", "whether_coming", "coming.inside")


def known_by(title: str) -> frozenset[str]:
    """The words of a title by which something is known: the short ones say too little."""
    return frozenset(word for word in words(title) if len(word) >= _SHORTEST)


def answers(text: str, language: str) -> bool:
    """Some word of it is one of an answer."""
    table = phrases(language, "signs")
    return any(True for part in clauses(own(text)) for _one in table.all(part))


def beside_the_answer(text: str, language: str) -> frozenset[str]:
    """The words of it that are none of an answer."""
    parts = [(part, _answering(part, language)) for part in clauses(text)]
    return frozenset(word for part, inside in parts for place, word in enumerate(part) if place not in inside)


def beside_title(text: str, title: str, others: Collection[str], language: str) -> str | None:
    """What a reply says beside this title; None where it does not surely name it.

    `others` are words by which something else is known.
    """
    names = words(title)
    known = frozenset(word for word in names if len(word) >= _SHORTEST) - frozenset(others)
    known -= word_set(language, "about_meeting", "glue")
    left, is_named = [], False
    for part in clauses(own(text)):
        said = core(part, language)
        found = _without(said, names, known, language, doubted=asks(text, language))
        left.append(said if found is None else found)
        is_named |= found is not None
    return "; ".join(" ".join(part) for part in left) if is_named else None


def without_names(text: str, names: Collection[str], language: str) -> str:
    """A text without the words by which it names something: two or more words of one name together, or one to which
    it points: "to the food one". Where nothing is named it is as it was.
    """
    left, is_named = [], False
    for part in clauses(text):
        cut = frozenset(place for name in names for place in _naming(part, words(name), language))
        left.append(" ".join(word for place, word in enumerate(part) if place not in cut))
        is_named |= bool(cut)
    return "; ".join(one for one in left if one) if is_named else text


def _naming(said: Said, name: Said, language: str) -> Iterator[int]:
    about = word_set(language, "whether_coming_words", "about")
    for start, end in _runs(said, frozenset(name), frozenset()):
        points = start > 0 and said[start - 1] in about
        if end - start > 1 or points:
            yield from range(start, end)


def adds_nothing(said: Said, language: str) -> bool:
    """No word of it but of an answer, and what stands around that."""
    small = word_set(language, "whether_coming_words", "about") | word_set(language, "fillers", "after")
    small |= word_set(language, "reply", "lead") | word_set(language, "picking_words", "glue")
    inside = _answering(said, language)
    return all(place in inside or word in small for place, word in enumerate(said))


def _without(said: Said, names: Said, known: frozenset[str], language: str, *, doubted: bool) -> Said | None:
    """A clause without the title that stands in it; None where none surely does."""
    inside = _answering(said, language)
    for start, end in _runs(said, frozenset(names), inside):
        run, rest = said[start:end], (*said[:start], *said[end:])
        if known.isdisjoint(run):
            continue
        if adds_nothing(rest, language) and not _asks_to_arrange(said, start, end, language):
            return rest
        if _is_whole(run, names) and not doubted:
            return rest
    return None


def _runs(said: Said, names: frozenset[str], inside: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Where words of the title stand together, from the first that is no answer on."""
    start = 0
    while start < len(said):
        end = start
        while end < len(said) and said[end] in names and (end > start or start not in inside):
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _answering(said: Said, language: str) -> frozenset[int]:
    """The places of the words that answer."""
    found = (one for section in _ANSWERS for one in phrases(language, section).all(said))
    return frozenset(place for one in found for place in range(one.start, one.end))


def _is_whole(run: Said, names: Said) -> bool:
    """All of a title of more than one word."""
    long = {word for word in names if len(word) >= _SHORTEST}
    return len(names) > 1 and len(run) > 1 and long <= set(run)


def _asks_to_arrange(said: Said, start: int, end: int, language: str) -> bool:
    """It is one word, with which they may tell what they need: "yes, wheelchair". "To the transport one" names."""
    before = said[start - 1] if start else ""
    points = before in word_set(language, "whether_coming_words", "about")
    return end - start == 1 and not points and bool(kinds_in(said[start], language))
