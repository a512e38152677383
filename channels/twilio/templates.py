"""WhatsApp buttons and lists. Each needs a content template with one set of blanks a choice.

Blank 1 is the text; 2 and 3 are the first choice's label and payload, 4 and 5 the second's, and so
on. Limits: Twilio docs, twilio/quick-reply and twilio/list-picker. A template of a certain kind and
number of choices may exist once for all languages ("quick-reply-2") or in one ("quick-reply-2:cy").
When somebody last wrote more than a day ago, WhatsApp takes only a template that it has approved: the message's own,
or "text", with one blank for all of the message (Twilio docs, twilio/text; error 63016).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from channels.message import Message, Option, numbered

TEXT_LIMIT = 1024
PLAIN = "text"  # the template for whatever is sent outside the 24 hours

_breaks = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_wide_gaps = re.compile(" {5,}")


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of template: how many choices it takes, and how long a label may be (characters)."""

    name: str
    fewest: int
    most: int
    label_limit: int


SHAPES = (Shape("quick-reply", 1, 3, 20), Shape("list-picker", 2, 10, 24))


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its blanks filled: the text, then the choices; or `values`, by the blanks' names."""

    content_sid: str
    text: str
    options: tuple[Option, ...]
    values: Mapping[str, str] | None = None

    def variables(self) -> str:
        """The blanks as the JSON text that ContentVariables takes."""
        values = [self.text]
        for option in self.options:
            values += (option.label, option.payload)
        blanks = {str(number): value for number, value in enumerate(values, 1)} if self.values is None else self.values
        return json.dumps(dict(blanks), ensure_ascii=False)


def filled(message: Message, templates: Mapping[str, str]) -> Filled | None:
    """The first template that takes this message's choices, or None where they go as numbered lines."""
    if not message.in_window:
        return _outside(message, templates)
    if not (templates and message.options):
        return None
    text = one_line(message.text)
    options = tuple(Option(option.payload, one_line(option.label)) for option in message.options)
    if not 0 < len(text) <= TEXT_LIMIT or any(one_line(option.payload) != option.payload for option in options):
        return None
    for shape in SHAPES:
        content_sid = _configured(shape, message, templates)
        if content_sid and _fits(shape, options):
            return Filled(content_sid, text, options)
    return None


def _outside(message: Message, templates: Mapping[str, str]) -> Filled | None:
    if message.template is not None:
        values = {name: one_line(value) for name, value in message.template.values.items()}
        return Filled(message.template.name, message.template.text, (), values)
    content_sid = templates.get(f"{PLAIN}:{message.language}") or templates.get(PLAIN)
    text = one_line(numbered(message))
    return Filled(content_sid, text, ()) if content_sid and 0 < len(text) <= TEXT_LIMIT else None


def one_line(value: str) -> str:
    """A value that a blank may hold: no line break or tab, no more than four spaces running (63013)."""
    return _wide_gaps.sub("    ", _breaks.sub(" ", value))


def _configured(shape: Shape, message: Message, templates: Mapping[str, str]) -> str | None:
    name = f"{shape.name}-{len(message.options)}"
    return templates.get(f"{name}:{message.language}") or templates.get(name)


def _fits(shape: Shape, options: tuple[Option, ...]) -> bool:
    return shape.fewest <= len(options) <= shape.most and all(
        0 < len(option.label) <= shape.label_limit and option.payload for option in options
    )
