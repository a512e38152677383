"""Whether a message fits: segments as an SMS, and the labels of its buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from flows.walk import Spoken
from language.sms import Length
from language.wording import Catalogs, Values

# WhatsApp (Meta docs, interactive messages): a quick reply's title has 20 characters at most, a list's item 24.
_BUTTONS, _BUTTON, _LIST_ITEM = 3, 20, 24

Severity = Literal["error", "note"]


def written(spoken: Spoken, catalogs: Catalogs, language: str, values: Values) -> tuple[str, tuple[str, ...]]:
    """The message in that language with its values, and the labels of its choices."""
    meant = ", ".join(catalogs.render(words, language, values) for words in spoken.meant)
    text = "\n".join(catalogs.render(words, language, {**values, "meant": meant}) for words in spoken.words)
    return text, tuple(catalogs.render(label, language, values) for label in spoken.labels)


def as_sms(text: str, labels: tuple[str, ...], *, one_line: bool = False) -> str:
    """With its choices numbered, as an SMS carries them."""
    lines = [f"{number} {label}" for number, label in enumerate(labels, 1)]
    return "\n".join((text, " ".join(lines) if one_line else "\n".join(lines))) if lines else text


def segments(size: Length, spoken: Spoken) -> Iterator[tuple[str, Severity]]:
    """What its length costs. One segment for a question where it can be done, two at most.

    One more is borne in an alphabet that gives a segment 70 letters, and there one more where two
    texts are one message. What others decide is only noted: how many choices there are and how long
    their labels, and that a person asks something just when we have much to say.
    """
    few_letters = size.encoding == "UCS-2"
    most = 2 + few_letters + (few_letters and not spoken.as_written)
    told = f"It takes {size.segments} segments at its longest ({size.units} units of {size.encoding})"
    if size.segments > most:
        theirs = spoken.full_page or spoken.slot == "noted"
        yield f"{told}; {most} is the most.", "note" if theirs else "error"
    elif spoken.as_written and (size.segments > 2 or (size.segments > 1 and spoken.labels)):
        yield f"{told}.", "note"


def buttons(labels: tuple[str, ...]) -> Iterator[tuple[str, Severity]]:
    """Labels too long for a phone to show whole. What is too long for a button can still stand in a list."""
    for label in labels:
        told = f'The label "{label}" has {len(label)} characters'
        if len(label) > _LIST_ITEM:
            yield f"{told}; {_LIST_ITEM} is the most.", "error"
        elif len(label) > _BUTTON and len(labels) <= _BUTTONS:
            yield f"{told}: more than {_BUTTON} make WhatsApp show a list, not buttons.", "note"
