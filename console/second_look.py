"""A second look: what many people are told is kept only where it is what the colleague was shown just before."""

from __future__ import annotations

import hashlib

from console.forms import Form

FIELD = "seen"


def mark(*parts: object) -> str:
    """What tells one thing that was shown from another; the page hides it in its form."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def was_seen(form: Form, shown: str) -> bool:
    """Whether the form was filled in on the page that showed this."""
    return form.text(FIELD) == shown
