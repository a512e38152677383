"""What a template says of something that is not there.

The design system's macros leave names and options out as they please. A thing of ours without the part that is asked
for is a slip in the page, and must not become an empty place on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import UndefinedError
from jinja2.utils import missing


class Gap(Undefined):
    """An unknown name, or a key that a mapping lacks, is empty; a part that a thing lacks raises UndefinedError."""

    def __new__(  # type: ignore[misc]  # one of two kinds that Jinja has
        cls,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[UndefinedError] = UndefinedError,
    ) -> Undefined:
        lenient = obj is missing or isinstance(obj, Mapping)
        return (Undefined if lenient else StrictUndefined)(hint, obj, name, exc)
