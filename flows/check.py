"""The checker: every path of every flow in every language, held to our voice and to the phones' limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from flows import about_meeting, engine_words, everywhere
from flows.finding import Finding
from flows.fit import as_sms, buttons, segments, written
from flows.grammar import Ask, Choose, Flow
from flows.labels import taken_words
from flows.places import known_places, same_places
from flows.shape import shape
from flows.surroundings import Surroundings
from flows.template import engine_texts, forms, texts_of
from flows.tone import introduces, message_tone, tone
from flows.walk import Spoken, walk
from language import when
from language.sms import Length, length
from language.weekday import LOOKS_BACK
from language.wording import Catalogs, Words

_ALWAYS = engine_words.VALUES | {"council"}


def check(
    flows: Mapping[str, Flow], texts: Mapping[str, Words], catalogs: Catalogs, around: Surroundings
) -> list[Finding]:
    """Everything wrong, or worth knowing, with the flows and with `texts` (key to words), errors first.

    The words of a flow are looked at once its shape and its places are in order.
    """
    named = _named(flows, texts)
    found = [finding for flow in flows.values() for finding in shape(flow, flows, around)]
    for key, (words, allowed) in named.items():
        found += known_places(key, words, allowed)
        for language in catalogs.languages:
            found += same_places(key, words, catalogs, language)
            found += _unmeasured(key, words, language, around)
    broken = {finding.key.partition(".")[0] for finding in found}
    in_order = {name: flow for name, flow in flows.items() if not broken & {name, "engine"}}
    sayable = {key: words for key, words in texts.items() if key not in {finding.key for finding in found}}
    for language in catalogs.languages:
        found += _of_texts(_named(in_order, sayable), catalogs, language)
        found += _of_messages(in_order, sayable, catalogs, language, around)
    return sorted(dict.fromkeys(found), key=lambda finding: (finding.severity, finding.language, finding.key))


def _named(flows: Mapping[str, Flow], texts: Mapping[str, Words]) -> dict[str, tuple[Words, frozenset[str]]]:
    """Every text by its key, with the values that it may use."""
    ours = {key: (words, flow.values | _ALWAYS) for flow in flows.values() for key, words in texts_of(flow)}
    ours |= {key: (words, _ALWAYS) for key, words in engine_texts()}
    return ours | {key: (words, everywhere.VALUES | about_meeting.VALUES) for key, words in texts.items()}


def _of_texts(
    named: Mapping[str, tuple[Words, frozenset[str]]], catalogs: Catalogs, language: str
) -> Iterator[Finding]:
    for key, (words, _allowed) in named.items():
        for form in forms(words, catalogs, language):
            yield from (Finding(key, problem, language) for problem in tone(form, language))


def _unmeasured(key: str, words: Words, language: str, around: Surroundings) -> Iterator[Finding]:
    for name in sorted(words.places - {*around.worst(language).values, "meant"}):
        yield Finding(key, f"Nobody has said how long {{{name}}} may be.", language)


def _of_messages(
    flows: Mapping[str, Flow], texts: Mapping[str, Words], catalogs: Catalogs, language: str, around: Surroundings
) -> Iterator[Finding]:
    said = list(_messages(flows, texts, language, around))
    for spoken in said:
        yield from _of_message(spoken, catalogs, language, around)
    yield from _too_long(said, catalogs, language, around)
    for flow in flows.values():
        yield from _unasked(flow, catalogs, language, around)
        yield from taken_words(flow, catalogs, language)


def _messages(
    flows: Mapping[str, Flow], texts: Mapping[str, Words], language: str, around: Surroundings
) -> Iterator[Spoken]:
    worst = around.worst(language)
    for flow in flows.values():
        yield from walk(flow, worst.items, worst.answers)
    for key, words in texts.items():
        yield Spoken(f"{key}.text", (words,))


def _of_message(spoken: Spoken, catalogs: Catalogs, language: str, around: Surroundings) -> Iterator[Finding]:
    worst = around.worst(language)
    form = "\n".join(forms(words, catalogs, language)[0] for words in spoken.words)
    text, labels = written(spoken, catalogs, language, worst.fitting(_places(spoken)))
    for problem in message_tone(form, language):
        yield Finding(spoken.key, problem, language)
    for finding in when.findings(text, language, date(worst.year, 1, 1) + LOOKS_BACK):
        yield Finding(spoken.key, finding.says, language)
    if spoken.size is None and not spoken.many and spoken.as_written:
        for problem, severity in buttons(labels):
            yield Finding(spoken.key, problem, language, severity)


def _too_long(said: list[Spoken], catalogs: Catalogs, language: str, around: Surroundings) -> Iterator[Finding]:
    """Each message's length where it is longest: with most choices, longest values and labels."""
    longest: dict[tuple[str, bool], tuple[Length, Spoken]] = {}
    for spoken in said:
        text, labels = written(spoken, catalogs, language, around.worst(language).fitting(_places(spoken)))
        size = length(as_sms(text, labels, one_line=spoken.one_line))
        kind = spoken.key, spoken.full_page
        if kind not in longest or _cost(size) > _cost(longest[kind][0]):
            longest[kind] = size, spoken
    for size, spoken in longest.values():
        for problem, severity in segments(size, spoken):
            yield Finding(spoken.key, problem, language, severity)


def _places(spoken: Spoken) -> frozenset[str]:
    return frozenset(name for words in spoken.words for name in words.places)


def _cost(size: Length) -> tuple[int, int]:
    return size.segments, size.units


def _unasked(flow: Flow, catalogs: Catalogs, language: str, around: Surroundings) -> Iterator[Finding]:
    """What we say without being asked: nudges, and the first question of flows that we begin."""
    step = flow.steps[flow.start]
    begins = {f"{flow.name}.{flow.start}.text": step.text} if isinstance(step, Ask | Choose) else {}
    unasked = begins if flow.name in around.unasked else {}
    if flow.nudge is not None:
        unasked = {**unasked, f"{flow.name}.nudge": flow.nudge}
    for key, words in unasked.items():
        for form in forms(words, catalogs, language):
            yield from (Finding(key, problem, language) for problem in introduces(form))
